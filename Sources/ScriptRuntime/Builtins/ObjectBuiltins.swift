// https://tc39.es/ecma262/#sec-object-objects: the constructor and what is found on it.

extension Realm {
  func installObjectBuiltins() {
    let constructor = defineConstructor(
      "Object", length: 1, prototype: intrinsics.objectPrototype,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        arguments[0].isNullish ? Value(realm.makeObject()) : Value(try realm.toObject(arguments[0]))
      },
      construct: ObjectBuiltins.construct)
    defineMethod(constructor, "assign", length: 2, ObjectBuiltins.assign)
    defineMethod(constructor, "create", length: 2, ObjectBuiltins.create)
    defineMethod(constructor, "defineProperties", length: 2, ObjectBuiltins.defineProperties)
    defineMethod(constructor, "defineProperty", length: 3, ObjectBuiltins.defineProperty)
    defineMethod(constructor, "entries", length: 1, ObjectBuiltins.entries)
    defineMethod(constructor, "freeze", length: 1, ObjectBuiltins.freeze)
    defineMethod(constructor, "fromEntries", length: 1, ObjectBuiltins.fromEntries)
    defineMethod(constructor, "getOwnPropertyDescriptor", length: 2, ObjectBuiltins.getOwnPropertyDescriptor)
    defineMethod(constructor, "getOwnPropertyDescriptors", length: 1, ObjectBuiltins.getOwnPropertyDescriptors)
    defineMethod(constructor, "getOwnPropertyNames", length: 1, ObjectBuiltins.getOwnPropertyNames)
    defineMethod(constructor, "getOwnPropertySymbols", length: 1, ObjectBuiltins.getOwnPropertySymbols)
    defineMethod(constructor, "getPrototypeOf", length: 1, ObjectBuiltins.getPrototypeOf)
    defineMethod(constructor, "groupBy", length: 2, ObjectBuiltins.groupBy)
    defineMethod(constructor, "hasOwn", length: 2, ObjectBuiltins.hasOwn)
    defineMethod(constructor, "is", length: 2, ObjectBuiltins.isSame)
    defineMethod(constructor, "isExtensible", length: 1, ObjectBuiltins.isExtensible)
    defineMethod(constructor, "isFrozen", length: 1, ObjectBuiltins.isFrozen)
    defineMethod(constructor, "isSealed", length: 1, ObjectBuiltins.isSealed)
    defineMethod(constructor, "keys", length: 1, ObjectBuiltins.keys)
    defineMethod(constructor, "preventExtensions", length: 1, ObjectBuiltins.preventExtensions)
    defineMethod(constructor, "seal", length: 1, ObjectBuiltins.seal)
    defineMethod(constructor, "setPrototypeOf", length: 2, ObjectBuiltins.setPrototypeOf)
    defineMethod(constructor, "values", length: 1, ObjectBuiltins.values)
    installObjectPrototype()
  }
}

