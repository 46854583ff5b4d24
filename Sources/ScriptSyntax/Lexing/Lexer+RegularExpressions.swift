// https://tc39.es/ecma262/#sec-literals-regular-expression-literals

extension Lexer {
  /// Reads the slash token again, as the beginning of a regular expression.
  mutating func rescanRegularExpression(at slash: Token) -> Token {
    let start = Int(slash.start)
    cursor.position = start + 1
    var isInClass = false
    scan: while true {
      guard !cursor.isAtEnd, cursor.lineEndLength() == 0 else {
        return invalid(.unterminatedRegularExpression, from: start, to: start + 1, flags: slash.flags)
      }
      switch cursor.current {
      case UInt8(ascii: "\\"):
        cursor.advance()
        if !cursor.isAtEnd, cursor.lineEndLength() == 0 { cursor.advance() }
      case UInt8(ascii: "["):
        isInClass = true
        cursor.advance()
      case UInt8(ascii: "]"):
        isInClass = false
        cursor.advance()
      case UInt8(ascii: "/"):
        cursor.advance()
        if !isInClass { break scan }
      default: cursor.advance()
      }
    }
    let flagsStart = cursor.position
    while !cursor.isAtEnd {
      if cursor.current == UInt8(ascii: "\\") { break }
      let (scalar, length) = cursor.scalar()
      guard CodePoints.isIdentifierPart(scalar) else { break }
      cursor.advance(length)
    }
    let hasEscape = cursor.current == UInt8(ascii: "\\")
    guard !hasEscape, Self.areValidFlags(cursor.bytes[flagsStart..<cursor.position]) else {
      let text = String(decoding: cursor.bytes[flagsStart..<cursor.position], as: UTF8.self)
      return invalid(.invalidRegularExpressionFlags(text), from: flagsStart, to: cursor.position, flags: slash.flags)
    }
    return token(.regularExpression, from: start, flags: slash.flags)
  }

  /// Each of `dgimsuvy` at most once, and not both `u` and `v`.
  private static func areValidFlags(_ flags: ArraySlice<UInt8>) -> Bool {
    let known = Array("dgimsuvy".utf8)
    let uniqueCount = Set(flags).count
    let hasBothUnicodeModes = flags.contains(UInt8(ascii: "u")) && flags.contains(UInt8(ascii: "v"))
    return flags.allSatisfy(known.contains) && uniqueCount == flags.count && !hasBothUnicodeModes
  }

  /// Where the flags of a regular expression token begin: after its last slash.
  func flagsStart(of token: Token) -> Int32 {
    var index = Int(token.end)
    while index > Int(token.start) + 1, cursor.bytes[index - 1] != UInt8(ascii: "/") { index -= 1 }
    return Int32(truncatingIfNeeded: index)
  }
}
