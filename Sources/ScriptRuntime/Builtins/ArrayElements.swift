// Reading and writing elements of arrays and of whatever looks like one.
//
// Each step looks at the dense elements first and falls back on the internal methods, so that loops stay right whatever a
// callback does to the object in between.

extension ScriptObject {
  /// Whether a dense element that is present is what [[Get]] would give.
  @inline(__always)
  final var hasPlainElements: Bool { !isExotic || kind == .array }

  /// Whether the object has had indexed properties of its own.
  @inline(__always)
  final var hasElements: Bool { elementCount > 0 || hasSparseElements }

  @inline(__always)
  private final var hasSparseElements: Bool {
    guard let rarity else { return false }
    return !rarity.sparse.isEmpty
  }

  /// The object as an array, where it is one.
  @inline(__always)
  final var asArray: ArrayObject? { kind == .array ? unsafeDowncast(self, to: ArrayObject.self) : nil }
}

extension Realm {
  /// [[Get]] of an index.
  @inline(__always)
  func element(of object: ScriptObject, _ index: Int) throws(Thrown) -> Value {
    if object.hasPlainElements {
      let element = object.denseElement(index)
      if !element.isEmpty { return element }
    }
    return try object.get(key(index: index), receiver: Value(object), self)
  }

  /// [[HasProperty]] and [[Get]] of an index: nil where there is no such property.
  @inline(__always)
  func elementIfPresent(of object: ScriptObject, _ index: Int) throws(Thrown) -> Value? {
    if object.hasPlainElements {
      let element = object.denseElement(index)
      if !element.isEmpty { return element }
    }
    return try elementIfPresentSlowly(object, index)
  }

  @inline(never)
  private func elementIfPresentSlowly(_ object: ScriptObject, _ index: Int) throws(Thrown) -> Value? {
    if let array = object.asArray, index < Int(array.elementCount), holesAreAbsent(in: array) { return nil }
    let key = key(index: index)
    guard try object.hasProperty(key, self) else { return nil }
    return try object.get(key, receiver: Value(object), self)
  }

  /// Set(object, index, value, true).
  @inline(__always)
  func setElement(of object: ScriptObject, _ index: Int, _ value: Value) throws(Thrown) {
    if object.hasPlainElements, !object.denseElement(index).isEmpty {
      object.elements?[index] = value
      return
    }
    try set(object, key(index: index), value)
  }

  /// CreateDataPropertyOrThrow(object, index, value).
  @inline(__always)
  func createElement(of object: ScriptObject, _ index: Int, _ value: Value) throws(Thrown) {
    if let array = object.asArray, array.isExtensibleFlag {
      // Within the dense part there are only plain elements and holes.
      if index < Int(array.elementCount) {
        array.elements?[index] = value
        return
      }
      if index == array.arrayLength, array.canAppend {
        array.append(value, self)
        return
      }
    }
    try createDataProperty(object, key(index: index), value)
  }

  /// DeletePropertyOrThrow(object, index).
  func deleteElement(of object: ScriptObject, _ index: Int) throws(Thrown) {
    try deleteProperty(object, key(index: index))
  }

  /// Set(object, "length", length, true).
  func setLength(of object: ScriptObject, _ length: Int) throws(Thrown) {
    try set(object, .length, Value(length))
  }

  /// Whether a hole of the array reads as undefined and nothing in the prototypes minds its being filled.
  func holesAreAbsent(in array: ArrayObject) -> Bool {
    guard !arrayPrototypesHaveElements, let arrayPrototype = state.pointee.arrayPrototype,
      let objectPrototype = state.pointee.objectPrototype
    else { return false }
    return array.withShape { $0.prototypeReference } == arrayPrototype
      && arrayPrototype.with { $0.withShape { $0.prototypeReference } } == objectPrototype
  }

  /// The array, if its elements can be moved about as a block of memory: dense, extensible, with a writable length, and with holes
  /// that are just missing.
  func movableArray(_ object: ScriptObject) -> ArrayObject? {
    guard let array = object.asArray, array.canAppend, holesAreAbsent(in: array) else { return nil }
    return array
  }

  // MARK: Making arrays

  /// https://tc39.es/ecma262/#sec-arraycreate
  func arrayCreate(length: Int) throws(Thrown) -> ArrayObject {
    guard length <= 4_294_967_295 else { throw rangeError("Invalid array length") }
    let array = makeArray()
    if length > 0 { _ = array.truncateOrExtend(to: length, self) }
    return array
  }

  /// https://tc39.es/ecma262/#sec-arrayspeciescreate
  func arraySpeciesCreate(_ original: ScriptObject, length: Int) throws(Thrown) -> ScriptObject {
    guard try isArray(Value(original)) else { return try arrayCreate(length: length) }
    var constructor = try original.get(.constructor, receiver: Value(original), self)
    if let object = constructor.asObject {
      constructor = try object.get(.speciesSymbol, receiver: constructor, self)
      if case .null = constructor { constructor = .undefined }
    }
    if constructor.isUndefined || constructor.asObject === intrinsics[.arrayConstructor] {
      return try arrayCreate(length: length)
    }
    guard constructor.asObject?.isConstructor == true else {
      throw typeError("object.constructor[Symbol.species] is not a constructor")
    }
    guard let made = try construct(constructor, [Value(length)]).asObject else { throw typeError("Species is not an object") }
    return made
  }

  // MARK: Calling back

  /// Calls a function with four arguments, as reducers are.
  func call(
    _ function: ScriptObject, this: Value, _ first: Value, _ second: Value, _ third: Value, fourth: Value
  ) throws(Thrown) -> Value {
    let base = stackPointer
    guard base + 8 < stackLimit else { throw stackOverflow() }
    base[0] = first
    base[1] = second
    base[2] = third
    base[3] = fourth
    stackPointer = base + 4
    defer { stackPointer = base }
    return try callBack(function, this: this, base: base, count: 4)
  }
}

/// Values in memory of their own while script code runs.
final class ValueBuffer: HeapCell {
  let base: UnsafeMutablePointer<Value>
  let capacity: Int

  init(_ realm: Realm, capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: max(capacity, 1))
    base.initialize(repeating: .undefined, count: capacity)
    super.init(heap: realm.heap)
    realm.heap.charge(capacity * 16)
  }

  deinit { base.deallocate() }

  override func visitChildren(_ marker: Marker) { marker.visit(base, count: capacity) }

  override var byteSize: Int { 64 + capacity * 16 }
}
