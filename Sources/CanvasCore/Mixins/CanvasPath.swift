// https://html.spec.whatwg.org/multipage/canvas.html#canvaspath

import Geometry

/// How a point that a script gives becomes a point of the stored path.
public enum PathMapping {
  case identity
  case transform(AffineTransform)
}

/// The path methods that the context and Path2D share. All are requirements so that each conformer has its own compiled copy.
public protocol CanvasPath: AnyObject {
  /// The stored path.
  var path: Path { get set }
  /// Makes the path ready to take points; tells how they are mapped.
  func preparePath() -> PathMapping

  func closePath()
  func moveTo(_ x: Double, _ y: Double)
  func lineTo(_ x: Double, _ y: Double)
  func quadraticCurveTo(_ cpx: Double, _ cpy: Double, _ x: Double, _ y: Double)
  func bezierCurveTo(_ cp1x: Double, _ cp1y: Double, _ cp2x: Double, _ cp2y: Double, _ x: Double, _ y: Double)
  func arcTo(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ radius: Double) throws(CanvasError)
  func rect(_ x: Double, _ y: Double, _ w: Double, _ h: Double)
  func roundRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ radii: [CornerRadius]) throws(CanvasError)
  func arc(
    _ x: Double, _ y: Double, _ radius: Double, _ startAngle: Double, _ endAngle: Double, _ counterclockwise: Bool
  ) throws(CanvasError)
  func ellipse(
    _ x: Double, _ y: Double, _ radiusX: Double, _ radiusY: Double, _ rotation: Double, _ startAngle: Double, _ endAngle: Double,
    _ counterclockwise: Bool
  ) throws(CanvasError)
}

extension CanvasPath {
  public func closePath() { path.close() }

  public func moveTo(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    switch preparePath() {
    case .identity: path.move(to: Point(x, y))
    case .transform(let transform): path.move(to: transform.applyBounded(Point(x, y)))
    }
  }

  public func lineTo(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    switch preparePath() {
    case .identity: path.line(to: Point(x, y))
    case .transform(let transform): path.line(to: transform.applyBounded(Point(x, y)))
    }
  }

  public func quadraticCurveTo(_ cpx: Double, _ cpy: Double, _ x: Double, _ y: Double) {
    guard cpx.isFinite, cpy.isFinite, x.isFinite, y.isFinite else { return }
    switch preparePath() {
    case .identity: path.quadratic(control: Point(cpx, cpy), to: Point(x, y))
    case .transform(let transform):
      path.quadratic(control: transform.applyBounded(Point(cpx, cpy)), to: transform.applyBounded(Point(x, y)))
    }
  }

  public func bezierCurveTo(_ cp1x: Double, _ cp1y: Double, _ cp2x: Double, _ cp2y: Double, _ x: Double, _ y: Double) {
    guard cp1x.isFinite, cp1y.isFinite, cp2x.isFinite, cp2y.isFinite, x.isFinite, y.isFinite else { return }
    switch preparePath() {
    case .identity: path.cubic(control1: Point(cp1x, cp1y), control2: Point(cp2x, cp2y), to: Point(x, y))
    case .transform(let transform):
      path.cubic(
        control1: transform.applyBounded(Point(cp1x, cp1y)), control2: transform.applyBounded(Point(cp2x, cp2y)),
        to: transform.applyBounded(Point(x, y)))
    }
  }

  public func rect(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    guard x.isFinite, y.isFinite, w.isFinite, h.isFinite else { return }
    // 2. – 4. A closed subpath goes on from its start, so the last step needs no move of its own.
    let rect = Rect(x: x, y: y, width: w, height: h)
    switch preparePath() {
    case .identity where (x + w).isFinite && (y + h).isFinite: path.addRectangle(rect)
    case .identity: path.append(Path.rectangle(rect).transformedBounded(by: .identity))
    case .transform(let transform): path.append(Path.rectangle(rect).transformedBounded(by: transform))
    }
  }
}

extension AffineTransform {
  /// Like `apply`, but what overflows comes out as a huge finite number: stored points are finite.
  func applyBounded(_ point: Point) -> Point {
    let mapped = apply(point)
    if mapped.isFinite { return mapped }
    func bounded(_ value: Double) -> Double { value.isNaN ? 0 : max(-1e30, min(1e30, value)) }
    return Point(bounded(mapped.x), bounded(mapped.y))
  }
}

extension Path {
  /// Like `transformed`, but points that overflow stay finite.
  func transformedBounded(by transform: AffineTransform) -> Path {
    let plain = transform.isIdentity ? self : transformed(by: transform)
    if plain.points.allSatisfy({ $0.isFinite }) { return plain }
    var result = Path()
    forEachElement { element in
      switch element {
      case .move(let point): result.move(to: transform.applyBounded(point))
      case .line(let point): result.line(to: transform.applyBounded(point))
      case .quadratic(let control, let end):
        result.quadratic(control: transform.applyBounded(control), to: transform.applyBounded(end))
      case .conic(let control, let end, let weight):
        result.conic(control: transform.applyBounded(control), to: transform.applyBounded(end), weight: weight)
      case .cubic(let control1, let control2, let end):
        result.cubic(
          control1: transform.applyBounded(control1), control2: transform.applyBounded(control2),
          to: transform.applyBounded(end))
      case .close: result.close()
      }
    }
    return result
  }
}
