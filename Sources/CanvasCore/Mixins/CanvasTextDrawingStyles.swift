// https://html.spec.whatwg.org/multipage/canvas.html#canvastextdrawingstyles

import CSSValues
import Typography

extension CanvasRenderingContext2D {
  /// A CSS `font` value; what is none is ignored. Default `10px sans-serif`.
  public var font: String {
    get { state.text.serializedFont }
    set {
      // Relative sizes and weights refer to the font of the canvas element, which is not styled: 10px sans-serif.
      guard let font = parseFont(newValue) else { return }
      let before = state.text
      state.text.setFont(font)
      if state.text != before { fontDidChange() }
    }
  }

  /// Drawing loops set the same fonts again and again.
  private func parseFont(_ text: String) -> CSSFont? {
    if let cached = fontCache[text] { return cached }
    let lengths = CanvasRenderingContext2D.mayNeedMeasures(text) ? measuredLengths(of: .initial) : nil
    guard let font = FontShorthand.parse(text, lengths: lengths) else { return nil }
    if fontCache.count >= 64 { fontCache.removeAll(keepingCapacity: true) }
    fontCache[text] = font
    return font
  }

  /// Default start.
  public var textAlign: CanvasTextAlign {
    get { state.text.textAlign }
    set { state.text.textAlign = newValue }
  }

  /// Default alphabetic.
  public var textBaseline: CanvasTextBaseline {
    get { state.text.textBaseline }
    set { state.text.textBaseline = newValue }
  }

  /// Default inherit, which is left to right.
  public var direction: CanvasDirection {
    get { state.text.direction }
    set { state.text.direction = newValue }
  }

  /// A CSS length; what is none is ignored. Default `0px`.
  public var letterSpacing: String {
    get { state.text.letterSpacing.serialized }
    set {
      guard let length = CSSLength.parse(newValue, context: textLengths(for: newValue)) else { return }
      state.text.letterSpacing = length
    }
  }

  /// A CSS length; what is none is ignored. Default `0px`.
  public var wordSpacing: String {
    get { state.text.wordSpacing.serialized }
    set {
      guard let length = CSSLength.parse(newValue, context: textLengths(for: newValue)) else { return }
      state.text.wordSpacing = length
    }
  }

  /// Default auto.
  public var fontKerning: FontKerning {
    get { state.text.fontKerning }
    set { state.text.fontKerning = newValue }
  }

  /// Default normal.
  public var fontStretch: CSSFontStretch {
    get { state.text.fontStretch }
    set { state.text.fontStretch = newValue }
  }

  /// Default normal.
  public var fontVariantCaps: FontVariantCaps {
    get { state.text.fontVariantCaps }
    set { state.text.fontVariantCaps = newValue }
  }

  /// Default auto.
  public var textRendering: TextRendering {
    get { state.text.textRendering }
    set { state.text.textRendering = newValue }
  }

  /// A BCP 47 language tag, or `inherit` (the default).
  public var lang: String {
    get { state.text.lang }
    set { state.text.lang = newValue }
  }

  /// What lengths in text attributes and filters are measured against.
  var textLengths: LengthContext {
    LengthContext(
      fontSize: state.text.font.size, viewportWidth: Double(bitmap.size.width), viewportHeight: Double(bitmap.size.height))
  }

  private func textLengths(for text: String) -> LengthContext {
    CanvasRenderingContext2D.mayNeedMeasures(text) ? measuredLengths(of: state.text) : textLengths
  }

  /// Whether lengths may be written in units that the font must be asked for, which opens it.
  private static func mayNeedMeasures(_ text: String) -> Bool {
    let bytes = Array(text.lowercased().utf8)
    for index in bytes.indices where bytes[index] &- 48 < 10 || bytes[index] == 0x2E {
      let unit = bytes[(index + 1)...]
      if ["ex", "ch", "cap", "lh"].contains(where: { unit.starts(with: $0.utf8) }) { return true }
    }
    return false
  }

  /// With the measures of a font itself.
  func measuredLengths(of text: TextState) -> LengthContext {
    var style = text.textStyle(direction: .leftToRight)
    style.letterSpacing = 0
    style.wordSpacing = 0
    guard let shaping = environment.textShaping else { return LengthContext(fontSize: text.font.size) }
    let metrics = shaping.metrics(of: style)
    return LengthContext(
      fontSize: text.font.size, xHeight: metrics.xHeight, zeroAdvance: shaping.shape([0x30], style: style).width,
      capHeight: metrics.capHeight, lineHeight: (metrics.ascent + metrics.descent + metrics.lineGap).rounded(),
      viewportWidth: Double(bitmap.size.width), viewportHeight: Double(bitmap.size.height))
  }
}
