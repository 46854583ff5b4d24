// https://drafts.fxtf.org/geometry/#DOMMatrix

import CSSValues
import Geometry
import Glibc

/// A 4×4 matrix with the mathematics of DOMMatrix. The mutating methods are those whose names end in `Self`; the others of
/// DOMMatrixReadOnly are copies that were mutated.
public struct DOMMatrix: Equatable, Sendable {
  // Columns of the matrix: `column1` is (m11, m12, m13, m14).
  private var column1: SIMD4<Double>
  private var column2: SIMD4<Double>
  private var column3: SIMD4<Double>
  private var column4: SIMD4<Double>
  /// Whether the matrix was initialised and changed as a 2D one only.
  public private(set) var is2D: Bool

  /// The identity.
  public init() { self.init(.identity) }

  public init(_ affine: AffineTransform) {
    column1 = SIMD4(affine.a, affine.b, 0, 0)
    column2 = SIMD4(affine.c, affine.d, 0, 0)
    column3 = SIMD4(0, 0, 1, 0)
    column4 = SIMD4(affine.e, affine.f, 0, 1)
    is2D = true
  }

  private init(_ columns: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>), is2D: Bool) {
    (column1, column2, column3, column4) = columns
    self.is2D = is2D
  }

  /// Six values make a 2D matrix, sixteen (column by column) a 3D one.
  public init(_ values: [Double]) throws(CanvasError) {
    switch values.count {
    case 6:
      self.init(AffineTransform(a: values[0], b: values[1], c: values[2], d: values[3], e: values[4], f: values[5]))
    case 16:
      func column(_ index: Int) -> SIMD4<Double> {
        SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
      }
      self.init((column(0), column(4), column(8), column(12)), is2D: false)
    default:
      throw .type("A matrix has 6 or 16 members, not \(values.count).")
    }
  }

  /// From a `<transform-list>` or `none`, lengths absolute.
  public init(parsing text: String) throws(CanvasError) {
    guard let functions = TransformFunction.parseList(text) else {
      throw .syntax("'\(text)' is not a list of transform functions with absolute lengths.")
    }
    self.init()
    for function in functions { apply(function) }
  }

  // MARK: - Members

  public var m11: Double { get { column1.x } set { column1.x = newValue } }
  public var m12: Double { get { column1.y } set { column1.y = newValue } }
  public var m13: Double { get { column1.z } set { column1.z = newValue; leave2D(newValue, 0) } }
  public var m14: Double { get { column1.w } set { column1.w = newValue; leave2D(newValue, 0) } }
  public var m21: Double { get { column2.x } set { column2.x = newValue } }
  public var m22: Double { get { column2.y } set { column2.y = newValue } }
  public var m23: Double { get { column2.z } set { column2.z = newValue; leave2D(newValue, 0) } }
  public var m24: Double { get { column2.w } set { column2.w = newValue; leave2D(newValue, 0) } }
  public var m31: Double { get { column3.x } set { column3.x = newValue; leave2D(newValue, 0) } }
  public var m32: Double { get { column3.y } set { column3.y = newValue; leave2D(newValue, 0) } }
  public var m33: Double { get { column3.z } set { column3.z = newValue; leave2D(newValue, 1) } }
  public var m34: Double { get { column3.w } set { column3.w = newValue; leave2D(newValue, 0) } }
  public var m41: Double { get { column4.x } set { column4.x = newValue } }
  public var m42: Double { get { column4.y } set { column4.y = newValue } }
  public var m43: Double { get { column4.z } set { column4.z = newValue; leave2D(newValue, 0) } }
  public var m44: Double { get { column4.w } set { column4.w = newValue; leave2D(newValue, 1) } }
  public var a: Double { get { m11 } set { m11 = newValue } }
  public var b: Double { get { m12 } set { m12 = newValue } }
  public var c: Double { get { m21 } set { m21 = newValue } }
  public var d: Double { get { m22 } set { m22 = newValue } }
  public var e: Double { get { m41 } set { m41 = newValue } }
  public var f: Double { get { m42 } set { m42 = newValue } }

  private mutating func leave2D(_ value: Double, _ neutral: Double) {
    if value != neutral { is2D = false }
  }

  /// Sixteen values, column by column, as `toFloat64Array` gives them.
  public var values: [Double] { [column1, column2, column3, column4].flatMap { [$0.x, $0.y, $0.z, $0.w] } }

  public var isIdentity: Bool {
    column1 == SIMD4(1, 0, 0, 0) && column2 == SIMD4(0, 1, 0, 0) && column3 == SIMD4(0, 0, 1, 0) && column4 == SIMD4(0, 0, 0, 1)
  }

  /// The 2D part.
  public var affine: AffineTransform { AffineTransform(a: m11, b: m12, c: m21, d: m22, e: m41, f: m42) }

  // MARK: - Products

  /// This matrix times `other`: what `other` does comes first.
  public mutating func multiplySelf(_ other: DOMMatrix) {
    self = DOMMatrix(
      (apply(other.column1), apply(other.column2), apply(other.column3), apply(other.column4)), is2D: is2D && other.is2D)
  }

  public mutating func preMultiplySelf(_ other: DOMMatrix) {
    var result = other
    result.multiplySelf(self)
    self = result
  }

  public func multiplied(by other: DOMMatrix) -> DOMMatrix {
    var result = self
    result.multiplySelf(other)
    return result
  }

  private func apply(_ v: SIMD4<Double>) -> SIMD4<Double> {
    column1 * v.x + column2 * v.y + column3 * v.z + column4 * v.w
  }

  public func transformPoint(_ point: DOMPoint) -> DOMPoint {
    let result = apply(SIMD4(point.x, point.y, point.z, point.w))
    return DOMPoint(x: result.x, y: result.y, z: result.z, w: result.w)
  }

  // MARK: - Translation and scale

  public mutating func translateSelf(_ tx: Double = 0, _ ty: Double = 0, _ tz: Double = 0) {
    column4 = apply(SIMD4(tx, ty, tz, 1))
    if tz != 0 { is2D = false }
  }

  /// `scaleY` defaults to `scaleX`.
  public mutating func scaleSelf(
    _ scaleX: Double = 1, _ scaleY: Double? = nil, _ scaleZ: Double = 1, _ originX: Double = 0, _ originY: Double = 0,
    _ originZ: Double = 0
  ) {
    translateSelf(originX, originY, originZ)
    column1 *= scaleX
    column2 *= scaleY ?? scaleX
    column3 *= scaleZ
    translateSelf(-originX, -originY, -originZ)
    if scaleZ != 1 || originZ != 0 { is2D = false }
  }

  public mutating func scale3dSelf(
    _ scale: Double = 1, _ originX: Double = 0, _ originY: Double = 0, _ originZ: Double = 0
  ) {
    scaleSelf(scale, scale, scale, originX, originY, originZ)
  }

  // MARK: - Rotation and skew

  /// Degrees about the axes. With one argument it is the turn about the z axis.
  public mutating func rotateSelf(_ rotX: Double = 0, _ rotY: Double? = nil, _ rotZ: Double? = nil) {
    let isFlat = rotY == nil && rotZ == nil
    let x = isFlat ? 0 : rotX, y = rotY ?? 0, z = isFlat ? rotX : rotZ ?? 0
    if x != 0 || y != 0 { is2D = false }
    rotateAxisAngle(0, 0, 1, z)
    rotateAxisAngle(0, 1, 0, y)
    rotateAxisAngle(1, 0, 0, x)
  }

  /// The turn from the x axis to the direction of (x, y).
  public mutating func rotateFromVectorSelf(_ x: Double = 0, _ y: Double = 0) {
    rotateAxisAngle(0, 0, 1, x == 0 && y == 0 ? 0 : atan2(y, x) * 180 / .pi)
  }

  public mutating func rotateAxisAngleSelf(_ x: Double = 0, _ y: Double = 0, _ z: Double = 0, _ angle: Double = 0) {
    if x != 0 || y != 0 { is2D = false }
    rotateAxisAngle(x, y, z, angle)
  }

  /// https://drafts.csswg.org/css-transforms-2/#Rotate3dDefined
  private mutating func rotateAxisAngle(_ x: Double, _ y: Double, _ z: Double, _ degrees: Double) {
    let length = (x * x + y * y + z * z).squareRoot()
    guard length != 0, degrees != 0 else { return }
    let u = x / length, v = y / length, w = z / length
    // Quarter turns are exact, as in browsers.
    let quarters = degrees / 90
    let sine: Double, cosine: Double
    if quarters == quarters.rounded(), abs(quarters) < 1e15 {
      let turn = Int(quarters) & 3
      (sine, cosine) = ([0, 1, 0, -1][turn], [1, 0, -1, 0][turn])
    } else {
      (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    }
    let sc = sine / 2, sq = (1 - cosine) / 2
    let rotation = DOMMatrix(
      (
        SIMD4(1 - 2 * (v * v + w * w) * sq, 2 * (u * v * sq + w * sc), 2 * (u * w * sq - v * sc), 0),
        SIMD4(2 * (u * v * sq - w * sc), 1 - 2 * (u * u + w * w) * sq, 2 * (v * w * sq + u * sc), 0),
        SIMD4(2 * (u * w * sq + v * sc), 2 * (v * w * sq - u * sc), 1 - 2 * (u * u + v * v) * sq, 0),
        SIMD4(0, 0, 0, 1)
      ), is2D: is2D)
    multiplySelf(rotation)
  }

  /// Degrees.
  public mutating func skewXSelf(_ angle: Double = 0) { column2 += column1 * tan(angle * .pi / 180) }
  public mutating func skewYSelf(_ angle: Double = 0) { column1 += column2 * tan(angle * .pi / 180) }

  public func flippedX() -> DOMMatrix {
    var result = self
    result.column1 = -result.column1
    return result
  }

  public func flippedY() -> DOMMatrix {
    var result = self
    result.column2 = -result.column2
    return result
  }

  // MARK: - Inverse

  /// A matrix without inverse becomes one of NaNs that is not 2D.
  public mutating func invertSelf() {
    if is2D {
      let determinant = m11 * m22 - m12 * m21
      if determinant != 0, determinant.isFinite {
        self = DOMMatrix(
          AffineTransform(
            a: m22 / determinant, b: -m12 / determinant, c: -m21 / determinant, d: m11 / determinant,
            e: (m21 * m42 - m22 * m41) / determinant, f: (m12 * m41 - m11 * m42) / determinant))
        return
      }
    } else if let inverse = inverse3D() {
      self = inverse
      return
    }
    let nan = SIMD4<Double>(repeating: .nan)
    self = DOMMatrix((nan, nan, nan, nan), is2D: false)
  }

  /// Gauss-Jordan elimination with partial pivoting.
  private func inverse3D() -> DOMMatrix? {
    // Rows of the matrix beside rows of the identity.
    var left = (0..<4).map { row in SIMD4(column1[row], column2[row], column3[row], column4[row]) }
    var right = (0..<4).map { row in
      var unit = SIMD4<Double>.zero
      unit[row] = 1
      return unit
    }
    for pivot in 0..<4 {
      let row = (pivot..<4).max { abs(left[$0][pivot]) < abs(left[$1][pivot]) } ?? pivot
      guard left[row][pivot] != 0, left[row][pivot].isFinite else { return nil }
      left.swapAt(pivot, row)
      right.swapAt(pivot, row)
      let factor = 1 / left[pivot][pivot]
      left[pivot] *= factor
      right[pivot] *= factor
      for other in 0..<4 where other != pivot {
        let amount = left[other][pivot]
        left[other] -= left[pivot] * amount
        right[other] -= right[pivot] * amount
      }
    }
    func column(_ index: Int) -> SIMD4<Double> {
      SIMD4(right[0][index], right[1][index], right[2][index], right[3][index])
    }
    return DOMMatrix((column(0), column(1), column(2), column(3)), is2D: false)
  }

  // MARK: - Text

  /// `matrix(…)` or `matrix3d(…)`, as the stringifier gives it.
  public func serialized() throws(CanvasError) -> String {
    let members = is2D ? [a, b, c, d, e, f] : values
    guard members.allSatisfy(\.isFinite) else {
      throw .invalidState("A matrix with members that are not finite cannot be serialized.")
    }
    return (is2D ? "matrix(" : "matrix3d(") + members.map(ScriptNumber.text).joined(separator: ", ") + ")"
  }

  private mutating func apply(_ function: TransformFunction) {
    switch function {
    case .matrix(let values):
      if let matrix = try? DOMMatrix(values) { multiplySelf(matrix) }
    case .translate(let x, let y, let z, let is3D):
      translateSelf(x, y, z)
      if is3D { is2D = false }
    case .scale(let x, let y, let z, let is3D):
      scaleSelf(x, y, z)
      if is3D { is2D = false }
    case .rotate(let x, let y, let z, let degrees, let is3D):
      rotateAxisAngle(x, y, z, degrees)
      if is3D { is2D = false }
    case .skew(let x, let y):
      multiplySelf(
        DOMMatrix(AffineTransform(a: 1, b: tan(y * .pi / 180), c: tan(x * .pi / 180), d: 1, e: 0, f: 0)))
    case .perspective(let distance):
      var matrix = DOMMatrix()
      if let distance { matrix.m34 = -1 / max(1, distance) }
      multiplySelf(matrix)
      is2D = false
    }
  }
}
