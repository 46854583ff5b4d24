// https://html.spec.whatwg.org/multipage/canvas.html#the-offscreencanvas-interface

import CanvasCore
import ScriptRuntime

/// An OffscreenCanvas.
final class OffscreenTarget {
  let canvas: Canvas

  init(canvas: Canvas) { self.canvas = canvas }
}

extension ScriptEnvironment {
  func makeOffscreen(_ canvas: Canvas) -> HostObject {
    let wrapper = wrap(OffscreenTarget(canvas: canvas), as: .offscreenCanvas, bytes: 512)
    addLinks(to: wrapper)
    return wrapper
  }

  func defineOffscreenCanvas(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<OffscreenTarget>(self, .offscreenCanvas, prototype)
    interface.attribute(
      "width", get: { (call) throws(Thrown) in Value(call.receiver.canvas.width) },
      set: { (call, value) throws(Thrown) in
        let width = try call.realm.enforcedUnsignedLongLong(value)
        try call.environment.mapErrors { () throws(CanvasError) in try call.receiver.canvas.setWidth(width) }
      })
    interface.attribute(
      "height", get: { (call) throws(Thrown) in Value(call.receiver.canvas.height) },
      set: { (call, value) throws(Thrown) in
        let height = try call.realm.enforcedUnsignedLongLong(value)
        try call.environment.mapErrors { () throws(CanvasError) in try call.receiver.canvas.setHeight(height) }
      })
    interface.method("getContext", length: 1) { (call) throws(Thrown) in
      let name = try call.text(0)
      guard ["2d", "bitmaprenderer", "webgl", "webgl2", "webgpu"].contains(name) else {
        throw call.realm.typeError(
          "Failed to execute 'getContext' on 'OffscreenCanvas': The provided value '\(name)' is not a valid enum value of type OffscreenRenderingContextType."
        )
      }
      return try call.environment.getContext(call.receiver.canvas, call.wrapper, name, call[1])
    }
    interface.method("transferToImageBitmap", length: 0) { (call) throws(Thrown) in
      let bitmap = try call.environment.mapErrors { () throws(CanvasError) in try call.receiver.canvas.transferToImageBitmap() }
      return Value(call.environment.wrap(bitmap))
    }
    interface.promiseMethod("convertToBlob", length: 0) { (call) throws(Thrown) in
      let options = try call.environment.encodeOptions(call[0])
      let file = try call.environment.mapErrors { () throws(CanvasError) in
        try call.receiver.canvas.convertToBlob(type: options.type, quality: options.quality)
      }
      unowned(unsafe) let environment = call.environment
      let capability = PromiseCapability(environment)
      environment.host.enqueueTask {
        capability.resolve(Value(environment.wrap(BlobData(file.bytes, type: file.mimeType))))
      }
      return capability.promise
    }
    interface.eventHandler("contextlost")
    interface.eventHandler("contextrestored")
    return interface.finish(parent, length: 2) { (environment, arguments, newTarget) throws(Thrown) in
      let width = try environment.realm.enforcedUnsignedLongLong(arguments[0])
      let height = try environment.realm.enforcedUnsignedLongLong(arguments[1])
      let canvas = Canvas(width: width, height: height, kind: .offscreen, environment: environment.canvasEnvironment)
      let wrapper = try environment.wrap(OffscreenTarget(canvas: canvas), as: .offscreenCanvas, newTarget: newTarget, bytes: 512)
      environment.addLinks(to: wrapper)
      return Value(wrapper)
    }
  }
}
