// The result of shaping: glyphs in their places.

import Drawing
import Geometry

/// The smallest part of a text that has a width of its own: usually one character as a reader counts them, more in a ligature.
public struct TextCluster: Equatable, Sendable, BitwiseCopyable {
  /// Offsets of UTF-16 units in the shaped text.
  public var start: Int
  public var end: Int
  /// Left edge and advance along the baseline, from the text's left end. Spacing is included.
  public var x: Double
  public var width: Double
  public var isRightToLeft: Bool
  /// How many glyphs of the text's runs are its own; clusters and glyphs have the same order.
  public var glyphCount: Int

  public init(start: Int, end: Int, x: Double, width: Double, isRightToLeft: Bool, glyphCount: Int = 1) {
    self.glyphCount = glyphCount
    self.start = start
    self.end = end
    self.x = x
    self.width = width
    self.isRightToLeft = isRightToLeft
  }
}

/// A stretch of text that was shaped by itself, all in one direction.
public struct TextWord: Equatable, Sendable, BitwiseCopyable {
  /// UTF-16 units of the shaped text.
  public var start: Int
  public var end: Int
  /// Of the text's clusters: the word's own are neighbours.
  public var firstCluster: Int
  public var clusterCount: Int
  /// Left edge and advance along the baseline, from the text's left end.
  public var x: Double
  public var width: Double
  public var isRightToLeft: Bool

  public init(start: Int, end: Int, firstCluster: Int, clusterCount: Int, x: Double, width: Double, isRightToLeft: Bool) {
    self.start = start
    self.end = end
    self.firstCluster = firstCluster
    self.clusterCount = clusterCount
    self.x = x
    self.width = width
    self.isRightToLeft = isRightToLeft
  }
}

/// A line of text, shaped. Its left end lies at (0, 0) on the alphabetic baseline.
public struct ShapedText: Sendable {
  /// From left to right as seen.
  public var runs: [GlyphRun]
  /// From left to right as seen.
  public var clusters: [TextCluster]
  /// From left to right as seen.
  public var words: [TextWord]
  /// How far the pen moves.
  public var width: Double
  /// Of the first available font of the style's list.
  public var metrics: FontMetrics
  /// Whether the base direction was right to left.
  public var isRightToLeft: Bool

  public init(
    runs: [GlyphRun], clusters: [TextCluster], words: [TextWord] = [], width: Double, metrics: FontMetrics, isRightToLeft: Bool
  ) {
    self.runs = runs
    self.clusters = clusters
    self.words = words
    self.width = width
    self.metrics = metrics
    self.isRightToLeft = isRightToLeft
  }

  public static let empty = ShapedText(runs: [], clusters: [], width: 0, metrics: .zero, isRightToLeft: false)
}

/// How the box of a text's ink is cut.
public enum InkRounding: Sendable {
  /// At the outlines.
  case none
  /// Each glyph's box grows to whole units, as a browser's `actualBoundingBox…` does on Linux.
  case wholeUnits
}

extension ShapedText {
  /// The clusters that begin in `range` (UTF-16 units), with their glyphs; places stay what they are.
  public func part(_ range: Range<Int>) -> ShapedText {
    var part = ShapedText(runs: [], clusters: [], width: 0, metrics: metrics, isRightToLeft: isRightToLeft)
    var run = 0, glyph = 0
    for cluster in clusters {
      let isIn = range.contains(cluster.start)
      if isIn {
        part.clusters.append(cluster)
        part.width += cluster.width
      }
      var left = cluster.glyphCount
      while left > 0, run < runs.count {
        let count = min(left, runs[run].glyphs.count - glyph)
        if isIn, count > 0 {
          var piece = runs[run]
          piece.glyphs = Array(runs[run].glyphs[glyph..<(glyph + count)])
          part.runs.append(piece)
        }
        left -= count
        glyph += count
        if glyph >= runs[run].glyphs.count { (run, glyph) = (run + 1, 0) }
      }
    }
    return part
  }

  /// The box of all ink, relative to the text's left end on the baseline; nil for blanks.
  public func inkBox(rounding: InkRounding = .none) -> Rect? {
    var box: Rect?
    for run in runs {
      for glyph in run.glyphs {
        guard let bounds = run.emBounds(of: glyph.glyph) else { continue }
        var left = bounds.minX * run.fontSize, top = bounds.minY * run.fontSize
        var right = bounds.maxX * run.fontSize, bottom = bounds.maxY * run.fontSize
        if rounding == .wholeUnits {
          // Outlines lie on a grid of 1/64 there, and those of huge glyphs are measured at 64 pixels and enlarged.
          let enlargement = run.fontSize > 256 ? run.fontSize / 64 : 1
          func onGrid(_ value: Double) -> Double { (value / enlargement * 64).rounded() / 64 }
          (left, top) = (onGrid(left).rounded(.down) * enlargement, onGrid(top).rounded(.down) * enlargement)
          (right, bottom) = (onGrid(right).rounded(.up) * enlargement, onGrid(bottom).rounded(.up) * enlargement)
        }
        let placed = Rect(x: glyph.origin.x + left, y: glyph.origin.y + top, width: right - left, height: bottom - top)
        box = box?.union(placed) ?? placed
      }
    }
    return box
  }
}

extension GlyphRun {
  /// The ink of a glyph in em units, y downwards, with what is made up for its face; nil when it has none.
  fileprivate func emBounds(of glyph: UInt32) -> Rect? {
    guard glyphTransform.isIdentity, emboldening == 0 else { return synthesizedBounds(of: glyph) }
    if let face = source as? FontFace { return face.glyphBounds(glyph) }
    return source.outline(of: glyph)?.bounds ?? pictureBounds(of: glyph)
  }

  /// Pictures are slanted, but do not get bolder. Corners stick out of a bolder outline as far as Skia lets them.
  private func synthesizedBounds(of glyph: UInt32) -> Rect? {
    guard let outline = source.outline(of: glyph), !outline.isEmpty else {
      return pictureBounds(of: glyph).map(glyphTransform.boundingBox)
    }
    let slanted = outline.transformed(by: glyphTransform)
    guard let bounds = slanted.controlBounds, emboldening > 0 else { return slanted.controlBounds }
    let pen = StrokeStyle(lineWidth: emboldening, miterLimit: 4)
    return slanted.stroked(pen, tolerance: 1.0 / 1024).controlBounds.map(bounds.union) ?? bounds
  }

  private func pictureBounds(of glyph: UInt32) -> Rect? {
    source.colorGlyph(glyph)?.bounds ?? source.bitmap(of: glyph, pixelsPerEm: fontSize)?.bounds
  }
}
