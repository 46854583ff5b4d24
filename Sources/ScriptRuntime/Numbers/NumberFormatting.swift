// Numbers as text: Number::toString and the formatting methods of Number.prototype.
//
// All functions append ASCII bytes; none depends on the locale of the process.
// https://tc39.es/ecma262/#sec-numeric-types-number-tostring

/// Writes numbers the way ECMA-262 spells them.
enum NumberFormatting {
  /// Number::toString(value, 10).
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    if let integer = Int32(exactly: value) {
      append(Int(integer), to: &bytes)
      return
    }
    guard appendIfSpecial(value, to: &bytes) == false else { return }
    if value < 0 { bytes.append(minus) }
    appendShortest(ShortestDecimal(value), to: &bytes)
  }

  /// Decimal digits of an integer.
  static func append(_ value: Int, to bytes: inout [UInt8]) {
    if value >= 0, value < 10 {
      bytes.append(zero + UInt8(value))
      return
    }
    if value < 0 { bytes.append(minus) }
    append(digitsOf: UInt64(value.magnitude), to: &bytes)
  }

  /// Number::toString(value, radix) for a radix from 2 to 36.
  ///
  /// The standard leaves fractions to implementations; this writes the digits that tell the value from its neighbours.
  static func append(_ value: Double, radix: Int, to bytes: inout [UInt8]) {
    guard radix != 10, (2...36).contains(radix) else { return append(value, to: &bytes) }
    guard appendIfSpecial(value, to: &bytes) == false else { return }
    if value < 0 { bytes.append(minus) }
    let magnitude = value.magnitude
    let base = Double(radix)
    var integer = magnitude.rounded(.down)
    var fraction = magnitude - integer
    // Half the distance to the next double: a remainder below it cannot be told from zero.
    var delta = max(0.5 * (magnitude.nextUp - magnitude), Double.leastNonzeroMagnitude)
    var fractionDigits: [UInt8] = []
    if fraction >= delta {
      repeat {
        fraction *= base
        delta *= base
        let digit = Int(fraction)
        fractionDigits.append(UInt8(digit))
        fraction -= Double(digit)
        if fraction > 0.5 || (fraction == 0.5 && digit & 1 == 1), fraction + delta > 1 {
          if incrementFraction(&fractionDigits, radix: radix) { integer += 1 }
          break
        }
      } while fraction >= delta
    }
    var integerDigits: [UInt8] = []
    while integer.exponent >= 53 {
      integer /= base
      integerDigits.append(0)
    }
    repeat {
      let remainder = integer.truncatingRemainder(dividingBy: base)
      integerDigits.append(UInt8(remainder))
      integer = ((integer - remainder) / base).rounded(.down)
    } while integer > 0
    for digit in integerDigits.reversed() { bytes.append(character(ofDigit: digit)) }
    guard fractionDigits.isEmpty == false else { return }
    bytes.append(point)
    for digit in fractionDigits { bytes.append(character(ofDigit: digit)) }
  }

  /// Number.prototype.toFixed. `fractionDigits` is 0 to 100.
  static func appendFixed(_ value: Double, fractionDigits: Int, to bytes: inout [UInt8]) {
    guard appendIfNotFinite(value, to: &bytes) == false else { return }
    guard value.magnitude < 1e21 else { return append(value, to: &bytes) }
    if value < 0 { bytes.append(minus) }
    if let scaled = scaledInteger(value.magnitude, fractionDigits: fractionDigits) {
      return appendScaled(scaled, fractionDigits: fractionDigits, to: &bytes)
    }
    var decimal = ExactDecimal(value)
    decimal.round(toDigits: decimal.pointPosition + fractionDigits)
    let integerDigits = decimal.digits.isEmpty ? 0 : decimal.pointPosition
    if integerDigits <= 0 { bytes.append(zero) }
    for index in 0..<max(0, integerDigits) { bytes.append(zero + decimal.digit(index)) }
    guard fractionDigits > 0 else { return }
    bytes.append(point)
    for index in 0..<fractionDigits { bytes.append(zero + decimal.digit(integerDigits + index)) }
  }

  /// Number.prototype.toExponential. `fractionDigits` is 0 to 100, nil for as many as needed.
  static func appendExponential(_ value: Double, fractionDigits: Int?, to bytes: inout [UInt8]) {
    guard appendIfNotFinite(value, to: &bytes) == false else { return }
    if value < 0 { bytes.append(minus) }
    guard let fractionDigits else {
      let shortest = ShortestDecimal(value)
      let digits = decimalDigits(of: shortest.significand)
      let exponent = value == 0 ? 0 : shortest.exponent + digits.count - 1
      return appendScientific(digits, count: digits.count, exponent: exponent, to: &bytes)
    }
    var decimal = ExactDecimal(value)
    decimal.round(toDigits: fractionDigits + 1)
    let exponent = decimal.digits.isEmpty ? 0 : decimal.pointPosition - 1
    appendScientific(decimal.digits, count: fractionDigits + 1, exponent: exponent, to: &bytes)
  }

  /// Number.prototype.toPrecision. `precision` is 1 to 100.
  static func appendPrecision(_ value: Double, precision: Int, to bytes: inout [UInt8]) {
    guard appendIfNotFinite(value, to: &bytes) == false else { return }
    if value < 0 { bytes.append(minus) }
    var decimal = ExactDecimal(value)
    decimal.round(toDigits: precision)
    let exponent = decimal.digits.isEmpty ? 0 : decimal.pointPosition - 1
    if exponent < -6 || exponent >= precision {
      return appendScientific(decimal.digits, count: precision, exponent: exponent, to: &bytes)
    }
    if exponent >= 0 {
      for index in 0...exponent { bytes.append(zero + decimal.digit(index)) }
      guard exponent + 1 < precision else { return }
      bytes.append(point)
      for index in (exponent + 1)..<precision { bytes.append(zero + decimal.digit(index)) }
    } else {
      bytes.append(zero)
      bytes.append(point)
      for _ in 0..<(-exponent - 1) { bytes.append(zero) }
      for index in 0..<precision { bytes.append(zero + decimal.digit(index)) }
    }
  }

  /// The character of a digit below 36, lower case.
  static func character(ofDigit digit: UInt8) -> UInt8 {
    digit < 10 ? zero + digit : 0x57 + digit
  }
}

