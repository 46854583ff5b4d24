// Carries out an SVG filter on a layer, primitive by primitive.
// https://drafts.fxtf.org/filter-effects/#FilterPrimitivesOverview

import Drawing
import Geometry

extension PixelRect {
  /// The smallest rectangle that holds both; empty ones hold nothing.
  fileprivate func union(_ other: PixelRect) -> PixelRect {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let left = min(x, other.x), top = min(y, other.y)
    return PixelRect(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }
}

/// Plays one graph once.
struct FilterGraphPlayer {
  let graph: FilterGraph
  /// Device pixels in a canvas unit.
  let scale: Double
  let colorSpace: ColorSpace
  /// The working area, in device pixels: the visible part of the filter region and of the source.
  let bounds: PixelRect

  private let source: FilterLayer
  private var results: [FilterLayer?] = []
  /// How many later primitives read each result, so that it is freed after the last.
  private var uses: [Int] = []

  /// More pixels than this are not filtered.
  static let largestArea = 1 << 24

  /// Nil where the filter is too large or memory is short.
  init?(_ graph: FilterGraph, source layer: SourceLayer, scale: Double, colorSpace: ColorSpace, within area: PixelRect) {
    self.graph = graph
    self.scale = scale
    self.colorSpace = colorSpace
    // Like browsers, what the source has outside the region still counts where primitives look at neighbours.
    let region = FilterGraphPlayer.pixels(of: graph.region, scale: scale, within: area)
    bounds = region.union(layer.bounds.intersection(area))
    guard bounds.width * bounds.height <= FilterGraphPlayer.largestArea,
      let source = FilterLayer(bounds: bounds, extent: layer.bounds.intersection(bounds), isLinear: false)
    else { return nil }
    self.source = source
    let visible = source.extent
    if !visible.isEmpty {
      for y in visible.y..<visible.maxY {
        let out = source.row(y)
        layer.pixmap.withRow(y - layer.y) { row in
          for x in visible.x..<visible.maxX { out[x - bounds.x] = floatPixel(row[x - layer.x]) }
        }
      }
    }
    source.extent = bounds
    uses = Array(repeating: 0, count: graph.primitives.count)
    for primitive in graph.primitives {
      for case .result(let index) in primitive.inputs where uses.indices.contains(index) { uses[index] += 1 }
    }
    if !uses.isEmpty { uses[uses.count - 1] += 1 }
  }

  /// The whole pixels that a rectangle in canvas units covers.
  static func pixels(of rect: Rect, scale: Double, within area: PixelRect) -> PixelRect {
    PixelRect(
      covering: Rect(
        x: rect.minX * scale, y: rect.minY * scale, width: abs(rect.width) * scale, height: abs(rect.height) * scale),
      within: area)
  }

  /// The filtered pixels; nil when memory is short, and where nothing is drawn.
  mutating func play() -> SourceLayer? {
    for (index, primitive) in graph.primitives.enumerated() {
      guard let result = result(of: primitive, at: index) else { return nil }
      results.append(result)
      for case .result(let used) in primitive.inputs where used < index {
        uses[used] -= 1
        if uses[used] == 0 { results[used] = nil }
      }
    }
    guard let last = results.last ?? nil, let encoded = last.converted(toLinear: false),
      let pixmap = Pixmap(width: bounds.width, height: bounds.height, colorSpace: colorSpace)
    else { return nil }
    for y in 0..<bounds.height {
      let row = encoded.pixels + y * bounds.width
      pixmap.withRow(y) { out in
        for x in 0..<bounds.width { out[x] = packed(row[x]) }
      }
    }
    return SourceLayer(pixmap: pixmap, x: bounds.x, y: bounds.y)
  }

  // MARK: - Inputs

