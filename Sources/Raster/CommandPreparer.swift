// Draw commands made ready for the bands: in device space, with paints and clips resolved.

import Drawing
import Geometry

/// What a shape is drawn with.
struct Ink {
  var compositeOperator: CompositeOperator
  /// Premultiplied; used when `shader` is nil.
  var color: UInt32
  var shader: Shader?

  /// Whether drawing changes nothing where the shape is.
  var isInvisible: Bool {
    guard shader == nil, color == 0 else { return false }
    switch compositeOperator {
    case .sourceOver, .sourceAtop, .destinationOver, .destinationOut, .lighter, .xor: return true
    default: return false
    }
  }
}

/// Appends commands to a plan; owns the memory that preparing needs again and again.
final class CommandPreparer {
  let plan: RasterPlan
  /// Canvas space → device space.
  let deviceTransform: AffineTransform
  let settings: SurfaceSettings
  let options: RasterOptions
  let maskRenderer = MaskRenderer()
  var clips: ClipResolver
  var stroker = Stroker()
  var curveStroker = CurveStroker()
  var gradients = GradientTables()
  var mipmaps = MipmapCache()
  var glyphs = GlyphCache()

  init(plan: RasterPlan, deviceTransform: AffineTransform, settings: SurfaceSettings, options: RasterOptions) {
    self.plan = plan
    self.deviceTransform = deviceTransform
    self.settings = settings
    self.options = options
    clips = ClipResolver(size: plan.size, deviceTransform: deviceTransform)
  }

  /// The plan was emptied; what it alone kept alive is gone.
  func didPlay() {
    glyphs.trim()
    mipmaps.trim()
  }

  func clearToBlack() {
    fill(
      deviceRect: Rect(x: 0, y: 0, width: Double(plan.size.width), height: Double(plan.size.height)),
      Ink(compositeOperator: .sourceOver, color: 0xFF00_0000, shader: nil), clips.resolve(nil))
  }

  func prepare(_ command: DrawCommand) {
    let transform = deviceTransform.concatenating(command.transform)
    guard transform.isFinite else { return }
    if case .putPixels(let image, let source, let x, let y) = command.operation {
      putPixels(image, source: source, x: x, y: y)
      return
    }
    let clip = clips.resolve(command.clip)
    guard !clip.bounds.isEmpty else { return }
    if case .clearRect(let rect) = command.operation {
      let ink =
        settings.isOpaque
        ? Ink(compositeOperator: .sourceOver, color: 0xFF00_0000, shader: nil)
        : Ink(compositeOperator: .destinationOut, color: 0xFF00_0000, shader: nil)
      if transform.isScaleAndTranslation || transform.a == 0 && transform.d == 0 {
        // Chromium clears whole pixels: those whose centres the rectangle holds.
        let area = transform.boundingBox(of: rect)
        func rounded(_ value: Double) -> Double { (value + 0.5).rounded(.down) }
        fill(
          deviceRect: Rect(
            Point(rounded(area.minX), rounded(area.minY)), Point(rounded(area.maxX), rounded(area.maxY))), ink, clip)
      } else {
        fill(rect, transform, ink, clip)
      }
      return
    }
    if let effects = command.compositing.effects, prepareWithEffects(command, effects: effects, clip: clip) { return }
    draw(command.operation, paint: command.paint, transform: transform, clip: clip, compositing: command.compositing)
  }

  /// Draws without shadow and filters.
  func draw(
    _ operation: DrawOperation, paint: Paint, transform: AffineTransform, clip: ResolvedClip, compositing: Compositing
  ) {
    if case .drawImage(let image, let source, let destination) = operation {
      drawImage(image, source: source, destination: destination, transform: transform, clip: clip, compositing: compositing)
      return
    }
    guard let ink = ink(paint, transform: transform, compositing: compositing), !ink.isInvisible else { return }
    switch operation {
    case .fillRect(let rect): fill(rect, transform, ink, clip)
    case .strokeRect(let rect, let style): stroke(CommandPreparer.outline(of: rect), style, transform, ink, clip)
    case .fillPath(let path, let rule): fill(path, rule, transform, ink, clip)
    case .strokePath(let path, let style): stroke(path, style, transform, ink, clip)
    case .fillGlyphs(let runs): fillGlyphs(runs, paint, transform, ink, clip, compositing)
    case .strokeGlyphs(let runs, let style): strokeGlyphs(runs, style, paint, transform, ink, clip, compositing)
    case .drawImage, .clearRect, .putPixels, .beginLayer, .endLayer: break
    }
  }

