// A cursor over tokens with one token of look-ahead: what every grammar of this module reads from.

/// The current token and the way to the next. Cheap to copy: a copy is a place to go back to.
struct CSSParser {
  private var tokenizer: CSSTokenizer
  private(set) var token: CSSToken
  /// How deep the functions being read are nested; grammars refuse to go below `maximumDepth`.
  private(set) var depth = 0

  static let maximumDepth = 32

  init(_ text: String) {
    tokenizer = CSSTokenizer(text)
    token = tokenizer.next()
  }

  /// Whether nothing but white space is left; moves past it.
  mutating func isAtEnd() -> Bool {
    skipWhitespace()
    return token.kind == .end
  }

  mutating func advance() { token = tokenizer.next() }

  /// Moves past white space; returns whether there was any.
  @discardableResult mutating func skipWhitespace() -> Bool {
    guard token.kind == .whitespace else { return false }
    while token.kind == .whitespace { advance() }
    return true
  }

  func keyword() -> String { tokenizer.keyword(of: token) }
  func text() -> String { tokenizer.text(of: token) }
  func isNamed(_ name: String) -> Bool { tokenizer.isNamed(token, name) }

  /// Moves past the identifier `name`, if it is next.
  mutating func take(identifier name: String) -> Bool {
    guard token.kind == .identifier, isNamed(name) else { return false }
    advance()
    return true
  }

  mutating func take(_ kind: CSSToken.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  mutating func take(delimiter: Character) -> Bool {
    guard token.kind == .delimiter, token.delimiter == delimiter.asciiValue else { return false }
    advance()
    return true
  }

  /// Moves past white space and the end of a function; the end of the text closes all functions.
  mutating func takeFunctionEnd() -> Bool {
    skipWhitespace()
    return token.kind == .end || take(.closeParenthesis)
  }

  /// Runs `body` one level deeper; nil when that is too deep.
  mutating func nested<Value>(_ body: (inout CSSParser) -> Value?) -> Value? {
    guard depth < CSSParser.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}
