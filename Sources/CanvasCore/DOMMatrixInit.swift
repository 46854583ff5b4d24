// The dictionaries that matrices are made from: https://drafts.fxtf.org/geometry/#matrix-validate-and-fixup-2d.

import Geometry

/// DOMMatrix2DInit. Members that were not given are nil.
public struct DOMMatrix2DInit: Equatable, Sendable {
  public var a: Double?
  public var b: Double?
  public var c: Double?
  public var d: Double?
  public var e: Double?
  public var f: Double?
  public var m11: Double?
  public var m12: Double?
  public var m21: Double?
  public var m22: Double?
  public var m41: Double?
  public var m42: Double?

  public init() {}

  /// "Validate and fixup (2D)": both names of a member must agree.
  public func fixedUp() throws(CanvasError) -> AffineTransform {
    AffineTransform(
      a: try member("a", a, "m11", m11, 1), b: try member("b", b, "m12", m12, 0), c: try member("c", c, "m21", m21, 0),
      d: try member("d", d, "m22", m22, 1), e: try member("e", e, "m41", m41, 0), f: try member("f", f, "m42", m42, 0))
  }

  private func member(
    _ name: String, _ value: Double?, _ longName: String, _ longValue: Double?, _ fallback: Double
  ) throws(CanvasError) -> Double {
    guard let value else { return longValue ?? fallback }
    // "Same value zero": NaN agrees with NaN.
    if let longValue, longValue != value, !(longValue.isNaN && value.isNaN) {
      throw .type("The members \(name) and \(longName) of the matrix differ.")
    }
    return value
  }
}

/// DOMMatrixInit. Members that were not given are nil.
public struct DOMMatrixInit: Equatable, Sendable {
  public var flat = DOMMatrix2DInit()
  public var m13: Double?
  public var m14: Double?
  public var m23: Double?
  public var m24: Double?
  public var m31: Double?
  public var m32: Double?
  public var m33: Double?
  public var m34: Double?
  public var m43: Double?
  public var m44: Double?
  public var is2D: Bool?

  public init() {}

  /// "Create a DOMMatrix from the dictionary", which validates and fixes it up.
  public func matrix() throws(CanvasError) -> DOMMatrix {
    let affine = try flat.fixedUp()
    let isSpatial =
      [m13, m14, m23, m24, m31, m32, m34, m43].contains { $0 != nil && $0 != 0 }
      || [m33, m44].contains { $0 != nil && $0 != 1 }
    if is2D == true, isSpatial { throw .type("The matrix is said to be 2D, but has members that are not.") }
    guard isSpatial || is2D == false else { return DOMMatrix(affine) }
    return try DOMMatrix([
      affine.a, affine.b, m13 ?? 0, m14 ?? 0, affine.c, affine.d, m23 ?? 0, m24 ?? 0, m31 ?? 0, m32 ?? 0, m33 ?? 1, m34 ?? 0,
      affine.e, affine.f, m43 ?? 0, m44 ?? 1,
    ])
  }
}
