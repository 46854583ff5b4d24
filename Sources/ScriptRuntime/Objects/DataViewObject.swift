// https://tc39.es/ecma262/#sec-dataview-objects

/// A view of a buffer that reads and writes numbers of any kind and byte order.
public final class DataViewObject: ScriptObject {
  let buffer: Ref<ArrayBufferObject>
  let fixedByteOffset: Int
  /// Nil where the view follows the length of its buffer.
  let fixedByteLength: Int?

  init(realm: Realm, buffer: ArrayBufferObject, byteOffset: Int, byteLength: Int?, prototype: ScriptObject? = nil) {
    self.buffer = Ref(buffer)
    fixedByteOffset = byteOffset
    fixedByteLength = byteLength
    super.init(
      heap: realm.heap, shape: realm.rootShape(for: prototype ?? realm.intrinsics[.dataView]), kind: .dataView)
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(buffer)
  }

  /// Bytes in view; nil while the buffer is detached or too short.
  public var byteLength: Int? {
    let buffer = self.buffer.cell
    let available = buffer.byteLength - fixedByteOffset
    guard !buffer.isDetached, available >= 0, available >= fixedByteLength ?? 0 else { return nil }
    return fixedByteLength ?? available
  }

  /// The first byte in view.
  public var base: UnsafeMutableRawPointer? { byteLength == nil ? nil : buffer.cell.base.map { $0 + fixedByteOffset } }
}
