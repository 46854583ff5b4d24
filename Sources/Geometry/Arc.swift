// Arcs of circles and ellipses, laid down as conic sections of a quarter turn and a rest, as Chromium does.
//
// Which part of the ellipse is drawn follows https://html.spec.whatwg.org/multipage/canvas.html#ellipse-method-steps.

import Glibc

extension Path {
  /// Draws `arc()`: a straight line from the current point, if there is one, then the arc. Angles are in radians, clockwise from
  /// the positive x axis. `radius` is at least 0; all numbers are finite. Points are mapped by `transform` before they are stored.
  public mutating func addArc(
    center: Point, radius: Double, startAngle: Double, endAngle: Double, counterclockwise: Bool,
    transform: AffineTransform = .identity
  ) {
    addEllipse(
      center: center, radiusX: radius, radiusY: radius, rotation: 0, startAngle: startAngle, endAngle: endAngle,
      counterclockwise: counterclockwise, transform: transform)
  }

  /// Draws `ellipse()`: a straight line from the current point, if there is one, then the elliptical arc.
  public mutating func addEllipse(
    center: Point, radiusX: Double, radiusY: Double, rotation: Double, startAngle: Double, endAngle: Double,
    counterclockwise: Bool, transform: AffineTransform = .identity
  ) {
    let sweep = Path.sweep(from: startAngle, to: endAngle, counterclockwise: counterclockwise)
    let axisX = Vector(cos(rotation) * radiusX, sin(rotation) * radiusX)
    let axisY = Vector(-sin(rotation) * radiusY, cos(rotation) * radiusY)
    let frame = transform.concatenating(
      AffineTransform(a: axisX.dx, b: axisX.dy, c: axisY.dx, d: axisY.dy, e: center.x, f: center.y))
    appendUnitArc(startAngle: startAngle, sweep: sweep, frame: frame)
  }

  /// Draws `arcTo()`: a line to the circle of `radius` that touches both the line from the current point to `p1` and the line
  /// from `p1` to `p2`, then along that circle. `p1` and `p2` are in the space before `transform`.
  public mutating func addArcTo(_ p1: Point, _ p2: Point, radius: Double, transform: AffineTransform = .identity) {
    // 3. Ensure there is a subpath for p1.
    guard hasSubpath else {
      move(to: transform.apply(p1))
      return
    }
    // 5. p0 is the last point, brought back into the space of p1 and p2.
    guard let inverse = transform.inverted() else { return }
    let p0 = inverse.apply(currentPoint)
    let incoming = p1 - p0, outgoing = p2 - p1
    // 6. and 7. Coinciding or collinear points, or no radius: a plain line.
    guard radius > 0, let from = incoming.normalized(), let to = outgoing.normalized(), abs(from.cross(to)) > 1e-9 else {
      line(to: transform.apply(p1))
      return
    }
    // 8. The tangent points lie tan(turn / 2) · radius from the corner.
    let turn = atan2(from.cross(to), from.dot(to))
    let reach = radius * tan(abs(turn) / 2)
    let start = p1 - from * reach
    let side = turn > 0 ? 1.0 : -1.0
    let center = start + from.turned * (radius * side)
    guard center.isFinite, start.isFinite else {
      line(to: transform.apply(p1))
      return
    }
    let startAngle = atan2(start.y - center.y, start.x - center.x)
    let frame = transform.concatenating(
      AffineTransform(a: radius, b: 0, c: 0, d: radius, e: center.x, f: center.y))
    let first = Point(cos(startAngle), sin(startAngle)), last = Point(cos(startAngle + turn), sin(startAngle + turn))
    line(to: frame.apply(first))
    appendPiece(from: first, to: last, turn: abs(turn), frame: frame)
  }

  /// The signed angle that `ellipse()` runs through; a whole turn or more in the drawing direction is exactly one turn.
  static func sweep(from startAngle: Double, to endAngle: Double, counterclockwise: Bool) -> Double {
    let turn = 2 * Double.pi
    let difference = endAngle - startAngle
    if counterclockwise {
      if difference <= -turn { return -turn }
      let remainder = fmod(difference, turn)
      return remainder > 0 ? remainder - turn : remainder
    }
    if difference >= turn { return turn }
    let remainder = fmod(difference, turn)
    return remainder < 0 ? remainder + turn : remainder
  }

  /// Appends the arc of the unit circle as `frame` maps it. Nothing is appended when a point would not be finite.
  mutating func appendUnitArc(startAngle: Double, sweep: Double, frame: AffineTransform) {
    var cosine = cos(startAngle), sine = sin(startAngle)
    let first = frame.apply(Point(cosine, sine))
    let extent = max(abs(frame.a) + abs(frame.c), abs(frame.b) + abs(frame.d))
    guard first.isFinite, extent.isFinite, sweep.isFinite else { return }
    if hasSubpath {
      if verbs.last == .close || first != currentPoint { line(to: first) }
    } else {
      move(to: first)
    }
    guard sweep != 0 else { return }
    let count = max(1, Int((abs(sweep) / (Double.pi / 2) - 1e-9).rounded(.up)))
    let isWholeTurn = abs(sweep) == 2 * Double.pi
    let quarter = sweep < 0 ? -1.0 : 1.0
    for index in 1...count {
      if index < count || isWholeTurn {
        // A quarter turn, exactly. The control point is the square's corner.
        let next = Point(-sine * quarter, cosine * quarter)
        let end = index == count ? Point(cos(startAngle), sin(startAngle)) : next
        conic(
          control: frame.apply(Point(cosine + next.x, sine + next.y)), to: frame.apply(end), weight: 0.5.squareRoot())
        (cosine, sine) = (next.x, next.y)
      } else {
        let end = Point(cos(startAngle + sweep), sin(startAngle + sweep))
        appendPiece(from: Point(cosine, sine), to: end, turn: abs(sweep) - Double(count - 1) * Double.pi / 2, frame: frame)
      }
    }
  }

  /// An arc of the unit circle by less than half a turn as one conic.
  mutating func appendPiece(from start: Point, to end: Point, turn: Double, frame: AffineTransform) {
    let weight = cos(turn / 2)
    // The tangents meet on the bisector, 1 / cos(turn / 2) from the centre.
    let bisector = Vector(start.x + end.x, start.y + end.y)
    let scale = 1 / (bisector.length * weight)
    conic(
      control: frame.apply(Point(bisector.dx * scale, bisector.dy * scale)), to: frame.apply(end), weight: weight)
  }
}
