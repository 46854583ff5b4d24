// Shadows and filters, after https://html.spec.whatwg.org/multipage/canvas.html#drawing-model.
//
// What is drawn with effects is first made apart from the canvas, which it cannot see; what reaches the plan is a mask in the
// shadow's colour and a picture at whole pixels.

import Drawing
import Geometry

extension CommandPreparer {
  /// Layers larger than this are not made; the drawing goes on without its effects.
  private static let largestLayerArea = 100_000_000

  /// Draws with the command's shadow and filters; false where there is nothing special to do.
  func prepareWithEffects(_ command: DrawCommand, effects: DrawEffects, clip: ResolvedClip) -> Bool {
    let shadow = effects.shadow.flatMap { $0.isDrawn ? $0 : nil }
    guard shadow != nil || !effects.filters.isEmpty else { return false }
    let scale = deviceTransform.maximumScale
    let transform = deviceTransform.concatenating(command.transform)
    guard let extent = bounds(of: command.operation, transform: transform) else { return false }
    // Only what can reach the clip is made.
    var reach = 2.0
    for filter in effects.filters { reach += CommandPreparer.reach(of: filter) * scale }
    let hasGraph = effects.filters.contains { if case .graph = $0 { true } else { false } }
    if let shadow { reach += (max(abs(shadow.offset.dx), abs(shadow.offset.dy)) + shadow.blur * 1.5 + 2) * scale }
    let visible = PixelRect(
      covering: Rect(
        x: Double(clip.bounds.x) - reach, y: Double(clip.bounds.y) - reach, width: Double(clip.bounds.width) + 2 * reach,
        height: Double(clip.bounds.height) + 2 * reach),
      within: PixelRect(x: -(1 << 24), y: -(1 << 24), width: 1 << 25, height: 1 << 25))
    var area = PixelRect(covering: extent.insetBy(-1), within: hasGraph ? filterArea : visible)
    // SVG filters may draw where nothing was drawn.
    if area.isEmpty, hasGraph { area = PixelRect(x: 0, y: 0, width: 1, height: 1) }
    guard !area.isEmpty else {
      if command.compositing.compositeOperator.affectsWholeClip { return false }
      return true
    }
    guard area.width * area.height <= CommandPreparer.largestLayerArea else { return false }
    if effects.filters.isEmpty, let shadow {
      // The shape itself is drawn as always, above its shadow. The shadow's shape includes the fraction of the offset.
      let offset = shadow.offset * scale
      let whole = Vector(offset.dx.rounded(.down), offset.dy.rounded(.down))
      if command.compositing.compositeOperator != .copy,
        let layer = makeLayer(command, area: area, nudge: offset - whole)
      {
        drawShadow(shadow, of: layer, dx: Int(clamping: whole.dx), dy: Int(clamping: whole.dy), command.compositing, clip)
      }
      return false
    }
    guard let layer = makeLayer(command, area: area, nudge: .zero) else { return false }
    composite(layer, effects: effects, compositeOperator: command.compositing.compositeOperator, clip: clip)
    return true
  }

  /// Filters a layer, then draws its shadow and itself.
  func composite(_ source: SourceLayer, effects: DrawEffects, compositeOperator: CompositeOperator, clip: ResolvedClip) {
    let scale = deviceTransform.maximumScale
    var layer = source
    for filter in effects.filters { layer.apply(filter, scale: scale, colorSpace: settings.colorSpace, within: filterArea) }
    let compositing = Compositing(compositeOperator: compositeOperator)
    if let shadow = effects.shadow, shadow.isDrawn, compositeOperator != .copy {
      let offset = shadow.offset * scale
      drawShadow(
        shadow, of: layer, dx: Int(clamping: offset.dx.rounded()), dy: Int(clamping: offset.dy.rounded()), compositing, clip)
    }
    drawLayer(layer, compositeOperator: compositeOperator, clip: clip)
  }

  private func drawShadow(
    _ shadow: Shadow, of layer: SourceLayer, dx: Int, dy: Int, _ compositing: Compositing, _ clip: ResolvedClip
  ) {
    let deviation = shadow.blur / 2 * deviceTransform.maximumScale
    guard let mask = layer.alphaMask(blurX: deviation, blurY: deviation) else { return }
    let ink = Ink(compositeOperator: compositing.compositeOperator, color: pack(shadow.color, alpha: 1), shader: nil)
    let limit = 1 << 29
    guard !ink.isInvisible, abs(dx) < limit, abs(dy) < limit else { return }
    let area = PixelRect(x: mask.bounds.x + dx, y: mask.bounds.y + dy, width: mask.bounds.width, height: mask.bounds.height)
    var command = RasterCommand(kind: .masks, bounds: area.intersection(clip.bounds))
    command.first = Int32(truncatingIfNeeded: plan.placedMaskCount)
    command.count = 1
    plan.add(
      PlacedMask(
        bytes: UnsafePointer(mask.bytes), bytesPerRow: Int32(truncatingIfNeeded: area.width), x: Int32(truncatingIfNeeded: area.x),
        y: Int32(truncatingIfNeeded: area.y), width: Int32(truncatingIfNeeded: area.width),
        height: Int32(truncatingIfNeeded: area.height)))
    plan.keep(mask, bytes: mask.byteCount)
    append(command, ink, clip)
  }

