// https://html.spec.whatwg.org/multipage/canvas.html#htmlcanvaselement

import CanvasCore
import ScriptRuntime

/// A canvas element.
final class CanvasElement: ElementNode {
  let canvas: Canvas

  init(canvas: Canvas) {
    self.canvas = canvas
    super.init("canvas")
  }

  /// Content attributes decide the size; a size that does not parse is the default.
  override func attributeDidChange(_ name: String) {
    switch name {
    case "width": try? canvas.setWidth(attribute("width").flatMap(Canvas.parseDimension) ?? Canvas.defaultWidth)
    case "height": try? canvas.setHeight(attribute("height").flatMap(Canvas.parseDimension) ?? Canvas.defaultHeight)
    default: break
    }
  }

  override var layoutSize: (width: Double, height: Double) { (Double(canvas.width), Double(canvas.height)) }
}

extension ScriptEnvironment {
  func defineCanvasElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<CanvasElement>(self, .canvasElement, prototype)
    interface.attribute(
      "width", get: { (call) throws(Thrown) in Value(call.receiver.canvas.width) },
      set: { (call, value) throws(Thrown) in
        let width = try call.environment.reflectedLength(value, default: Canvas.defaultWidth)
        try call.environment.checkNotPlaceholder(call.receiver.canvas)
        call.receiver.setAttribute("width", String(width))
      })
    interface.attribute(
      "height", get: { (call) throws(Thrown) in Value(call.receiver.canvas.height) },
      set: { (call, value) throws(Thrown) in
        let height = try call.environment.reflectedLength(value, default: Canvas.defaultHeight)
        try call.environment.checkNotPlaceholder(call.receiver.canvas)
        call.receiver.setAttribute("height", String(height))
      })
    interface.method("getContext", length: 1) { (call) throws(Thrown) in
      try call.environment.getContext(call.receiver.canvas, call.wrapper, try call.text(0), call[1])
    }
    interface.method("toDataURL", length: 0) { (call) throws(Thrown) in
      let type = try call.text(0, default: "image/png")
      let quality = call[1].asNumber
      let url = try call.environment.mapErrors { () throws(CanvasError) in
        try call.receiver.canvas.toDataURL(type: type, quality: quality)
      }
      return call.realm.text(url)
    }
    interface.method("toBlob", length: 1) { (call) throws(Thrown) in
      guard let callback = call[0].asCallable else {
        throw call.realm.typeError(
          "Failed to execute 'toBlob' on 'HTMLCanvasElement': The callback provided as parameter 1 is not a function.")
      }
      let type = try call.text(1, default: "image/png")
      let quality = call[2].asNumber
      let file = try call.environment.mapErrors { () throws(CanvasError) in
        try call.receiver.canvas.toBlob(type: type, quality: quality)
      }
      unowned(unsafe) let environment = call.environment
      environment.host.enqueueTask {
        let blob = file.map { Value(environment.wrap(BlobData($0.bytes, type: $0.mimeType))) } ?? .null
        environment.callback(callback, [blob])
      }
      return .undefined
    }
    interface.method("transferControlToOffscreen", length: 0) { (call) throws(Thrown) in
      let offscreen = try call.environment.mapErrors { () throws(CanvasError) in
        try call.receiver.canvas.transferControlToOffscreen()
      }
      return Value(call.environment.makeOffscreen(offscreen))
    }
    interface.method("captureStream", length: 0) { (call) throws(Thrown) in
      throw call.environment.domException("NotSupportedError", "Streams of canvases are not supported.")
    }
    interface.eventHandler("contextlost")
    interface.eventHandler("contextrestored")
    return interface.finish(parent)
  }

  /// A number that a `width` or `height` is set to: `unsigned long`, the default beyond 2^31 - 1.
  func reflectedLength(_ value: Value, default missing: Int) throws(Thrown) -> Int {
    let length = try realm.unsignedLong(value)
    return length > 2_147_483_647 ? missing : length
  }

  func checkNotPlaceholder(_ canvas: Canvas) throws(Thrown) {
    guard canvas.contextMode != .placeholder else {
      throw domException("InvalidStateError", "Cannot resize canvas after call to transferControlToOffscreen().")
    }
  }
}
