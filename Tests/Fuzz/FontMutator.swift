// Damages fonts where it hurts: table directories, the heads of tables, counts and offsets.

struct FontMutator: InputSource {
  let corpus: [[UInt8]]
  /// Values that lengths, counts and offsets are most likely to be wrong about.
  private static let extremes: [UInt32] = [
    0, 1, 2, 3, 4, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x1_0000, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC,
    0xFFFF_FFFF,
  ]

  func input(seed: UInt64, caseNumber: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed, caseNumber: caseNumber)
    guard var bytes = random.pick(corpus) else { return [] }
    for _ in 0..<random.below(3) { rebuild(&bytes, &random) }
    for _ in 0...random.below(8) { damage(&bytes, &random) }
    switch random.below(6) {
    case 0:
      bytes = WebFontWriter.woff(SfntTables(bytes))
      if random.below(2) == 0 { damageHead(&bytes, &random) }
    case 1:
      bytes = WebFontWriter.woff2(SfntTables(bytes))
      if random.below(2) == 0 { damageHead(&bytes, &random) }
    default: break
    }
    if random.below(12) == 0 { bytes.removeLast(random.below(bytes.count)) }
    return bytes
  }

  /// Takes a table away, or takes it from another font.
  private func rebuild(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    var font = SfntTables(bytes)
    guard !font.tables.isEmpty else { return }
    let index = random.below(font.tables.count)
    if random.below(3) == 0 {
      font.tables.remove(at: index)
    } else if let other = random.pick(corpus), let table = random.pick(SfntTables(other).tables) {
      font.tables.removeAll { $0.tag == table.tag }
      font.tables.append(table)
    }
    bytes = font.bytes
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    guard bytes.count > 16 else { return }
    let places = SfntTables.places(bytes)
    switch random.below(8) {
    case 0: damageHead(&bytes, &random)
    case 1: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    case 2:
      let from = random.below(bytes.count), to = random.below(bytes.count)
      let part = Array(bytes[from..<min(bytes.count, from + 1 + random.below(64))])
      bytes.replaceSubrange(to..<min(bytes.count, to + part.count), with: part)
    default:
      guard let table = random.pick(places), !table.isEmpty else { return }
      // Most of what steers reading stands at the beginning.
      let reach = random.below(3) == 0 ? table.count : min(table.count, 80)
      write(at: table.lowerBound + random.below(reach), in: &bytes, &random)
    }
  }

  /// The directory of tables, or what a web font has in its place.
  private func damageHead(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    guard !bytes.isEmpty else { return }
    write(at: random.below(min(bytes.count, 300)), in: &bytes, &random)
  }

  private func write(at offset: Int, in bytes: inout [UInt8], _ random: inout RandomSource) {
    let value = random.below(3) == 0 ? UInt32(truncatingIfNeeded: random.next()) : random.pick(FontMutator.extremes) ?? 0
    let size = [1, 2, 2, 4][random.below(4)]
    for index in 0..<size where offset + index < bytes.count {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32((size - 1 - index) * 8))
    }
  }
}

/// A font as a list of tables.
struct SfntTables {
  struct Table {
    var tag: [UInt8]
    var bytes: [UInt8]
  }

  var version: [UInt8] = [0, 1, 0, 0]
  var tables: [Table] = []

  /// Empty when there is no directory of tables, as at the head of a collection.
  init(_ bytes: [UInt8]) {
    if bytes.count >= 4 { version = Array(bytes[..<4]) }
    var size = 0
    for (index, place) in SfntTables.places(bytes).enumerated() {
      // In a damaged directory many tables may be the whole file.
      size += place.count
      guard size < 1_000_000 else { return }
      tables.append(Table(tag: Array(bytes[(12 + index * 16)..<(16 + index * 16)]), bytes: Array(bytes[place])))
    }
  }

