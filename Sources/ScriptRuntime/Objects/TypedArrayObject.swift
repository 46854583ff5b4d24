// https://tc39.es/ecma262/#sec-typedarray-exotic-objects

/// A typed array. `data` and `count` are kept right by the buffer, so that element access is a comparison and a load.
public final class TypedArrayObject: ScriptObject {
  public let elementKind: TypedArrayKind
  /// The first element; nil while detached or out of bounds.
  public private(set) var data: UnsafeMutableRawPointer?
  /// Elements; 0 while detached or out of bounds.
  public private(set) var count: Int
  /// Nil when the buffer was detached.
  public private(set) var storage: ByteStorage?
  // Made when somebody asks for it.
  private var bufferObject: Ref<ArrayBufferObject>?
  /// From the start of the buffer, as given at creation.
  let fixedByteOffset: Int
  /// Nil where the array follows the length of its buffer.
  let fixedCount: Int?
  private(set) var isOutOfBounds = false

  /// An array over memory that no buffer object stands for yet.
  public init(realm: Realm, kind elementKind: TypedArrayKind, storage: ByteStorage, count: Int, prototype: ScriptObject? = nil) {
    self.elementKind = elementKind
    self.storage = storage
    data = storage.base
    self.count = count
    fixedByteOffset = 0
    fixedCount = count
    let parent = prototype ?? realm.intrinsics[.typedArrayOf(elementKind.rawValue)]
    super.init(heap: realm.heap, shape: realm.rootShape(for: parent), kind: .typedArray, isExotic: true)
  }

  /// A view of a buffer from `byteOffset` on; `count` nil follows the buffer's length.
  public init(
    realm: Realm, kind elementKind: TypedArrayKind, buffer: ArrayBufferObject, byteOffset: Int, count: Int?,
    prototype: ScriptObject? = nil
  ) {
    self.elementKind = elementKind
    bufferObject = Ref(buffer)
    fixedByteOffset = byteOffset
    fixedCount = count
    data = nil
    self.count = 0
    let parent = prototype ?? realm.intrinsics[.typedArrayOf(elementKind.rawValue)]
    super.init(heap: realm.heap, shape: realm.rootShape(for: parent), kind: .typedArray, isExotic: true)
    buffer.add(self, realm)
    revalidate()
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(bufferObject)
  }

  public override var byteSize: Int {
    guard bufferObject == nil, let storage, storage.isOwned else { return super.byteSize + 64 }
    return super.byteSize + 64 + storage.byteCount
  }

  // MARK: Buffer

  /// The buffer behind the elements.
  public func buffer(_ realm: Realm) -> ArrayBufferObject {
    if let bufferObject { return bufferObject.cell }
    // An array without a buffer object always has its storage: only buffers are detached.
    let memory = storage ?? ByteStorage(borrowing: UnsafeMutableRawPointer(realm.stackPointer), byteCount: 0, owner: self)
    let buffer = ArrayBufferObject(realm: realm, storage: memory)
    bufferObject = Ref(buffer)
    buffer.add(self, realm)
    return buffer
  }

  /// Takes the place and length anew from the buffer.
  func revalidate() {
    guard let buffer = bufferObject?.cell else { return }
    let available = buffer.byteLength - fixedByteOffset
    let size = elementKind.elementSize
    guard let memory = buffer.storage, available >= 0, available >= (fixedCount ?? 0) * size else {
      isOutOfBounds = true
      data = nil
      count = 0
      storage = nil
      return
    }
    isOutOfBounds = false
    storage = memory
    data = memory.base + fixedByteOffset
    count = fixedCount ?? available / size
  }

  public var byteLength: Int { count * elementKind.elementSize }
  /// 0 while out of bounds.
  public var byteOffset: Int { isOutOfBounds ? 0 : fixedByteOffset }

  // MARK: Elements

  /// The element, `.empty` where there is none and for the BigInt kinds.
  @inline(__always)
  func element(_ index: Int) -> Value {
    guard UInt(bitPattern: index) < UInt(bitPattern: count), let data else { return .empty }
    return elementKind.load(data + index << elementKind.elementShift)
  }

  /// Stores an element; false where there is none and for the BigInt kinds.
  @inline(__always)
  func setElement(_ index: Int, _ number: Double) -> Bool {
    guard UInt(bitPattern: index) < UInt(bitPattern: count), let data else { return false }
    return elementKind.store(number, data + index << elementKind.elementShift)
  }

  /// https://tc39.es/ecma262/#sec-typedarraygetelement, BigInts too; `.undefined` out of bounds.
  func value(at index: Int, _ realm: Realm) -> Value {
    guard index >= 0, index < count, let data else { return .undefined }
    switch elementKind {
    case .bigInt64: return realm.bigInt(BigInteger(Int(data.load(fromByteOffset: index * 8, as: Int64.self))))
    case .bigUint64: return realm.bigInt(BigInteger(data.load(fromByteOffset: index * 8, as: UInt64.self)))
    default: return element(index)
    }
  }

