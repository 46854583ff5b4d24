// Tracing a path with a pen: the outline of a stroke as polygons whose nonzero winding is what the pen covers.
//
// Follows https://html.spec.whatwg.org/multipage/canvas.html#trace-a-path. The pen works in user space and its outline is mapped to
// the target space afterwards, so that uneven scales give the Standard's slanted ends. Curves are cut into chords fine enough for
// their outer offset; where a chord's inner side would run backwards (a bend tighter than half the line's width), the outline
// passes through the vertex itself, which keeps the winding of every part positive.

import Glibc

/// A corner or a point on a curve, with the way to the next one.
struct StrokeVertex {
  var point: Point
  /// Whether the line bends here only because a curve became chords: no join is drawn.
  var isSmooth: Bool
  /// Unit vector to the next vertex, and its distance.
  var direction = Vector.zero
  var length = 0.0
  /// Unit tangents of the curves that end and begin here; zero where a straight line does.
  var arrival = Vector.zero
  var departure = Vector.zero

  init(_ point: Point, isSmooth: Bool) {
    self.point = point
    self.isSmooth = isSmooth
  }

  /// Where the line heads as it leaves.
  @inline(__always)
  var leaving: Vector { departure == .zero ? direction : departure }

  /// Where the line that comes from `previous` heads as it gets here.
  @inline(__always)
  func arriving(from previous: StrokeVertex) -> Vector { arrival == .zero ? previous.direction : arrival }
}

/// Turns paths into the polygons of their strokes; keeps its memory from stroke to stroke. What is drawn of paths with curves comes from
/// `CurveStroker`; this one draws straight paths and hairlines' dashes, and answers whether a point is in a stroke.
public struct Stroker {
  /// What the last stroke covers, in the target space, by the nonzero rule.
  public private(set) var outline = PolygonList()

  var vertices: [StrokeVertex] = []
  var dashVertices: [StrokeVertex] = []
  var firstDash: [StrokeVertex] = []
  private var otherSide: [Point] = []

  private var transform = AffineTransform.identity
  private(set) var halfWidth = 0.5
  private(set) var cap = LineCap.butt
  private var join = LineJoin.miter
  private var miterLimitSquared = 100.0
  /// Largest angle between neighbouring points of a round join, with its cosine and sine.
  private var arcStep = 0.5
  private var arcCosine = 1.0
  private var arcSine = 0.0

  /// Whether lines are passed on as they are instead of their outlines.
  private var keepsLines = false

  public init() {}

  /// Replaces `outline` by the dashes of `path` as open lines without width, mapped by `transform`.
  public mutating func dash(_ path: Path, style: StrokeStyle, transform: AffineTransform = .identity, tolerance: Double) {
    keepsLines = true
    stroke(path, style: style, transform: transform, tolerance: tolerance)
    keepsLines = false
  }

  /// Replaces `outline` by the stroke of `path`, mapped by `transform`. `tolerance` is the largest error in the target space.
  public mutating func stroke(_ path: Path, style: StrokeStyle, transform: AffineTransform = .identity, tolerance: Double) {
    outline.removeAll()
    guard style.lineWidth > 0, style.lineWidth.isFinite, transform.isFinite else { return }
    let userTolerance = prepare(style: style, transform: transform, tolerance: tolerance)
    let dashes = DashPattern(style)
    vertices.removeAll(keepingCapacity: true)
    var pointIndex = 0
    var weightIndex = 0
    var current = Point.zero
    for verb in path.verbs {
      switch verb {
      case .move:
        finishSubpath(isClosed: false, dashes: dashes)
        current = path.points[pointIndex]
        vertices.append(StrokeVertex(current, isSmooth: false))
      case .line:
        current = path.points[pointIndex]
        addVertex(current, isSmooth: false)
      case .quadratic:
        let control = path.points[pointIndex], end = path.points[pointIndex + 1]
        addQuadratic(current, control, end, tolerance: userTolerance)
        current = end
      case .conic:
        let control = path.points[pointIndex], end = path.points[pointIndex + 1]
        addConic(Conic(current, control, end, weight: path.weights[weightIndex]), tolerance: userTolerance)
        weightIndex += 1
        current = end
      case .cubic:
        let control1 = path.points[pointIndex], control2 = path.points[pointIndex + 1], end = path.points[pointIndex + 2]
        addCubic(current, control1, control2, end, tolerance: userTolerance)
        current = end
      case .close:
        finishSubpath(isClosed: true, dashes: dashes)
      }
      pointIndex += verb.pointCount
    }
    finishSubpath(isClosed: false, dashes: dashes)
  }

