// Paths and polygons into edges: mapped to device space, flattened, cut to the clip's rectangle.
//
// What lies left of the rectangle is moved onto its left side, where it keeps its winding; what lies above, below and to the right
// is dropped, since coverage is summed from left to right.

import Geometry

struct EdgeBuilder {
  /// Largest distance of a stroke's polygons from its curves, in pixels; curves of paths become chords in `CurveEdges`.
  static let tolerance = 0.06

  private let store: EdgeStore
  private let left: Double
  private let top: Double
  private let right: Double
  private let bottom: Double

  // The extent of what was added, in 1/256 pixels.
  private(set) var minX = Int32.max
  private(set) var minY = Int32.max
  private(set) var maxX = Int32.min
  private(set) var maxY = Int32.min

  /// Whether something to the right of the bounds is missing, so that sums need not come back to zero.
  private(set) var droppedRight = false

  private(set) var current = Point.zero
  private var start = Point.zero
  private let firstEdge: Int

  /// `bounds` lies inside the surface: no negative coordinates.
  init(store: EdgeStore, bounds: PixelRect) {
    self.store = store
    left = Double(bounds.x)
    top = Double(bounds.y)
    right = Double(bounds.maxX)
    bottom = Double(bounds.maxY)
    firstEdge = store.count
  }

  var edgeCount: Int { store.count - firstEdge }

  /// What the edges are cut to.
  var bounds: Rect { Rect(x: left, y: top, width: right - left, height: bottom - top) }

  var edgeStart: Int { firstEdge }

  // MARK: - Figures

  mutating func add(_ path: Path, transform: AffineTransform) {
    let weights = path.weights
    path.points.withUnsafeBufferPointer { points in
      var index = 0
      var weightIndex = 0
      for verb in path.verbs {
        switch verb {
        case .move:
          close()
          move(to: transform.apply(points[index]))
          index &+= 1
        case .line:
          corner(to: transform.apply(points[index]))
          index &+= 1
        case .quadratic:
          quadratic(transform.apply(points[index]), transform.apply(points[index + 1]))
          index &+= 2
        case .conic:
          let conic = Conic(current, transform.apply(points[index]), transform.apply(points[index + 1]), weight: weights[weightIndex])
          conic.forEachQuadratic(power: conic.quadraticPower(tolerance: 0.25)) { quadratic($0, $1) }
          weightIndex &+= 1
          index &+= 2
        case .cubic:
          cubic(transform.apply(points[index]), transform.apply(points[index + 1]), transform.apply(points[index + 2]))
          index &+= 3
        case .close:
          close()
        }
      }
    }
    close()
  }

  /// Adds polygons that are in device space already. `hasCorners`: their points are corners, not points of curves.
  mutating func add(_ polygons: PolygonList, hasCorners: Bool) {
    polygons.points.withUnsafeBufferPointer { points in
      var index = 0
      for end in polygons.ends {
        move(to: points[index])
        index &+= 1
        while index < end {
          if hasCorners { corner(to: points[index]) } else { line(to: points[index]) }
          index &+= 1
        }
        if hasCorners { close() } else { line(to: start) }
      }
    }
  }

  // MARK: - Steps

  mutating func move(to point: Point) {
    current = point
    start = point
  }

  mutating func close() {
    if current != start { corner(to: start) }
  }

  /// A line whose ends are corners of the shape. Corners lie on quarters of rows, as in Skia's analytic coverage, whose pictures
  /// browsers show.
  @inline(__always)
  mutating func corner(to end: Point) {
    segment(EdgeBuilder.snapped(current), EdgeBuilder.snapped(end))
    current = end
  }

  /// A line between points of a flattened curve, which stay where they are.
  @inline(__always)
  mutating func line(to end: Point) {
    segment(current, end)
    current = end
  }

  @inline(__always)
  static func snapped(_ point: Point) -> Point { Point(point.x, snapped(point.y)) }

  @inline(__always)
  static func snapped(_ y: Double) -> Double { (y * 4 + 0.5).rounded(.down) * 0.25 }

  /// Adds a line without moving the current point.
  @inline(__always)
  mutating func segment(_ begin: Point, _ end: Point) {
    if begin.x >= left, begin.x <= right, begin.y >= top, begin.y <= bottom, end.x >= left, end.x <= right, end.y >= top,
      end.y <= bottom
    {
      push(begin.x, begin.y, end.x, end.y)
    } else {
      addClipped(begin, end)
    }
  }

