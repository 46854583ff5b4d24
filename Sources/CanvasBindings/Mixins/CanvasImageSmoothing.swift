// https://html.spec.whatwg.org/multipage/canvas.html#canvasimagesmoothing

import CanvasCore

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasImageSmoothing() {
    flag(
      "imageSmoothingEnabled", get: { context in context.imageSmoothingEnabled },
      set: { context, value in context.imageSmoothingEnabled = value })
    enumeration(
      "imageSmoothingQuality", get: { context in context.imageSmoothingQuality },
      set: { context, value in context.imageSmoothingQuality = value })
  }
}
