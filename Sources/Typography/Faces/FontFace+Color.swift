// Layered colour glyphs (COLR version 0 with CPAL).

import CHarfBuzz
import Drawing
import Geometry

extension FontFace {
  func layerCount(of glyph: UInt32) -> UInt32 {
    hb_ot_color_glyph_get_layers(hbFace, glyph, 0, nil, nil)
  }

  func layers(of glyph: UInt32) -> [ColorGlyphLayer]? {
    let count = layerCount(of: glyph)
    guard count > 0 else { return nil }
    var layers = [hb_ot_color_layer_t](repeating: hb_ot_color_layer_t(), count: Int(count))
    var filled = count
    hb_ot_color_glyph_get_layers(hbFace, glyph, 0, &filled, &layers)
    let palette = firstPalette()
    return layers.prefix(Int(min(filled, count))).map { layer in
      // 0xFFFF, and what the palette lacks, is the colour of the text.
      let color = Int(layer.color_index) < palette.count ? palette[Int(layer.color_index)] : nil
      return ColorGlyphLayer(outline: plainOutline(of: layer.glyph), paint: color.map(Paint.color))
    }
  }

  private func firstPalette() -> [Color] {
    var count = hb_ot_color_palette_get_colors(hbFace, 0, 0, nil, nil)
    var colors = [hb_color_t](repeating: 0, count: Int(count))
    hb_ot_color_palette_get_colors(hbFace, 0, 0, &count, &colors)
    return colors.map { color in
      Color(
        red8: hb_color_get_red(color), green8: hb_color_get_green(color), blue8: hb_color_get_blue(color),
        alpha8: hb_color_get_alpha(color))
    }
  }
}
