// https://tc39.es/ecma262/#sec-typedarray-objects: the constructors.

extension Realm {
  func installTypedArrayBuiltins() {
    let prototype = intrinsics[.typedArray]
    let parent = defineConstructor(
      "TypedArray", length: 0, prototype: prototype, isGlobal: false,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Abstract class TypedArray not directly constructable")
      },
      construct: { (realm: Realm, _: Arguments, _: ScriptObject) throws(Thrown) -> Value in
        throw realm.typeError("Abstract class TypedArray not directly constructable")
      })
    intrinsics[.typedArrayConstructor] = parent
    defineMethod(parent, "from", length: 1, TypedArrayBuiltins.from)
    defineMethod(parent, "of", length: 0, TypedArrayBuiltins.of)
    defineAccessor(parent, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    installTypedArrayPrototype(prototype)
    for kind in TypedArrayKind.allCases { installTypedArrayConstructor(kind, parent: parent, parentPrototype: prototype) }
  }

  private func installTypedArrayConstructor(_ kind: TypedArrayKind, parent: ScriptObject, parentPrototype: ScriptObject) {
    let prototype = makeObject(prototype: parentPrototype)
    intrinsics[.typedArrayOf(kind.rawValue)] = prototype
    let name = kind.constructorName
    let constructor = defineConstructor(
      name, length: 3, prototype: prototype, parent: parent,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor \(name) requires 'new'")
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        Value(try realm.makeTypedArray(kind, arguments, newTarget))
      })
    intrinsics[.typedArrayConstructorOf(kind.rawValue)] = constructor
    for object in [constructor, prototype] {
      defineHidden(object, key("BYTES_PER_ELEMENT"), Value(kind.elementSize), flags: .constant)
    }
  }

  // MARK: - Making typed arrays

  /// https://tc39.es/ecma262/#sec-typedarray
  fileprivate func makeTypedArray(
    _ kind: TypedArrayKind, _ arguments: Arguments, _ newTarget: ScriptObject
  ) throws(Thrown) -> TypedArrayObject {
    let first = arguments[0]
    let fallback = intrinsics[.typedArrayOf(kind.rawValue)]
    guard let source = first.asObject else {
      let count = try toIndex(first)
      return try allocate(kind, count, try prototypeForConstruction(newTarget, fallback: fallback))
    }
    let prototype = try prototypeForConstruction(newTarget, fallback: fallback)
    switch source.kind {
    case .typedArray: return try copy(of: unsafeDowncast(source, to: TypedArrayObject.self), kind, prototype)
    case .arrayBuffer:
      return try view(of: unsafeDowncast(source, to: ArrayBufferObject.self), kind, arguments[1], arguments[2], prototype)
    default:
      let list = try elements(of: source, atMost: ByteStorage.maximumByteCount / kind.elementSize)
      let array = try allocate(kind, list.values.count, prototype)
      try fill(array, from: list)
      return array
    }
  }

  /// A typed array of zeros.
  public func makeTypedArray(_ kind: TypedArrayKind, count: Int) throws(Thrown) -> TypedArrayObject {
    try allocate(kind, count, intrinsics[.typedArrayOf(kind.rawValue)])
  }

  private func allocate(_ kind: TypedArrayKind, _ count: Int, _ prototype: ScriptObject) throws(Thrown) -> TypedArrayObject {
    guard count <= ByteStorage.maximumByteCount / kind.elementSize else {
      throw rangeError("Invalid typed array length: \(count)")
    }
    let storage = try makeStorage(byteCount: count * kind.elementSize)
    return TypedArrayObject(realm: self, kind: kind, storage: storage, count: count, prototype: prototype)
  }

  /// https://tc39.es/ecma262/#sec-initializetypedarrayfromtypedarray
  private func copy(
    of source: TypedArrayObject, _ kind: TypedArrayKind, _ prototype: ScriptObject
  ) throws(Thrown) -> TypedArrayObject {
    if source.isOutOfBounds { throw typeError("Cannot perform Construct on a detached ArrayBuffer") }
    let array = try allocate(kind, source.count, prototype)
    guard kind.isBigInt == source.elementKind.isBigInt else { throw typeError("Cannot mix BigInt and other types") }
    array.copyElements(from: source, at: 0, self)
    return array
  }

  /// https://tc39.es/ecma262/#sec-initializetypedarrayfromarraybuffer
  private func view(
    of buffer: ArrayBufferObject, _ kind: TypedArrayKind, _ byteOffset: Value, _ length: Value, _ prototype: ScriptObject
  ) throws(Thrown) -> TypedArrayObject {
    let size = kind.elementSize
    let offset = try toIndex(byteOffset)
    guard offset % size == 0 else { throw rangeError("start offset of \(kind.constructorName) should be a multiple of \(size)") }
    let requested = length.isUndefined ? nil : try toIndex(length)
    if buffer.isDetached { throw typeError("Cannot perform Construct on a detached ArrayBuffer") }
    var count = requested
    if let requested {
      guard requested <= ByteStorage.maximumByteCount, offset + requested * size <= buffer.byteLength else {
        throw rangeError("Invalid typed array length: \(requested)")
      }
    } else if buffer.isResizable {
      guard offset <= buffer.byteLength else { throw rangeError("Start offset \(offset) is outside the bounds of the buffer") }
    } else {
      guard buffer.byteLength % size == 0 else {
        throw rangeError("byte length of \(kind.constructorName) should be a multiple of \(size)")
      }
      guard offset <= buffer.byteLength else { throw rangeError("Start offset \(offset) is outside the bounds of the buffer") }
      count = (buffer.byteLength - offset) / size
    }
    return TypedArrayObject(realm: self, kind: kind, buffer: buffer, byteOffset: offset, count: count, prototype: prototype)
  }

  /// The values of an iterable or, failing that, of an array-like.
  fileprivate func elements(of source: ScriptObject, atMost limit: Int) throws(Thrown) -> ValueList {
    let list = ValueList(self)
    guard let method = try getMethod(Value(source), .iteratorSymbol) else {
      let count = try length(of: source)
      guard count <= limit else { throw rangeError("Invalid typed array length: \(count)") }
      for index in 0..<count {
        list.values.append(try source.get(key(index: index), receiver: Value(source), self))
        try safePoint()
        if list.values.count & 0xFFFF == 0 { heap.charge(0x10_0000) }
      }
      return list
    }
    if method === arrayValuesFunction, source.kind == .array, isArrayIterationPristine {
      let array = unsafeDowncast(source, to: ArrayObject.self)
      var index = 0
      while index < array.arrayLength {
        let element = array.denseElement(index)
        list.values.append(element.isEmpty ? try array.get(key(index: index), receiver: Value(array), self) : element)
        index += 1
        if index & 0xFFFF == 0 {
          heap.charge(0x10_0000)
          try safePoint()
        }
      }
      return list
    }
    var iterator = try iterator(of: Value(source), method: method)
    while let value = try iterator.next(self) {
      list.values.append(value)
      try safePoint()
    }
    return list
  }

  private func fill(_ array: TypedArrayObject, from list: ValueList) throws(Thrown) {
    for index in 0..<list.values.count {
      let value = list.values[index]
      if case .number(let number) = value, array.setElement(index, number) { continue }
      array.store(try array.numeric(value, self), at: index)
    }
  }

  // MARK: - Species

  /// https://tc39.es/ecma262/#sec-typedarraycreatefromctor: the result is checked, and long enough when made by a length.
  func createTypedArray(_ constructor: ScriptObject, _ arguments: [Value]) throws(Thrown) -> TypedArrayObject {
    let made = try construct(Value(constructor), arguments)
    let array = try validTypedArray(made)
    if arguments.count == 1, case .number(let count) = arguments[0], Double(array.count) < count {
      throw typeError("Derived TypedArray constructor created an array which was too small")
    }
    return array
  }

  /// https://tc39.es/ecma262/#typedarray-species-create
  func createTypedArray(like exemplar: TypedArrayObject, _ arguments: [Value]) throws(Thrown) -> TypedArrayObject {
    let fallback = intrinsics[.typedArrayConstructorOf(exemplar.elementKind.rawValue)]
    let constructor = try speciesConstructor(exemplar, default: fallback)
    let array = try createTypedArray(constructor, arguments)
    guard array.elementKind.isBigInt == exemplar.elementKind.isBigInt else {
      throw typeError("Content type of source and derived typed arrays differ")
    }
    return array
  }

  /// https://tc39.es/ecma262/#sec-validatetypedarray
  func validTypedArray(_ value: Value) throws(Thrown) -> TypedArrayObject {
    guard let object = value.asObject, object.kind == .typedArray else { throw typeError("this is not a typed array.") }
    let array = unsafeDowncast(object, to: TypedArrayObject.self)
    if array.isOutOfBounds { throw typeError("Cannot perform the operation on a detached or out-of-bounds typed array") }
    return array
  }
}

