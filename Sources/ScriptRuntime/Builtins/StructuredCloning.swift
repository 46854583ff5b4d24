// https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal, writing and reading in one go

/// What cloning needs of the host.
public struct StructuredCloneHost {
  /// Clones values that belong to an object of the host's.
  public typealias CloneMember = (Value) throws(Thrown) -> Value
  /// Clones an object of the host's; nil where it cannot be cloned. Errors come here too, as a host may have its own.
  public var clone: (Realm, ScriptObject, CloneMember) throws(Thrown) -> Value?
  /// Makes what an object of the host's in the transfer list becomes; nil where it cannot be transferred. The object itself stays
  /// as it is until `finishTransfer`.
  public var beginTransfer: (Realm, ScriptObject) throws(Thrown) -> Value?
  /// Takes away what was transferred.
  public var finishTransfer: (Realm, ScriptObject) -> Void
  /// Makes a DataCloneError.
  public var makeError: (Realm, String) -> Thrown

  public init(
    clone: @escaping (Realm, ScriptObject, CloneMember) throws(Thrown) -> Value? = { _, _, _ in nil },
    beginTransfer: @escaping (Realm, ScriptObject) throws(Thrown) -> Value? = { _, _ in nil },
    finishTransfer: @escaping (Realm, ScriptObject) -> Void = { _, _ in },
    makeError: @escaping (Realm, String) -> Thrown = { $0.typeError($1) }
  ) {
    self.clone = clone
    self.beginTransfer = beginTransfer
    self.finishTransfer = finishTransfer
    self.makeError = makeError
  }
}

extension Realm {
  /// A deep copy that shares nothing with `value`. The array buffers and host objects in `transfer` move over instead of being
  /// copied.
  public func structuredClone(
    _ value: Value, transfer: [Value] = [], host: StructuredCloneHost = StructuredCloneHost()
  ) throws(Thrown) -> Value {
    var cloner = StructuredCloner(realm: self, host: host)
    let moved = ValueList(self, transfer)
    for (index, item) in moved.values.enumerated() {
      guard let object = item.asObject, object.kind == .arrayBuffer || object.kind == .host else {
        throw host.makeError(self, "Value at index \(index) in the transfer list is not transferable.")
      }
      if cloner.copies(object) != nil {
        throw host.makeError(self, "Value at index \(index) in the transfer list is there twice.")
      }
      if let buffer = object as? ArrayBufferObject, buffer.isDetached || buffer.isShared {
        throw host.makeError(self, "An ArrayBuffer is detached and could not be cloned.")
      }
      cloner.remember(object, Value(object))
    }
    cloner.forgetAll()
    let result = try cloner.clone(value, transferring: moved)
    return result
  }
}

private struct StructuredCloner {
  let realm: Realm
  let host: StructuredCloneHost
  /// Originals and copies in turn.
  private let pairs: ValueList
  private var places: [UInt: Int] = [:]

  init(realm: Realm, host: StructuredCloneHost) {
    self.realm = realm
    self.host = host
    pairs = ValueList(realm)
  }

  func copies(_ object: ScriptObject) -> Value? { places[Ref(object).address].map { pairs.values[$0 + 1] } }

  mutating func remember(_ object: ScriptObject, _ copy: Value) {
    places[Ref(object).address] = pairs.values.count
    pairs.values.append(Value(object))
    pairs.values.append(copy)
  }

  mutating func forgetAll() {
    places.removeAll()
    pairs.values.removeAll()
  }

  /// Clones, then moves the buffers in the list to what their copies are.
  mutating func clone(_ value: Value, transferring list: ValueList) throws(Thrown) -> Value {
    // Copies of the buffers to be moved are empty until the cloning has succeeded.
    var targets: [(source: ArrayBufferObject, place: Int)] = []
    for (index, item) in list.values.enumerated() {
      if let object = item.asObject, object.kind == .host {
        guard let target = try host.beginTransfer(realm, object) else {
          throw host.makeError(realm, "Value at index \(index) in the transfer list is not transferable.")
        }
        remember(object, target)
        continue
      }
      guard let source = item.asObject as? ArrayBufferObject, let storage = source.storage else { continue }
      let copy = ArrayBufferObject(
        realm: realm, storage: storage, byteLength: source.byteLength, maximumByteLength: source.maximumByteLength)
      targets.append((source, pairs.values.count))
      remember(source, Value(copy))
    }
    let result = try clone(value)
    for (source, _) in targets { source.detach() }
    for item in list.values {
      if let object = item.asObject, object.kind == .host { host.finishTransfer(realm, object) }
    }
    return result
  }

  mutating func clone(_ value: Value) throws(Thrown) -> Value {
    switch value {
    case .symbol(let symbol): throw host.makeError(realm, "\(realm.describe(symbol.cell.key)) could not be cloned.")
    case .object(let reference):
      if let known = copies(reference.cell) { return known }
      try realm.checkDepth()
      try realm.safePoint()
      return try clone(reference.cell)
    default: return value
    }
  }

