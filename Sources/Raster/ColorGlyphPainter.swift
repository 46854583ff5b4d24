// Coloured glyphs as draw commands, and as layers where their parts must be composited among themselves.

import Drawing
import Geometry

struct ColorGlyphPainter {
  /// Larger layers are not made, nor more of them than have this many pixels together.
  private static let largestArea = 1 << 24
  private static let mostPixels = 1 << 27
  private static let mostLayers = 64

  /// What parts without a colour of their own have.
  let foreground: Color
  let emToDevice: AffineTransform
  let settings: SurfaceSettings

  /// Calls `body` with the fills of a glyph without composites, from bottom to top.
  func forEachFill(_ glyph: ColorGlyph, _ body: (DrawCommand) -> Void) {
    switch glyph {
    case .fill(let outlines, let paint):
      if let command = command(outlines, paint) { body(command) }
    case .layers(let parts):
      for part in parts { forEachFill(part, body) }
    case .composite: break
    }
  }

  private func command(_ outlines: [Path], _ paint: ColorGlyphPaint) -> DrawCommand? {
    guard let shape = outlines.last else { return nil }
    var clip: ClipStack?
    for outline in outlines.dropLast() { clip = ClipStack(parent: clip, path: outline, rule: .nonzero, transform: emToDevice) }
    // Paints lie in the space of the command, so the shape is brought there.
    var space = AffineTransform.identity
    let ink: Paint
    switch paint {
    case .foreground(let alpha): ink = .color(foreground.multipliedAlpha(by: alpha))
    case .paint(let paint, let transform): (ink, space) = (paint, transform)
    case .shade(let shade, let transform):
      guard let paint = shade(foreground) else { return nil }
      (ink, space) = (paint, transform)
    }
    let inkSpace = emToDevice.concatenating(space)
    guard let toInkSpace = space.inverted(), inkSpace.isFinite else { return nil }
    return DrawCommand(
      operation: .fillPath(shape.transformed(by: toInkSpace), .nonzero), paint: ink, transform: inkSpace, clip: clip)
  }

  /// The glyph alone on clear pixels; nil where it is not seen.
  func layer(_ glyph: ColorGlyph, within visible: PixelRect) -> SourceLayer? {
    guard let bounds = glyph.bounds else { return nil }
    let area = PixelRect(covering: emToDevice.boundingBox(of: bounds).insetBy(-1), within: visible)
    let size = area.width * area.height
    guard !area.isEmpty, size <= ColorGlyphPainter.largestArea, let surface = RasterSurface(area: area, settings: settings)
    else { return nil }
    var layersLeft = min(ColorGlyphPainter.mostLayers, ColorGlyphPainter.mostPixels / size)
    paint(glyph, on: surface, area, &layersLeft)
    return surface.snapshot().map { SourceLayer(pixmap: $0.pixmap, x: area.x, y: area.y) }
  }

  private func paint(_ glyph: ColorGlyph, on surface: RasterSurface, _ area: PixelRect, _ layersLeft: inout Int) {
    switch glyph {
    case .fill: forEachFill(glyph) { surface.draw($0) }
    case .layers(let parts):
      for part in parts { paint(part, on: surface, area, &layersLeft) }
    case .composite(let source, let compositeOperator, let backdrop):
      layersLeft -= 2
      guard layersLeft >= 0, let below = RasterSurface(area: area, settings: settings),
        let above = RasterSurface(area: area, settings: settings)
      else { return }
      paint(backdrop, on: below, area, &layersLeft)
      paint(source, on: above, area, &layersLeft)
      guard let top = above.snapshot() else { return }
      below.draw(copy(top, area, compositeOperator))
      guard let whole = below.snapshot() else { return }
      surface.draw(copy(whole, area, .sourceOver))
    }
  }

  private func copy(_ image: ImageSnapshot, _ area: PixelRect, _ compositeOperator: CompositeOperator) -> DrawCommand {
    let size = Rect(x: 0, y: 0, width: Double(area.width), height: Double(area.height))
    return DrawCommand(
      operation: .drawImage(image, source: size, destination: size), transform: .translation(Double(area.x), Double(area.y)),
      compositing: Compositing(compositeOperator: compositeOperator, smoothing: .none))
  }
}

extension RasterSurface {
  /// Clear pixels that show an area of another surface's device space, drawn by one thread.
  convenience init?(area: PixelRect, settings: SurfaceSettings) {
    let size = PixelSize(width: area.width, height: area.height)
    self.init(
      size: size, deviceSize: size, deviceTransform: .translation(-Double(area.x), -Double(area.y)),
      settings: SurfaceSettings(colorSpace: settings.colorSpace), options: RasterOptions(threadCount: 1))
  }
}
