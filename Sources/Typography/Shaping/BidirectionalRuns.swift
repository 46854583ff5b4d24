// The Unicode Bidirectional Algorithm, by FriBidi (https://www.unicode.org/reports/tr9/).

import CFriBidi

/// A stretch of text in one direction.
struct BidirectionalRun {
  /// UTF-16 units.
  var range: Range<Int>
  var level: Int8

  var isRightToLeft: Bool { level & 1 == 1 }
}

enum BidirectionalRuns {
  /// The runs of a line from left to right as they are seen.
  static func visualRuns(of text: [UInt16], direction: TextDirection) -> [BidirectionalRun] {
    // Hebrew begins at U+0590; right-to-left planes are written with surrogates; U+200F and U+202A... are above, too.
    let isPossible = direction == .rightToLeft || text.contains { $0 >= 0x590 }
    guard isPossible, let runs = runs(of: text, direction: direction), runs.contains(where: \.isRightToLeft) else {
      return [BidirectionalRun(range: 0..<text.count, level: 0)]
    }
    return visualOrder(runs.map(\.level)).map { runs[$0] }
  }

  /// The runs in the order of the characters; nil when all have level 0 or there is no memory.
  private static func runs(of text: [UInt16], direction: TextDirection) -> [BidirectionalRun]? {
    var scalars: [UInt32] = [], offsets: [Int] = []
    scalars.reserveCapacity(text.count)
    offsets.reserveCapacity(text.count + 1)
    var index = 0
    while index < text.count {
      offsets.append(index)
      scalars.append(WordBoundaries.next(in: text, at: &index, limit: text.count))
    }
    offsets.append(text.count)
    guard let levels = levels(of: scalars, direction: direction) else { return nil }
    var runs: [BidirectionalRun] = []
    for index in scalars.indices {
      if let last = runs.last, last.level == levels[index] {
        runs[runs.count - 1].range = last.range.lowerBound..<offsets[index + 1]
      } else {
        runs.append(BidirectionalRun(range: offsets[index]..<offsets[index + 1], level: levels[index]))
      }
    }
    return runs
  }

  /// The embedding level of each character of a paragraph; nil when all are 0 or there is no memory.
  static func levels(of scalars: [UInt32], direction: TextDirection) -> [Int8]? {
    guard !scalars.isEmpty, let count = Int32(exactly: scalars.count) else { return nil }
    var types = [FriBidiCharType](repeating: FriBidiCharType(rawValue: 0), count: scalars.count)
    var brackets = [FriBidiBracketType](repeating: 0, count: scalars.count)
    var levels = [FriBidiLevel](repeating: 0, count: scalars.count)
    fribidi_get_bidi_types(scalars, count, &types)
    fribidi_get_bracket_types(scalars, count, types, &brackets)

    var base = direction == .rightToLeft ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR
    guard fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, &levels) > 1 else {
      return nil
    }
    settleInvisible(types, &levels, base: direction == .rightToLeft ? 1 : 0)
    return levels
  }

  /// Characters that the algorithm leaves out, such as joiners, go with what comes after them (as in ICU).
  private static func settleInvisible(_ types: [FriBidiCharType], _ levels: inout [Int8], base: Int8) {
    var following = base
    for index in types.indices.reversed() {
      if isInvisible(types[index]) { levels[index] = following } else { following = levels[index] }
    }
  }

  private static func isInvisible(_ type: FriBidiCharType) -> Bool {
    switch type {
    case FRIBIDI_TYPE_BN, FRIBIDI_TYPE_LRE, FRIBIDI_TYPE_RLE, FRIBIDI_TYPE_LRO, FRIBIDI_TYPE_RLO, FRIBIDI_TYPE_PDF: true
    default: false
    }
  }

  /// Rule L2: the order in which runs of the given levels are seen from left to right.
  static func visualOrder(_ levels: [Int8]) -> [Int] {
    var order = Array(levels.indices)
    guard let highest = levels.max(), highest > 0, let lowestOdd = levels.filter({ $0 & 1 == 1 }).min() else { return order }
    for level in stride(from: highest, through: lowestOdd, by: -1) {
      var start = 0
      while start < order.count {
        guard levels[order[start]] >= level else {
          start += 1
          continue
        }
        var end = start
        while end < order.count, levels[order[end]] >= level { end += 1 }
        order[start..<end].reverse()
        start = end
      }
    }
    return order
  }
}
