// https://tc39.es/ecma262/#sec-arguments-exotic-objects

/// The `arguments` of a sloppy function with plain parameters: its first elements are the parameters themselves.
///
/// The place of a mapped element among the dense ones is a hole, so that nobody reads it past the methods here; one with unusual
/// attributes has an entry for them, whose value is out of date.
final class MappedArgumentsObject: ScriptObject {
  private let scope: Ref<Scope>
  /// For each mapped index the place of its parameter in the scope, -1 where there is none (any more).
  private var parameterIndices: [Int]

  init(realm: Realm, scope: Ref<Scope>, parameterIndices: [Int]) {
    self.scope = scope
    self.parameterIndices = parameterIndices
    super.init(heap: realm.heap, shape: realm.shapes.plainObject, kind: .arguments, isExotic: true)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(scope)
  }

  /// Makes holes of the elements that are mapped.
  fileprivate func hideMappedElements() {
    for index in parameterIndices.indices where parameterIndices[index] >= 0 { elements?[index] = .empty }
  }

  /// The variable behind a key, if it is mapped.
  private func variable(_ key: PropertyKey) -> UnsafeMutablePointer<Value>? {
    guard key.isIndex, key.index < parameterIndices.count else { return nil }
    let place = parameterIndices[key.index]
    return place >= 0 && place < scope.cell.count ? scope.cell.values + place : nil
  }

  override func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    guard let variable = variable(key) else { return ordinaryGetOwnProperty(key) }
    var descriptor = ordinaryGetOwnProperty(key) ?? PropertyDescriptor(value: .undefined, flags: .all)
    descriptor.value = variable.pointee.orUndefined
    return descriptor
  }

  override func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    if let variable = variable(key) { return variable.pointee.orUndefined }
    return try ordinaryGet(key, receiver: receiver, realm)
  }

  override func set(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    // What is mapped is writable: losing that ends the mapping.
    if case .object(let target) = receiver, target.cell === self, let variable = variable(key) {
      variable.pointee = value
      return true
    }
    return try ordinarySet(key, value, receiver: receiver, realm)
  }

  override func defineOwnProperty(
    _ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm
  ) throws(Thrown) -> Bool {
    guard let variable = variable(key) else { return ordinaryDefineOwnProperty(key, descriptor, realm) }
    let current = variable.pointee.orUndefined
    if hasOrdinaryOwnProperty(key) {
      storeExisting(key, current, realm)
    } else {
      createDataSlot(key, current, realm)
    }
    let isDefined = ordinaryDefineOwnProperty(key, descriptor, realm)
    if isDefined {
      if let value = descriptor.value { variable.pointee = value }
      if descriptor.isAccessor || descriptor.isWritable == false { parameterIndices[key.index] = -1 }
    }
    if parameterIndices[key.index] >= 0, !denseElement(key.index).isEmpty { elements?[key.index] = .empty }
    return isDefined
  }

  override func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    guard ordinaryDelete(key, realm) else { return false }
    if variable(key) != nil { parameterIndices[key.index] = -1 }
    return true
  }

  override func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] {
    var indices: [PropertyKey] = []
    appendElementKeys(to: &indices)
    let stored = Set(indices)
    for index in parameterIndices.indices where parameterIndices[index] >= 0 && !stored.contains(PropertyKey(index: index)) {
      indices.append(PropertyKey(index: index))
    }
    indices.sort { $0.index < $1.index }
    appendNamedKeys(to: &indices)
    return indices
  }
}

extension Realm {
  /// Makes the `arguments` of a call that has just begun: its values still lie in the frame's first slots.
  func makeArguments(_ frame: FramePointer, _ setup: FunctionBody.ArgumentsSetup) -> ScriptObject {
    let count = frame.pointee.argumentCount
    let object: ScriptObject
    if setup.isMapped, let scope = frame.pointee.scope {
      object = MappedArgumentsObject(
        realm: self, scope: scope, parameterIndices: Array(setup.parameterIndices.prefix(count)))
    } else {
      object = ScriptObject(heap: heap, shape: shapes.plainObject, kind: .arguments)
    }
    if count > 0 {
      object.reserveElements(count, self)
      object.elements?.update(from: frame.pointee.slots, count: count)
      object.elementCount = Int32(truncatingIfNeeded: count)
      (object as? MappedArgumentsObject)?.hideMappedElements()
    }
    object.appendSlot(.length, Value(count), flags: .hidden, self)
    if let values = arrayValuesFunction {
      object.appendSlot(.iteratorSymbol, Value(values), flags: .hidden, self)
    }
    if setup.isMapped || frame.pointee.code.node?.isStrict == false && frame.pointee.code.node?.hasSimpleParameters == true {
      let callee: Value = frame.pointee.function.map { .object(Ref($0.cell)) } ?? .undefined
      object.appendSlot(.known(.callee), callee, flags: .hidden, self)
    } else {
      let thrower = Value(intrinsics[.throwTypeError])
      let pair = AccessorPair(heap: heap, getter: thrower, setter: thrower)
      object.appendSlot(.known(.callee), .internal(Ref(pair)), flags: .accessor, self)
    }
    return object
  }
}
