// The extent of a path, curves taken at their extremes.

extension Path {
  /// The smallest rectangle that holds the drawn path; nil for a path without points. A lone `move` counts when it is all there is.
  public var bounds: Rect? {
    guard let first = points.first else { return nil }
    var box = Box(first)
    var current = first
    var start = first
    forEachElement { element in
      switch element {
      case .move(let point):
        current = point
        start = point
      case .line(let end):
        box.add(current)
        box.add(end)
        current = end
      case .quadratic(let control, let end):
        box.add(current)
        box.add(end)
        box.addExtremes(current, control, end)
        current = end
      case .conic(let control, let end, let weight):
        box.add(current)
        box.add(end)
        box.addExtremes(Conic(current, control, end, weight: weight))
        current = end
      case .cubic(let control1, let control2, let end):
        box.add(current)
        box.add(end)
        box.addExtremes(current, control1, control2, end)
        current = end
      case .close:
        current = start
      }
    }
    return box.rect
  }
}

private struct Box {
  var minX, minY, maxX, maxY: Double

  init(_ point: Point) {
    (minX, minY, maxX, maxY) = (point.x, point.y, point.x, point.y)
  }

  var rect: Rect { Rect(x: minX, y: minY, width: maxX - minX, height: maxY - minY) }

  mutating func add(_ point: Point) {
    minX = min(minX, point.x)
    maxX = max(maxX, point.x)
    minY = min(minY, point.y)
    maxY = max(maxY, point.y)
  }

  mutating func addExtremes(_ p0: Point, _ p1: Point, _ p2: Point) {
    for t in [(p0.x - p1.x) / (p0.x - 2 * p1.x + p2.x), (p0.y - p1.y) / (p0.y - 2 * p1.y + p2.y)] where t > 0 && t < 1 {
      add(p0.interpolated(to: p1, at: t).interpolated(to: p1.interpolated(to: p2, at: t), at: t))
    }
  }

  mutating func addExtremes(_ conic: Conic) {
    func addRoots(_ v0: Double, _ v1: Double, _ v2: Double) {
      // Where the derivative's numerator is 0: a t² + 2 b t + c.
      let span = v2 - v0, reach = conic.weight * (v1 - v0)
      let a = conic.weight * span - span, b = (span - 2 * reach) / 2, c = reach
      let discriminant = b * b - a * c
      guard discriminant >= 0 else { return }
      let q = -(b + (b < 0 ? -discriminant.squareRoot() : discriminant.squareRoot()))
      for t in [q / a, c / q] where t > 0 && t < 1 { add(conic.point(at: t)) }
    }
    addRoots(conic.p0.x, conic.p1.x, conic.p2.x)
    addRoots(conic.p0.y, conic.p1.y, conic.p2.y)
  }

  mutating func addExtremes(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point) {
    func addRoots(_ v0: Double, _ v1: Double, _ v2: Double, _ v3: Double) {
      // The derivative's coefficients, a third of them: a t² + 2 b t + c.
      let a = v3 - 3 * v2 + 3 * v1 - v0, b = v2 - 2 * v1 + v0, c = v1 - v0
      let discriminant = b * b - a * c
      guard discriminant >= 0 else { return }
      let q = -(b + (b < 0 ? -discriminant.squareRoot() : discriminant.squareRoot()))
      for t in [q / a, c / q] where t > 0 && t < 1 {
        let p01 = p0.interpolated(to: p1, at: t), p12 = p1.interpolated(to: p2, at: t), p23 = p2.interpolated(to: p3, at: t)
        add(p01.interpolated(to: p12, at: t).interpolated(to: p12.interpolated(to: p23, at: t), at: t))
      }
    }
    addRoots(p0.x, p1.x, p2.x, p3.x)
    addRoots(p0.y, p1.y, p2.y, p3.y)
  }
}
