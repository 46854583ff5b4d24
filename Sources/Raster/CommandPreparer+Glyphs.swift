// Glyph runs into placed masks, or into paths where masks would be too large.
//
// As in Chromium without hinting: origins are rounded to a quarter of a pixel along the baseline, upright text has its baseline on
// whole pixels, and coverage is bent by how light the text is. Traced glyphs are treated like filled ones.

import Drawing
import Geometry
import Glibc

extension CommandPreparer {
  /// Glyphs with more pixels to the em than this are drawn as paths.
  static let largestMaskSize = 256.0

  func fillGlyphs(
    _ runs: [GlyphRun], _ paint: Paint, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip, _ compositing: Compositing
  ) {
    if ink.compositeOperator.affectsWholeClip, drawTogether(.fillGlyphs(runs), runs, paint, transform, clip, compositing) { return }
    guard drawGlyphs(runs, pen: nil, paint, transform, ink, clip) else { return }
    for run in runs where run.fontSize > 0 { drawPictures(run, paint, transform, clip, compositing) }
  }

  /// Pictures are drawn whole, as in browsers.
  func strokeGlyphs(
    _ runs: [GlyphRun], _ style: StrokeStyle, _ paint: Paint, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip,
    _ compositing: Compositing
  ) {
    if ink.compositeOperator.affectsWholeClip, drawTogether(.strokeGlyphs(runs, style), runs, paint, transform, clip, compositing) { return }
    guard drawGlyphs(runs, pen: style, paint, transform, ink, clip) else { return }
    for run in runs where run.fontSize > 0 { drawPictures(run, paint, transform, clip, compositing) }
  }

  /// Draws the outlines among the glyphs. Returns whether there may be others.
  private func drawGlyphs(
    _ runs: [GlyphRun], pen: StrokeStyle?, _ paint: Paint, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip
  ) -> Bool {
    let penWidth = (pen?.lineWidth ?? 0) * transform.maximumScale
    var placed = PlacedGlyphs(first: plan.placedMaskCount)
    var areAllMasks = true
    for run in runs where run.fontSize > 0 {
      let map = transform.concatenating(run.emToUser)
      guard map.isFinite else { continue }
      let size = map.longestAxis
      if size > CommandPreparer.largestMaskSize || penWidth > CommandPreparer.largestMaskSize {
        areAllMasks = false
      } else if size > 0 {
        place(run, pen: pen, transform, map, clip, &placed)
      }
    }
    if areAllMasks || !ink.compositeOperator.affectsWholeClip {
      // One command for all, because operators that clear what is left out must see the text as one shape.
      drawPlaced(placed, contrast: GlyphContrast.level(of: paint), ink, clip)
    }
    if !areAllMasks { drawAsPaths(runs, pen: pen, penWidth: penWidth, transform, ink, clip) }
    return placed.hasPictures || !areAllMasks
  }

  // MARK: - Paths

  private func drawAsPaths(
    _ runs: [GlyphRun], pen: StrokeStyle?, penWidth: Double, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip
  ) {
    let isOneShape = ink.compositeOperator.affectsWholeClip
    var whole = Path()
    for run in runs where run.fontSize > 0 {
      let map = transform.concatenating(run.emToUser)
      guard map.isFinite else { continue }
      let isMasked = map.longestAxis <= CommandPreparer.largestMaskSize && penWidth <= CommandPreparer.largestMaskSize
      if isMasked, !isOneShape { continue }
      for glyph in run.glyphs {
        guard let outline = glyphs.outline(of: glyph.glyph, from: run.source), let area = outline.controlBounds else { continue }
        let place = run.place(of: glyph)
        let placed = AffineTransform.translation(place.x, place.y).concatenating(run.emToUser)
        // Of a long text in large letters few are seen.
        let reach = pen.map { run.emboldened($0).reach } ?? run.emboldening * run.fontSize * 2
        let seen = transform.boundingBox(of: placed.boundingBox(of: area).insetBy(-reach)).insetBy(-2)
        if PixelRect(covering: seen, within: clip.bounds).isEmpty { continue }
        if isOneShape {
          whole.append(outline, transform: placed)
        } else if let pen {
          stroke(outline.transformed(by: placed), run.emboldened(pen), transform, ink, clip)
        } else if run.emboldening > 0 {
          fillEdges(.nonzero, ink, clip) { $0.add(emboldened: outline, run, placed: placed, transform: transform, &stroker) }
        } else {
          fill(outline.transformed(by: placed), .nonzero, transform, ink, clip)
        }
      }
    }
    guard isOneShape else { return }
    if let pen {
      stroke(whole, pen, transform, ink, clip)
    } else {
      fillEdges(.nonzero, ink, clip) { $0.add(whole, transform: transform) }
    }
  }

  // MARK: - Masks

