// The surface of canvases with `colorType: "float16"`: components are floats, and may leave 0...1.
//
// Shapes get their coverage from the surface of bytes; colours are calculated here. What has no float form (patterns, pictures of
// bytes, coloured glyphs, shadows and filters) is drawn on bytes first. This is exact rather than fast.

import Drawing
import Geometry

/// Draws commands into float pixels. Used by one thread at a time.
public final class FloatRasterSurface: DrawingSurface {
  public let size: PixelSize
  public let settings: SurfaceSettings
  private let deviceSize: PixelSize
  private let deviceTransform: AffineTransform
  private let scale: Double
  private var pixmap: Pixmap
  private var shared: ImageSnapshot?
  /// Knows how far drawings reach.
  private let extents: CommandPreparer
  private var layers: [(surface: FloatRasterSurface, command: DrawCommand)] = []
  private var ignoredLayerCount = 0

  private static let maximumLayerDepth = 32

  /// Nil when the size is empty or too large, or memory is short.
  public init?(size: PixelSize, settings: SurfaceSettings, options: RasterOptions = RasterOptions()) {
    guard options.scale > 0, options.scale.isFinite, !size.isEmpty else { return nil }
    let width = Double(size.width) * options.scale, height = Double(size.height) * options.scale
    guard width <= 4_194_304, height <= 4_194_304 else { return nil }
    deviceSize = PixelSize(width: max(1, Int(width.rounded())), height: max(1, Int(height.rounded())))
    guard
      let pixmap = Pixmap(
        width: deviceSize.width, height: deviceSize.height, format: .rgbaFloat, colorSpace: settings.colorSpace)
    else { return nil }
    self.size = size
    self.settings = settings
    self.pixmap = pixmap
    scale = options.scale
    deviceTransform = .scale(scale, scale)
    extents = CommandPreparer(
      plan: RasterPlan(size: deviceSize), deviceTransform: deviceTransform, settings: SurfaceSettings(), options: options)
    if settings.isOpaque { change(PixelRect(deviceSize)) { _, _, _ in FloatPixel(0, 0, 0, 1) } }
  }

  // MARK: - Commands

