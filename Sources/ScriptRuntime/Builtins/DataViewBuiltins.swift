// https://tc39.es/ecma262/#sec-dataview-constructor

extension Realm {
  func installDataViewBuiltins() {
    let prototype = intrinsics[.dataView]
    defineConstructor(
      "DataView", length: 1, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor DataView requires 'new'")
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        try realm.makeDataView(arguments, newTarget)
      })
    defineAccessor(prototype, "buffer") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(try realm.dataView(this).buffer.cell)
    }
    defineAccessor(prototype, "byteLength") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let view = try realm.dataView(this)
      return Value(try realm.validByteLength(of: view))
    }
    defineAccessor(prototype, "byteOffset") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let view = try realm.dataView(this)
      _ = try realm.validByteLength(of: view)
      return Value(view.fixedByteOffset)
    }
    defineTag(prototype, "DataView")
    for kind in TypedArrayKind.allCases where kind != .uint8Clamped {
      let name = kind.constructorName.dropLast(5)
      defineMethod(prototype, "get" + name, length: 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        try realm.viewValue(this, kind, arguments)
      }
      defineMethod(prototype, "set" + name, length: 2) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        try realm.setViewValue(this, kind, arguments)
        return .undefined
      }
    }
  }

  /// https://tc39.es/ecma262/#sec-dataview-buffer-byteoffset-bytelength
  private func makeDataView(_ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject, object.kind == .arrayBuffer else {
      throw typeError("First argument to DataView constructor must be an ArrayBuffer")
    }
    let buffer = unsafeDowncast(object, to: ArrayBufferObject.self)
    let offset = try toIndex(arguments[1])
    if buffer.isDetached { throw typeError("Cannot perform DataView on a detached ArrayBuffer") }
    guard offset <= buffer.byteLength else { throw rangeError("Start offset \(offset) is outside the bounds of the buffer") }
    var length: Int?
    if !arguments[2].isUndefined {
      let requested = try toIndex(arguments[2])
      guard requested <= buffer.byteLength - offset else { throw rangeError("Invalid DataView length \(requested)") }
      length = requested
    } else if !buffer.isResizable {
      length = buffer.byteLength - offset
    }
    let prototype = try prototypeForConstruction(newTarget, fallback: intrinsics[.dataView])
    // Reading the prototype may have run script code.
    if buffer.isDetached { throw typeError("Cannot perform DataView on a detached ArrayBuffer") }
    guard offset + (length ?? 0) <= buffer.byteLength else { throw rangeError("Invalid DataView length") }
    return Value(DataViewObject(realm: self, buffer: buffer, byteOffset: offset, byteLength: length, prototype: prototype))
  }

  private func dataView(_ value: Value) throws(Thrown) -> DataViewObject {
    guard let object = value.asObject, object.kind == .dataView else {
      throw typeError("Receiver is not a DataView: \(describeForMessage(value))")
    }
    return unsafeDowncast(object, to: DataViewObject.self)
  }

  private func validByteLength(of view: DataViewObject) throws(Thrown) -> Int {
    guard let length = view.byteLength else {
      throw typeError("Cannot perform the operation on a detached or out-of-bounds DataView")
    }
    return length
  }

  /// Where an element of the view is.
  private func address(_ view: DataViewObject, _ index: Int, _ kind: TypedArrayKind) throws(Thrown) -> UnsafeMutableRawPointer {
    let length = try validByteLength(of: view)
    guard let base = view.base, index <= length - kind.elementSize else {
      throw rangeError("Offset is outside the bounds of the DataView")
    }
    return base + index
  }

  /// https://tc39.es/ecma262/#sec-getviewvalue
  private func viewValue(_ this: Value, _ kind: TypedArrayKind, _ arguments: Arguments) throws(Thrown) -> Value {
    let view = try dataView(this)
    let index = try toIndex(arguments[0])
    let address = try address(view, index, kind)
    let bits = DataViewBits.load(address, kind.elementSize, isLittleEndian: arguments[1].isTruthy)
    switch kind {
    case .bigInt64: return bigInt(BigInteger(Int(truncatingIfNeeded: bits)))
    case .bigUint64: return bigInt(BigInteger(bits))
    default: return withUnsafeBytes(of: bits.littleEndian) { $0.baseAddress.map(kind.load) ?? .undefined }
    }
  }

  /// https://tc39.es/ecma262/#sec-setviewvalue
  private func setViewValue(_ this: Value, _ kind: TypedArrayKind, _ arguments: Arguments) throws(Thrown) {
    let view = try dataView(this)
    let index = try toIndex(arguments[0])
    var bits: UInt64 = 0
    if kind.isBigInt {
      bits = try toBigInt(arguments[1]).truncatedWord
    } else {
      let number = try toNumber(arguments[1])
      withUnsafeMutableBytes(of: &bits) { bytes in
        if let base = bytes.baseAddress { _ = kind.store(number, base) }
      }
      bits = UInt64(littleEndian: bits)
    }
    let address = try address(view, index, kind)
    DataViewBits.store(bits, address, kind.elementSize, isLittleEndian: arguments[2].isTruthy)
  }
}

/// Numbers of 1 to 8 bytes in either byte order.
private enum DataViewBits {
  static func load(_ address: UnsafeRawPointer, _ size: Int, isLittleEndian: Bool) -> UInt64 {
    var bits: UInt64 = 0
    for index in 0..<size {
      let byte = UInt64(address.load(fromByteOffset: isLittleEndian ? size - 1 - index : index, as: UInt8.self))
      bits = bits << 8 | byte
    }
    return bits
  }

  static func store(_ bits: UInt64, _ address: UnsafeMutableRawPointer, _ size: Int, isLittleEndian: Bool) {
    for index in 0..<size {
      let byte = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
      address.storeBytes(of: byte, toByteOffset: isLittleEndian ? index : size - 1 - index, as: UInt8.self)
    }
  }
}