  private mutating func quadratic(_ control: Point, _ end: Point) {
    let begin = current
    current = end
    if isOutside(begin, control, end) {
      segment(EdgeBuilder.snapped(begin), EdgeBuilder.snapped(end))
    } else {
      addQuadratic(begin, control, end)
    }
  }

  private mutating func cubic(_ control1: Point, _ control2: Point, _ end: Point) {
    let begin = current
    current = end
    if isOutside(begin, control1, end), isOutside(begin, control2, end) {
      let low = min(min(begin.y, control1.y), min(control2.y, end.y)), high = max(max(begin.y, control1.y), max(control2.y, end.y))
      let near = min(min(begin.x, control1.x), min(control2.x, end.x)), far = max(max(begin.x, control1.x), max(control2.x, end.x))
      if high <= top || low >= bottom || near >= right || far <= left {
        segment(EdgeBuilder.snapped(begin), EdgeBuilder.snapped(end))
        return
      }
    }
    addCubic(begin, control1, control2, end)
  }

  /// Whether all lie on one outer side of the bounds: then only the chord matters.
  @inline(__always)
  private func isOutside(_ a: Point, _ b: Point, _ c: Point) -> Bool {
    max(a.y, max(b.y, c.y)) <= top || min(a.y, min(b.y, c.y)) >= bottom || min(a.x, min(b.x, c.x)) >= right
      || max(a.x, max(b.x, c.x)) <= left
  }

  @inline(never)
  private mutating func addClipped(_ a: Point, _ b: Point) {
    guard a.isFinite, b.isFinite else { return }
    if (a.y <= top && b.y <= top) || (a.y >= bottom && b.y >= bottom) { return }
    if a.x > right || b.x > right { droppedRight = true }
    if a.x >= right && b.x >= right {
      // A side exactly on the border is dropped as well.
      droppedRight = true
      return
    }
    var (x0, y0, x1, y1) = (a.x, a.y, b.x, b.y)
    let dx = x1 - x0, dy = y1 - y0
    guard dx.isFinite, dy.isFinite, dy != 0 else { return }
    let slope = dx / dy
    if y0 < top {
      x0 = a.x + (top - a.y) * slope
      y0 = top
    } else if y0 > bottom {
      x0 = a.x + (bottom - a.y) * slope
      y0 = bottom
    }
    if y1 < top {
      x1 = a.x + (top - a.y) * slope
      y1 = top
    } else if y1 > bottom {
      x1 = a.x + (bottom - a.y) * slope
      y1 = bottom
    }
    if x0 <= left && x1 <= left {
      push(left, y0, left, y1)
      return
    }
    if x0 >= right && x1 >= right {
      droppedRight = true
      return
    }
    // Where the line crosses the sides; kept between its ends against rounding.
    let low = min(y0, y1), high = max(y0, y1)
    if x0 < left || x1 < left {
      let y = min(high, max(low, a.y + (left - a.x) / slope))
      if x0 < left {
        push(left, y0, left, y)
        (x0, y0) = (left, y)
      } else {
        push(left, y, left, y1)
        (x1, y1) = (left, y)
      }
    }
    if x0 > right || x1 > right {
      let y = min(high, max(low, a.y + (right - a.x) / slope))
      if x0 > right { (x0, y0) = (right, y) } else { (x1, y1) = (right, y) }
    }
    push(min(right, max(left, x0)), y0, min(right, max(left, x1)), y1)
  }

  @inline(__always)
  private mutating func push(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
    // Safe: inside the bounds, hence within 0...2^22 pixels.
    let edge = Edge(
      x0: Int32(x0 * 256 + 0.5), y0: Int32(y0 * 256 + 0.5), x1: Int32(x1 * 256 + 0.5), y1: Int32(y1 * 256 + 0.5))
    if edge.y0 == edge.y1 { return }
    minX = min(minX, min(edge.x0, edge.x1))
    maxX = max(maxX, max(edge.x0, edge.x1))
    minY = min(minY, min(edge.y0, edge.y1))
    maxY = max(maxY, max(edge.y0, edge.y1))
    store.reserve(1).pointee = edge
    store.commit(1)
  }
}
