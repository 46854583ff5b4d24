// Arcs of circles and ellipses, laid down as cubic Bézier curves.
//
// Which part of the ellipse is drawn follows https://html.spec.whatwg.org/multipage/canvas.html#ellipse-method-steps.
// A cubic with control points 4/3·tan(θ/4) along the tangents misses the circle by 2.7e-4 of the radius at θ = 90°, and by
// 4e-6 at 45°; large arcs take the smaller pieces.

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
    appendUnitArc(startAngle: startAngle, sweep: turn, frame: frame)
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
    let piece = extent > 48 ? Double.pi / 4 : Double.pi / 2
    let count = max(1, Int((abs(sweep) / piece - 1e-9).rounded(.up)))
    let step = sweep / Double(count)
    let handle = 4.0 / 3.0 * tan(step / 4)
    let isWholeTurn = abs(sweep) == 2 * Double.pi
    let stepCosine = cos(step), stepSine = sin(step)
    for index in 1...count {
      let nextCosine: Double, nextSine: Double
      if index == count {
        // The last point is computed from its own angle, so that errors of the recurrence do not open the figure.
        nextCosine = isWholeTurn ? cos(startAngle) : cos(startAngle + sweep)
        nextSine = isWholeTurn ? sin(startAngle) : sin(startAngle + sweep)
      } else {
        nextCosine = cosine * stepCosine - sine * stepSine
        nextSine = sine * stepCosine + cosine * stepSine
      }
      cubic(
        control1: frame.apply(Point(cosine - sine * handle, sine + cosine * handle)),
        control2: frame.apply(Point(nextCosine + nextSine * handle, nextSine - nextCosine * handle)),
        to: frame.apply(Point(nextCosine, nextSine)))
      cosine = nextCosine
      sine = nextSine
    }
  }
}
