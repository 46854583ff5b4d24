// Whether a point lies in a path or in its stroke.

extension Path {
  /// Whether `point` is inside by `rule`, or on the edge; open subpaths count as closed. Curves are taken within about 1/1000 of
  /// the path's unit, or 1/100000 of its extent where that is more.
  public func contains(_ point: Point, rule: FillRule) -> Bool {
    guard point.isFinite, let box = controlBounds else { return false }
    let extent = max(box.width, box.height)
    let slack = max(1e-9, extent * 1e-12)
    guard point.x >= box.minX - slack, point.x <= box.maxX + slack, point.y >= box.minY - slack, point.y <= box.maxY + slack
    else { return false }
    var test = WindingTest(point: point, slack: slack)
    let tolerance = max(1e-3, extent * 1e-5)
    var current = Point.zero
    var start = Point.zero
    forEachElement { element in
      switch element {
      case .move(let next):
        test.add(current, start)
        current = next
        start = next
      case .line(let next):
        test.add(current, next)
        current = next
      case .quadratic(let control, let end):
        let count = Flattening.chordCount(current, control, end, tolerance: tolerance)
        Flattening.chords(current, control, end, count: count) {
          test.add(current, $0)
          current = $0
        }
      case .conic(let control, let end, let weight):
        let conic = Conic(current, control, end, weight: weight)
        Flattening.chords(conic, count: Flattening.chordCount(conic, tolerance: tolerance)) {
          test.add(current, $0)
          current = $0
        }
      case .cubic(let control1, let control2, let end):
        let count = Flattening.chordCount(current, control1, control2, end, tolerance: tolerance)
        Flattening.chords(current, control1, control2, end, count: count) {
          test.add(current, $0)
          current = $0
        }
      case .close:
        test.add(current, start)
        current = start
      }
    }
    test.add(current, start)
    if test.isOnEdge { return true }
    return rule == .nonzero ? test.winding != 0 : test.winding & 1 != 0
  }

  /// Whether `point` is inside what stroking the path with `style` covers, or on its edge. Both are in the path's own space;
  /// `scale` is how many device pixels one unit takes and sets how finely curves are followed.
  public func strokeContains(_ point: Point, style: StrokeStyle, scale: Double = 1) -> Bool {
    guard point.isFinite else { return false }
    return stroked(style, tolerance: 0.02 / (scale > 0 && scale.isFinite ? scale : 1)).contains(point, rule: .nonzero)
  }
}

/// Counts how often the boundary winds around a point.
private struct WindingTest {
  let point: Point
  let slack: Double
  var winding = 0
  var isOnEdge = false

  init(point: Point, slack: Double) {
    self.point = point
    self.slack = slack
  }

  mutating func add(_ a: Point, _ b: Point) {
    if a == b { return }
    let side = (b - a).cross(point - a)
    let length = (b - a).length
    if abs(side) <= slack * length, point.x >= min(a.x, b.x) - slack, point.x <= max(a.x, b.x) + slack,
      point.y >= min(a.y, b.y) - slack, point.y <= max(a.y, b.y) + slack
    {
      isOnEdge = true
    }
    if a.y <= point.y {
      if b.y > point.y, side > 0 { winding += 1 }
    } else if b.y <= point.y, side < 0 {
      winding -= 1
    }
  }
}