  /// Masks that were added to the plan and not drawn yet.
  private struct PlacedGlyphs {
    let first: Int
    var left = Int.max
    var top = Int.max
    var right = Int.min
    var bottom = Int.min
    /// Whether glyphs were met that are no outlines.
    var hasPictures = false

    init(first: Int) { self.first = first }
  }

  private func place(
    _ run: GlyphRun, pen: StrokeStyle?, _ transform: AffineTransform, _ map: AffineTransform, _ clip: ResolvedClip,
    _ placed: inout PlacedGlyphs
  ) {
    let key = GlyphCache.Key(
      source: ObjectIdentifier(run.source), a: map.a, b: map.b, c: map.c, d: map.d, emboldening: run.emboldening,
      pen: pen.map { GlyphCache.Pen(style: $0, a: transform.a, b: transform.b, c: transform.c, d: transform.d) })
    let strike = glyphs.strike(key, source: run.source)
    let count = plan.placedMaskCount
    let isUpright = transform.b == 0
    let isSideways = !isUpright && transform.a == 0
    let limit = 4_194_304.0
    var newBytes = 0
    for glyph in run.glyphs {
      let origin = transform.apply(run.place(of: glyph))
      guard abs(origin.x) < limit, abs(origin.y) < limit else { continue }
      // Quarters of a pixel; across an axis-parallel baseline whole pixels.
      let quarterX = isSideways ? Int((origin.x + 0.5).rounded(.down)) * 4 : Int((origin.x * 4 + 0.5).rounded(.down))
      let quarterY = isUpright ? Int((origin.y + 0.5).rounded(.down)) * 4 : Int((origin.y * 4 + 0.5).rounded(.down))
      let phaseX = quarterX & 3, phaseY = quarterY & 3
      let key = UInt64(glyph.glyph) << 4 | UInt64(phaseX) << 2 | UInt64(phaseY)
      let mask: GlyphMask
      if let known = strike[key] {
        mask = known
      } else {
        let phase = AffineTransform.translation(Double(phaseX) / 4, Double(phaseY) / 4)
        mask = makeMask(glyph.glyph, run, pen: pen, transform.linear, phase, in: strike.memory)
        strike.add(mask, for: key)
        newBytes += mask.byteCount
      }
      guard let bytes = mask.bytes else {
        if mask.isPicture { placed.hasPictures = true }
        continue
      }
      let x = quarterX >> 2 + Int(mask.left), y = quarterY >> 2 + Int(mask.top)
      let right = x + Int(mask.width), bottom = y + Int(mask.height)
      guard x < clip.bounds.maxX, y < clip.bounds.maxY, right > clip.bounds.x, bottom > clip.bounds.y else { continue }
      placed.left = min(placed.left, x)
      placed.top = min(placed.top, y)
      placed.right = max(placed.right, right)
      placed.bottom = max(placed.bottom, bottom)
      plan.add(
        PlacedMask(
          bytes: UnsafePointer(bytes), bytesPerRow: mask.bytesPerRow, x: Int32(truncatingIfNeeded: x), y: Int32(truncatingIfNeeded: y),
          width: mask.width, height: mask.height))
    }
    plan.count(bytes: newBytes)
    if plan.placedMaskCount > count { plan.keep(strike) }
  }

  private func drawPlaced(_ placed: PlacedGlyphs, contrast: Int, _ ink: Ink, _ clip: ResolvedClip) {
    let count = plan.placedMaskCount - placed.first
    guard count > 0 || ink.compositeOperator.affectsWholeClip else { return }
    let bounds =
      count > 0
      ? PixelRect(x: placed.left, y: placed.top, width: placed.right - placed.left, height: placed.bottom - placed.top)
      : clip.bounds
    var command = RasterCommand(kind: .masks, bounds: bounds.intersection(clip.bounds))
    command.first = Int32(truncatingIfNeeded: placed.first)
    command.count = Int32(truncatingIfNeeded: count)
    command.contrast = Int8(truncatingIfNeeded: contrast)
    append(command, ink, clip)
  }