  /// An input as this primitive wants it.
  func input(_ input: FilterInput, isLinear: Bool) -> FilterLayer? {
    switch input {
    case .sourceGraphic: return source.converted(toLinear: isLinear)
    case .sourceAlpha:
      guard let layer = FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear) else { return nil }
      for index in 0..<layer.count { layer.pixels[index] = FloatPixel(0, 0, 0, source.pixels[index].w) }
      return layer
    case .paint(let color):
      guard let layer = FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear) else { return nil }
      layer.pixels.update(
        repeating: TransferCurve.premultiplied(color.converted(to: colorSpace), isLinear: isLinear), count: layer.count)
      return layer
    case .nothing: return FilterLayer(bounds: bounds, extent: PixelRect(x: bounds.x, y: bounds.y, width: 0, height: 0), isLinear: isLinear)
    case .result(let index):
      guard results.indices.contains(index), let layer = results[index] else {
        return FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear)
      }
      return layer.converted(toLinear: isLinear)
    }
  }

  /// The subregion of an input, which feTile repeats.
  func subregion(of input: FilterInput) -> PixelRect {
    if case .result(let index) = input, graph.primitives.indices.contains(index) {
      return FilterGraphPlayer.pixels(of: graph.primitives[index].subregion, scale: scale, within: wide)
    }
    return FilterGraphPlayer.pixels(of: graph.region, scale: scale, within: wide)
  }

  private var wide: PixelRect { PixelRect(x: -(1 << 24), y: -(1 << 24), width: 1 << 25, height: 1 << 25) }

  private func result(of primitive: FilterPrimitive, at index: Int) -> FilterLayer? {
    let isLinear = primitive.usesLinearRGB
    var inputs: [FilterLayer] = []
    for (place, wanted) in primitive.inputs.enumerated() {
      // The picture that feDisplacementMap moves is not looked at, so it keeps its components.
      if case .displacement = primitive.operation, place == 0 {
        guard let layer = rawInput(wanted) else { return nil }
        inputs.append(layer)
        continue
      }
      guard let layer = input(wanted, isLinear: isLinear) else { return nil }
      inputs.append(layer)
    }
    let area = FilterGraphPlayer.pixels(of: primitive.subregion, scale: scale, within: bounds)
    guard let result = apply(primitive, inputs, area: area) else { return nil }
    result.extent = bounds
    result.cut(to: area)
    return result
  }

  private func rawInput(_ wanted: FilterInput) -> FilterLayer? {
    switch wanted {
    case .result(let index) where results.indices.contains(index): return results[index] ?? source
    case .sourceGraphic: return source
    default: return input(wanted, isLinear: false)
    }
  }

  func makeLayer(isLinear: Bool) -> FilterLayer? { FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear) }

  /// Carries out one primitive; the caller cuts the result to `area`.
  private func apply(_ primitive: FilterPrimitive, _ inputs: [FilterLayer], area: PixelRect) -> FilterLayer? {
    guard let result = makeLayer(isLinear: primitive.usesLinearRGB) else { return nil }
    guard !area.isEmpty else { return result }
    let first = inputs.first ?? result, second = inputs.count > 1 ? inputs[1] : first
    switch primitive.operation {
    case .blend(let mode): result.combine(first, second) { mode.blend($0, $1) }
    case .colorMatrix(let matrix):
      guard matrix.values.count == 20 else { return result }
      result.map(first, ColorMatrixMap(matrix).map)
    case .componentTransfer(let red, let green, let blue, let alpha):
      let map = ComponentMap(red, green, blue, alpha)
      result.map(first, map.map)
    case .composite(let composition): result.compose(composition, first, second)
    case .merge:
      for layer in inputs {
        for index in 0..<result.count { result.pixels[index] = layer.pixels[index] + result.pixels[index] * (1 - layer.pixels[index].w) }
      }
    case .flood(let color):
      result.pixels.update(
        repeating: TransferCurve.premultiplied(color.converted(to: colorSpace), isLinear: result.isLinear), count: result.count)
    case .offset(let offset): result.move(first, by: offset * scale)
    case .gaussianBlur(let x, let y): result.blur(first, x: x * scale, y: y * scale)
    case .dropShadow(let offset, let x, let y, let color):
      result.dropShadow(
        of: first, offset: offset * scale, x: x * scale, y: y * scale,
        color: TransferCurve.premultiplied(color.converted(to: colorSpace), isLinear: result.isLinear))
    case .morphology(let dilates, let x, let y): result.spread(first, dilates: dilates, x: x * scale, y: y * scale)
    case .tile: result.tile(first, cell: subregion(of: primitive.inputs.first ?? .sourceGraphic), area: area)
    case .displacement(let amount, let x, let y):
      guard let map = inputs.count > 1 ? inputs[1] : inputs.first else { return result }
      result.isLinear = first.isLinear
      result.displace(first, by: map, scale: Float(amount * scale), x, y)
    case .convolution(let kernel): result.convolve(first, kernel, edges: area)
    case .lighting(let reflection, let light, let color, let surfaceScale):
      let lighting = FilterLighting(
        reflection: reflection, light: light, scale: scale,
        color: TransferCurve.premultiplied(color.converted(to: colorSpace), isLinear: result.isLinear),
        surfaceScale: Float(surfaceScale * scale))
      lighting.light(first, into: result, area: area)
    case .turbulence(let turbulence):
      TurbulenceNoise(turbulence, tile: primitive.subregion).fill(result, area: area, scale: scale)
    case .image(let image, let destination): return picture(image, destination, isLinear: result.isLinear)
    }
    return result
  }

  /// feImage: the picture drawn as `drawImage` draws it.
  private func picture(_ image: ImageSnapshot, _ destination: Rect, isLinear: Bool) -> FilterLayer? {
    let size = PixelSize(width: bounds.width, height: bounds.height)
    let transform = AffineTransform.translation(-Double(bounds.x), -Double(bounds.y)).concatenating(.scale(scale, scale))
    guard let layer = makeLayer(isLinear: false),
      let surface = RasterSurface(
        size: size, deviceSize: size, deviceTransform: transform, settings: SurfaceSettings(colorSpace: colorSpace),
        options: RasterOptions(threadCount: 1))
    else { return nil }
    let all = Rect(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
    surface.draw(
      DrawCommand(
        operation: .drawImage(image, source: all, destination: destination), compositing: Compositing(smoothing: .medium)))
    guard let drawn = surface.snapshot()?.pixmap else { return nil }
    for y in 0..<bounds.height {
      drawn.withRow(y) { row in
        for x in 0..<bounds.width { layer.pixels[y * bounds.width + x] = floatPixel(row[x]) }
      }
    }
    return layer.converted(toLinear: isLinear)
  }
}
