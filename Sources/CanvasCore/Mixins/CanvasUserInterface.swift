// https://html.spec.whatwg.org/multipage/canvas.html#canvasuserinterface

import Drawing
import Geometry

extension CanvasRenderingContext2D {
  /// "Draw focus if needed": a ring along the path (nil for the current default path). `isFocused` says whether the element has
  /// the focus and is a descendant of the canvas.
  public func drawFocusIfNeeded(_ path: Path2D? = nil, isFocused: Bool) {
    // 1.
    guard isFocused, canDraw else { return }
    // 2. Only clip and transform matter; two strokes, so that the ring is seen on any ground.
    let ring = path?.path ?? self.path
    let transform = path == nil ? pathSpace : state.transform
    for (width, color) in [(4.0, Color.white), (2.0, Color(red8: 0, green8: 95, blue8: 204))] {
      bitmap.draw(
        DrawCommand(
          operation: .strokePath(ring, StrokeStyle(lineWidth: width, lineJoin: .round)), paint: .color(color),
          transform: transform, clip: state.clip))
    }
  }
}
