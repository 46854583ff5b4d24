// "The text preparation algorithm": https://html.spec.whatwg.org/multipage/canvas.html#text-preparation-algorithm

import CSSValues
import Drawing
import Geometry
import Typography

/// A line of text with the place by which it is aligned.
struct PreparedText {
  /// UTF-16 as the script gave it.
  var text: [UInt16] = []
  var shaped: ShapedText
  /// By how much glyphs are narrowed to keep to a `maxWidth`; 1 for text that fits.
  var condensing: Double
  /// From the left end of the baseline to the anchor point; `anchorAbove` grows upwards.
  var anchorX: Double
  var anchorAbove: Double
  /// How the anchor was found.
  var align = CanvasTextAlign.start
  var baseline = CanvasTextBaseline.alphabetic

  /// The glyphs with the anchor point at a place in user space.
  func runs(at place: Point) -> [GlyphRun] {
    let origin = Point(place.x - anchorX, place.y + anchorAbove)
    return shaped.runs.map { run in
      var moved = run
      moved.origin = origin
      guard condensing != 1 else { return moved }
      moved.glyphTransform = AffineTransform.scale(condensing, 1).concatenating(run.glyphTransform)
      for index in moved.glyphs.indices { moved.glyphs[index].origin.x *= condensing }
      return moved
    }
  }
}

extension CanvasRenderingContext2D {
  /// Nil where there is nothing to draw.
  func prepareText(_ text: [UInt16], maxWidth: Double?) -> PreparedText? {
    // 1.
    if let maxWidth, !(maxWidth > 0) { return nil }
    // 3. 4.
    let attributes = state.text
    let direction: TextDirection = attributes.direction == .rtl ? .rightToLeft : .leftToRight
    // 2. 5.
    let shaped = shape(text, style: textStyle(attributes, direction))
    // 6.
    var condensing = 1.0
    if let maxWidth, shaped.width > maxWidth { condensing = maxWidth / shaped.width }
    // 7.
    let width = shaped.width * condensing
    let isRightToLeft = direction == .rightToLeft
    let anchorX: Double
    switch attributes.textAlign {
    case .left: anchorX = 0
    case .right: anchorX = width
    case .center: anchorX = width / 2
    case .start: anchorX = isRightToLeft ? width : 0
    case .end: anchorX = isRightToLeft ? 0 : width
    }
    // 8. 9.
    return PreparedText(
      text: text, shaped: shaped, condensing: condensing, anchorX: anchorX,
      anchorAbove: attributes.textBaseline.height(in: shaped.metrics), align: attributes.textAlign,
      baseline: attributes.textBaseline)
  }

  /// The style of a state's texts. The last one is kept: most texts are set in the style of the one before.
  private func textStyle(_ attributes: TextState, _ direction: TextDirection) -> TextStyle {
    if let last = lastTextStyle, last.attributes == attributes { return last.style }
    let lengths = spacingLengths(attributes)
    let style = attributes.textStyle(direction: direction, lengths: lengths)
    // Lengths may depend on more than the state.
    lastTextStyle = lengths == nil ? (attributes, style) : nil
    return style
  }

  /// What the spacings are measured against; nil where there are none, as in nearly all texts.
  private func spacingLengths(_ attributes: TextState) -> LengthContext? {
    if attributes.letterSpacing.value == 0, attributes.wordSpacing.value == 0 { return nil }
    let isMeasured = attributes.letterSpacing.isMeasured || attributes.wordSpacing.isMeasured
    return isMeasured ? measuredLengths(of: attributes) : textLengths
  }

  /// Step 2 and shaping. The text that was set last is kept: scripts measure what they then draw.
  private func shape(_ text: [UInt16], style: TextStyle) -> ShapedText {
    guard let shaping = environment.textShaping else { return .empty }
    if let last = lastShapedText, last.text == text, last.style == style, last.generation == shaping.generation { return last.shaped }
    // ASCII white space becomes a space.
    let clean = text.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0C || $0 == 0x0D ? 0x20 : $0 }
    let shaped = shaping.shape(clean, style: style)
    lastShapedText = (text, style, shaping.generation, shaped)
    return shaped
  }
}

extension CanvasTextBaseline {
  /// How far above the alphabetic baseline the line lies.
  func height(in metrics: FontMetrics) -> Double {
    switch self {
    case .top: metrics.emAscent
    case .hanging: metrics.hangingBaseline
    case .middle: (metrics.emAscent - metrics.emDescent) / 2
    case .alphabetic: 0
    case .ideographic: metrics.ideographicBaseline
    case .bottom: -metrics.emDescent
    }
  }
}