// MARK: - Pieces

extension NumberFormatting {
  private static var zero: UInt8 { 0x30 }
  private static var minus: UInt8 { 0x2D }
  private static var point: UInt8 { 0x2E }

  private static func appendIfSpecial(_ value: Double, to bytes: inout [UInt8]) -> Bool {
    if value == 0 {
      bytes.append(zero)
      return true
    }
    return appendIfNotFinite(value, to: &bytes)
  }

  private static func appendIfNotFinite(_ value: Double, to bytes: inout [UInt8]) -> Bool {
    if value.isFinite { return false }
    bytes.append(contentsOf: (value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity").utf8)
    return true
  }

  private static func append(digitsOf value: UInt64, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = value
    repeat {
      bytes.append(zero + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    var low = start
    var high = bytes.count - 1
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  private static func decimalDigits(of value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    append(digitsOf: value, to: &bytes)
    return bytes.map { $0 - zero }
  }

  private static func appendShortest(_ decimal: ShortestDecimal, to bytes: inout [UInt8]) {
    let start = bytes.count
    append(digitsOf: decimal.significand, to: &bytes)
    let count = bytes.count - start  // k of the specification
    let position = count + decimal.exponent  // n of the specification
    if count <= position, position <= 21 {
      for _ in 0..<(position - count) { bytes.append(zero) }
    } else if 0 < position, position <= 21 {
      bytes.insert(point, at: start + position)
    } else if -6 < position, position <= 0 {
      bytes.insert(contentsOf: [zero, point] + Array(repeating: zero, count: -position), at: start)
    } else {
      if count > 1 { bytes.insert(point, at: start + 1) }
      appendExponent(position - 1, to: &bytes)
    }
  }

  private static func appendScientific(_ digits: [UInt8], count: Int, exponent: Int, to bytes: inout [UInt8]) {
    bytes.append(zero + (digits.first ?? 0))
    if count > 1 {
      bytes.append(point)
      for index in 1..<count { bytes.append(zero + (index < digits.count ? digits[index] : 0)) }
    }
    appendExponent(exponent, to: &bytes)
  }

  private static func appendExponent(_ exponent: Int, to bytes: inout [UInt8]) {
    bytes.append(0x65)
    bytes.append(exponent < 0 ? minus : 0x2B)
    append(digitsOf: UInt64(exponent.magnitude), to: &bytes)
  }

  /// `value` × 10^`fractionDigits` rounded half up, where 128 bits hold every step exactly.
  private static func scaledInteger(_ value: Double, fractionDigits: Int) -> UInt128? {
    guard fractionDigits <= 20 else { return nil }
    let bits = value.bitPattern
    let biased = Int(bits >> 52)
    guard biased > 0, biased <= 1075 else { return value == 0 ? 0 : nil }
    let shift = 1075 - biased
    var product = UInt128(bits & 0xF_FFFF_FFFF_FFFF | 1 << 52)
    for _ in 0..<fractionDigits { product *= 10 }  // below 2^53 × 2^67
    if shift == 0 { return product }
    return shift > 124 ? 0 : (product + (1 << UInt128(shift - 1))) >> UInt128(shift)
  }

  private static func appendScaled(_ scaled: UInt128, fractionDigits: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = scaled
    var count = 0
    while rest > 0 || count <= fractionDigits {
      if count == fractionDigits, count > 0 { bytes.append(point) }
      if rest <= UInt128(UInt64.max) {
        let low = UInt64(truncatingIfNeeded: rest)
        bytes.append(zero + UInt8(truncatingIfNeeded: low % 10))
        rest = UInt128(low / 10)
      } else {
        bytes.append(zero + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
      count += 1
    }
    var low = start
    var high = bytes.count - 1
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Adds one unit in the last place, dropping digits that become zero. True when the carry reaches the integer part.
  private static func incrementFraction(_ digits: inout [UInt8], radix: Int) -> Bool {
    while let last = digits.popLast() {
      if Int(last) + 1 < radix {
        digits.append(last + 1)
        return false
      }
    }
    return true
  }
}
