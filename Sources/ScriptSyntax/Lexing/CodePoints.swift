// UTF-8 decoding that accepts anything: each maximal invalid part is one U+FFFD, as the Encoding Standard has it.

enum CodePoints {
  static let replacement: UInt32 = 0xFFFD

  /// The scalar at `index` and its length in bytes, at least 1. `index` must be inside `bytes`.
  static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let needed: Int
    var lower: UInt8 = 0x80
    var upper: UInt8 = 0xBF
    var scalar: UInt32
    switch first {
    case 0xC2...0xDF:
      needed = 1
      scalar = UInt32(first & 0x1F)
    case 0xE0...0xEF:
      needed = 2
      scalar = UInt32(first & 0x0F)
      if first == 0xE0 { lower = 0xA0 }
      if first == 0xED { upper = 0x9F }
    case 0xF0...0xF4:
      needed = 3
      scalar = UInt32(first & 0x07)
      if first == 0xF0 { lower = 0x90 }
      if first == 0xF4 { upper = 0x8F }
    default:
      return (replacement, 1)
    }
    for offset in 1...needed {
      guard index + offset < bytes.count else { return (replacement, offset) }
      let byte = bytes[index + offset]
      guard byte >= lower, byte <= upper else { return (replacement, offset) }
      lower = 0x80
      upper = 0xBF
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    return (scalar, needed + 1)
  }

  /// The number of code points in `bytes[start..<end]`.
  static func count(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var count = 0
    var index = start
    while index < end {
      index += bytes[index] < 0x80 ? 1 : decode(bytes, at: index).length
      count += 1
    }
    return count
  }

  /// Appends the UTF-8 form of `scalar`; surrogates become U+FFFD.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
  }

  static func isIdentifierStart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return CharacterClass.isNameStart(UInt8(truncatingIfNeeded: scalar)) }
    return Unicode.Scalar(scalar)?.properties.isIDStart ?? false
  }

  static func isIdentifierPart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return CharacterClass.isNamePart(UInt8(truncatingIfNeeded: scalar)) }
    if scalar == 0x200C || scalar == 0x200D { return true }
    return Unicode.Scalar(scalar)?.properties.isIDContinue ?? false
  }

  /// White space outside ASCII, without line ends.
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  static func isLineSeparator(_ scalar: UInt32) -> Bool {
    scalar == 0x2028 || scalar == 0x2029
  }
}

/// Classes of ASCII bytes as bit sets; bytes above 127 are in none.
enum CharacterClass {
  @inline(__always)
  static func isNameStart(_ byte: UInt8) -> Bool {
    // $ in the low half; A-Z _ a-z in the high half.
    contains(byte, low: 0x0000_0010_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
  }

  @inline(__always)
  static func isNamePart(_ byte: UInt8) -> Bool {
    contains(byte, low: 0x03FF_0010_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// The value of a digit in any radix up to 16.
  @inline(__always)
  static func digitValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  @inline(__always)
  private static func contains(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
    guard byte < 128 else { return false }
    let half = byte < 64 ? low : high
    return (half &>> UInt64(byte & 63)) & 1 != 0
  }
}
