// Glyphs that are pictures (CBDT, sbix), decoded by FreeType.

import CFreeType
import CHarfBuzz
import Drawing
import Geometry

/// A FreeType face, used under its owner's lock. Keeps the font's bytes alive.
final class BitmapGlyphSource {
  private let data: FontData
  private let library: FT_Library
  private let face: FT_Face
  private var known: [Key: GlyphBitmap?] = [:]
  private var advances: [UInt32: Double?] = [:]

  private struct Key: Hashable {
    let glyph: UInt32
    let strike: Int32
  }

  init?(data: FontData, index: UInt32) {
    var library: FT_Library?, face: FT_Face?, length: UInt32 = 0
    guard let bytes = hb_blob_get_data(data.blob, &length), FT_Init_FreeType(&library) == 0, let library else { return nil }
    let opened = bytes.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
      FT_New_Memory_Face(library, $0, FT_Long(length), FT_Long(index), &face)
    }
    guard opened == 0, let face else {
      FT_Done_FreeType(library)
      return nil
    }
    self.data = data
    self.library = library
    self.face = face
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  func bitmap(of glyph: UInt32, pixelsPerEm: Double) -> GlyphBitmap? {
    guard let strike = bestStrike(for: pixelsPerEm) else { return nil }
    let key = Key(glyph: glyph, strike: strike)
    if let known = known[key] { return known }
    if known.count > 512 { known.removeAll() }
    let bitmap = load(glyph, strike)
    known[key] = .some(bitmap)
    return bitmap
  }

  /// The width of a glyph in the largest strike, in ems: what the picture says, not the table of widths, as in browsers.
  func advance(of glyph: UInt32) -> Double? {
    if let known = advances[glyph] { return known }
    let advance = loadAdvance(of: glyph)
    if advances.count > 8192 { advances.removeAll() }
    advances[glyph] = .some(advance)
    return advance
  }

  private func loadAdvance(of glyph: UInt32) -> Double? {
    let metricsOnly: Int32 = 1 << 20 | 1 << 22  // FT_LOAD_COLOR, FT_LOAD_BITMAP_METRICS_ONLY
    guard let strike = bestStrike(for: .infinity), let sizes = face.pointee.available_sizes,
      FT_Select_Size(face, strike) == 0, FT_Load_Glyph(face, glyph, metricsOnly) == 0, let slot = face.pointee.glyph
    else { return nil }
    let pixelsPerEm = Double(sizes[Int(strike)].y_ppem) / 64
    return pixelsPerEm > 0 ? Double(slot.pointee.advance.x) / 64 / pixelsPerEm : nil
  }

  /// The smallest strike that is at least as large as wanted, else the largest.
  private func bestStrike(for pixelsPerEm: Double) -> Int32? {
    guard face.pointee.num_fixed_sizes > 0, let sizes = face.pointee.available_sizes else { return nil }
    var best: Int32 = 0
    for index in 1..<max(1, face.pointee.num_fixed_sizes) {
      let size = Double(sizes[Int(index)].y_ppem) / 64, bestSize = Double(sizes[Int(best)].y_ppem) / 64
      let isBetter = bestSize < pixelsPerEm ? size > bestSize : size >= pixelsPerEm && size < bestSize
      if isBetter { best = index }
    }
    return best
  }

  private func load(_ glyph: UInt32, _ strike: Int32) -> GlyphBitmap? {
    let loadColor: Int32 = 1 << 20  // FT_LOAD_COLOR
    guard FT_Select_Size(face, strike) == 0, FT_Load_Glyph(face, glyph, loadColor) == 0, let slot = face.pointee.glyph,
      slot.pointee.bitmap.pixel_mode == UInt8(FT_PIXEL_MODE_BGRA.rawValue), let source = slot.pointee.bitmap.buffer,
      slot.pointee.bitmap.pitch >= 0, let sizes = face.pointee.available_sizes,
      let pixmap = Pixmap(width: Int(slot.pointee.bitmap.width), height: Int(slot.pointee.bitmap.rows))
    else { return nil }
    let pitch = Int(slot.pointee.bitmap.pitch)
    for y in 0..<pixmap.height {
      pixmap.withRow(y) { row in
        let line = UnsafeRawPointer(source + y * pitch)
        for x in 0..<row.count {
          // Premultiplied blue, green, red, alpha.
          let pixel = line.loadUnaligned(fromByteOffset: x * 4, as: UInt32.self)
          row[x] = pixel & 0xFF00_FF00 | pixel >> 16 & 0xFF | (pixel & 0xFF) << 16
        }
      }
    }
    let pixelsPerEm = max(1, Double(sizes[Int(strike)].y_ppem) / 64)
    let bounds = Rect(
      x: Double(slot.pointee.bitmap_left) / pixelsPerEm, y: -Double(slot.pointee.bitmap_top) / pixelsPerEm,
      width: Double(pixmap.width) / pixelsPerEm, height: Double(pixmap.height) / pixelsPerEm)
    return GlyphBitmap(image: ImageSnapshot(pixmap: pixmap), bounds: bounds)
  }
}
