// Glyph runs into placed masks, or into paths where masks would be too large.
//
// As in Chromium without hinting: origins are rounded to a quarter of a pixel along the baseline, and upright text has its baseline on
// whole pixels.

import Drawing
import Geometry

extension CommandPreparer {
  /// Glyphs with more pixels to the em than this are filled as paths.
  private static let largestMaskSize = 256.0

  func fillGlyphs(
    _ runs: [GlyphRun], _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip, _ compositing: Compositing
  ) {
    for run in runs {
      let emToUser = AffineTransform.scale(run.fontSize, run.fontSize).concatenating(run.glyphTransform)
      let map = transform.concatenating(emToUser)
      guard map.isFinite, run.fontSize > 0 else { continue }
      let size = map.maximumScale
      if size > CommandPreparer.largestMaskSize || ink.compositeOperator.affectsWholeClip {
        fillAsPaths(run, transform, emToUser, ink, clip)
      } else if size > 0 {
        fillAsMasks(run, transform, map, ink, clip)
      }
      drawPictures(run, transform, emToUser, ink, clip, compositing)
    }
  }

  func strokeGlyphs(
    _ runs: [GlyphRun], _ style: StrokeStyle, _ transform: AffineTransform, _ ink: Ink, _ clip: ResolvedClip
  ) {
    for run in runs where run.fontSize > 0 {
      let emToUser = AffineTransform.scale(run.fontSize, run.fontSize).concatenating(run.glyphTransform)
      for glyph in run.glyphs {
        guard let outline = glyphs.outline(of: glyph.glyph, from: run.source), !outline.isEmpty else { continue }
        let placed = AffineTransform.translation(glyph.origin.x, glyph.origin.y).concatenating(emToUser)
        stroke(outline.transformed(by: placed), style, transform, ink, clip)
      }
    }
  }

  // MARK: - Paths

  private func fillAsPaths(
    _ run: GlyphRun, _ transform: AffineTransform, _ emToUser: AffineTransform, _ ink: Ink, _ clip: ResolvedClip
  ) {
    // Operators that clear what is left out must see the run as one shape.
    var whole = Path()
    for glyph in run.glyphs {
      guard let outline = glyphs.outline(of: glyph.glyph, from: run.source), !outline.isEmpty else { continue }
      let placed = AffineTransform.translation(glyph.origin.x, glyph.origin.y).concatenating(emToUser)
      if ink.compositeOperator.affectsWholeClip {
        whole.append(outline, transform: placed)
        continue
      }
      fill(outline.transformed(by: placed), .nonzero, transform, ink, clip)
      if run.emboldening > 0 {
        let style = StrokeStyle(lineWidth: run.emboldening * run.fontSize, lineJoin: .miter)
        stroke(outline.transformed(by: placed), style, transform, ink, clip)
      }
    }
    if ink.compositeOperator.affectsWholeClip { fillEdges(.nonzero, ink, clip) { $0.add(whole, transform: transform) } }
  }

  // MARK: - Masks

  private func fillAsMasks(
    _ run: GlyphRun, _ transform: AffineTransform, _ map: AffineTransform, _ ink: Ink, _ clip: ResolvedClip
  ) {
    let strike = glyphs.strike(
      GlyphCache.Key(
        source: ObjectIdentifier(run.source), a: map.a, b: map.b, c: map.c, d: map.d, emboldening: run.emboldening, contrast: 0),
      source: run.source)
    let isUpright = transform.b == 0 && transform.c == 0
    let isSideways = transform.a == 0 && transform.d == 0
    let first = plan.placedMaskCount
    var left = Int.max, top = Int.max, right = Int.min, bottom = Int.min
    let limit = 4_194_304.0
    for glyph in run.glyphs {
      let origin = transform.apply(glyph.origin)
      guard abs(origin.x) < limit, abs(origin.y) < limit else { continue }
      // Quarters of a pixel; across an axis-parallel baseline whole pixels.
      let quarterX = isSideways ? Int((origin.x + 0.5).rounded(.down)) * 4 : Int((origin.x * 4 + 0.5).rounded(.down))
      let quarterY = isUpright ? Int((origin.y + 0.5).rounded(.down)) * 4 : Int((origin.y * 4 + 0.5).rounded(.down))
      let phaseX = quarterX & 3, phaseY = quarterY & 3
      let key = UInt64(glyph.glyph) << 4 | UInt64(phaseX) << 2 | UInt64(phaseY)
      let mask: GlyphMask
      if let known = strike.masks[key] {
        mask = known
      } else {
        mask = makeMask(glyph.glyph, run, map, phaseX: Double(phaseX) / 4, phaseY: Double(phaseY) / 4)
        strike.add(mask, for: key)
      }
      guard let bytes = mask.bytes else { continue }
      let x = quarterX >> 2 + Int(mask.left), y = quarterY >> 2 + Int(mask.top)
      let right1 = x + Int(mask.width), bottom1 = y + Int(mask.height)
      guard x < clip.bounds.maxX, y < clip.bounds.maxY, right1 > clip.bounds.x, bottom1 > clip.bounds.y else { continue }
      left = min(left, x)
      top = min(top, y)
      right = max(right, right1)
      bottom = max(bottom, bottom1)
      plan.add(
        PlacedMask(
          bytes: UnsafePointer(bytes), bytesPerRow: mask.width, x: Int32(truncatingIfNeeded: x), y: Int32(truncatingIfNeeded: y),
          width: mask.width, height: mask.height))
    }
    let count = plan.placedMaskCount - first
    guard count > 0 else { return }
    plan.keep(strike)
    let bounds = PixelRect(x: left, y: top, width: right - left, height: bottom - top).intersection(clip.bounds)
    var command = RasterCommand(kind: .masks, bounds: bounds)
    command.first = Int32(truncatingIfNeeded: first)
    command.count = Int32(truncatingIfNeeded: count)
    append(command, ink, clip)
  }

