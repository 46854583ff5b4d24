// Operations on objects that several built-ins share.

extension Realm {
  /// https://tc39.es/ecma262/#sec-objectdefineproperties
  func defineProperties(_ object: ScriptObject, from properties: Value) throws(Thrown) {
    let source = try toObject(properties)
    var descriptors: [(key: PropertyKey, descriptor: PropertyDescriptor)] = []
    // What the descriptors hold must be found by the collector while later ones are read.
    let held = ValueList(self)
    defer { withExtendedLifetime(held) {} }
    for key in try source.ownKeys(self) {
      guard let own = try source.getOwnProperty(key, self), own.isEnumerable == true else { continue }
      let descriptor = try toPropertyDescriptor(try source.get(key, receiver: Value(source), self))
      held.values.append(descriptor.value ?? .undefined)
      held.values.append(descriptor.getter ?? .undefined)
      held.values.append(descriptor.setter ?? .undefined)
      descriptors.append((key, descriptor))
    }
    for (key, descriptor) in descriptors { try defineProperty(object, key, descriptor) }
  }

  /// The keys of EnumerableOwnProperties, each tested for being enumerable when its turn comes.
  func forEachEnumerableKey(of object: ScriptObject, _ body: (PropertyKey) throws(Thrown) -> Void) throws(Thrown) {
    for key in try object.ownKeys(self) where !key.isSymbol {
      if object.isExotic && object.kind != .array {
        guard let descriptor = try object.getOwnProperty(key, self), descriptor.isEnumerable == true else { continue }
      } else {
        if key == .length && object.kind == .array { continue }
        let (value, flags) = object.ordinaryOwnSlot(key)
        guard !value.isEmpty, flags.contains(.enumerable) else { continue }
      }
      try body(key)
    }
  }

  /// https://tc39.es/ecma262/#sec-hasownproperty
  func hasOwnProperty(_ object: ScriptObject, _ key: PropertyKey) throws(Thrown) -> Bool {
    object.isExotic ? try object.getOwnProperty(key, self) != nil : object.hasOrdinaryOwnProperty(key)
  }

  /// https://tc39.es/ecma262/#sec-testintegritylevel
  func testIntegrity(_ object: ScriptObject, isFrozen: Bool) throws(Thrown) -> Bool {
    if try object.isExtensible(self) { return false }
    for key in try object.ownKeys(self) {
      guard let descriptor = try object.getOwnProperty(key, self) else { continue }
      if descriptor.isConfigurable == true { return false }
      if isFrozen, !descriptor.isAccessor, descriptor.isWritable == true { return false }
    }
    return true
  }

  /// What the setter of an accessor does that reads as a constant of `home`: other objects get a property of their own.
  /// https://tc39.es/ecma262/#sec-SetterThatIgnoresPrototypeProperties
  func setIgnoringHome(_ this: Value, _ home: ScriptObject, _ key: PropertyKey, _ value: Value) throws(Thrown) {
    guard let object = this.asObject else { throw typeError("Cannot set \(describe(key)) on a primitive") }
    guard object !== home else { throw typeError("Cannot assign to read only property '\(describe(key))' of object") }
    if try object.getOwnProperty(key, self) == nil {
      try createDataProperty(object, key, value)
    } else {
      try set(object, key, value)
    }
  }

  /// The function that a built-in was given, or a TypeError.
  func requireCallable(_ value: Value) throws(Thrown) -> ScriptObject {
    guard let function = value.asCallable else { throw typeError("\(describeForMessage(value)) is not a function") }
    return function
  }

  /// An object or null as a prototype, or a TypeError.
  func requirePrototype(_ value: Value) throws(Thrown) -> ScriptObject? {
    switch value {
    case .object(let reference): return reference.cell
    case .null: return nil
    default: throw typeError("Object prototype may only be an Object or null: \(describeForMessage(value))")
    }
  }
}
