// https://tc39.es/ecma262/#sec-literals-string-literals
// Scanning finds the end and checks the escapes; values are decoded when the tree is built.

extension Lexer {
  mutating func scanString(quote: UInt8, flags: TokenFlags) -> Token {
    let start = cursor.position
    var flags = flags
    var escapeError: SourceRange?
    cursor.advance()
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte == quote {
        cursor.advance()
        if let range = escapeError {
          return invalid(.invalidEscape, from: Int(range.start), to: Int(range.end), flags: flags)
        }
        return token(.string, from: start, flags: flags)
      }
      switch byte {
      case UInt8(ascii: "\\"):
        flags.insert(.escape)
        let here = cursor.position
        let escape = scanEscape()
        switch escape {
        case .invalid: escapeError = escapeError ?? rangeSoFar(from: here)
        case .octal, .legacyDigit: flags.insert(.legacyOctal)
        default: break
        }
      case 0x0A, 0x0D:
        return invalid(.unterminatedString, from: start, to: start + 1, flags: flags)
      case 0x80...:
        flags.insert(.needsDecoding)
        cursor.advance()
      default: cursor.advance()
      }
    }
    return invalid(.unterminatedString, from: start, to: start + 1, flags: flags)
  }

  private func rangeSoFar(from start: Int) -> SourceRange {
    SourceRange(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: cursor.position))
  }

  /// What an escape stands for.
  enum Escape {
    /// A code unit or scalar.
    case scalar(UInt32)
    /// A backslash before a line end.
    case lineContinuation
    /// `\1`, `\00` and their like, with a value.
    case octal(UInt32)
    /// `\8`, `\9`.
    case legacyDigit(UInt32)
    case invalid
  }

  /// The escape at the cursor, which moves past it.
  mutating func scanEscape() -> Escape {
    cursor.advance()
    guard !cursor.isAtEnd else { return .invalid }
    let lineEnd = cursor.lineEndLength()
    if lineEnd > 0 {
      cursor.advance(lineEnd)
      return .lineContinuation
    }
    let byte = cursor.current
    switch byte {
    case UInt8(ascii: "n"): return simple(0x0A)
    case UInt8(ascii: "t"): return simple(0x09)
    case UInt8(ascii: "r"): return simple(0x0D)
    case UInt8(ascii: "b"): return simple(0x08)
    case UInt8(ascii: "f"): return simple(0x0C)
    case UInt8(ascii: "v"): return simple(0x0B)
    case UInt8(ascii: "x"):
      cursor.advance()
      return scanHexDigits(2).map { .scalar($0) } ?? .invalid
    case UInt8(ascii: "u"):
      cursor.advance()
      return scanUnicodeEscapeDigits().map { .scalar($0) } ?? .invalid
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return scanOctalEscape()
    case UInt8(ascii: "8"), UInt8(ascii: "9"):
      cursor.advance()
      return .legacyDigit(UInt32(byte))
    default:
      let (scalar, length) = cursor.scalar()
      cursor.advance(length)
      return .scalar(scalar)
    }
  }

  private mutating func simple(_ value: UInt32) -> Escape {
    cursor.advance()
    return .scalar(value)
  }

  private mutating func scanHexDigits(_ count: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = CharacterClass.digitValue(cursor.current) else { return nil }
      value = value << 4 | UInt32(digit)
      cursor.advance()
    }
    return value
  }

  /// `XXXX` or `{X…}` after `\u`; surrogates are allowed. `nil` if malformed or above U+10FFFF.
  mutating func scanUnicodeEscapeDigits() -> UInt32? {
    guard cursor.take(UInt8(ascii: "{")) else { return scanHexDigits(4) }
    var value: UInt32 = 0
    var count = 0
    while let digit = CharacterClass.digitValue(cursor.current) {
      value = value << 4 | UInt32(digit)
      guard value <= 0x10FFFF else { return nil }
      count += 1
      cursor.advance()
    }
    guard count > 0, cursor.take(UInt8(ascii: "}")) else { return nil }
    return value
  }

  /// `\0` alone is NUL; otherwise up to three octal digits below 256.
  private mutating func scanOctalEscape() -> Escape {
    let first = cursor.current - 0x30
    cursor.advance()
    if first == 0, !CharacterClass.isDigit(cursor.current) { return .scalar(0) }
    var value = UInt32(first)
    var remaining = first <= 3 ? 2 : 1
    while remaining > 0, cursor.current >= 0x30, cursor.current <= 0x37 {
      value = value << 3 | UInt32(cursor.current - 0x30)
      cursor.advance()
      remaining -= 1
    }
    return .octal(value)
  }

  /// The value of a string token.
  func stringValue(of token: Token) -> StringValue {
    let start = Int(token.start) + 1
    let end = Int(token.end) - 1
    if token.flags.isDisjoint(with: [.escape, .needsDecoding]) { return .latin1(Array(cursor.bytes[start..<end])) }
    var reader = self
    reader.cursor.position = start
    var builder = StringBuilder()
    while reader.cursor.position < end {
      if reader.cursor.current == UInt8(ascii: "\\") {
        switch reader.scanEscape() {
        case .scalar(let scalar), .octal(let scalar), .legacyDigit(let scalar): builder.append(scalar: scalar)
        case .lineContinuation, .invalid: break
        }
      } else {
        let (scalar, length) = reader.cursor.scalar()
        builder.append(scalar: scalar)
        reader.cursor.advance(length)
      }
    }
    return builder.value
  }

  /// The text of `range` as it stands.
  func rawValue(_ range: SourceRange) -> StringValue {
    var builder = StringBuilder()
    var index = Int(range.start)
    while index < Int(range.end) {
      let (scalar, length) = CodePoints.decode(cursor.bytes, at: index)
      builder.append(scalar: scalar)
      index += length
    }
    return builder.value
  }
}
