// Paths as the canvas records them: subpaths of lines, Bézier curves and arcs.

/// What one step of a path does; each consumes the number of points that its comment says.
public enum PathVerb: UInt8, Sendable {
  /// Begins a subpath (1 point).
  case move
  /// A straight line (1 point).
  case line
  /// A quadratic Bézier curve (2 points: control, end).
  case quadratic
  /// A conic section (2 points: control, end, and a weight).
  case conic
  /// A cubic Bézier curve (3 points: two controls, end).
  case cubic
  /// Joins the subpath's end to its beginning and marks it closed (no point).
  case close

  @inlinable public var pointCount: Int {
    switch self {
    case .move, .line: 1
    case .quadratic, .conic: 2
    case .cubic: 3
    case .close: 0
    }
  }
}

/// One step of a path with its points.
public enum PathElement: Equatable, Sendable {
  case move(Point)
  case line(Point)
  case quadratic(control: Point, end: Point)
  case conic(control: Point, end: Point, weight: Double)
  case cubic(control1: Point, control2: Point, end: Point)
  case close
}

/// Which windings are inside, after https://html.spec.whatwg.org/multipage/canvas.html#canvasfillrule.
public enum FillRule: String, Sendable, CaseIterable {
  case nonzero
  case evenodd
}

/// A list of subpaths. Arcs are stored as conic sections. All stored points are finite.
///
/// Every subpath begins with a `move`; two moves in a row are kept (a lone move is an empty subpath that paints nothing).
public struct Path: Equatable, Sendable {
  public private(set) var verbs: [PathVerb] = []
  public private(set) var points: [Point] = []
  /// Those of the conics, in their order.
  public private(set) var weights: [Double] = []

  /// Where the current subpath began.
  public private(set) var subpathStart = Point.zero
  /// The last point of the current subpath; meaningful when `hasSubpath`.
  public private(set) var currentPoint = Point.zero

  @inlinable public init() {}

  public var isEmpty: Bool { verbs.isEmpty }

  public var hasCurves: Bool { verbs.contains { $0 == .quadratic || $0 == .conic || $0 == .cubic } }

  /// Whether there is a subpath that a line could go on.
  public var hasSubpath: Bool { !verbs.isEmpty }

  public mutating func move(to point: Point) {
    // A move directly after a move replaces an empty subpath: it can neither paint nor be seen by later steps.
    if verbs.last == .move {
      points[points.count - 1] = point
    } else {
      verbs.append(.move)
      points.append(point)
    }
    subpathStart = point
    currentPoint = point
  }

  public mutating func line(to point: Point) {
    beginIfNeeded(at: point)
    verbs.append(.line)
    points.append(point)
    currentPoint = point
  }

  public mutating func quadratic(control: Point, to end: Point) {
    beginIfNeeded(at: control)
    verbs.append(.quadratic)
    points.append(control)
    points.append(end)
    currentPoint = end
  }

  /// - Parameter weight: of the control point; positive and finite.
  public mutating func conic(control: Point, to end: Point, weight: Double) {
    beginIfNeeded(at: control)
    verbs.append(.conic)
    points.append(control)
    points.append(end)
    weights.append(weight)
    currentPoint = end
  }

  public mutating func cubic(control1: Point, control2: Point, to end: Point) {
    beginIfNeeded(at: control1)
    verbs.append(.cubic)
    points.append(control1)
    points.append(control2)
    points.append(end)
    currentPoint = end
  }

  /// Marks the current subpath closed; the next step begins a new one at the same start unless it is a move.
  public mutating func close() {
    guard let last = verbs.last, last != .close else { return }
    verbs.append(.close)
    currentPoint = subpathStart
  }

  public mutating func reserveCapacity(verbs verbCount: Int, points pointCount: Int) {
    verbs.reserveCapacity(verbCount)
    points.reserveCapacity(pointCount)
  }

  /// Empties the path but keeps its storage.
  public mutating func removeAll() {
    verbs.removeAll(keepingCapacity: true)
    points.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    subpathStart = .zero
    currentPoint = .zero
  }

  /// A subpath that was closed goes on from its start; a path without subpaths begins at `point` ("ensure there is a subpath").
  private mutating func beginIfNeeded(at point: Point) {
    switch verbs.last {
    case nil:
      move(to: point)
    case .close:
      verbs.append(.move)
      points.append(subpathStart)
      currentPoint = subpathStart
    default:
      break
    }
  }

  /// Appends every subpath of `other`, mapped by `transform`. The current subpath is then `other`'s last.
  public mutating func append(_ other: Path, transform: AffineTransform = .identity) {
    guard !other.isEmpty else { return }
    verbs.append(contentsOf: other.verbs)
    weights.append(contentsOf: other.weights)
    if transform.isIdentity {
      points.append(contentsOf: other.points)
    } else {
      points.reserveCapacity(points.count + other.points.count)
      for point in other.points { points.append(transform.apply(point)) }
    }
    subpathStart = transform.apply(other.subpathStart)
    currentPoint = transform.apply(other.currentPoint)
  }

  public func transformed(by transform: AffineTransform) -> Path {
    var result = Path()
    result.append(self, transform: transform)
    return result
  }

  /// With coordinates rounded to multiples of `unit`, halves away from zero; as it is where `unit` is no positive number.
  public func rounded(toMultiplesOf unit: Double) -> Path {
    guard unit > 0, unit.isFinite else { return self }
    var result = self
    for index in result.points.indices {
      let point = result.points[index]
      result.points[index] = Point((point.x / unit).rounded() * unit, (point.y / unit).rounded() * unit)
    }
    return result
  }

  /// Calls `body` for each step in order.
  @inlinable public func forEachElement(_ body: (PathElement) -> Void) {
    var index = 0
    var weightIndex = 0
    for verb in verbs {
      switch verb {
      case .move: body(.move(points[index]))
      case .line: body(.line(points[index]))
      case .quadratic: body(.quadratic(control: points[index], end: points[index + 1]))
      case .conic:
        body(.conic(control: points[index], end: points[index + 1], weight: weights[weightIndex]))
        weightIndex += 1
      case .cubic: body(.cubic(control1: points[index], control2: points[index + 1], end: points[index + 2]))
      case .close: body(.close)
      }
      index += verb.pointCount
    }
  }

  /// The smallest rectangle that holds all points, controls included; nil for a path without points.
  public var controlBounds: Rect? {
    guard let first = points.first else { return nil }
    var minX = first.x, minY = first.y, maxX = first.x, maxY = first.y
    for point in points {
      minX = min(minX, point.x)
      maxX = max(maxX, point.x)
      minY = min(minY, point.y)
      maxY = max(maxY, point.y)
    }
    return Rect(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }
}

extension Path {
  /// The closed subpath of a rectangle, drawn as `rect()` does: from its corner along the x axis first.
  public static func rectangle(_ rect: Rect) -> Path {
    var path = Path()
    path.addRectangle(rect)
    return path
  }

  public mutating func addRectangle(_ rect: Rect) {
    let (p, q, r, s) = rect.corners
    move(to: p)
    line(to: q)
    line(to: r)
    line(to: s)
    close()
  }
}
