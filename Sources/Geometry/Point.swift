// Points and vectors of the plane.

/// A point, in whichever space its owner states; y grows downwards in user and device space.
public struct Point: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var x: Double
  public var y: Double

  @inlinable public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  @inlinable public init(_ x: Double, _ y: Double) {
    self.init(x: x, y: y)
  }

  public static let zero = Point(x: 0, y: 0)

  @inlinable public var isFinite: Bool { x.isFinite && y.isFinite }

  @inlinable public static func + (point: Point, vector: Vector) -> Point { Point(point.x + vector.dx, point.y + vector.dy) }
  @inlinable public static func - (point: Point, vector: Vector) -> Point { Point(point.x - vector.dx, point.y - vector.dy) }
  @inlinable public static func - (end: Point, start: Point) -> Vector { Vector(end.x - start.x, end.y - start.y) }

  /// The point a fraction `t` of the way to `other`; `t` may lie outside 0...1.
  @inlinable public func interpolated(to other: Point, at t: Double) -> Point {
    Point(x + (other.x - x) * t, y + (other.y - y) * t)
  }

  @inlinable public func distance(to other: Point) -> Double { (other - self).length }
}

/// A displacement.
public struct Vector: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var dx: Double
  public var dy: Double

  @inlinable public init(dx: Double, dy: Double) {
    self.dx = dx
    self.dy = dy
  }

  @inlinable public init(_ dx: Double, _ dy: Double) {
    self.init(dx: dx, dy: dy)
  }

  public static let zero = Vector(dx: 0, dy: 0)

  @inlinable public var length: Double { (dx * dx + dy * dy).squareRoot() }
  @inlinable public var lengthSquared: Double { dx * dx + dy * dy }

  /// Turned by a quarter, from the x axis towards the y axis (clockwise on a screen).
  @inlinable public var turned: Vector { Vector(-dy, dx) }

  @inlinable public func dot(_ other: Vector) -> Double { dx * other.dx + dy * other.dy }

  /// Positive when `other` lies clockwise (on a screen) of this vector.
  @inlinable public func cross(_ other: Vector) -> Double { dx * other.dy - dy * other.dx }

  @inlinable public static func + (a: Vector, b: Vector) -> Vector { Vector(a.dx + b.dx, a.dy + b.dy) }
  @inlinable public static func - (a: Vector, b: Vector) -> Vector { Vector(a.dx - b.dx, a.dy - b.dy) }
  @inlinable public static prefix func - (a: Vector) -> Vector { Vector(-a.dx, -a.dy) }
  @inlinable public static func * (a: Vector, factor: Double) -> Vector { Vector(a.dx * factor, a.dy * factor) }
  @inlinable public static func / (a: Vector, divisor: Double) -> Vector { Vector(a.dx / divisor, a.dy / divisor) }

  /// The same direction with length 1, or nil for a vector without direction.
  @inlinable public func normalized() -> Vector? {
    let length = self.length
    guard length > 0, length.isFinite else { return nil }
    return Vector(dx / length, dy / length)
  }
}
