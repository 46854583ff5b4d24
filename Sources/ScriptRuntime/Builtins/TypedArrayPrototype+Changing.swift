// Methods of typed arrays that change elements or make another array of them.

import Glibc

extension TypedArrayObject {
  /// Copies all elements of `source`, of the same content type, to `target` and on, converting them; what does not fit is left out.
  func copyElements(from source: TypedArrayObject, at target: Int, _ realm: Realm) {
    let number = min(source.count, count - target)
    guard number > 0, target >= 0, let from = source.data, let data else { return }
    let shift = elementKind.elementShift
    let to = data + target << shift
    if elementKind == source.elementKind || (elementKind.isBigInt && source.elementKind.isBigInt)
      || (elementKind == .uint8 && source.elementKind == .uint8Clamped)
    {
      memmove(to, from, number << shift)
      return
    }
    // Overlapping memory of different kinds: read everything first.
    if storage === source.storage {
      let numbers = (0..<number).map { source.element($0).asNumber ?? 0 }
      for index in 0..<number { _ = setElement(target + index, numbers[index]) }
      return
    }
    for index in 0..<number {
      if case .number(let value) = source.element(index) { _ = setElement(target + index, value) }
    }
  }
}

extension TypedArrayPrototype {
  static func copyWithin(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let to = try realm.toRelativeIndex(arguments[0], length: count, default: 0)
    let from = try realm.toRelativeIndex(arguments[1], length: count, default: 0)
    let final = try realm.toRelativeIndex(arguments[2], length: count, default: count)
    var number = min(final - from, count - to)
    guard number > 0 else { return this }
    // The conversions may have shrunk or detached the buffer.
    _ = try realm.validTypedArray(this)
    number = min(number, array.count - from, array.count - to)
    guard number > 0, let data = array.data else { return this }
    let shift = array.elementKind.elementShift
    memmove(data + to << shift, data + from << shift, number << shift)
    return this
  }

  static func fill(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let value = try array.numeric(arguments[0], realm)
    let start = try realm.toRelativeIndex(arguments[1], length: count, default: 0)
    let end = try realm.toRelativeIndex(arguments[2], length: count, default: count)
    _ = try realm.validTypedArray(this)
    let last = min(end, array.count)
    guard start < last, let data = array.data else { return this }
    // The first element, then whole copies of what is there, each twice as long as the one before.
    array.store(value, at: start)
    let shift = array.elementKind.elementShift
    let begin = data + start << shift
    let total = (last - start) << shift
    var done = 1 << shift
    while done < total {
      let chunk = min(done, total - done)
      memcpy(begin + done, begin, chunk)
      done += chunk
    }
    return this
  }

  static func reverse(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    reverseElements(of: array, realm)
    return this
  }

  private static func reverseElements(of array: TypedArrayObject, _ realm: Realm) {
    guard array.count > 1 else { return }
    var lower = 0
    var upper = array.count - 1
    while lower < upper {
      let first = array.value(at: lower, realm)
      array.store(array.value(at: upper, realm), at: lower)
      array.store(first, at: upper)
      lower += 1
      upper -= 1
    }
  }

