// https://html.spec.whatwg.org/multipage/canvas.html#canvasimagedata

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasImageData() {
    method("createImageData", length: 1) { (call) throws(Thrown) in
      if call.count == 1 {
        guard let imageData = payload(call[0], as: ImageData.self) else {
          throw call.realm.typeError(context("createImageData") + "parameter 1 is not of type 'ImageData'.")
        }
        return try made(call, "createImageData") { (receiver) throws(CanvasError) in try receiver.createImageData(imageData) }
      }
      let width = try call.realm.enforcedLong(call[0])
      let height = try call.realm.enforcedLong(call[1])
      let settings = try call.environment.imageDataSettings(call[2])
      return try made(call, "createImageData") { (receiver) throws(CanvasError) in
        try receiver.createImageData(width, height, settings)
      }
    }
    method("getImageData", length: 4) { (call) throws(Thrown) in
      let x = try call.realm.enforcedLong(call[0])
      let y = try call.realm.enforcedLong(call[1])
      let width = try call.realm.enforcedLong(call[2])
      let height = try call.realm.enforcedLong(call[3])
      let settings = try call.environment.imageDataSettings(call[4])
      return try made(call, "getImageData") { (receiver) throws(CanvasError) in
        try receiver.getImageData(x, y, width, height, settings)
      }
    }
    method("putImageData", length: 3) { (call) throws(Thrown) in
      guard let wrapper = hostObject(call[0]), let imageData = payload(of: wrapper, as: ImageData.self) else {
        throw call.realm.typeError(context("putImageData") + "parameter 1 is not of type 'ImageData'.")
      }
      let x = try call.realm.enforcedLong(call[1])
      let y = try call.realm.enforcedLong(call[2])
      if call.count > 3, call.count < 7 {
        throw call.realm.typeError(context("putImageData") + "Valid arities are: [3, 7], but \(call.count) arguments provided.")
      }
      if call.count == 3 {
        try call.environment.checkAttached(wrapper)
        call.receiver.putImageData(imageData, x, y)
        return .undefined
      }
      let dirtyX = try call.realm.enforcedLong(call[3])
      let dirtyY = try call.realm.enforcedLong(call[4])
      let dirtyWidth = try call.realm.enforcedLong(call[5])
      let dirtyHeight = try call.realm.enforcedLong(call[6])
      try call.environment.checkAttached(wrapper)
      call.receiver.putImageData(imageData, x, y, dirtyX, dirtyY, dirtyWidth, dirtyHeight)
      return .undefined
    }
  }

  private func made(
    _ call: Call<Receiver>, _ name: String, _ body: (CanvasRenderingContext2D) throws(CanvasError) -> ImageData
  ) throws(Thrown) -> Value {
    let imageData: ImageData
    do throws(CanvasError) {
      imageData = try body(call.receiver)
    } catch {
      throw call.environment.exception(error, in: context(name))
    }
    return Value(try call.environment.wrap(imageData))
  }
}
