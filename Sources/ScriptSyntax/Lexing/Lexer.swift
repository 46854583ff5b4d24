// Bytes to tokens, on demand. Tokens do not depend on strictness; where the grammar decides (regular expression or division,
// template after a brace), the parser asks again.

/// Why there is no token.
struct LexicalError {
  let kind: DiagnosticKind
  let range: SourceRange
}

struct Lexer {
  var cursor: ByteCursor
  let names: NameTable
  /// Set with each `.invalid` token.
  var error: LexicalError?
  /// Whether only white space and comments came before, where `-->` begins a comment.
  private(set) var isAtLineStart = true

  init(_ source: SourceText, names: NameTable, allowsHashbang: Bool = true) {
    cursor = ByteCursor(source.bytes, position: source.contentStart)
    self.names = names
    if allowsHashbang, cursor.current == UInt8(ascii: "#"), cursor.peek(1) == UInt8(ascii: "!") { skipLine() }
  }

  /// The state to come back to after looking ahead.
  struct Checkpoint {
    fileprivate let position: Int
    fileprivate let isAtLineStart: Bool
  }

  var checkpoint: Checkpoint { Checkpoint(position: cursor.position, isAtLineStart: isAtLineStart) }

  mutating func rewind(to checkpoint: Checkpoint) {
    cursor.position = checkpoint.position
    isAtLineStart = checkpoint.isAtLineStart
    error = nil
  }

  /// Moves to the end of the text.
  mutating func skipToEnd() {
    cursor.position = cursor.bytes.count
  }

  /// The next token; `.end` for ever at the end.
  mutating func next() -> Token {
    let trivia = skipTrivia()
    let start = cursor.position
    if let unterminated = trivia.unterminatedComment {
      return invalid(.unterminatedComment, from: unterminated, to: unterminated + 2, flags: trivia.flags)
    }
    isAtLineStart = false
    guard start < cursor.bytes.count else { return token(.end, from: start, flags: trivia.flags) }
    let byte = cursor.bytes[start]
    if CharacterClass.isNameStart(byte) { return scanName(flags: trivia.flags) }
    switch byte {
    case 0x30...0x39: return scanNumber(flags: trivia.flags)
    case UInt8(ascii: "."):
      if CharacterClass.isDigit(cursor.peek(1)) { return scanNumber(flags: trivia.flags) }
      let isEllipsis = cursor.peek(1) == byte && cursor.peek(2) == byte
      return isEllipsis ? punctuator(.ellipsis, 3, trivia.flags) : punctuator(.dot, 1, trivia.flags)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return scanString(quote: byte, flags: trivia.flags)
    case UInt8(ascii: "`"):
      cursor.advance()
      return scanTemplate(from: start, opening: start, flags: trivia.flags)
    case UInt8(ascii: "#"): return scanPrivateName(flags: trivia.flags)
    case UInt8(ascii: "\\"): return scanSlowName(from: start, prefixLength: 0, flags: trivia.flags)
    case 0x80...:
      let (scalar, length) = cursor.scalar()
      if CodePoints.isIdentifierStart(scalar) { return scanSlowName(from: start, prefixLength: 0, flags: trivia.flags) }
      cursor.advance(length)
      return invalid(.unexpectedCharacter(scalar), from: start, to: cursor.position, flags: trivia.flags)
    default:
      return scanPunctuator(byte, flags: trivia.flags)
    }
  }
}

// MARK: - Making tokens

extension Lexer {
  @inline(__always)
  func token(_ kind: TokenKind, from start: Int, flags: TokenFlags) -> Token {
    Token(
      kind: kind, flags: flags, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: cursor.position))
  }

  mutating func invalid(_ kind: DiagnosticKind, from start: Int, to end: Int, flags: TokenFlags) -> Token {
    let range = SourceRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
    error = LexicalError(kind: kind, range: range)
    return Token(kind: .invalid, flags: flags, start: range.start, end: Int32(truncatingIfNeeded: max(end, cursor.position)))
  }

  @inline(__always)
  private mutating func punctuator(_ kind: TokenKind, _ length: Int, _ flags: TokenFlags) -> Token {
    let start = cursor.position
    cursor.advance(length)
    return token(kind, from: start, flags: flags)
  }
}

