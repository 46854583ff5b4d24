// Big integers as text, in every radix from 2 to 36.

extension BigInteger {
  /// Digits of `radix`, all of the range; nil for anything else or too many of them. No sign, no prefix.
  init?<Unit: FixedWidthInteger & UnsignedInteger>(digits: UnsafeBufferPointer<Unit>, radix: Int, isNegative: Bool = false) {
    guard digits.isEmpty == false, (2...36).contains(radix) else { return nil }
    let (chunkDigits, chunkFactor) = BigInteger.chunk(radix)
    var words: [UInt64] = []
    var chunk: UInt64 = 0
    var chunkLength = 0
    for unit in digits {
      guard let digit = BigInteger.digit(unit), digit < radix else { return nil }
      chunk = chunk * UInt64(radix) + UInt64(digit)
      chunkLength += 1
      if chunkLength == chunkDigits {
        WordArithmetic.multiplyInPlace(&words, by: chunkFactor, adding: chunk)
        if words.count > BigInteger.mostBits / 64 { return nil }
        (chunk, chunkLength) = (0, 0)
      }
    }
    if chunkLength > 0 {
      var factor: UInt64 = 1
      for _ in 0..<chunkLength { factor *= UInt64(radix) }
      WordArithmetic.multiplyInPlace(&words, by: factor, adding: chunk)
    }
    self.init(words: words, isNegative: isNegative)
    if bitCount > BigInteger.mostBits { return nil }
  }

  /// StringToBigInt: white space around, an optional sign before decimal digits, or a 0x, 0o or 0b prefix; nothing is zero.
  init?<Unit: FixedWidthInteger & UnsignedInteger>(text units: UnsafeBufferPointer<Unit>) {
    var start = 0
    var end = units.count
    while start < end, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(units[start])) { start += 1 }
    while end > start, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(units[end - 1])) { end -= 1 }
    guard start < end else {
      self = .zero
      return
    }
    var radix = 10
    var isNegative = false
    if end - start > 2, units[start] == 0x30 {
      switch units[start + 1] | 0x20 {
      case 0x78: radix = 16
      case 0x6F: radix = 8
      case 0x62: radix = 2
      default: break
      }
      if radix != 10 { start += 2 }
    } else if units[start] == 0x2B || units[start] == 0x2D {
      isNegative = units[start] == 0x2D
      start += 1
    }
    self.init(digits: UnsafeBufferPointer(rebasing: units[start..<end]), radix: radix, isNegative: isNegative)
  }

  /// Appends the digits in `radix` (2 to 36, lower case) after a minus sign where needed.
  func append(radix: Int, to bytes: inout [UInt8]) {
    guard isZero == false else { return bytes.append(0x30) }
    guard (2...36).contains(radix) else { return }
    if isNegative { bytes.append(0x2D) }
    let start = bytes.count
    let (chunkDigits, chunkFactor) = BigInteger.chunk(radix)
    var rest = words
    while rest.isEmpty == false {
      var chunk = WordArithmetic.divideInPlace(&rest, by: chunkFactor)
      for _ in 0..<chunkDigits {
        if chunk == 0, rest.isEmpty { break }
        bytes.append(NumberFormatting.character(ofDigit: UInt8(chunk % UInt64(radix))))
        chunk /= UInt64(radix)
      }
    }
    bytes[start...].reverse()
  }

  /// The most digits one word holds, and the power of the radix they count up to.
  private static func chunk(_ radix: Int) -> (digits: Int, factor: UInt64) {
    var digits = 1
    var factor = UInt64(radix)
    while true {
      let (next, overflows) = factor.multipliedReportingOverflow(by: UInt64(radix))
      if overflows { return (digits, factor) }
      factor = next
      digits += 1
    }
  }

  private static func digit<Unit: FixedWidthInteger & UnsignedInteger>(_ unit: Unit) -> Int? {
    switch unit {
    case 0x30...0x39: Int(unit) - 0x30
    case 0x41...0x5A: Int(unit) - 0x37
    case 0x61...0x7A: Int(unit) - 0x57
    default: nil
    }
  }
}
