// https://html.spec.whatwg.org/multipage/canvas.html#canvaspathdrawingstyles

import Geometry

extension CanvasRenderingContext2D {
  /// Positive and finite; other values are ignored. Default 1.
  public var lineWidth: Double {
    get { state.line.lineWidth }
    set {
      guard newValue > 0, newValue.isFinite else { return }
      state.line.lineWidth = newValue
    }
  }

  /// Default butt.
  public var lineCap: LineCap {
    get { state.line.lineCap }
    set { state.line.lineCap = newValue }
  }

  /// Default miter.
  public var lineJoin: LineJoin {
    get { state.line.lineJoin }
    set { state.line.lineJoin = newValue }
  }

  /// Positive and finite; other values are ignored. Default 10.
  public var miterLimit: Double {
    get { state.line.miterLimit }
    set {
      guard newValue > 0, newValue.isFinite else { return }
      state.line.miterLimit = newValue
    }
  }

  public func setLineDash(_ segments: [Double]) {
    // 1.
    guard segments.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      environment.warn?("setLineDash was ignored: a segment is negative or not finite.")
      return
    }
    // 2. 3.
    state.line.dashes = segments.count % 2 == 0 ? segments : segments + segments
  }

  public func getLineDash() -> [Double] { state.line.dashes }

  /// Finite; other values are ignored. Default 0.
  public var lineDashOffset: Double {
    get { state.line.dashOffset }
    set {
      guard newValue.isFinite else { return }
      state.line.dashOffset = newValue
    }
  }
}
