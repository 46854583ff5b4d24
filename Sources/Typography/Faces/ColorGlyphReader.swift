// Trees of paints from the COLR table: https://learn.microsoft.com/typography/opentype/spec/colr#colr-version-1-rendering-algorithm.

import CHarfBuzz
import Drawing
import Geometry

/// Reads one glyph. Damaged or malicious tables end in less paint: depth and number of paints are bounded.
struct ColorGlyphReader {
  private static let deepest = 32
  private static let mostPaints = 4096

  private let face: FontFace
  private let table: ColorTable
  private let palette: [Color]
  private let cursor: ByteCursor
  private var paintsLeft = ColorGlyphReader.mostPaints
  private var depth = 0
  /// Font units, y upwards → em units, y downwards.
  private let unitsToEm: AffineTransform
  private let emToUnits: AffineTransform

  /// What the paints above one say about it.
  private struct Context {
    /// The paint's space → the glyph's, in font units.
    var transform = AffineTransform.identity
    /// In em units.
    var outlines: [Path] = []
  }

  init(face: FontFace, table: ColorTable, palette: [Color]) {
    self.face = face
    self.table = table
    self.palette = palette
    cursor = table.cursor
    unitsToEm = AffineTransform.scale(1 / face.unitsPerEm, -1 / face.unitsPerEm)
    emToUnits = AffineTransform.scale(face.unitsPerEm, -face.unitsPerEm)
  }

  /// Nil when the table says nothing about the glyph.
  mutating func read(_ glyph: UInt32) -> ColorGlyph? {
    if let paint = table.paint(of: glyph) { return .layers(read(glyph, paint: paint, Context())) }
    guard let layers = table.flatLayers(of: glyph) else { return nil }
    return .layers(
      layers.map { layer in
        // 0xFFFF, and what the palette lacks, is the colour of the text.
        let color = palette.indices.contains(layer.paletteIndex) ? palette[layer.paletteIndex] : nil
        let paint = color.map { ColorGlyphPaint.paint(.color($0), transform: .identity) } ?? .foreground(alpha: 1)
        return .fill(outlines: [face.plainOutline(of: layer.glyph)], paint)
      })
  }

  private mutating func read(_ glyph: UInt32, paint: Int, _ context: Context) -> [ColorGlyph] {
    guard let (left, bottom, right, top) = table.clipBox(of: glyph) else { return read(paint, context) }
    let box = Path.rectangle(Rect(x: left, y: bottom, width: right - left, height: top - bottom))
      .transformed(by: unitsToEm.concatenating(context.transform))
    var clipped = context
    // Empty outlines mean no clip yet; the box is then the shape of paints without an outline of their own.
    clipped.outlines.append(box)
    return read(paint, clipped).map { ColorGlyphReader.withoutIdleClip($0, box) }
  }

  /// A box that cuts nothing off is left out, so that most glyphs stay plain outlines.
  private static func withoutIdleClip(_ glyph: ColorGlyph, _ box: Path) -> ColorGlyph {
    switch glyph {
    case .layers(let parts): return .layers(parts.map { withoutIdleClip($0, box) })
    case .composite(let source, let compositeOperator, let backdrop):
      return .composite(withoutIdleClip(source, box), compositeOperator, backdrop: withoutIdleClip(backdrop, box))
    case .fill(let outlines, let paint):
      guard outlines.count > 1, let limits = box.controlBounds, let index = outlines.firstIndex(of: box) else { return glyph }
      var others = outlines
      others.remove(at: index)
      let fits = others.contains { other in
        guard let bounds = other.controlBounds else { return true }
        return bounds.minX >= limits.minX && bounds.maxX <= limits.maxX && bounds.minY >= limits.minY && bounds.maxY <= limits.maxY
      }
      return fits ? .fill(outlines: others, paint) : glyph
    }
  }

  // MARK: - Paints

  private mutating func read(_ offset: Int, _ context: Context) -> [ColorGlyph] {
    guard paintsLeft > 0, depth < ColorGlyphReader.deepest, let format = cursor.unsigned8(offset) else { return [] }
    paintsLeft -= 1
    depth += 1
    defer { depth -= 1 }
    switch format {
    case 1: return layers(offset, context)
    case 2, 3: return fill(solid(offset, paletteIndex: 1, alpha: 3), context)
    case 4...9: return gradient(offset, format).map { fill(.paint($0, transform: unitsToEm.concatenating(context.transform)), context) } ?? []
    case 10: return glyph(offset, context)
    case 11:
      guard let glyph = cursor.unsigned16(offset + 1).map({ UInt32($0) }), let paint = table.paint(of: glyph) else { return [] }
      return read(glyph, paint: paint, context)
    case 12...31:
      guard let child = child(offset), let transform = PaintTransform(cursor, offset, format)?.transform, transform.isFinite else { return [] }
      var inner = context
      inner.transform = context.transform.concatenating(transform)
      return read(child, inner)
    case 32: return composite(offset, context)
    default: return []
    }
  }

  private func child(_ offset: Int) -> Int? { cursor.unsigned24(offset + 1).map { offset + $0 } }

  private mutating func layers(_ offset: Int, _ context: Context) -> [ColorGlyph] {
    guard let count = cursor.unsigned8(offset + 1), let first = cursor.unsigned32(offset + 2) else { return [] }
    var parts: [ColorGlyph] = []
    for index in 0..<Int(count) {
      if let paint = table.layerPaint(Int(first) + index) { parts += read(paint, context) }
    }
    return parts
  }