  static func toReversed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let copy = try copy(realm, try realm.validTypedArray(this))
    reverseElements(of: copy, realm)
    return Value(copy)
  }

  /// An array of the same kind with the same elements; not of the same class.
  static func copy(_ realm: Realm, _ array: TypedArrayObject) throws(Thrown) -> TypedArrayObject {
    let copy = try realm.makeTypedArray(array.elementKind, count: array.count)
    copy.copyElements(from: array, at: 0, realm)
    return copy
  }

  static func with(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let relative = try realm.toIntegerOrInfinity(arguments[0])
    let position = relative < 0 ? Double(count) + relative : relative
    let value = try array.numeric(arguments[1], realm)
    guard position >= 0, position < Double(array.count), !array.isOutOfBounds else { throw realm.rangeError("Invalid typed array index") }
    let made = try realm.makeTypedArray(array.elementKind, count: count)
    made.copyElements(from: array, at: 0, realm)
    made.store(value, at: Int(position))
    return Value(made)
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.prototype.set
  static func set(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject, object.kind == .typedArray else { throw realm.typeError("this is not a typed array.") }
    let array = unsafeDowncast(object, to: TypedArrayObject.self)
    let offset = try realm.toIntegerOrInfinity(arguments[1])
    guard offset >= 0 else { throw realm.rangeError("offset is out of bounds") }
    if let source = arguments[0].asObject, source.kind == .typedArray {
      let source = try realm.validSource(unsafeDowncast(source, to: TypedArrayObject.self), for: array)
      guard offset + Double(source.count) <= Double(array.count) else { throw realm.rangeError("offset is out of bounds") }
      array.copyElements(from: source, at: Int(offset), realm)
      return .undefined
    }
    if array.isOutOfBounds { throw realm.typeError("Cannot perform %TypedArray%.prototype.set on a detached ArrayBuffer") }
    let count = array.count
    let source = try realm.toObject(arguments[0])
    let sourceCount = try realm.length(of: source)
    guard offset + Double(sourceCount) <= Double(count) else { throw realm.rangeError("offset is out of bounds") }
    let target = Int(offset)
    for index in 0..<sourceCount {
      var value = source.isExotic && source.kind != .array ? .empty : source.denseElement(index)
      if case .number(let number) = value, array.setElement(target + index, number) { continue }
      if value.isEmpty { value = try source.get(realm.key(index: index), receiver: Value(source), realm) }
      array.store(try array.numeric(value, realm), at: target + index)
      try realm.safePoint()
    }
    return .undefined
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.prototype.slice
  static func slice(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let start = try realm.toRelativeIndex(arguments[0], length: count, default: 0)
    var end = try realm.toRelativeIndex(arguments[1], length: count, default: count)
    let number = max(0, end - start)
    let made = try realm.createTypedArray(like: array, [Value(number)])
    guard number > 0 else { return Value(made) }
    _ = try realm.validTypedArray(this)
    end = min(end, array.count)
    let available = min(end - start, made.count)
    guard available > 0 else { return Value(made) }
    if made.elementKind == array.elementKind, let from = array.data, let to = made.data {
      let shift = array.elementKind.elementShift
      if array.storage === made.storage {
        // Byte by byte from the start, as is written: overlapping copies repeat themselves.
        let bytes = available << shift
        let source = (from + start << shift).assumingMemoryBound(to: UInt8.self)
        let target = to.assumingMemoryBound(to: UInt8.self)
        for index in 0..<bytes { target[index] = source[index] }
      } else {
        memcpy(to, from + start << shift, available << shift)
      }
    } else {
      for index in 0..<(end - start) { made.store(array.value(at: start + index, realm), at: index) }
    }
    return Value(made)
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.prototype.subarray
  static func subarray(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject, object.kind == .typedArray else { throw realm.typeError("this is not a typed array.") }
    let array = unsafeDowncast(object, to: TypedArrayObject.self)
    let buffer = array.buffer(realm)
    let count = array.count
    let begin = try realm.toRelativeIndex(arguments[0], length: count, default: 0)
    let byteOffset = Value(array.fixedByteOffset + begin * array.elementKind.elementSize)
    if array.fixedCount == nil, arguments[1].isUndefined {
      return Value(try realm.createTypedArray(like: array, [Value(buffer), byteOffset]))
    }
    let end = try realm.toRelativeIndex(arguments[1], length: count, default: count)
    return Value(try realm.createTypedArray(like: array, [Value(buffer), byteOffset, Value(max(0, end - begin))]))
  }
}

extension Realm {
  fileprivate func validSource(
    _ source: TypedArrayObject, for target: TypedArrayObject
  ) throws(Thrown) -> TypedArrayObject {
    if target.isOutOfBounds || source.isOutOfBounds {
      throw typeError("Cannot perform %TypedArray%.prototype.set on a detached ArrayBuffer")
    }
    guard source.elementKind.isBigInt == target.elementKind.isBigInt else {
      throw typeError("Cannot mix BigInt and other types, use explicit conversions")
    }
    return source
  }
}
