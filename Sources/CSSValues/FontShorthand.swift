// The `font` shorthand, after https://drafts.csswg.org/css-fonts-4/#font-prop.

/// Reads fonts.
public enum FontShorthand {
  /// Parses the whole text. Relative sizes and weights refer to `parent`. Nil when it is no font; keywords that every property
  /// has (`inherit`, …) are none, as the canvas demands.
  public static func parse(_ text: String, parent: CSSFont = .initial, lengths: LengthContext? = nil) -> CSSFont? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    if parser.token.kind == .identifier, let font = systemFont(parser.keyword()) {
      parser.advance()
      return parser.isAtEnd() ? font : nil
    }
    var font = CSSFont()
    guard parser.fontProperties(&font, parent: parent),
      let size = parser.fontSize(parent: parent, lengths: lengths ?? LengthContext(fontSize: parent.size)),
      parser.lineHeight(lengths ?? LengthContext(fontSize: parent.size))
    else { return nil }
    font.size = size
    guard let families = parser.fontFamilies(), parser.isAtEnd() else { return nil }
    font.families = families
    return font
  }

  /// Parses a `font-family` list alone, as `FontFace` takes it.
  public static func parseFamilies(_ text: String) -> [CSSFontFamily]? {
    var parser = CSSParser(text)
    guard let families = parser.fontFamilies(), parser.isAtEnd() else { return nil }
    return families
  }

  /// What Chromium makes of the system fonts where there is no desktop.
  private static func systemFont(_ keyword: String) -> CSSFont? {
    switch keyword {
    case "caption", "icon", "menu", "message-box", "small-caption", "status-bar": CSSFont(size: 16, families: [.named("Arial")])
    default: nil
    }
  }

  /// Browsers' largest font size, in pixels.
  static let largestSize = 10_000.0

  static let genericFamilies: Set<String> = [
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace",
    "ui-rounded", "math", "emoji", "fangsong",
  ]
  /// Keywords that begin no name of several words.
  static let lonelyFamilies: Set<String> = ["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math"]
  static let reservedWords: Set<String> = ["inherit", "initial", "unset", "revert", "revert-layer", "default"]
}

extension CSSParser {
  /// Style, variant, weight and stretch in any order, each at most once, `normal` standing for any of them.
  fileprivate mutating func fontProperties(_ font: inout CSSFont, parent: CSSFont) -> Bool {
    var hasStyle = false, hasVariant = false, hasWeight = false, hasStretch = false
    for _ in 0..<4 {
      let before = self
      if token.kind == .number || token.kind == .function {
        let isCalculated = token.kind == .function
        guard let value = mathValue(MathContext()), value.kind == .number, !hasWeight,
          isCalculated || (1...1000).contains(value.value)
        else {
          self = before
          return true
        }
        font.weight = min(1000, max(1, value.value))
        hasWeight = true
        skipWhitespace()
        continue
      }
      guard token.kind == .identifier else { return true }
      let name = keyword()
      advance()
      switch name {
      case "normal": break
      case "italic" where !hasStyle:
        font.style = .italic
        hasStyle = true
      case "oblique" where !hasStyle:
        font.style = .oblique(14)
        hasStyle = true
        let afterKeyword = self
        skipWhitespace()
        if token.kind == .dimension || token.kind == .function, let angle = mathValue(MathContext()),
          angle.kind == .angle
        {
          guard (-90...90).contains(angle.value) else { return false }
          font.style = .oblique(angle.value)
        } else {
          self = afterKeyword
        }
      case "small-caps" where !hasVariant:
        font.isSmallCaps = true
        hasVariant = true
      case "bold" where !hasWeight:
        font.weight = 700
        hasWeight = true
      case "bolder" where !hasWeight:
        font.weight = parent.weight < 350 ? 400 : parent.weight < 550 ? 700 : max(900, parent.weight)
        hasWeight = true
      case "lighter" where !hasWeight:
        font.weight = parent.weight < 100 ? parent.weight : parent.weight < 550 ? 100 : parent.weight < 750 ? 400 : 700
        hasWeight = true
      default:
        guard !hasStretch, let stretch = CSSFontStretch(rawValue: name) else {
          self = before
          return true
        }
        font.stretch = stretch
        hasStretch = true
      }
      // A comment may stand where white space usually does.
      skipWhitespace()
    }
    return true
  }

  fileprivate mutating func fontSize(parent: CSSFont, lengths: LengthContext) -> Double? {
    if token.kind == .identifier {
      let name = keyword()
      advance()
      switch name {
      // Chromium's table for a medium size of 16.
      case "xx-small": return 9
      case "x-small": return 10
      case "small": return 13
      case "medium": return 16
      case "large": return 18
      case "x-large": return 24
      case "xx-large": return 32
      case "xxx-large": return 48
      case "larger": return parent.size * 1.2
      case "smaller": return parent.size / 1.2
      case "math": return parent.size
      default: return nil
      }
    }
    let isLiteral = token.kind != .function
    guard let value = mathValue(MathContext(lengths: lengths, percentageBase: parent.size)) else { return nil }
    let size: Double
    switch value.kind {
    case .length: size = value.value
    case .number where isLiteral && value.value == 0: size = 0
    default: return nil
    }
    // Written negative sizes are mistakes, calculated ones are clamped.
    if size < 0 { return isLiteral ? nil : 0 }
    return min(size, FontShorthand.largestSize)
  }

  /// Reads over `/ line-height`; false when something stands there that is none.
  fileprivate mutating func lineHeight(_ lengths: LengthContext) -> Bool {
    let before = self
    skipWhitespace()
    guard take(delimiter: "/") else {
      self = before
      return true
    }
    skipWhitespace()
    if take(identifier: "normal") { return true }
    let isCalculated = token.kind == .function
    guard let value = mathValue(MathContext(lengths: lengths)) else { return false }
    return (isCalculated || value.value >= 0) && value.kind != .angle
  }

  fileprivate mutating func fontFamilies() -> [CSSFontFamily]? {
    var families: [CSSFontFamily] = []
    repeat {
      guard families.count < 256 else { return nil }
      skipWhitespace()
      if token.kind == .string {
        families.append(.named(text()))
        advance()
        skipWhitespace()
        continue
      }
      var words: [String] = []
      while token.kind == .identifier {
        words.append(text())
        advance()
        skipWhitespace()
      }
      guard let first = words.first else { return nil }
      let lowercased = CSSTokenizer.asciiLowercased(first)
      if words.count == 1 {
        if FontShorthand.reservedWords.contains(lowercased) { return nil }
        if FontShorthand.genericFamilies.contains(lowercased) {
          families.append(.generic(lowercased))
          continue
        }
      } else if FontShorthand.lonelyFamilies.contains(lowercased) {
        return nil
      }
      families.append(.named(words.joined(separator: " ")))
    } while take(.comma)
    return families
  }
}
