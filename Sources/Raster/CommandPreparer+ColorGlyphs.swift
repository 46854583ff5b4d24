// Coloured glyphs: trees of paints, and pictures.
//
// Where they lie is as in Chromium. Painted glyphs have their origin on whole pixels, moved to the left along the baseline unless the
// next pixel is very near; pictures of fonts that came with the script lie on quarters of pixels like outlines, those of installed
// fonts on whole pixels. Pictures end at pixels' edges: those whose centres they hold are drawn.

import Drawing
import Geometry

extension CommandPreparer {
  /// Draws text that has coloured glyphs by an operator that clears what is left out: all of it must be one shape. False where the
  /// text has none.
  func drawTogether(
    _ operation: DrawOperation, _ runs: [GlyphRun], _ paint: Paint, _ transform: AffineTransform, _ clip: ResolvedClip,
    _ compositing: Compositing
  ) -> Bool {
    let hasPictures = runs.contains { run in run.glyphs.contains { glyphs.outline(of: $0.glyph, from: run.source) == nil } }
    guard hasPictures, let surface = RasterSurface(area: clip.bounds, settings: settings) else { return false }
    surface.draw(
      DrawCommand(operation: operation, paint: paint, transform: transform, compositing: Compositing(alpha: compositing.alpha)))
    guard let image = surface.snapshot() else { return false }
    let layer = SourceLayer(pixmap: image.pixmap, x: clip.bounds.x, y: clip.bounds.y)
    drawLayer(layer, compositeOperator: compositing.compositeOperator, clip: clip)
    return true
  }

  /// Draws the glyphs of a run that are no outlines.
  func drawPictures(
    _ run: GlyphRun, _ paint: Paint, _ transform: AffineTransform, _ clip: ResolvedClip, _ compositing: Compositing
  ) {
    // The text's alpha is that of the whole glyph, and once more of what has the text's colour.
    var plain = compositing
    var foreground = Color.black
    if case .color(let color) = paint {
      foreground = color
      plain.alpha *= color.alpha
    }
    foreground.alpha *= compositing.alpha
    guard plain.alpha > 0 else { return }
    let baseline = Baseline(transform)
    for glyph in run.glyphs {
      if glyphs.outline(of: glyph.glyph, from: run.source) != nil { continue }
      let place = run.place(of: glyph)
      let placed = transform.concatenating(.translation(place.x, place.y)).concatenating(run.emToUser)
      guard placed.isFinite else { continue }
      if let picture = run.source.colorGlyph(glyph.glyph) {
        let isLarge = placed.longestAxis > CommandPreparer.largestMaskSize
        let painter = ColorGlyphPainter(
          foreground: foreground, emToDevice: isLarge ? placed : baseline.onPixels(placed), settings: settings)
        draw(picture, painter, clip, plain)
      } else if let bitmap = run.source.bitmap(of: glyph.glyph, pixelsPerEm: placed.maximumScale) {
        draw(bitmap, bitmap.isOnWholePixels ? Baseline.onNearestPixels(placed) : baseline.onQuarters(placed), clip, plain)
      }
    }
  }

  private func draw(_ glyph: ColorGlyph, _ painter: ColorGlyphPainter, _ clip: ResolvedClip, _ compositing: Compositing) {
    // Parts that overlap must be put together before they are blended with the canvas, unless they simply cover it.
    if glyph.isPlain, compositing.alpha >= 1, compositing.compositeOperator == .sourceOver {
      painter.forEachFill(glyph) { command in
        draw(command.operation, paint: command.paint, transform: command.transform, clip: clip, compositing: command.compositing)
      }
    } else if var layer = painter.layer(glyph, within: clip.bounds) {
      layer.scaleAlpha(by: compositing.alpha)
      drawLayer(layer, compositeOperator: compositing.compositeOperator, clip: clip)
    }
  }