  /// Where the tables are; those that reach beyond the end are cut off.
  static func places(_ bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.count > 12, bytes[..<4] != [0x74, 0x74, 0x63, 0x66] else { return [] }  // ttcf
    func number(_ offset: Int, _ size: Int) -> Int { bytes[offset..<(offset + size)].reduce(0) { $0 << 8 | Int($1) } }
    return (0..<min(number(4, 2), (bytes.count - 12) / 16)).map { index in
      let start = min(number(12 + index * 16 + 8, 4), bytes.count)
      return start..<min(start + number(12 + index * 16 + 12, 4), bytes.count)
    }
  }

  /// The font as a file.
  var bytes: [UInt8] {
    var head = version + SfntTables.big(tables.count, 2) + [0, 0, 0, 0, 0, 0]
    var body: [UInt8] = []
    let start = 12 + tables.count * 16
    for table in tables {
      head += table.tag + [0, 0, 0, 0] + SfntTables.big(start + body.count, 4) + SfntTables.big(table.bytes.count, 4)
      body += table.bytes + [UInt8](repeating: 0, count: -table.bytes.count & 3)
    }
    return head + body
  }

  static func big(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> ((size - 1 - $0) * 8)) }
  }
}

/// Web fonts whose tables are stored, not compressed, which both formats allow.
enum WebFontWriter {
  /// https://www.w3.org/TR/WOFF/
  static func woff(_ font: SfntTables) -> [UInt8] {
    var head: [UInt8] = [], body: [UInt8] = []
    let start = 44 + font.tables.count * 20
    for table in font.tables.sorted(by: { $0.tag.lexicographicallyPrecedes($1.tag) }) {
      head += table.tag + SfntTables.big(start + body.count, 4)
      head += SfntTables.big(table.bytes.count, 4) + SfntTables.big(table.bytes.count, 4) + [0, 0, 0, 0]
      body += table.bytes + [UInt8](repeating: 0, count: -table.bytes.count & 3)
    }
    return [0x77, 0x4F, 0x46, 0x46] + font.version + SfntTables.big(start + body.count, 4) + SfntTables.big(font.tables.count, 2) + [0, 0]
      + SfntTables.big(font.bytes.count, 4) + [UInt8](repeating: 0, count: 24) + head + body
  }

  /// https://www.w3.org/TR/WOFF2/
  static func woff2(_ font: SfntTables) -> [UInt8] {
    var head: [UInt8] = [], body: [UInt8] = []
    for table in font.tables {
      // Version 3 of glyf and loca is the one that leaves them as they are; 63 says that the tag follows.
      let isGlyphs = ["glyf", "loca"].contains(String(decoding: table.tag, as: UTF8.self))
      head += [isGlyphs ? 0xFF : 0x3F] + table.tag + base128(table.bytes.count)
      body += table.bytes
    }
    let data = brotli(body)
    let length = 48 + head.count + data.count
    return [0x77, 0x4F, 0x46, 0x32] + font.version + SfntTables.big(length, 4) + SfntTables.big(font.tables.count, 2) + [0, 0]
      + SfntTables.big(font.bytes.count, 4) + SfntTables.big(data.count, 4) + [UInt8](repeating: 0, count: 24) + head + data
  }

  private static func base128(_ value: Int) -> [UInt8] {
    var digits = [UInt8(value & 0x7F)], rest = value >> 7
    while rest > 0 {
      digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
      rest >>= 7
    }
    return digits
  }

  /// Meta-blocks that hold their bytes as they are (RFC 7932, section 9).
  private static func brotli(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [], bits = 0, count = 0
    func put(_ value: Int, _ width: Int) {
      bits |= value << count
      count += width
      while count >= 8 {
        result.append(UInt8(bits & 0xFF))
        bits >>= 8
        count -= 8
      }
    }
    put(0, 1)  // a window of 2 to the 16
    var start = 0
    while start < bytes.count {
      let size = min(1 << 16, bytes.count - start)
      put(0, 1)  // not the last
      put(0, 2)  // four digits of length
      put(size - 1, 16)
      put(1, 1)  // stored
      if count > 0 { put(0, 8 - count) }
      result += bytes[start..<(start + size)]
      start += size
    }
    put(3, 2)  // the last, and empty
    if count > 0 { put(0, 8 - count) }
    return result
  }
}
