import Drawing
import Geometry
import Testing

@testable import Raster

func makeSurface(_ width: Int, _ height: Int, threads: Int = 1, opaque: Bool = false) -> RasterSurface {
  RasterSurface(
    size: PixelSize(width: width, height: height), settings: SurfaceSettings(isOpaque: opaque),
    options: RasterOptions(threadCount: threads))!
}

func pixel(_ surface: RasterSurface, _ x: Int, _ y: Int) -> UInt32 {
  surface.pixels(in: PixelRect(x: x, y: y, width: 1, height: 1))![0, 0]
}

func color(_ r: UInt8, _ g: UInt8, _ b: UInt8, _ a: UInt8 = 255) -> Paint {
  .color(Color(red8: r, green8: g, blue8: b, alpha8: a))
}

func fillRect(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ paint: Paint, clip: ClipStack? = nil,
  _ op: CompositeOperator = .sourceOver, alpha: Float = 1) -> DrawCommand
{
  DrawCommand(
    operation: .fillRect(Rect(x: x, y: y, width: w, height: h)), paint: paint, clip: clip,
    compositing: Compositing(alpha: alpha, compositeOperator: op))
}

func circle(_ x: Double, _ y: Double, _ radius: Double) -> Path {
  var path = Path()
  path.addArc(center: Point(x, y), radius: radius, startAngle: 0, endAngle: 7, counterclockwise: false)
  path.close()
  return path
}

@Suite struct RasterSurfaceTests {
  @Test func fillsWholePixelsExactly() {
    let surface = makeSurface(20, 20)
    surface.draw(fillRect(5, 6, 10, 8, color(10, 20, 30)))
    #expect(pixel(surface, 5, 6) == 0xFF1E_140A)
    #expect(pixel(surface, 14, 13) == 0xFF1E_140A)
    #expect(pixel(surface, 4, 6) == 0 && pixel(surface, 15, 6) == 0 && pixel(surface, 5, 14) == 0)
  }

  @Test func fractionalSidesAreWeighed() {
    let surface = makeSurface(10, 10)
    surface.draw(fillRect(2.5, 2, 2, 2.25, color(255, 255, 255)))
    #expect(abs(Int(pixel(surface, 2, 2) >> 24) - 128) <= 1)
    #expect(pixel(surface, 3, 2) >> 24 == 255)
    #expect(abs(Int(pixel(surface, 3, 4) >> 24) - 64) <= 1)
    #expect(abs(Int(pixel(surface, 4, 4) >> 24) - 32) <= 1)
  }

  @Test func pathAndRectangleAgree() {
    let rectangle = makeSurface(40, 40), path = makeSurface(40, 40)
    let paint = color(200, 100, 50, 200)
    rectangle.draw(fillRect(3.25, 4.5, 20.5, 17.75, paint))
    var outline = Path.rectangle(Rect(x: 3.25, y: 4.5, width: 20.5, height: 17.75))
    // A point too many keeps the path from being recognised.
    outline = Path()
    outline.move(to: Point(3.25, 4.5))
    outline.line(to: Point(10, 4.5))
    outline.line(to: Point(23.75, 4.5))
    outline.line(to: Point(23.75, 22.25))
    outline.line(to: Point(3.25, 22.25))
    outline.line(to: Point(3.25, 10))
    path.draw(DrawCommand(operation: .fillPath(outline, .nonzero), paint: paint))
    for y in 0..<40 {
      for x in 0..<40 {
        let a = pixel(rectangle, x, y), b = pixel(path, x, y)
        #expect(abs(Int(a >> 24) - Int(b >> 24)) <= 1, "\(x) \(y)")
      }
    }
  }

  /// Curves are cut into the chords that Chromium cuts them into; its canvas sums up to 327448 for this circle (the circle itself
  /// to 330127).
  @Test func circleHasChromiumsArea() {
    let surface = makeSurface(64, 64)
    surface.draw(DrawCommand(operation: .fillPath(circle(32, 32, 20.3), .nonzero)))
    var sum = 0
    let pixels = surface.pixels(in: PixelRect(x: 0, y: 0, width: 64, height: 64))!
    for y in 0..<64 { for x in 0..<64 { sum += Int(pixels[x, y] >> 24) } }
    #expect(abs(sum - 327_448) < 150)
  }

