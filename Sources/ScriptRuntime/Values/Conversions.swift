// https://tc39.es/ecma262/#sec-type-conversion

import CRuntimeShims

extension Value {
  /// https://tc39.es/ecma262/#sec-toboolean
  var isTruthy: Bool {
    switch self {
    case .boolean(let flag): flag
    case .number(let number): !(number == 0 || number.isNaN)
    case .string(let string): string.cell.length > 0
    case .bigInt(let integer): !integer.cell.value.isZero
    case .undefined, .null, .empty: false
    case .symbol, .object, .internal: true
    }
  }

  /// https://tc39.es/ecma262/#sec-samevalue
  static func same(_ a: Value, _ b: Value) -> Bool {
    if case .number(let x) = a, case .number(let y) = b {
      if x.isNaN && y.isNaN { return true }
      return x == y && (x != 0 || x.sign == y.sign)
    }
    return strictlyEqual(a, b)
  }

  /// https://tc39.es/ecma262/#sec-samevaluezero
  static func sameZero(_ a: Value, _ b: Value) -> Bool {
    if case .number(let x) = a, case .number(let y) = b, x.isNaN, y.isNaN { return true }
    return strictlyEqual(a, b)
  }

  /// https://tc39.es/ecma262/#sec-isstrictlyequal
  static func strictlyEqual(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.number(let x), .number(let y)): x == y
    case (.string(let x), .string(let y)): x == y || x.cell.isEqual(to: y.cell)
    case (.undefined, .undefined), (.null, .null), (.empty, .empty): true
    case (.boolean(let x), .boolean(let y)): x == y
    case (.object(let x), .object(let y)): x == y
    case (.symbol(let x), .symbol(let y)): x == y
    case (.bigInt(let x), .bigInt(let y)): x.cell.value == y.cell.value
    case (.internal(let x), .internal(let y)): x == y
    default: false
    }
  }
}

/// What an object is asked to become first.
public enum PreferredType {
  case none, string, number
}

extension Realm {
  // MARK: Primitives

  /// https://tc39.es/ecma262/#sec-toprimitive
  public func toPrimitive(_ value: Value, preferring preferred: PreferredType = .none) throws(Thrown) -> Value {
    guard case .object(let reference) = value else { return value }
    let object = reference.cell
    let exotic = try object.get(.toPrimitiveSymbol, receiver: value, self)
    if !exotic.isNullish {
      guard let function = exotic.asCallable else {
        throw typeError("\(describeForMessage(exotic)) is not a function")
      }
      let hint: WellKnownName =
        switch preferred {
        case .none: .default_
        case .string: .string
        case .number: .number
        }
      let result = try call(function, this: value, Value(keys.text(of: .known(hint))))
      if !result.isObject { return result }
      throw typeError("Cannot convert object to primitive value")
    }
    let order: [WellKnownName] = preferred == .string ? [.toString, .valueOf] : [.valueOf, .toString]
    for name in order {
      let method = try object.get(.known(name), receiver: value, self)
      if let function = method.asCallable {
        let result = try function.call(this: value, arguments: Arguments(base: stackPointer, count: 0), self)
        if !result.isObject { return result }
      }
    }
    throw typeError("Cannot convert object to primitive value")
  }

  /// https://tc39.es/ecma262/#sec-tonumber
  @inline(__always)
  public func toNumber(_ value: Value) throws(Thrown) -> Double {
    if case .number(let number) = value { return number }
    return try toNumberSlow(value)
  }

  @inline(never)
  func toNumberSlow(_ value: Value) throws(Thrown) -> Double {
    switch value {
    case .number(let number): return number
    case .undefined, .empty: return .nan
    case .null: return 0
    case .boolean(let flag): return flag ? 1 : 0
    case .string(let string): return Realm.number(of: string.cell)
    case .symbol: throw typeError("Cannot convert a Symbol value to a number")
    case .bigInt: throw typeError("Cannot convert a BigInt value to a number")
    case .internal: return .nan
    case .object: return try toNumber(toPrimitive(value, preferring: .number))
    }
  }

