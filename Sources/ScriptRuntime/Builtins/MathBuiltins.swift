// https://tc39.es/ecma262/#sec-math-object

import Glibc

extension Realm {
  func installMathBuiltins() {
    let math = makeObject()
    defineHidden(globalObject, key("Math"), Value(math))
    defineTag(math, "Math")
    defineConstant(math, "E", .number(2.718281828459045))
    defineConstant(math, "LN10", .number(2.302585092994046))
    defineConstant(math, "LN2", .number(0.6931471805599453))
    defineConstant(math, "LOG10E", .number(0.4342944819032518))
    defineConstant(math, "LOG2E", .number(1.4426950408889634))
    defineConstant(math, "PI", .number(.pi))
    defineConstant(math, "SQRT1_2", .number(0.7071067811865476))
    defineConstant(math, "SQRT2", .number(1.4142135623730951))

    defineMath(math, "abs") { abs($0) }
    defineMath(math, "acos") { acos($0) }
    defineMath(math, "acosh") { acosh($0) }
    defineMath(math, "asin") { asin($0) }
    defineMath(math, "asinh") { asinh($0) }
    defineMath(math, "atan") { atan($0) }
    defineMath(math, "atanh") { atanh($0) }
    defineMath(math, "cbrt", MathBuiltins.cubeRoot)
    defineMath(math, "ceil") { $0.rounded(.up) }
    defineMath(math, "clz32") { Double(UInt32(bitPattern: Realm.int32($0)).leadingZeroBitCount) }
    defineMath(math, "cos") { cos($0) }
    defineMath(math, "cosh") { cosh($0) }
    defineMath(math, "exp") { exp($0) }
    defineMath(math, "expm1") { expm1($0) }
    defineMath(math, "f16round") { Double(Float16($0)) }
    defineMath(math, "floor") { $0.rounded(.down) }
    defineMath(math, "fround") { Double(Float($0)) }
    defineMath(math, "log") { log($0) }
    defineMath(math, "log10") { log10($0) }
    defineMath(math, "log1p") { log1p($0) }
    defineMath(math, "log2") { log2($0) }
    defineMath(math, "round", MathBuiltins.round)
    defineMath(math, "sign") { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    defineMath(math, "sin") { sin($0) }
    defineMath(math, "sinh") { sinh($0) }
    defineMath(math, "sqrt") { $0.squareRoot() }
    defineMath(math, "tan") { tan($0) }
    defineMath(math, "tanh") { tanh($0) }
    defineMath(math, "trunc") { $0.rounded(.towardZero) }

    defineMath(math, "atan2") { atan2($0, $1) }
    defineMath(math, "imul") { Double(Realm.int32($0) &* Realm.int32($1)) }
    defineMath(math, "pow") { ArithmeticOperator.power($0, $1) }

    defineMethod(math, "hypot", length: 2, MathBuiltins.hypotenuse)
    defineMethod(math, "max", length: 2, MathBuiltins.max)
    defineMethod(math, "min", length: 2, MathBuiltins.min)
    defineMethod(math, "random", length: 0, MathBuiltins.random)
    defineMethod(math, "sumPrecise", length: 1, MathBuiltins.sumPrecise)
  }

  /// A function of one number.
  private func defineMath(_ math: ScriptObject, _ name: String, _ function: @escaping (Double) -> Double) {
    defineMethod(math, name, length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      .number(function(try realm.toNumber(arguments[0])))
    }
  }

  /// A function of two numbers.
  private func defineMath(_ math: ScriptObject, _ name: String, _ function: @escaping (Double, Double) -> Double) {
    defineMethod(math, name, length: 2) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let first = try realm.toNumber(arguments[0])
      return .number(function(first, try realm.toNumber(arguments[1])))
    }
  }

  /// The next number of the run's sequence, in 0 ..< 1: 53 bits of SplitMix64.
  ///
  /// Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
  func nextRandom() -> Double {
    randomState &+= 0x9E37_79B9_7F4A_7C15
    var mixed = randomState
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) * 0x1p-53
  }
}

private enum MathBuiltins {
  /// The C library's root of 27 is not quite 3; a step of Newton's method mends the last digit.
  static func cubeRoot(_ x: Double) -> Double {
    let root = cbrt(x)
    let mended = root - (root * root * root - x) / (3 * root * root)
    return mended.isFinite ? mended : root
  }

  /// Halves go up; the sign of what becomes zero is kept.
  static func round(_ x: Double) -> Double {
    guard abs(x) < 4_503_599_627_370_496 else { return x }
    let floor = x.rounded(.down)
    let rounded = x - floor >= 0.5 ? floor + 1 : floor
    return rounded == 0 ? copysign(0, x) : rounded
  }

  static func max(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var greatest = -Double.infinity
    var hasNaN = false
    for index in 0..<arguments.count {
      let number = try realm.toNumber(arguments[index])
      if number.isNaN { hasNaN = true }
      if number > greatest || (number == 0 && greatest == 0 && number.sign == .plus) { greatest = number }
    }
    return .number(hasNaN ? .nan : greatest)
  }

