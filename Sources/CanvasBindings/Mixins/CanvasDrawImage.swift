// https://html.spec.whatwg.org/multipage/canvas.html#canvasdrawimage

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasDrawImage() {
    method("drawImage", length: 3) { (call) throws(Thrown) in
      guard let image = call.environment.imageSource(call[0]) else {
        throw call.realm.typeError(
          context("drawImage")
            + "The provided value is not of type '(HTMLCanvasElement or HTMLImageElement or ImageBitmap or OffscreenCanvas)'.")
      }
      let a = try call.double(1)
      let b = try call.double(2)
      do {
        if call.count < 5 {
          // Three arguments; a fourth alone is ignored no more than it is in browsers.
          if call.count == 4 { throw wrongCount(call) }
          try drawMapped(call) { (receiver) throws(CanvasError) in try receiver.drawImage(image, a, b) }
          return .undefined
        }
        if call.count > 5, call.count < 9 { throw wrongCount(call) }
        let c = try call.double(3)
        let d = try call.double(4)
        if call.count == 5 {
          try drawMapped(call) { (receiver) throws(CanvasError) in try receiver.drawImage(image, a, b, c, d) }
          return .undefined
        }
        let e = try call.double(5)
        let f = try call.double(6)
        let g = try call.double(7)
        let h = try call.double(8)
        try drawMapped(call) { (receiver) throws(CanvasError) in try receiver.drawImage(image, a, b, c, d, e, f, g, h) }
        return .undefined
      }
    }
  }

  private func drawMapped(
    _ call: Call<Receiver>, _ body: (CanvasRenderingContext2D) throws(CanvasError) -> Void
  ) throws(Thrown) {
    do throws(CanvasError) {
      try body(call.receiver)
    } catch {
      throw call.environment.exception(error, in: context("drawImage"))
    }
  }

  private func wrongCount(_ call: Call<Receiver>) -> Thrown {
    call.realm.typeError(context("drawImage") + "Valid arities are: [3, 5, 9], but \(call.count) arguments provided.")
  }
}
