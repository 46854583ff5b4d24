// The Unicode Bidirectional Algorithm, by FriBidi (https://www.unicode.org/reports/tr9/).

import CFriBidi

enum BidirectionalLevels {
  /// Whether any character could make a left-to-right text run the other way somewhere.
  static func areNeeded(_ text: [UInt16], direction: TextDirection) -> Bool {
    // Hebrew begins at U+0590; right-to-left planes are written with surrogates; U+200F and U+202A... are above, too.
    direction == .rightToLeft || text.contains { $0 >= 0x590 }
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
    return levels
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
