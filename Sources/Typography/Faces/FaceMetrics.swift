// The vertical measures that a face states about itself, in ems.

import CHarfBuzz

struct FaceMetrics {
  var ascent: Double
  /// Positive downwards.
  var descent: Double
  var lineGap: Double
  /// Typographic ascent and descent, scaled to one em together.
  let emAscent: Double
  let emDescent: Double
  let xHeight: Double
  let capHeight: Double
  /// From the BASE table; nil when the face has none.
  let hangingBaseline: Double?
  let ideographicBaseline: Double?

  init(font: OpaquePointer, face: OpaquePointer, unitsPerEm: Double) {
    func metric(_ tag: hb_ot_metrics_tag_t) -> Double? {
      var position: hb_position_t = 0
      return hb_ot_metrics_get_position(font, tag, &position) != 0 ? Double(position) / unitsPerEm : nil
    }
    func baseline(_ tag: hb_ot_layout_baseline_tag_t) -> Double? {
      var position: hb_position_t = 0
      let isKnown = hb_ot_layout_get_baseline(font, tag, HB_DIRECTION_LTR, 0x4446_4C54, 0x6466_6C74, &position)  // DFLT, dflt
      return isKnown != 0 ? Double(position) / unitsPerEm : nil
    }
    var extents = hb_font_extents_t()
    hb_font_get_h_extents(font, &extents)
    ascent = metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER) ?? Double(extents.ascender) / unitsPerEm
    descent = -(metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER) ?? Double(extents.descender) / unitsPerEm)
    lineGap = metric(HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP) ?? Double(extents.line_gap) / unitsPerEm
    let typographic = FaceMetrics.typographicAscentAndDescent(face) ?? (ascent, descent)
    let height = typographic.0 + typographic.1
    emAscent = height > 0 ? typographic.0 / height : 1
    emDescent = height > 0 ? typographic.1 / height : 0
    func top(of letter: UInt32) -> Double? {
      var glyph: hb_codepoint_t = 0, extents = hb_glyph_extents_t()
      let isKnown = hb_font_get_nominal_glyph(font, letter, &glyph) != 0 && hb_font_get_glyph_extents(font, glyph, &extents) != 0
      guard isKnown else { return nil }
      return Double(extents.y_bearing) / unitsPerEm
    }
    // Where nothing is stated, letters are measured; where there are none, the usual proportions of Latin faces.
    xHeight = metric(HB_OT_METRICS_TAG_X_HEIGHT) ?? top(of: 0x78) ?? ascent * 0.56
    capHeight = metric(HB_OT_METRICS_TAG_CAP_HEIGHT) ?? top(of: 0x48) ?? ascent * 0.8
    hangingBaseline = baseline(HB_OT_LAYOUT_BASELINE_TAG_HANGING)
    ideographicBaseline = baseline(HB_OT_LAYOUT_BASELINE_TAG_IDEO_EMBOX_BOTTOM_OR_LEFT)
  }

  /// sTypoAscender and sTypoDescender of the OS/2 table (offsets 68 and 70), which HarfBuzz offers only to faces that prefer them.
  private static func typographicAscentAndDescent(_ face: OpaquePointer) -> (Double, Double)? {
    guard let table = hb_face_reference_table(face, 0x4F53_2F32) else { return nil }
    defer { hb_blob_destroy(table) }
    var length: UInt32 = 0
    guard let bytes = hb_blob_get_data(table, &length), length >= 72 else { return nil }
    func signed(_ offset: Int) -> Double {
      Double(Int16(truncatingIfNeeded: Int(bytes[offset]) << 8 | Int(UInt8(bitPattern: bytes[offset + 1]))))
    }
    let ascent = signed(68), descent = -signed(70)
    return ascent > 0 && ascent + descent > 0 ? (ascent, descent) : nil
  }

  func overridden(by adjustments: FontAdjustments) -> FaceMetrics {
    var metrics = self
    metrics.ascent = adjustments.ascent ?? ascent
    metrics.descent = adjustments.descent ?? descent
    metrics.lineGap = adjustments.lineGap ?? lineGap
    return metrics
  }

  /// At a size. Rounding and the replacements for missing baselines are Chromium's (SimpleFontData, TextMetrics).
  func scaled(to size: Double) -> FontMetrics {
    // In single precision as there: a half must be found to be one.
    var ascent = Double(Float(ascent) * Float(size)), descent = Double(Float(descent) * Float(size))
    // Tiny fonts are left alone, or their baselines would fall together.
    if ascent >= 3, ascent + descent >= 2 {
      ascent = (ascent + 0.5).rounded(.down)
      descent = (descent + 0.5).rounded(.down)
    }
    return FontMetrics(
      ascent: ascent, descent: descent, lineGap: lineGap * size, emAscent: emAscent * size, emDescent: emDescent * size,
      xHeight: xHeight * size, capHeight: capHeight * size,
      hangingBaseline: hangingBaseline.map { $0 * size } ?? ascent * 0.8,
      ideographicBaseline: ideographicBaseline.map { $0 * size } ?? -descent)
  }
}
