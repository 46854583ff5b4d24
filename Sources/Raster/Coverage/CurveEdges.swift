// Curves into edges as Skia's analytic coverage cuts them, whose pictures browsers show.
//
// A curve is cut where it turns back in y, so that each piece runs downwards; a piece becomes 2ⁿ chords of equal steps, n by how far
// it bends. Chord ends lie on quarters of rows, those of steep chords on whole rows (there the end slides along the chord).

import Geometry

extension EdgeBuilder {
  /// No piece becomes more than 2 to the power of this many chords.
  private static let maximumPower = 6

  // MARK: - Quadratic curves

  mutating func addQuadratic(_ p0: Point, _ p1: Point, _ p2: Point) {
    guard p0.isFinite, p1.isFinite, p2.isFinite else { return }
    if (p0.y - p1.y) * (p1.y - p2.y) >= 0 {
      addMonotoneQuadratic(p0, p1, p2)
      return
    }
    let t = (p0.y - p1.y) / (p0.y - 2 * p1.y + p2.y)
    guard t > 0, t < 1 else {
      // Rounding: the control point goes to the nearer end's height.
      let y = abs(p0.y - p1.y) < abs(p1.y - p2.y) ? p0.y : p2.y
      addMonotoneQuadratic(p0, Point(p1.x, y), p2)
      return
    }
    let left = p0.interpolated(to: p1, at: t), right = p1.interpolated(to: p2, at: t)
    let top = left.interpolated(to: right, at: t)
    addMonotoneQuadratic(p0, Point(left.x, top.y), top)
    addMonotoneQuadratic(top, Point(right.x, top.y), p2)
  }

  private mutating func addMonotoneQuadratic(_ p0: Point, _ p1: Point, _ p2: Point) {
    let goesUp = p0.y > p2.y
    let (a, c) = goesUp ? (p2, p0) : (p0, p2)
    if bounds.holds(a), bounds.holds(p1), bounds.holds(c) {
      addChords(a, p1, c, goesUp: goesUp)
      return
    }
    // What is seen of a curve that leaves the bounds is a curve of its own, with chords of its own.
    guard c.y > bounds.minY, a.y < bounds.maxY else { return }
    var visible = [(a, p1, c)]
    EdgeBuilder.split(&visible, atY: bounds.minY)
    EdgeBuilder.split(&visible, atY: bounds.maxY)
    EdgeBuilder.splitAtTurnInX(&visible)
    EdgeBuilder.split(&visible, atX: bounds.minX)
    EdgeBuilder.split(&visible, atX: bounds.maxX)
    for (a, b, c) in visible {
      let middle = a.interpolated(to: c, at: 0.5)
      if bounds.holds(middle) {
        addChords(a, b, c, goesUp: goesUp)
      } else {
        let (from, to) = (EdgeBuilder.snapped(a), EdgeBuilder.snapped(c))
        if goesUp { segment(to, from) } else { segment(from, to) }
      }
    }
  }

  private typealias Quadratic = (Point, Point, Point)

  /// Cuts each downward curve that passes the height `y` there.
  private static func split(_ curves: inout [Quadratic], atY y: Double) {
    split(&curves) { a, b, c in a.y < y && c.y > y ? root(a.y - y, b.y - y, c.y - y) : nil }
  }

  private static func split(_ curves: inout [Quadratic], atX x: Double) {
    split(&curves) { a, b, c in (a.x < x) != (c.x < x) ? root(a.x - x, b.x - x, c.x - x) : nil }
  }

  private static func splitAtTurnInX(_ curves: inout [Quadratic]) {
    split(&curves) { a, b, c in
      (a.x - b.x) * (b.x - c.x) < 0 ? (a.x - b.x) / (a.x - 2 * b.x + c.x) : nil
    }
  }