  private func makeMask(_ glyph: UInt32, _ run: GlyphRun, _ map: AffineTransform, phaseX: Double, phaseY: Double) -> GlyphMask {
    let blank = GlyphMask(bytes: nil, left: 0, top: 0, width: 0, height: 0)
    guard let outline = glyphs.outline(of: glyph, from: run.source), let area = outline.controlBounds else { return blank }
    let linear = AffineTransform(a: map.a, b: map.b, c: map.c, d: map.d, e: phaseX, f: phaseY)
    let margin = run.emboldening > 0 ? run.emboldening * map.maximumScale * 2 : 0
    let box = linear.boundingBox(of: area).insetBy(-margin)
    let bounds = PixelRect(covering: box, within: PixelRect(x: -2048, y: -2048, width: 4096, height: 4096))
    guard !bounds.isEmpty else { return blank }
    let count = bounds.width * bounds.height
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 4)
    bytes.initialize(repeating: 0, count: count + 4)
    let local = AffineTransform.translation(-Double(bounds.x), -Double(bounds.y)).concatenating(linear)
    maskRenderer.render(width: bounds.width, height: bounds.height, rule: .nonzero, into: bytes, bytesPerRow: bounds.width) {
      $0.add(outline, transform: local)
    }
    if run.emboldening > 0 {
      // The weight is a stroke around the outline; where both cover a pixel, the greater counts.
      let weight = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 4)
      weight.initialize(repeating: 0, count: count + 4)
      stroker.stroke(
        outline, style: StrokeStyle(lineWidth: run.emboldening), transform: local, tolerance: EdgeBuilder.tolerance)
      maskRenderer.render(width: bounds.width, height: bounds.height, rule: .nonzero, into: weight, bytesPerRow: bounds.width) {
        $0.add(stroker.outline)
      }
      for index in 0..<count { bytes[index] = max(bytes[index], weight[index]) }
      weight.deallocate()
    }
    return GlyphMask(
      bytes: bytes, left: Int32(truncatingIfNeeded: bounds.x), top: Int32(truncatingIfNeeded: bounds.y),
      width: Int32(truncatingIfNeeded: bounds.width), height: Int32(truncatingIfNeeded: bounds.height))
  }

  // MARK: - Coloured glyphs

  private func drawPictures(
    _ run: GlyphRun, _ transform: AffineTransform, _ emToUser: AffineTransform, _ ink: Ink, _ clip: ResolvedClip,
    _ compositing: Compositing
  ) {
    for glyph in run.glyphs {
      if glyphs.outline(of: glyph.glyph, from: run.source) != nil { continue }
      let placed = transform.concatenating(
        AffineTransform.translation(glyph.origin.x, glyph.origin.y).concatenating(emToUser))
      if let layers = run.source.colorLayers(of: glyph.glyph) {
        for layer in layers {
          var layerInk = ink
          if let paint = layer.paint {
            guard let own = self.ink(paint, transform: placed, compositing: compositing) else { continue }
            layerInk = own
          }
          fill(layer.outline, .nonzero, placed, layerInk, clip)
        }
      } else if let bitmap = run.source.bitmap(of: glyph.glyph, pixelsPerEm: placed.maximumScale) {
        let whole = Rect(x: 0, y: 0, width: Double(bitmap.image.width), height: Double(bitmap.image.height))
        var smooth = compositing
        smooth.smoothing = .medium
        drawImage(bitmap.image, source: whole, destination: bitmap.bounds, transform: placed, clip: clip, compositing: smooth)
      }
    }
  }
}
