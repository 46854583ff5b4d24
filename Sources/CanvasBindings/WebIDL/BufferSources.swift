// Typed arrays and array buffers, where they meet the engine: https://webidl.spec.whatwg.org/#BufferSource.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// An array over the engine's memory, shared, not copied.
  func typedArray(over bytes: PixelBytes, length: Int, format: ImageDataPixelFormat) throws(Thrown) -> ScriptObject {
    let storage = ByteStorage(borrowing: bytes.baseAddress, byteCount: bytes.count, owner: bytes)
    realm.heap.charge(bytes.count)
    return TypedArrayObject(realm: realm, kind: format == .unorm8 ? .uint8Clamped : .float16, storage: storage, count: length)
  }

  /// The pixel format that an array can hold; nil for other objects.
  func pixelFormat(of object: ScriptObject) -> ImageDataPixelFormat? {
    guard let array = object as? TypedArrayObject else { return nil }
    switch array.elementKind {
    case .uint8Clamped: return .unorm8
    case .float16: return .float16
    default: return nil
    }
  }

  /// The memory of an array for an ImageData; nil when it is detached.
  func typedArrayMemory(_ object: ScriptObject) -> (bytes: PixelBytes, byteOffset: Int, length: Int)? {
    guard let array = object as? TypedArrayObject, let storage = array.storage else { return nil }
    let bytes = PixelBytes(borrowing: storage.base, count: storage.byteCount, owner: storage)
    return (bytes, array.byteOffset, array.count)
  }

  func isDetached(_ object: ScriptObject) -> Bool { (object as? TypedArrayObject)?.storage == nil }

  /// The bytes of a BufferSource; nil for anything else.
  func bytes(of value: Value) -> [UInt8]? {
    guard let object = value.asObject else { return nil }
    if let array = object as? TypedArrayObject {
      return Array(UnsafeRawBufferPointer(start: array.data, count: array.byteLength))
    }
    if let buffer = object as? ArrayBufferObject {
      return Array(UnsafeRawBufferPointer(start: buffer.base, count: buffer.byteLength))
    }
    return nil
  }

  private func storage(_ bytes: [UInt8]) throws(Thrown) -> ByteStorage {
    guard let storage = ByteStorage(zeroed: bytes.count) else { throw realm.rangeError("Array buffer allocation failed") }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { storage.base.copyMemory(from: base, byteCount: bytes.count) }
    }
    realm.heap.charge(bytes.count)
    return storage
  }

  /// A new ArrayBuffer.
  func arrayBuffer(_ bytes: [UInt8]) throws(Thrown) -> Value {
    Value(ArrayBufferObject(realm: realm, storage: try storage(bytes), byteLength: bytes.count))
  }

  /// A new Uint8Array.
  func uint8Array(_ bytes: [UInt8]) throws(Thrown) -> Value {
    Value(TypedArrayObject(realm: realm, kind: .uint8, storage: try storage(bytes), count: bytes.count))
  }

  /// A new Float32Array or Float64Array.
  func numberArray(_ kind: TypedArrayKind, _ numbers: [Double]) throws(Thrown) -> Value {
    let bytes: [UInt8]
    if kind == .float32 {
      bytes = numbers.map { Float($0) }.withUnsafeBytes { Array($0) }
    } else {
      bytes = numbers.withUnsafeBytes { Array($0) }
    }
    return Value(TypedArrayObject(realm: realm, kind: kind, storage: try storage(bytes), count: numbers.count))
  }
}
