// Integers without a fixed width: the values of the BigInt type.
//
// https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type

/// An integer as sign and magnitude. Arithmetic that could exceed `mostBits` throws.
struct BigInteger: Hashable, Sendable {
  /// Least significant word first, the last one not zero; empty for zero.
  private(set) var words: [UInt64]
  /// Never set for zero.
  private(set) var isNegative: Bool

  /// About 1.2 million decimal digits: no single operation on such values takes more than a few seconds.
  static let mostBits = 1 << 22
  static let zero = BigInteger(words: [], isNegative: false)

  /// Leading zero words of `words` are dropped.
  init(words: [UInt64], isNegative: Bool) {
    var words = words
    while words.last == 0 { words.removeLast() }
    self.words = words
    self.isNegative = isNegative && words.isEmpty == false
  }

  init(_ value: Int) {
    self.init(words: [UInt64(value.magnitude)], isNegative: value < 0)
  }

  init(_ value: UInt64) {
    self.init(words: [value], isNegative: false)
  }

  /// The integer a double is; nil for fractions, infinities and NaN.
  init?(exactly value: Double) {
    guard value.isFinite, value == value.rounded(.towardZero) else { return nil }
    guard value.magnitude >= 1 else {
      self = .zero
      return
    }
    let significand = value.bitPattern & 0xF_FFFF_FFFF_FFFF | 1 << 52
    let shift = Int(value.exponent) - 52
    let magnitude = shift >= 0 ? WordArithmetic.shiftedLeft([significand], by: shift) : [significand >> UInt64(-shift)]
    self.init(words: magnitude, isNegative: value < 0)
  }

  var isZero: Bool { words.isEmpty }

  /// Bits of the magnitude.
  var bitCount: Int {
    guard let top = words.last else { return 0 }
    return words.count * 64 - top.leadingZeroBitCount
  }

  /// The value if 64 bits hold it.
  var exactInt: Int? {
    guard words.count <= 1 else { return nil }
    let magnitude = words.first ?? 0
    if isNegative { return magnitude <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int(exactly: magnitude)
  }

  /// The lowest 64 bits in two's complement, as typed arrays store them.
  var truncatedWord: UInt64 {
    let low = words.first ?? 0
    return isNegative ? 0 &- low : low
  }

  /// The nearest double, ties to even.
  var doubleValue: Double {
    guard bitCount > 64 else {
      let magnitude = Double(words.first ?? 0)
      return isNegative ? -magnitude : magnitude
    }
    guard bitCount <= 1024 else { return isNegative ? -.infinity : .infinity }
    // The top 64 bits, with all lower ones gathered in the lowest, round like the whole number.
    let shift = bitCount - 64
    let shifted = WordArithmetic.shiftedRight(words, by: shift)
    var top = shifted.words.first ?? 0
    if shifted.lostOnes { top |= 1 }
    let magnitude = Double(sign: .plus, exponent: shift, significand: Double(top))
    return isNegative ? -magnitude : magnitude
  }
}

/// Why an operation has no result.
enum BigIntegerError: Error, Equatable {
  case divisionByZero
  case negativeExponent
  /// More than `BigInteger.mostBits` bits.
  case tooLarge
}

// MARK: - Comparison

extension BigInteger: Comparable {
  static func < (left: BigInteger, right: BigInteger) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = WordArithmetic.compare(left.words, right.words)
    return left.isNegative ? order > 0 : order < 0
  }

  /// -1, 0 or 1 as the value is below, equal to or above the double; nil for NaN. Exact.
  func compare(_ other: Double) -> Int? {
    if other.isNaN { return nil }
    if other.isInfinite { return other < 0 ? 1 : -1 }
    let whole = other.rounded(.towardZero)
    guard let integer = BigInteger(exactly: whole) else { return nil }
    if self != integer { return self < integer ? -1 : 1 }
    return other == whole ? 0 : other > whole ? -1 : 1
  }
}

// MARK: - Arithmetic

extension BigInteger {
  var negated: BigInteger { BigInteger(words: words, isNegative: isNegative == false) }

  func adding(_ other: BigInteger) throws(BigIntegerError) -> BigInteger {
    if isNegative == other.isNegative {
      return try BigInteger(words: WordArithmetic.sum(words, other.words), isNegative: isNegative).checked()
    }
    let order = WordArithmetic.compare(words, other.words)
    if order == 0 { return .zero }
    return order > 0
      ? BigInteger(words: WordArithmetic.difference(words, other.words), isNegative: isNegative)
      : BigInteger(words: WordArithmetic.difference(other.words, words), isNegative: other.isNegative)
  }

  func subtracting(_ other: BigInteger) throws(BigIntegerError) -> BigInteger {
    try adding(other.negated)
  }

  func multiplied(by other: BigInteger) throws(BigIntegerError) -> BigInteger {
    if bitCount + other.bitCount > BigInteger.mostBits + 1 { throw .tooLarge }
    return try BigInteger(words: WordArithmetic.product(words, other.words), isNegative: isNegative != other.isNegative).checked()
  }

  /// The quotient, rounded towards zero.
  func divided(by other: BigInteger) throws(BigIntegerError) -> BigInteger {
    if other.isZero { throw .divisionByZero }
    return BigInteger(
      words: WordArithmetic.quotientAndRemainder(words, other.words).quotient, isNegative: isNegative != other.isNegative)
  }

