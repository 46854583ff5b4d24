import Geometry
import Testing

@Suite struct HitTestingTests {
  @Test func pointsOnTheEdgeAreInside() {
    let path = Path.rectangle(Rect(x: 0, y: 0, width: 10, height: 10))
    for point in [Point(0, 0), Point(10, 10), Point(5, 0), Point(0, 5), Point(10, 5), Point(5, 10)] {
      #expect(path.contains(point, rule: .nonzero))
      #expect(path.contains(point, rule: .evenodd))
    }
    #expect(!path.contains(Point(10.001, 5), rule: .nonzero))
  }

  @Test func evenoddLeavesTheOverlapOut() {
    var path = Path.rectangle(Rect(x: 0, y: 0, width: 10, height: 10))
    path.addRectangle(Rect(x: 2, y: 2, width: 6, height: 6))
    #expect(path.contains(Point(5, 5), rule: .nonzero))
    #expect(!path.contains(Point(5, 5), rule: .evenodd))
  }

  @Test func openSubpathsCountAsClosed() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.line(to: Point(10, 0))
    path.line(to: Point(10, 10))
    #expect(path.contains(Point(8, 4), rule: .nonzero))
    #expect(!path.contains(Point(2, 8), rule: .nonzero))
  }

  @Test func strokeCoversHalfItsWidthOnEachSide() {
    var path = Path()
    path.move(to: Point(0, 0))
    path.line(to: Point(100, 0))
    let style = StrokeStyle(lineWidth: 10)
    #expect(path.strokeContains(Point(50, 4.9), style: style))
    #expect(path.strokeContains(Point(50, -4.9), style: style))
    #expect(!path.strokeContains(Point(50, 5.1), style: style))
    #expect(!path.strokeContains(Point(-1, 0), style: style))
    #expect(path.strokeContains(Point(-1, 0), style: StrokeStyle(lineWidth: 10, lineCap: .square)))
  }
}
