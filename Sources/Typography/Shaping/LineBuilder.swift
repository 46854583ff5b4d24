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
  private var words: [TextWord] = []
  private var wordStart = (cluster: 0, x: 0.0)
  private var x = 0.0

  init(style: ResolvedStyle, text: [UInt16]) {
    self.style = style
    self.text = text
    letterSpacing = LineBuilder.clamped(style.style.letterSpacing)
    wordSpacing = LineBuilder.clamped(style.style.wordSpacing)
    clusters.reserveCapacity(text.count)
  }

  /// Browsers go no further.
  private static func clamped(_ spacing: Double) -> Double { spacing.isNaN ? 0 : min(32_768, max(-32_768, spacing)) }

  mutating func append(
    _ piece: ShapedPiece, isRightToLeft: Bool, infos: ArraySlice<hb_glyph_info_t>, positions: ArraySlice<hb_glyph_position_t>
  ) {
    let size = (piece.isReduced ? CapitalForms.size(for: style.size) : style.size) * piece.instance.record.adjustments.size
    beginRun(piece.instance, size)
    let scale = size / piece.instance.face.unitsPerEm
    let isJoined = letterSpacing != 0 && ScriptRuns.isCursive(piece.script)
    var first = infos.startIndex
    while first < infos.endIndex {
      let start = Int(infos[first].cluster)
      var end = first + 1
      while end < infos.endIndex, infos[end].cluster == infos[first].cluster { end += 1 }
      // From right to left the text's next cluster was the one before.
      let textEnd =
        isRightToLeft
        ? (first > infos.startIndex ? Int(infos[first - 1].cluster) : piece.range.upperBound)
        : (end < infos.endIndex ? Int(infos[end].cluster) : piece.range.upperBound)
      let clusterStart = x
      for index in first..<end {
        let position = positions[index]
        glyphs.append(
          PositionedGlyph(
            glyph: infos[index].codepoint,
            origin: Point(x + Double(position.x_offset) * scale, -Double(position.y_offset) * scale)))
        let advance = advance(piece.instance, infos[index].codepoint, Double(position.x_advance)) * scale
        x += piece.instance.hasWholeWidths ? advance.rounded() : advance
      }
      if hasSpacing { x += spacing(after: start, isJoined: isJoined) }
      clusters.append(
        TextCluster(
          start: start, end: textEnd, x: clusterStart, width: x - clusterStart, isRightToLeft: isRightToLeft,
          glyphCount: end - first))
      first = end
    }
  }

  /// Adds a space that stands by itself; false when the first face has none.
  mutating func appendSpace(at index: Int, isRightToLeft: Bool) -> Bool {
    guard style.primaryComesFirst, style.style.variantCaps == .normal, let instance = style.primary, let space = instance.space,
      !instance.face.hasBitmapsOnly
    else { return false }
    let size = style.size * instance.record.adjustments.size
    beginRun(instance, size)
    glyphs.append(PositionedGlyph(glyph: space.glyph, origin: Point(x, 0)))
    let start = x
    x += Double(space.advance) * (size / instance.face.unitsPerEm)
    if hasSpacing { x += spacing(after: index, isJoined: false) }
    clusters.append(TextCluster(start: index, end: index + 1, x: start, width: x - start, isRightToLeft: isRightToLeft))
    return true
  }

  /// In font units. Pictures know their widths better than the table that the shaper reads.
  @inline(__always)
  private func advance(_ instance: FaceInstance, _ glyph: UInt32, _ shaped: Double) -> Double {
    guard instance.face.hasBitmapsOnly, shaped != 0 else { return shaped }
    return instance.face.bitmapAdvance(of: glyph) ?? shaped
  }

  private var hasSpacing: Bool { letterSpacing != 0 || wordSpacing != 0 }

  private func spacing(after start: Int, isJoined: Bool) -> Double {
    guard start < text.count else { return 0 }
    var spacing = 0.0
    let unit = text[start]
    let isSpace = unit == 0x20 || unit == 0xA0
    // Joined letters stay joined, and invisible characters do not show as gaps.
    if letterSpacing != 0, isSpace || !isJoined && !isInvisible(start) { spacing += letterSpacing }
    // A space that begins the text separates no words.
    if isSpace, start > 0 || unit == 0xA0 { spacing += wordSpacing }
    return spacing
  }

  private func isInvisible(_ start: Int) -> Bool {
    guard text[start] >= 0x300 else { return false }
    var index = start
    let scalar = WordBoundaries.next(in: text, at: &index, limit: text.count)
    return Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint ?? false
  }

  /// Ends the word that everything since the last one belongs to.
  mutating func endWord(_ range: Range<Int>, isRightToLeft: Bool) {
    words.append(
      TextWord(
        start: range.lowerBound, end: range.upperBound, firstCluster: wordStart.cluster,
        clusterCount: clusters.count - wordStart.cluster,
        x: wordStart.x, width: x - wordStart.x, isRightToLeft: isRightToLeft))
    wordStart = (clusters.count, x)
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
      runs: runs, clusters: clusters, words: words, width: x, metrics: style.metrics,
      isRightToLeft: style.style.direction == .rightToLeft)
  }
}
