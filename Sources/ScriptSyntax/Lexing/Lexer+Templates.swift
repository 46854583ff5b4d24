// https://tc39.es/ecma262/#sec-template-literal-lexical-components

extension Lexer {
  /// The template token that begins at `start` (a backtick or brace, already passed). `opening` is the template's backtick.
  mutating func scanTemplate(from start: Int, opening: Int, flags: TokenFlags) -> Token {
    let isContinuation = start != opening
    var flags = flags
    while !cursor.isAtEnd {
      switch cursor.current {
      case UInt8(ascii: "`"):
        cursor.advance()
        return token(isContinuation ? .templateTail : .template, from: start, flags: flags)
      case UInt8(ascii: "$"):
        cursor.advance()
        if cursor.take(UInt8(ascii: "{")) {
          return token(isContinuation ? .templateMiddle : .templateHead, from: start, flags: flags)
        }
      case UInt8(ascii: "\\"):
        switch scanEscape() {
        case .scalar, .lineContinuation: break
        case .octal, .legacyDigit, .invalid: flags.insert(.invalidEscape)
        }
      default: cursor.advance()
      }
    }
    return invalid(.unterminatedTemplate, from: opening, to: opening + 1, flags: flags)
  }

  /// Reads the brace at `brace` again, as the continuation of the template that began at `opening`.
  mutating func rescanTemplate(at brace: Token, opening: Int32) -> Token {
    cursor.position = Int(brace.start) + 1
    return scanTemplate(from: Int(brace.start), opening: Int(opening), flags: brace.flags)
  }

  /// The cooked and raw text of a template token.
  func templateElement(of token: Token) -> TemplateElement {
    let isOpen = token.kind == .templateHead || token.kind == .templateMiddle
    let start = Int(token.start) + 1
    let end = Int(token.end) - (isOpen ? 2 : 1)
    let range = SourceRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
    var reader = self
    reader.cursor.position = start
    var cooked = StringBuilder()
    while reader.cursor.position < end {
      if reader.cursor.current == UInt8(ascii: "\\") {
        if case .scalar(let scalar) = reader.scanEscape() { cooked.append(scalar: scalar) }
      } else {
        reader.copyCharacter(to: &cooked)
      }
    }
    reader.cursor.position = start
    var raw = StringBuilder()
    while reader.cursor.position < end { reader.copyCharacter(to: &raw) }
    let isValid = !token.flags.contains(.invalidEscape)
    return TemplateElement(cooked: isValid ? cooked.value : nil, raw: raw.value, range: range)
  }

  /// Line ends inside templates are LF, whatever the file has.
  private mutating func copyCharacter(to builder: inout StringBuilder) {
    if cursor.current == 0x0D {
      builder.append(unit: 0x0A)
      cursor.advance(cursor.lineEndLength())
    } else {
      let (scalar, length) = cursor.scalar()
      builder.append(scalar: scalar)
      cursor.advance(length)
    }
  }
}
