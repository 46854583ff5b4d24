// Strokes of curves as outlines of curves, cut as Skia cuts them, whose pictures browsers show.
//
// Both sides of a curve are offset curves, which no Bézier curve is. Each is followed by quadratic curves: one is tried between the
// tangents at both ends, and kept if it meets the offset in the middle; else the range is halved. (After Mike Reed's and Cary Clark's
// account of Skia's path stroker.) Inner corners pass through the vertex itself, which keeps the winding of every part positive.

/// Traces undashed subpaths with a pen; keeps its memory from stroke to stroke. Everything is in the path's own space.
public struct CurveStroker {
  /// What the last stroke covers, by the nonzero rule.
  public private(set) var outline = Path()

  private var inner = StrokeSide()
  private var outer = StrokeSide()
  private var radius = 0.5
  private var cap = LineCap.butt
  private var join = LineJoin.miter
  private var inverseMiterLimit = 0.1
  /// Distances below this are none: a quarter of a device pixel.
  private var tolerance = 0.25

  private var isDashed = false
  private var segmentCount = 0
  private var firstNormal = Vector.zero
  private var firstPoint = Point.zero
  private var firstOuterPoint = Point.zero
  private var previousNormal = Vector.zero
  private var previousPoint = Point.zero
  private var previousIsLine = false

  public init() {}

  /// Replaces `outline` by the stroke of `path`, whose dashes have been cut already (`dashed`): then lines of no length are dots.
  /// `scale` is how many device pixels a unit takes.
  public mutating func stroke(_ path: Path, style: StrokeStyle, scale: Double) {
    outline.removeAll()
    guard style.lineWidth > 0, style.lineWidth.isFinite, scale > 0, scale.isFinite else { return }
    radius = style.lineWidth / 2
    cap = style.lineCap
    join = style.lineJoin
    inverseMiterLimit = 1 / style.miterLimit
    tolerance = 0.25 / scale
    segmentCount = 0
    isDashed = !style.dashes.isEmpty
    path.forEachElement { element in
      switch element {
      case .move(let point):
        finish(isClosed: false)
        begin(at: point)
      case .line(let end): line(to: end)
      case .quadratic(let control, let end): curve(Curve(quadratic: previousPoint, control, end))
      case .conic(let control, let end, let weight): curve(Curve(conic: Conic(previousPoint, control, end, weight: weight)))
      case .cubic(let control1, let control2, let end): curve(Curve(cubic: previousPoint, control1, control2, end))
      case .close:
        if segmentCount > 0 { line(to: firstPoint) }
        finish(isClosed: true)
        begin(at: firstPoint)
      }
    }
    finish(isClosed: false)
  }

  // MARK: - Segments

  private mutating func begin(at point: Point) {
    segmentCount = 0
    firstPoint = point
    previousPoint = point
  }

  /// Lines of no length are left out, as the Standard says.
  private mutating func line(to end: Point) {
    guard let direction = (end - previousPoint).normalized() else {
      if isDashed { dot() }
      return
    }
    let normal = direction.normal(radius)
    turn(to: normal, isLine: true)
    outer.line(to: end + normal)
    inner.line(to: end - normal)
    arrive(at: end, normal)
  }

  /// A dash of no length shows its caps only.
  private mutating func dot() {
    guard segmentCount == 0, cap != .butt else { return }
    let normal = Vector(0, -radius)
    turn(to: normal, isLine: true)
    outer.line(to: previousPoint + normal)
    inner.line(to: previousPoint - normal)
    arrive(at: previousPoint, normal)
  }

  private mutating func curve(_ curve: Curve) {
    guard let start = curve.startDirection, let end = curve.endDirection else { return }
    if curve.isStraight(tolerance: tolerance) {
      for point in curve.turningPoints { line(to: point) }
      line(to: curve.end)
      return
    }
    turn(to: start.normal(radius), isLine: false)
    var from = 0.0
    for to in curve.inflections + [1] where to > from {
      CurveStroker.follow(curve, from, to, side: 1, radius, tolerance, into: &outer, depth: 0)
      CurveStroker.follow(curve, from, to, side: -1, radius, tolerance, into: &inner, depth: 0)
      from = to
    }
    arrive(at: curve.end, end.normal(radius))
  }