  // MARK: - Collecting vertices

  private mutating func prepare(style: StrokeStyle, transform: AffineTransform, tolerance: Double) -> Double {
    self.transform = transform
    halfWidth = style.lineWidth / 2
    cap = style.lineCap
    join = style.lineJoin
    miterLimitSquared = style.miterLimit * style.miterLimit
    let scale = transform.maximumScale
    let userTolerance = scale > 0 ? tolerance / scale : tolerance
    let ratio = min(1, max(1e-7, userTolerance / halfWidth))
    arcStep = min(Double.pi / 3, 2 * acos(1 - ratio))
    arcCosine = cos(arcStep)
    arcSine = sin(arcStep)
    return userTolerance
  }

  /// Zero-length segments are removed, as the Standard says.
  @inline(__always)
  private mutating func addVertex(_ point: Point, isSmooth: Bool) {
    if let last = vertices.last, last.point == point {
      if !isSmooth { vertices[vertices.count - 1].isSmooth = false }
      return
    }
    vertices.append(StrokeVertex(point, isSmooth: isSmooth))
  }

  private mutating func addQuadratic(_ p0: Point, _ p1: Point, _ p2: Point, tolerance: Double) {
    let count = max(
      Flattening.chordCount(p0, p1, p2, tolerance: tolerance), chordCount(turningBy: turn(p1 - p0, p2 - p1)))
    beginCurve(from: p0, through: p1, p2, p2)
    var index = 0
    Flattening.chords(p0, p1, p2, count: count) { point in
      index += 1
      addVertex(point, isSmooth: index < count)
    }
    endCurve(at: p2, through: p1, p0, p0)
  }

  private mutating func addConic(_ conic: Conic, tolerance: Double) {
    let count = max(
      Flattening.chordCount(conic, tolerance: tolerance),
      chordCount(turningBy: turn(conic.p1 - conic.p0, conic.p2 - conic.p1)))
    beginCurve(from: conic.p0, through: conic.p1, conic.p2, conic.p2)
    var index = 0
    Flattening.chords(conic, count: count) { point in
      index += 1
      addVertex(point, isSmooth: index < count)
    }
    endCurve(at: conic.p2, through: conic.p1, conic.p0, conic.p0)
  }

  private mutating func addCubic(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point, tolerance: Double) {
    let turning = turn(p1 - p0, p2 - p1) + turn(p2 - p1, p3 - p2)
    let count = max(Flattening.chordCount(p0, p1, p2, p3, tolerance: tolerance), chordCount(turningBy: turning))
    beginCurve(from: p0, through: p1, p2, p3)
    var index = 0
    Flattening.chords(p0, p1, p2, p3, count: count) { point in
      index += 1
      addVertex(point, isSmooth: index < count)
    }
    endCurve(at: p3, through: p2, p1, p0)
  }

  /// Caps and joins at the ends of a curve follow its tangents, not its outermost chords.
  private mutating func beginCurve(from p0: Point, through a: Point, _ b: Point, _ c: Point) {
    guard !vertices.isEmpty, let tangent = (a - p0).normalized() ?? (b - p0).normalized() ?? (c - p0).normalized() else { return }
    vertices[vertices.count - 1].departure = tangent
  }

  private mutating func endCurve(at end: Point, through a: Point, _ b: Point, _ c: Point) {
    guard vertices.count > 1, let tangent = (end - a).normalized() ?? (end - b).normalized() ?? (end - c).normalized() else { return }
    vertices[vertices.count - 1].arrival = tangent
  }

  @inline(__always)
  private func turn(_ a: Vector, _ b: Vector) -> Double { abs(atan2(a.cross(b), a.dot(b))) }

  /// Chords so that the outer offset, too, turns by at most one step of a round join at each.
  private func chordCount(turningBy angle: Double) -> Int {
    min(Flattening.maximumChordCount, max(1, Int((angle / arcStep).rounded(.up))))
  }

