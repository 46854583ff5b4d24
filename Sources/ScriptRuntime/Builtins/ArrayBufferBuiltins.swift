// https://tc39.es/ecma262/#sec-arraybuffer-constructor and #sec-sharedarraybuffer-constructor

import Glibc

extension Realm {
  func installArrayBufferBuiltins() {
    let prototype = intrinsics[.arrayBuffer]
    let constructor = defineConstructor(
      "ArrayBuffer", length: 1, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor ArrayBuffer requires 'new'")
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        try realm.makeArrayBuffer(arguments, newTarget, isShared: false)
      })
    intrinsics[.arrayBufferConstructor] = constructor
    defineMethod(constructor, "isView", length: 1, ArrayBufferBuiltins.isView)
    defineAccessor(constructor, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    installCommonMethods(prototype, isShared: false)
    defineAccessor(prototype, "resizable") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .boolean(try ArrayBufferBuiltins.buffer(realm, this, isShared: false).isResizable)
    }
    defineAccessor(prototype, "detached") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .boolean(try ArrayBufferBuiltins.buffer(realm, this, isShared: false).isDetached)
    }
    defineMethod(prototype, "resize", length: 1, ArrayBufferBuiltins.resize)
    defineMethod(prototype, "transfer", length: 0) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try ArrayBufferBuiltins.transfer(realm, this, arguments[0], keepsResizability: true)
    }
    defineMethod(prototype, "transferToFixedLength", length: 0) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try ArrayBufferBuiltins.transfer(realm, this, arguments[0], keepsResizability: false)
    }
    defineTag(prototype, "ArrayBuffer")
    installSharedArrayBuffer()
  }

  private func installSharedArrayBuffer() {
    let prototype = intrinsics[.sharedArrayBuffer]
    let constructor = defineConstructor(
      "SharedArrayBuffer", length: 1, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor SharedArrayBuffer requires 'new'")
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        try realm.makeArrayBuffer(arguments, newTarget, isShared: true)
      })
    intrinsics[.sharedArrayBufferConstructor] = constructor
    defineAccessor(constructor, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    installCommonMethods(prototype, isShared: true)
    defineAccessor(prototype, "growable") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .boolean(try ArrayBufferBuiltins.buffer(realm, this, isShared: true).isResizable)
    }
    defineMethod(prototype, "grow", length: 1, ArrayBufferBuiltins.grow)
    defineTag(prototype, "SharedArrayBuffer")
  }

  private func installCommonMethods(_ prototype: ScriptObject, isShared: Bool) {
    defineAccessor(prototype, "byteLength") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(try ArrayBufferBuiltins.buffer(realm, this, isShared: isShared).byteLength)
    }
    defineAccessor(prototype, "maxByteLength") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let buffer = try ArrayBufferBuiltins.buffer(realm, this, isShared: isShared)
      return Value(buffer.isDetached ? 0 : buffer.maximumByteLength ?? buffer.byteLength)
    }
    defineMethod(prototype, "slice", length: 2) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try ArrayBufferBuiltins.slice(realm, this, arguments, isShared: isShared)
    }
  }

  /// https://tc39.es/ecma262/#sec-arraybuffer-length
  fileprivate func makeArrayBuffer(_ arguments: Arguments, _ newTarget: ScriptObject, isShared: Bool) throws(Thrown) -> Value {
    let byteLength = try toIndex(arguments[0])
    var maximum: Int?
    if let options = arguments[1].asObject {
      let value = try options.get(key("maxByteLength"), receiver: arguments[1], self)
      if !value.isUndefined { maximum = try toIndex(value) }
    }
    if let maximum, byteLength > maximum { throw rangeError("Invalid array buffer max length") }
    let prototype = try prototypeForConstruction(newTarget, fallback: intrinsics[isShared ? .sharedArrayBuffer : .arrayBuffer])
    let storage = try makeStorage(byteCount: byteLength, reserving: maximum)
    return Value(
      ArrayBufferObject(
        realm: self, storage: storage, byteLength: byteLength, maximumByteLength: maximum, isShared: isShared, prototype: prototype))
  }

  /// An array buffer of zeros.
  public func makeArrayBuffer(byteLength: Int) throws(Thrown) -> ArrayBufferObject {
    ArrayBufferObject(realm: self, storage: try makeStorage(byteCount: byteLength), byteLength: byteLength)
  }

  /// https://tc39.es/ecma262/#sec-arraybuffercopyanddetach
  func transfer(_ buffer: ArrayBufferObject, newLength: Int, keepsResizability: Bool) throws(Thrown) -> ArrayBufferObject {
    let maximum = keepsResizability ? buffer.maximumByteLength : nil
    if let maximum, newLength > maximum { throw rangeError("Invalid array buffer length") }
    let made: ArrayBufferObject
    if let storage = buffer.storage, newLength == buffer.byteLength, buffer.maximumByteLength == maximum {
      made = ArrayBufferObject(realm: self, storage: storage, byteLength: newLength, maximumByteLength: maximum)
    } else {
      let storage = try makeStorage(byteCount: newLength, reserving: maximum)
      if let base = buffer.base { memcpy(storage.base, base, min(newLength, buffer.byteLength)) }
      made = ArrayBufferObject(realm: self, storage: storage, byteLength: newLength, maximumByteLength: maximum)
    }
    buffer.detach()
    return made
  }
}