  static func number(of string: ScriptString) -> Double {
    string.withUnits(latin1: { NumberParsing.number($0) }, utf16: { NumberParsing.number($0) })
  }

  /// https://tc39.es/ecma262/#sec-tonumeric: a number or a BigInt.
  func toNumeric(_ value: Value) throws(Thrown) -> Value {
    if case .number = value { return value }
    let primitive = try toPrimitive(value, preferring: .number)
    if case .bigInt = primitive { return primitive }
    return .number(try toNumber(primitive))
  }

  /// https://tc39.es/ecma262/#sec-tointegerorinfinity
  public func toIntegerOrInfinity(_ value: Value) throws(Thrown) -> Double {
    let number = try toNumber(value)
    if number.isNaN { return 0 }
    return number.rounded(.towardZero) + 0
  }

  /// https://tc39.es/ecma262/#sec-toint32
  @inline(__always)
  public func toInt32(_ value: Value) throws(Thrown) -> Int32 { Realm.int32(try toNumber(value)) }

  public func toUInt32(_ value: Value) throws(Thrown) -> UInt32 { UInt32(bitPattern: Realm.int32(try toNumber(value))) }

  /// A number modulo 2^32 as a signed integer.
  @inline(__always)
  static func int32(_ number: Double) -> Int32 {
    if abs(number) < 9_007_199_254_740_992 { return Int32(truncatingIfNeeded: runtime_integer_part(number)) }
    return int32Slow(number)
  }

  /// The number as a place in an array; anything below 0 or beyond all arrays where it is none.
  @inline(__always)
  static func elementIndex(_ number: Double) -> Int {
    let index = Int(runtime_clamped_integer_part(number))
    return Double(index) == number ? index : -1
  }

  @inline(never)
  private static func int32Slow(_ number: Double) -> Int32 {
    guard number.isFinite else { return 0 }
    let remainder = number.rounded(.towardZero).truncatingRemainder(dividingBy: 4_294_967_296)
    return Int32(truncatingIfNeeded: Int64(remainder))
  }

  /// https://tc39.es/ecma262/#sec-tolength
  public func toLength(_ value: Value) throws(Thrown) -> Int {
    let number = try toIntegerOrInfinity(value)
    return number <= 0 ? 0 : Int(min(number, 9_007_199_254_740_991))
  }

  /// https://tc39.es/ecma262/#sec-toindex
  func toIndex(_ value: Value) throws(Thrown) -> Int {
    if value.isUndefined { return 0 }
    let number = try toIntegerOrInfinity(value)
    guard number >= 0, number <= 9_007_199_254_740_991 else { throw rangeError("Invalid index") }
    return Int(number)
  }

  /// A relative index (negative counts from the end), clamped to 0...length.
  func toRelativeIndex(_ value: Value, length: Int, default missing: Int) throws(Thrown) -> Int {
    if value.isUndefined { return missing }
    let number = try toIntegerOrInfinity(value)
    if number < 0 { return Int(max(0, Double(length) + number)) }
    return Int(min(number, Double(length)))
  }

  // MARK: Strings

  /// https://tc39.es/ecma262/#sec-tostring
  @inline(__always)
  public func toString(_ value: Value) throws(Thrown) -> ScriptString {
    if case .string(let string) = value { return string.cell }
    return try toStringSlow(value)
  }

  @inline(never)
  private func toStringSlow(_ value: Value) throws(Thrown) -> ScriptString {
    switch value {
    case .string(let string): return string.cell
    case .number(let number): return string(number: number)
    case .undefined, .empty: return keys.text(of: .known(.undefined_))
    case .null: return keys.text(of: .known(.null_))
    case .boolean(let flag): return keys.text(of: .known(flag ? .true_ : .false_))
    case .symbol: throw typeError("Cannot convert a Symbol value to a string")
    case .bigInt(let integer): return string(integer.cell.value.description)
    case .internal: return emptyString
    case .object: return try toString(toPrimitive(value, preferring: .string))
    }
  }

