// What stroking asks of a curve, whatever its kind.

/// A quadratic, conic or cubic curve.
struct Curve {
  private enum Kind { case quadratic, conic, cubic }

  private let kind: Kind
  private let p0: Point
  private let p1: Point
  /// The second control point of a cubic; the same as `p1` for the others.
  private let p2: Point
  let end: Point
  private let weight: Double

  init(quadratic p0: Point, _ p1: Point, _ end: Point) {
    (kind, self.p0, self.p1, p2, self.end, weight) = (.quadratic, p0, p1, p1, end, 1)
  }

  init(conic: Conic) {
    (kind, p0, p1, p2, end, weight) = (.conic, conic.p0, conic.p1, conic.p1, conic.p2, conic.weight)
  }

  init(cubic p0: Point, _ p1: Point, _ p2: Point, _ end: Point) {
    (kind, self.p0, self.p1, self.p2, self.end, weight) = (.cubic, p0, p1, p2, end, 1)
  }

  /// Unit vectors; nil when all points are the same.
  var startDirection: Vector? { (p1 - p0).normalized() ?? (p2 - p0).normalized() ?? (end - p0).normalized() }
  var endDirection: Vector? { (end - p2).normalized() ?? (end - p1).normalized() ?? (end - p0).normalized() }

  func point(at t: Double) -> Point {
    switch kind {
    case .conic: return Conic(p0, p1, end, weight: weight).point(at: t)
    case .quadratic:
      let s = 1 - t
      return Point(s * s * p0.x + 2 * s * t * p1.x + t * t * end.x, s * s * p0.y + 2 * s * t * p1.y + t * t * end.y)
    case .cubic:
      let s = 1 - t
      let a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t
      return Point(a * p0.x + b * p1.x + c * p2.x + d * end.x, a * p0.y + b * p1.y + c * p2.y + d * end.y)
    }
  }

  private func derivative(at t: Double) -> Vector {
    switch kind {
    case .quadratic: return (p1 - p0) * (1 - t) + (end - p1) * t
    case .conic:
      // The numerator of the quotient's derivative.
      let span = end - p0, reach = (p1 - p0) * weight
      return span * ((weight - 1) * t * t) + (span - reach * 2) * t + reach
    case .cubic:
      let s = 1 - t
      return (p1 - p0) * (s * s) + (p2 - p1) * (2 * s * t) + (end - p2) * (t * t)
    }
  }

  /// The point `distance` beside the curve, to the left of its direction on a screen where that is positive.
  func ray(at t: Double, _ distance: Double) -> OffsetRay {
    let origin = point(at: t)
    var direction = derivative(at: t).normalized()
    if direction == nil { direction = t < 0.5 ? startDirection : endDirection }
    let unit = direction ?? Vector(1, 0)
    let length = abs(distance)
    return OffsetRay(
      point: origin + Vector(unit.dy * distance, -unit.dx * distance), origin: origin, direction: unit * length)
  }

  /// Whether all points lie on the line through the ends, as far as can be seen.
  func isStraight(tolerance: Double) -> Bool {
    let chord = end - p0
    guard let direction = chord.normalized() else { return (p1 - p0).length < 1e-12 && (p2 - p0).length < 1e-12 || collinear }
    let limit = tolerance * 0.02
    return abs(direction.cross(p1 - p0)) <= limit && abs(direction.cross(p2 - p0)) <= limit
  }

  private var collinear: Bool { abs((p1 - p0).cross(p2 - p0)) < 1e-12 }

  /// For a straight curve: where it turns back.
  var turningPoints: [Point] {
    let axis = [end - p0, p1 - p0, p2 - p0].max { $0.dot($0) < $1.dot($1) } ?? .zero
    func slope(_ t: Double) -> Double { derivative(at: t).dot(axis) }
    var result: [Point] = []
    var (last, before) = (slope(0), 0.0)
    for step in 1...32 {
      let t = Double(step) / 32, next = slope(t)
      if last * next < 0 {
        // Halving finds the turn within a millionth.
        var (low, high) = (before, t)
        for _ in 0..<20 {
          let middle = (low + high) / 2
          if slope(middle) * last > 0 { low = middle } else { high = middle }
        }
        result.append(point(at: (low + high) / 2))
      }
      if next != 0 { (last, before) = (next, t) }
    }
    return result
  }

