// The methods of CanvasPath that draw arcs; their geometry is Geometry's.

import Geometry
import Glibc

extension CornerRadius {
  /// A circular corner: a plain number among the radii of `roundRect`.
  public init(_ radius: Double) { self.init(x: radius, y: radius) }
}

extension PathMapping {
  fileprivate var transform: AffineTransform {
    switch self {
    case .identity: .identity
    case .transform(let transform): transform
    }
  }
}

extension CanvasPath {
  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-arcto
  public func arcTo(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ radius: Double) throws(CanvasError) {
    // 1.
    guard x1.isFinite, y1.isFinite, x2.isFinite, y2.isFinite, radius.isFinite else { return }
    let transform = preparePath().transform
    // 2.
    if !path.hasSubpath { path.move(to: transform.applyBounded(Point(x1, y1))) }
    // 3.
    guard radius >= 0 else { throw .indexSize("The radius \(radius) of arcTo is negative.") }
    // 4. – 7.
    path.addArcTo(Point(x1, y1), Point(x2, y2), radius: radius, transform: transform)
  }

  public func arc(
    _ x: Double, _ y: Double, _ radius: Double, _ startAngle: Double, _ endAngle: Double, _ counterclockwise: Bool = false
  ) throws(CanvasError) {
    try ellipse(x, y, radius, radius, 0, startAngle, endAngle, counterclockwise)
  }

  /// "The ellipse method steps".
  public func ellipse(
    _ x: Double, _ y: Double, _ radiusX: Double, _ radiusY: Double, _ rotation: Double, _ startAngle: Double, _ endAngle: Double,
    _ counterclockwise: Bool = false
  ) throws(CanvasError) {
    // 1.
    guard x.isFinite, y.isFinite, radiusX.isFinite, radiusY.isFinite, rotation.isFinite, startAngle.isFinite, endAngle.isFinite
    else { return }
    // 2.
    guard radiusX >= 0, radiusY >= 0 else {
      throw .indexSize("The radius \(radiusX < 0 ? radiusX : radiusY) is negative.")
    }
    // 3. 4. Whole turns against the direction of drawing leave open whether the arc is empty or full; browsers draw it full.
    var endAngle = endAngle
    let turn = 2 * Double.pi, backwards = counterclockwise ? endAngle - startAngle : startAngle - endAngle
    if backwards > 0, fmod(backwards, turn) == 0 { endAngle = counterclockwise ? startAngle - turn : startAngle + turn }
    path.addEllipse(
      center: Point(x, y), radiusX: radiusX, radiusY: radiusY, rotation: rotation, startAngle: startAngle, endAngle: endAngle,
      counterclockwise: counterclockwise, transform: preparePath().transform)
  }

  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-roundrect
  public func roundRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ radii: [CornerRadius]) throws(CanvasError) {
    // 1.
    guard x.isFinite, y.isFinite, w.isFinite, h.isFinite else { return }
    // 2. 3.
    guard (1...4).contains(radii.count) else { throw .range("roundRect takes one to four radii, not \(radii.count).") }
    // 4. 5.
    for radius in radii {
      guard radius.x.isFinite, radius.y.isFinite else { return }
      guard radius.x >= 0, radius.y >= 0 else {
        throw .range("The radius \(radius.x < 0 ? radius.x : radius.y) of roundRect is negative.")
      }
    }
    // 6. – 10.
    let upperRight = radii.count > 1 ? radii[1] : radii[0]
    let corners = CornerRadii(
      upperLeft: radii[0], upperRight: upperRight, lowerRight: radii.count > 2 ? radii[2] : radii[0],
      lowerLeft: radii.count > 3 ? radii[3] : upperRight)
    // 11. – 14.
    path.addRoundedRect(Rect(x: x, y: y, width: w, height: h), radii: corners, transform: preparePath().transform)
  }
}