  private mutating func turn(to normal: Vector, isLine: Bool) {
    if segmentCount == 0 {
      firstNormal = normal
      firstOuterPoint = previousPoint + normal
      outer.begin(at: firstOuterPoint)
      inner.begin(at: previousPoint - normal)
    } else {
      addJoin(previousNormal, normal, isLine: isLine)
    }
    previousIsLine = isLine
  }

  private mutating func arrive(at point: Point, _ normal: Vector) {
    previousPoint = point
    previousNormal = normal
    segmentCount += 1
  }

  private mutating func finish(isClosed: Bool) {
    guard segmentCount > 0 else { return }
    if isClosed {
      // The first segment begins where it began, so the corner's point must be drawn.
      addJoin(previousNormal, firstNormal, isLine: false)
      outer.append(to: &outline)
      outline.close()
      outline.move(to: inner.last)
      inner.appendReversed(to: &outline)
    } else {
      addCap(&outer, previousPoint, previousNormal, stop: inner.last)
      outer.append(to: &outline)
      inner.appendReversed(to: &outline)
      var start = StrokeSide()
      start.begin(at: outline.currentPoint)
      addCap(&start, firstPoint, -firstNormal, stop: firstOuterPoint)
      start.append(to: &outline, isContinued: true)
    }
    outline.close()
    segmentCount = 0
  }

  // MARK: - Caps and joins

  private func addCap(_ side: inout StrokeSide, _ pivot: Point, _ normal: Vector, stop: Point) {
    let ahead = Vector(-normal.dy, normal.dx)
    switch cap {
    case .butt: side.line(to: stop)
    case .square:
      side.line(to: pivot + normal + ahead)
      side.line(to: pivot - normal + ahead)
      side.line(to: stop)
    case .round:
      let center = pivot + ahead
      side.conic(center + normal, center, weight: 0.5.squareRoot())
      side.conic(center - normal, stop, weight: 0.5.squareRoot())
    }
  }

  private mutating func addJoin(_ before: Vector, _ after: Vector, isLine: Bool) {
    let scale = 1 / (radius * radius)
    let dot = before.dot(after) * scale, cross = before.cross(after) * scale
    if dot > 0, 1 - dot < 1e-4 { return }
    if cross > 0 {
      addJoin(&outer, &inner, before, after, dot, clockwise: true, isLine: isLine)
    } else {
      addJoin(&inner, &outer, -before, -after, dot, clockwise: false, isLine: isLine)
    }
  }

  /// - Parameter isLine: whether a line follows, which brings the joint's last point itself.
  private func addJoin(
    _ far: inout StrokeSide, _ near: inout StrokeSide, _ before: Vector, _ after: Vector, _ dot: Double, clockwise: Bool, isLine: Bool
  ) {
    let pivot = previousPoint
    switch join {
    case .round:
      far.arc(around: pivot, from: before, to: after, clockwise: clockwise)
    case .miter:
      let sine = ((1 + dot) / 2).squareRoot()
      if 1 + dot > 1e-4, sine >= inverseMiterLimit {
        let middle = before + after
        let length = middle.length
        let tip = length > 0 ? middle * (radius / sine / length) : Vector(-before.dy, before.dx) * (1 / sine)
        if previousIsLine { far.moveLast(to: pivot + tip) } else { far.line(to: pivot + tip) }
        if !isLine { far.line(to: pivot + after) }
      } else {
        far.line(to: pivot + after)
      }
    case .bevel:
      far.line(to: pivot + after)
    }
    near.line(to: pivot)
    near.line(to: pivot - after)
  }

  // MARK: - Offsets

  private enum Fit {
    case curve(control: Point)
    case line
    case split
  }

  /// Follows the offset of `curve` between two parameters.
  private static func follow(
    _ curve: Curve, _ from: Double, _ to: Double, side: Double, _ radius: Double, _ tolerance: Double, into path: inout StrokeSide,
    depth: Int
  ) {
    let first = curve.ray(at: from, side * radius), last = curve.ray(at: to, side * radius)
    var fit = meet(first, last, tolerance)
    if case .curve(let control) = fit {
      let middle = curve.ray(at: (from + to) / 2, side * radius)
      if !isClose(first.point, control, last.point, middle, tolerance) { fit = .split }
    } else if case .line = fit, first.direction.dot(last.direction) < 0 {
      fit = .split
    }
    switch fit {
    case .curve(let control): path.quadratic(control, last.point)
    case .line: path.line(to: last.point)
    case .split:
      let middle = (from + to) / 2
      if depth >= 10 || middle <= from || middle >= to {
        path.line(to: last.point)
        return
      }
      follow(curve, from, middle, side: side, radius, tolerance, into: &path, depth: depth + 1)
      follow(curve, middle, to, side: side, radius, tolerance, into: &path, depth: depth + 1)
    }
  }

