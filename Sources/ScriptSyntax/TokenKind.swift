// https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar

/// What a token is. Reserved words come first and in the order of their fixed `NameID`s.
enum TokenKind: UInt8, Sendable {
  case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`, `else`, `enum`, export, extends
  case `false`, finally, `for`, function, `if`, `import`, `in`, instanceof, new, null, `return`, `super`, `switch`, this, `throw`
  case `true`, `try`, typeof, `var`, void, `while`, with

  case braceOpen, braceClose, parenthesisOpen, parenthesisClose, bracketOpen, bracketClose
  case dot, ellipsis, semicolon, comma, question, questionDot, colon, arrow
  case less, greater, lessEqual, greaterEqual, equal, notEqual, strictEqual, strictNotEqual
  case plus, minus, star, slash, percent, starStar, plusPlus, minusMinus
  case shiftLeft, shiftRight, shiftRightUnsigned, ampersand, pipe, caret, exclamation, tilde
  case ampersandAmpersand, pipePipe, questionQuestion
  case assign, plusAssign, minusAssign, starAssign, slashAssign, percentAssign, starStarAssign
  case shiftLeftAssign, shiftRightAssign, shiftRightUnsignedAssign, ampersandAssign, pipeAssign, caretAssign
  case ampersandAmpersandAssign, pipePipeAssign, questionQuestionAssign

  /// Any name that is not reserved everywhere, `let`, `async` or `yield` too.
  case identifier
  /// A reserved word spelt with an escape: good as a property name only.
  case escapedKeyword
  /// `#name`.
  case privateName
  case number, bigInt, string
  /// `` `text` ``
  case template
  /// `` `text${ ``
  case templateHead
  /// `}text${`, asked for by the parser
  case templateMiddle
  /// `` }text` ``, asked for by the parser
  case templateTail
  /// Asked for by the parser.
  case regularExpression
  case end
  /// Not a token; `Lexer.error` says why.
  case invalid
}

extension TokenKind {
  /// How many reserved words there are; `NameID`s below this are theirs.
  @inline(__always) static var reservedWordCount: UInt32 { 36 }

  static let reservedWords = [
    "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export",
    "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null", "return", "super",
    "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with",
  ]

  var isReservedWord: Bool { rawValue < UInt8(truncatingIfNeeded: Self.reservedWordCount) }

  /// Whether the token may serve as a property name after a dot.
  var isName: Bool { isReservedWord || self == .identifier || self == .escapedKeyword }

  /// The fixed spelling of a reserved word or punctuator.
  var spelling: String? {
    if isReservedWord { return Self.reservedWords[Int(rawValue)] }
    let first = TokenKind.braceOpen.rawValue
    let position = Int(rawValue) - Int(first)
    return position < Self.punctuators.count ? Self.punctuators[position] : nil
  }

  private static let punctuators = [
    "{", "}", "(", ")", "[", "]", ".", "...", ";", ",", "?", "?.", ":", "=>", "<", ">", "<=", ">=", "==", "!=", "===", "!==",
    "+", "-", "*", "/", "%", "**", "++", "--", "<<", ">>", ">>>", "&", "|", "^", "!", "~", "&&", "||", "??", "=", "+=", "-=",
    "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=",
  ]
}