  private mutating func finishSubpath(isClosed: Bool, dashes: DashPattern?) {
    defer { vertices.removeAll(keepingCapacity: true) }
    var isClosed = isClosed
    if isClosed, vertices.count > 1, vertices[0].point == vertices[vertices.count - 1].point {
      vertices[0].arrival = vertices[vertices.count - 1].arrival
      vertices.removeLast()
    }
    guard vertices.count > 1 else { return }
    guard measure(&vertices, isClosed: isClosed) else { return }
    if vertices.count < 3, vertices[0].length == 0 { isClosed = false }
    if let dashes {
      traceDashes(dashes, isClosed: isClosed)
    } else if isClosed, vertices.count == 2, !keepsLines, vertices[0].departure == .zero, vertices[1].departure == .zero {
      // There and back on one line: two joins that turn by a half. Only a round one reaches beyond the ends.
      let style = cap
      cap = join == .round ? .round : .butt
      vertices[1].direction = vertices[0].direction
      trace(vertices, isClosed: false)
      cap = style
    } else {
      trace(vertices, isClosed: isClosed)
    }
  }

  /// Fills in directions and lengths; drops steps too small to have a direction. False when nothing is left.
  private func measure(_ vertices: inout [StrokeVertex], isClosed: Bool) -> Bool {
    var count = 0
    let total = vertices.count
    for index in 0..<total {
      let isLast = index == total - 1
      let next = isLast ? vertices[0].point : vertices[index + 1].point
      let step = next - vertices[index].point
      let length = step.length
      if isLast, !isClosed {
        vertices[count] = vertices[index]
        count += 1
        break
      }
      guard length > 1e-150, length.isFinite else { continue }
      vertices[count] = vertices[index]
      vertices[count].direction = step / length
      vertices[count].length = length
      count += 1
    }
    if count < total { vertices.removeLast(total - count) }
    guard count > 1 else { return false }
    if !isClosed {
      vertices[count - 1].direction = vertices[count - 2].direction
      vertices[count - 1].length = 0
    }
    return true
  }

  // MARK: - Outlines

  /// Traces a line through `vertices`, at least two of them, whose directions and lengths are filled in.
  mutating func trace(_ vertices: [StrokeVertex], isClosed: Bool) {
    let count = vertices.count
    if keepsLines {
      for vertex in vertices { emit(vertex.point) }
      if isClosed { emit(vertices[0].point) }
      outline.endPolygon()
      return
    }
    otherSide.removeAll(keepingCapacity: true)
    if isClosed {
      var previous = vertices[count - 1]
      for index in 0..<count {
        addJoin(previous, vertices[index])
        previous = vertices[index]
      }
      outline.endPolygon()
      appendOtherSideReversed()
      outline.endPolygon()
      return
    }
    let first = vertices[0], last = vertices[count - 1]
    let startNormal = first.leaving.turned * halfWidth
    emit(first.point + startNormal)
    otherSide.append(first.point - startNormal)
    var previous = first
    for index in 1..<count - 1 {
      addJoin(previous, vertices[index])
      previous = vertices[index]
    }
    addCap(at: last.point, direction: last.arriving(from: previous))
    appendOtherSideReversed()
    if cap != .butt { addCap(at: first.point, direction: -first.leaving, emitsEnds: false) }
    outline.endPolygon()
  }

  /// Draws a line of no length in `direction`: only its caps.
  mutating func traceDot(at point: Point, direction: Vector) {
    guard cap != .butt, !keepsLines else { return }
    addCap(at: point, direction: direction)
    addCap(at: point, direction: -direction)
    outline.endPolygon()
  }

  @inline(__always)
  private mutating func emit(_ point: Point) { outline.append(transform.apply(point)) }

  private mutating func appendOtherSideReversed() {
    var index = otherSide.count - 1
    while index >= 0 {
      emit(otherSide[index])
      index -= 1
    }
  }

  /// The end of a line that runs in `direction`: from its clockwise side round to the other one.
  private mutating func addCap(at point: Point, direction: Vector, emitsEnds: Bool = true) {
    let normal = direction.turned * halfWidth
    switch cap {
    case .butt:
      emit(point + normal)
      emit(point - normal)
    case .square:
      let reach = direction * halfWidth
      emit(point + normal + reach)
      emit(point - normal + reach)
    case .round:
      if emitsEnds { emit(point + normal) }
      emitArc(center: point, from: normal, angle: Double.pi, clockwise: false)
      if emitsEnds { emit(point - normal) }
    }
  }

  /// Points strictly between the ends of an arc around `center`.
  private mutating func emitArc(center: Point, from start: Vector, angle: Double, clockwise: Bool) {
    var remaining = angle - arcStep * 0.25
    var arm = start
    let sine = clockwise ? arcSine : -arcSine
    while remaining > arcStep * 0.75 {
      arm = Vector(arm.dx * arcCosine - arm.dy * sine, arm.dx * sine + arm.dy * arcCosine)
      emit(center + arm)
      remaining -= arcStep
    }
  }

