// Dashes cut out of a path as pieces of its own curves.
//
// Lengths along curves are those of chords, as Skia's contour measure takes them: a curve is halved until its middle is within half a
// device pixel of its chord. Where browsers end a dash follows from that, on large circles by more than a pixel.

extension Path {
  /// The dashes as open subpaths; nil when `style` has none to cut, or too many. `scale` is how many device pixels a unit takes.
  /// A dash of no length becomes a line of no length.
  public func dashed(_ style: StrokeStyle, scale: Double) -> Path? {
    guard let pattern = DashPattern(style), scale > 0, scale.isFinite else { return nil }
    var result = Path()
    var measure = ContourMeasure(tolerance: 0.5 / scale)
    var isTooMuch = false
    func cut(isClosed: Bool) {
      if measure.length / pattern.total * Double(pattern.lengths.count) >= DashPattern.maximumDashCount { isTooMuch = true }
      if measure.length > 0, !isTooMuch { measure.addDashes(pattern, isClosed: isClosed, to: &result) }
    }
    forEachElement { element in
      switch element {
      case .move(let point):
        cut(isClosed: false)
        measure.begin(at: point)
      case .line(let end): measure.add(.line(measure.current, end))
      case .quadratic(let control, let end): measure.add(.conic(Conic(measure.current, control, end, weight: 1)))
      case .conic(let control, let end, let weight): measure.add(.conic(Conic(measure.current, control, end, weight: weight)))
      case .cubic(let control1, let control2, let end): measure.add(.cubic(measure.current, control1, control2, end))
      case .close:
        measure.add(.line(measure.current, measure.start))
        cut(isClosed: true)
        measure.begin(at: measure.start)
      }
    }
    cut(isClosed: false)
    return isTooMuch ? nil : result
  }
}

/// A subpath with the lengths along it.
private struct ContourMeasure {
  enum Piece {
    case line(Point, Point)
    /// A conic; one of weight 1 is a quadratic curve.
    case conic(Conic)
    case cubic(Point, Point, Point, Point)

    var end: Point {
      switch self {
      case .line(_, let end), .cubic(_, _, _, let end): end
      case .conic(let conic): conic.p2
      }
    }
  }

  /// Up to `distance` along the subpath, piece `piece` has run to its parameter `t`.
  private struct Mark {
    var distance: Double
    var piece: Int
    var t: Double
  }

  private let tolerance: Double
  private var pieces: [Piece] = []
  private var marks: [Mark] = []
  private(set) var start = Point.zero
  private(set) var current = Point.zero
  private(set) var length = 0.0

  init(tolerance: Double) { self.tolerance = tolerance }

  mutating func begin(at point: Point) {
    pieces.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    (start, current, length) = (point, point, 0)
  }

  mutating func add(_ piece: Piece) {
    let before = length
    let index = pieces.count
    switch piece {
    case .line(let a, let b): mark(index, 1, (b - a).length)
    case .conic(let conic): measure(conic, index, conic.p0, 0, conic.p2, 1, depth: 0)
    case .cubic(let a, let b, let c, let d): measure(a, b, c, d, index, 0, 1, depth: 0)
    }
    current = piece.end
    if length > before {
      pieces.append(piece)
    } else {
      marks.removeAll { $0.piece == index }
    }
  }

  private mutating func mark(_ piece: Int, _ t: Double, _ step: Double) {
    guard step > 0, step.isFinite else { return }
    length += step
    marks.append(Mark(distance: length, piece: piece, t: t))
  }

  private func isFar(_ a: Point, _ b: Point) -> Bool { max(abs(a.x - b.x), abs(a.y - b.y)) > tolerance }

  private mutating func measure(_ conic: Conic, _ piece: Int, _ a: Point, _ t0: Double, _ b: Point, _ t1: Double, depth: Int) {
    let t = (t0 + t1) / 2
    let middle = conic.point(at: t)
    if depth < 12, isFar(middle, Point((a.x + b.x) / 2, (a.y + b.y) / 2)) {
      measure(conic, piece, a, t0, middle, t, depth: depth + 1)
      measure(conic, piece, middle, t, b, t1, depth: depth + 1)
    } else {
      mark(piece, t1, (b - a).length)
    }
  }

  private mutating func measure(_ a: Point, _ b: Point, _ c: Point, _ d: Point, _ piece: Int, _ t0: Double, _ t1: Double, depth: Int) {
    if depth < 12, isFar(b, a.interpolated(to: d, at: 1.0 / 3)) || isFar(c, a.interpolated(to: d, at: 2.0 / 3)) {
      let (left, right) = halve(a, b, c, d, at: 0.5)
      let t = (t0 + t1) / 2
      measure(left.0, left.1, left.2, left.3, piece, t0, t, depth: depth + 1)
      measure(right.0, right.1, right.2, right.3, piece, t, t1, depth: depth + 1)
    } else {
      mark(piece, t1, (d - a).length)
    }
  }