  public func draw(_ command: DrawCommand) {
    switch command.operation {
    case .beginLayer:
      guard layers.count < FloatRasterSurface.maximumLayerDepth,
        let surface = FloatRasterSurface(
          size: size, settings: SurfaceSettings(colorSpace: settings.colorSpace, usesFloatPixels: true),
          options: RasterOptions(scale: scale))
      else {
        ignoredLayerCount += 1
        return
      }
      layers.append((surface, command))
    case .endLayer:
      if ignoredLayerCount > 0 {
        ignoredLayerCount -= 1
        return
      }
      guard let (surface, begin) = layers.popLast(), let image = surface.snapshot() else { return }
      let all = Rect(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
      let whole = Rect(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
      let target = layers.last?.surface ?? self
      var compositing = begin.compositing
      compositing.smoothing = .none
      target.draw(
        DrawCommand(operation: .drawImage(image, source: whole, destination: all), clip: begin.clip, compositing: compositing))
    default:
      if let layer = layers.last { return layer.surface.draw(command) }
      guard deviceTransform.concatenating(command.transform).isFinite else { return }
      switch command.operation {
      case .putPixels(let image, let source, let x, let y): putPixels(image, source: source, x: x, y: y)
      case .clearRect: clear(command)
      default: composite(command)
      }
    }
  }

  private func clear(_ command: DrawCommand) {
    let area = area(of: command)
    var shape = command
    if case .clearRect(let rect) = command.operation { shape.operation = .fillRect(rect) }
    guard let coverage = coverage(of: shape, area: area) else { return }
    let blank = FloatPixel(0, 0, 0, settings.isOpaque ? 1 : 0)
    change(area) { x, y, pixel in
      let weight = coverage.alpha(x, y)
      return pixel + (blank - pixel) * weight
    }
  }

  private func composite(_ command: DrawCommand) {
    let compositing = command.compositing
    let mode = compositing.compositeOperator
    let area = area(of: command)
    guard !area.isEmpty, let source = source(of: command, area: area) else { return }
    guard mode.affectsWholeClip else {
      change(area) { x, y, pixel in
        let color = source(x, y)
        return mode == .clear ? pixel * (1 - color.w) : mode.blend(color, pixel)
      }
      return
    }
    // Inside the clip, what the shape leaves out counts as transparent black.
    let all = Rect(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
    guard let clip = coverage(of: DrawCommand(operation: .fillRect(all), clip: command.clip), area: area) else { return }
    change(area) { x, y, pixel in
      let weight = clip.alpha(x, y)
      guard weight > 0 else { return pixel }
      return pixel + (mode.blend(source(x, y) / weight, pixel) - pixel) * weight
    }
  }

  // MARK: - Sources

  typealias PixelSource = (_ x: Int, _ y: Int) -> FloatPixel

  /// The premultiplied colour of each pixel of a drawing, coverage, clip and alpha included; nil where nothing is drawn.
  private func source(of command: DrawCommand, area: PixelRect) -> PixelSource? {
    guard command.compositing.effects == nil, let color = color(of: command) else {
      var plain = command
      plain.compositing.compositeOperator = .sourceOver
      guard let picture = bytes(of: plain, area: area) else { return nil }
      return picture.pixel
    }
    var shape = command
    if case .drawImage(_, _, let destination) = command.operation { shape.operation = .fillRect(destination) }
    guard let coverage = coverage(of: shape, area: area) else { return nil }
    let alpha = command.compositing.alpha
    return { x, y in
      let weight = coverage.alpha(x, y) * alpha
      return weight == 0 ? FloatPixel(repeating: 0) : color(x, y) * weight
    }
  }

  /// The colour of each pixel without coverage; nil for what is drawn on bytes.
  private func color(of command: DrawCommand) -> PixelSource? {
    let toDevice = deviceTransform.concatenating(command.transform)
    if case .drawImage(let image, let source, let destination) = command.operation {
      guard let inverse = toDevice.inverted() else { return nil }
      return FloatImageSampler(image, source: source, destination: destination, smoothing: command.compositing.smoothing, inverse: inverse)?
        .pixel
    }
    if hasColoredGlyphs(command.operation) { return nil }
    switch command.paint {
    case .color(let color):
      let color = color.converted(to: settings.colorSpace)
      let alpha = max(0, min(1, color.alpha))
      let pixel = FloatPixel(color.red * alpha, color.green * alpha, color.blue * alpha, alpha)
      return { _, _ in pixel }
    case .gradient(let gradient):
      guard let inverse = toDevice.inverted() else { return nil }
      return FloatGradient(gradient, inverse: inverse, colorSpace: settings.colorSpace).pixel
    case .pattern: return nil
    }
  }

  private func hasColoredGlyphs(_ operation: DrawOperation) -> Bool {
    let runs: [GlyphRun]
    switch operation {
    case .fillGlyphs(let list), .strokeGlyphs(let list, _): runs = list
    default: return false
    }
    return runs.contains { run in run.glyphs.contains { extents.glyphs.outline(of: $0.glyph, from: run.source) == nil } }
  }

  /// Where a drawing can change pixels.
  private func area(of command: DrawCommand) -> PixelRect {
    let whole = PixelRect(deviceSize)
    guard !command.compositing.compositeOperator.affectsWholeClip, command.compositing.effects == nil else { return whole }
    let transform = deviceTransform.concatenating(command.transform)
    var operation = command.operation
    if case .clearRect(let rect) = operation { operation = .fillRect(rect) }
    guard let box = extents.bounds(of: operation, transform: transform), box.isFinite else { return whole }
    return PixelRect(covering: box.insetBy(-2), within: whole)
  }

  // MARK: - Bytes

  /// Pixels of bytes in a part of device space.
  struct BytePicture {
    let pixmap: Pixmap
    let x: Int
    let y: Int

    func alpha(_ column: Int, _ row: Int) -> Float { Float(pixmap[column - x, row - y] &>> 24) * (1 / 255) }
    func pixel(_ column: Int, _ row: Int) -> FloatPixel { floatPixel(pixmap[column - x, row - y]) }
  }

  /// What a command draws on clear bytes.
  private func bytes(of command: DrawCommand, area: PixelRect) -> BytePicture? {
    guard !area.isEmpty else { return nil }
    let size = PixelSize(width: area.width, height: area.height)
    let transform = AffineTransform.translation(-Double(area.x), -Double(area.y)).concatenating(deviceTransform)
    guard
      let surface = RasterSurface(
        size: size, deviceSize: size, deviceTransform: transform, settings: SurfaceSettings(colorSpace: settings.colorSpace),
        options: RasterOptions(threadCount: 1))
    else { return nil }
    surface.draw(command)
    return surface.snapshot().map { BytePicture(pixmap: $0.pixmap, x: area.x, y: area.y) }
  }

  private func coverage(of command: DrawCommand, area: PixelRect) -> BytePicture? {
    var shape = command
    shape.paint = .color(.white)
    shape.compositing = Compositing()
    return bytes(of: shape, area: area)
  }

  // MARK: - Pixels

  /// Replaces the pixels of `area`, which lies inside the surface.
  private func change(_ area: PixelRect, _ body: (_ x: Int, _ y: Int, FloatPixel) -> FloatPixel) {
    let area = area.intersection(PixelRect(deviceSize))
    guard !area.isEmpty, makePixelsOwn() else { return }
    for y in area.y..<area.maxY {
      pixmap.withFloatRow(y) { row in
        for x in area.x..<area.maxX {
          let old = FloatPixel(row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3])
          var new = body(x, y, old)
          if settings.isOpaque { new.w = 1 }
          for channel in 0..<4 { row[4 * x + channel] = new[channel] }
        }
      }
    }
  }

  private func putPixels(_ image: ImageSnapshot, source: PixelRect, x: Int, y: Int) {
    let pixels = image.floatPixmap ?? image.pixmap
    let part = source.intersection(PixelRect(pixels.size))
    guard !part.isEmpty else { return }
    // A canvas pixel is a square of device pixels.
    let target = Rect(
      x: Double(x + part.x - source.x) * scale, y: Double(y + part.y - source.y) * scale, width: Double(part.width) * scale,
      height: Double(part.height) * scale)
    let area = PixelRect(covering: target, within: PixelRect(deviceSize))
    change(area) { column, row, old in
      let fromX = part.x + Int(clamping: ((Double(column) + 0.5 - target.x) / scale).rounded(.down))
      let fromY = part.y + Int(clamping: ((Double(row) + 0.5 - target.y) / scale).rounded(.down))
      guard fromX >= part.x, fromX < part.maxX, fromY >= part.y, fromY < part.maxY else { return old }
      return pixels.floatPixel(fromX, fromY)
    }
  }

  private func makePixelsOwn() -> Bool {
    guard shared != nil else { return true }
    if isKnownUniquelyReferenced(&shared) {
      shared = nil
      return true
    }
    shared = nil
    // Snapshots hold the pixmap itself; whoever has one keeps the old pixels.
    guard let copy = pixmap.copy() else { return false }
    pixmap = copy
    return true
  }

  public func pixels(in rect: PixelRect) -> Pixmap? {
    guard rect.width > 0, rect.height > 0,
      let result = Pixmap(width: rect.width, height: rect.height, format: .rgbaFloat, colorSpace: settings.colorSpace)
    else { return nil }
    let visible = rect.intersection(PixelRect(size))
    guard !visible.isEmpty else { return result }
    for y in visible.y..<visible.maxY {
      result.withFloatRow(y - rect.y) { row in
        for x in visible.x..<visible.maxX {
          let pixel = unit(x, y)
          for channel in 0..<4 { row[4 * (x - rect.x) + channel] = pixel[channel] }
        }
      }
    }
    return result
  }

  /// A canvas pixel: the mean of its device pixels.
  private func unit(_ x: Int, _ y: Int) -> FloatPixel {
    if scale == 1 { return pixmap.floatPixel(x, y) }
    let area = PixelRect(
      covering: Rect(x: Double(x) * scale, y: Double(y) * scale, width: scale, height: scale), within: PixelRect(deviceSize))
    guard !area.isEmpty else { return FloatPixel(repeating: 0) }
    var sum = FloatPixel(repeating: 0)
    for row in area.y..<area.maxY { for column in area.x..<area.maxX { sum += pixmap.floatPixel(column, row) } }
    return sum / Float(area.width * area.height)
  }

  /// The device pixels, as bytes and as floats.
  public func snapshot() -> ImageSnapshot? {
    if let shared { return shared }
    guard let bytes = pixmap.bytes() else { return nil }
    let snapshot = ImageSnapshot(pixmap: bytes, isOpaque: settings.isOpaque, floatPixmap: pixmap)
    shared = snapshot
    return snapshot
  }
}

extension Pixmap {
  /// The same pixels as bytes, clamped to what they can hold; nil without memory.
  public func bytes() -> Pixmap? {
    guard let bytes = Pixmap(width: width, height: height, colorSpace: colorSpace) else { return nil }
    for y in 0..<height {
      bytes.withRow(y) { row in
        for x in 0..<width { row[x] = packed(valid(floatPixel(x, y))) }
      }
    }
    return bytes
  }

  /// A premultiplied pixel of either format.
  func floatPixel(_ x: Int, _ y: Int) -> FloatPixel {
    guard format == .rgbaFloat else { return Raster.floatPixel(self[x, y]) }
    return withFloatRow(y) { row in FloatPixel(row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3]) }
  }
}