/// `Object` and its static methods.
enum ObjectBuiltins {
  /// https://tc39.es/ecma262/#sec-object-value
  static func construct(_ realm: Realm, _ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    // The constructor itself is the one native function whose `prototype` is Object.prototype.
    let isOwnTarget =
      newTarget.kind == .nativeFunction
      && newTarget.ordinaryOwnSlot(.prototype).value.asObject === realm.intrinsics.objectPrototype
    if !isOwnTarget {
      return Value(
        realm.makeObject(prototype: try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics.objectPrototype)))
    }
    return arguments[0].isNullish ? Value(realm.makeObject()) : Value(try realm.toObject(arguments[0]))
  }

  /// https://tc39.es/ecma262/#sec-object.assign
  static func assign(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let target = try realm.toObject(arguments[0])
    for index in 1..<max(1, arguments.count) where !arguments[index].isNullish {
      let source = try realm.toObject(arguments[index])
      for key in try source.ownKeys(realm) {
        if source.isExotic {
          guard let descriptor = try source.getOwnProperty(key, realm), descriptor.isEnumerable == true else { continue }
        } else {
          let (value, flags) = source.ordinaryOwnSlot(key)
          guard !value.isEmpty, flags.contains(.enumerable) else { continue }
        }
        try realm.set(target, key, try source.get(key, receiver: Value(source), realm))
      }
    }
    return Value(target)
  }

  /// https://tc39.es/ecma262/#sec-object.create
  static func create(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object: ScriptObject
    switch arguments[0] {
    case .object(let prototype): object = realm.makeObject(prototype: prototype.cell)
    case .null: object = realm.makeObject(prototype: nil)
    default: throw realm.typeError("Object prototype may only be an Object or null: \(realm.describeForMessage(arguments[0]))")
    }
    if !arguments[1].isUndefined { try realm.defineProperties(object, from: arguments[1]) }
    return Value(object)
  }

  static func defineProperties(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { throw realm.typeError("Object.defineProperties called on non-object") }
    try realm.defineProperties(object, from: arguments[1])
    return arguments[0]
  }

  static func defineProperty(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { throw realm.typeError("Object.defineProperty called on non-object") }
    let key = try realm.toPropertyKey(arguments[1])
    try realm.defineProperty(object, key, try realm.toPropertyDescriptor(arguments[2]))
    return arguments[0]
  }

  // MARK: Listing properties

  static func keys(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let result = realm.makeArray()
    try realm.forEachEnumerableKey(of: object) { key throws(Thrown) in
      result.append(realm.value(of: key), realm)
    }
    return Value(result)
  }

  static func values(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let result = realm.makeArray()
    try realm.forEachEnumerableKey(of: object) { key throws(Thrown) in
      result.append(try object.get(key, receiver: Value(object), realm), realm)
    }
    return Value(result)
  }

  static func entries(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let result = realm.makeArray()
    try realm.forEachEnumerableKey(of: object) { key throws(Thrown) in
      let value = try object.get(key, receiver: Value(object), realm)
      result.append(Value(realm.makeArray([realm.value(of: key), value])), realm)
    }
    return Value(result)
  }

  static func getOwnPropertyNames(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let keys = try object.ownKeys(realm).filter { !$0.isSymbol }
    return Value(realm.makeArray(keys.map(realm.value(of:))))
  }

  static func getOwnPropertySymbols(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let keys = try object.ownKeys(realm).filter { $0.isSymbol && !$0.isPrivate }
    return Value(realm.makeArray(keys.map(realm.value(of:))))
  }

  static func getOwnPropertyDescriptor(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let key = try realm.toPropertyKey(arguments[1])
    return realm.fromPropertyDescriptor(try object.getOwnProperty(key, realm))
  }

  static func getOwnPropertyDescriptors(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let result = realm.makeObject()
    for key in try object.ownKeys(realm) {
      let descriptor = realm.fromPropertyDescriptor(try object.getOwnProperty(key, realm))
      if !descriptor.isUndefined { try realm.createDataProperty(result, key, descriptor) }
    }
    return Value(result)
  }

  static func hasOwn(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(arguments[0])
    let key = try realm.toPropertyKey(arguments[1])
    return Value(try realm.hasOwnProperty(object, key))
  }

  // MARK: Entries to objects

  /// https://tc39.es/ecma262/#sec-object.fromentries
  static func fromEntries(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard !arguments[0].isNullish else {
      throw realm.typeError("\(realm.describeForMessage(arguments[0])) is not iterable")
    }
    let result = realm.makeObject()
    try realm.forEach(in: arguments[0]) { item throws(Thrown) in
      guard let entry = item.asObject else {
        throw realm.typeError("Iterator value \(realm.describeForMessage(item)) is not an entry object")
      }
      let name = try entry.get(PropertyKey(index: 0), receiver: item, realm)
      let value = try entry.get(PropertyKey(index: 1), receiver: item, realm)
      try realm.createDataProperty(result, try realm.toPropertyKey(name), value)
      return true
    }
    return Value(result)
  }

  /// https://tc39.es/ecma262/#sec-object.groupby
  static func groupBy(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard !arguments[0].isNullish else {
      throw realm.typeError("\(realm.describeForMessage(arguments[0])) is not iterable")
    }
    let callback = try realm.requireCallable(arguments[1])
    let result = realm.makeObject(prototype: nil)
    var index = 0
    try realm.forEach(in: arguments[0]) { item throws(Thrown) in
      let key = try realm.toPropertyKey(try realm.call(callback, this: .undefined, item, Value(index)))
      index += 1
      if let group = result.ordinaryOwnSlot(key).value.asObject as? ArrayObject {
        group.append(item, realm)
      } else {
        result.createDataSlot(key, Value(realm.makeArray([item])), realm)
      }
      return true
    }
    return Value(result)
  }

  static func isSame(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(Value.same(arguments[0], arguments[1]))
  }

  // MARK: Prototype and integrity

  static func getPrototypeOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try realm.toObject(arguments[0]).getPrototype(realm).map(Value.init) ?? .null
  }

  static func setPrototypeOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard !arguments[0].isNullish else { throw realm.typeError("Object.setPrototypeOf called on null or undefined") }
    let prototype = try realm.requirePrototype(arguments[1])
    guard let object = arguments[0].asObject else { return arguments[0] }
    guard try object.setPrototype(prototype, realm) else {
      throw realm.typeError("Cannot set the prototype of \(realm.describeForMessage(arguments[0]))")
    }
    return arguments[0]
  }

  static func isExtensible(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return .boolean(false) }
    return Value(try object.isExtensible(realm))
  }

  static func preventExtensions(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return arguments[0] }
    guard try object.preventExtensions(realm) else { throw realm.typeError("Cannot prevent extensions") }
    return arguments[0]
  }

  static func freeze(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if let object = arguments[0].asObject { try realm.freeze(object) }
    return arguments[0]
  }

  static func seal(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return arguments[0] }
    guard try object.preventExtensions(realm) else { throw realm.typeError("Cannot prevent extensions") }
    for key in try object.ownKeys(realm) {
      try realm.defineProperty(object, key, PropertyDescriptor(isConfigurable: false))
    }
    return arguments[0]
  }

  static func isFrozen(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return .boolean(true) }
    return Value(try realm.testIntegrity(object, isFrozen: true))
  }

  static func isSealed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return .boolean(true) }
    return Value(try realm.testIntegrity(object, isFrozen: false))
  }
}