// MARK: - Punctuators

extension Lexer {
  private mutating func scanPunctuator(_ byte: UInt8, flags: TokenFlags) -> Token {
    let second = cursor.peek(1)
    let isAssign = second == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: "{"): return punctuator(.braceOpen, 1, flags)
    case UInt8(ascii: "}"): return punctuator(.braceClose, 1, flags)
    case UInt8(ascii: "("): return punctuator(.parenthesisOpen, 1, flags)
    case UInt8(ascii: ")"): return punctuator(.parenthesisClose, 1, flags)
    case UInt8(ascii: "["): return punctuator(.bracketOpen, 1, flags)
    case UInt8(ascii: "]"): return punctuator(.bracketClose, 1, flags)
    case UInt8(ascii: ";"): return punctuator(.semicolon, 1, flags)
    case UInt8(ascii: ","): return punctuator(.comma, 1, flags)
    case UInt8(ascii: ":"): return punctuator(.colon, 1, flags)
    case UInt8(ascii: "~"): return punctuator(.tilde, 1, flags)
    case UInt8(ascii: "/"): return isAssign ? punctuator(.slashAssign, 2, flags) : punctuator(.slash, 1, flags)
    case UInt8(ascii: "%"): return isAssign ? punctuator(.percentAssign, 2, flags) : punctuator(.percent, 1, flags)
    case UInt8(ascii: "^"): return isAssign ? punctuator(.caretAssign, 2, flags) : punctuator(.caret, 1, flags)
    case UInt8(ascii: "+"):
      if second == byte { return punctuator(.plusPlus, 2, flags) }
      return isAssign ? punctuator(.plusAssign, 2, flags) : punctuator(.plus, 1, flags)
    case UInt8(ascii: "-"):
      if second == byte { return punctuator(.minusMinus, 2, flags) }
      return isAssign ? punctuator(.minusAssign, 2, flags) : punctuator(.minus, 1, flags)
    case UInt8(ascii: "*"):
      if second == byte { return doubled(.starStar, .starStarAssign, 2, flags) }
      return isAssign ? punctuator(.starAssign, 2, flags) : punctuator(.star, 1, flags)
    case UInt8(ascii: "&"):
      if second == byte { return doubled(.ampersandAmpersand, .ampersandAmpersandAssign, 2, flags) }
      return isAssign ? punctuator(.ampersandAssign, 2, flags) : punctuator(.ampersand, 1, flags)
    case UInt8(ascii: "|"):
      if second == byte { return doubled(.pipePipe, .pipePipeAssign, 2, flags) }
      return isAssign ? punctuator(.pipeAssign, 2, flags) : punctuator(.pipe, 1, flags)
    case UInt8(ascii: "<"):
      if second == byte { return doubled(.shiftLeft, .shiftLeftAssign, 2, flags) }
      return isAssign ? punctuator(.lessEqual, 2, flags) : punctuator(.less, 1, flags)
    case UInt8(ascii: ">"): return scanGreater(flags)
    case UInt8(ascii: "="):
      if second == UInt8(ascii: ">") { return punctuator(.arrow, 2, flags) }
      return isAssign ? doubled(.equal, .strictEqual, 2, flags) : punctuator(.assign, 1, flags)
    case UInt8(ascii: "!"):
      return isAssign ? doubled(.notEqual, .strictNotEqual, 2, flags) : punctuator(.exclamation, 1, flags)
    case UInt8(ascii: "?"):
      if second == byte { return doubled(.questionQuestion, .questionQuestionAssign, 2, flags) }
      let isChain = second == UInt8(ascii: ".") && !CharacterClass.isDigit(cursor.peek(2))
      return isChain ? punctuator(.questionDot, 2, flags) : punctuator(.question, 1, flags)
    default:
      let start = cursor.position
      cursor.advance()
      return invalid(.unexpectedCharacter(UInt32(byte)), from: start, to: start + 1, flags: flags)
    }
  }

  /// `plain`, or `assigning` if `=` follows its `length` bytes.
  private mutating func doubled(_ plain: TokenKind, _ assigning: TokenKind, _ length: Int, _ flags: TokenFlags) -> Token {
    cursor.peek(length) == UInt8(ascii: "=") ? punctuator(assigning, length + 1, flags) : punctuator(plain, length, flags)
  }

  private mutating func scanGreater(_ flags: TokenFlags) -> Token {
    let greater = UInt8(ascii: ">")
    guard cursor.peek(1) == greater else { return doubled(.greater, .greaterEqual, 1, flags) }
    guard cursor.peek(2) == greater else { return doubled(.shiftRight, .shiftRightAssign, 2, flags) }
    return doubled(.shiftRightUnsigned, .shiftRightUnsignedAssign, 3, flags)
  }
}