  /// Where the tangents at both ends meet.
  private static func meet(_ a: OffsetRay, _ b: OffsetRay, _ tolerance: Double) -> Fit {
    let denominator = a.direction.cross(b.direction)
    guard denominator != 0, denominator.isFinite else { return .line }
    let between = a.point - b.point
    let alongA = b.direction.cross(between), alongB = a.direction.cross(between)
    if (alongA >= 0) == (alongB >= 0) {
      let near = max(
        squaredDistance(a.point, b.point, b.point + b.direction), squaredDistance(b.point, a.point, a.point + a.direction))
      return near <= tolerance * tolerance ? .line : .split
    }
    let t = alongA / denominator
    guard t > t - 1 else { return .line }
    return .curve(control: a.point + a.direction * t)
  }

  private static func squaredDistance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let line = end - start, offset = point - start
    let t = line.dot(offset) / line.dot(line)
    let nearest = t >= 0 && t <= 1 ? start + line * t : start
    let distance = point - nearest
    return distance.dot(distance)
  }

  /// Whether the curve q0, q1, q2 meets `ray`, which crosses the offset in its middle, near enough to the offset.
  private static func isClose(_ q0: Point, _ q1: Point, _ q2: Point, _ ray: OffsetRay, _ tolerance: Double) -> Bool {
    let middle = Point((q0.x + 2 * q1.x + q2.x) / 4, (q0.y + 2 * q1.y + q2.y) / 4)
    if (middle - ray.point).length <= tolerance { return !isSharp(q0, q1, q2) }
    let (low, high) = (
      Point(min(q0.x, min(q1.x, q2.x)), min(q0.y, min(q1.y, q2.y))), Point(max(q0.x, max(q1.x, q2.x)), max(q0.y, max(q1.y, q2.y)))
    )
    guard ray.point.x + tolerance >= low.x, ray.point.x - tolerance <= high.x, ray.point.y + tolerance >= low.y,
      ray.point.y - tolerance <= high.y
    else { return false }
    // Where the curve crosses the ray.
    let along = ray.origin - ray.point
    func side(_ point: Point) -> Double { along.cross(point - ray.point) }
    let r0 = side(q0), r1 = side(q1), r2 = side(q2)
    let a = r2 + r0 - 2 * r1, b = 2 * (r1 - r0), c = r0
    var roots: [Double] = []
    if a == 0 {
      roots = [-c / b]
    } else {
      let discriminant = b * b - 4 * a * c
      guard discriminant >= 0 else { return false }
      let q = b < 0 ? -(b - discriminant.squareRoot()) / 2 : -(b + discriminant.squareRoot()) / 2
      roots = q / a == c / q ? [q / a] : [q / a, c / q]
    }
    roots = roots.filter { $0 > 0 && $0 < 1 }
    guard roots.count == 1 else { return false }
    let t = roots[0], s = 1 - t
    let crossing = Point(s * s * q0.x + 2 * s * t * q1.x + t * t * q2.x, s * s * q0.y + 2 * s * t * q1.y + t * t * q2.y)
    let allowance = tolerance * (1 - abs(t - 0.5) * 2)
    return (crossing - ray.point).length <= allowance && !isSharp(q0, q1, q2)
  }

  private static func isSharp(_ q0: Point, _ q1: Point, _ q2: Point) -> Bool { (q1 - q0).dot(q1 - q2) > 0 }
}

/// A point of an offset curve, the point of the curve that it belongs to, and the curve's direction there, as long as the radius.
struct OffsetRay {
  var point: Point
  var origin: Point
  var direction: Vector
}

extension Vector {
  /// Turned against the clock on a screen, with this length, for a vector of length 1.
  fileprivate func normal(_ length: Double) -> Vector { Vector(dy * length, -dx * length) }
}
