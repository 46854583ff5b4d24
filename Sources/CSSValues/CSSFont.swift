// The value of the `font` property: what it says, and how it reads back.

/// One entry of a `font-family` list.
public enum CSSFontFamily: Equatable, Hashable, Sendable {
  case named(String)
  /// A generic keyword in lower case, such as `sans-serif`.
  case generic(String)
}

/// `font-style`.
public enum CSSFontStyle: Equatable, Hashable, Sendable {
  case normal, italic
  /// In degrees; plain `oblique` is 14.
  case oblique(Double)
}

/// `font-stretch`, as far as the shorthand and the canvas's `fontStretch` reach. Raw values are CSS keywords.
public enum CSSFontStretch: String, Sendable, CaseIterable {
  case ultraCondensed = "ultra-condensed"
  case extraCondensed = "extra-condensed"
  case condensed
  case semiCondensed = "semi-condensed"
  case normal
  case semiExpanded = "semi-expanded"
  case expanded
  case extraExpanded = "extra-expanded"
  case ultraExpanded = "ultra-expanded"

  /// Per cent of the normal width.
  public var percentage: Double {
    switch self {
    case .ultraCondensed: 50
    case .extraCondensed: 62.5
    case .condensed: 75
    case .semiCondensed: 87.5
    case .normal: 100
    case .semiExpanded: 112.5
    case .expanded: 125
    case .extraExpanded: 150
    case .ultraExpanded: 200
    }
  }
}

/// A font as the `font` shorthand describes it, all sizes resolved. Line heights are dropped, as the canvas demands.
public struct CSSFont: Equatable, Hashable, Sendable {
  public var style: CSSFontStyle
  public var isSmallCaps: Bool
  /// 1...1000.
  public var weight: Double
  public var stretch: CSSFontStretch
  /// In pixels, at least 0.
  public var size: Double
  /// At least one.
  public var families: [CSSFontFamily]

  public init(
    style: CSSFontStyle = .normal, isSmallCaps: Bool = false, weight: Double = 400, stretch: CSSFontStretch = .normal,
    size: Double = 10, families: [CSSFontFamily] = [.generic("sans-serif")]
  ) {
    self.style = style
    self.isSmallCaps = isSmallCaps
    self.weight = weight
    self.stretch = stretch
    self.size = size
    self.families = families
  }

  /// The canvas's initial font: 10px sans-serif.
  public static let initial = CSSFont()

  /// The shorthand with what is normal left out: `italic bold 12px "Open Sans", serif`.
  public var serialized: String {
    var parts: [String] = []
    switch style {
    case .normal: break
    case .italic: parts.append("italic")
    case .oblique(let degrees): parts.append(degrees == 14 ? "oblique" : "oblique \(CSSNumber.serialize(degrees))deg")
    }
    if isSmallCaps { parts.append("small-caps") }
    if weight == 700 {
      parts.append("bold")
    } else if weight != 400 {
      parts.append(CSSNumber.serialize(weight))
    }
    if stretch != .normal { parts.append(stretch.rawValue) }
    parts.append(CSSNumber.serialize(size) + "px")
    return parts.joined(separator: " ") + " " + families.map(\.serialized).joined(separator: ", ")
  }
}

extension CSSFontFamily {
  /// A keyword or a single identifier as it is, all other names as a CSS string.
  public var serialized: String {
    switch self {
    case .generic(let keyword): return keyword
    case .named(let name):
      if isIdentifier(name) { return name }
      var text = "\""
      for scalar in name.unicodeScalars {
        switch scalar {
        case "\"", "\\":
          text.unicodeScalars.append("\\")
          text.unicodeScalars.append(scalar)
        case "\0": text += "\u{FFFD}"
        case "\u{1}"..."\u{1F}", "\u{7F}": text += "\\" + String(scalar.value, radix: 16) + " "
        default: text.unicodeScalars.append(scalar)
        }
      }
      return text + "\""
    }
  }

  private func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, first &- 48 >= 10 else { return false }
    // A name in quotes that spells a keyword must stay quoted.
    if FontShorthand.genericFamilies.contains(name) || FontShorthand.reservedWords.contains(name) { return false }
    let isName = name.utf8.allSatisfy { $0 >= 0x80 || ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == 0x2D || $0 == 0x5F }
    // After a hyphen there must be a letter.
    let second = name.utf8.dropFirst().first ?? 48
    return isName && !(first == 0x2D && (second &- 48 < 10 || second == 0x2D))
  }
}
