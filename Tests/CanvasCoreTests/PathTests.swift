import CanvasCore
import Drawing
import Geometry
import Testing

@Suite struct PathTests {
  let stage = Stage()
  var context: CanvasRenderingContext2D { stage.context }

  private func filled() -> (path: Path, transform: AffineTransform)? {
    guard let command = stage.last, case .fillPath(let path, _) = command.operation else { return nil }
    return (path, command.transform)
  }

  private func stroked() -> (path: Path, transform: AffineTransform)? {
    guard let command = stage.last, case .strokePath(let path, _) = command.operation else { return nil }
    return (path, command.transform)
  }

  @Test func pointsKeepTheirPlaceWhenTheTransformChanges() throws {
    context.translate(10, 0)
    context.moveTo(0, 0)
    context.lineTo(5, 0)
    context.scale(2, 2)
    context.lineTo(5, 5)
    context.resetTransform()
    context.fill()
    let (path, transform) = try #require(filled())
    #expect(path.transformed(by: transform).points == [Point(10, 0), Point(15, 0), Point(20, 10)])
  }

  @Test func aStrokeIsShapedByTheTransformOfTheCall() throws {
    context.moveTo(0, 0)
    context.lineTo(8, 4)
    context.scale(2, 4)
    context.stroke()
    let (path, transform) = try #require(stroked())
    #expect(transform == .scale(2, 4))
    #expect(path.points == [Point(0, 0), Point(4, 1)])
  }

  @Test func aGradientFollowsTheTransformOfTheCall() throws {
    let gradient = context.createLinearGradient(0, 0, 1, 0)
    try gradient.addColorStop(0, "red")
    context.rect(0, 0, 8, 8)
    context.scale(2, 2)
    context.setFillStyle(gradient)
    context.fill()
    let (path, transform) = try #require(filled())
    #expect(transform == .scale(2, 2))
    #expect(path.controlBounds == Rect(x: 0, y: 0, width: 4, height: 4))
  }

  @Test func anUnchangedTransformKeepsUserCoordinates() throws {
    context.rotate(0.3)
    context.moveTo(1, 2)
    context.lineTo(3, 4)
    context.stroke()
    let (path, transform) = try #require(stroked())
    #expect(path.points == [Point(1, 2), Point(3, 4)])
    #expect(transform == .rotation(radians: 0.3))
  }

  @Test func aFlatTransformPaintsNothing() {
    context.rect(0, 0, 5, 5)
    context.scale(0, 1)
    context.fill()
    context.stroke()
    context.fillRect(0, 0, 1, 1)
    #expect(stage.commands.isEmpty)
  }

  @Test func lineToWithoutASubpathBeginsOne() throws {
    context.lineTo(3, 4)
    context.lineTo(5, 6)
    context.fill()
    #expect(try #require(filled()).path.points.last == Point(5, 6))
    #expect(try #require(filled()).path.points.first == Point(3, 4))
  }

  @Test func strokeRectWithoutHeightIsALine() throws {
    context.strokeRect(1, 2, 5, 0)
    #expect(try #require(stroked()).path.points == [Point(1, 2), Point(6, 2)])
    let count = stage.commands.count
    context.strokeRect(1, 2, 0, 0)
    context.fillRect(1, 2, 0, 5)
    #expect(stage.commands.count == count)
  }

  @Test func negativeRadiiThrow() {
    #expect { try context.arc(0, 0, -1, 0, 1) } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try context.ellipse(0, 0, 1, -1, 0, 0, 1) } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try context.arcTo(0, 0, 1, 1, -1) } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try context.roundRect(0, 0, 1, 1, [CornerRadius(x: -1, y: 1)]) } throws: { ($0 as? CanvasError)?.name == "RangeError" }
    #expect { try context.roundRect(0, 0, 1, 1, []) } throws: { ($0 as? CanvasError)?.name == "RangeError" }
  }

  @Test func arcsEndWhereTheyShould() throws {
    try context.arc(10, 10, 5, 0, .pi / 2)
    context.fill()
    let path = try #require(filled()).path
    #expect(path.points.first == Point(15, 10))
    #expect(path.currentPoint.distance(to: Point(10, 15)) < 1e-12)
  }

