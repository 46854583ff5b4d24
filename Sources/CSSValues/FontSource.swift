// The `src` descriptor, after https://drafts.csswg.org/css-fonts-4/#font-face-src-parsing.

/// One place that a font may come from.
public enum FontSource: Equatable, Sendable {
  case url(String)
  /// A font of the system, by its full or PostScript name.
  case local(String)

  /// The entries that can be used, in order. Those that are malformed, or of a format that is not known, are left out.
  public static func parse(_ text: String) -> [FontSource] {
    var parser = CSSParser(text)
    var sources: [FontSource] = []
    while true {
      parser.skipWhitespace()
      let source = parser.fontSource()
      parser.skipWhitespace()
      if let source, parser.token.kind == .comma || parser.token.kind == .end { sources.append(source) }
      parser.skipEntry()
      guard parser.take(.comma) else { return sources }
    }
  }
}

extension CSSParser {
  private static let formats: Set<String> = [
    "collection", "opentype", "truetype", "woff", "woff2", "opentype-variations", "truetype-variations", "woff-variations",
    "woff2-variations",
  ]
  /// What fonts need; SVG in OpenType, Graphite and incremental transfer are not supported.
  private static let technologies: Set<String> = [
    "features-opentype", "features-aat", "variations", "color-colrv0", "color-colrv1", "color-sbix", "color-cbdt", "palettes",
  ]

  fileprivate mutating func fontSource() -> FontSource? {
    if token.kind == .url {
      let address = text()
      advance()
      return conditions() ? .url(address) : nil
    }
    guard token.kind == .function else { return nil }
    let name = keyword()
    advance()
    skipWhitespace()
    switch name {
    case "url":
      guard token.kind == .string else { return nil }
      let address = text()
      advance()
      return takeFunctionEnd() && conditions() ? .url(address) : nil
    case "local":
      var words: [String] = []
      if token.kind == .string {
        words = [text()]
        advance()
      }
      while words.isEmpty || token.kind == .identifier {
        guard token.kind == .identifier else { return nil }
        words.append(text())
        advance()
        skipWhitespace()
      }
      return takeFunctionEnd() ? .local(words.joined(separator: " ")) : nil
    default: return nil
    }
  }

  /// Reads over `format(…)` and `tech(…)`; false where something is asked for that is not there.
  private mutating func conditions() -> Bool {
    skipWhitespace()
    for (name, known) in [("format", CSSParser.formats), ("tech", CSSParser.technologies)] {
      guard token.kind == .function, isNamed(name) else { continue }
      advance()
      repeat {
        skipWhitespace()
        guard token.kind == .string || token.kind == .identifier, known.contains(keyword()) else { return false }
        advance()
        skipWhitespace()
      } while name == "tech" && take(.comma)
      guard takeFunctionEnd() else { return false }
      skipWhitespace()
    }
    return true
  }

  /// Moves to the comma behind an entry.
  fileprivate mutating func skipEntry() {
    var depth = 0
    while token.kind != .end {
      switch token.kind {
      case .function, .openParenthesis, .openBracket, .openBrace: depth += 1
      case .closeParenthesis, .closeBracket, .closeBrace: depth -= 1
      case .comma where depth <= 0: return
      default: break
      }
      advance()
    }
  }
}
