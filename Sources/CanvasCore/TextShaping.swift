// What the canvas asks of a typesetter; FontLibrary is the one that programs use, tests bring their own.

import CSSValues
import Typography

/// Sets one line of text.
public protocol TextShaping: AnyObject {
  func shape(_ text: [UInt16], style: TextStyle) -> ShapedText
  /// The metrics of the style's first available font.
  func metrics(of style: TextStyle) -> FontMetrics
  /// Another number once texts may be set differently, because fonts came or went.
  var generation: Int { get }
}

extension TextShaping {
  public var generation: Int { 0 }
}

extension FontLibrary: TextShaping {}

extension TextState {
  /// The properties of the hypothetical inline box of the text preparation algorithm.
  func textStyle(direction: TextDirection, lengths: LengthContext? = nil) -> TextStyle {
    let lengths = lengths ?? LengthContext(fontSize: font.size)
    let slant: FontSlant =
      switch font.style {
      case .normal: .normal
      case .italic: .italic
      case .oblique(let degrees): .oblique(degrees: degrees)
      }
    return TextStyle(
      families: font.families.map(FontFamily.init), size: font.size, weight: font.weight,
      stretch: fontStretch.percentage, slant: slant, variantCaps: fontVariantCaps, kerning: fontKerning,
      letterSpacing: letterSpacing.pixels(lengths), wordSpacing: wordSpacing.pixels(lengths), direction: direction,
      language: lang.isEmpty || lang == "inherit" ? nil : lang, textRendering: textRendering)
  }
}

extension FontFamily {
  init(_ family: CSSFontFamily) {
    switch family {
    case .named(let name): self = .named(name)
    case .generic(let keyword): self = GenericFontFamily(rawValue: keyword).map { .generic($0) } ?? .named(keyword)
    }
  }
}

extension TextStyle {
  /// What a `font` value by itself means.
  public init(_ font: CSSFont) {
    var state = TextState()
    state.setFont(font)
    self = state.textStyle(direction: .leftToRight)
  }
}
