import Geometry
import Testing

@Suite struct ArcTests {
  @Test func wholeCircleStaysOnItsRadius() {
    var path = Path()
    path.addArc(center: Point(10, 20), radius: 30, startAngle: 0, endAngle: 7, counterclockwise: false)
    for point in path.flattened(tolerance: 0.01).points {
      #expect(abs(point.distance(to: Point(10, 20)) - 30) < 0.02)
    }
    #expect(path.currentPoint == Point(40, 20))
  }

  @Test func arcBeginsWithALineFromTheCurrentPoint() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.addArc(center: Point(10, 0), radius: 5, startAngle: 0, endAngle: 1, counterclockwise: false)
    #expect(path.verbs.prefix(2) == [.move, .line])
    #expect(path.points[1] == Point(15, 0))
  }

  @Test func counterclockwiseRunsTheOtherWayRound() {
    var path = Path()
    path.addArc(center: .zero, radius: 10, startAngle: 0, endAngle: Double.pi / 2, counterclockwise: true)
    // Three quarters: it passes through (-10, 0) and (0, -10).
    let bounds = path.bounds!
    #expect(abs(bounds.minX + 10) < 0.01 && abs(bounds.minY + 10) < 0.01)
  }

  @Test func zeroRadiusIsALineToTheCentre() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.addArc(center: Point(3, 4), radius: 0, startAngle: 0, endAngle: 5, counterclockwise: false)
    #expect(path.currentPoint == Point(3, 4))
  }

  @Test func arcToTouchesBothLines() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.addArcTo(Point(100, 0), Point(100, 100), radius: 20)
    #expect(path.points[1].distance(to: Point(80, 0)) < 1e-9)
    #expect(path.currentPoint.distance(to: Point(100, 20)) < 1e-9)
  }

  @Test func arcToOfCollinearPointsIsALine() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.addArcTo(Point(50, 0), Point(90, 0), radius: 20)
    #expect(path.verbs == [.move, .line])
    #expect(path.currentPoint == Point(50, 0))
  }

  @Test func roundedRectShrinksRadiiThatOverlap() {
    var path = Path()
    let radius = CornerRadius(x: 100, y: 100)
    path.addRoundedRect(
      Rect(x: 0, y: 0, width: 40, height: 80),
      radii: CornerRadii(upperLeft: radius, upperRight: radius, lowerRight: radius, lowerLeft: radius))
    #expect(path.points[0] == Point(20, 0))
    #expect(path.contains(Point(20, 1), rule: .nonzero))
    #expect(!path.contains(Point(2, 2), rule: .nonzero))
  }
}
