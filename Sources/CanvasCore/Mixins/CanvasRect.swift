// https://html.spec.whatwg.org/multipage/canvas.html#canvasrect

import Drawing
import Geometry

extension CanvasRenderingContext2D {
  public func clearRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    // 1. A rectangle without area holds no pixels.
    guard x.isFinite, y.isFinite, w.isFinite, h.isFinite, w != 0, h != 0, canDraw else { return }
    // 2. 3.
    bitmap.draw(
      DrawCommand(
        operation: .clearRect(Rect(x: x, y: y, width: w, height: h)), transform: state.transform, clip: state.clip))
  }

  public func fillRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    // 1. 2.
    guard x.isFinite, y.isFinite, w.isFinite, h.isFinite, w != 0, h != 0, canDraw else { return }
    // 3.
    guard let paint = paint(state.fillStyle) else { return emitNothing() }
    emit(.fillRect(Rect(x: x, y: y, width: w, height: h)), paint: paint)
  }

  public func strokeRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    // 1.
    guard x.isFinite, y.isFinite, w.isFinite, h.isFinite, canDraw else { return }
    // 2. A single point has no lines to trace.
    if w == 0, h == 0 { return }
    guard let paint = paint(state.strokeStyle) else { return emitNothing() }
    if w == 0 || h == 0 {
      var path = Path()
      path.move(to: Point(x, y))
      path.line(to: Point(x + w, y + h))
      // Departure: the Standard leaves this line open; browsers close it, so that its ends are joins and have no caps.
      path.close()
      emit(.strokePath(path, state.line), paint: paint)
    } else {
      emit(.strokeRect(Rect(x: x, y: y, width: w, height: h), state.line), paint: paint)
    }
  }
}
