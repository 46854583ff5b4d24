// Coloured glyphs as trees of painted outlines, after the COLR table of OpenType.

import Geometry

/// A coloured glyph or a part of one. Outlines are in em units, y downwards.
public indirect enum ColorGlyph: Sendable {
  /// What lies inside all of the outlines.
  case fill(outlines: [Path], ColorGlyphPaint)
  /// From bottom to top.
  case layers([ColorGlyph])
  case composite(ColorGlyph, CompositeOperator, backdrop: ColorGlyph)

  /// A box around everything that is painted.
  public var bounds: Rect? {
    switch self {
    case .fill(let outlines, _):
      guard var box = outlines.first?.controlBounds else { return nil }
      for outline in outlines.dropFirst() {
        guard let other = outline.controlBounds else { return nil }
        let left = max(box.minX, other.minX), top = max(box.minY, other.minY)
        box = Rect(x: left, y: top, width: max(0, min(box.maxX, other.maxX) - left), height: max(0, min(box.maxY, other.maxY) - top))
      }
      return box
    case .layers(let parts): return parts.reduce(nil) { ColorGlyph.union($0, $1.bounds) }
    case .composite(let source, _, let backdrop): return ColorGlyph.union(source.bounds, backdrop.bounds)
    }
  }

  private static func union(_ a: Rect?, _ b: Rect?) -> Rect? {
    guard let a, let b else { return a ?? b }
    return a.union(b)
  }

  /// Whether one outline after the other can be painted on the canvas as it is.
  public var isPlain: Bool {
    switch self {
    case .fill(let outlines, _): outlines.count == 1
    case .layers(let parts): parts.allSatisfy(\.isPlain)
    case .composite: false
    }
  }
}

/// What an outline of a coloured glyph is painted with.
public enum ColorGlyphPaint: Sendable {
  /// The colour of the text.
  case foreground(alpha: Float)
  /// A paint whose geometry `transform` maps to em units.
  case paint(Paint, transform: AffineTransform)
  /// A gradient with the colour of the text among its own; nil where it paints nothing.
  case shade(@Sendable (_ foreground: Color) -> Paint?, transform: AffineTransform)
}
