// The text attributes of a drawing state: https://html.spec.whatwg.org/multipage/canvas.html#canvastextdrawingstyles.

import CSSValues
import Typography

public enum CanvasTextAlign: String, Sendable, CaseIterable {
  case start, end, left, right, center
}

public enum CanvasTextBaseline: String, Sendable, CaseIterable {
  case top, hanging, middle, alphabetic, ideographic, bottom
}

public enum CanvasDirection: String, Sendable, CaseIterable {
  case ltr, rtl, inherit
}

struct TextState: Equatable {
  /// Without stretch and capitals, which have attributes of their own.
  private(set) var font = CSSFont.initial
  var textAlign = CanvasTextAlign.start
  var textBaseline = CanvasTextBaseline.alphabetic
  var direction = CanvasDirection.inherit
  var letterSpacing = CSSLength.zero
  var wordSpacing = CSSLength.zero
  var fontKerning = FontKerning.auto
  var fontStretch = CSSFontStretch.normal
  var fontVariantCaps = FontVariantCaps.normal
  var textRendering = TextRendering.auto
  /// A BCP 47 tag; "inherit" for the canvas's language.
  var lang = "inherit"

  static let initial = TextState()

  /// The shorthand sets what it is short for: browsers' `fontStretch` and `fontVariantCaps` follow `font`.
  mutating func setFont(_ font: CSSFont) {
    self.font = font
    self.font.stretch = .normal
    self.font.isSmallCaps = false
    fontStretch = font.stretch
    fontVariantCaps = font.isSmallCaps ? .smallCaps : .normal
  }

  /// What `font` reads back as. Capitals that the shorthand has no word for are left out.
  var serializedFont: String {
    var font = font
    font.stretch = fontStretch
    font.isSmallCaps = fontVariantCaps == .smallCaps
    return font.serialized
  }
}
