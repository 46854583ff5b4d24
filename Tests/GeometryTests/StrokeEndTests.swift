import Geometry
import Testing

@Suite struct StrokeEndTests {
  @Test func capsOfAnArcLieAcrossItsTangents() {
    var path = Path()
    path.addArc(center: Point(-50, 50), radius: 25, startAngle: 0, endAngle: -.pi / 2, counterclockwise: true)
    let outline = path.stroked(StrokeStyle(lineWidth: 180), tolerance: 0.06)
    // The pen begins on the line y = 50, heading up.
    for x in stride(from: -20.0, through: 64, by: 4) {
      #expect(outline.contains(Point(x, 49.9), rule: .nonzero), "\(x)")
      #expect(!outline.contains(Point(x, 50.1), rule: .nonzero), "\(x)")
    }
    // And ends on the line x = -50, heading left.
    for y in stride(from: -64.0, through: 20, by: 4) {
      #expect(outline.contains(Point(-49.9, y), rule: .nonzero), "\(y)")
      #expect(!outline.contains(Point(-50.1, y), rule: .nonzero), "\(y)")
    }
  }

  @Test func dashesOfAnArcEndAcrossIt() {
    var path = Path()
    path.addArc(center: .zero, radius: 100, startAngle: 0, endAngle: 3, counterclockwise: false)
    // Each dash and each gap spans an angle of 0.37, however the curve is cut into chords.
    let style = StrokeStyle(lineWidth: 80, dashes: [37, 37])
    let outline = path.stroked(style, tolerance: 0.06)
    for index in 1...7 {
      let angle = 0.37 * Double(index)
      let isDashBefore = index % 2 == 1
      // Not at the very inner edge: there a join just before the end may leave a sliver half a pixel past it.
      for radius in [70.0, 80, 100, 120, 138] {
        let before = AffineTransform.rotation(radians: angle - 0.008).apply(Point(radius, 0))
        let after = AffineTransform.rotation(radians: angle + 0.008).apply(Point(radius, 0))
        #expect(outline.contains(before, rule: .nonzero) == isDashBefore, "\(index) \(radius)")
        #expect(outline.contains(after, rule: .nonzero) == !isDashBefore, "\(index) \(radius)")
      }
    }
  }

  @Test func lineThereAndBackHasRoundJoinsOnlyWhereAsked() {
    var path = Path()
    path.move(to: Point(20, 20))
    path.line(to: Point(60, 20))
    path.close()
    for join in [LineJoin.miter, .bevel, .round] {
      let outline = path.stroked(StrokeStyle(lineWidth: 20, lineCap: .square, lineJoin: join), tolerance: 0.01)
      #expect(outline.points.allSatisfy { $0.isFinite })
      #expect(outline.contains(Point(40, 29), rule: .nonzero))
      #expect(outline.contains(Point(66, 20), rule: .nonzero) == (join == .round))
      #expect(outline.contains(Point(14, 20), rule: .nonzero) == (join == .round))
      #expect(!outline.contains(Point(68, 28), rule: .nonzero))
    }
  }
}
