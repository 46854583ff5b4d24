// The four normalization forms of UTF-16 text. Unicode Standard Annex #15; lone surrogates are starters that nothing changes.

/// String.prototype.normalize.
enum Normalization {
  enum Form: Sendable {
    case nfc, nfd, nfkc, nfkd

    init?(name: String) {
      switch name {
      case "NFC": self = .nfc
      case "NFD": self = .nfd
      case "NFKC": self = .nfkc
      case "NFKD": self = .nfkd
      default: return nil
      }
    }
  }

  static func normalized(_ units: [UInt16], _ form: Form) -> [UInt16] {
    // Below U+00C0 only compatibility decompositions (of the likes of ²) exist; below U+00A0 none.
    let boundary: UInt16 = form == .nfc || form == .nfd ? 0xC0 : 0xA0
    if units.allSatisfy({ $0 < boundary }) { return units }
    var points: [(point: UInt32, combiningClass: UInt8)] = []
    points.reserveCapacity(units.count)
    var position = 0
    while position < units.count {
      let (point, behind) = CodePoints.at(position, in: units)
      decompose(point, usesCompatibility: form == .nfkc || form == .nfkd, into: &points)
      position = behind
    }
    reorder(&points)
    if form == .nfc || form == .nfkc { compose(&points) }
    var result: [UInt16] = []
    result.reserveCapacity(points.count)
    for (point, _) in points { CodePoints.append(point, to: &result) }
    return result
  }

  /// The canonical decomposition of one code point, base character first. For collation.
  static func canonicalDecomposition(_ point: UInt32) -> [UInt32] {
    var points: [(point: UInt32, combiningClass: UInt8)] = []
    decompose(point, usesCompatibility: false, into: &points)
    return points.map(\.point)
  }

  static func combiningClass(_ point: UInt32) -> UInt8 {
    guard point >= 0x300, let scalar = Unicode.Scalar(point) else { return 0 }
    return scalar.properties.canonicalCombiningClass.rawValue
  }

  private static func decompose(
    _ point: UInt32, usesCompatibility: Bool, into points: inout [(point: UInt32, combiningClass: UInt8)]
  ) {
    if point >= Hangul.syllables, point < Hangul.syllables + Hangul.syllableCount {
      let index = point - Hangul.syllables
      points.append((Hangul.leads + index / (Hangul.vowelCount * Hangul.trailCount), 0))
      points.append((Hangul.vowels + index % (Hangul.vowelCount * Hangul.trailCount) / Hangul.trailCount, 0))
      if index % Hangul.trailCount > 0 { points.append((Hangul.trails + index % Hangul.trailCount, 0)) }
      return
    }
    guard point >= 0xA0, let mapping = DecompositionIndex.shared.mapping(of: point, usesCompatibility: usesCompatibility) else {
      points.append((point, combiningClass(point)))
      return
    }
    // Mappings nest a few levels deep at most.
    for part in mapping { decompose(part, usesCompatibility: usesCompatibility, into: &points) }
  }

  /// Sorts each run of combining marks by class, keeping the order within one.
  private static func reorder(_ points: inout [(point: UInt32, combiningClass: UInt8)]) {
    var start = 0
    while start < points.count {
      guard points[start].combiningClass != 0 else {
        start += 1
        continue
      }
      var end = start
      while end < points.count, points[end].combiningClass != 0 { end += 1 }
      if end - start > 1 {
        let run = points[start..<end].enumerated().sorted {
          ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
        }
        points.replaceSubrange(start..<end, with: run.map(\.element))
      }
      start = end
    }
  }

  private static func compose(_ points: inout [(point: UInt32, combiningClass: UInt8)]) {
    var kept = 0
    var starter: Int?
    for index in points.indices {
      let current = points[index]
      if let starter, let composed = pair(points[starter].point, current.point) {
        // Blocked when a mark of the same or a higher class, or another starter, stands between.
        let last = kept - 1
        if last == starter || (points[last].combiningClass != 0 && points[last].combiningClass < current.combiningClass) {
          points[starter].point = composed
          continue
        }
      }
      if current.combiningClass == 0 { starter = kept }
      points[kept] = current
      kept += 1
    }
    points.removeSubrange(kept...)
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= Hangul.leads, first < Hangul.leads + 19, second >= Hangul.vowels, second < Hangul.vowels + Hangul.vowelCount {
      return Hangul.syllables + ((first - Hangul.leads) * Hangul.vowelCount + second - Hangul.vowels) * Hangul.trailCount
    }
    if first >= Hangul.syllables, first < Hangul.syllables + Hangul.syllableCount,
      (first - Hangul.syllables) % Hangul.trailCount == 0,
      second > Hangul.trails, second < Hangul.trails + Hangul.trailCount
    {
      return first + second - Hangul.trails
    }
    return DecompositionIndex.shared.composition(first, second)
  }

  /// The arithmetic of Hangul syllables: Unicode Standard, 3.12.
  private enum Hangul {
    static let syllables: UInt32 = 0xAC00
    static let leads: UInt32 = 0x1100
    static let vowels: UInt32 = 0x1161
    static let trails: UInt32 = 0x11A7
    static let vowelCount: UInt32 = 21
    static let trailCount: UInt32 = 28
    static let syllableCount: UInt32 = 11172
  }
}

/// The decomposition table in a form that can be searched both ways.
struct DecompositionIndex: Sendable {
  static let shared = DecompositionIndex()

  /// Sorted, with the bounds of each mapping in `parts`.
  private var sources: [UInt32] = []
  private var isCompatibility: [Bool] = []
  private var starts: [Int] = []
  private var parts: [UInt32] = []
  /// Pairs that compose, as first << 32 | second.
  private var compositions: [UInt64: UInt32] = [:]

  private init() {
    var integers = PackedIntegers(DecompositionTable.mappings)
    var source = 0
    while let step = integers.next(), let shape = integers.next() {
      source += step
      sources.append(UInt32(source))
      isCompatibility.append(shape & 1 == 1)
      starts.append(parts.count)
      var part = source
      for _ in 0..<(shape >> 2) {
        part += integers.nextSigned() ?? 0
        parts.append(UInt32(truncatingIfNeeded: part))
      }
      if shape & 2 != 0, shape >> 2 == 2 {
        compositions[UInt64(parts[parts.count - 2]) << 32 | UInt64(parts[parts.count - 1])] = UInt32(source)
      }
    }
    starts.append(parts.count)
  }

  /// One step of decomposition; nil when there is none.
  func mapping(of point: UInt32, usesCompatibility: Bool) -> ArraySlice<UInt32>? {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle] < point { low = middle + 1 } else { high = middle }
    }
    guard low < sources.count, sources[low] == point, usesCompatibility || isCompatibility[low] == false else { return nil }
    return parts[starts[low]..<starts[low + 1]]
  }

  func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    compositions[UInt64(first) << 32 | UInt64(second)]
  }
}
