// Affine maps of the plane, in the canvas's own notation.

import Glibc

/// The map (x, y) → (a·x + c·y + e, b·x + d·y + f), as in `setTransform(a, b, c, d, e, f)`.
public struct AffineTransform: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var a: Double
  public var b: Double
  public var c: Double
  public var d: Double
  public var e: Double
  public var f: Double

  @inlinable public init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e
    self.f = f
  }

  public static let identity = AffineTransform(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)

  @inlinable public static func translation(_ dx: Double, _ dy: Double) -> AffineTransform {
    AffineTransform(a: 1, b: 0, c: 0, d: 1, e: dx, f: dy)
  }

  @inlinable public static func scale(_ sx: Double, _ sy: Double) -> AffineTransform {
    AffineTransform(a: sx, b: 0, c: 0, d: sy, e: 0, f: 0)
  }

  /// A turn by `radians` from the x axis towards the y axis (clockwise on a screen).
  public static func rotation(radians: Double) -> AffineTransform {
    let cosine = cos(radians), sine = sin(radians)
    return AffineTransform(a: cosine, b: sine, c: -sine, d: cosine, e: 0, f: 0)
  }

  @inlinable public var determinant: Double { a * d - b * c }
  @inlinable public var isIdentity: Bool { self == .identity }
  @inlinable public var isTranslation: Bool { a == 1 && b == 0 && c == 0 && d == 1 }

  /// Whether rectangles stay axis-parallel without exchanging their sides.
  @inlinable public var isScaleAndTranslation: Bool { b == 0 && c == 0 }
  @inlinable public var isFinite: Bool { a.isFinite && b.isFinite && c.isFinite && d.isFinite && e.isFinite && f.isFinite }

  /// The factor by which areas' square roots grow: the mean scale used for tolerances.
  @inlinable public var meanScale: Double { abs(determinant).squareRoot() }

  @inlinable public func apply(_ point: Point) -> Point {
    Point(a * point.x + c * point.y + e, b * point.x + d * point.y + f)
  }

  /// The map of directions: without the translation.
  @inlinable public func apply(_ vector: Vector) -> Vector {
    Vector(a * vector.dx + c * vector.dy, b * vector.dx + d * vector.dy)
  }

  /// The smallest axis-parallel rectangle that holds the image of `rect`.
  @inlinable public func boundingBox(of rect: Rect) -> Rect {
    let (p, q, r, s) = rect.corners
    return Rect(apply(p), apply(r)).union(Rect(apply(q), apply(s)))
  }

  /// First `inner`, then this map: `outer.concatenating(inner)` is what `ctx.transform(inner)` makes of the current `outer`.
  @inlinable public func concatenating(_ inner: AffineTransform) -> AffineTransform {
    AffineTransform(
      a: a * inner.a + c * inner.b, b: b * inner.a + d * inner.b,
      c: a * inner.c + c * inner.d, d: b * inner.c + d * inner.d,
      e: a * inner.e + c * inner.f + e, f: b * inner.e + d * inner.f + f)
  }

  /// The map back, or nil when the determinant is 0 or not finite.
  @inlinable public func inverted() -> AffineTransform? {
    let determinant = self.determinant
    guard determinant != 0, determinant.isFinite, isFinite else { return nil }
    let inverse = AffineTransform(
      a: d / determinant, b: -b / determinant, c: -c / determinant, d: a / determinant,
      e: (c * f - d * e) / determinant, f: (b * e - a * f) / determinant)
    return inverse.isFinite ? inverse : nil
  }
}
