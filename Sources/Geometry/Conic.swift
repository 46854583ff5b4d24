// Conic sections as rational quadratic Bézier curves: circles and ellipses without error.

/// The curve ((1-t)² p0 + 2 w t (1-t) p1 + t² p2) / ((1-t)² + 2 w t (1-t) + t²). An arc of a circle or ellipse has w < 1.
public struct Conic: Equatable, Sendable, BitwiseCopyable {
  public var p0: Point
  public var p1: Point
  public var p2: Point
  /// Of the control point; positive and finite. An arc that turns by θ has cos(θ/2).
  public var weight: Double

  @inlinable public init(_ p0: Point, _ p1: Point, _ p2: Point, weight: Double) {
    self.p0 = p0
    self.p1 = p1
    self.p2 = p2
    self.weight = weight
  }

  /// No conic is cut into more than 2 to the power of this many quadratic curves.
  public static let maximumPower = 5

  @inlinable
  public func point(at t: Double) -> Point {
    let s = 1 - t
    let a = s * s, b = 2 * weight * t * s, c = t * t
    let scale = 1 / (a + b + c)
    return Point((a * p0.x + b * p1.x + c * p2.x) * scale, (a * p0.y + b * p1.y + c * p2.y) * scale)
  }

  /// How often to halve the curve until quadratic curves with the same control points miss it by at most `tolerance`.
  /// (The bound is of M. Floater, High-order approximation of conic sections by quadratic splines, 1995.)
  @inlinable
  public func quadraticPower(tolerance: Double) -> Int {
    let a = weight - 1
    let k = a / (4 * (2 + a))
    let x = k * (p0.x - 2 * p1.x + p2.x), y = k * (p0.y - 2 * p1.y + p2.y)
    var error = (x * x + y * y).squareRoot()
    var power = 0
    while power < Conic.maximumPower, error > tolerance {
      error *= 0.25
      power += 1
    }
    return power
  }

  /// Both halves.
  @inlinable
  public var halves: (Conic, Conic) {
    let scale = 1 / (1 + weight)
    let half = (0.5 + weight * 0.5).squareRoot()
    let left = Point((p0.x + weight * p1.x) * scale, (p0.y + weight * p1.y) * scale)
    let right = Point((weight * p1.x + p2.x) * scale, (weight * p1.y + p2.y) * scale)
    let middle = Point((left.x + right.x) * 0.5, (left.y + right.y) * 0.5)
    return (Conic(p0, left, middle, weight: half), Conic(middle, right, p2, weight: half))
  }

  /// Calls `body` with the control point and end of each of 2 to the power of `power` quadratic curves.
  @inlinable
  public func forEachQuadratic(power: Int, _ body: (_ control: Point, _ end: Point) -> Void) {
    if power == 0 {
      body(p1, p2)
      return
    }
    let (first, last) = halves
    first.forEachQuadratic(power: power - 1, body)
    last.forEachQuadratic(power: power - 1, body)
  }

  public func mapped(by transform: AffineTransform) -> Conic {
    Conic(transform.apply(p0), transform.apply(p1), transform.apply(p2), weight: weight)
  }
}

extension Flattening {
  /// Chords needed for a conic so that none misses it by more than `tolerance`: those of the plain curve with the same control points,
  /// and some more since the steps are uneven.
  public static func chordCount(_ conic: Conic, tolerance: Double) -> Int {
    let uneven = max(conic.weight, 1 / conic.weight)
    guard uneven < 1000 else { return maximumChordCount }
    return min(
      maximumChordCount, Int((Double(chordCount(conic.p0, conic.p1, conic.p2, tolerance: tolerance)) * uneven).rounded(.up)))
  }

  /// Calls `body` with the end of each of `count` chords; the last is exactly the curve's.
  public static func chords(_ conic: Conic, count: Int, _ body: (Point) -> Void) {
    let step = 1 / Double(count)
    var index = 1
    while index < count {
      body(conic.point(at: Double(index) * step))
      index += 1
    }
    body(conic.p2)
  }
}