  /// Where a cubic bends the other way, ascending.
  var inflections: [Double] {
    guard kind == .cubic else { return [] }
    let a = p1 - p0
    let b = Vector(p2.x - 2 * p1.x + p0.x, p2.y - 2 * p1.y + p0.y)
    let c = Vector(end.x + 3 * (p1.x - p2.x) - p0.x, end.y + 3 * (p1.y - p2.y) - p0.y)
    let x = b.cross(c), y = a.cross(c), z = a.cross(b)
    var roots: [Double] = []
    if x == 0 {
      if y != 0 { roots = [-z / y] }
    } else {
      let discriminant = y * y - 4 * x * z
      guard discriminant >= 0 else { return [] }
      let q = y < 0 ? -(y - discriminant.squareRoot()) / 2 : -(y + discriminant.squareRoot()) / 2
      roots = [q / x, z / q]
    }
    return roots.filter { $0 > 0 && $0 < 1 }.sorted()
  }
}

/// One side of a stroke under construction: lines, quadratic and conic curves.
struct StrokeSide {
  private enum Step {
    case line(Point)
    case quadratic(Point, Point)
    case conic(Point, Point, Double)
  }

  private var start = Point.zero
  private var steps: [Step] = []
  private(set) var last = Point.zero

  mutating func begin(at point: Point) {
    steps.removeAll(keepingCapacity: true)
    (start, last) = (point, point)
  }

  mutating func line(to point: Point) {
    steps.append(.line(point))
    last = point
  }

  mutating func quadratic(_ control: Point, _ end: Point) {
    steps.append(.quadratic(control, end))
    last = end
  }

  mutating func conic(_ control: Point, _ end: Point, weight: Double) {
    steps.append(.conic(control, end, weight))
    last = end
  }

  /// Puts the end of the last line elsewhere.
  mutating func moveLast(to point: Point) {
    guard case .line? = steps.last else {
      line(to: point)
      return
    }
    steps[steps.count - 1] = .line(point)
    last = point
  }

  /// The arc around `center` between two arms of the same length, in quarter turns and a rest.
  mutating func arc(around center: Point, from: Vector, to: Vector, clockwise: Bool) {
    let turn = clockwise ? 1.0 : -1.0
    var arm = from
    for _ in 0..<3 {
      let quarter = Vector(-arm.dy * turn, arm.dx * turn)
      // More than a quarter is left while the end lies beyond the next arm.
      guard arm.dot(to) < 0 || quarter.dot(to) < 0 else { break }
      conic(center + arm + quarter, center + quarter, weight: 0.5.squareRoot())
      arm = quarter
    }
    let cosine = max(-1, min(1, arm.dot(to) / max(arm.dot(arm), 1e-300)))
    if cosine > 1 - 1e-7 {
      line(to: center + to)
      return
    }
    let half = ((1 + cosine) / 2).squareRoot()
    let bisector = arm + to
    let length = bisector.length
    guard length > 0, half > 0 else {
      line(to: center + to)
      return
    }
    conic(center + bisector * (arm.length / half / length), center + to, weight: half)
  }

  func append(to path: inout Path, isContinued: Bool = false) {
    if !isContinued { path.move(to: start) }
    for step in steps {
      switch step {
      case .line(let end): path.line(to: end)
      case .quadratic(let control, let end): path.quadratic(control: control, to: end)
      case .conic(let control, let end, let weight): path.conic(control: control, to: end, weight: weight)
      }
    }
  }

  /// Appends the way back from the end to the start; the path is at the end.
  func appendReversed(to path: inout Path) {
    for index in steps.indices.reversed() {
      var target = start
      if index > 0 {
        switch steps[index - 1] {
        case .line(let end), .quadratic(_, let end), .conic(_, let end, _): target = end
        }
      }
      switch steps[index] {
      case .line: path.line(to: target)
      case .quadratic(let control, _): path.quadratic(control: control, to: target)
      case .conic(let control, _, let weight): path.conic(control: control, to: target, weight: weight)
      }
    }
  }
}