  /// Draws a glyph with its origin at `phase`; `linear` maps user space to device space without moving it.
  private func makeMask(
    _ glyph: UInt32, _ run: GlyphRun, pen: StrokeStyle?, _ linear: AffineTransform, _ phase: AffineTransform,
    in memory: MaskMemory
  ) -> GlyphMask {
    var blank = GlyphMask()
    guard let outline = glyphs.outline(of: glyph, from: run.source) else {
      blank.isPicture = true
      return blank
    }
    guard let area = outline.controlBounds else { return blank }
    let settled = outline.rounded(toMultiplesOf: CommandPreparer.outlineGrid(linear.concatenating(run.emToUser)))
    let toDevice = phase.concatenating(linear)
    let reach = pen.map { run.emboldened($0).reach } ?? run.emboldening * run.fontSize * 2
    let box = toDevice.boundingBox(of: run.emToUser.boundingBox(of: area).insetBy(-reach))
    let bounds = PixelRect(covering: box, within: PixelRect(x: -2048, y: -2048, width: 4096, height: 4096))
    guard !bounds.isEmpty else { return blank }
    let mask = GlyphMask(bounds, in: memory)
    guard let bytes = mask.bytes else { return blank }
    let local = AffineTransform.translation(-Double(bounds.x), -Double(bounds.y)).concatenating(toDevice)
    maskRenderer.render(width: bounds.width, height: bounds.height, rule: .nonzero, into: bytes, bytesPerRow: Int(mask.bytesPerRow)) {
      if let pen {
        addStroke(of: settled.transformed(by: run.emToUser), run.emboldened(pen), local, to: &$0)
      } else if run.emboldening > 0 {
        $0.add(emboldened: settled, run, placed: run.emToUser, transform: local, &stroker)
      } else {
        $0.add(settled, transform: local.concatenating(run.emToUser))
      }
    }
    return mask
  }

  /// The unit of an outline's coordinates in ems when it is drawn as a mask: 1/64 pixel at the size that glyphs have upright, before
  /// they are turned or condensed, as the font libraries of browsers have it. What looks like noise decides where corners lie that
  /// fall between quarters of a row.
  private static func outlineGrid(_ map: AffineTransform) -> Double {
    let pixelsPerEm = abs(map.determinant) / hypot(map.a, map.b)
    return 1 / (64 * pixelsPerEm)
  }
}

// MARK: - Sizes and weights

extension GlyphRun {
  /// Outlines in ems → user space, at the origin.
  var emToUser: AffineTransform { AffineTransform.scale(fontSize, fontSize).concatenating(glyphTransform) }

  /// A pen that makes up for missing weight as well.
  fileprivate func emboldened(_ pen: StrokeStyle) -> StrokeStyle {
    guard emboldening > 0 else { return pen }
    var wider = pen
    wider.lineWidth += emboldening * fontSize
    return wider
  }
}

extension StrokeStyle {
  /// How far from the path a pen can reach.
  fileprivate var reach: Double { lineWidth / 2 * max(1.5, lineJoin == .miter ? miterLimit : 1) }
}

extension AffineTransform {
  fileprivate var linear: AffineTransform { AffineTransform(a: a, b: b, c: c, d: d, e: 0, f: 0) }
}

extension EdgeBuilder {
  /// Adds an outline and the stroke around it that makes up for missing weight, as one shape under the nonzero rule.
  fileprivate mutating func add(
    emboldened outline: Path, _ run: GlyphRun, placed: AffineTransform, transform: AffineTransform, _ stroker: inout Stroker
  ) {
    let path = outline.transformed(by: placed)
    let style = StrokeStyle(lineWidth: run.emboldening * run.fontSize)
    stroker.stroke(path, style: style, transform: transform, tolerance: EdgeBuilder.tolerance)
    add(path, transform: transform)
    // Fonts wind outlines either way; where stroke and fill wound against each other, they would cut each other out.
    let fillArea = transform.determinant * path.windingArea
    if fillArea * stroker.outline.windingArea >= 0 { add(stroker.outline, hasCorners: false) } else { add(reversed: stroker.outline) }
  }

  private mutating func add(reversed polygons: PolygonList) {
    var start = 0
    for end in polygons.ends {
      for index in stride(from: end - 1, through: start, by: -1) {
        if index == end - 1 { move(to: polygons.points[index]) } else { line(to: polygons.points[index]) }
      }
      line(to: polygons.points[end - 1])
      start = end
    }
  }
}

extension Path {
  /// Twice the area within, with the sign of the direction in which most of it is wound. Curves count as their control polygons.
  fileprivate var windingArea: Double {
    var area = 0.0, start = Point.zero, current = Point.zero
    func turn(_ next: Point) {
      area += current.x * next.y - next.x * current.y
      current = next
    }
    forEachElement { element in
      switch element {
      case .move(let point):
        turn(start)
        (start, current) = (point, point)
      case .line(let point): turn(point)
      case .quadratic(let control, let end), .conic(let control, let end, _):
        turn(control)
        turn(end)
      case .cubic(let first, let second, let end):
        turn(first)
        turn(second)
        turn(end)
      case .close: turn(start)
      }
    }
    turn(start)
    return area
  }
}

extension PolygonList {
  fileprivate var windingArea: Double {
    var area = 0.0, start = 0
    for end in ends {
      var previous = end - 1
      for index in start..<end {
        area += points[previous].x * points[index].y - points[index].x * points[previous].y
        previous = index
      }
      start = end
    }
    return area
  }
}
