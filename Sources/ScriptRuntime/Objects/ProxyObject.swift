// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots

/// An object whose behaviour another one, its handler, decides.
final class ProxyObject: ScriptObject {
  /// Nil once the proxy has been revoked, like `handler`.
  private(set) var target: Ref<ScriptObject>?
  private(set) var handler: Ref<ScriptObject>?
  private let canConstruct: Bool

  init(realm: Realm, target: ScriptObject, handler: ScriptObject) {
    self.target = Ref(target)
    self.handler = Ref(handler)
    canConstruct = target.isConstructor
    super.init(heap: realm.heap, shape: realm.rootShape(for: nil), kind: .proxy, isExotic: true)
    isCallable = target.isCallable
  }

  override var isConstructor: Bool { canConstruct }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(target)
    marker.visit(handler)
  }

  func revoke() {
    target = nil
    handler = nil
  }

  /// The target and, if the handler has it, the function for an operation.
  private func trap(
    _ name: PropertyKey, _ realm: Realm
  ) throws(Thrown) -> (target: ScriptObject, handler: Value, function: ScriptObject?) {
    try realm.checkDepth()
    try realm.safePoint()
    guard let target, let handler else {
      throw realm.typeError("Cannot perform '\(realm.describe(name))' on a proxy that has been revoked")
    }
    let function = try realm.getMethod(.object(handler), name)
    return (target.cell, .object(handler), function)
  }

  private func violation(_ trap: StaticString, _ key: PropertyKey? = nil, _ realm: Realm) -> Thrown {
    let property = key.map { " for property '\(realm.describe($0))'" } ?? ""
    return realm.typeError("'\(trap)' on proxy: the trap's result\(property) contradicts the proxy target")
  }

  // MARK: Prototype and extensibility

  override func getPrototype(_ realm: Realm) throws(Thrown) -> ScriptObject? {
    let (target, handler, function) = try trap(.known(.getPrototypeOf), realm)
    guard let function else { return try target.getPrototype(realm) }
    let prototype: ScriptObject?
    switch try realm.call(function, this: handler, Value(target)) {
    case .object(let reference): prototype = reference.cell
    case .null: prototype = nil
    default: throw realm.typeError("'getPrototypeOf' on proxy: trap returned neither object nor null")
    }
    if try !target.isExtensible(realm), try target.getPrototype(realm) !== prototype {
      throw violation("getPrototypeOf", nil, realm)
    }
    return prototype
  }

  override func setPrototype(_ prototype: ScriptObject?, _ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.setPrototypeOf), realm)
    guard let function else { return try target.setPrototype(prototype, realm) }
    guard try realm.call(function, this: handler, Value(target), prototype.map(Value.init) ?? .null).isTruthy else {
      return false
    }
    if try !target.isExtensible(realm), try target.getPrototype(realm) !== prototype {
      throw violation("setPrototypeOf", nil, realm)
    }
    return true
  }

  override func isExtensible(_ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.isExtensible), realm)
    guard let function else { return try target.isExtensible(realm) }
    let result = try realm.call(function, this: handler, Value(target)).isTruthy
    if try target.isExtensible(realm) != result { throw violation("isExtensible", nil, realm) }
    return result
  }

  override func preventExtensions(_ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.preventExtensions), realm)
    guard let function else { return try target.preventExtensions(realm) }
    let result = try realm.call(function, this: handler, Value(target)).isTruthy
    if result, try target.isExtensible(realm) { throw violation("preventExtensions", nil, realm) }
    return result
  }

  // MARK: Properties

  override func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    // Private names never reach a proxy's target: they are the proxy's own.
    if key.isPrivate { return ordinaryGetOwnProperty(key) }
    let (target, handler, function) = try trap(.known(.getOwnPropertyDescriptor), realm)
    guard let function else { return try target.getOwnProperty(key, realm) }
    let result = try realm.call(function, this: handler, Value(target), realm.value(of: key))
    guard result.isObject || result.isUndefined else {
      throw realm.typeError("'getOwnPropertyDescriptor' on proxy: trap returned neither object nor undefined")
    }
    let current = try target.getOwnProperty(key, realm)
    if result.isUndefined {
      guard let current else { return nil }
      if current.isConfigurable == false { throw violation("getOwnPropertyDescriptor", key, realm) }
      if try !target.isExtensible(realm) { throw violation("getOwnPropertyDescriptor", key, realm) }
      return nil
    }
    let isExtensible = try target.isExtensible(realm)
    var descriptor = try realm.toPropertyDescriptor(result)
    descriptor.complete()
    guard ProxyObject.isCompatible(descriptor, with: current, isExtensible: isExtensible) else {
      throw violation("getOwnPropertyDescriptor", key, realm)
    }
    if descriptor.isConfigurable == false {
      guard let current, current.isConfigurable == false else { throw violation("getOwnPropertyDescriptor", key, realm) }
      if descriptor.isWritable == false, current.isWritable == true { throw violation("getOwnPropertyDescriptor", key, realm) }
    }
    return descriptor
  }

  /// https://tc39.es/ecma262/#sec-iscompatiblepropertydescriptor
  private static func isCompatible(
    _ descriptor: PropertyDescriptor, with current: PropertyDescriptor?, isExtensible: Bool
  ) -> Bool {
    guard let current else { return isExtensible }
    return ScriptObject.isCompatible(descriptor, with: current)
  }

  override func defineOwnProperty(
    _ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm
  ) throws(Thrown) -> Bool {
    if key.isPrivate { return ordinaryDefineOwnProperty(key, descriptor, realm) }
    let (target, handler, function) = try trap(.known(.defineProperty), realm)
    guard let function else { return try target.defineOwnProperty(key, descriptor, realm) }
    let described = realm.fromPropertyDescriptor(descriptor)
    guard try realm.call(function, this: handler, Value(target), realm.value(of: key), described).isTruthy else {
      return false
    }
    let current = try target.getOwnProperty(key, realm)
    let isExtensible = try target.isExtensible(realm)
    guard let current else {
      if !isExtensible || descriptor.isConfigurable == false { throw violation("defineProperty", key, realm) }
      return true
    }
    guard ProxyObject.isCompatible(descriptor, with: current, isExtensible: isExtensible) else {
      throw violation("defineProperty", key, realm)
    }
    if descriptor.isConfigurable == false, current.isConfigurable == true { throw violation("defineProperty", key, realm) }
    if current.isConfigurable == false, current.isWritable == true, descriptor.isWritable == false {
      throw violation("defineProperty", key, realm)
    }
    return true
  }

  override func hasProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.has), realm)
    guard let function else { return try target.hasProperty(key, realm) }
    let result = try realm.call(function, this: handler, Value(target), realm.value(of: key)).isTruthy
    if !result, let current = try target.getOwnProperty(key, realm) {
      if current.isConfigurable == false { throw violation("has", key, realm) }
      if try !target.isExtensible(realm) { throw violation("has", key, realm) }
    }
    return result
  }

  override func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    let (target, handler, function) = try trap(.known(.get), realm)
    guard let function else { return try target.get(key, receiver: receiver, realm) }
    let value = try realm.call(function, this: handler, Value(target), realm.value(of: key), receiver)
    if let current = try target.getOwnProperty(key, realm), current.isConfigurable == false {
      if !current.isAccessor, current.isWritable == false, !Value.same(value, current.value ?? .undefined) {
        throw violation("get", key, realm)
      }
      if current.isAccessor, (current.getter ?? .undefined).isUndefined, !value.isUndefined {
        throw violation("get", key, realm)
      }
    }
    return value
  }

  override func set(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.set), realm)
    guard let function else { return try target.set(key, value, receiver: receiver, realm) }
    let answer = try realm.call(
      function, this: handler, Value(target), realm.value(of: key), value, fourth: receiver)
    guard answer.isTruthy else { return false }
    if let current = try target.getOwnProperty(key, realm), current.isConfigurable == false {
      if !current.isAccessor, current.isWritable == false, !Value.same(value, current.value ?? .undefined) {
        throw violation("set", key, realm)
      }
      if current.isAccessor, (current.setter ?? .undefined).isUndefined { throw violation("set", key, realm) }
    }
    return true
  }

  override func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    let (target, handler, function) = try trap(.known(.deleteProperty), realm)
    guard let function else { return try target.delete(key, realm) }
    guard try realm.call(function, this: handler, Value(target), realm.value(of: key)).isTruthy else { return false }
    guard let current = try target.getOwnProperty(key, realm) else { return true }
    if current.isConfigurable == false { throw violation("deleteProperty", key, realm) }
    if try !target.isExtensible(realm) { throw violation("deleteProperty", key, realm) }
    return true
  }

  /// https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-ownpropertykeys
  override func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] {
    let (target, handler, function) = try trap(.known(.ownKeys), realm)
    guard let function else { return try target.ownKeys(realm) }
    let list = try realm.call(function, this: handler, Value(target))
    guard let listObject = list.asObject else { throw realm.typeError("CreateListFromArrayLike called on non-object") }
    var keys: [PropertyKey] = []
    var unchecked: Set<PropertyKey> = []
    for index in 0..<(try realm.length(of: listObject)) {
      let name = try realm.element(of: listObject, index)
      switch name {
      case .string, .symbol: break
      default: throw realm.typeError("\(realm.describeForMessage(name)) is not a valid property name")
      }
      let key = try realm.toPropertyKey(name)
      guard unchecked.insert(key).inserted else {
        throw realm.typeError("'ownKeys' on proxy: trap returned duplicate entries")
      }
      keys.append(key)
      try realm.safePoint()
    }
    let isExtensible = try target.isExtensible(realm)
    var configurable: [PropertyKey] = [], fixed: [PropertyKey] = []
    for key in try target.ownKeys(realm) where !key.isPrivate {
      if try target.getOwnProperty(key, realm)?.isConfigurable == false { fixed.append(key) } else { configurable.append(key) }
    }
    for key in fixed where unchecked.remove(key) == nil { throw violation("ownKeys", key, realm) }
    if isExtensible { return keys }
    for key in configurable where unchecked.remove(key) == nil { throw violation("ownKeys", key, realm) }
    guard unchecked.isEmpty else { throw violation("ownKeys", unchecked.first, realm) }
    return keys
  }

  // MARK: Calls

  override func call(this: Value, arguments: Arguments, _ realm: Realm) throws(Thrown) -> Value {
    let (target, handler, function) = try trap(.known(.apply), realm)
    guard let function else { return try target.call(this: this, arguments: arguments, realm) }
    return try realm.call(function, this: handler, Value(target), this, Value(realm.makeArray(arguments.array)))
  }

  override func construct(arguments: Arguments, newTarget: ScriptObject, _ realm: Realm) throws(Thrown) -> Value {
    let (target, handler, function) = try trap(.known(.construct), realm)
    guard let function else { return try target.construct(arguments: arguments, newTarget: newTarget, realm) }
    let list = Value(realm.makeArray(arguments.array))
    let result = try realm.call(function, this: handler, Value(target), list, Value(newTarget))
    guard result.isObject else { throw realm.typeError("proxy [[Construct]] must return an object") }
    return result
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-proxy-constructor
  func installProxyBuiltins() {
    let constructor = makeNativeFunction(
      nameValue: Value(string("Proxy")), length: 2,
      construct: { (realm: Realm, arguments: Arguments, _: ScriptObject) throws(Thrown) -> Value in
        Value(try realm.makeProxy(arguments))
      },
      { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor Proxy requires 'new'")
      })
    defineHidden(globalObject, key("Proxy"), Value(constructor))
    defineMethod(constructor, "revocable", length: 2) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let proxy = try realm.makeProxy(arguments)
      let reference = Ref(proxy)
      let revoke = realm.makeNativeFunction(nameValue: Value(realm.emptyString), length: 0) {
        (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        reference.cell.revoke()
        return .undefined
      }
      revoke.captured = [Value(proxy)]
      let result = realm.makeObject()
      result.appendSlot(.known(.proxy), Value(proxy), realm)
      result.appendSlot(.known(.revoke), Value(revoke), realm)
      return Value(result)
    }
  }

  /// https://tc39.es/ecma262/#sec-proxycreate
  private func makeProxy(_ arguments: Arguments) throws(Thrown) -> ProxyObject {
    guard let target = arguments[0].asObject, let handler = arguments[1].asObject else {
      throw typeError("Cannot create proxy with a non-object as target or handler")
    }
    return ProxyObject(realm: self, target: target, handler: handler)
  }
}