  @Test func evenoddLeavesTheMiddleEmpty() {
    let surface = makeSurface(40, 40)
    var path = circle(20, 20, 18)
    path.append(circle(20, 20, 8))
    surface.draw(DrawCommand(operation: .fillPath(path, .evenodd)))
    #expect(pixel(surface, 20, 20) == 0)
    #expect(pixel(surface, 20, 6) >> 24 == 255)
  }

  @Test func shapesBeyondAllSidesCoverEverything() {
    let surface = makeSurface(30, 70)
    surface.draw(DrawCommand(operation: .fillPath(circle(10, 30, 1000), .nonzero)))
    for point in [(0, 0), (29, 0), (0, 69), (29, 69), (15, 35)] { #expect(pixel(surface, point.0, point.1) == 0xFF00_0000) }
  }

  @Test func hugeAndBrokenCoordinatesDoNoHarm() {
    let surface = makeSurface(30, 30)
    var path = Path()
    path.move(to: Point(-1e300, -1e300))
    path.line(to: Point(1e300, -1e300))
    path.line(to: Point(1e300, 1e300))
    path.line(to: Point(-1e300, 1e300))
    surface.draw(DrawCommand(operation: .fillPath(path, .nonzero)))
    surface.draw(DrawCommand(operation: .strokePath(path, StrokeStyle(lineWidth: 1e200, dashes: [1e-3, 5]))))
    surface.draw(DrawCommand(operation: .strokePath(path, StrokeStyle(lineWidth: 1))))
    surface.draw(fillRect(.nan, 0, 10, 10, color(1, 2, 3)))
    surface.draw(fillRect(-1e300, -1e300, .infinity, 5, color(1, 2, 3)))
    _ = pixel(surface, 0, 0)
  }

  @Test func clearRectMakesHoles() {
    let surface = makeSurface(20, 20), opaque = makeSurface(20, 20, opaque: true)
    for target in [surface, opaque] {
      target.draw(fillRect(0, 0, 20, 20, color(255, 0, 0)))
      target.draw(DrawCommand(operation: .clearRect(Rect(x: 5, y: 5, width: 5, height: 5))))
    }
    #expect(pixel(surface, 6, 6) == 0 && pixel(surface, 4, 4) == 0xFF00_00FF)
    #expect(pixel(opaque, 6, 6) == 0xFF00_0000)
  }

  @Test func opaqueSurfaceStaysOpaque() {
    let surface = makeSurface(20, 20, opaque: true)
    #expect(pixel(surface, 3, 3) == 0xFF00_0000)
    surface.draw(fillRect(0, 0, 20, 20, color(255, 255, 255)))
    surface.draw(fillRect(2, 2, 9, 9, color(0, 0, 0, 128), .destinationOut))
    surface.draw(fillRect(4, 4, 2, 2, color(9, 9, 9, 0), .copy))
    for y in 0..<20 { for x in 0..<20 { #expect(pixel(surface, x, y) >> 24 == 255) } }
  }

  @Test func snapshotKeepsItsPixels() {
    let surface = makeSurface(8, 8)
    surface.draw(fillRect(0, 0, 8, 8, color(255, 0, 0)))
    let before = surface.snapshot()!
    surface.draw(fillRect(0, 0, 8, 8, color(0, 255, 0)))
    let after = surface.snapshot()!
    #expect(before.pixmap[0, 0] == 0xFF00_00FF)
    #expect(after.pixmap[0, 0] == 0xFF00_FF00)
  }

  @Test func clipsMeet() {
    let surface = makeSurface(40, 40)
    let first = ClipStack(parent: nil, path: circle(15, 20, 12), rule: .nonzero, transform: .identity)
    let second = ClipStack(parent: first, path: circle(25, 20, 12), rule: .nonzero, transform: .identity)
    surface.draw(fillRect(0, 0, 40, 40, color(0, 0, 255), clip: second))
    #expect(pixel(surface, 20, 20) == 0xFFFF_0000)
    #expect(pixel(surface, 6, 20) == 0 && pixel(surface, 34, 20) == 0)
  }

  @Test func clipByOnePathIsThatPath() {
    let clipped = makeSurface(40, 40), filled = makeSurface(40, 40)
    let clip = ClipStack(parent: nil, path: circle(20, 20, 13.3), rule: .nonzero, transform: .identity)
    clipped.draw(fillRect(0, 0, 40, 40, color(0, 90, 255), clip: clip))
    filled.draw(DrawCommand(operation: .fillPath(circle(20, 20, 13.3), .nonzero), paint: color(0, 90, 255)))
    for y in 0..<40 { for x in 0..<40 { #expect(pixel(clipped, x, y) == pixel(filled, x, y)) } }
  }

  @Test func copyClearsTheRestOfTheClip() {
    let surface = makeSurface(20, 20)
    surface.draw(fillRect(0, 0, 20, 20, color(255, 0, 0)))
    let clip = ClipStack(
      parent: nil, path: .rectangle(Rect(x: 0, y: 0, width: 10, height: 20)), rule: .nonzero, transform: .identity)
    surface.draw(fillRect(2, 2, 4, 4, color(0, 255, 0), clip: clip, .copy))
    #expect(pixel(surface, 3, 3) == 0xFF00_FF00)
    #expect(pixel(surface, 8, 8) == 0)
    #expect(pixel(surface, 15, 8) == 0xFF00_00FF)
  }

  @Test func threadsChangeNothing() {
    let one = makeSurface(700, 500, threads: 1), two = makeSurface(700, 500, threads: 3)
    var state: UInt64 = 7
    func random(_ limit: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) * limit
    }
    for index in 0..<400 {
      var path = Path()
      path.move(to: Point(random(800) - 50, random(600) - 50))
      for _ in 0..<5 {
        path.cubic(
          control1: Point(random(800) - 50, random(600) - 50), control2: Point(random(700), random(500)),
          to: Point(random(700), random(500)))
      }
      let paint = color(UInt8(random(255)), UInt8(random(255)), UInt8(random(255)), UInt8(random(255)))
      let operation: DrawOperation =
        index % 3 == 0
        ? .fillPath(path, .evenodd) : .strokePath(path, StrokeStyle(lineWidth: index % 3 == 1 ? 1 : random(9), dashes: index % 5 == 0 ? [9, 4] : []))
      let command = DrawCommand(operation: operation, paint: paint, compositing: Compositing(alpha: 0.8))
      one.draw(command)
      two.draw(command)
    }
    let a = one.snapshot()!.pixmap, b = two.snapshot()!.pixmap
    var differences = 0
    for y in 0..<500 { for x in 0..<700 where a[x, y] != b[x, y] { differences += 1 } }
    #expect(differences == 0)
  }

  @Test func layersAreDrawnAsOne() {
    let surface = makeSurface(20, 20)
    surface.draw(DrawCommand(operation: .beginLayer, compositing: Compositing(alpha: 0.5)))
    surface.draw(fillRect(0, 0, 10, 10, color(255, 0, 0)))
    surface.draw(fillRect(5, 0, 10, 10, color(0, 0, 255)))
    surface.draw(DrawCommand(operation: .endLayer))
    #expect(pixel(surface, 2, 2) == 0x8000_0080)
    #expect(pixel(surface, 7, 2) == 0x8080_0000)
  }

  @Test func putPixelsIgnoresClipAndCompositing() {
    let surface = makeSurface(20, 20)
    surface.draw(fillRect(0, 0, 20, 20, color(255, 0, 0)))
    let image = Pixmap(width: 4, height: 4)!
    image[1, 1] = 0x8040_2010
    let clip = ClipStack(parent: nil, path: Path(), rule: .nonzero, transform: .identity)
    surface.draw(
      DrawCommand(
        operation: .putPixels(ImageSnapshot(pixmap: image), source: PixelRect(x: 1, y: 1, width: 2, height: 2), x: -1, y: 3),
        clip: clip))
    #expect(pixel(surface, 0, 3) == 0)
    #expect(pixel(surface, 1, 3) == 0xFF00_00FF)
    surface.draw(
      DrawCommand(
        operation: .putPixels(ImageSnapshot(pixmap: image), source: PixelRect(x: 0, y: 0, width: 4, height: 4), x: 9, y: 9)))
    #expect(pixel(surface, 10, 10) == 0x8040_2010)
  }
}
