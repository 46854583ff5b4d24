// Which objects of the platform can be cloned and transferred: https://html.spec.whatwg.org/multipage/structured-data.html

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// What `structuredClone` and messages ask.
  var structuredCloneHost: StructuredCloneHost {
    unowned(unsafe) let environment = self
    return StructuredCloneHost(
      clone: { (_: Realm, object: ScriptObject, cloneMember: StructuredCloneHost.CloneMember) throws(Thrown) -> Value? in
        try environment.serializableClone(object, cloneMember)
      },
      beginTransfer: { (_: Realm, object: ScriptObject) throws(Thrown) -> Value? in try environment.beginTransfer(object) },
      finishTransfer: { (_: Realm, object: ScriptObject) in environment.finishTransfer(object) },
      makeError: { (_: Realm, message: String) in environment.domException("DataCloneError", message) })
  }

  /// A copy of a serializable platform object; nil for others.
  private func serializableClone(_ object: ScriptObject, _ cloneMember: StructuredCloneHost.CloneMember) throws(Thrown) -> Value? {
    guard let wrapper = hostObject(Value(object)) else { return try clonedException(object) }
    switch wrapper.payload {
    case let imageData as ImageData: return try cloned(imageData, wrapper, cloneMember)
    case let bitmap as ImageBitmap:
      guard bitmap.isOriginClean else { throw dataCloneError("An ImageBitmap with pixels of another origin could not be cloned.") }
      guard let snapshot = bitmap.snapshot else { throw dataCloneError("An ImageBitmap is detached and could not be cloned.") }
      return Value(wrap(ImageBitmap(snapshot: snapshot)))
    case let blob as BlobData:
      let isFile = isInstance(wrapper, of: .file)
      let copy = BlobData(blob.bytes, type: blob.type)
      copy.name = blob.name
      copy.lastModified = blob.lastModified
      return Value(wrap(copy, as: isFile ? .file : .blob, bytes: blob.bytes.count))
    case let box as MatrixBox:
      return Value(wrap(MatrixBox(box.matrix), as: isInstance(wrapper, of: .matrix) ? .matrix : .matrixReadOnly, bytes: 160))
    case let box as PointBox:
      return Value(wrap(PointBox(box.point), as: isInstance(wrapper, of: .point) ? .point : .pointReadOnly, bytes: 48))
    case let box as RectBox:
      return Value(wrap(RectBox(box.rect), as: isInstance(wrapper, of: .rect) ? .rect : .rectReadOnly, bytes: 48))
    case let box as QuadBox:
      guard box.points.count == 4 else { return nil }
      let points = box.points.map(\.point)
      return Value(
        try makeQuad(DOMQuad(p1: points[0], p2: points[1], p3: points[2], p4: points[3]), newTarget: nil))
    default: return nil
    }
  }

  private func cloned(
    _ imageData: ImageData, _ wrapper: HostObject, _ cloneMember: StructuredCloneHost.CloneMember
  ) throws(Thrown) -> Value {
    // The array goes the usual way: its buffer may be in the transfer list.
    let array = try cloneMember(wrapper.captured.first ?? .undefined)
    guard let object = array.asObject, let memory = typedArrayMemory(object) else {
      throw dataCloneError("The array of an ImageData is detached and could not be cloned.")
    }
    let settings = ImageDataSettings(colorSpace: imageData.colorSpace, pixelFormat: imageData.pixelFormat)
    let copy = try mapErrors { () throws(CanvasError) in
      try ImageData(
        bytes: memory.bytes, byteOffset: memory.byteOffset, length: memory.length, width: imageData.width, height: imageData.height,
        settings: settings)
    }
    let result = wrap(copy, as: .imageData, bytes: 128)
    result.captured = [array]
    return Value(result)
  }

  /// DOMExceptions are error objects with a prototype of their own.
  private func clonedException(_ object: ScriptObject) throws(Thrown) -> Value? {
    guard object.kind == .error, isInstance(object, of: .domException) else { return nil }
    let name = try realm.toText(try realm.get(Value(object), keys["name"]))
    let message = try realm.toText(try realm.get(Value(object), keys["message"]))
    return domException(name, message).value
  }

  /// Whether the prototype of an interface is in an object's prototype chain.
  func isInstance(_ object: ScriptObject, of id: InterfaceID) -> Bool {
    let wanted = interface(id).prototype
    var next = try? object.getPrototype(realm)
    for _ in 0..<1000 {
      guard let prototype = next else { return false }
      if prototype === wanted { return true }
      next = try? prototype.getPrototype(realm)
    }
    return false
  }

  // MARK: - Transfer

  private func beginTransfer(_ object: ScriptObject) throws(Thrown) -> Value? {
    guard let wrapper = hostObject(Value(object)) else { return nil }
    switch wrapper.payload {
    case let bitmap as ImageBitmap:
      guard let snapshot = bitmap.snapshot else { throw dataCloneError("An ImageBitmap is detached and could not be transferred.") }
      guard bitmap.isOriginClean else {
        throw dataCloneError("An ImageBitmap with pixels of another origin could not be transferred.")
      }
      return Value(wrap(ImageBitmap(snapshot: snapshot)))
    case let offscreen as OffscreenTarget:
      return Value(makeOffscreen(try mapErrors { () throws(CanvasError) in try offscreen.canvas.transferred() }))
    default: return nil
    }
  }

  private func finishTransfer(_ object: ScriptObject) {
    switch hostObject(Value(object))?.payload {
    case let bitmap as ImageBitmap: bitmap.close()
    case let offscreen as OffscreenTarget: try? offscreen.canvas.detach()
    default: break
    }
  }

  private func dataCloneError(_ message: String) -> Thrown { domException("DataCloneError", message) }
}
