// Points, rectangles and quadrilaterals of https://drafts.fxtf.org/geometry/.

/// DOMPoint: homogeneous coordinates of space.
public struct DOMPoint: Equatable, Sendable {
  public var x: Double
  public var y: Double
  public var z: Double
  public var w: Double

  public init(x: Double = 0, y: Double = 0, z: Double = 0, w: Double = 1) {
    self.x = x
    self.y = y
    self.z = z
    self.w = w
  }

  /// "Transform a point with a matrix".
  public func matrixTransform(_ matrix: DOMMatrix) -> DOMPoint { matrix.transformPoint(self) }
}

/// DOMRect. Width and height may be negative.
public struct DOMRect: Equatable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double = 0, y: Double = 0, width: Double = 0, height: Double = 0) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var top: Double { minimum(y, y + height) }
  public var right: Double { maximum(x, x + width) }
  public var bottom: Double { maximum(y, y + height) }
  public var left: Double { minimum(x, x + width) }
}

/// DOMQuad: four corners in drawing order.
public struct DOMQuad: Equatable, Sendable {
  public var p1: DOMPoint
  public var p2: DOMPoint
  public var p3: DOMPoint
  public var p4: DOMPoint

  public init(
    p1: DOMPoint = DOMPoint(), p2: DOMPoint = DOMPoint(), p3: DOMPoint = DOMPoint(), p4: DOMPoint = DOMPoint()
  ) {
    self.p1 = p1
    self.p2 = p2
    self.p3 = p3
    self.p4 = p4
  }

  public init(_ rect: DOMRect) {
    self.init(
      p1: DOMPoint(x: rect.x, y: rect.y), p2: DOMPoint(x: rect.x + rect.width, y: rect.y),
      p3: DOMPoint(x: rect.x + rect.width, y: rect.y + rect.height), p4: DOMPoint(x: rect.x, y: rect.y + rect.height))
  }

  /// The smallest rectangle that holds the corners.
  public var bounds: DOMRect {
    let left = minimum(minimum(p1.x, p2.x), minimum(p3.x, p4.x)), right = maximum(maximum(p1.x, p2.x), maximum(p3.x, p4.x))
    let top = minimum(minimum(p1.y, p2.y), minimum(p3.y, p4.y)), bottom = maximum(maximum(p1.y, p2.y), maximum(p3.y, p4.y))
    return DOMRect(x: left, y: top, width: right - left, height: bottom - top)
  }
}

// "NaN-safe minimum" and maximum: NaN when either is.
private func minimum(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : min(a, b) }
private func maximum(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
