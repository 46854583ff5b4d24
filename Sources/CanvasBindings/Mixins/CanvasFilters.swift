// https://html.spec.whatwg.org/multipage/canvas.html#canvasfilters

import CanvasCore

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasFilters() {
    text("filter", get: { context in context.filter }, set: { context, value in context.filter = value })
  }
}
