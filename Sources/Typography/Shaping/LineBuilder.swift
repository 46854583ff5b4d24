// Shaped items, one after the other, as runs of glyphs and clusters in user space units.

import CHarfBuzz
import Drawing
import Geometry

struct LineBuilder {
  private let style: ResolvedStyle
  private let text: [UInt16]
  private let letterSpacing: Double
  private let wordSpacing: Double
  private var runs: [GlyphRun] = []
  private var glyphs: [PositionedGlyph] = []
  private var current: (instance: FaceInstance, size: Double)?
  private var clusters: [TextCluster] = []
  private var x = 0.0

  init(style: ResolvedStyle, text: [UInt16]) {
    self.style = style
    self.text = text
    letterSpacing = style.style.letterSpacing.isFinite ? style.style.letterSpacing : 0
    wordSpacing = style.style.wordSpacing.isFinite ? style.style.wordSpacing : 0
    clusters.reserveCapacity(text.count)
  }

  mutating func append(
    _ item: TextItem, infos: UnsafeBufferPointer<hb_glyph_info_t>, positions: UnsafeBufferPointer<hb_glyph_position_t>
  ) {
    let size =
      (item.isReduced ? CapitalForms.size(for: style.size) : style.size) * item.instance.record.adjustments.size
    beginRun(item.instance, size)
    let scale = size / item.instance.face.unitsPerEm
    let hasSpacing = letterSpacing != 0 || wordSpacing != 0
    var first = 0
    while first < infos.count {
      let start = Int(infos[first].cluster)
      var end = first + 1
      while end < infos.count, infos[end].cluster == infos[first].cluster { end += 1 }
      // From right to left the text's next cluster was the one before.
      let textEnd =
        item.isRightToLeft
        ? (first > 0 ? Int(infos[first - 1].cluster) : item.range.upperBound)
        : (end < infos.count ? Int(infos[end].cluster) : item.range.upperBound)
      let clusterStart = x
      let spacing = hasSpacing ? spacingAfter(start, textEnd) : 0
      // Space goes to the end of the cluster, which is its left side when it is read leftwards.
      if item.isRightToLeft { x += spacing }
      for index in first..<end {
        let position = positions[index]
        glyphs.append(
          PositionedGlyph(
            glyph: infos[index].codepoint,
            origin: Point(x + Double(position.x_offset) * scale, -Double(position.y_offset) * scale)))
        let advance = advance(item, infos[index].codepoint, Double(position.x_advance)) * scale
        x += item.instance.face.hasWholeWidths ? advance.rounded() : advance
      }
      if !item.isRightToLeft { x += spacing }
      clusters.append(
        TextCluster(start: start, end: textEnd, x: clusterStart, width: x - clusterStart, isRightToLeft: item.isRightToLeft,
          glyphCount: end - first))
      first = end
    }
  }

  /// In font units. Pictures know their widths better than the table that the shaper reads.
  @inline(__always)
  private func advance(_ item: TextItem, _ glyph: UInt32, _ shaped: Double) -> Double {
    guard item.instance.face.hasBitmapsOnly, shaped != 0 else { return shaped }
    return item.instance.face.bitmapAdvance(of: glyph) ?? shaped
  }

  private func spacingAfter(_ start: Int, _ end: Int) -> Double {
    guard start < text.count else { return 0 }
    var spacing = 0.0
    let unit = text[start]
    if letterSpacing != 0, !(unit >= 0x300 && isUnspaced(start)) { spacing += letterSpacing }
    if wordSpacing != 0, unit == 0x20 || unit == 0xA0 || unit == 0x1361 { spacing += wordSpacing }
    return spacing
  }

  /// Joined letters stay joined, and invisible characters do not show as gaps.
  private func isUnspaced(_ start: Int) -> Bool {
    var scalar = UInt32(text[start])
    if scalar & 0xFC00 == 0xD800, start + 1 < text.count, text[start + 1] & 0xFC00 == 0xDC00 {
      scalar = 0x10000 + (scalar & 0x3FF) << 10 + UInt32(text[start + 1] & 0x3FF)
    }
    return ScriptRuns.isCursive(scalar) || Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint ?? false
  }

  private mutating func beginRun(_ instance: FaceInstance, _ size: Double) {
    if let current, current.instance === instance, current.size == size { return }
    endRun()
    current = (instance, size)
  }

  private mutating func endRun() {
    guard let current, !glyphs.isEmpty, current.size > 0 else {
      glyphs = []
      return
    }
    runs.append(
      GlyphRun(
        source: current.instance.face, fontSize: current.size, glyphTransform: current.instance.glyphTransform,
        emboldening: current.instance.emboldening(size: current.size), glyphs: glyphs))
    glyphs = []
  }

  mutating func finished() -> ShapedText {
    endRun()
    return ShapedText(
      runs: runs, clusters: clusters, width: x, metrics: style.metrics,
      isRightToLeft: style.style.direction == .rightToLeft)
  }
}