/// The functions of array buffers.
enum ArrayBufferBuiltins {
  static func buffer(_ realm: Realm, _ value: Value, isShared: Bool) throws(Thrown) -> ArrayBufferObject {
    if let object = value.asObject, object.kind == .arrayBuffer {
      let buffer = unsafeDowncast(object, to: ArrayBufferObject.self)
      if buffer.isShared == isShared { return buffer }
    }
    let name = isShared ? "SharedArrayBuffer" : "ArrayBuffer"
    throw realm.typeError("Receiver is not an \(name): \(realm.describeForMessage(value))")
  }

  static func isView(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { return .boolean(false) }
    return .boolean(object.kind == .typedArray || object.kind == .dataView)
  }

  /// https://tc39.es/ecma262/#sec-arraybuffer.prototype.resize
  static func resize(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let buffer = try resizable(realm, this, isShared: false)
    let newLength = try realm.toIndex(arguments[0])
    if buffer.isDetached { throw detached(realm) }
    guard newLength <= buffer.maximumByteLength ?? 0 else { throw realm.rangeError("Invalid array buffer length") }
    realm.heap.charge(max(0, newLength - buffer.byteLength))
    buffer.resize(to: newLength)
    return .undefined
  }

  /// https://tc39.es/ecma262/#sec-sharedarraybuffer.prototype.grow
  static func grow(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let buffer = try resizable(realm, this, isShared: true)
    let newLength = try realm.toIndex(arguments[0])
    guard newLength <= buffer.maximumByteLength ?? 0, newLength >= buffer.byteLength else {
      throw realm.rangeError("Invalid shared array buffer length")
    }
    realm.heap.charge(newLength - buffer.byteLength)
    buffer.resize(to: newLength)
    return .undefined
  }

  private static func resizable(_ realm: Realm, _ this: Value, isShared: Bool) throws(Thrown) -> ArrayBufferObject {
    let buffer = try buffer(realm, this, isShared: isShared)
    guard buffer.isResizable else { throw realm.typeError("The buffer has a fixed length") }
    return buffer
  }

  private static func detached(_ realm: Realm) -> Thrown {
    realm.typeError("Cannot perform the operation on a detached ArrayBuffer")
  }

  static func transfer(
    _ realm: Realm, _ this: Value, _ length: Value, keepsResizability: Bool
  ) throws(Thrown) -> Value {
    let buffer = try buffer(realm, this, isShared: false)
    let newLength = length.isUndefined ? buffer.byteLength : try realm.toIndex(length)
    if buffer.isDetached { throw detached(realm) }
    return Value(try realm.transfer(buffer, newLength: newLength, keepsResizability: keepsResizability))
  }

  /// https://tc39.es/ecma262/#sec-arraybuffer.prototype.slice
  static func slice(_ realm: Realm, _ this: Value, _ arguments: Arguments, isShared: Bool) throws(Thrown) -> Value {
    let source = try buffer(realm, this, isShared: isShared)
    if source.isDetached { throw detached(realm) }
    let length = source.byteLength
    let first = try realm.toRelativeIndex(arguments[0], length: length, default: 0)
    let final = try realm.toRelativeIndex(arguments[1], length: length, default: length)
    let newLength = max(0, final - first)
    let constructor = try realm.speciesConstructor(
      source, default: realm.intrinsics[isShared ? .sharedArrayBufferConstructor : .arrayBufferConstructor])
    let made = try buffer(realm, try realm.construct(Value(constructor), [Value(newLength)]), isShared: isShared)
    if made.isDetached { throw detached(realm) }
    if made === source { throw realm.typeError("ArrayBuffer subclass returned this from species constructor") }
    guard made.byteLength >= newLength else { throw realm.typeError("Species constructor returned a too small ArrayBuffer") }
    if source.isDetached { throw detached(realm) }
    if let from = source.base, let to = made.base, first < source.byteLength {
      memmove(to, from + first, min(newLength, source.byteLength - first))
    }
    return Value(made)
  }
}
