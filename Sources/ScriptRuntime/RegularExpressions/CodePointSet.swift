// Sets of code points as sorted ranges: what a character class, an escape or a Unicode property stands for.

/// A set of code points (surrogates included) as sorted, disjoint, non-adjacent closed ranges.
struct CodePointSet: Equatable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let greatest: UInt32 = 0x10FFFF
  static let empty = CodePointSet()
  static let all = CodePointSet(sortedRanges: [0...greatest])

  init() {
    ranges = []
  }

  /// `ranges` may overlap and come in any order.
  init(_ ranges: [ClosedRange<UInt32>]) {
    self.ranges = ranges
    normalize()
  }

  /// `ranges` already are as the type promises.
  init(sortedRanges ranges: [ClosedRange<UInt32>]) {
    self.ranges = ranges
  }

  /// A generated table of (gap since the last end, length - 1).
  init(packed table: StaticString) {
    var integers = PackedIntegers(table)
    var position: UInt32 = 0
    ranges = []
    while let gap = integers.next(), let length = integers.next() {
      let lower = position + UInt32(gap)
      ranges.append(lower...(lower + UInt32(length)))
      position = lower + UInt32(length) + 1
    }
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// The only element, if there is exactly one.
  var onlyElement: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }

  func contains(_ point: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < point { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= point
  }

  func inverted() -> CodePointSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= CodePointSet.greatest { result.append(next...CodePointSet.greatest) }
    return CodePointSet(sortedRanges: result)
  }

  func union(_ other: CodePointSet) -> CodePointSet {
    if other.isEmpty { return self }
    return CodePointSet(ranges + other.ranges)
  }

  func intersection(_ other: CodePointSet) -> CodePointSet {
    var result: [ClosedRange<UInt32>] = []
    var left = 0
    var right = 0
    while left < ranges.count, right < other.ranges.count {
      let lower = max(ranges[left].lowerBound, other.ranges[right].lowerBound)
      let upper = min(ranges[left].upperBound, other.ranges[right].upperBound)
      if lower <= upper { result.append(lower...upper) }
      if ranges[left].upperBound < other.ranges[right].upperBound { left += 1 } else { right += 1 }
    }
    return CodePointSet(sortedRanges: result)
  }

  func subtracting(_ other: CodePointSet) -> CodePointSet {
    intersection(other.inverted())
  }

  private mutating func normalize() {
    guard ranges.count > 1 else { return }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var result: [ClosedRange<UInt32>] = []
    for range in ranges {
      if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
        if range.upperBound > last.upperBound { result[result.count - 1] = last.lowerBound...range.upperBound }
      } else {
        result.append(range)
      }
    }
    ranges = result
  }
}

// MARK: - The sets ECMA-262 names

extension CodePointSet {
  static let digits = CodePointSet(sortedRanges: [0x30...0x39])
  static let wordCharacters = CodePointSet(sortedRanges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let lineTerminators = CodePointSet(sortedRanges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
  static let whiteSpace = CodePointSet(sortedRanges: [
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F,
    0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
}
