// Curves into chords.
//
// The number of chords comes from Wang's bound: a Bézier curve of degree d cut into n equal steps of its parameter stays within
// d(d-1)/8 · max|P(i) - 2P(i+1) + P(i+2)| / n² of its chords. (G.-J. Wang, 1984; R. Goldman, Pyramid Algorithms, 5.6.3.)

/// How curves become chords.
public enum Flattening {
  /// No curve is cut into more chords than this, however large it is.
  public static let maximumChordCount = 2048

  @inlinable @inline(__always)
  static func count(squaredBound: Double) -> Int {
    // The bound is compared in squares: n⁴ >= bound² saves one square root and catches NaN and infinity.
    guard squaredBound < 1.7e13 else { return maximumChordCount }
    return max(1, Int(squaredBound.squareRoot().squareRoot().rounded(.up)))
  }

  /// Chords needed for a quadratic so that none misses it by more than `tolerance`.
  @inlinable @inline(__always)
  public static func chordCount(_ p0: Point, _ p1: Point, _ p2: Point, tolerance: Double) -> Int {
    let dx = p0.x - 2 * p1.x + p2.x, dy = p0.y - 2 * p1.y + p2.y
    let factor = 0.25 / tolerance
    return count(squaredBound: (dx * dx + dy * dy) * factor * factor)
  }

  /// Chords needed for a cubic so that none misses it by more than `tolerance`.
  @inlinable @inline(__always)
  public static func chordCount(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point, tolerance: Double) -> Int {
    let ax = p0.x - 2 * p1.x + p2.x, ay = p0.y - 2 * p1.y + p2.y
    let bx = p1.x - 2 * p2.x + p3.x, by = p1.y - 2 * p2.y + p3.y
    let factor = 0.75 / tolerance
    return count(squaredBound: max(ax * ax + ay * ay, bx * bx + by * by) * factor * factor)
  }

  /// Calls `body` with the end of each of `count` chords; the last is exactly `p2`.
  @inlinable @inline(__always)
  public static func chords(_ p0: Point, _ p1: Point, _ p2: Point, count: Int, _ body: (Point) -> Void) {
    let ax = p0.x - 2 * p1.x + p2.x, ay = p0.y - 2 * p1.y + p2.y
    let bx = 2 * (p1.x - p0.x), by = 2 * (p1.y - p0.y)
    let step = 1 / Double(count)
    var index = 1
    while index < count {
      let t = Double(index) * step
      body(Point((ax * t + bx) * t + p0.x, (ay * t + by) * t + p0.y))
      index += 1
    }
    body(p2)
  }

  /// Calls `body` with the end of each of `count` chords; the last is exactly `p3`.
  @inlinable @inline(__always)
  public static func chords(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point, count: Int, _ body: (Point) -> Void) {
    let cx = 3 * (p1.x - p0.x), cy = 3 * (p1.y - p0.y)
    let bx = 3 * (p2.x - p1.x) - cx, by = 3 * (p2.y - p1.y) - cy
    let ax = p3.x - p0.x - cx - bx, ay = p3.y - p0.y - cy - by
    let step = 1 / Double(count)
    var index = 1
    while index < count {
      let t = Double(index) * step
      body(Point(((ax * t + bx) * t + cx) * t + p0.x, ((ay * t + by) * t + cy) * t + p0.y))
      index += 1
    }
    body(p3)
  }
}

/// Closed or open polygons, end to end in one array.
public struct PolygonList: Sendable {
  public private(set) var points: [Point] = []
  /// For each polygon the index after its last point.
  public private(set) var ends: [Int] = []

  public init() {}

  public var isEmpty: Bool { ends.isEmpty }

  public mutating func removeAll() {
    points.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func append(_ point: Point) { points.append(point) }

  /// Ends the polygon made of the points since the last end; fewer than two points are dropped.
  mutating func endPolygon() {
    let start = ends.last ?? 0
    if points.count - start >= 2 {
      ends.append(points.count)
    } else {
      points.removeLast(points.count - start)
    }
  }

  /// The polygons as closed subpaths.
  public var path: Path { makePath(isClosed: true) }

  /// The polygons as open lines.
  public var openPath: Path { makePath(isClosed: false) }

  private func makePath(isClosed: Bool) -> Path {
    var result = Path()
    result.reserveCapacity(verbs: points.count + ends.count, points: points.count)
    var start = 0
    for end in ends {
      result.move(to: points[start])
      for index in start + 1..<end { result.line(to: points[index]) }
      if isClosed { result.close() }
      start = end
    }
    return result
  }
}

extension Path {
  /// The path with its curves replaced by chords that miss them by at most `tolerance`.
  public func flattened(tolerance: Double) -> Path {
    var result = Path()
    result.reserveCapacity(verbs: verbs.count, points: points.count)
    var current = Point.zero
    forEachElement { element in
      switch element {
      case .move(let point):
        result.move(to: point)
        current = point
      case .line(let point):
        result.line(to: point)
        current = point
      case .quadratic(let control, let end):
        let count = Flattening.chordCount(current, control, end, tolerance: tolerance)
        Flattening.chords(current, control, end, count: count) { result.line(to: $0) }
        current = end
      case .conic(let control, let end, let weight):
        let conic = Conic(current, control, end, weight: weight)
        Flattening.chords(conic, count: Flattening.chordCount(conic, tolerance: tolerance)) { result.line(to: $0) }
        current = end
      case .cubic(let control1, let control2, let end):
        let count = Flattening.chordCount(current, control1, control2, end, tolerance: tolerance)
        Flattening.chords(current, control1, control2, end, count: count) { result.line(to: $0) }
        current = end
      case .close:
        result.close()
        current = result.currentPoint
      }
    }
    return result
  }
}