  static func min(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var least = Double.infinity
    var hasNaN = false
    for index in 0..<arguments.count {
      let number = try realm.toNumber(arguments[index])
      if number.isNaN { hasNaN = true }
      if number < least || (number == 0 && least == 0 && number.sign == .minus) { least = number }
    }
    return .number(hasNaN ? .nan : least)
  }

  /// https://tc39.es/ecma262/#sec-math.hypot
  static func hypotenuse(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if arguments.count == 2 {
      let x = try realm.toNumber(arguments[0])
      return .number(hypot(x, try realm.toNumber(arguments[1])))
    }
    var numbers: [Double] = []
    for index in 0..<arguments.count { numbers.append(abs(try realm.toNumber(arguments[index]))) }
    if numbers.contains(.infinity) { return .number(.infinity) }
    if numbers.contains(where: \.isNaN) { return .nan }
    guard let scale = numbers.max(), scale > 0 else { return .number(0) }
    // Scaled so that squares neither overflow nor vanish; the lost low parts are carried along (Kahan).
    var sum = 0.0, compensation = 0.0
    for number in numbers {
      let ratio = number / scale
      let term = ratio * ratio - compensation
      let next = sum + term
      compensation = (next - sum) - term
      sum = next
    }
    return .number(sum.squareRoot() * scale)
  }

  static func random(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    .number(realm.nextRandom())
  }

  /// https://tc39.es/ecma262/#sec-math.sumprecise
  static func sumPrecise(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard !arguments[0].isNullish else { throw realm.typeError("Math.sumPrecise requires an iterable") }
    var sum = ExactSum()
    try realm.forEach(in: arguments[0]) { value throws(Thrown) in
      guard case .number(let number) = value else { throw realm.typeError("Math.sumPrecise takes only numbers") }
      sum.add(number)
      return true
    }
    return .number(sum.value)
  }
}

/// A sum of doubles without any rounding until it is asked for.
private struct ExactSum {
  // Fixed point in units of 2^-1074: 32 bits a limb, with room for carries, which are passed on now and then.
  private var limbs = [Int64](repeating: 0, count: 70)
  private var pendingAdditions = 0
  private var hasNaN = false, hasPositiveInfinity = false, hasNegativeInfinity = false
  private var onlyMinusZeros = true

  mutating func add(_ number: Double) {
    if number.isNaN { hasNaN = true }
    if number == .infinity { hasPositiveInfinity = true }
    if number == -.infinity { hasNegativeInfinity = true }
    if !(number == 0 && number.sign == .minus) { onlyMinusZeros = false }
    guard number.isFinite, number != 0 else { return }
    let biased = Int(number.bitPattern >> 52) & 0x7FF
    let fraction = number.bitPattern & 0xF_FFFF_FFFF_FFFF
    let significand = biased == 0 ? fraction : fraction | 1 << 52
    let shift = Swift.max(biased - 1, 0)
    let wide = UInt128(significand) << UInt128(shift & 31)
    for part in 0..<3 {
      let limb = Int64(truncatingIfNeeded: (wide >> UInt128(part * 32)) & 0xFFFF_FFFF)
      limbs[(shift >> 5) + part] += number < 0 ? -limb : limb
    }
    pendingAdditions += 1
    if pendingAdditions == 1 << 30 { carry() }
  }

  private mutating func carry() {
    for index in 0..<limbs.count - 1 {
      limbs[index + 1] += limbs[index] >> 32
      limbs[index] &= 0xFFFF_FFFF
    }
    pendingAdditions = 0
  }

  /// The sum, rounded once.
  var value: Double {
    if hasNaN || (hasPositiveInfinity && hasNegativeInfinity) { return .nan }
    if hasPositiveInfinity { return .infinity }
    if hasNegativeInfinity { return -.infinity }
    if onlyMinusZeros { return -0.0 }
    var copy = self
    copy.carry()
    let isNegative = (copy.limbs.last ?? 0) < 0
    if isNegative {
      for index in copy.limbs.indices { copy.limbs[index].negate() }
      copy.carry()
    }
    let words = stride(from: 0, to: copy.limbs.count, by: 2).map { index in
      UInt64(truncatingIfNeeded: copy.limbs[index]) | UInt64(truncatingIfNeeded: copy.limbs[index + 1]) << 32
    }
    let integer = BigInteger(words: words, isNegative: false)
    var top = integer.words.first ?? 0
    let shift = Swift.max(integer.bitCount - 64, 0)
    if shift > 0 {
      let shifted = WordArithmetic.shiftedRight(integer.words, by: shift)
      // Bits below the top 64 can only break a tie, which the lowest bit records.
      top = (shifted.words.first ?? 0) | (shifted.lostOnes ? 1 : 0)
    }
    let magnitude = Double(sign: .plus, exponent: shift - 1074, significand: Double(top))
    return isNegative ? -magnitude : magnitude
  }
}