  /// The remainder, with the sign of the dividend.
  func remainder(dividingBy other: BigInteger) throws(BigIntegerError) -> BigInteger {
    if other.isZero { throw .divisionByZero }
    return BigInteger(words: WordArithmetic.quotientAndRemainder(words, other.words).remainder, isNegative: isNegative)
  }

  func power(_ exponent: BigInteger) throws(BigIntegerError) -> BigInteger {
    if exponent.isNegative { throw .negativeExponent }
    if exponent.isZero { return BigInteger(1) }
    if isZero || words == [1] {
      return isNegative && exponent.words[0] & 1 == 0 ? negated : self
    }
    guard var remaining = exponent.exactInt, remaining <= BigInteger.mostBits else { throw .tooLarge }
    if (bitCount - 1) * remaining > BigInteger.mostBits { throw .tooLarge }
    var result = BigInteger(1)
    var square = self
    while true {
      if remaining & 1 == 1 { result = try result.multiplied(by: square) }
      remaining >>= 1
      if remaining == 0 { return result }
      square = try square.multiplied(by: square)
    }
  }

  /// Shifted left by `amount` bits, or right by its magnitude when negative, rounding towards negative infinity.
  func shiftedLeft(by amount: BigInteger) throws(BigIntegerError) -> BigInteger {
    if isZero || amount.isZero { return self }
    if amount.isNegative { return shiftedRight(by: amount.negated.exactInt ?? .max) }
    guard let bits = amount.exactInt, bits <= BigInteger.mostBits, bits + bitCount <= BigInteger.mostBits else { throw .tooLarge }
    return BigInteger(words: WordArithmetic.shiftedLeft(words, by: bits), isNegative: isNegative)
  }

  /// Shifted right by `amount` bits, or left when negative.
  func shiftedRight(by amount: BigInteger) throws(BigIntegerError) -> BigInteger {
    try shiftedLeft(by: amount.negated)
  }

  private func shiftedRight(by bits: Int) -> BigInteger {
    guard bits < bitCount else { return isNegative ? BigInteger(-1) : .zero }
    let shifted = WordArithmetic.shiftedRight(words, by: bits)
    let magnitude = isNegative && shifted.lostOnes ? WordArithmetic.sum(shifted.words, [1]) : shifted.words
    return BigInteger(words: magnitude, isNegative: isNegative)
  }

  private func checked() throws(BigIntegerError) -> BigInteger {
    if bitCount > BigInteger.mostBits { throw .tooLarge }
    return self
  }
}

// MARK: - Two's complement

extension BigInteger {
  func bitwiseAnd(_ other: BigInteger) -> BigInteger { combine(other, &) }
  func bitwiseOr(_ other: BigInteger) -> BigInteger { combine(other, |) }
  func bitwiseXor(_ other: BigInteger) -> BigInteger { combine(other, ^) }

  /// -x - 1.
  var bitwiseNot: BigInteger {
    isNegative
      ? BigInteger(words: WordArithmetic.difference(words, [1]), isNegative: false)
      : BigInteger(words: WordArithmetic.sum(words, [1]), isNegative: true)
  }

  /// BigInt.asUintN: the value modulo 2^`bits`. Throws when a negative value would need more bits than allowed.
  func asUintN(_ bits: Int) throws(BigIntegerError) -> BigInteger {
    if bits <= 0 || isZero { return .zero }
    if isNegative == false, bitCount <= bits { return self }
    if bits > BigInteger.mostBits { throw .tooLarge }
    return BigInteger(words: lowBits(bits), isNegative: false)
  }

  /// BigInt.asIntN: the value modulo 2^`bits`, from -2^(`bits`-1) on.
  func asIntN(_ bits: Int) -> BigInteger {
    if bits <= 0 || isZero { return .zero }
    if bitCount < bits { return self }
    let low = lowBits(bits)
    let signWord = (bits - 1) / 64
    guard signWord < low.count, low[signWord] >> UInt64((bits - 1) % 64) & 1 == 1 else {
      return BigInteger(words: low, isNegative: false)
    }
    return BigInteger(words: WordArithmetic.difference(WordArithmetic.shiftedLeft([1], by: bits), low), isNegative: true)
  }

  /// The lowest bits in two's complement.
  private func lowBits(_ bits: Int) -> [UInt64] {
    var result = twosComplement(count: (bits + 63) / 64)
    if bits % 64 != 0 { result[result.count - 1] &= (1 << UInt64(bits % 64)) - 1 }
    while result.last == 0 { result.removeLast() }
    return result
  }

  private func twosComplement(count: Int) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: count)
    var carry = true
    for index in 0..<count {
      let word = index < words.count ? words[index] : 0
      if isNegative {
        let (sum, overflows) = (~word).addingReportingOverflow(carry ? 1 : 0)
        result[index] = sum
        carry = overflows
      } else {
        result[index] = word
      }
    }
    return result
  }

  private func combine(_ other: BigInteger, _ operation: (UInt64, UInt64) -> UInt64) -> BigInteger {
    let count = max(words.count, other.words.count) + 1
    var result = zip(twosComplement(count: count), other.twosComplement(count: count)).map(operation)
    guard let top = result.last, top >> 63 == 1 else { return BigInteger(words: result, isNegative: false) }
    var carry = true
    for index in result.indices {
      let (sum, overflows) = (~result[index]).addingReportingOverflow(carry ? 1 : 0)
      result[index] = sum
      carry = overflows
    }
    return BigInteger(words: result, isNegative: true)
  }
}
