// Text as numbers: StringToNumber, parseFloat and parseInt, on Latin-1 bytes or UTF-16 units alike.
//
// Decimal text is rounded correctly: exactly in doubles where that is possible, by the C library otherwise.
// https://tc39.es/ecma262/#sec-stringtonumber

import Glibc

/// Reads numbers the way ECMA-262 does.
enum NumberParsing {
  /// StringToNumber: the whole text after trimming, NaN when it is not a number.
  static func number<Unit: FixedWidthInteger & UnsignedInteger>(_ units: UnsafeBufferPointer<Unit>) -> Double {
    var start = 0
    var end = units.count
    while start < end, isWhiteSpaceOrLineTerminator(UInt32(units[start])) { start += 1 }
    while end > start, isWhiteSpaceOrLineTerminator(UInt32(units[end - 1])) { end -= 1 }
    guard start < end else { return 0 }
    if end - start > 2, units[start] == 0x30 {
      let radix: Int
      switch units[start + 1] | 0x20 {
      case 0x78: radix = 16
      case 0x6F: radix = 8
      case 0x62: radix = 2
      default: radix = 0
      }
      if radix != 0 {
        let (value, stop) = integer(units, from: start + 2, to: end, radix: radix)
        return stop == end ? value : .nan
      }
    }
    let (value, stop) = decimal(units, from: start, to: end)
    return stop == end ? value : .nan
  }

  /// The global parseFloat: the longest decimal prefix after leading white space, NaN without one.
  static func parseFloat<Unit: FixedWidthInteger & UnsignedInteger>(_ units: UnsafeBufferPointer<Unit>) -> Double {
    var start = 0
    while start < units.count, isWhiteSpaceOrLineTerminator(UInt32(units[start])) { start += 1 }
    let (value, stop) = decimal(units, from: start, to: units.count)
    return stop == start ? .nan : value
  }

  /// The global parseInt. `radix` is the result of ToInt32: 0 chooses 10, or 16 after a 0x prefix.
  static func parseInt<Unit: FixedWidthInteger & UnsignedInteger>(_ units: UnsafeBufferPointer<Unit>, radix: Int) -> Double {
    var start = 0
    while start < units.count, isWhiteSpaceOrLineTerminator(UInt32(units[start])) { start += 1 }
    var isNegative = false
    if start < units.count, units[start] == 0x2B || units[start] == 0x2D {
      isNegative = units[start] == 0x2D
      start += 1
    }
    guard radix == 0 || (2...36).contains(radix) else { return .nan }
    var base = radix == 0 ? 10 : radix
    if radix == 0 || radix == 16, start + 1 < units.count, units[start] == 0x30, units[start + 1] | 0x20 == 0x78 {
      start += 2
      base = 16
    }
    let (value, stop) = integer(units, from: start, to: units.count, radix: base)
    guard stop > start else { return .nan }
    return isNegative ? -value : value
  }

  /// A StrDecimalLiteral (sign, Infinity, digits, fraction, exponent) at the start of the range, and where it ends; `start` if
  /// there is none.
  static func decimal<Unit: FixedWidthInteger & UnsignedInteger>(
    _ units: UnsafeBufferPointer<Unit>, from start: Int, to end: Int
  ) -> (value: Double, stop: Int) {
    var position = start
    var isNegative = false
    if position < end, units[position] == 0x2B || units[position] == 0x2D {
      isNegative = units[position] == 0x2D
      position += 1
    }
    if position < end, units[position] == 0x49 {
      guard hasInfinity(units, at: position, to: end) else { return (.nan, start) }
      return (isNegative ? -.infinity : .infinity, position + 8)
    }
    var text = DecimalText()
    let digitsStart = position
    while position < end, let digit = decimalDigit(units[position]) {
      text.appendInteger(digit)
      position += 1
    }
    var digitCount = position - digitsStart
    if position < end, units[position] == 0x2E {
      let fractionStart = position + 1
      var next = fractionStart
      while next < end, let digit = decimalDigit(units[next]) {
        text.appendFraction(digit)
        next += 1
      }
      digitCount += next - fractionStart
      if digitCount > 0 { position = next }
    }
    guard digitCount > 0 else { return (.nan, start) }
    if position < end, units[position] | 0x20 == 0x65 {
      var next = position + 1
      var exponentIsNegative = false
      if next < end, units[next] == 0x2B || units[next] == 0x2D {
        exponentIsNegative = units[next] == 0x2D
        next += 1
      }
      let exponentStart = next
      var exponent = 0
      while next < end, let digit = decimalDigit(units[next]) {
        exponent = min(exponent * 10 + Int(digit), 1 << 40)
        next += 1
      }
      if next > exponentStart {
        text.exponent += exponentIsNegative ? -exponent : exponent
        position = next
      }
    }
    let value = text.value
    return (isNegative ? -value : value, position)
  }