  @Test func anArcRunsBackwardsInATransformedPath() throws {
    context.moveTo(0, 0)
    context.translate(10, 0)
    try context.arc(0, 0, 5, 0, .pi / 2, true)
    context.fill()
    let (path, transform) = try #require(filled())
    let end = transform.apply(path.currentPoint)
    #expect(end.distance(to: Point(10, 5)) < 1e-12)
    #expect(path.transformed(by: transform).controlBounds?.minX ?? 9 == 0)
    #expect((path.transformed(by: transform).controlBounds?.minY ?? 0) < -4.9)
  }

  @Test func arcToTouchesBothLines() throws {
    context.moveTo(0, 0)
    try context.arcTo(10, 0, 10, 10, 4)
    context.stroke()
    let path = try #require(stroked()).path
    #expect(path.points[1].distance(to: Point(6, 0)) < 1e-12)
    #expect(path.currentPoint.distance(to: Point(10, 4)) < 1e-12)
  }

  @Test func arcToOnOneLineIsALine() throws {
    context.moveTo(0, 0)
    try context.arcTo(10, 0, 20, 0, 4)
    context.stroke()
    #expect(try #require(stroked()).path.points == [Point(0, 0), Point(10, 0)])
  }

  @Test func roundRectFitsItsRadii() throws {
    try context.roundRect(0, 0, 10, 10, [CornerRadius(x: 20, y: 20)])
    context.fill()
    #expect(try #require(filled()).path.points.contains { $0.distance(to: Point(5, 0)) < 1e-9 })
  }

  @Test func clipsAreStacked() throws {
    context.rect(0, 0, 10, 10)
    context.clip()
    context.beginPath()
    context.rect(5, 5, 10, 10)
    context.save()
    context.clip(nil, .evenodd)
    context.fillRect(0, 0, 20, 20)
    let clip = try #require(stage.last?.clip)
    #expect(clip.depth == 2 && clip.rule == .evenodd && clip.parent?.rule == .nonzero)
    context.restore()
    context.fillRect(0, 0, 20, 20)
    #expect(stage.last?.clip === clip.parent)
  }

  @Test func aPath2DIsMappedWhenItIsDrawn() throws {
    let path = Path2D()
    path.rect(0, 0, 1, 1)
    context.scale(3, 3)
    context.fill(path)
    #expect(try #require(filled()).transform == .scale(3, 3))
  }

  @Test func pointsInPathsAreInCanvasSpace() {
    context.translate(20, 0)
    context.rect(0, 0, 10, 10)
    #expect(context.isPointInPath(25, 5))
    #expect(!context.isPointInPath(5, 5))
    #expect(context.isPointInPath(20, 0))
    #expect(!context.isPointInPath(.nan, 0))
    context.resetTransform()
    #expect(context.isPointInPath(25, 5))
    let path = Path2D()
    path.rect(0, 0, 10, 10)
    context.translate(50, 0)
    #expect(context.isPointInPath(path, 55, 5))
    #expect(!context.isPointInPath(path, 5, 5))
  }

  @Test func hugeAndFlatTransformsAreTested() {
    context.scale(.greatestFiniteMagnitude, .greatestFiniteMagnitude)
    context.rect(-10, -10, 20, 20)
    #expect(context.isPointInPath(0, 0) && context.isPointInPath(0, 0, .evenodd))
    context.setTransform(0, 0, 0, 0, 0, 0)
    context.beginPath()
    context.rect(-10, -10, 20, 20)
    #expect(!context.isPointInPath(0, 0))
    context.resetTransform()
    context.rect(1e308, 0, 1e308, 1)
    #expect(context.path.points.allSatisfy { $0.isFinite })
  }

  @Test func aTurnBackwardsIsAFullCircle() throws {
    try context.arc(0, 0, 5, 2 * .pi, 0)
    #expect(context.isPointInPath(-4, 0) && context.isPointInPath(0, -4))
  }

