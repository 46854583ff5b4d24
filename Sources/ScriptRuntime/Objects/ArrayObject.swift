// https://tc39.es/ecma262/#sec-array-exotic-objects

/// An array: its dense elements are the object's own; `arrayLength` may lie beyond them.
public final class ArrayObject: ScriptObject {
  /// 0 ..< 2^32. Never less than one past the last element.
  public internal(set) var arrayLength = 0
  var isLengthWritable = true

  init(heap: Heap, shape: Shape) {
    super.init(heap: heap, shape: shape, kind: .array, isExotic: true)
  }

  /// An array that holds `values`.
  public convenience init(realm: Realm, _ values: [Value]) {
    self.init(heap: realm.heap, shape: realm.arrayShape)
    reserveElements(values.count, realm)
    for (index, value) in values.enumerated() { elements?[index] = value }
    elementCount = Int32(truncatingIfNeeded: values.count)
    arrayLength = values.count
  }

  /// Whether every index below the length is a plain, dense element or a hole, so that element loops may go the quick way.
  @inline(__always)
  final var isDense: Bool { arrayLength == Int(elementCount) }

  /// Adds a value at the end; the caller has checked that the array is dense, extensible and of writable length.
  @inline(__always)
  final func append(_ value: Value, _ realm: Realm) {
    let count = Int(elementCount)
    if count >= Int(elementCapacity) { reserveElements(count + 1, realm) }
    elements?[count] = value
    elementCount &+= 1
    arrayLength = count + 1
  }

  /// Whether `append` is allowed.
  @inline(__always)
  final var canAppend: Bool { isDense && isLengthWritable && isExtensibleFlag }

  public override func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    if key == .length {
      return PropertyDescriptor(value: Value(arrayLength), flags: isLengthWritable ? .writable : [])
    }
    return ordinaryGetOwnProperty(key)
  }

  public override func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    if key.isIndex {
      let element = denseElement(key.index)
      if !element.isEmpty { return element }
    } else if key == .length {
      return Value(arrayLength)
    }
    let (value, flags) = ordinaryOwnSlot(key)
    if !value.isEmpty {
      if flags.contains(.accessor), let pair = value.accessorPair { return try realm.callGetter(pair.getter, this: receiver) }
      return value
    }
    guard let parent = shape.prototype else { return .undefined }
    try realm.checkDepth()
    return try parent.get(key, receiver: receiver, realm)
  }

  public override func set(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    if key.isIndex, case .object(let target) = receiver, target.cell === self {
      let index = key.index
      if !denseElement(index).isEmpty {
        elements?[index] = value
        return true
      }
      if index == arrayLength, canAppend, !realm.arrayPrototypesHaveElements {
        append(value, realm)
        return true
      }
    }
    return try ordinarySet(key, value, receiver: receiver, realm)
  }

  public override func defineOwnProperty(
    _ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm
  ) throws(Thrown) -> Bool {
    if key == .length { return try defineLength(descriptor, realm) }
    guard let index = key.isIndex ? key.index : realm.largeIndex(of: key) else {
      return ordinaryDefineOwnProperty(key, descriptor, realm)
    }
    if index >= arrayLength && !isLengthWritable { return false }
    if key.isIndex, index == arrayLength, canAppend, descriptor.flags == .all, let value = descriptor.value {
      append(value, realm)
      return true
    }
    guard ordinaryDefineOwnProperty(key, descriptor, realm) else { return false }
    if index >= arrayLength { arrayLength = index + 1 }
    return true
  }

  /// https://tc39.es/ecma262/#sec-arraysetlength
  private func defineLength(_ descriptor: PropertyDescriptor, _ realm: Realm) throws(Thrown) -> Bool {
    var newLength = arrayLength
    if let value = descriptor.value {
      let number = try realm.toNumber(value)
      let unsigned = Double(try realm.toUInt32(value))
      guard unsigned == number else { throw realm.rangeError("Invalid array length") }
      newLength = Int(unsigned)
    }
    if descriptor.isConfigurable == true || descriptor.isEnumerable == true || descriptor.isAccessor { return false }
    if !isLengthWritable {
      if newLength != arrayLength || descriptor.isWritable == true { return false }
      return true
    }
    let succeeded = truncateOrExtend(to: newLength, realm)
    if descriptor.isWritable == false { isLengthWritable = false }
    return succeeded
  }

  /// Sets the length; false where an element could not be deleted (the length then ends after it).
  func truncateOrExtend(to newLength: Int, _ realm: Realm) -> Bool {
    if newLength < Int(elementCount) { elementCount = Int32(truncatingIfNeeded: newLength) }
    if let rarity, newLength < arrayLength {
      for index in rarity.sparse.keys.sorted(by: >) where Int(index) >= newLength {
        if rarity.sparse[index]?.flags.contains(.configurable) == false {
          arrayLength = Int(index) + 1
          return false
        }
        rarity.sparse[index] = nil
      }
    }
    if newLength < arrayLength, arrayLength > 0x7FFF_FFFF {
      for key in ordinaryOwnKeys() {
        if let index = realm.largeIndex(of: key), index >= newLength { _ = ordinaryDelete(key, realm) }
      }
    }
    // A modest extension stays dense, so that `new Array(n)` and `length = n` can be filled quickly.
    if newLength > Int(elementCount), newLength <= 1 << 20, rarity?.sparse.isEmpty ?? true {
      reserveElements(newLength, realm)
      if let elements {
        for index in Int(elementCount)..<newLength { elements[index] = .empty }
        elementCount = Int32(truncatingIfNeeded: newLength)
      }
    }
    arrayLength = newLength
    return true
  }

  public override func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    key == .length ? false : ordinaryDelete(key, realm)
  }

  public override func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] {
    var keys: [PropertyKey] = []
    appendElementKeys(to: &keys)
    keys.append(.length)
    appendNamedKeys(to: &keys)
    return keys
  }
}
