// https://tc39.es/ecma262/#sec-number-objects

extension Realm {
  /// Needs the global `parseInt` and `parseFloat`, which Number shares.
  func installNumberBuiltins() {
    // Number.prototype is itself a Number object.
    let prototype = PrimitiveObject(realm: self, prototype: intrinsics.objectPrototype, kind: .number, primitive: .number(0))
    intrinsics[.number] = prototype
    let constructor = defineConstructor(
      "Number", length: 1, prototype: prototype,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        .number(try NumberBuiltins.convert(realm, arguments))
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let number = try NumberBuiltins.convert(realm, arguments)
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.number])
        return Value(PrimitiveObject(realm: realm, prototype: prototype, kind: .number, primitive: .number(number)))
      })
    defineConstant(constructor, "EPSILON", .number(.ulpOfOne))
    defineConstant(constructor, "MAX_SAFE_INTEGER", .number(9_007_199_254_740_991))
    defineConstant(constructor, "MAX_VALUE", .number(.greatestFiniteMagnitude))
    defineConstant(constructor, "MIN_SAFE_INTEGER", .number(-9_007_199_254_740_991))
    defineConstant(constructor, "MIN_VALUE", .number(.leastNonzeroMagnitude))
    defineConstant(constructor, "NaN", .nan)
    defineConstant(constructor, "NEGATIVE_INFINITY", .number(-.infinity))
    defineConstant(constructor, "POSITIVE_INFINITY", .number(.infinity))
    defineMethod(constructor, "isFinite", length: 1, NumberBuiltins.isFinite)
    defineMethod(constructor, "isInteger", length: 1, NumberBuiltins.isInteger)
    defineMethod(constructor, "isNaN", length: 1, NumberBuiltins.isNaN)
    defineMethod(constructor, "isSafeInteger", length: 1, NumberBuiltins.isSafeInteger)
    for name in ["parseFloat", "parseInt"] {
      defineHidden(constructor, key(name), globalObject.ordinaryOwnSlot(key(name)).value.orUndefined)
    }
    defineMethod(prototype, "toExponential", length: 1, NumberBuiltins.toExponential)
    defineMethod(prototype, "toFixed", length: 1, NumberBuiltins.toFixed)
    defineMethod(prototype, "toLocaleString", length: 0, NumberBuiltins.toLocaleString)
    defineMethod(prototype, "toPrecision", length: 1, NumberBuiltins.toPrecision)
    defineMethod(prototype, "toString", length: 1, NumberBuiltins.toString)
    defineMethod(prototype, "valueOf", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .number(try realm.thisNumber(this))
    }
  }

  /// https://tc39.es/ecma262/#sec-thisnumbervalue
  func thisNumber(_ value: Value) throws(Thrown) -> Double {
    if case .number(let number) = value { return number }
    if let wrapper = value.asObject as? PrimitiveObject, case .number(let number) = wrapper.primitive { return number }
    throw typeError("\(describeForMessage(value)) is not a number")
  }

  /// A string of the ASCII bytes that `write` appends.
  func string(writtenBy write: (inout [UInt8]) -> Void) -> Value {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    write(&bytes)
    return Value(ScriptString(heap: heap, latin1: bytes))
  }
}

/// `Number`, its static methods and those of Number.prototype.
enum NumberBuiltins {
  /// https://tc39.es/ecma262/#sec-number-constructor-number-value
  static func convert(_ realm: Realm, _ arguments: Arguments) throws(Thrown) -> Double {
    if arguments.isEmpty { return 0 }
    switch try realm.toNumeric(arguments[0]) {
    case .number(let number): return number
    case .bigInt(let integer): return integer.cell.value.doubleValue
    default: return .nan
    }
  }

  static func isFinite(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(arguments[0].asNumber?.isFinite ?? false)
  }

  static func isNaN(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(arguments[0].asNumber?.isNaN ?? false)
  }

  static func isInteger(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let number = arguments[0].asNumber, number.isFinite else { return .boolean(false) }
    return Value(number == number.rounded(.towardZero))
  }

  static func isSafeInteger(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let number = arguments[0].asNumber, number.isFinite else { return .boolean(false) }
    return Value(number == number.rounded(.towardZero) && abs(number) <= 9_007_199_254_740_991)
  }

  // MARK: Formatting

  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let number = try realm.thisNumber(this)
    let radix = arguments[0].isUndefined ? 10 : try realm.toIntegerOrInfinity(arguments[0])
    guard radix >= 2, radix <= 36 else { throw realm.rangeError("toString() radix must be between 2 and 36") }
    if radix == 10 { return Value(realm.string(number: number)) }
    return realm.string { NumberFormatting.append(number, radix: Int(radix), to: &$0) }
  }

  static func toLocaleString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(realm.string(NumberFormat().string(try realm.thisNumber(this))))
  }

  static func toFixed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let number = try realm.thisNumber(this)
    let digits = try realm.toIntegerOrInfinity(arguments[0])
    guard digits >= 0, digits <= 100 else { throw realm.rangeError("toFixed() digits argument must be between 0 and 100") }
    // The sign of zero is not written; that of a negative number that rounds to zero is.
    return realm.string { NumberFormatting.appendFixed(number, fractionDigits: Int(digits), to: &$0) }
  }

  static func toExponential(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let number = try realm.thisNumber(this)
    let digits = try realm.toIntegerOrInfinity(arguments[0])
    guard number.isFinite else { return Value(realm.string(number: number)) }
    guard digits >= 0, digits <= 100 else { throw realm.rangeError("toExponential() argument must be between 0 and 100") }
    let count = arguments[0].isUndefined ? nil : Int(digits)
    return realm.string { NumberFormatting.appendExponential(number, fractionDigits: count, to: &$0) }
  }

  static func toPrecision(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let number = try realm.thisNumber(this)
    if arguments[0].isUndefined { return Value(realm.string(number: number)) }
    let digits = try realm.toIntegerOrInfinity(arguments[0])
    guard number.isFinite else { return Value(realm.string(number: number)) }
    guard digits >= 1, digits <= 100 else { throw realm.rangeError("toPrecision() argument must be between 1 and 100") }
    return realm.string { NumberFormatting.appendPrecision(number, precision: Int(digits), to: &$0) }
  }
}
