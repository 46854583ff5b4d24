// Trees of paints from the COLR table: https://learn.microsoft.com/typography/opentype/spec/colr#colr-version-1-rendering-algorithm.

import CHarfBuzz
import Drawing
import Geometry

/// Reads one glyph. Damaged or malicious tables end in less paint: depth and number of paints are bounded.
struct ColorGlyphReader {
  private static let deepest = 32
  private static let mostPaints = 4096
  private static let mostPoints = 1_000_000

  private let face: FontFace
  private let table: ColorTable
  private let palette: [Color]
  private let cursor: ByteCursor
  private var paintsLeft = ColorGlyphReader.mostPaints
  private var pointsLeft = ColorGlyphReader.mostPoints
  private var depth = 0
  /// A box around all outlines, in em units: the extent of paints without an outline, which would fill the plane.
  private var extent: Rect?
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
    if let paint = table.paint(of: glyph) {
      let parts = read(glyph, paint: paint, Context())
      guard let extent else { return .layers(parts.compactMap { ColorGlyphReader.bounded($0, nil) }) }
      let plane = Path.rectangle(extent)
      return .layers(parts.compactMap { ColorGlyphReader.bounded($0, plane) })
    }
    guard let layers = table.flatLayers(of: glyph) else { return nil }
    return .layers(
      layers.map { layer in
        // 0xFFFF, and what the palette lacks, is the colour of the text.
        let color = palette.indices.contains(layer.paletteIndex) ? palette[layer.paletteIndex] : nil
        let paint = color.map { ColorGlyphPaint.paint(.color($0), transform: .identity) } ?? .foreground(alpha: 1)
        return .fill(outlines: [outline(of: layer.glyph)], paint)
      })
  }

  /// The box that a glyph's paint says it stays within, in em units.
  static func clipBox(of glyph: UInt32, _ table: ColorTable, unitsPerEm: Double) -> Rect? {
    guard table.paint(of: glyph) != nil, let (left, bottom, right, top) = table.clipBox(of: glyph) else { return nil }
    return AffineTransform.scale(1 / unitsPerEm, -1 / unitsPerEm)
      .boundingBox(of: Rect(x: left, y: bottom, width: right - left, height: top - bottom))
  }

  /// Paints without an outline fill the extent of the glyph.
  private static func bounded(_ glyph: ColorGlyph, _ plane: Path?) -> ColorGlyph? {
    switch glyph {
    case .layers(let parts): .layers(parts.compactMap { bounded($0, plane) })
    case .composite(let source, let compositeOperator, let backdrop):
      .composite(
        bounded(source, plane) ?? .layers([]), compositeOperator, backdrop: bounded(backdrop, plane) ?? .layers([]))
    case .fill(let outlines, let paint):
      if !outlines.isEmpty { glyph } else if let plane { .fill(outlines: [plane], paint) } else { nil }
    }
  }

  private mutating func outline(of glyph: UInt32) -> Path {
    guard pointsLeft > 0 else { return Path() }
    let path = face.plainOutline(of: glyph)
    pointsLeft -= path.points.count
    return path
  }

  private mutating func read(_ glyph: UInt32, paint: Int, _ context: Context) -> [ColorGlyph] {
    guard let (left, bottom, right, top) = table.clipBox(of: glyph) else { return read(paint, context) }
    let box = Path.rectangle(Rect(x: left, y: bottom, width: right - left, height: top - bottom))
      .transformed(by: unitsToEm.concatenating(context.transform))
    var clipped = context
    // The box is also the shape of paints without an outline of their own.
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
    case 2, 3: return [.fill(outlines: context.outlines, solid(offset, isVariable: format == 3))]
    case 4...9: return gradient(offset, format, context).map { [.fill(outlines: context.outlines, $0)] } ?? []
    case 10: return glyph(offset, context)
    case 11:
      guard let glyph = cursor.unsigned16(offset + 1).map({ UInt32($0) }), let paint = table.paint(of: glyph) else { return [] }
      return read(glyph, paint: paint, context)
    case 12...31:
      guard let child = child(offset), let transform = PaintTransform(cursor, table.variations, offset, format)?.transform,
        transform.isFinite
      else { return [] }
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
    let outline = outline(of: UInt32(glyph)).transformed(by: place)
    if let box = outline.controlBounds { extent = extent?.union(box) ?? box }
    inner.outlines.append(outline)
    return read(child, inner)
  }

  private mutating func composite(_ offset: Int, _ context: Context) -> [ColorGlyph] {
    guard let source = child(offset), let mode = cursor.unsigned8(offset + 4), let backdrop = cursor.unsigned24(offset + 5)
    else { return [] }
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

  // MARK: - Colours

  private func solid(_ offset: Int, isVariable: Bool) -> ColorGlyphPaint {
    let fields = PaintFields(cursor, table.variations, base: isVariable ? cursor.unsigned32(offset + 5) : nil)
    let index = Int(cursor.unsigned16(offset + 1) ?? 0xFFFF)
    let alpha = Float(min(1, max(0, fields.fraction(offset + 3, 0) ?? 1)))
    guard palette.indices.contains(index) else { return .foreground(alpha: alpha) }
    return .paint(.color(palette[index].multipliedAlpha(by: alpha)), transform: .identity)
  }

  private func gradient(_ offset: Int, _ format: UInt8, _ context: Context) -> ColorGlyphPaint? {
    let isVariable = format % 2 == 1
    let transform = unitsToEm.concatenating(context.transform)
    guard let line = child(offset),
      let colors = ColorLine(cursor, line, isVariable: isVariable, table.variations, palette: palette),
      let toPaint = transform.inverted()
    else { return nil }
    let area = toPaint.boundingBox(of: ColorGlyphReader.extent(of: context.outlines))
    let count = format < 8 ? 6 : 4
    let fields = PaintFields(cursor, table.variations, base: isVariable ? cursor.unsigned32(offset + 4 + count * 2) : nil)
    func coordinate(_ index: Int) -> Double { fields.units(offset + 4 + index * 2, index) ?? 0 }
    func radius(_ index: Int) -> Double { max(0, fields.length(offset + 4 + index * 2, index) ?? 0) }
    func point(_ index: Int) -> Point { Point(coordinate(index), coordinate(index + 1)) }
    func degrees(_ index: Int) -> Double { ((fields.fraction(offset + 4 + index * 2, index) ?? 0) + 1) * 180 }
    let shape: @Sendable (ColorLine) -> Paint?
    switch format {
    case 4, 5:
      let (start, end, rotation) = (point(0), point(2), point(4))
      shape = { $0.linear(from: start, to: end, rotation: rotation, area: area) }
    case 6, 7:
      let (start, startRadius, end, endRadius) = (point(0), radius(2), point(3), radius(5))
      shape = { $0.radial(start: start, radius: startRadius, end: end, radius: endRadius, area: area) }
    default:
      let (center, start, end) = (point(0), degrees(2), degrees(3))
      shape = { $0.sweep(center: center, from: start, to: end) }
    }
    if colors.usesForeground { return .shade({ shape(colors.colored($0)) }, transform: transform) }
    return shape(colors).map { .paint($0, transform: transform) }
  }

  /// Where a paint inside these outlines can be seen, in em units. Without outlines it is limited later, to something smaller.
  private static func extent(of outlines: [Path]) -> Rect {
    let whole = Rect(x: -2, y: -3, width: 6, height: 6)
    return outlines.reduce(whole) { area, outline in outline.controlBounds.flatMap { area.intersection($0) } ?? area }
  }
}

