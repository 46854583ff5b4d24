// https://html.spec.whatwg.org/multipage/canvas.html#canvasrect

import CanvasCore

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasRect() {
    method("clearRect") { context, x, y, w, h in context.clearRect(x, y, w, h) }
    method("fillRect") { context, x, y, w, h in context.fillRect(x, y, w, h) }
    method("strokeRect") { context, x, y, w, h in context.strokeRect(x, y, w, h) }
  }
}
