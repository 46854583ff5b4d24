// Property descriptors as script objects, and back.

extension Realm {
  /// https://tc39.es/ecma262/#sec-topropertydescriptor
  func toPropertyDescriptor(_ value: Value) throws(Thrown) -> PropertyDescriptor {
    guard let object = value.asObject else {
      throw typeError("Property description must be an object: \(describeForMessage(value))")
    }
    var descriptor = PropertyDescriptor()
    descriptor.isEnumerable = try memberIfPresent(object, .enumerable)?.isTruthy
    descriptor.isConfigurable = try memberIfPresent(object, .configurable)?.isTruthy
    descriptor.value = try memberIfPresent(object, .value)
    descriptor.isWritable = try memberIfPresent(object, .writable)?.isTruthy
    if let getter = try memberIfPresent(object, .get) {
      guard getter.isUndefined || getter.asCallable != nil else {
        throw typeError("Getter must be a function: \(describeForMessage(getter))")
      }
      descriptor.getter = getter
    }
    if let setter = try memberIfPresent(object, .set) {
      guard setter.isUndefined || setter.asCallable != nil else {
        throw typeError("Setter must be a function: \(describeForMessage(setter))")
      }
      descriptor.setter = setter
    }
    if descriptor.isAccessor && descriptor.isData {
      throw typeError("Invalid property descriptor. Cannot both specify accessors and a value or writable attribute")
    }
    return descriptor
  }

  private func memberIfPresent(_ object: ScriptObject, _ name: WellKnownName) throws(Thrown) -> Value? {
    let key = PropertyKey.known(name)
    guard try object.hasProperty(key, self) else { return nil }
    return try object.get(key, receiver: Value(object), self)
  }

  /// https://tc39.es/ecma262/#sec-frompropertydescriptor
  func fromPropertyDescriptor(_ descriptor: PropertyDescriptor?) -> Value {
    guard let descriptor else { return .undefined }
    let object = makeObject()
    if let value = descriptor.value { object.appendSlot(.known(.value), value, self) }
    if let isWritable = descriptor.isWritable { object.appendSlot(.known(.writable), Value(isWritable), self) }
    if let getter = descriptor.getter { object.appendSlot(.known(.get), getter, self) }
    if let setter = descriptor.setter { object.appendSlot(.known(.set), setter, self) }
    if let isEnumerable = descriptor.isEnumerable { object.appendSlot(.known(.enumerable), Value(isEnumerable), self) }
    if let isConfigurable = descriptor.isConfigurable {
      object.appendSlot(.known(.configurable), Value(isConfigurable), self)
    }
    return Value(object)
  }
}

extension PropertyDescriptor {
  /// https://tc39.es/ecma262/#sec-completepropertydescriptor
  mutating func complete() {
    if isAccessor {
      getter = getter ?? .undefined
      setter = setter ?? .undefined
    } else {
      value = value ?? .undefined
      isWritable = isWritable ?? false
    }
    isEnumerable = isEnumerable ?? false
    isConfigurable = isConfigurable ?? false
  }
}
