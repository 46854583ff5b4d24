// https://tc39.es/ecma262/#sec-properties-of-the-object-prototype-object

extension Realm {
  func installObjectPrototype() {
    let prototype = intrinsics.objectPrototype
    defineMethod(prototype, "hasOwnProperty", length: 1, ObjectPrototype.hasOwnProperty)
    defineMethod(prototype, "isPrototypeOf", length: 1, ObjectPrototype.isPrototypeOf)
    defineMethod(prototype, "propertyIsEnumerable", length: 1, ObjectPrototype.propertyIsEnumerable)
    defineMethod(prototype, "toLocaleString", length: 0, ObjectPrototype.toLocaleString)
    defineMethod(prototype, "toString", length: 0, ObjectPrototype.toString)
    defineMethod(prototype, "valueOf", length: 0, ObjectPrototype.valueOf)
    defineAccessor(
      prototype, .known(.__proto__), getter: ObjectPrototype.getPrototype, setter: ObjectPrototype.setPrototype)
    defineMethod(prototype, "__defineGetter__", length: 2, ObjectPrototype.defineGetter)
    defineMethod(prototype, "__defineSetter__", length: 2, ObjectPrototype.defineSetter)
    defineMethod(prototype, "__lookupGetter__", length: 1, ObjectPrototype.lookupGetter)
    defineMethod(prototype, "__lookupSetter__", length: 1, ObjectPrototype.lookupSetter)
  }

  /// https://tc39.es/ecma262/#sec-object.prototype.tostring
  func objectToString(_ value: Value) throws(Thrown) -> Value {
    switch value {
    case .undefined, .empty: return Value(string("[object Undefined]"))
    case .null: return Value(string("[object Null]"))
    default: break
    }
    let object = try toObject(value)
    let builtin = try isArray(Value(object)) ? "Array" : object.builtinTag
    let tag = try object.get(.toStringTagSymbol, receiver: Value(object), self)
    guard case .string(let name) = tag else { return Value(string("[object \(builtin)]")) }
    var text = StringBuilder()
    text.append("[object ")
    text.append(name.cell)
    text.append(unit: 0x5D)
    return Value(text.build(heap))
  }
}

/// The methods of Object.prototype.
enum ObjectPrototype {
  static func hasOwnProperty(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let key = try realm.toPropertyKey(arguments[0])
    return Value(try realm.hasOwnProperty(try realm.toObject(this), key))
  }

  static func isPrototypeOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard var object = arguments[0].asObject else { return .boolean(false) }
    let prototype = try realm.toObject(this)
    while let parent = try object.getPrototype(realm) {
      if parent === prototype { return .boolean(true) }
      try realm.safePoint()
      object = parent
    }
    return .boolean(false)
  }

  static func propertyIsEnumerable(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let key = try realm.toPropertyKey(arguments[0])
    return Value(try realm.toObject(this).getOwnProperty(key, realm)?.isEnumerable ?? false)
  }

  static func toLocaleString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try realm.invoke(this, .known(.toString))
  }

  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try realm.objectToString(this)
  }

  static func valueOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try realm.toObject(this))
  }

  // MARK: __proto__

  static func getPrototype(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try realm.toObject(this).getPrototype(realm).map(Value.init) ?? .null
  }

  static func setPrototype(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard !this.isNullish else { throw realm.typeError("Object.prototype.__proto__ called on null or undefined") }
    let prototype: ScriptObject?
    switch arguments[0] {
    case .object(let reference): prototype = reference.cell
    case .null: prototype = nil
    default: return .undefined
    }
    guard let object = this.asObject else { return .undefined }
    guard try object.setPrototype(prototype, realm) else {
      throw realm.typeError("Cannot set the prototype of \(realm.describeForMessage(this))")
    }
    return .undefined
  }

  // MARK: Accessors the old way

  static func defineGetter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let getter = Value(try realm.requireCallable(arguments[1]))
    let key = try realm.toPropertyKey(arguments[0])
    try realm.defineProperty(object, key, PropertyDescriptor(getter: getter, isEnumerable: true, isConfigurable: true))
    return .undefined
  }

  static func defineSetter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let setter = Value(try realm.requireCallable(arguments[1]))
    let key = try realm.toPropertyKey(arguments[0])
    try realm.defineProperty(object, key, PropertyDescriptor(setter: setter, isEnumerable: true, isConfigurable: true))
    return .undefined
  }

  static func lookupGetter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try lookup(realm, this, arguments[0])?.getter ?? .undefined
  }

  static func lookupSetter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try lookup(realm, this, arguments[0])?.setter ?? .undefined
  }

  private static func lookup(_ realm: Realm, _ this: Value, _ name: Value) throws(Thrown) -> PropertyDescriptor? {
    var next: ScriptObject? = try realm.toObject(this)
    let key = try realm.toPropertyKey(name)
    while let object = next {
      if let descriptor = try object.getOwnProperty(key, realm) { return descriptor }
      try realm.safePoint()
      next = try object.getPrototype(realm)
    }
    return nil
  }
}
