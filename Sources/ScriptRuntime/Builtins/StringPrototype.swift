// Methods of strings that look at them.
// https://tc39.es/ecma262/#sec-properties-of-the-string-prototype-object

/// The methods of strings.
enum StringPrototype {
  /// `this` as a string, which undefined and null are not.
  @inline(__always)
  static func this(_ realm: Realm, _ this: Value) throws(Thrown) -> ScriptString {
    if case .string(let string) = this { return string.cell }
    return try convertedThis(realm, this)
  }

  @inline(never)
  private static func convertedThis(_ realm: Realm, _ this: Value) throws(Thrown) -> ScriptString {
    if this.isNullish { throw realm.typeError("String.prototype method called on null or undefined") }
    return try realm.toString(this)
  }

  static func valueOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if case .string = this { return this }
    if let object = this.asObject, object.kind == .string {
      return unsafeDowncast(object, to: PrimitiveObject.self).primitive
    }
    throw realm.typeError("String.prototype.valueOf requires that 'this' be a String")
  }

  /// An argument as a position: exact integers the quick way.
  @inline(__always)
  private static func position(_ realm: Realm, _ value: Value) throws(Thrown) -> Double {
    if case .number(let number) = value, number >= 0 { return number.rounded(.towardZero) }
    return try realm.toIntegerOrInfinity(value)
  }

  static func charAt(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let position = try position(realm, arguments[0])
    guard position >= 0, position < Double(string.length) else { return Value(realm.emptyString) }
    return Value(realm.unitString(string.unit(at: Int(position))))
  }

  static func charCodeAt(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let position = try position(realm, arguments[0])
    guard position >= 0, position < Double(string.length) else { return .nan }
    return .number(Double(string.unit(at: Int(position))))
  }

  static func codePointAt(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let position = try position(realm, arguments[0])
    guard position >= 0, position < Double(string.length) else { return .undefined }
    return .number(Double(string.codePoint(at: Int(position)).point))
  }

  static func at(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let relative = try realm.toIntegerOrInfinity(arguments[0])
    let position = relative < 0 ? Double(string.length) + relative : relative
    guard position >= 0, position < Double(string.length) else { return .undefined }
    return Value(realm.unitString(string.unit(at: Int(position))))
  }

  /// A position clamped to 0...length.
  static func clamped(_ realm: Realm, _ value: Value, _ length: Int, default missing: Int) throws(Thrown) -> Int {
    if value.isUndefined { return missing }
    return Int(max(0, min(try realm.toIntegerOrInfinity(value), Double(length))))
  }

  static func indexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let needle = try realm.toString(arguments[0])
    let start = try clamped(realm, arguments[1], string.length, default: 0)
    return Value(string.firstIndex(of: needle, from: start) ?? -1)
  }

  static func lastIndexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let needle = try realm.toString(arguments[0])
    let number = try realm.toNumber(arguments[1])
    let start = number.isNaN ? string.length : Int(max(0, min(number.rounded(.towardZero), Double(string.length))))
    return Value(string.lastIndex(of: needle, from: start) ?? -1)
  }

  /// A string to look for, which must be no regular expression.
  private static func needle(_ realm: Realm, _ value: Value, _ method: String) throws(Thrown) -> ScriptString {
    if try realm.isRegularExpression(value) {
      throw realm.typeError("First argument to String.prototype.\(method) must not be a regular expression")
    }
    return try realm.toString(value)
  }

  static func includes(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let needle = try needle(realm, arguments[0], "includes")
    let start = try clamped(realm, arguments[1], string.length, default: 0)
    return .boolean(string.firstIndex(of: needle, from: start) != nil)
  }

  static func startsWith(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let needle = try needle(realm, arguments[0], "startsWith")
    return .boolean(string.contains(needle, at: try clamped(realm, arguments[1], string.length, default: 0)))
  }

  static func endsWith(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let needle = try needle(realm, arguments[0], "endsWith")
    let end = try clamped(realm, arguments[1], string.length, default: string.length)
    return .boolean(string.contains(needle, at: end - needle.length))
  }

  /// https://tc39.es/ecma402/#sup-String.prototype.localeCompare
  static func localeCompare(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let other = try realm.toString(arguments[0])
    let collator = try realm.makeCollator(locales: arguments[1], options: arguments[2]).collator
    return Value(collator.compare(string.utf16Units, other.utf16Units))
  }

  static func isWellFormed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    return .boolean(string.withUnits(latin1: { _ in true }, utf16: { CodePoints.isWellFormed($0) }))
  }

  static func iterator(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(StringIteratorObject(realm: realm, try Self.this(realm, this)))
  }
}

/// https://tc39.es/ecma262/#sec-string-iterator-objects
final class StringIteratorObject: ScriptObject {
  /// Nil at the end.
  var string: Ref<ScriptString>?
  var position = 0

  init(realm: Realm, _ string: ScriptString) {
    self.string = Ref(string)
    super.init(heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.stringIterator]), kind: .stringIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(string)
  }

  /// The next code point as a string; nil at the end, for good.
  func nextValue(_ realm: Realm) -> Value? {
    guard let string = string?.cell else { return nil }
    let start = position
    guard start < string.length else {
      self.string = nil
      return nil
    }
    position = start + string.codePoint(at: start).count
    return Value(realm.substring(string, start, position))
  }
}

extension Realm {
  func installStringIterator() {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.iterator])
    intrinsics[.stringIterator] = prototype
    defineTag(prototype, "String Iterator")
    let next = defineMethod(prototype, "next", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let object = this.asObject, object.kind == .stringIterator else {
        throw realm.typeError("next method called on incompatible \(realm.describeForMessage(this))")
      }
      let value = unsafeDowncast(object, to: StringIteratorObject.self).nextValue(realm)
      return realm.iteratorResult(value ?? .undefined, done: value == nil)
    }
    next.iteratedKind = .stringIterator
  }
}