  @Test func pointsInStrokesFollowThePen() {
    context.rect(10, 10, 20, 20)
    context.lineWidth = 4
    #expect(context.isPointInStroke(10, 20))
    #expect(context.isPointInStroke(8.5, 20))
    #expect(!context.isPointInStroke(20, 20))
    #expect(!context.isPointInStroke(7, 20))
    context.scale(3, 3)
    #expect(context.isPointInStroke(5, 20))
  }

  @Test func aFocusRingIsDrawnForTheFocusedElementOnly() {
    context.rect(0, 0, 5, 5)
    context.drawFocusIfNeeded(isFocused: false)
    #expect(stage.commands.isEmpty)
    context.globalAlpha = 0.1
    context.drawFocusIfNeeded(isFocused: true)
    #expect(!stage.commands.isEmpty && stage.last?.compositing.alpha == 1)
  }
}

@Suite struct Path2DTests {
  private func elements(_ text: String) -> [PathElement] {
    var list: [PathElement] = []
    Path2D(svgPathData: text).path.forEachElement { list.append($0) }
    return list
  }

  @Test func svgLines() {
    #expect(
      elements("M1,2 l3 4H0v-1z") == [
        .move(Point(1, 2)), .line(Point(4, 6)), .line(Point(0, 6)), .line(Point(0, 5)), .close, .move(Point(1, 2)),
      ])
  }

  @Test func svgNumbersRunTogether() {
    #expect(elements("M.5.5-1-1e1") == [.move(Point(0.5, 0.5)), .line(Point(-1, -10)), .move(Point(-1, -10))])
  }

  @Test func svgSmoothCurvesReflect() {
    #expect(
      elements("M0 0C1 1 2 1 3 0S5 -1 6 0")[2] == .cubic(control1: Point(4, -1), control2: Point(5, -1), end: Point(6, 0)))
    #expect(elements("M0 0Q1 1 2 0T4 0")[2] == .quadratic(control: Point(3, -1), end: Point(4, 0)))
    #expect(elements("M0 0L2 0T4 0")[2] == .quadratic(control: Point(2, 0), end: Point(4, 0)))
  }

  @Test func svgArcsTakeTheWayTheirFlagsSay() throws {
    for (flags, top) in [("01", -5.0), ("00", 5.0)] {
      let path = Path2D(svgPathData: "M0 0A5 5 0 \(flags)10 0").path
      #expect(path.currentPoint.distance(to: Point(10, 0)) < 1e-9)
      let middle = try #require(path.points.first { abs($0.x - 5) < 1e-6 })
      #expect(abs(middle.y - top) < 1e-6)
    }
    #expect(elements("M0 0A0 5 0 0 1 10 0")[1] == .line(Point(10, 0)))
  }

  @Test func aMistakeKeepsWhatCameBefore() {
    #expect(elements("M1 1L2 2L3 x L9 9") == [.move(Point(1, 1)), .line(Point(2, 2)), .move(Point(2, 2))])
    #expect(elements("L1 1").isEmpty)
    #expect(elements("").isEmpty)
    #expect(elements("M1").isEmpty)
  }

  @Test func numbersThatOverflowStayFinite() {
    for element in elements("M1e999 -1e999L1e308 1e308l1e308 1e308A1e300 1e300 0 0 1 5 5") {
      if case .line(let point) = element { #expect(point.isFinite) }
    }
  }

  @Test func addPathCopiesAndMaps() {
    let a = Path2D(), b = Path2D()
    b.rect(0, 0, 2, 2)
    a.addPath(b, .translation(10, 0))
    b.rect(0, 0, 99, 99)
    #expect(a.path.controlBounds == Rect(x: 10, y: 0, width: 2, height: 2))
    a.addPath(b, .scale(.nan, 1))
    #expect(a.path.controlBounds == Rect(x: 10, y: 0, width: 2, height: 2))
    a.addPath(a)
    #expect(a.path.verbs.filter { $0 == .close }.count == 2)
  }

  @Test func copiesAreIndependent() {
    let a = Path2D()
    a.rect(0, 0, 1, 1)
    let b = Path2D(a)
    a.rect(0, 0, 5, 5)
    #expect(b.path.controlBounds?.width == 1)
  }
}
