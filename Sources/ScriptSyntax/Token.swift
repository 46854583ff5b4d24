/// What else there is to know of a token.
struct TokenFlags: OptionSet {
  let rawValue: UInt8

  /// A line ends between this token and the one before.
  static let newlineBefore = TokenFlags(rawValue: 1)
  /// A name or string with an escape.
  static let escape = TokenFlags(rawValue: 2)
  /// `010`, `09`, or a string with `\1` or `\8`: not in strict mode.
  static let legacyOctal = TokenFlags(rawValue: 4)
  /// A template with an escape that has no value: in tagged templates only.
  static let invalidEscape = TokenFlags(rawValue: 8)
  /// A number or string with characters other than plain ASCII, or digits with separators.
  static let needsDecoding = TokenFlags(rawValue: 16)
}

/// One token: plain data. Values of literals are decoded from the source when the tree is built.
struct Token {
  var kind: TokenKind
  var flags: TokenFlags
  var start: Int32
  var end: Int32
  /// Of names, reserved words and private names.
  var name = NameID(index: 0)

  var range: SourceRange { SourceRange(start: start, end: end) }
  var newlineBefore: Bool { flags.contains(.newlineBefore) }
  var hasEscape: Bool { flags.contains(.escape) }

  /// Whether this is the contextual keyword `name`, spelt without escapes.
  @inline(__always)
  func isContextual(_ name: NameID) -> Bool {
    kind == .identifier && self.name == name && !hasEscape
  }
}
