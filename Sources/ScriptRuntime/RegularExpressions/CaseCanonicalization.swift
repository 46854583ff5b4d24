// Case-insensitive comparison of ECMA-262: two characters match when Canonicalize maps them to the same one.
//
// https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch

/// The mapping of one mode, with its inverse.
struct CaseCanonicalization {
  /// Sorted, each with its canonical form beside it.
  private let sources: [UInt32]
  private let targets: [UInt32]
  /// Classes of two and more equivalent characters, one after another.
  private let members: [UInt32]
  private let classStarts: [Int]
  /// ASCII letters match nothing outside ASCII.
  private let isClosedOverASCII: Bool

  /// Simple case folding, of the `u` and `v` modes.
  static let unicode = CaseCanonicalization(CaseFoldingTables.simpleFolding, isClosedOverASCII: false)
  /// To upper case, one code unit to one, of patterns without those flags.
  static let legacy = CaseCanonicalization(CaseFoldingTables.legacyUppercase, isClosedOverASCII: true)

  private init(_ table: StaticString, isClosedOverASCII: Bool) {
    self.isClosedOverASCII = isClosedOverASCII
    var integers = PackedIntegers(table)
    var pairs: [(source: UInt32, target: UInt32)] = []
    var position = 0
    while let step = integers.next(), let difference = integers.nextSigned() {
      position += step
      pairs.append((UInt32(position), UInt32(position + difference)))
    }
    sources = pairs.map(\.source)
    targets = pairs.map(\.target)
    pairs.sort { ($0.target, $0.source) < ($1.target, $1.source) }
    var members: [UInt32] = []
    var classStarts: [Int] = []
    var lastTarget: UInt32?
    for pair in pairs {
      if pair.target != lastTarget {
        classStarts.append(members.count)
        members.append(pair.target)
        lastTarget = pair.target
      }
      members.append(pair.source)
    }
    classStarts.append(members.count)
    self.members = members
    self.classStarts = classStarts
  }

  /// Canonicalize.
  func canonical(_ point: UInt32) -> UInt32 {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle] < point { low = middle + 1 } else { high = middle }
    }
    return low < sources.count && sources[low] == point ? targets[low] : point
  }

  /// All characters that match one of `set` when case is ignored.
  func closure(of set: CodePointSet) -> CodePointSet {
    if isClosedOverASCII, let last = set.ranges.last, last.upperBound < 0x80 { return asciiClosure(of: set) }
    var added: [ClosedRange<UInt32>] = []
    for index in 0..<(classStarts.count - 1) {
      let members = members[classStarts[index]..<classStarts[index + 1]]
      if members.contains(where: set.contains) {
        for member in members { added.append(member...member) }
      }
    }
    return added.isEmpty ? set : CodePointSet(set.ranges + added)
  }

  private func asciiClosure(of set: CodePointSet) -> CodePointSet {
    var ranges = set.ranges
    for range in set.ranges {
      for (letters, difference) in [(UInt32(0x41)...0x5A, UInt32(32)), (0x61...0x7A, 0 &- 32)] where range.overlaps(letters) {
        let part = range.clamped(to: letters)
        ranges.append((part.lowerBound &+ difference)...(part.upperBound &+ difference))
      }
    }
    return CodePointSet(ranges)
  }

  /// All characters that match `point` when case is ignored.
  func closure(of point: UInt32) -> CodePointSet {
    let canonical = canonical(point)
    var low = 0
    var high = classStarts.count - 1
    while low < high {
      let middle = (low + high) / 2
      if members[classStarts[middle]] < canonical { low = middle + 1 } else { high = middle }
    }
    guard low < classStarts.count - 1, members[classStarts[low]] == canonical else {
      return CodePointSet(sortedRanges: [point...point])
    }
    return CodePointSet(members[classStarts[low]..<classStarts[low + 1]].map { $0...$0 })
  }
}