  private mutating func clone(_ object: ScriptObject) throws(Thrown) -> Value {
    switch object.kind {
    case .boolean, .number, .string, .bigInt:
      guard let wrapper = object as? PrimitiveObject else { break }
      return keep(object, try realm.toObject(wrapper.primitive))
    case .date: return keep(object, DateObject(realm: realm, time: unsafeDowncast(object, to: DateObject.self).time))
    case .regularExpression:
      let expression = unsafeDowncast(object, to: RegularExpressionObject.self)
      let copy = try realm.makeRegularExpression(pattern: expression.source.cell, flags: expression.flagsText.cell)
      remember(object, copy)
      return copy
    case .arrayBuffer: return keep(object, try cloneBuffer(unsafeDowncast(object, to: ArrayBufferObject.self)))
    case .typedArray: return try cloneTypedArray(unsafeDowncast(object, to: TypedArrayObject.self))
    case .dataView: return try cloneView(unsafeDowncast(object, to: DataViewObject.self))
    case .map, .set: return try cloneCollection(unsafeDowncast(object, to: CollectionObject.self))
    case .error:
      if let copy = try cloneByHost(object) { return copy }
      return try cloneError(object)
    case .array: return try cloneArray(object)
    case .plain, .arguments:
      if object.isCallable { break }
      let copy = realm.makeObject()
      remember(object, Value(copy))
      try cloneProperties(of: object, to: copy)
      return Value(copy)
    default:
      if let copy = try cloneByHost(object) { return copy }
    }
    throw host.makeError(realm, "\(realm.describeForMessage(Value(object))) could not be cloned.")
  }

  private mutating func cloneByHost(_ object: ScriptObject) throws(Thrown) -> Value? {
    let cloneObject = host.clone
    guard let copy = try cloneObject(realm, object, { (value: Value) throws(Thrown) -> Value in try self.clone(value) }) else { return nil }
    remember(object, copy)
    return copy
  }

  private mutating func keep(_ object: ScriptObject, _ copy: ScriptObject) -> Value {
    remember(object, Value(copy))
    return Value(copy)
  }

  private func cloneBuffer(_ buffer: ArrayBufferObject) throws(Thrown) -> ArrayBufferObject {
    guard let base = buffer.base, let storage = buffer.storage else {
      throw host.makeError(realm, "An ArrayBuffer is detached and could not be cloned.")
    }
    if buffer.isShared {
      return ArrayBufferObject(
        realm: realm, storage: storage, byteLength: buffer.byteLength, maximumByteLength: buffer.maximumByteLength, isShared: true)
    }
    let copy = try realm.makeStorage(byteCount: buffer.byteLength, reserving: buffer.maximumByteLength)
    copy.base.copyMemory(from: base, byteCount: buffer.byteLength)
    return ArrayBufferObject(
      realm: realm, storage: copy, byteLength: buffer.byteLength, maximumByteLength: buffer.maximumByteLength)
  }

  private mutating func cloneTypedArray(_ array: TypedArrayObject) throws(Thrown) -> Value {
    if array.isOutOfBounds { throw host.makeError(realm, "An ArrayBuffer is detached and could not be cloned.") }
    guard let buffer = try clone(Value(array.buffer(realm))).asObject as? ArrayBufferObject else { return .undefined }
    let copy = TypedArrayObject(
      realm: realm, kind: array.elementKind, buffer: buffer, byteOffset: array.fixedByteOffset, count: array.fixedCount)
    return keep(array, copy)
  }

  private mutating func cloneView(_ view: DataViewObject) throws(Thrown) -> Value {
    guard view.byteLength != nil, let buffer = try clone(Value(view.buffer.cell)).asObject as? ArrayBufferObject else {
      throw host.makeError(realm, "An ArrayBuffer is detached and could not be cloned.")
    }
    let copy = DataViewObject(
      realm: realm, buffer: buffer, byteOffset: view.fixedByteOffset, byteLength: view.fixedByteLength)
    return keep(view, copy)
  }

  private mutating func cloneCollection(_ collection: CollectionObject) throws(Thrown) -> Value {
    let prototype = realm.intrinsics[collection.kind == .map ? .map : .set]
    let copy = CollectionObject(realm: realm, kind: collection.kind, prototype: prototype)
    remember(collection, Value(copy))
    // The entries as they are now: getters run while cloning may change the collection.
    let entries = ValueList(realm)
    var cursor = collection.table.start
    while let (key, value) = collection.table.next(&cursor) { entries.values += [key, value] }
    for index in stride(from: 0, to: entries.values.count, by: 2) {
      let key = try clone(entries.values[index])
      let value = try clone(entries.values[index + 1])
      copy.table.set(key, value, realm.heap)
    }
    return Value(copy)
  }

  private mutating func cloneError(_ object: ScriptObject) throws(Thrown) -> Value {
    let nameValue = try object.get(.name, receiver: Value(object), realm)
    let name = nameValue.isUndefined ? "Error" : try realm.toText(nameValue)
    let kind = name == "AggregateError" ? ErrorKind.error : ErrorKind(rawValue: name) ?? .error
    let copy = ErrorObject(realm: realm, prototype: realm.intrinsics[.errorOf(kind)])
    remember(object, Value(copy))
    for key in [PropertyKey.message, .known(.stack), .known(.cause)] {
      guard let descriptor = try object.getOwnProperty(key, realm), let value = descriptor.value else { continue }
      let cloned = key == .known(.cause) ? try clone(value) : Value(try realm.toString(value))
      realm.defineHidden(copy, key, cloned)
    }
    return Value(copy)
  }

  private mutating func cloneArray(_ object: ScriptObject) throws(Thrown) -> Value {
    let copy = realm.makeArray()
    remember(object, Value(copy))
    try realm.set(copy, .length, Value(try realm.length(of: object)))
    try cloneProperties(of: object, to: copy)
    return Value(copy)
  }

  private mutating func cloneProperties(of object: ScriptObject, to copy: ScriptObject) throws(Thrown) {
    for key in try object.ownKeys(realm) where !key.isSymbol {
      guard let descriptor = try object.getOwnProperty(key, realm), descriptor.isEnumerable == true else { continue }
      let value = try object.get(key, receiver: Value(object), realm)
      try realm.createDataProperty(copy, key, try clone(value))
    }
  }
}
