// Outlines as HarfBuzz draws them, turned over and scaled to the em.

import CHarfBuzz
import Geometry

/// Collects an outline.
struct GlyphPen {
  private var path = Path()
  private let scale: Double

  static func draw(_ glyph: UInt32, of font: OpaquePointer, unitsPerEm: Double) -> Path {
    var pen = GlyphPen(scale: 1 / unitsPerEm)
    // Safe: HarfBuzz calls back during this call only, with this pointer.
    withUnsafeMutablePointer(to: &pen) { hb_font_get_glyph_shape(font, glyph, functions.pointer, $0) }
    return pen.path
  }

  private init(scale: Double) { self.scale = scale }

  private func point(_ x: Float, _ y: Float) -> Point { Point(Double(x) * scale, -Double(y) * scale) }

  /// The call-backs, made once for the process and immutable.
  private final class Functions: @unchecked Sendable {
    let pointer: OpaquePointer?

    init() {
      pointer = hb_draw_funcs_create()
      hb_draw_funcs_set_move_to_func(
        pointer,
        { _, data, _, x, y, _ in
          data?.assumingMemoryBound(to: GlyphPen.self).pointee.move(x, y)
        }, nil, nil)
      hb_draw_funcs_set_line_to_func(
        pointer,
        { _, data, _, x, y, _ in
          data?.assumingMemoryBound(to: GlyphPen.self).pointee.line(x, y)
        }, nil, nil)
      hb_draw_funcs_set_quadratic_to_func(
        pointer,
        { _, data, _, controlX, controlY, x, y, _ in
          data?.assumingMemoryBound(to: GlyphPen.self).pointee.quadratic(controlX, controlY, x, y)
        }, nil, nil)
      hb_draw_funcs_set_cubic_to_func(
        pointer,
        { _, data, _, firstX, firstY, secondX, secondY, x, y, _ in
          data?.assumingMemoryBound(to: GlyphPen.self).pointee.cubic(firstX, firstY, secondX, secondY, x, y)
        }, nil, nil)
      hb_draw_funcs_set_close_path_func(
        pointer,
        { _, data, _, _ in
          data?.assumingMemoryBound(to: GlyphPen.self).pointee.path.close()
        }, nil, nil)
      hb_draw_funcs_make_immutable(pointer)
    }

    deinit { hb_draw_funcs_destroy(pointer) }
  }

  private static let functions = Functions()

  private mutating func move(_ x: Float, _ y: Float) { path.move(to: point(x, y)) }
  private mutating func line(_ x: Float, _ y: Float) { path.line(to: point(x, y)) }

  private mutating func quadratic(_ controlX: Float, _ controlY: Float, _ x: Float, _ y: Float) {
    path.quadratic(control: point(controlX, controlY), to: point(x, y))
  }

  private mutating func cubic(_ firstX: Float, _ firstY: Float, _ secondX: Float, _ secondY: Float, _ x: Float, _ y: Float) {
    path.cubic(control1: point(firstX, firstY), control2: point(secondX, secondY), to: point(x, y))
  }
}
