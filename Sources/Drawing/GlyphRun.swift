// Glyphs in position, ready to be drawn, without any knowledge of font files.

import Geometry

/// Where the shapes of glyphs come from. Conformers are font faces; surfaces compare them by identity.
public protocol GlyphOutlineSource: AnyObject, Sendable {
  /// The outline with one em as the unit, y downwards, the baseline at y = 0; empty for blanks, nil where there is none
  /// (bitmap or layered glyphs).
  func outline(of glyph: UInt32) -> Path?

  /// A coloured glyph as a tree of paints, or nil when the glyph is a plain outline or a picture.
  func colorGlyph(_ glyph: UInt32) -> ColorGlyph?

  /// A coloured bitmap best suited to `pixelsPerEm`, or nil when the glyph has none.
  func bitmap(of glyph: UInt32, pixelsPerEm: Double) -> GlyphBitmap?
}

/// A picture of a glyph.
public struct GlyphBitmap: Sendable {
  public var image: ImageSnapshot
  /// Where the picture lies, in em units relative to the glyph's origin, y downwards.
  public var bounds: Rect
  /// Whether the glyph's origin lies on whole pixels, not on quarters of them.
  public var isOnWholePixels: Bool

  public init(image: ImageSnapshot, bounds: Rect, isOnWholePixels: Bool = false) {
    self.image = image
    self.bounds = bounds
    self.isOnWholePixels = isOnWholePixels
  }
}

/// A glyph and its origin relative to that of its run, in user space.
public struct PositionedGlyph: Equatable, Sendable, BitwiseCopyable {
  public var glyph: UInt32
  public var origin: Point

  public init(glyph: UInt32, origin: Point) {
    self.glyph = glyph
    self.origin = origin
  }
}

/// Glyphs of one face at one size.
public struct GlyphRun: Sendable {
  public var source: any GlyphOutlineSource
  /// The length of one em in user space units; positive.
  public var fontSize: Double
  /// Maps an outline in ems before it is scaled: synthetic slant and condensing. Identity for most runs.
  public var glyphTransform: AffineTransform
  /// Extra weight as a fraction of an em by which outlines are stroked: synthetic bold. 0 for most runs.
  public var emboldening: Double
  /// Where the run lies in user space. Apart from the glyphs, so that a text drawn in many places shares them.
  public var origin: Point
  public var glyphs: [PositionedGlyph]

  public init(
    source: any GlyphOutlineSource, fontSize: Double, glyphTransform: AffineTransform = .identity, emboldening: Double = 0,
    origin: Point = .zero, glyphs: [PositionedGlyph]
  ) {
    self.source = source
    self.fontSize = fontSize
    self.glyphTransform = glyphTransform
    self.emboldening = emboldening
    self.origin = origin
    self.glyphs = glyphs
  }

  /// The origin of one of the glyphs in user space.
  @inlinable
  public func place(of glyph: PositionedGlyph) -> Point { Point(origin.x + glyph.origin.x, origin.y + glyph.origin.y) }
}
