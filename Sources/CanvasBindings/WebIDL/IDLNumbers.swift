// https://webidl.spec.whatwg.org/#js-type-mapping: numbers.

import ScriptRuntime

extension Realm {
  /// `double`: a TypeError for NaN and infinities.
  func finiteDouble(_ value: Value) throws(Thrown) -> Double {
    let number = try toNumber(value)
    guard number.isFinite else { throw typeError("The provided double value is non-finite.") }
    return number
  }

  /// `long`: modulo 2^32.
  func long(_ value: Value) throws(Thrown) -> Int { Int(try toInt32(value)) }

  /// `unsigned long`: modulo 2^32.
  func unsignedLong(_ value: Value) throws(Thrown) -> Int { Int(try toUInt32(value)) }

  /// `[EnforceRange] long`.
  func enforcedLong(_ value: Value) throws(Thrown) -> Int {
    try enforced(value, from: -2_147_483_648, to: 2_147_483_647, type: "long")
  }

  /// `[EnforceRange] unsigned long`.
  func enforcedUnsignedLong(_ value: Value) throws(Thrown) -> Int {
    try enforced(value, from: 0, to: 4_294_967_295, type: "unsigned long")
  }

  /// `[EnforceRange] unsigned long long`.
  func enforcedUnsignedLongLong(_ value: Value) throws(Thrown) -> Int {
    try enforced(value, from: 0, to: 9_007_199_254_740_991, type: "unsigned long long")
  }

  private func enforced(_ value: Value, from lowest: Double, to highest: Double, type: String) throws(Thrown) -> Int {
    let number = try toNumber(value)
    guard number.isFinite else {
      throw typeError("Value is \(number.isNaN ? "not a number" : "infinite"), where an \(type) is expected.")
    }
    let integer = number.rounded(.towardZero)
    guard integer >= lowest, integer <= highest else { throw typeError("Value is outside the '\(type)' value range.") }
    return Int(integer)
  }

  /// `[Clamp] long long`: rounded to the nearest integer, halves to even.
  func clampedLongLong(_ value: Value) throws(Thrown) -> Int {
    let number = try toNumber(value)
    if number.isNaN { return 0 }
    return Int(max(-9_007_199_254_740_991, min(9_007_199_254_740_991, number)).rounded(.toNearestOrEven))
  }

  /// `boolean`.
  func boolean(_ value: Value) -> Bool {
    switch value {
    case .boolean(let flag): flag
    case .number(let number): !(number == 0 || number.isNaN)
    case .string(let string): string.cell.length > 0
    case .bigInt: (try? toText(value)) != "0"
    case .undefined, .null, .empty: false
    case .symbol, .object, .internal: true
    }
  }
}