  /// Stores a value that `numeric(_:_:)` has made.
  func store(_ numeric: Value, at index: Int) {
    switch numeric {
    case .number(let number): _ = setElement(index, number)
    case .bigInt(let integer):
      guard index >= 0, index < count, let data else { return }
      data.storeBytes(of: integer.cell.value.truncatedWord, toByteOffset: index * 8, as: UInt64.self)
    default: break
    }
  }

  /// A value as the kind of number that the elements are.
  func numeric(_ value: Value, _ realm: Realm) throws(Thrown) -> Value {
    elementKind.isBigInt ? realm.bigInt(try realm.toBigInt(value)) : .number(try realm.toNumber(value))
  }

  // MARK: Internal methods

  /// What a key means to a typed array.
  private enum ElementKey {
    case element(Int)
    /// A number that is no index of an element: "-0", "1.5", or past the end.
    case noElement
    case property
  }

  private func elementKey(_ key: PropertyKey, _ realm: Realm) -> ElementKey {
    if key.isIndex { return key.index < count ? .element(key.index) : .noElement }
    guard !key.isSymbol, let number = realm.canonicalNumericIndex(of: key) else { return .property }
    guard number == number.rounded(.towardZero), number >= 0, number.sign == .plus, number < Double(count) else { return .noElement }
    return .element(Int(number))
  }

  public override func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    switch elementKey(key, realm) {
    case .element(let index): PropertyDescriptor(value: value(at: index, realm), flags: .all)
    case .noElement: nil
    case .property: ordinaryGetOwnProperty(key)
    }
  }

  public override func hasProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    switch elementKey(key, realm) {
    case .element: return true
    case .noElement: return false
    case .property:
      if hasOrdinaryOwnProperty(key) { return true }
      try realm.checkDepth()
      return try shape.prototype?.hasProperty(key, realm) ?? false
    }
  }

  public override func defineOwnProperty(
    _ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm
  ) throws(Thrown) -> Bool {
    switch elementKey(key, realm) {
    case .noElement: return false
    case .property: return ordinaryDefineOwnProperty(key, descriptor, realm)
    case .element(let index):
      if descriptor.isConfigurable == false || descriptor.isEnumerable == false || descriptor.isAccessor
        || descriptor.isWritable == false
      {
        return false
      }
      if let value = descriptor.value { store(try numeric(value, realm), at: index) }
      return true
    }
  }

  public override func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    switch elementKey(key, realm) {
    case .element(let index): return value(at: index, realm)
    case .noElement: return .undefined
    case .property:
      let (value, flags) = ordinaryOwnSlot(key)
      if !value.isEmpty {
        if flags.contains(.accessor), let pair = value.accessorPair { return try realm.callGetter(pair.getter, this: receiver) }
        return value
      }
      guard let parent = shape.prototype else { return .undefined }
      try realm.checkDepth()
      return try parent.get(key, receiver: receiver, realm)
    }
  }

  public override func set(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    let place = elementKey(key, realm)
    if case .property = place { return try ordinarySet(key, value, receiver: receiver, realm) }
    if case .object(let target) = receiver, target.cell === self {
      // The conversion runs script code, so the element is looked for afterwards.
      let numeric = try numeric(value, realm)
      if case .element(let index) = elementKey(key, realm) { store(numeric, at: index) }
      return true
    }
    guard case .element = place else { return true }
    return try ordinarySet(key, value, receiver: receiver, realm)
  }

  public override func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    switch elementKey(key, realm) {
    case .element: false
    case .noElement: true
    case .property: ordinaryDelete(key, realm)
    }
  }

  public override func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] {
    var keys: [PropertyKey] = []
    keys.reserveCapacity(count + shape.count)
    for index in 0..<count { keys.append(realm.key(index: index)) }
    appendNamedKeys(to: &keys)
    return keys
  }

  /// Not while elements may come and go: https://tc39.es/ecma262/#sec-typedarray-preventextensions.
  public override func preventExtensions(_ realm: Realm) throws(Thrown) -> Bool {
    if fixedCount == nil { return false }
    if let buffer = bufferObject?.cell, buffer.isResizable, !buffer.isShared { return false }
    return try super.preventExtensions(realm)
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-canonicalnumericindexstring for a string key that is no small index.
  func canonicalNumericIndex(of key: PropertyKey) -> Double? {
    let text = keys.text(of: key)
    guard text.length > 0 else { return nil }
    // Digits, "-1", "Infinity", "NaN": most names are ruled out by their first unit.
    let first = text.unit(at: 0)
    guard (first >= 48 && first <= 57) || first == 45 || first == 73 || first == 78 else { return nil }
    if text.length == 2, first == 45, text.unit(at: 1) == 48 { return -0.0 }
    let number = Realm.number(of: text)
    return string(number: number).isEqual(to: text) ? number : nil
  }
}
