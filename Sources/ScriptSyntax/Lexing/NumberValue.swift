// The values of number literals, correctly rounded.

enum NumberValue {
  /// The value of the number token at `range`, which the lexer has accepted.
  static func parse(_ token: Token, in bytes: [UInt8]) -> Double {
    var digits = bytes[Int(token.start)..<Int(token.end)]
    if token.flags.contains(.needsDecoding) { digits = digits.filter { $0 != UInt8(ascii: "_") }[...] }
    if let radix = radix(of: digits) { return parsePowerOfTwo(digits.dropFirst(2), bitsPerDigit: radix.trailingZeroBitCount) }
    if token.flags.contains(.legacyOctal), digits.allSatisfy({ $0 < UInt8(ascii: "8") && CharacterClass.isDigit($0) }) {
      return parsePowerOfTwo(digits, bitsPerDigit: 3)
    }
    return parseDecimal(digits)
  }

  /// The digits of the BigInt token at `range`, which the lexer has accepted.
  static func parseBigInt(_ token: Token, in bytes: [UInt8]) -> BigIntDigits {
    let text = bytes[Int(token.start)..<Int(token.end) - 1].filter { $0 != UInt8(ascii: "_") }
    guard let radix = radix(of: text[...]) else { return BigIntDigits(radix: 10, digits: text) }
    return BigIntDigits(radix: radix, digits: Array(text.dropFirst(2)))
  }

  private static func radix(of digits: ArraySlice<UInt8>) -> Int? {
    guard digits.count > 2, digits.first == UInt8(ascii: "0") else { return nil }
    switch digits[digits.startIndex + 1] | 0x20 {
    case UInt8(ascii: "x"): return 16
    case UInt8(ascii: "o"): return 8
    case UInt8(ascii: "b"): return 2
    default: return nil
    }
  }

  /// Collects 64 significant bits and whether any bit below them is set, then rounds half to even.
  private static func parsePowerOfTwo(_ digits: ArraySlice<UInt8>, bitsPerDigit: Int) -> Double {
    var significand: UInt64 = 0
    var droppedBits = 0
    var hasRemainder = false
    for byte in digits {
      let digit = CharacterClass.digitValue(byte) ?? 0
      for position in stride(from: bitsPerDigit - 1, through: 0, by: -1) {
        let bit = UInt64(digit >> UInt8(position)) & 1
        if significand >> 63 == 0 {
          significand = significand << 1 | bit
        } else {
          droppedBits += 1
          hasRemainder = hasRemainder || bit != 0
        }
      }
    }
    // 64 bits to 53: the lowest bit stands in for all that were dropped.
    if hasRemainder { significand |= 1 }
    guard droppedBits < 2000 else { return .infinity }
    return Double(sign: .plus, exponent: droppedBits, significand: Double(significand))
  }

  private static func parseDecimal(_ digits: ArraySlice<UInt8>) -> Double {
    if let exact = parseShortDecimal(digits) { return exact }
    return Double(String(decoding: digits, as: UTF8.self)) ?? .nan
  }

  /// Exact for up to 15 digits with a fraction of up to 22: integer and power of ten are then exact, and one division rounds once.
  private static func parseShortDecimal(_ digits: ArraySlice<UInt8>) -> Double? {
    guard digits.count <= 16 else { return nil }
    var value: UInt64 = 0
    var fraction = 0
    var isFraction = false
    for byte in digits {
      if CharacterClass.isDigit(byte) {
        value = value * 10 + UInt64(byte - 0x30)
        if isFraction { fraction += 1 }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        return nil
      }
    }
    guard value < 1 << 53 else { return nil }
    if fraction == 0 { return Double(value) }
    return Double(value) / powersOfTen[fraction]
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  ]
}