  private mutating func otherSideArc(center: Point, from start: Vector, angle: Double) {
    var remaining = angle - arcStep * 0.25
    var arm = start
    while remaining > arcStep * 0.75 {
      arm = Vector(arm.dx * arcCosine - arm.dy * arcSine, arm.dx * arcSine + arm.dy * arcCosine)
      otherSide.append(center + arm)
      remaining -= arcStep
    }
  }

  /// Both sides of the corner at `vertex`, which the line reaches from `previous`. The clockwise side goes to the outline, the
  /// other one to `otherSide`.
  private mutating func addJoin(_ previous: StrokeVertex, _ vertex: StrokeVertex) {
    let point = vertex.point
    let incoming = vertex.arriving(from: previous), outgoing = vertex.leaving
    let cross = incoming.cross(outgoing), dot = incoming.dot(outgoing)
    let normal0 = incoming.turned * halfWidth, normal1 = outgoing.turned * halfWidth
    // How much of each segment the inner corner takes; half a segment may go to each of its ends.
    let fits = 1 + dot > 1e-9 && halfWidth * abs(cross) <= 0.5 * min(previous.length, vertex.length) * (1 + dot)
    let sum = normal0 + normal1
    // On a curve the inner points lie on the normals, not where the offset chords cross: a pen as wide as the bend's diameter
    // still fits, and its inner points meet in the bend's centre. The slack is for rounding.
    let fitsCurve =
      halfWidth * abs(cross) <= 0.251_25 * (previous.length + vertex.length) * (2 * (1 + dot)).squareRoot()
    if vertex.isSmooth, dot > 0.5, fitsCurve {
      let arm = sum * (halfWidth / sum.length)
      emit(point + arm)
      otherSide.append(point - arm)
      return
    }
    if dot > 0, abs(cross) < 1e-9 {
      emit(point + normal1)
      otherSide.append(point - normal1)
      return
    }
    // Chords of a curve that bend too much for one point are joined by arcs.
    let join = vertex.isSmooth ? .round : self.join
    let bendsClockwise = cross >= 0
    if bendsClockwise {
      if fits {
        emit(point + sum / (1 + dot))
      } else {
        emit(point + normal0)
        emit(point)
        emit(point + normal1)
      }
    } else if fits {
      otherSide.append(point - sum / (1 + dot))
    } else {
      otherSide.append(point - normal0)
      otherSide.append(point)
      otherSide.append(point - normal1)
    }
    if join == .miter, (1 + dot) * miterLimitSquared >= 2, 1 + dot > 1e-12 {
      let tip = sum / (1 + dot)
      if bendsClockwise { otherSide.append(point - tip) } else { emit(point + tip) }
      return
    }
    if bendsClockwise {
      otherSide.append(point - normal0)
      if join == .round { otherSideArc(center: point, from: -normal0, angle: atan2(abs(cross), dot)) }
      otherSide.append(point - normal1)
    } else {
      emit(point + normal0)
      if join == .round { emitArc(center: point, from: normal0, angle: atan2(abs(cross), dot), clockwise: false) }
      emit(point + normal1)
    }
  }
}

extension AffineTransform {
  /// The largest factor by which a length grows (the greater singular value).
  public var maximumScale: Double {
    let sum = (a * a + b * b + c * c + d * d) / 2
    let difference = ((a * a + b * b - c * c - d * d) / 2), mixed = a * c + b * d
    return (sum + (difference * difference + mixed * mixed).squareRoot()).squareRoot()
  }

  /// The length of the longer of the two unit axes after mapping.
  public var longestAxis: Double { max(Vector(a, b).length, Vector(c, d).length) }

  /// The smallest factor by which a length grows (the lesser singular value).
  public var minimumScale: Double {
    let largest = maximumScale
    return largest > 0 ? abs(determinant) / largest : 0
  }
}

extension Path {
  /// The outline of the stroke, to be filled by the nonzero rule; curves become chords within `tolerance`.
  public func stroked(_ style: StrokeStyle, transform: AffineTransform = .identity, tolerance: Double) -> Path {
    var stroker = Stroker()
    stroker.stroke(self, style: style, transform: transform, tolerance: tolerance)
    return stroker.outline.path
  }
}
