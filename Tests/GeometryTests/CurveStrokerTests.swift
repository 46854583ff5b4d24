import Testing

@testable import Geometry

/// How much of a grid of points the path holds, as an area.
private func area(_ path: Path, in box: Rect, step: Double) -> Double {
  // Scanlines through the flattened outline: the length inside by the nonzero rule.
  var edges: [(Point, Point)] = []
  var current = Point.zero, start = Point.zero
  path.flattened(tolerance: 0.001).forEachElement { element in
    switch element {
    case .move(let point):
      edges.append((current, start))
      (current, start) = (point, point)
    case .line(let point):
      edges.append((current, point))
      current = point
    case .close:
      edges.append((current, start))
      current = start
    default: break
    }
  }
  edges.append((current, start))
  var total = 0.0
  var y = box.minY + step / 2
  while y < box.maxY {
    var crossings: [(x: Double, winding: Int)] = []
    for (a, b) in edges where (a.y <= y) != (b.y <= y) {
      crossings.append((a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), b.y > a.y ? 1 : -1))
    }
    crossings.sort { $0.x < $1.x }
    var winding = 0
    for (index, crossing) in crossings.enumerated() {
      winding += crossing.winding
      if winding != 0, index + 1 < crossings.count { total += (crossings[index + 1].x - crossing.x) * step }
    }
    y += step
  }
  return total
}

private func loops(_ seed: Int) -> Path {
  var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 7
  func random() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / Double(1 << 31) * 100
  }
  func point() -> Point { Point(random(), random()) }
  var path = Path()
  path.move(to: point())
  path.cubic(control1: point(), control2: point(), to: point())
  path.quadratic(control: point(), to: point())
  path.line(to: point())
  path.addArc(center: Point(50, 50), radius: 10 + random() / 4, startAngle: random(), endAngle: random(), counterclockwise: seed % 2 == 0)
  if seed % 3 == 0 { path.close() }
  return path
}

/// The strokes of curves against those of fine polygons, which follow the Standard chord by chord.
@Suite("Strokes of curves")
struct CurveStrokerTests {
  @Test("They cover what the pen covers", arguments: 0..<24)
  func sameAreaAsPolygons(seed: Int) {
    let path = loops(seed)
    let style = StrokeStyle(
      lineWidth: 1 + Double(seed % 7) * 2, lineCap: LineCap.allCases[seed % 3], lineJoin: LineJoin.allCases[seed / 3 % 3])
    var stroker = CurveStroker()
    stroker.stroke(path, style: style, scale: 4)
    let box = Rect(x: -60, y: -60, width: 220, height: 220)
    let curves = area(stroker.outline, in: box, step: 0.25)
    let polygons = area(path.stroked(style, tolerance: 0.005), in: box, step: 0.25)
    #expect(abs(curves - polygons) < polygons * 0.01 + 0.5, "\(curves) instead of \(polygons)")
  }

  @Test("A circle's ring has its area")
  func ring() {
    var path = Path()
    path.addArc(center: Point(50, 50), radius: 30, startAngle: 0, endAngle: 7, counterclockwise: false)
    path.close()
    var stroker = CurveStroker()
    stroker.stroke(path, style: StrokeStyle(lineWidth: 8), scale: 1)
    #expect(abs(area(stroker.outline, in: Rect(x: 0, y: 0, width: 100, height: 100), step: 0.05) - 2 * .pi * 30 * 8) < 8)
  }

  @Test("A curve that runs there and back is a line with caps")
  func straightCurve() {
    var path = Path()
    path.move(to: Point(10, 10))
    path.quadratic(control: Point(60, 10), to: Point(10, 10))
    var stroker = CurveStroker()
    stroker.stroke(path, style: StrokeStyle(lineWidth: 2), scale: 1)
    #expect(abs(area(stroker.outline, in: Rect(x: 0, y: 0, width: 80, height: 20), step: 0.05) - 50) < 0.5)
  }

  @Test("No stroke of hostile numbers hangs or fails", arguments: [1e-300, 1e-9, 1e9, 1e150, 1e300])
  func hugeAndTinyNumbers(size: Double) {
    var path = Path()
    path.move(to: Point(-size, size))
    path.cubic(control1: Point(size, -size), control2: Point(-size * 3, 0), to: Point(size, size / 3))
    path.conic(control: Point(size, 0), to: Point(0, -size), weight: 0.7)
    var stroker = CurveStroker()
    for scale in [1e-9, 1, 1e9] {
      stroker.stroke(path, style: StrokeStyle(lineWidth: size / 7, lineJoin: .round), scale: scale)
      #expect(stroker.outline.verbs.count < 100_000)
      let dashed = StrokeStyle(lineWidth: 1, dashes: [size / 5, size / 9])
      #expect((path.dashed(dashed, scale: scale)?.verbs.count ?? 0) < 100_000)
    }
  }
}

@Suite("Dashes of curves")
struct DashedPathTests {
  @Test("They are as long as they should be")
  func lengths() throws {
    var path = Path()
    path.addArc(center: Point(50, 50), radius: 40, startAngle: 0, endAngle: 3, counterclockwise: false)
    let dashed = try #require(path.dashed(StrokeStyle(dashes: [10, 5]), scale: 20))
    // Pieces of a circle stay on it; 120 units hold eight dashes and gaps.
    #expect(dashed.verbs.filter { $0 == .move }.count == 8)
    for (index, verb) in dashed.flattened(tolerance: 0.01).verbs.enumerated() where verb == .line {
      let point = dashed.flattened(tolerance: 0.01).points[index]
      #expect(abs((point - Point(50, 50)).length - 40) < 0.02)
    }
  }

  @Test("A dash of no length at the beginning is there")
  func firstDot() throws {
    var path = Path()
    path.move(to: Point(3, 4))
    path.quadratic(control: Point(20, 4), to: Point(40, 10))
    let dashed = try #require(path.dashed(StrokeStyle(lineCap: .round, dashes: [0, 7]), scale: 1))
    #expect(dashed.points.first == Point(3, 4) && dashed.points.dropFirst().first == Point(3, 4))
  }

  @Test("A dash over the end of a closed path goes on at its beginning")
  func closedPath() throws {
    var path = Path()
    path.addArc(center: .zero, radius: 10, startAngle: 0, endAngle: 7, counterclockwise: false)
    path.close()
    let dashed = try #require(path.dashed(StrokeStyle(dashes: [40, 3]), scale: 100))
    #expect(dashed.verbs.filter { $0 == .move }.count == 1)
  }
}