  private mutating func glyph(_ offset: Int, _ context: Context) -> [ColorGlyph] {
    guard let child = child(offset), let glyph = cursor.unsigned16(offset + 4) else { return [] }
    var inner = context
    let place = unitsToEm.concatenating(context.transform).concatenating(emToUnits)
    inner.outlines.append(face.plainOutline(of: UInt32(glyph)).transformed(by: place))
    return read(child, inner)
  }

  private mutating func composite(_ offset: Int, _ context: Context) -> [ColorGlyph] {
    guard let source = child(offset), let mode = cursor.unsigned8(offset + 4), let backdrop = cursor.unsigned24(offset + 5) else { return [] }
    let below = ColorGlyph.layers(read(offset + backdrop, context)), above = ColorGlyph.layers(read(source, context))
    switch mode {
    case 0: return []
    case 1: return [above]
    case 2: return [below]
    default: return ColorGlyphReader.compositeOperator(mode).map { [.composite(above, $0, backdrop: below)] } ?? [below]
    }
  }

  private static func compositeOperator(_ mode: UInt8) -> CompositeOperator? {
    let operators: [CompositeOperator] = [
      .sourceOver, .destinationOver, .sourceIn, .destinationIn, .sourceOut, .destinationOut, .sourceAtop, .destinationAtop, .xor,
      .lighter, .screen, .overlay, .darken, .lighten, .colorDodge, .colorBurn, .hardLight, .softLight, .difference, .exclusion,
      .multiply, .hue, .saturation, .color, .luminosity,
    ]
    return mode >= 3 && Int(mode) - 3 < operators.count ? operators[Int(mode) - 3] : nil
  }

  private func fill(_ paint: ColorGlyphPaint, _ context: Context) -> [ColorGlyph] {
    // A paint without an outline would fill the plane; nothing of a glyph is farther away than this.
    let plane = Path.rectangle(Rect(x: -2, y: -3, width: 6, height: 6))
    return [.fill(outlines: context.outlines.isEmpty ? [plane] : context.outlines, paint)]
  }

  // MARK: - Colours

  private func solid(_ offset: Int, paletteIndex: Int, alpha: Int) -> ColorGlyphPaint {
    let index = Int(cursor.unsigned16(offset + paletteIndex) ?? 0xFFFF)
    let alpha = Float(min(1, max(0, cursor.fraction(offset + alpha) ?? 1)))
    guard palette.indices.contains(index) else { return .foreground(alpha: alpha) }
    return .paint(.color(palette[index].multipliedAlpha(by: alpha)), transform: .identity)
  }

  private func gradient(_ offset: Int, _ format: UInt8) -> Paint? {
    guard let line = child(offset) else { return nil }
    let isVariable = format % 2 == 1
    guard let colors = ColorLine(cursor, line, isVariable: isVariable, palette: palette) else { return nil }
    func coordinate(_ index: Int) -> Double { Double(cursor.signed16(offset + 4 + index * 2) ?? 0) }
    func radius(_ index: Int) -> Double { Double(cursor.unsigned16(offset + 4 + index * 2) ?? 0) }
    func point(_ index: Int) -> Point { Point(coordinate(index), coordinate(index + 1)) }
    switch format {
    case 4, 5: return colors.linear(from: point(0), to: point(2), rotation: point(4))
    case 6, 7:
      return colors.radial(start: point(0), radius: radius(2), end: point(3), radius: radius(5))
    default:
      func degrees(_ index: Int) -> Double { ((cursor.fraction(offset + 4 + index * 2) ?? 0) + 1) * 180 }
      return colors.sweep(center: point(0), from: degrees(2), to: degrees(3))
    }
  }
}

/// The transform of paint formats 12 to 31.
private struct PaintTransform {
  let transform: AffineTransform

  init?(_ cursor: ByteCursor, _ offset: Int, _ format: UInt8) {
    /// Fields of two bytes after the child's offset.
    func fraction(_ index: Int) -> Double { cursor.fraction(offset + 4 + index * 2) ?? 0 }
    func units(_ index: Int) -> Double { Double(cursor.signed16(offset + 4 + index * 2) ?? 0) }
    func around(_ index: Int, _ transform: AffineTransform) -> AffineTransform {
      let x = units(index), y = units(index + 1)
      return AffineTransform.translation(x, y).concatenating(transform).concatenating(.translation(-x, -y))
    }
    func skew() -> AffineTransform {
      AffineTransform(a: 1, b: tangent(fraction(1)), c: -tangent(fraction(0)), d: 1, e: 0, f: 0)
    }
    func tangent(_ halfTurns: Double) -> Double {
      let rotation = AffineTransform.rotation(radians: halfTurns * .pi)
      return rotation.a == 0 ? 0 : rotation.b / rotation.a
    }
    func rotation() -> AffineTransform { .rotation(radians: fraction(0) * .pi) }
    // Variable formats, the odd ones, only have more at their end.
    switch format & ~1 {
    case 12:
      guard let matrix = cursor.unsigned24(offset + 4).map({ offset + $0 }) else { return nil }
      func entry(_ index: Int) -> Double { cursor.fixed(matrix + index * 4) ?? 0 }
      transform = AffineTransform(a: entry(0), b: entry(1), c: entry(2), d: entry(3), e: entry(4), f: entry(5))
    case 14: transform = .translation(units(0), units(1))
    case 16: transform = .scale(fraction(0), fraction(1))
    case 18: transform = around(2, .scale(fraction(0), fraction(1)))
    case 20: transform = .scale(fraction(0), fraction(0))
    case 22: transform = around(1, .scale(fraction(0), fraction(0)))
    case 24: transform = rotation()
    case 26: transform = around(1, rotation())
    case 28: transform = skew()
    case 30: transform = around(2, skew())
    default: return nil
    }
  }
}
