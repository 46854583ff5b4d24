// https://html.spec.whatwg.org/multipage/canvas.html#canvastransform

import Geometry

extension CanvasRenderingContext2D {
  public func scale(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    currentTransform = currentTransform.concatenating(.scale(x, y))
  }

  /// `angle` is in radians, clockwise.
  public func rotate(_ angle: Double) {
    guard angle.isFinite else { return }
    currentTransform = currentTransform.concatenating(.rotation(radians: angle))
  }

  public func translate(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    currentTransform = currentTransform.concatenating(.translation(x, y))
  }

  public func transform(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double) {
    let matrix = AffineTransform(a: a, b: b, c: c, d: d, e: e, f: f)
    guard matrix.isFinite else { return }
    currentTransform = currentTransform.concatenating(matrix)
  }

  public func setTransform(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double) {
    setTransform(AffineTransform(a: a, b: b, c: c, d: d, e: e, f: f))
  }

  /// `setTransform` with a DOMMatrix2DInit that was fixed up.
  public func setTransform(_ matrix: AffineTransform) {
    guard matrix.isFinite else { return }
    currentTransform = matrix
  }

  public func resetTransform() { currentTransform = .identity }

  public func getTransform() -> DOMMatrix { DOMMatrix(currentTransform) }
}
