// https://tc39.es/ecma262/#sec-bigint-objects

extension Realm {
  func installBigIntBuiltins() {
    let prototype = intrinsics[.bigInt]
    let constructor = defineConstructor(
      "BigInt", length: 1, prototype: prototype,
      call: BigIntBuiltins.convert,
      construct: { (realm: Realm, _: Arguments, _: ScriptObject) throws(Thrown) -> Value in
        throw realm.typeError("BigInt is not a constructor")
      })
    defineMethod(constructor, "asIntN", length: 2, BigIntBuiltins.asIntN)
    defineMethod(constructor, "asUintN", length: 2, BigIntBuiltins.asUintN)
    defineMethod(prototype, "toLocaleString", length: 0, BigIntBuiltins.toLocaleString)
    defineMethod(prototype, "toString", length: 0, BigIntBuiltins.toString)
    defineMethod(prototype, "valueOf", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .bigInt(Ref(try realm.thisBigInt(this)))
    }
    defineTag(prototype, "BigInt")
  }

  /// https://tc39.es/ecma262/#sec-tobigint
  func toBigInt(_ value: Value) throws(Thrown) -> BigInteger {
    let primitive = try toPrimitive(value, preferring: .number)
    switch primitive {
    case .bigInt(let integer): return integer.cell.value
    case .boolean(let flag): return BigInteger(flag ? 1 : 0)
    case .string(let string):
      guard let integer = string.cell.withUnits(latin1: { BigInteger(text: $0) }, utf16: { BigInteger(text: $0) }) else {
        throw syntaxError("Cannot convert \(describeForMessage(primitive)) to a BigInt")
      }
      return integer
    default: throw typeError("Cannot convert \(describeForMessage(primitive)) to a BigInt")
    }
  }

  /// https://tc39.es/ecma262/#sec-thisbigintvalue
  fileprivate func thisBigInt(_ value: Value) throws(Thrown) -> BigIntCell {
    if case .bigInt(let integer) = value { return integer.cell }
    if let wrapper = value.asObject as? PrimitiveObject, case .bigInt(let integer) = wrapper.primitive { return integer.cell }
    throw typeError("\(describeForMessage(value)) is not a BigInt")
  }
}

private enum BigIntBuiltins {
  /// https://tc39.es/ecma262/#sec-bigint-constructor-number-value
  static func convert(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let primitive = try realm.toPrimitive(arguments[0], preferring: .number)
    guard case .number(let number) = primitive else { return realm.bigInt(try realm.toBigInt(primitive)) }
    guard let integer = BigInteger(exactly: number) else {
      throw realm.rangeError(
        "The number \(realm.describeForMessage(primitive)) cannot be converted to a BigInt because it is not an integer")
    }
    return realm.bigInt(integer)
  }

  static func asIntN(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let bits = try realm.toIndex(arguments[0])
    return realm.bigInt(try realm.toBigInt(arguments[1]).asIntN(bits))
  }

  static func asUintN(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let bits = try realm.toIndex(arguments[0])
    let integer = try realm.toBigInt(arguments[1])
    do throws(BigIntegerError) {
      return realm.bigInt(try integer.asUintN(bits))
    } catch {
      throw realm.rangeError("Maximum BigInt size exceeded")
    }
  }

  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let integer = try realm.thisBigInt(this)
    let radix = arguments[0].isUndefined ? 10 : try realm.toIntegerOrInfinity(arguments[0])
    guard radix >= 2, radix <= 36 else { throw realm.rangeError("toString() radix must be between 2 and 36") }
    return realm.string { integer.value.append(radix: Int(radix), to: &$0) }
  }

  static func toLocaleString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let integer = try realm.thisBigInt(this).value
    var digits: [UInt8] = []
    (integer.isNegative ? integer.negated : integer).append(radix: 10, to: &digits)
    let parts = NumberFormat().format(digits: digits.map { $0 &- 48 }, isNegative: integer.isNegative)
    return Value(realm.string(parts.text))
  }
}