  /// Draws a layer where it is.
  func drawLayer(_ layer: SourceLayer, compositeOperator: CompositeOperator, clip: ResolvedClip) {
    let bounds = layer.bounds
    let shader = ImageShader(
      base: UnsafeRawPointer(layer.pixmap.rowAddress(0)), bytesPerRow: layer.pixmap.bytesPerRow,
      readable: PixelRect(x: 0, y: 0, width: bounds.width, height: bounds.height), tilingX: .clamp, tilingY: .clamp, mode: .copy,
      inverse: .translation(-Double(bounds.x), -Double(bounds.y)))
    plan.keep(layer.pixmap, bytes: layer.pixmap.byteCount)
    let ink = Ink(
      compositeOperator: compositeOperator, color: 0, shader: Shader(kind: .image(shader), isOpaque: false, alpha: 255))
    fill(
      deviceRect: Rect(x: Double(bounds.x), y: Double(bounds.y), width: Double(bounds.width), height: Double(bounds.height)), ink,
      clip)
  }

  /// Draws the command alone on clear pixels, moved by `nudge` pixels.
  private func makeLayer(_ command: DrawCommand, area: PixelRect, nudge: Vector) -> SourceLayer? {
    let size = PixelSize(width: area.width, height: area.height)
    let shift = AffineTransform.translation(nudge.dx - Double(area.x), nudge.dy - Double(area.y))
    guard
      let surface = RasterSurface(
        size: size, deviceSize: size, deviceTransform: shift.concatenating(deviceTransform),
        settings: SurfaceSettings(colorSpace: settings.colorSpace), options: RasterOptions(threadCount: 1))
    else { return nil }
    var plain = command
    plain.clip = nil
    plain.compositing.effects = nil
    plain.compositing.compositeOperator = .sourceOver
    surface.draw(plain)
    guard let image = surface.snapshot() else { return nil }
    return SourceLayer(pixmap: image.pixmap, x: area.x, y: area.y)
  }

  // MARK: - Extents

  /// Where SVG filters work: the surface and a quarter of it on all sides, more than the default filter region.
  private var filterArea: PixelRect {
    let marginX = plan.size.width / 4 + 1, marginY = plan.size.height / 4 + 1
    return PixelRect(
      x: -marginX, y: -marginY, width: plan.size.width + 2 * marginX, height: plan.size.height + 2 * marginY)
  }

  private static func reach(of filter: Filter) -> Double {
    switch filter {
    case .blur(let x, let y): 3 * max(x, y) + 2
    case .dropShadow(let offset, let blur, _): max(abs(offset.dx), abs(offset.dy)) + 3 * blur + 2
    case .colorMatrix, .componentTransfer, .graph: 0
    }
  }

  /// Where a drawing lies in device space, with some room to spare; nil for operations that take no effects.
  func bounds(of operation: DrawOperation, transform: AffineTransform) -> Rect? {
    switch operation {
    case .fillRect(let rect): return transform.boundingBox(of: rect)
    case .strokeRect(let rect, let style):
      return transform.boundingBox(of: rect.standardized.insetBy(-CommandPreparer.reach(of: style)))
    case .fillPath(let path, _):
      return path.controlBounds.map(transform.boundingBox) ?? .zero
    case .strokePath(let path, let style):
      return path.controlBounds.map { transform.boundingBox(of: $0.insetBy(-CommandPreparer.reach(of: style))) } ?? .zero
    case .drawImage(_, _, let destination): return transform.boundingBox(of: destination)
    case .fillGlyphs(let runs): return glyphBounds(runs, margin: 0, transform: transform)
    case .strokeGlyphs(let runs, let style):
      return glyphBounds(runs, margin: CommandPreparer.reach(of: style), transform: transform)
    case .clearRect, .putPixels, .beginLayer, .endLayer: return nil
    }
  }

  private static func reach(of style: StrokeStyle) -> Double {
    style.lineWidth / 2 * max(1.5, style.lineJoin == .miter ? style.miterLimit : 1) + 1
  }

  private func glyphBounds(_ runs: [GlyphRun], margin: Double, transform: AffineTransform) -> Rect {
    var box: Rect?
    for run in runs {
      let emToUser = AffineTransform.scale(run.fontSize, run.fontSize).concatenating(run.glyphTransform)
      for glyph in run.glyphs {
        // Outlines tell exactly; pictures are taken to stay within two ems of their origin.
        let em =
          glyphs.outline(of: glyph.glyph, from: run.source).map { $0.controlBounds ?? .zero }
          ?? Rect(x: -2, y: -2, width: 4, height: 4)
        let place = run.place(of: glyph)
        let placed = AffineTransform.translation(place.x, place.y).concatenating(emToUser)
        let part = placed.boundingBox(of: em).insetBy(-margin - run.emboldening * run.fontSize)
        box = box.map { $0.union(part) } ?? part
      }
    }
    return box.map(transform.boundingBox) ?? .zero
  }
}