  private static func split(_ curves: inout [Quadratic], _ place: (Point, Point, Point) -> Double?) {
    curves = curves.flatMap { (a, b, c) -> [Quadratic] in
      guard let t = place(a, b, c), t > 0, t < 1 else { return [(a, b, c)] }
      let left = a.interpolated(to: b, at: t), right = b.interpolated(to: c, at: t)
      let middle = left.interpolated(to: right, at: t)
      return [(a, left, middle), (middle, right, c)]
    }
  }

  /// Where a quadratic polynomial with these Bézier coefficients, of different signs at its ends, is 0.
  private static func root(_ v0: Double, _ v1: Double, _ v2: Double) -> Double? {
    let a = v0 - 2 * v1 + v2, b = v1 - v0
    let discriminant = b * b - a * v0
    guard discriminant >= 0 else { return nil }
    let q = -(b + (b < 0 ? -discriminant.squareRoot() : discriminant.squareRoot()))
    return [q / a, v0 / q].first { $0 > 0 && $0 < 1 }
  }

  /// The chords of a curve that runs downwards from `a` to `c`.
  private mutating func addChords(_ a: Point, _ p1: Point, _ c: Point, goesUp: Bool) {
    // The middle of the curve from the middle of its chord is a quarter of this, and the bound counts in quarters of pixels.
    let power = max(1, EdgeBuilder.power(bend: (2 * p1.x - a.x - c.x) / 4, (2 * p1.y - a.y - c.y) / 4))
    var chain = SnappedChain(start: a, end: c, goesUp: goesUp)
    let ax = a.x - 2 * p1.x + c.x, ay = a.y - 2 * p1.y + c.y, bx = 2 * (p1.x - a.x), by = 2 * (p1.y - a.y)
    let count = 1 << power
    let step = 1 / Double(count)
    var index = 1
    while index < count {
      let t = Double(index) * step
      chain.advance(to: Point((ax * t + bx) * t + a.x, (ay * t + by) * t + a.y), &self)
      index &+= 1
    }
    chain.finish(&self)
  }

  // MARK: - Cubic curves

  mutating func addCubic(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point) {
    guard p0.isFinite, p1.isFinite, p2.isFinite, p3.isFinite else { return }
    var (a, b, c, d) = (p0, p1, p2, p3)
    var done = 0.0
    for root in EdgeBuilder.turningPoints(p0.y, p1.y, p2.y, p3.y) {
      let t = (root - done) / (1 - done)
      guard t > 0, t < 1 else { continue }
      let ab = a.interpolated(to: b, at: t), bc = b.interpolated(to: c, at: t), cd = c.interpolated(to: d, at: t)
      let abc = ab.interpolated(to: bc, at: t), bcd = bc.interpolated(to: cd, at: t)
      let middle = abc.interpolated(to: bcd, at: t)
      addMonotoneCubic(a, ab, Point(abc.x, middle.y), middle)
      (a, b, c) = (middle, Point(bcd.x, middle.y), cd)
      done = root
    }
    addMonotoneCubic(a, b, c, d)
    d = p3
  }

  /// Where the derivative of a cubic is 0, from the least on, inside 0...1.
  private static func turningPoints(_ v0: Double, _ v1: Double, _ v2: Double, _ v3: Double) -> [Double] {
    if (v0 <= v1 && v1 <= v2 && v2 <= v3) || (v0 >= v1 && v1 >= v2 && v2 >= v3) { return [] }
    let a = v3 - v0 + 3 * (v1 - v2), b = 2 * (v0 - v1 - v1 + v2), c = v1 - v0
    if a == 0 {
      let t = -c / b
      return t > 0 && t < 1 ? [t] : []
    }
    let discriminant = b * b - 4 * a * c
    guard discriminant >= 0 else { return [] }
    let q = b < 0 ? -(b - discriminant.squareRoot()) / 2 : -(b + discriminant.squareRoot()) / 2
    let roots = [q / a, c / q].filter { $0 > 0 && $0 < 1 }
    return roots.count == 2 && roots[0] == roots[1] ? [roots[0]] : roots.sorted()
  }

