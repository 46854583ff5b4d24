import Drawing
import Geometry
import Testing

@testable import Raster

/// What a graph makes of a red square of 10 pixels at (10, 10), on a canvas of 40 × 40.
private func filtered(_ primitives: [FilterPrimitive], region: Rect = Rect(x: 0, y: 0, width: 40, height: 40)) throws -> Pixmap {
  let size = PixelSize(width: 40, height: 40)
  let surface = try #require(RasterSurface(size: size, options: RasterOptions(threadCount: 1)))
  let effects = DrawEffects(shadow: nil, filters: [.graph(FilterGraph(region: region, primitives: primitives))])
  surface.draw(
    DrawCommand(
      operation: .fillRect(Rect(x: 10, y: 10, width: 10, height: 10)), paint: .color(Color(red: 1, green: 0, blue: 0)),
      compositing: Compositing(effects: effects)))
  return try #require(surface.snapshot()).pixmap
}

private let whole = Rect(x: 0, y: 0, width: 40, height: 40)

private func primitive(
  _ operation: FilterOperation, _ inputs: [FilterInput] = [.sourceGraphic], _ subregion: Rect = whole, linear: Bool = false
) -> FilterPrimitive {
  FilterPrimitive(operation: operation, inputs: inputs, subregion: subregion, usesLinearRGB: linear)
}

@Suite struct FilterGraphTests {
  @Test func offsetMovesAndSubregionsCut() throws {
    let moved = try filtered([primitive(.offset(Vector(15, 0)), [.sourceGraphic], Rect(x: 0, y: 0, width: 30, height: 40))])
    #expect(moved[12, 12] == 0)
    #expect(moved[27, 12] == 0xFF00_00FF)
    #expect(moved[32, 12] == 0)
  }

  @Test func floodsFillTheirSubregionWhereNothingWasDrawn() throws {
    let flood = try filtered([primitive(.flood(Color(red: 0, green: 0, blue: 1)), [], Rect(x: 30, y: 30, width: 5, height: 5))])
    #expect(flood[32, 32] == 0xFFFF_0000)
    #expect(flood[12, 12] == 0)
    #expect(flood[36, 36] == 0)
  }

  @Test func mergeLaysResultsOverEachOther() throws {
    let merged = try filtered([
      primitive(.flood(Color(red: 0, green: 1, blue: 0)), []), primitive(.merge, [.result(0), .sourceGraphic]),
    ])
    #expect(merged[12, 12] == 0xFF00_00FF)
    #expect(merged[2, 2] == 0xFF00_FF00)
  }

  @Test func linearLightGoesThereAndBack() throws {
    let gray = Color(red: 0.25, green: 0.25, blue: 0.25)
    #expect(try filtered([primitive(.flood(gray), [], linear: true)])[1, 1] == 0xFF40_4040)
    // Half of the light is more than half of the encoded component.
    let halves = TransferFunction.linear(slope: 0.5, intercept: 0)
    let halved = try filtered([
      primitive(.componentTransfer(red: halves, green: halves, blue: halves, alpha: .identity), [.paint(.white)], linear: true)
    ])
    #expect(halved[1, 1] & 255 == 187)
  }

  @Test func dilatingGrowsAndErodingShrinks() throws {
    let grown = try filtered([primitive(.morphology(dilates: true, radiusX: 3, radiusY: 0))])
    #expect(grown[7, 12] == 0xFF00_00FF && grown[6, 12] == 0 && grown[12, 9] == 0)
    let shrunk = try filtered([primitive(.morphology(dilates: false, radiusX: 2, radiusY: 2))])
    #expect(shrunk[12, 12] == 0xFF00_00FF && shrunk[11, 12] == 0)
  }

  @Test func tilesRepeatTheSubregionOfTheirInput() throws {
    let tiled = try filtered([
      primitive(.offset(.zero), [.sourceGraphic], Rect(x: 15, y: 15, width: 10, height: 10)), primitive(.tile, [.result(0)]),
    ])
    #expect(tiled[17, 17] == 0xFF00_00FF && tiled[22, 22] == 0)
    #expect(tiled[37, 7] == 0xFF00_00FF && tiled[32, 2] == 0)
  }

  @Test func absurdSizesEndQuietly() throws {
    let huge = Rect(x: -1e9, y: -1e9, width: 2e9, height: 2e9)
    let kernel = ConvolutionKernel(
      columns: 1, rows: 1, weights: [.nan], divisor: 1, bias: .infinity, targetX: 0, targetY: 0, edgeMode: .wrap, preservesAlpha: false)
    _ = try filtered(
      [
        primitive(.gaussianBlur(x: 1e9, y: 0), [.sourceGraphic], huge), primitive(.offset(Vector(1e300, .nan)), [.result(0)], huge),
        primitive(.morphology(dilates: true, radiusX: 1e12, radiusY: 1e12), [.result(1)], huge),
        primitive(.displacement(scale: 1e300, x: .red, y: .alpha), [.result(2), .sourceGraphic], huge),
        primitive(.convolution(kernel), [.result(3)], huge), primitive(.offset(.zero), [.result(99)], huge),
        primitive(
          .turbulence(
            FilterTurbulence(frequencyX: 1e300, frequencyY: 1e300, octaveCount: 1 << 40, seed: -1e300, isFractalNoise: true, isStitched: true)),
          [], huge),
      ], region: huge)
  }
}
