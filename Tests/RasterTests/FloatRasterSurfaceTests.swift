import Drawing
import Geometry
import Testing

@testable import Raster

@Suite struct FloatRasterSurfaceTests {
  private func surface(_ width: Int = 8, _ height: Int = 8, isOpaque: Bool = false, scale: Double = 1) throws -> FloatRasterSurface {
    try #require(
      FloatRasterSurface(
        size: PixelSize(width: width, height: height), settings: SurfaceSettings(isOpaque: isOpaque, usesFloatPixels: true),
        options: RasterOptions(threadCount: 1, scale: scale)))
  }

  private func pixel(_ surface: FloatRasterSurface, _ x: Int, _ y: Int) throws -> FloatPixel {
    try #require(surface.pixels(in: PixelRect(x: x, y: y, width: 1, height: 1))).floatPixel(0, 0)
  }

  private func fill(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ color: Color, _ mode: CompositeOperator = .sourceOver)
    -> DrawCommand
  {
    DrawCommand(
      operation: .fillRect(Rect(x: x, y: y, width: width, height: height)), paint: .color(color),
      compositing: Compositing(compositeOperator: mode))
  }

  @Test func colorsBeyondTheGamutSurvive() throws {
    let surface = try surface()
    surface.draw(fill(0, 0, 8, 8, Color(red: 2, green: -0.5, blue: 0.25)))
    #expect(try pixel(surface, 3, 3) == FloatPixel(2, -0.5, 0.25, 1))
    #expect(surface.snapshot()?.pixmap[3, 3] == 0xFF40_00FF)
  }

  @Test func drawingAfterASnapshotLeavesItAsItIs() throws {
    let surface = try surface()
    surface.draw(fill(0, 0, 8, 8, .white))
    let before = try #require(surface.snapshot())
    surface.draw(fill(0, 0, 8, 8, .black))
    #expect(before.floatPixmap?.floatPixel(2, 2) == FloatPixel(1, 1, 1, 1))
    #expect(try pixel(surface, 2, 2) == FloatPixel(0, 0, 0, 1))
  }

  @Test func opaqueSurfacesStayOpaque() throws {
    let surface = try surface(isOpaque: true)
    #expect(try pixel(surface, 0, 0) == FloatPixel(0, 0, 0, 1))
    surface.draw(DrawCommand(operation: .clearRect(Rect(x: 0, y: 0, width: 8, height: 8))))
    surface.draw(fill(0, 0, 8, 8, .transparent, .copy))
    #expect(try pixel(surface, 0, 0).w == 1)
  }

  @Test func operatorsOnTheWholeClipClearWhatTheShapeLeavesOut() throws {
    let surface = try surface()
    surface.draw(fill(0, 0, 8, 8, .white))
    surface.draw(fill(0, 0, 4, 8, Color(red: 1, green: 0, blue: 0), .sourceIn))
    #expect(try pixel(surface, 1, 1) == FloatPixel(1, 0, 0, 1))
    #expect(try pixel(surface, 6, 1) == FloatPixel(0, 0, 0, 0))
  }

  @Test func picturesOfFloatsAreDrawnAsFloats() throws {
    let first = try surface(), second = try surface()
    first.draw(fill(0, 0, 8, 8, Color(red: 3, green: 0, blue: 0)))
    let image = try #require(first.snapshot())
    let all = Rect(x: 0, y: 0, width: 8, height: 8)
    second.draw(DrawCommand(operation: .drawImage(image, source: all, destination: all)))
    #expect(try pixel(second, 4, 4) == FloatPixel(3, 0, 0, 1))
  }

  @Test func canvasPixelsAreTheMeanOfDevicePixels() throws {
    let surface = try surface(4, 4, scale: 2)
    surface.draw(fill(0, 0, 0.5, 4, .white))
    #expect(try pixel(surface, 0, 1) == FloatPixel(0.5, 0.5, 0.5, 0.5))
    #expect(surface.snapshot()?.width == 8)
  }
}
