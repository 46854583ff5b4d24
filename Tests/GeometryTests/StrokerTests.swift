import Geometry
import Testing

/// The area inside `path` by the nonzero rule, by counting points of a fine grid.
private func area(_ path: Path, within rect: Rect, step: Double) -> Double {
  var hits = 0
  var y = rect.minY + step / 2
  while y < rect.maxY {
    var x = rect.minX + step / 2
    while x < rect.maxX {
      if path.contains(Point(x, y), rule: .nonzero) { hits += 1 }
      x += step
    }
    y += step
  }
  return Double(hits) * step * step
}

@Suite struct StrokerTests {
  private func corner() -> Path {
    var path = Path()
    path.move(to: Point(20, 80))
    path.line(to: Point(20, 20))
    path.line(to: Point(80, 20))
    return path
  }

  @Test func joinsDifferAtTheOuterCorner() {
    let miter = corner().stroked(StrokeStyle(lineWidth: 20, lineJoin: .miter), tolerance: 0.01)
    let bevel = corner().stroked(StrokeStyle(lineWidth: 20, lineJoin: .bevel), tolerance: 0.01)
    let round = corner().stroked(StrokeStyle(lineWidth: 20, lineJoin: .round), tolerance: 0.01)
    #expect(miter.contains(Point(11, 11), rule: .nonzero))
    #expect(!round.contains(Point(11, 11), rule: .nonzero))
    #expect(round.contains(Point(13.5, 13.5), rule: .nonzero))
    #expect(!bevel.contains(Point(13.5, 13.5), rule: .nonzero))
    #expect(bevel.contains(Point(15.5, 15.5), rule: .nonzero))
  }

  @Test func miterLimitCutsSharpCorners() {
    // A right angle has a ratio of √2.
    let style = StrokeStyle(lineWidth: 20, lineJoin: .miter, miterLimit: 1.4)
    #expect(!corner().stroked(style, tolerance: 0.01).contains(Point(11, 11), rule: .nonzero))
  }

  @Test func innerSideOfATightBendHasNoHoles() {
    var path = Path()
    path.move(to: Point(20, 40))
    path.cubic(control1: Point(70, 40), control2: Point(70, 46), to: Point(20, 46))
    let outline = path.stroked(StrokeStyle(lineWidth: 30), tolerance: 0.05)
    for x in stride(from: 22.0, through: 60, by: 1) {
      for y in stride(from: 30.0, through: 56, by: 1) { #expect(outline.contains(Point(x, y), rule: .nonzero), "\(x) \(y)") }
    }
  }

  @Test func smallClosedTriangleIsFilledByAWidePen() {
    var path = Path()
    path.move(to: Point(50, 46))
    path.line(to: Point(54, 53))
    path.line(to: Point(46, 53))
    path.close()
    let outline = path.stroked(StrokeStyle(lineWidth: 20), tolerance: 0.05)
    for x in stride(from: 44.0, through: 56, by: 0.5) { #expect(outline.contains(Point(x, 50.3), rule: .nonzero)) }
  }

  @Test func strokedCircleHasTheAreaOfItsRing() {
    var path = Path()
    path.addArc(center: Point(50, 50), radius: 30, startAngle: 0, endAngle: 7, counterclockwise: false)
    path.close()
    let outline = path.stroked(StrokeStyle(lineWidth: 10), tolerance: 0.02)
    let expected = Double.pi * (35 * 35 - 25 * 25)
    #expect(abs(area(outline, within: Rect(x: 0, y: 0, width: 100, height: 100), step: 0.5) - expected) < expected * 0.01)
  }

  @Test func zeroLengthSubpathsDrawNothing() {
    var path = Path()
    path.move(to: Point(10, 10))
    path.line(to: Point(10, 10))
    path.close()
    #expect(path.stroked(StrokeStyle(lineWidth: 10, lineCap: .round), tolerance: 0.1).isEmpty)
  }

  @Test func unevenScaleSlantsThePen() {
    var path = Path()
    path.move(to: Point(10, 10))
    path.line(to: Point(20, 10))
    let outline = path.stroked(
      StrokeStyle(lineWidth: 2), transform: AffineTransform(a: 1, b: 0, c: 0, d: 10, e: 0, f: 0), tolerance: 0.1)
    #expect(outline.contains(Point(15, 109), rule: .nonzero))
    #expect(!outline.contains(Point(15, 111), rule: .nonzero))
  }
}

@Suite struct DashingTests {
  private func line(_ length: Double) -> Path {
    var path = Path()
    path.move(to: Point(0, 0))
    path.line(to: Point(length, 0))
    return path
  }

  @Test func dashesAndGapsAlternate() {
    let outline = line(100).stroked(StrokeStyle(lineWidth: 4, dashes: [10, 5]), tolerance: 0.1)
    #expect(outline.contains(Point(9, 0), rule: .nonzero))
    #expect(!outline.contains(Point(12, 0), rule: .nonzero))
    #expect(outline.contains(Point(16, 0), rule: .nonzero))
  }

  @Test func negativeOffsetShiftsForward() {
    let outline = line(100).stroked(StrokeStyle(lineWidth: 4, dashes: [10, 5], dashOffset: -5), tolerance: 0.1)
    #expect(!outline.contains(Point(2, 0), rule: .nonzero))
    #expect(outline.contains(Point(7, 0), rule: .nonzero))
  }

  @Test func zeroLengthDashesAreDotsOfTheirCaps() {
    let outline = line(40).stroked(StrokeStyle(lineWidth: 4, lineCap: .round, dashes: [0, 10]), tolerance: 0.05)
    #expect(outline.contains(Point(10, 1.9), rule: .nonzero))
    #expect(!outline.contains(Point(15, 0), rule: .nonzero))
  }

  @Test func closedDashWrapsAcrossTheSeam() {
    let path = Path.rectangle(Rect(x: 0, y: 0, width: 40, height: 40))
    // 160 around; the pattern begins in the middle of a dash, so the last dash meets the first one at the corner.
    let style = StrokeStyle(lineWidth: 8, dashes: [20, 20], dashOffset: 10)
    let outline = path.stroked(style, tolerance: 0.1)
    #expect(outline.contains(Point(-3, -3), rule: .nonzero), "the corner has its miter")
    #expect(!outline.contains(Point(20, 0), rule: .nonzero))
  }

  @Test func absurdNumbersOfDashesFallBackToASolidLine() {
    let outline = line(1e9).stroked(StrokeStyle(lineWidth: 4, dashes: [0.001, 0.001]), tolerance: 0.1)
    #expect(outline.points.count == 4)
  }
}