  private mutating func addMonotoneCubic(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point) {
    let goesUp = p0.y > p3.y
    let (a, b, c, d) = goesUp ? (p3, p2, p1, p0) : (p0, p1, p2, p3)
    let power = min(
      EdgeBuilder.maximumPower,
      EdgeBuilder.power(bend: EdgeBuilder.bend(a.x, b.x, c.x, d.x), EdgeBuilder.bend(a.y, b.y, c.y, d.y)) + 1)
    var chain = SnappedChain(start: a, end: d, goesUp: goesUp)
    let c1 = (b - a) * 3, c2x = 3 * (c.x - b.x) - c1.dx, c2y = 3 * (c.y - b.y) - c1.dy
    let c3x = d.x - a.x - c1.dx - c2x, c3y = d.y - a.y - c1.dy - c2y
    let count = 1 << power
    let step = 1 / Double(count)
    var index = 1
    while index < count {
      let t = Double(index) * step
      chain.advance(to: Point(((c3x * t + c2x) * t + c1.dx) * t + a.x, ((c3y * t + c2y) * t + c1.dy) * t + a.y), &self)
      index &+= 1
    }
    chain.finish(&self)
  }

  /// The greater distance from the chord at a third and at two thirds, along one axis.
  @inline(__always)
  private static func bend(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    max(abs(8 * a - 15 * b + 6 * c + d), abs(a + 6 * b - 15 * c + 8 * d)) * (19.0 / 512)
  }

  /// How often to halve a curve that bends by so many pixels.
  @inline(__always)
  private static func power(bend x: Double, _ y: Double) -> Int {
    let dx = abs(x), dy = abs(y)
    // The longer side and half the shorter one, in 1/256 pixels; then in eighths of a pixel, rounded.
    let distance = (dx > dy ? dx + dy / 2 : dy + dx / 2) * 256
    guard distance < 1e6 else { return maximumPower }
    let eighths = UInt32(distance + 16) >> 5
    return min(maximumPower, (32 - eighths.leadingZeroBitCount) / 2)
  }
}

/// A downward chain of chords whose ends are moved to quarters of rows.
private struct SnappedChain {
  private var x: Double
  private var y: Double
  // The last end before it was moved, and how far the start was.
  private var rawY: Double
  private let shift: Double
  private let end: Point
  private let lastY: Double
  private let goesUp: Bool

  @inline(__always)
  init(start: Point, end: Point, goesUp: Bool) {
    x = start.x
    y = EdgeBuilder.snapped(start.y)
    rawY = y
    shift = y - start.y
    self.end = end
    lastY = EdgeBuilder.snapped(end.y)
    self.goesUp = goesUp
  }

  @inline(__always)
  mutating func advance(to point: Point, _ builder: inout EdgeBuilder) {
    // The whole curve moves along with its start.
    let pointY = point.y + shift
    let height = pointY - rawY
    rawY = pointY
    if height >= 2, pointY != y {
      let slope = (point.x - x) / (pointY - y)
      let row = min(lastY, (pointY + 0.5).rounded(.down))
      add(point.x - slope * (pointY - row), row, &builder)
    } else {
      add(point.x, min(lastY, EdgeBuilder.snapped(pointY)), &builder)
    }
  }

  @inline(__always)
  mutating func finish(_ builder: inout EdgeBuilder) { add(end.x, lastY, &builder) }

  @inline(__always)
  private mutating func add(_ nextX: Double, _ nextY: Double, _ builder: inout EdgeBuilder) {
    // A chord without height waits for the next one, which then begins where it began.
    if nextY <= y { return }
    let from = Point(x, y), to = Point(nextX, nextY)
    if goesUp { builder.segment(to, from) } else { builder.segment(from, to) }
    (x, y) = (nextX, nextY)
  }
}

extension Rect {
  /// Whether a point is inside or on a side.
  @inline(__always)
  fileprivate func holds(_ point: Point) -> Bool { point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY }
}
