// Tokens of CSS values, after https://drafts.csswg.org/css-syntax-3/#tokenization.
//
// Tokens are byte ranges, so that a colour in a drawing loop is read without a string being made for each of its parts.

/// One token; what its members mean depends on `kind`.
struct CSSToken {
  enum Kind: UInt8 {
    case identifier, function, atKeyword, hash, string, badString, url, badURL
    case number, percentage, dimension
    case whitespace, comma, colon, semicolon
    case openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace
    case delimiter, end
  }

  var kind: Kind
  /// The number of a number, percentage (50 for `50%`) or dimension.
  var value = 0.0
  /// Whether a number was written without fraction and exponent.
  var isInteger = false
  /// The byte of a delimiter.
  var delimiter: UInt8 = 0
  /// The bytes of a name, a string's contents, a URL or a dimension's unit.
  var start = 0
  var end = 0
  var hasEscapes = false
}

/// Cuts a text into tokens; reading never fails, malformed input becomes tokens that no grammar accepts.
struct CSSTokenizer {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) {
    // https://drafts.csswg.org/css-syntax-3/#input-preprocessing
    let hasNull = text.utf8.contains(0)
    bytes = hasNull ? text.unicodeScalars.flatMap { Array(String($0 == "\0" ? "\u{FFFD}" : $0).utf8) } : Array(text.utf8)
  }

  private func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
  private var current: UInt8 { byte(at: position) }

  mutating func next() -> CSSToken {
    skipComments()
    guard position < bytes.count else { return CSSToken(kind: .end) }
    let first = bytes[position]
    switch first {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
      while position < bytes.count, CSSTokenizer.isWhitespace(bytes[position]) { position += 1 }
      return CSSToken(kind: .whitespace)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return stringToken(quote: first)
    case UInt8(ascii: "#"):
      guard isNameByte(byte(at: position + 1)) || isEscape(at: position + 1) else { return single(.delimiter) }
      position += 1
      return nameToken(.hash)
    case UInt8(ascii: "("): return single(.openParenthesis)
    case UInt8(ascii: ")"): return single(.closeParenthesis)
    case UInt8(ascii: "["): return single(.openBracket)
    case UInt8(ascii: "]"): return single(.closeBracket)
    case UInt8(ascii: "{"): return single(.openBrace)
    case UInt8(ascii: "}"): return single(.closeBrace)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ":"): return single(.colon)
    case UInt8(ascii: ";"): return single(.semicolon)
    case UInt8(ascii: "+"), UInt8(ascii: "."):
      return startsNumber(at: position) ? numericToken() : single(.delimiter)
    case UInt8(ascii: "-"):
      if startsNumber(at: position) { return numericToken() }
      return startsName(at: position) ? identifierLikeToken() : single(.delimiter)
    case UInt8(ascii: "@"):
      guard startsName(at: position + 1) else { return single(.delimiter) }
      position += 1
      return nameToken(.atKeyword)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return numericToken()
    default:
      return startsName(at: position) ? identifierLikeToken() : single(.delimiter)
    }
  }

  /// The name, contents or unit of a token with its escapes resolved, letters as written.
  func text(of token: CSSToken) -> String {
    guard token.hasEscapes else { return String(decoding: bytes[token.start..<token.end], as: UTF8.self) }
    var scalars = String.UnicodeScalarView()
    var rest = String(decoding: bytes[token.start..<token.end], as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        scalars.append(scalar)
        continue
      }
      guard let escaped = rest.popFirst() else { break }
      if escaped == "\n" || escaped == "\u{C}" { continue }
      if escaped == "\r" {
        if rest.first == "\n" { rest.removeFirst() }
        continue
      }
      guard var code = CSSTokenizer.hexadecimalValue(escaped.value) else {
        scalars.append(escaped)
        continue
      }
      var digitCount = 1
      while digitCount < 6, let next = rest.first, let digit = CSSTokenizer.hexadecimalValue(next.value) {
        code = code * 16 + digit
        digitCount += 1
        rest.removeFirst()
      }
      if let next = rest.first, next.value <= 0x20, CSSTokenizer.isWhitespace(UInt8(next.value)) { rest.removeFirst() }
      scalars.append(code == 0 ? "\u{FFFD}" : Unicode.Scalar(code) ?? "\u{FFFD}")
    }
    return String(scalars)
  }

  /// The same with ASCII letters in lower case, as keywords are compared.
  func keyword(of token: CSSToken) -> String {
    if token.hasEscapes { return CSSTokenizer.asciiLowercased(text(of: token)) }
    return String(decoding: bytes[token.start..<token.end].lazy.map(CSSTokenizer.lowercased), as: UTF8.self)
  }

  /// Whether the token's name is `name` (written in lower case) in any letter case.
  func isNamed(_ token: CSSToken, _ name: String) -> Bool {
    if token.hasEscapes { return keyword(of: token) == name }
    let expected = name.utf8
    guard token.end - token.start == expected.count else { return false }
    var index = token.start
    for byte in expected {
      guard CSSTokenizer.lowercased(bytes[index]) == byte else { return false }
      index += 1
    }
    return true
  }

  // MARK: - Kinds of tokens

  private mutating func single(_ kind: CSSToken.Kind) -> CSSToken {
    var token = CSSToken(kind: kind)
    token.delimiter = bytes[position]
    token.start = position
    position += 1
    token.end = position
    return token
  }

  private mutating func nameToken(_ kind: CSSToken.Kind) -> CSSToken {
    var token = CSSToken(kind: kind)
    token.start = position
    token.hasEscapes = skipName()
    token.end = position
    return token
  }

  /// Moves past a name; returns whether it holds escapes.
  private mutating func skipName() -> Bool {
    var hasEscapes = false
    while position < bytes.count {
      if isNameByte(bytes[position]) {
        position += 1
      } else if isEscape(at: position) {
        hasEscapes = true
        skipEscape()
      } else {
        break
      }
    }
    position = min(position, bytes.count)
    return hasEscapes
  }

  /// Moves past a backslash and the character, or up to six digits and a white space, after it.
  private mutating func skipEscape() {
    position += 1
    var digitCount = 0
    while digitCount < 6, CSSTokenizer.hexadecimalValue(UInt32(current)) != nil {
      position += 1
      digitCount += 1
    }
    if digitCount == 0 {
      position += 1
    } else if position < bytes.count, CSSTokenizer.isWhitespace(current) {
      position += 1
    }
  }

  private mutating func identifierLikeToken() -> CSSToken {
    var token = nameToken(.identifier)
    guard position < bytes.count, bytes[position] == UInt8(ascii: "(") else { return token }
    position += 1
    token.kind = .function
    guard isNamed(token, "url") else { return token }
    var look = position
    while CSSTokenizer.isWhitespace(byte(at: look)) { look += 1 }
    let first = byte(at: look)
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { return token }
    return urlToken()
  }

  private mutating func urlToken() -> CSSToken {
    while CSSTokenizer.isWhitespace(current) { position += 1 }
    var token = CSSToken(kind: .url)
    token.start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ")") || CSSTokenizer.isWhitespace(byte) { break }
      if byte == UInt8(ascii: "\\") {
        token.hasEscapes = true
        position += 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "(") {
        token.kind = .badURL
      }
      position += 1
    }
    position = min(position, bytes.count)
    token.end = position
    while CSSTokenizer.isWhitespace(current) { position += 1 }
    if position < bytes.count {
      if bytes[position] != UInt8(ascii: ")") { token.kind = .badURL }
      while position < bytes.count, bytes[position] != UInt8(ascii: ")") { position += 1 }
      position = min(position + 1, bytes.count)
    }
    return token
  }

  private mutating func stringToken(quote: UInt8) -> CSSToken {
    position += 1
    var token = CSSToken(kind: .string)
    token.start = position
    while position < bytes.count, bytes[position] != quote {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0C || byte == 0x0D {
        token.kind = .badString
        token.end = position
        return token
      }
      if byte == UInt8(ascii: "\\") {
        token.hasEscapes = true
        position += 1
      }
      position += 1
    }
    token.end = min(position, bytes.count)
    position = min(position + 1, bytes.count)
    return token
  }

  private mutating func numericToken() -> CSSToken {
    var token = number()
    if current == UInt8(ascii: "%"), position < bytes.count {
      position += 1
      token.kind = .percentage
    } else if startsName(at: position) {
      token.kind = .dimension
      token.start = position
      token.hasEscapes = skipName()
      token.end = position
    }
    return token
  }

  private mutating func number() -> CSSToken {
    let start = position
    var token = CSSToken(kind: .number)
    token.isInteger = true
    var isNegative = false
    if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") {
      isNegative = current == UInt8(ascii: "-")
      position += 1
    }
    var mantissa: UInt64 = 0
    var digitCount = 0
    var exponent = 0
    func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    while isDigit(current) {
      mantissa = mantissa &* 10 &+ UInt64(current &- 48)
      if mantissa > 0 { digitCount += 1 }
      position += 1
    }
    if current == UInt8(ascii: "."), isDigit(byte(at: position + 1)) {
      token.isInteger = false
      position += 1
      while isDigit(current) {
        mantissa = mantissa &* 10 &+ UInt64(current &- 48)
        if mantissa > 0 { digitCount += 1 }
        exponent -= 1
        position += 1
      }
    }
    if current | 0x20 == UInt8(ascii: "e") {
      var look = position + 1
      var exponentIsNegative = false
      if byte(at: look) == UInt8(ascii: "+") || byte(at: look) == UInt8(ascii: "-") {
        exponentIsNegative = byte(at: look) == UInt8(ascii: "-")
        look += 1
      }
      if isDigit(byte(at: look)) {
        token.isInteger = false
        var written = 0
        while isDigit(byte(at: look)) {
          written = min(written * 10 + Int(byte(at: look) &- 48), 100_000)
          look += 1
        }
        exponent += exponentIsNegative ? -written : written
        position = look
      }
    }
    // Fifteen digits and a power of ten up to 22 are exact in a Double, so one operation rounds correctly.
    let magnitude: Double
    if digitCount <= 15, abs(exponent) <= 22 {
      let power = CSSTokenizer.powersOfTen[abs(exponent)]
      magnitude = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    } else {
      var text = String(decoding: bytes[start..<position], as: UTF8.self)
      if text.hasPrefix("-") || text.hasPrefix("+") { text.removeFirst() }
      if text.hasPrefix(".") { text = "0" + text }
      magnitude = min(Double(text) ?? .greatestFiniteMagnitude, .greatestFiniteMagnitude)
    }
    token.value = isNegative ? -magnitude : magnitude
    return token
  }

  // MARK: - Looking ahead

  private mutating func skipComments() {
    while current == UInt8(ascii: "/"), byte(at: position + 1) == UInt8(ascii: "*") {
      position += 2
      while position < bytes.count, !(current == UInt8(ascii: "*") && byte(at: position + 1) == UInt8(ascii: "/")) {
        position += 1
      }
      position = min(position + 2, bytes.count)
    }
  }

  private func isEscape(at index: Int) -> Bool {
    guard byte(at: index) == UInt8(ascii: "\\"), index + 1 < bytes.count else { return false }
    let next = bytes[index + 1]
    return next != 0x0A && next != 0x0C && next != 0x0D
  }

  private func startsName(at index: Int) -> Bool {
    let first = byte(at: index)
    if first == UInt8(ascii: "-") {
      let second = byte(at: index + 1)
      return isNameStart(second) || second == UInt8(ascii: "-") || isEscape(at: index + 1)
    }
    return isNameStart(first) || isEscape(at: index)
  }

  private func startsNumber(at index: Int) -> Bool {
    var index = index
    if byte(at: index) == UInt8(ascii: "+") || byte(at: index) == UInt8(ascii: "-") { index += 1 }
    if byte(at: index) == UInt8(ascii: ".") { index += 1 }
    return byte(at: index) &- 48 < 10
  }

  private func isNameStart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isNameStart(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "-")
  }

  static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  static func asciiLowercased(_ text: String) -> String {
    String(decoding: text.utf8.lazy.map(lowercased), as: UTF8.self)
  }

  static func hexadecimalValue(_ code: UInt32) -> UInt32? {
    switch code {
    case 48...57: code - 48
    case 65...70: code - 55
    case 97...102: code - 87
    default: nil
    }
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
  ]
}
