// https://tc39.es/ecma262/#sec-boolean-objects

extension Realm {
  func installBooleanBuiltins() {
    // Boolean.prototype is itself a Boolean object.
    let prototype = PrimitiveObject(
      realm: self, prototype: intrinsics.objectPrototype, kind: .boolean, primitive: .boolean(false))
    intrinsics[.boolean] = prototype
    defineConstructor(
      "Boolean", length: 1, prototype: prototype,
      call: { (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in Value(arguments[0].isTruthy) },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.boolean])
        return Value(
          PrimitiveObject(realm: realm, prototype: prototype, kind: .boolean, primitive: Value(arguments[0].isTruthy)))
      })
    defineMethod(prototype, "toString", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(try realm.toString(try realm.thisBoolean(this)))
    }
    defineMethod(prototype, "valueOf", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      try realm.thisBoolean(this)
    }
  }

  /// https://tc39.es/ecma262/#sec-thisbooleanvalue
  fileprivate func thisBoolean(_ value: Value) throws(Thrown) -> Value {
    if case .boolean = value { return value }
    if let wrapper = value.asObject as? PrimitiveObject, case .boolean = wrapper.primitive { return wrapper.primitive }
    throw typeError("\(describeForMessage(value)) is not a boolean")
  }
}