  /// The path of `strokeRect()`: a line when one side is 0.
  static func outline(of rect: Rect) -> Path {
    if rect.width == 0 && rect.height == 0 { return Path() }
    if rect.width == 0 || rect.height == 0 {
      var path = Path()
      path.move(to: Point(rect.x, rect.y))
      path.line(to: Point(rect.x + rect.width, rect.y + rect.height))
      path.close()
      return path
    }
    return .rectangle(rect)
  }

  // MARK: - Fills

  func fill(_ rect: Rect, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip) {
    guard rect.isFinite else { return }
    if transform.isScaleAndTranslation || transform.a == 0 && transform.d == 0 {
      fill(deviceRect: transform.boundingBox(of: rect), ink, clip)
    } else {
      fillEdges(.nonzero, ink, clip) { builder in
        let (p, q, r, s) = rect.corners
        builder.move(to: transform.apply(p))
        builder.corner(to: transform.apply(q))
        builder.corner(to: transform.apply(r))
        builder.corner(to: transform.apply(s))
        builder.close()
      }
    }
  }

  func fill(deviceRect rect: Rect, _ ink: Ink, _ clip: ResolvedClip) {
    let area = clip.bounds
    let left = max(rect.minX, Double(area.x)), right = min(rect.maxX, Double(area.maxX))
    let top = max(rect.minY, Double(area.y)), bottom = min(rect.maxY, Double(area.maxY))
    guard left < right, top < bottom else {
      fillNothing(ink, clip)
      return
    }
    // A rectangle over all of a clip by one path is that path.
    if let path = clip.solePath, !ink.compositeOperator.affectsWholeClip, left == Double(area.x), right == Double(area.maxX),
      top == Double(area.y), bottom == Double(area.maxY)
    {
      let plain = ResolvedClip(bounds: area)
      fillEdges(path.rule, ink, plain) { $0.add(path.path, transform: path.transform) }
      return
    }
    let extent = Edge(
      x0: Int32(left * 256 + 0.5), y0: Int32(top * 256 + 0.5), x1: Int32(right * 256 + 0.5), y1: Int32(bottom * 256 + 0.5))
    guard extent.x0 < extent.x1, extent.y0 < extent.y1 else { return }
    let bounds = PixelRect(
      x: Int(extent.x0 >> 8), y: Int(extent.y0 >> 8), width: Int((extent.x1 + 255) >> 8) - Int(extent.x0 >> 8),
      height: Int((extent.y1 + 255) >> 8) - Int(extent.y0 >> 8))
    var command = RasterCommand(kind: .rectangle, bounds: bounds)
    command.extent = extent
    append(command, ink, clip)
  }

  func fill(_ path: Path, _ rule: FillRule, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip) {
    if let rect = path.rectangle(mappedBy: transform) {
      fill(deviceRect: rect, ink, clip)
      return
    }
    fillEdges(rule, ink, clip) { $0.add(path, transform: transform) }
  }

  /// For operators that clear what is left out, even an empty shape draws.
  private func fillNothing(_ ink: Ink, _ clip: ResolvedClip) {
    guard ink.compositeOperator.affectsWholeClip else { return }
    append(RasterCommand(kind: .edges, bounds: clip.bounds), ink, clip)
  }

  @inline(__always)
  func fillEdges(_ rule: FillRule, _ ink: Ink, _ clip: ResolvedClip, _ build: (inout EdgeBuilder) -> Void) {
    var builder = EdgeBuilder(store: plan.edges, bounds: clip.bounds)
    build(&builder)
    let count = builder.edgeCount
    guard count > 0 else {
      fillNothing(ink, clip)
      return
    }
    let left = Int(builder.minX >> 8), top = Int(builder.minY >> 8)
    let right = min(clip.bounds.maxX, Int((builder.maxX + 255) >> 8)), bottom = Int((builder.maxY + 255) >> 8)
    // Edges beyond the clip's right side are missing, so what they would have closed goes on to that side.
    let isOpenOnRight = builder.droppedRight
    let end = isOpenOnRight ? clip.bounds.maxX : right
    var command = RasterCommand(
      kind: .edges, bounds: PixelRect(x: left, y: top, width: max(0, end - left), height: max(0, bottom - top)))
    command.rule = rule
    command.first = Int32(truncatingIfNeeded: builder.edgeStart)
    command.count = Int32(truncatingIfNeeded: count)
    if count > 2 * EdgeChunk.length {
      command.chunk = Int32(truncatingIfNeeded: plan.edges.makeChunks(from: builder.edgeStart))
    }
    append(command, ink, clip)
  }