/// The transform of paint formats 12 to 31.
private struct PaintTransform {
  let transform: AffineTransform

  init?(_ cursor: ByteCursor, _ variations: PaintVariations, _ offset: Int, _ format: UInt8) {
    // Variable formats, the odd ones, have the number of their first delta at the end.
    let counts: [UInt8: Int] = [14: 2, 16: 2, 18: 4, 20: 1, 22: 3, 24: 1, 26: 3, 28: 2, 30: 4]
    var matrix = 0, end = offset + 4 + 2 * (counts[format & ~1] ?? 0)
    if format & ~1 == 12 {
      guard let place = cursor.unsigned24(offset + 4) else { return nil }
      matrix = offset + place
      end = matrix + 24
    }
    let fields = PaintFields(cursor, variations, base: format & 1 == 1 ? cursor.unsigned32(end) : nil)
    /// Fields of two bytes after the child's offset.
    func fraction(_ index: Int) -> Double { fields.fraction(offset + 4 + index * 2, index) ?? 0 }
    func units(_ index: Int) -> Double { fields.units(offset + 4 + index * 2, index) ?? 0 }
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
    switch format & ~1 {
    case 12:
      func entry(_ index: Int) -> Double { fields.fixed(matrix + index * 4, index) ?? 0 }
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