/// The methods of %TypedArray% itself.
enum TypedArrayBuiltins {
  static func identity(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value { this }

  private static func constructor(_ realm: Realm, _ this: Value) throws(Thrown) -> ScriptObject {
    guard let object = this.asObject, object.isConstructor else {
      throw realm.typeError("\(realm.describeForMessage(this)) is not a constructor")
    }
    return object
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.of
  static func of(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let constructor = try constructor(realm, this)
    let array = try realm.createTypedArray(constructor, [Value(arguments.count)])
    for index in 0..<arguments.count { array.store(try array.numeric(arguments[index], realm), at: index) }
    return Value(array)
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.from
  static func from(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let constructor = try constructor(realm, this)
    let mapper = arguments[1].isUndefined ? nil : try realm.requireCallable(arguments[1])
    let source = arguments[0]
    let method = try realm.getMethod(source, .iteratorSymbol)
    let list: ValueList
    if let method {
      list = ValueList(realm)
      var iterator = try realm.iterator(of: source, method: method)
      while let value = try iterator.next(realm) {
        list.values.append(value)
        try realm.safePoint()
      }
    } else {
      return try fromArrayLike(realm, constructor, try realm.toObject(source), mapper, arguments[2])
    }
    let array = try realm.createTypedArray(constructor, [Value(list.values.count)])
    for index in 0..<list.values.count {
      var value = list.values[index]
      if let mapper { value = try realm.call(mapper, this: arguments[2], value, Value(index)) }
      array.store(try array.numeric(value, realm), at: index)
      try realm.safePoint()
    }
    return Value(array)
  }

  private static func fromArrayLike(
    _ realm: Realm, _ constructor: ScriptObject, _ source: ScriptObject, _ mapper: ScriptObject?, _ this: Value
  ) throws(Thrown) -> Value {
    let count = try realm.length(of: source)
    let array = try realm.createTypedArray(constructor, [Value(count)])
    for index in 0..<count {
      var value = try source.get(realm.key(index: index), receiver: Value(source), realm)
      if let mapper { value = try realm.call(mapper, this: this, value, Value(index)) }
      array.store(try array.numeric(value, realm), at: index)
      try realm.safePoint()
    }
    return Value(array)
  }
}
