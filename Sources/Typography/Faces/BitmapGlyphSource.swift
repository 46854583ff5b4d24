// Glyphs that are pictures (CBDT, sbix), decoded by FreeType.

import CFreeType
import CHarfBuzz
import Drawing
import Geometry

/// A FreeType face, used under its owner's lock. Keeps the font's bytes alive.
final class BitmapGlyphSource {
  /// Larger pictures count as damaged; those that are kept have no more pixels together than this.
  private static let largestSide = 2048, mostPixels = 1 << 24
  private let data: FontData
  private let library: FT_Library
  private let face: FT_Face
  /// Nil for fonts with pictures in other tables, whose sizes have one byte.
  private let table: PictureTable?
  private var known: [Key: GlyphBitmap?] = [:]
  private var knownPixels = 0
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
    if let opened = hb_face_create(data.blob, index) {
      table = PictureTable(face: opened)
      hb_face_destroy(opened)
    } else {
      table = nil
    }
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  func bitmap(of glyph: UInt32, pixelsPerEm: Double) -> GlyphBitmap? {
    guard let strike = bestStrike(for: pixelsPerEm) else { return nil }
    let key = Key(glyph: glyph, strike: strike)
    if let known = known[key] { return known }
    let bitmap = load(glyph, strike)
    knownPixels += bitmap.map { $0.image.width * $0.image.height } ?? 1
    if knownPixels > BitmapGlyphSource.mostPixels {
      known.removeAll()
      knownPixels = 0
    }
    known[key] = .some(bitmap)
    return bitmap
  }

  /// Whether a glyph is a picture, in the largest strike.
  func hasPicture(of glyph: UInt32) -> Bool {
    guard let strike = bestStrike(for: .infinity) else { return false }
    if let table { return table.entry(of: glyph, strike: Int(strike)) != .nothing }
    return loadAdvance(of: glyph) != nil
  }

  /// Where the picture of the largest strike lies, in ems, y downwards; nil without one.
  func bounds(of glyph: UInt32) -> Rect? {
    bitmap(of: glyph, pixelsPerEm: .infinity)?.bounds
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
      FT_Select_Size(face, strike) == 0, FT_Load_Glyph(face, glyph, metricsOnly) == 0, let slot = face.pointee.glyph,
      slot.pointee.format == FT_GLYPH_FORMAT_BITMAP
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

  /// Stands for a glyph that has no outline to show either.
  private static let blank: GlyphBitmap? = Pixmap(width: 1, height: 1).map {
    GlyphBitmap(image: ImageSnapshot(pixmap: $0), bounds: Rect(x: 0, y: 0, width: 0, height: 0))
  }

  private func load(_ glyph: UInt32, _ strike: Int32) -> GlyphBitmap? {
    let loadColor: Int32 = 1 << 20  // FT_LOAD_COLOR
    switch table?.entry(of: glyph, strike: Int(strike)) {
    case .nothing?: return nil
    case .blank?: return BitmapGlyphSource.blank
    case .picture(let width, let height)?:
      guard width <= BitmapGlyphSource.largestSide, height <= BitmapGlyphSource.largestSide else { return BitmapGlyphSource.blank }
    case nil: break
    }
    guard FT_Select_Size(face, strike) == 0, FT_Load_Glyph(face, glyph, loadColor) == 0, let slot = face.pointee.glyph,
      slot.pointee.bitmap.pixel_mode == UInt8(FT_PIXEL_MODE_BGRA.rawValue), let source = slot.pointee.bitmap.buffer,
      slot.pointee.bitmap.pitch >= 0, let sizes = face.pointee.available_sizes,
      let pixmap = Pixmap(width: Int(slot.pointee.bitmap.width), height: Int(slot.pointee.bitmap.rows))
    else { return table == nil ? nil : BitmapGlyphSource.blank }
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