  private func draw(_ bitmap: GlyphBitmap, _ placed: AffineTransform, _ clip: ResolvedClip, _ compositing: Compositing) {
    guard !bitmap.bounds.isEmpty, let pixmap = readable(bitmap.image) else { return }
    // Pixels of the picture → device pixels.
    let toEm = AffineTransform(
      a: bitmap.bounds.width / Double(pixmap.width), b: 0, c: 0, d: bitmap.bounds.height / Double(pixmap.height),
      e: bitmap.bounds.x, f: bitmap.bounds.y)
    guard let inverse = placed.concatenating(toEm).inverted() else { return }
    let sampled = reduced(pixmap, inverse)
    plan.keep(sampled.image, bytes: sampled.image.byteCount)
    let shader = ImageShader(
      base: UnsafeRawPointer(sampled.image.rowAddress(0)), bytesPerRow: sampled.image.bytesPerRow, readable: sampled.part,
      tilingX: .clamp, tilingY: .clamp, mode: .bilinear, inverse: sampled.inverse)
    let ink = Ink(
      compositeOperator: compositing.compositeOperator, color: 0,
      shader: Shader(kind: .image(shader), isOpaque: false, alpha: byte(compositing.alpha)))
    guard placed.isScaleAndTranslation || placed.a == 0 && placed.d == 0 else { return fill(bitmap.bounds, placed, ink, clip) }
    let area = placed.boundingBox(of: bitmap.bounds)
    func edge(_ value: Double) -> Double { (value + 0.5).rounded(.down) }
    fill(deviceRect: Rect(Point(edge(area.minX), edge(area.minY)), Point(edge(area.maxX), edge(area.maxY))), ink, clip)
  }

  /// The picture halved as often as it shrinks by a whole power of two: no more, so that small emoji stay crisp.
  private func reduced(_ image: Pixmap, _ inverse: AffineTransform) -> Sampling {
    var result = Sampling(
      image: image, part: PixelRect(x: 0, y: 0, width: image.width, height: image.height), inverse: inverse, mode: .bilinear)
    guard let toDevice = inverse.inverted() else { return result }
    var scale = toDevice.longestAxis
    while scale <= 0.5, result.image.width > 1 || result.image.height > 1, let half = mipmaps.half(of: result.image) {
      let fx = Double(half.width) / Double(result.image.width), fy = Double(half.height) / Double(result.image.height)
      result.inverse = AffineTransform.scale(fx, fy).concatenating(result.inverse)
      result.image = half
      result.part = PixelRect(x: 0, y: 0, width: half.width, height: half.height)
      scale *= 2
    }
    return result
  }
}

/// How glyphs are moved to where they may lie.
private struct Baseline {
  private let isUpright: Bool
  private let isSideways: Bool

  init(_ transform: AffineTransform) {
    isUpright = transform.b == 0
    isSideways = transform.b != 0 && transform.a == 0
  }

  /// Whole pixels. Along the baseline the glyph goes back to the pixel it begins in, as if quarters were cut off.
  func onPixels(_ map: AffineTransform) -> AffineTransform {
    var map = map
    map.e = (map.e + (isSideways ? 0.5 : 0.125)).rounded(.down)
    map.f = (map.f + (isUpright ? 0.5 : 0.125)).rounded(.down)
    return map
  }

  /// Quarters of a pixel, but whole ones across an upright or vertical baseline.
  func onQuarters(_ map: AffineTransform) -> AffineTransform {
    func quarter(_ value: Double) -> Double { (value * 4 + 0.5).rounded(.down) / 4 }
    var map = map
    map.e = isSideways ? (map.e + 0.5).rounded(.down) : quarter(map.e)
    map.f = isUpright ? (map.f + 0.5).rounded(.down) : quarter(map.f)
    return map
  }

  static func onNearestPixels(_ map: AffineTransform) -> AffineTransform {
    var map = map
    map.e = (map.e + 0.5).rounded(.down)
    map.f = (map.f + 0.5).rounded(.down)
    return map
  }
}