  // MARK: - Strokes

  func stroke(_ path: Path, _ style: StrokeStyle, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip) {
    guard style.lineWidth > 0 else { return }
    if let weight = hairlineWeight(style, transform) {
      strokeHairlines(path, style, transform, ink, clip, weight: weight)
      return
    }
    fillEdges(.nonzero, ink, clip) { addStroke(of: path, style, transform, to: &$0) }
  }

  /// Adds the outline of a stroke.
  func addStroke(of path: Path, _ style: StrokeStyle, _ transform: AffineTransform, to builder: inout EdgeBuilder) {
    let hasCurves = path.hasCurves
    let scale = transform.longestAxis
    if hasCurves {
      curveStroker.stroke(style.dashes.isEmpty ? path : path.dashed(style, scale: scale) ?? path, style: style, scale: scale)
      builder.add(curveStroker.outline, transform: transform)
      return
    }
    stroker.stroke(path, style: style, transform: transform, tolerance: EdgeBuilder.tolerance)
    let isRound = style.lineJoin == .round || style.lineCap == .round
    builder.add(stroker.outline, hasCorners: !isRound)
  }

  /// The coverage of a line so thin that it is drawn as one pixel, or nil for a wider one. Both axes count, as in Chromium.
  private func hairlineWeight(_ style: StrokeStyle, _ transform: AffineTransform) -> UInt32? {
    let across = Vector(transform.a, transform.b).length * style.lineWidth
    let down = Vector(transform.c, transform.d).length * style.lineWidth
    guard across <= 1, down <= 1 else { return nil }
    return UInt32(((across + down) / 2 * 255).rounded())
  }

  private func strokeHairlines(
    _ path: Path, _ style: StrokeStyle, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip, weight: UInt32
  ) {
    guard weight > 0 else { return }
    var path = path
    if !style.dashes.isEmpty {
      stroker.dash(path, style: style, transform: transform, tolerance: EdgeBuilder.tolerance)
      path = stroker.outline.openPath
    } else {
      path = path.transformed(by: transform)
    }
    var builder = HairlineBuilder(store: plan.edges, bounds: clip.bounds)
    builder.add(path)
    guard builder.count > 0 else {
      fillNothing(ink, clip)
      return
    }
    var command = RasterCommand(kind: .hairlines, bounds: builder.bounds.intersection(clip.bounds))
    command.first = Int32(truncatingIfNeeded: builder.firstLine)
    command.count = Int32(truncatingIfNeeded: builder.count)
    command.weight = weight
    if command.count > 2 * Int32(EdgeChunk.length) {
      command.chunk = Int32(truncatingIfNeeded: plan.edges.makeChunks(from: builder.firstLine))
    }
    append(command, ink, clip)
  }

  // MARK: - Commands

  /// Fills in what all commands have in common.
  func append(_ command: RasterCommand, _ ink: Ink, _ clip: ResolvedClip) {
    var command = command
    if ink.compositeOperator.affectsWholeClip {
      // A plain copy or clear inside an unmasked rectangle that covers the clip needs no plane.
      let bounds = clip.bounds
      command.affectsWholeClip = true
      command.left = Int32(truncatingIfNeeded: bounds.x)
      command.top = Int32(truncatingIfNeeded: bounds.y)
      command.right = Int32(truncatingIfNeeded: bounds.maxX)
      command.bottom = Int32(truncatingIfNeeded: bounds.maxY)
      if command.kind == .rectangle, command.extent.x0 <= command.left << 8, command.extent.x1 >= command.right << 8,
        command.extent.y0 <= command.top << 8, command.extent.y1 >= command.bottom << 8
      {
        command.affectsWholeClip = false
      }
    }
    command.compositeOperator = ink.compositeOperator
    command.color = ink.color
    if let shader = ink.shader { command.shader = plan.add(shader) }
    if !clip.isRectangle {
      guard let mask = clip.mask(renderer: maskRenderer) else { return }
      command.mask = plan.add(mask)
    }
    plan.append(command)
  }
}
