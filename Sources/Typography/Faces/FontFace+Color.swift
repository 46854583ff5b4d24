// Coloured glyphs (COLR with CPAL).

import CHarfBuzz
import Drawing
import Geometry

extension FontFace {
  var hasColorGlyphs: Bool { colorTable != nil }

  /// A glyph as a tree of paints; nil when it is a plain outline.
  public func colorGlyph(_ glyph: UInt32) -> ColorGlyph? {
    guard let colorTable else { return nil }
    if let known = colorGlyphs.withLock({ $0[glyph] }) { return known }
    var reader = ColorGlyphReader(face: self, table: colorTable, palette: palette)
    let read = reader.read(glyph)
    colorGlyphs.withLock { known in
      if known.count > 1024 { known.removeAll() }
      known[glyph] = .some(read)
    }
    return read
  }

  /// The face's place on its axes, each -1...1.
  static func normalizedCoordinates(of font: OpaquePointer) -> [Double] {
    var count: UInt32 = 0
    guard let coordinates = hb_font_get_var_coords_normalized(font, &count) else { return [] }
    return (0..<Int(count)).map { Double(coordinates[$0]) / 16384 }
  }

  static func firstPalette(of face: OpaquePointer) -> [Color] {
    var count = hb_ot_color_palette_get_colors(face, 0, 0, nil, nil)
    guard count > 0 else { return [] }
    var colors = [hb_color_t](repeating: 0, count: Int(count))
    hb_ot_color_palette_get_colors(face, 0, 0, &count, &colors)
    return colors.prefix(Int(count)).map { color in
      Color(
        red8: hb_color_get_red(color), green8: hb_color_get_green(color), blue8: hb_color_get_blue(color),
        alpha8: hb_color_get_alpha(color))
    }
  }
}