  /// Digits of `radix` (2 to 36) at the start of the range, and where they end. Correctly rounded.
  static func integer<Unit: FixedWidthInteger & UnsignedInteger>(
    _ units: UnsafeBufferPointer<Unit>, from start: Int, to end: Int, radix: Int
  ) -> (value: Double, stop: Int) {
    var position = start
    var exact: UInt64 = 0
    while position < end, let digit = digit(units[position], radix: radix) {
      let (product, overflows) = exact.multipliedReportingOverflow(by: UInt64(radix))
      let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
      if overflows || carries { break }
      exact = sum
      position += 1
    }
    if position == end || digit(units[position], radix: radix) == nil { return (Double(exact), position) }
    if radix == 10 {
      var text = DecimalText()
      position = start
      while position < end, let digit = decimalDigit(units[position]) {
        text.appendInteger(digit)
        position += 1
      }
      return (text.value, position)
    }
    if radix & (radix - 1) == 0 {
      // `exact` holds at least 59 leading bits; whatever follows can only break a tie, which its lowest bit records.
      var exponent = 0
      while position < end, let digit = digit(units[position], radix: radix) {
        if digit != 0 { exact |= 1 }
        exponent += radix.trailingZeroBitCount
        position += 1
      }
      return (exponent > 1100 ? .infinity : Double(sign: .plus, exponent: exponent, significand: Double(exact)), position)
    }
    position = start
    while position < end, digit(units[position], radix: radix) != nil { position += 1 }
    var first = start
    while first < position, units[first] == 0x30 { first += 1 }
    // Even in base 3 that many digits are beyond the greatest double.
    guard position - first <= 1100 else { return (.infinity, position) }
    let value = BigInteger(digits: UnsafeBufferPointer(rebasing: units[first..<position]), radix: radix)?.doubleValue ?? 0
    return (value, position)
  }

  /// WhiteSpace or LineTerminator of ECMA-262.
  static func isWhiteSpaceOrLineTerminator(_ unit: UInt32) -> Bool {
    switch unit {
    case 0x09...0x0D, 0x20, 0xA0: true
    case 0..<0x1680: false
    case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  @inline(__always)
  private static func decimalDigit<Unit: FixedWidthInteger & UnsignedInteger>(_ unit: Unit) -> UInt8? {
    unit >= 0x30 && unit <= 0x39 ? UInt8(truncatingIfNeeded: unit) &- 0x30 : nil
  }

  @inline(__always)
  private static func digit<Unit: FixedWidthInteger & UnsignedInteger>(_ unit: Unit, radix: Int) -> Int? {
    let digit: Int
    switch unit {
    case 0x30...0x39: digit = Int(unit) - 0x30
    case 0x41...0x5A: digit = Int(unit) - 0x37
    case 0x61...0x7A: digit = Int(unit) - 0x57
    default: return nil
    }
    return digit < radix ? digit : nil
  }

  private static func hasInfinity<Unit: FixedWidthInteger & UnsignedInteger>(
    _ units: UnsafeBufferPointer<Unit>, at position: Int, to end: Int
  ) -> Bool {
    let word: StaticString = "Infinity"
    guard end - position >= 8 else { return false }
    for index in 0..<8 where UInt32(units[position + index]) != UInt32(word.utf8Start[index]) { return false }
    return true
  }
}

/// Decimal digits on their way to a double.
private struct DecimalText {
  /// The first 19 significant digits.
  private var significand: UInt64 = 0
  private var significantDigits = 0
  /// All significant digits once there are more than 19, capped where more cannot change the rounding.
  private var longDigits: [UInt8] = []
  private var droppedNonzero = false
  /// Power of ten of the last digit kept.
  var exponent = 0

  /// Half way between two doubles has at most 767 significant digits; after those only "more than that" matters.
  private static var mostDigits: Int { 800 }

  @inline(__always)
  mutating func appendInteger(_ digit: UInt8) {
    if append(digit) == false { exponent += 1 }
  }

  @inline(__always)
  mutating func appendFraction(_ digit: UInt8) {
    if append(digit) { exponent -= 1 }
  }

  /// False when the digit was only noted, not kept.
  @inline(__always)
  private mutating func append(_ digit: UInt8) -> Bool {
    if significantDigits < 19 {
      significand = significand &* 10 &+ UInt64(digit)
      if significand != 0 { significantDigits += 1 }
      return true
    }
    return appendLong(digit)
  }

  private mutating func appendLong(_ digit: UInt8) -> Bool {
    if longDigits.isEmpty {
      var rest = significand
      while rest > 0 {
        longDigits.append(UInt8(rest % 10) + 0x30)
        rest /= 10
      }
      longDigits.reverse()
    }
    guard longDigits.count < DecimalText.mostDigits else {
      if digit != 0 { droppedNonzero = true }
      return false
    }
    longDigits.append(digit + 0x30)
    return true
  }

  var value: Double {
    if significand == 0 { return 0 }
    if longDigits.isEmpty, significand <= 1 << 53, exponent.magnitude <= 22 {
      // Both operands are exact, so the one operation rounds correctly.
      let power = DecimalText.exactPowers[Int(exponent.magnitude)]
      return exponent < 0 ? Double(significand) / power : Double(significand) * power
    }
    var bytes = longDigits
    if bytes.isEmpty {
      var rest = significand
      while rest > 0 {
        bytes.append(UInt8(rest % 10) + 0x30)
        rest /= 10
      }
      bytes.reverse()
    }
    var writtenExponent = exponent
    if droppedNonzero {
      bytes.append(0x31)
      writtenExponent -= 1
    }
    bytes.append(0x65)
    NumberFormatting.append(max(-100_000, min(100_000, writtenExponent)), to: &bytes)
    bytes.append(0)
    return bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return .nan }
      // The process never leaves the C locale, so the decimal point (which is not written here anyway) is no concern.
      return strtod(start.assumingMemoryBound(to: CChar.self), nil)
    }
  }

  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
  ]
}
