// https://tc39.es/ecma262/#sec-names-and-keywords

extension Lexer {
  /// A name that begins with an ASCII letter, `$` or `_`: hashed while it is read.
  @inline(__always)
  mutating func scanName(flags: TokenFlags) -> Token {
    let bytes = cursor.bytes
    let start = cursor.position
    var index = start
    var hash = NameHash.seed
    while index < bytes.count {
      let byte = bytes[index]
      guard CharacterClass.isNamePart(byte) else {
        if byte >= 0x80 || byte == UInt8(ascii: "\\") { return scanSlowName(from: start, prefixLength: 0, flags: flags) }
        break
      }
      hash = NameHash.adding(byte, to: hash)
      index += 1
    }
    cursor.position = index
    let name = names.intern(bytes, from: start, to: index, hash: hash)
    var result = token(.identifier, from: start, flags: flags)
    result.name = name
    if name.index < TokenKind.reservedWordCount {
      result.kind = TokenKind(rawValue: UInt8(truncatingIfNeeded: name.index)) ?? .identifier
    }
    return result
  }

  /// A name with escapes or letters outside ASCII. `prefixLength` bytes (a `#`) are taken as they are.
  mutating func scanSlowName(from start: Int, prefixLength: Int, flags: TokenFlags) -> Token {
    var text = Array(cursor.bytes[start..<start + prefixLength])
    var hasEscape = false
    cursor.position = start + prefixLength
    while !cursor.isAtEnd {
      let isFirst = text.count == prefixLength
      let here = cursor.position
      let isEscape = cursor.current == UInt8(ascii: "\\")
      let scalar: UInt32
      if isEscape {
        hasEscape = true
        guard let value = scanNameEscape(), isFirst ? CodePoints.isIdentifierStart(value) : CodePoints.isIdentifierPart(value)
        else { return invalid(.invalidIdentifierEscape, from: here, to: max(cursor.position, here + 1), flags: flags) }
        scalar = value
      } else {
        let (value, length) = cursor.scalar()
        guard isFirst ? CodePoints.isIdentifierStart(value) : CodePoints.isIdentifierPart(value) else { break }
        cursor.advance(length)
        scalar = value
      }
      CodePoints.append(scalar, to: &text)
    }
    let name = names.intern(text, from: 0, to: text.count, hash: NameHash.of(text))
    var result = token(prefixLength > 0 ? .privateName : .identifier, from: start, flags: flags)
    result.name = name
    if hasEscape { result.flags.insert(.escape) }
    if name.index < TokenKind.reservedWordCount, prefixLength == 0 {
      // A line separator after the word brings plain words here too.
      let plain = TokenKind(rawValue: UInt8(truncatingIfNeeded: name.index)) ?? .escapedKeyword
      result.kind = hasEscape ? .escapedKeyword : plain
    }
    return result
  }

  /// `\uXXXX` or `\u{X…}` at the cursor, which moves past it; `nil` if malformed.
  private mutating func scanNameEscape() -> UInt32? {
    cursor.advance()
    guard cursor.take(UInt8(ascii: "u")) else { return nil }
    return scanUnicodeEscapeDigits()
  }

  mutating func scanPrivateName(flags: TokenFlags) -> Token {
    let start = cursor.position
    cursor.advance()
    let canBegin: Bool
    if cursor.isAtEnd {
      canBegin = false
    } else {
      canBegin = cursor.current == UInt8(ascii: "\\") || CodePoints.isIdentifierStart(cursor.scalar().scalar)
    }
    guard canBegin else {
      return invalid(.unexpectedCharacter(UInt32(UInt8(ascii: "#"))), from: start, to: start + 1, flags: flags)
    }
    return scanSlowName(from: start, prefixLength: 1, flags: flags)
  }
}