  /// The Swift text of a value.
  public func toText(_ value: Value) throws(Thrown) -> String { try toString(value).text }

  /// https://tc39.es/ecma262/#sec-numeric-types-number-tostring
  func string(number: Double) -> ScriptString {
    if number >= 0, number < 10, number == number.rounded(.towardZero) { return unitString(48 + UInt16(number)) }
    if abs(number) < 1e15, case let integer = Int(number), Double(integer) == number { return string(integer: integer) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    NumberFormatting.append(number, to: &bytes)
    return ScriptString(heap: heap, latin1: bytes)
  }

  /// Digits written from the right into a few bytes on the stack.
  private func string(integer: Int) -> ScriptString {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var rest = integer.magnitude
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if integer < 0 {
        start -= 1
        digits[start] = 45
      }
      return ScriptString(heap: heap, latin1: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  // MARK: Keys and objects

  /// https://tc39.es/ecma262/#sec-topropertykey
  @inline(__always)
  public func toPropertyKey(_ value: Value) throws(Thrown) -> PropertyKey {
    if case .number(let number) = value, number >= 0, number < 2_147_483_647 {
      let index = Int(number)
      if Double(index) == number { return PropertyKey(index: index) }
    }
    if case .string(let string) = value {
      if string.cell.cachedKey != UInt32.max { return PropertyKey(raw: string.cell.cachedKey) }
      return keys.key(for: string.cell)
    }
    return try toPropertyKeySlow(value)
  }

  @inline(never)
  private func toPropertyKeySlow(_ value: Value) throws(Thrown) -> PropertyKey {
    let primitive = try toPrimitive(value, preferring: .string)
    if case .symbol(let symbol) = primitive { return symbol.cell.key }
    return keys.key(for: try toString(primitive))
  }

  /// https://tc39.es/ecma262/#sec-toobject
  public func toObject(_ value: Value) throws(Thrown) -> ScriptObject {
    switch value {
    case .object(let reference): return reference.cell
    case .undefined, .null, .empty, .internal:
      throw typeError("Cannot convert undefined or null to object")
    case .boolean:
      return PrimitiveObject(realm: self, prototype: intrinsics[.boolean], kind: .boolean, primitive: value)
    case .number:
      return PrimitiveObject(realm: self, prototype: intrinsics[.number], kind: .number, primitive: value)
    case .string:
      return PrimitiveObject(realm: self, prototype: intrinsics[.string], kind: .string, primitive: value)
    case .symbol:
      return PrimitiveObject(realm: self, prototype: intrinsics[.symbol], kind: .symbol, primitive: value)
    case .bigInt:
      return PrimitiveObject(realm: self, prototype: intrinsics[.bigInt], kind: .bigInt, primitive: value)
    }
  }

  /// Where properties of a primitive are looked up; nil for undefined and null.
  func prototype(ofPrimitive value: Value) -> ScriptObject? {
    switch value {
    case .string: stringPrototype
    case .number: numberPrototype
    case .boolean: intrinsics[.boolean]
    case .symbol: intrinsics[.symbol]
    case .bigInt: intrinsics[.bigInt]
    default: nil
    }
  }

  // MARK: Properties of any value

  /// https://tc39.es/ecma262/#sec-getv
  public func get(_ value: Value, _ key: PropertyKey) throws(Thrown) -> Value {
    if case .object(let reference) = value { return try reference.cell.get(key, receiver: value, self) }
    if case .string(let reference) = value {
      let string = reference.cell
      if key == .length { return Value(string.length) }
      if key.isIndex, key.index < string.length { return Value(unitString(string.unit(at: key.index))) }
    }
    guard let prototype = prototype(ofPrimitive: value) else {
      throw typeError("Cannot read properties of \(describeForMessage(value)) (reading '\(describe(key))')")
    }
    return try prototype.get(key, receiver: value, self)
  }

  /// https://tc39.es/ecma262/#sec-set-o-p-v-throw
  public func set(_ object: ScriptObject, _ key: PropertyKey, _ value: Value, isStrict: Bool = true) throws(Thrown) {
    guard try object.set(key, value, receiver: Value(object), self) || !isStrict else {
      throw typeError("Cannot assign to read only property '\(describe(key))' of object")
    }
  }

  /// https://tc39.es/ecma262/#sec-getmethod
  public func getMethod(_ value: Value, _ key: PropertyKey) throws(Thrown) -> ScriptObject? {
    let method = try get(value, key)
    if method.isNullish { return nil }
    guard let function = method.asCallable else {
      throw typeError("\(describeForMessage(method)) is not a function")
    }
    return function
  }

  /// https://tc39.es/ecma262/#sec-invoke
  public func invoke(_ value: Value, _ key: PropertyKey, _ arguments: [Value] = []) throws(Thrown) -> Value {
    let method = try get(value, key)
    guard method.asCallable != nil else { throw typeError("\(describe(key)) is not a function") }
    return try call(method, this: value, arguments)
  }

  /// https://tc39.es/ecma262/#sec-createdatapropertyorthrow
  public func createDataProperty(_ object: ScriptObject, _ key: PropertyKey, _ value: Value) throws(Thrown) {
    if !object.isExotic, object.isExtensibleFlag, object.ordinaryOwnSlot(key).value.isEmpty {
      object.createDataSlot(key, value, self)
      return
    }
    guard try object.defineOwnProperty(key, PropertyDescriptor(value: value, flags: .all), self) else {
      throw typeError("Cannot define property \(describe(key)), object is not extensible")
    }
  }

  /// https://tc39.es/ecma262/#sec-definepropertyorthrow
  public func defineProperty(_ object: ScriptObject, _ key: PropertyKey, _ descriptor: PropertyDescriptor) throws(Thrown) {
    guard try object.defineOwnProperty(key, descriptor, self) else {
      throw typeError("Cannot redefine property: \(describe(key))")
    }
  }

  /// https://tc39.es/ecma262/#sec-deletepropertyorthrow
  func deleteProperty(_ object: ScriptObject, _ key: PropertyKey) throws(Thrown) {
    guard try object.delete(key, self) else { throw typeError("Cannot delete property '\(describe(key))' of object") }
  }

  /// https://tc39.es/ecma262/#sec-lengthofarraylike
  public func length(of object: ScriptObject) throws(Thrown) -> Int {
    if object.kind == .array { return unsafeDowncast(object, to: ArrayObject.self).arrayLength }
    return try toLength(object.get(.length, receiver: Value(object), self))
  }

  /// The key of an integer index of any size.
  func key(index: Int) -> PropertyKey {
    index < 0x7FFF_FFFF ? PropertyKey(index: index) : keys.key(for: string(number: Double(index)))
  }

  /// https://tc39.es/ecma262/#sec-isarray
  func isArray(_ value: Value) throws(Thrown) -> Bool {
    guard case .object(let reference) = value else { return false }
    if reference.cell.kind == .array { return true }
    if reference.cell.kind == .proxy, let proxy = reference.cell as? ProxyObject {
      try checkDepth()
      guard let target = proxy.target else { throw typeError("Cannot perform 'IsArray' on a proxy that has been revoked") }
      return try isArray(Value(target.cell))
    }
    return false
  }

  /// https://tc39.es/ecma262/#sec-speciesconstructor
  func speciesConstructor(_ object: ScriptObject, default fallback: ScriptObject) throws(Thrown) -> ScriptObject {
    let constructor = try object.get(.constructor, receiver: Value(object), self)
    if constructor.isUndefined { return fallback }
    guard constructor.isObject else { throw typeError("object.constructor is not an object") }
    let species = try get(constructor, .speciesSymbol)
    if species.isNullish { return fallback }
    guard let result = species.asObject, result.isConstructor else {
      throw typeError("object.constructor[Symbol.species] is not a constructor")
    }
    return result
  }
}