  // MARK: - Cutting

  func addDashes(_ pattern: DashPattern, isClosed: Bool, to path: inout Path) {
    var index = pattern.firstIndex
    var distance = 0.0
    var step = pattern.firstRemainder
    // The dash in which a closed subpath begins is drawn last, as the end of the one that it ends with.
    let joinsEnds = isClosed && index % 2 == 0 && step > 0
    var skips = joinsEnds
    var endsOn = false
    while distance < length {
      endsOn = index % 2 == 0 && !skips
      if endsOn { addPiece(from: distance, to: min(length, distance + step), isNew: true, to: &path) }
      distance += step
      skips = false
      index = index + 1 == pattern.lengths.count ? 0 : index + 1
      step = pattern.lengths[index]
    }
    if joinsEnds {
      addPiece(from: 0, to: min(length, pattern.firstRemainder), isNew: !(endsOn && distance >= length), to: &path)
    }
  }

  private func place(_ distance: Double) -> (mark: Int, t: Double) {
    var low = 0, high = marks.count - 1
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].distance < distance { low = middle + 1 } else { high = middle }
    }
    let mark = marks[low]
    var (startT, startDistance) = (0.0, 0.0)
    if low > 0 {
      startDistance = marks[low - 1].distance
      if marks[low - 1].piece == mark.piece { startT = marks[low - 1].t }
    }
    let part = (distance - startDistance) / (mark.distance - startDistance)
    return (low, startT + (mark.t - startT) * max(0, min(1, part)))
  }

  private func addPiece(from: Double, to: Double, isNew: Bool, to path: inout Path) {
    guard !marks.isEmpty else { return }
    let first = place(from), last = place(to)
    var piece = marks[first.mark].piece
    let lastPiece = marks[last.mark].piece
    var t = first.t
    if isNew { path.move(to: cut(pieces[piece], 0, t).end) }
    if from == to {
      path.line(to: path.currentPoint)
      return
    }
    while piece <= lastPiece {
      let end = piece == lastPiece ? last.t : 1
      if end > t {
        switch cut(pieces[piece], t, end) {
        case .line(_, let end): path.line(to: end)
        case .conic(let conic):
          if conic.weight == 1 {
            path.quadratic(control: conic.p1, to: conic.p2)
          } else {
            path.conic(control: conic.p1, to: conic.p2, weight: conic.weight)
          }
        case .cubic(_, let b, let c, let d): path.cubic(control1: b, control2: c, to: d)
        }
      }
      piece += 1
      t = 0
    }
  }

  /// The part of a piece between two parameters.
  private func cut(_ piece: Piece, _ from: Double, _ to: Double) -> Piece {
    if from <= 0, to >= 1 { return piece }
    switch piece {
    case .line(let a, let b): return .line(a.interpolated(to: b, at: from), a.interpolated(to: b, at: to))
    case .conic(let conic): return .conic(conic.part(from, to))
    case .cubic(let a, let b, let c, let d):
      let upper = to < 1 ? halve(a, b, c, d, at: to).0 : (a, b, c, d)
      guard from > 0 else { return .cubic(upper.0, upper.1, upper.2, upper.3) }
      let part = halve(upper.0, upper.1, upper.2, upper.3, at: to > 0 ? from / to : 0).1
      return .cubic(part.0, part.1, part.2, part.3)
    }
  }

  private typealias Cubic = (Point, Point, Point, Point)

  private func halve(_ a: Point, _ b: Point, _ c: Point, _ d: Point, at t: Double) -> (Cubic, Cubic) {
    let ab = a.interpolated(to: b, at: t), bc = b.interpolated(to: c, at: t), cd = c.interpolated(to: d, at: t)
    let abc = ab.interpolated(to: bc, at: t), bcd = bc.interpolated(to: cd, at: t)
    let middle = abc.interpolated(to: bcd, at: t)
    return ((a, ab, abc, middle), (middle, bcd, cd, d))
  }
}

extension Conic {
  /// The part between two parameters, with end weights of 1 (de Casteljau's scheme on homogeneous coordinates).
  func part(_ from: Double, _ to: Double) -> Conic {
    // The blossom of the curve at (u, v), with its weight.
    func blossom(_ u: Double, _ v: Double) -> (x: Double, y: Double, w: Double) {
      let a = (1 - u) * (1 - v), b = ((1 - u) * v + u * (1 - v)) * weight, c = u * v
      return (a * p0.x + b * p1.x + c * p2.x, a * p0.y + b * p1.y + c * p2.y, a + b + c)
    }
    let first = blossom(from, from), control = blossom(from, to), last = blossom(to, to)
    return Conic(
      Point(first.x / first.w, first.y / first.w), Point(control.x / control.w, control.y / control.w),
      Point(last.x / last.w, last.y / last.w), weight: weight == 1 ? 1 : control.w / (first.w * last.w).squareRoot())
  }
}
