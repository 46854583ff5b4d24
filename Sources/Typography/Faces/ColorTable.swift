// The COLR table, versions 0 and 1 (https://learn.microsoft.com/typography/opentype/spec/colr), read as the file has it.
//
// Positions lie anywhere in a file that may be damaged, so every read is checked and what is missing reads as nothing.
// Not supported: variations of paints; variable fonts show the paints of their default instance.

import CHarfBuzz

struct ColorTable {
  private let bytes: [UInt8]
  private let baseGlyphRecords: (offset: Int, count: Int)
  private let layerRecords: (offset: Int, count: Int)
  private let baseGlyphList: Int
  private let layerList: Int
  private let clipList: Int

  /// Nil when the face has no usable table.
  init?(face: OpaquePointer) {
    guard let table = hb_face_reference_table(face, 0x434F_4C52) else { return nil }  // COLR
    defer { hb_blob_destroy(table) }
    var length: UInt32 = 0
    guard let data = hb_blob_get_data(table, &length), length >= 14 else { return nil }
    // Safe: HarfBuzz vouches for `length` bytes until the blob is destroyed.
    bytes = Array(UnsafeRawBufferPointer(start: data, count: Int(length)))
    let reader = ByteCursor(bytes)
    let version = reader.unsigned16(0) ?? 0
    baseGlyphRecords = (Int(reader.unsigned32(4) ?? 0), Int(reader.unsigned16(2) ?? 0))
    layerRecords = (Int(reader.unsigned32(8) ?? 0), Int(reader.unsigned16(12) ?? 0))
    baseGlyphList = version >= 1 ? Int(reader.unsigned32(14) ?? 0) : 0
    layerList = version >= 1 ? Int(reader.unsigned32(18) ?? 0) : 0
    clipList = version >= 1 ? Int(reader.unsigned32(22) ?? 0) : 0
  }

  var cursor: ByteCursor { ByteCursor(bytes) }

  /// The layers of a glyph as version 0 has them: glyphs and palette entries from bottom to top; nil when it has none.
  func flatLayers(of glyph: UInt32) -> [(glyph: UInt32, paletteIndex: Int)]? {
    let cursor = cursor
    let found = search(count: baseGlyphRecords.count, for: glyph) { cursor.unsigned16(baseGlyphRecords.offset + $0 * 6).map { UInt32($0) } ?? 0 }
    guard let found else { return nil }
    let record = baseGlyphRecords.offset + found * 6
    guard let first = cursor.unsigned16(record + 2), let count = cursor.unsigned16(record + 4), count > 0,
      Int(first) + Int(count) <= layerRecords.count
    else { return nil }
    return (Int(first)..<Int(first) + Int(count)).compactMap { index in
      let layer = layerRecords.offset + index * 4
      guard let glyph = cursor.unsigned16(layer), let palette = cursor.unsigned16(layer + 2) else { return nil }
      return (UInt32(glyph), Int(palette))
    }
  }

  /// Where the paint of a glyph begins, as version 1 has it.
  func paint(of glyph: UInt32) -> Int? {
    guard baseGlyphList > 0, let count = cursor.unsigned32(baseGlyphList) else { return nil }
    let cursor = cursor
    let found = search(count: min(Int(count), 65_536), for: glyph) { cursor.unsigned16(baseGlyphList + 4 + $0 * 6).map { UInt32($0) } ?? 0 }
    guard let found, let offset = cursor.unsigned32(baseGlyphList + 4 + found * 6 + 2) else { return nil }
    return baseGlyphList + Int(offset)
  }

  /// Where the paint of an entry of the layer list begins.
  func layerPaint(_ index: Int) -> Int? {
    guard layerList > 0, let count = cursor.unsigned32(layerList), index < Int(count),
      let offset = cursor.unsigned32(layerList + 4 + index * 4)
    else { return nil }
    return layerList + Int(offset)
  }

  /// The box that a glyph's paint is clipped to, in font units, y upwards: left, bottom, right, top.
  func clipBox(of glyph: UInt32) -> (Double, Double, Double, Double)? {
    guard clipList > 0, let count = cursor.unsigned32(clipList + 1) else { return nil }
    for index in 0..<min(Int(count), 65_536) {
      let record = clipList + 5 + index * 7
      guard let first = cursor.unsigned16(record), let last = cursor.unsigned16(record + 2) else { return nil }
      guard (UInt32(first)...UInt32(max(first, last))).contains(glyph) else { continue }
      guard let offset = cursor.unsigned24(record + 4) else { return nil }
      let box = clipList + offset
      guard let left = cursor.signed16(box + 1), let bottom = cursor.signed16(box + 3), let right = cursor.signed16(box + 5),
        let top = cursor.signed16(box + 7), left < right, bottom < top
      else { return nil }
      return (Double(left), Double(bottom), Double(right), Double(top))
    }
    return nil
  }

  private func search(count: Int, for wanted: UInt32, _ key: (Int) -> UInt32) -> Int? {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2, found = key(middle)
      if found == wanted { return middle }
      if found < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// Reads numbers of a font file; nil beyond its end.
struct ByteCursor {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func unsigned8(_ offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  func unsigned16(_ offset: Int) -> UInt16? {
    guard offset >= 0, offset + 2 <= bytes.count else { return nil }
    return UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
  }

  func unsigned24(_ offset: Int) -> Int? {
    guard let high = unsigned8(offset), let low = unsigned16(offset + 1) else { return nil }
    return Int(high) << 16 | Int(low)
  }

  func unsigned32(_ offset: Int) -> UInt32? {
    guard let high = unsigned16(offset), let low = unsigned16(offset + 2) else { return nil }
    return UInt32(high) << 16 | UInt32(low)
  }

  func signed16(_ offset: Int) -> Int16? { unsigned16(offset).map { Int16(bitPattern: $0) } }

  /// 2.14 bits.
  func fraction(_ offset: Int) -> Double? { signed16(offset).map { Double($0) / 16384 } }

  /// 16.16 bits.
  func fixed(_ offset: Int) -> Double? { unsigned32(offset).map { Double(Int32(bitPattern: $0)) / 65536 } }
}
