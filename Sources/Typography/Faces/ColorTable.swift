// The COLR table, versions 0 and 1 (https://learn.microsoft.com/typography/opentype/spec/colr), read as the file has it.
//
// Positions lie anywhere in a file that may be damaged, so every read is checked and what is missing reads as nothing.

import CHarfBuzz

struct ColorTable {
  let cursor: ByteCursor
  let variations: PaintVariations
  private let baseGlyphRecords: (offset: Int, count: Int)
  private let layerRecords: (offset: Int, count: Int)
  private let baseGlyphList: Int
  private let layerList: Int
  private let clipList: Int

  /// Nil when the face has no usable table. `coordinates` is the place in the design space, normalised.
  init?(face: OpaquePointer, coordinates: [Double]) {
    guard let table = FontTable(.colorTable, of: face) else { return nil }
    let reader = ByteCursor(table)
    guard reader.count >= 14 else { return nil }
    cursor = reader
    let version = reader.unsigned16(0) ?? 0
    baseGlyphRecords = (Int(reader.unsigned32(4) ?? 0), Int(reader.unsigned16(2) ?? 0))
    layerRecords = (Int(reader.unsigned32(8) ?? 0), Int(reader.unsigned16(12) ?? 0))
    baseGlyphList = version >= 1 ? Int(reader.unsigned32(14) ?? 0) : 0
    layerList = version >= 1 ? Int(reader.unsigned32(18) ?? 0) : 0
    clipList = version >= 1 ? Int(reader.unsigned32(22) ?? 0) : 0
    variations = PaintVariations(
      reader, map: version >= 1 ? Int(reader.unsigned32(26) ?? 0) : 0, store: version >= 1 ? Int(reader.unsigned32(30) ?? 0) : 0,
      coordinates: coordinates)
  }

  /// The layers of a glyph as version 0 has them: glyphs and palette entries from bottom to top; nil when it has none.
  func flatLayers(of glyph: UInt32) -> [(glyph: UInt32, paletteIndex: Int)]? {
    let found = search(count: baseGlyphRecords.count, for: glyph) { cursor.unsigned16(baseGlyphRecords.offset + $0 * 6) ?? 0 }
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
    let found = search(count: min(Int(count), 65_536), for: glyph) { cursor.unsigned16(baseGlyphList + 4 + $0 * 6) ?? 0 }
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
    // The ranges are in order: the first that does not end before the glyph is the one to look into.
    var low = 0, high = min(Int(count), 65_536)
    while low < high {
      let middle = (low + high) / 2
      guard let last = cursor.unsigned16(clipList + 5 + middle * 7 + 2) else { return nil }
      if UInt32(last) < glyph { low = middle + 1 } else { high = middle }
    }
    let record = clipList + 5 + low * 7
    guard low < Int(count), let first = cursor.unsigned16(record), UInt32(first) <= glyph, let offset = cursor.unsigned24(record + 4)
    else { return nil }
    let box = clipList + offset
    let fields = PaintFields(cursor, variations, base: cursor.unsigned8(box) == 2 ? cursor.unsigned32(box + 9) : nil)
    guard let left = fields.units(box + 1, 0), let bottom = fields.units(box + 3, 1), let right = fields.units(box + 5, 2),
      let top = fields.units(box + 7, 3), left < right, bottom < top
    else { return nil }
    return (left, bottom, right, top)
  }

  private func search(count: Int, for wanted: UInt32, _ key: (Int) -> UInt16) -> Int? {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2, found = UInt32(key(middle))
      if found == wanted { return middle }
      if found < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
