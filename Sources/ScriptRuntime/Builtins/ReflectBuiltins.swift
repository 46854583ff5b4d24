// https://tc39.es/ecma262/#sec-reflect-object

extension Realm {
  func installReflectBuiltins() {
    let reflect = makeObject()
    defineHidden(globalObject, key("Reflect"), Value(reflect))
    defineTag(reflect, "Reflect")
    defineMethod(reflect, "apply", length: 3, ReflectBuiltins.apply)
    defineMethod(reflect, "construct", length: 2, ReflectBuiltins.construct)
    defineMethod(reflect, "defineProperty", length: 3, ReflectBuiltins.defineProperty)
    defineMethod(reflect, "deleteProperty", length: 2, ReflectBuiltins.deleteProperty)
    defineMethod(reflect, "get", length: 2, ReflectBuiltins.get)
    defineMethod(reflect, "getOwnPropertyDescriptor", length: 2, ReflectBuiltins.getOwnPropertyDescriptor)
    defineMethod(reflect, "getPrototypeOf", length: 1, ReflectBuiltins.getPrototypeOf)
    defineMethod(reflect, "has", length: 2, ReflectBuiltins.has)
    defineMethod(reflect, "isExtensible", length: 1, ReflectBuiltins.isExtensible)
    defineMethod(reflect, "ownKeys", length: 1, ReflectBuiltins.ownKeys)
    defineMethod(reflect, "preventExtensions", length: 1, ReflectBuiltins.preventExtensions)
    defineMethod(reflect, "set", length: 3, ReflectBuiltins.set)
    defineMethod(reflect, "setPrototypeOf", length: 2, ReflectBuiltins.setPrototypeOf)
  }
}

private enum ReflectBuiltins {
  private static func target(_ realm: Realm, _ arguments: Arguments, _ name: StaticString) throws(Thrown) -> ScriptObject {
    guard let object = arguments[0].asObject else { throw realm.typeError("Reflect.\(name) called on non-object") }
    return object
  }

  static func apply(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let function = try realm.requireCallable(arguments[0])
    return try realm.withArgumentList(from: arguments[2]) { list throws(Thrown) in
      try function.call(this: arguments[1], arguments: list, realm)
    }
  }

  static func construct(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let constructor = arguments[0].asObject, constructor.isConstructor else {
      throw realm.typeError("\(realm.describeForMessage(arguments[0])) is not a constructor")
    }
    var newTarget = constructor
    if arguments.count > 2 {
      guard let given = arguments[2].asObject, given.isConstructor else {
        throw realm.typeError("\(realm.describeForMessage(arguments[2])) is not a constructor")
      }
      newTarget = given
    }
    return try realm.withArgumentList(from: arguments[1]) { list throws(Thrown) in
      try constructor.construct(arguments: list, newTarget: newTarget, realm)
    }
  }

  static func defineProperty(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "defineProperty")
    let key = try realm.toPropertyKey(arguments[1])
    return Value(try object.defineOwnProperty(key, try realm.toPropertyDescriptor(arguments[2]), realm))
  }

  static func deleteProperty(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "deleteProperty")
    return Value(try object.delete(try realm.toPropertyKey(arguments[1]), realm))
  }

  static func get(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "get")
    let key = try realm.toPropertyKey(arguments[1])
    return try object.get(key, receiver: arguments.count > 2 ? arguments[2] : arguments[0], realm)
  }

  static func set(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "set")
    let key = try realm.toPropertyKey(arguments[1])
    return Value(try object.set(key, arguments[2], receiver: arguments.count > 3 ? arguments[3] : arguments[0], realm))
  }

  static func getOwnPropertyDescriptor(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "getOwnPropertyDescriptor")
    let key = try realm.toPropertyKey(arguments[1])
    return realm.fromPropertyDescriptor(try object.getOwnProperty(key, realm))
  }

  static func getPrototypeOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try target(realm, arguments, "getPrototypeOf").getPrototype(realm).map(Value.init) ?? .null
  }

  static func setPrototypeOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "setPrototypeOf")
    return Value(try object.setPrototype(try realm.requirePrototype(arguments[1]), realm))
  }

  static func has(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try target(realm, arguments, "has")
    return Value(try object.hasProperty(try realm.toPropertyKey(arguments[1]), realm))
  }

  static func isExtensible(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try target(realm, arguments, "isExtensible").isExtensible(realm))
  }

  static func preventExtensions(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try target(realm, arguments, "preventExtensions").preventExtensions(realm))
  }

  static func ownKeys(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let keys = try target(realm, arguments, "ownKeys").ownKeys(realm)
    return Value(realm.makeArray(keys.filter { !$0.isPrivate }.map(realm.value(of:))))
  }
}
