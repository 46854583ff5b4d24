// https://html.spec.whatwg.org/multipage/canvas.html#canvasdrawpath

import Drawing
import Geometry

extension CanvasRenderingContext2D {
  public func beginPath() { emptyPath() }

  /// "The fill steps"; nil for the current default path.
  public func fill(_ path: Path2D? = nil, _ fillRule: FillRule = .nonzero) {
    guard canDraw else { return }
    guard let paint = paint(state.fillStyle) else { return emitNothing() }
    if let path {
      emit(.fillPath(path.path, fillRule), paint: paint)
    } else if case .color = paint {
      // A single colour does not ask which space the path is in.
      emit(.fillPath(self.path, fillRule), paint: paint, transform: pathSpace)
    } else if let userPath = pathInUserSpace() {
      emit(.fillPath(userPath, fillRule), paint: paint)
    }
  }

  /// "The stroke steps": the pen is shaped by the transform at the time of the call, whatever the path was built with.
  public func stroke(_ path: Path2D? = nil) {
    guard canDraw else { return }
    guard let paint = paint(state.strokeStyle) else { return emitNothing() }
    guard let userPath = path?.path ?? pathInUserSpace() else { return }
    emit(.strokePath(userPath, state.line), paint: paint)
  }

  /// "The clip steps".
  public func clip(_ path: Path2D? = nil, _ fillRule: FillRule = .nonzero) {
    state.clip = ClipStack(
      parent: state.clip, path: path?.path ?? self.path, rule: fillRule,
      transform: path == nil ? pathSpace : state.transform)
  }

  /// `x` and `y` are canvas coordinates, whatever the transform is. Points on the path are in it.
  public func isPointInPath(_ path: Path2D?, _ x: Double, _ y: Double, _ fillRule: FillRule = .nonzero) -> Bool {
    // 1.
    guard x.isFinite, y.isFinite else { return false }
    // 2. 3. The point goes to the path, which would cost more to bring.
    let space = path == nil ? pathSpace : state.transform
    let path = path?.path ?? self.path
    if let inverse = space.inverted() { return path.contains(inverse.apply(Point(x, y)), rule: fillRule) }
    // A transform too large to be turned round; a flat one has no inside.
    guard space.determinant != 0 else { return false }
    return path.transformedBounded(by: space).contains(Point(x, y), rule: fillRule)
  }

  /// Likewise for what `stroke` would paint.
  public func isPointInStroke(_ path: Path2D?, _ x: Double, _ y: Double) -> Bool {
    // 1.
    guard x.isFinite, y.isFinite else { return false }
    // 2. 3.
    guard let inverse = state.transform.inverted(), let userPath = path?.path ?? pathInUserSpace() else { return false }
    return userPath.strokeContains(inverse.apply(Point(x, y)), style: state.line, scale: state.transform.meanScale)
  }

  // The overloads without a path.

  public func fill(_ fillRule: FillRule) { fill(nil, fillRule) }
  public func clip(_ fillRule: FillRule) { clip(nil, fillRule) }

  public func isPointInPath(_ x: Double, _ y: Double, _ fillRule: FillRule = .nonzero) -> Bool {
    isPointInPath(nil, x, y, fillRule)
  }

  public func isPointInStroke(_ x: Double, _ y: Double) -> Bool { isPointInStroke(nil, x, y) }
}