// MARK: - White space and comments

extension Lexer {
  private struct Trivia {
    var flags: TokenFlags = []
    /// The offset of a `/*` without end.
    var unterminatedComment: Int?
  }

  private mutating func skipTrivia() -> Trivia {
    var trivia = Trivia()
    while !cursor.isAtEnd {
      let byte = cursor.current
      switch byte {
      case 0x20, 0x09, 0x0B, 0x0C: cursor.advance()
      case 0x0A, 0x0D:
        cursor.advance()
        noteLineEnd(&trivia)
      case UInt8(ascii: "/"):
        if cursor.peek(1) == UInt8(ascii: "/") {
          skipLine()
        } else if cursor.peek(1) == UInt8(ascii: "*") {
          let start = cursor.position
          if !skipBlockComment(&trivia) {
            trivia.unterminatedComment = start
            return trivia
          }
        } else {
          return trivia
        }
      case UInt8(ascii: "<"):
        guard cursor.peek(1) == UInt8(ascii: "!"), isDashes(at: 2) else { return trivia }
        skipLine()
      case UInt8(ascii: "-"):
        guard isAtLineStart, isDashes(at: 0), cursor.peek(2) == UInt8(ascii: ">") else { return trivia }
        skipLine()
      case 0xC2, 0xE1, 0xE2, 0xE3, 0xEF:
        let (scalar, length) = cursor.scalar()
        if CodePoints.isLineSeparator(scalar) { noteLineEnd(&trivia) } else if !CodePoints.isSpace(scalar) { return trivia }
        cursor.advance(length)
      default: return trivia
      }
    }
    return trivia
  }

  private mutating func noteLineEnd(_ trivia: inout Trivia) {
    trivia.flags.insert(.newlineBefore)
    isAtLineStart = true
  }

  private func isDashes(at distance: Int) -> Bool {
    cursor.peek(distance) == UInt8(ascii: "-") && cursor.peek(distance + 1) == UInt8(ascii: "-")
  }

  /// Moves to the end of the line, not past it.
  private mutating func skipLine() {
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte == 0x0A || byte == 0x0D || (byte == 0xE2 && cursor.lineEndLength() > 0) { return }
      cursor.advance()
    }
  }

  /// Moves past `*/`; false (and to the end) if there is none.
  private mutating func skipBlockComment(_ trivia: inout Trivia) -> Bool {
    cursor.advance(2)
    while !cursor.isAtEnd {
      switch cursor.current {
      case UInt8(ascii: "*"):
        cursor.advance()
        if cursor.take(UInt8(ascii: "/")) { return true }
      case 0x0A, 0x0D:
        cursor.advance()
        noteLineEnd(&trivia)
      case 0xE2:
        if cursor.lineEndLength() > 0 { noteLineEnd(&trivia) }
        cursor.advance()
      default: cursor.advance()
      }
    }
    return false
  }
}
