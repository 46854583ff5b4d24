import Drawing
import Geometry
import Testing

@testable import Raster

private func line(_ points: [Point], closed: Bool = false) -> Path {
  var path = Path()
  path.move(to: points[0])
  for point in points.dropFirst() { path.line(to: point) }
  if closed { path.close() }
  return path
}

@Suite struct SurfaceSideTests {
  private static let green: UInt32 = 0xFF00_FF00

  @Test func rectangleTurnedByAQuarterIsDrawn() {
    let surface = makeSurface(100, 50)
    surface.draw(
      DrawCommand(
        operation: .fillRect(Rect(x: 0, y: -100, width: 50, height: 100)), paint: color(0, 255, 0),
        transform: .rotation(radians: .pi / 2)))
    for (x, y) in [(0, 0), (50, 25), (99, 49)] { #expect(pixel(surface, x, y) == SurfaceSideTests.green, "\(x) \(y)") }
  }

  @Test func figureWhoseSideLiesOnTheRightBorderIsDrawn() {
    let surface = makeSurface(100, 50)
    let figure = line([Point(0, -10), Point(50, -20), Point(100, -10), Point(100, 70), Point(0, 70)], closed: true)
    surface.draw(DrawCommand(operation: .fillPath(figure, .nonzero), paint: color(0, 255, 0)))
    #expect(pixel(surface, 50, 25) == SurfaceSideTests.green)
    #expect(pixel(surface, 99, 49) == SurfaceSideTests.green)
  }

  @Test func strokesInOppositeDirectionsAreUnited() {
    let surface = makeSurface(100, 50)
    var path = line([Point(0, 10), Point(100, 10)])
    path.append(line([Point(100, 40), Point(0, 40)]))
    surface.draw(
      DrawCommand(operation: .strokePath(path, StrokeStyle(lineWidth: 40)), paint: color(0, 255, 0)))
    #expect(pixel(surface, 50, 25) == SurfaceSideTests.green)
  }

  @Test func overlappingStrokesAreDrawnOnce() {
    let surface = makeSurface(100, 50)
    var path = line([Point(0, 20), Point(100, 20)])
    path.append(line([Point(0, 30), Point(100, 30)]))
    surface.draw(
      DrawCommand(operation: .strokePath(path, StrokeStyle(lineWidth: 50)), paint: color(0, 255, 0, 128)))
    #expect(pixel(surface, 50, 25) >> 24 == 128)
  }

  @Test func rectangleWithoutHeightIsStrokedWithJoinsAndWithoutCaps() {
    func drawn(_ join: LineJoin) -> UInt32 {
      let surface = makeSurface(100, 50)
      let style = StrokeStyle(lineWidth: 250, lineCap: .square, lineJoin: join)
      surface.draw(
        DrawCommand(
          operation: .strokeRect(Rect(x: 100, y: 25, width: 100, height: 0), style), paint: color(0, 255, 0)))
      return pixel(surface, 50, 25)
    }
    #expect(drawn(.miter) == 0)
    #expect(drawn(.bevel) == 0)
    #expect(drawn(.round) == SurfaceSideTests.green)
  }

  @Test func surfaceDrawnOntoItselfShowsWhatItWas() throws {
    let surface = makeSurface(100, 50)
    surface.draw(fillRect(0, 1, 100, 49, color(0, 255, 0)))
    surface.draw(fillRect(0, 0, 100, 1, color(255, 0, 0)))
    do {
      let image = try #require(surface.snapshot())
      surface.draw(
        DrawCommand(
          operation: .drawImage(
            image, source: Rect(x: 0, y: 0, width: 100, height: 50), destination: Rect(x: 0, y: 1, width: 100, height: 50))))
    }
    #expect(pixel(surface, 0, 1) == 0xFF00_00FF)
    #expect(pixel(surface, 0, 2) == SurfaceSideTests.green)
    #expect(pixel(surface, 0, 49) == SurfaceSideTests.green)
  }

  @Test func imageOfAnotherSurfaceShowsWhatItWas() throws {
    let target = makeSurface(10, 10), other = makeSurface(10, 10)
    other.draw(fillRect(0, 0, 10, 10, color(0, 255, 0)))
    do {
      let image = try #require(other.snapshot())
      let whole = Rect(x: 0, y: 0, width: 10, height: 10)
      target.draw(DrawCommand(operation: .drawImage(image, source: whole, destination: whole)))
    }
    other.draw(fillRect(0, 0, 10, 10, color(255, 0, 0)))
    #expect(pixel(other, 5, 5) == 0xFF00_00FF)
    #expect(pixel(target, 5, 5) == SurfaceSideTests.green)
  }

  @Test func clearEmptiesOnlyTheShape() {
    let surface = makeSurface(20, 20)
    surface.draw(fillRect(0, 0, 20, 20, color(0, 255, 0)))
    let clip = ClipStack(
      parent: nil, path: .rectangle(Rect(x: 0, y: 0, width: 10, height: 20)), rule: .nonzero, transform: .identity)
    surface.draw(fillRect(2, 2, 4, 4, color(255, 0, 0), clip: clip, .clear))
    #expect(pixel(surface, 3, 3) == 0 && pixel(surface, 9, 19) != 0)
    #expect(pixel(surface, 10, 3) == SurfaceSideTests.green)
  }
}
