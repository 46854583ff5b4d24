// Parts of a text that are drawn by themselves: https://github.com/fserb/canvas2D/blob/master/spec/enhanced-textmetrics.md.

import Drawing
import Geometry
import Typography

/// The smallest part of a text that can be drawn by itself, with its place in the text.
public final class CanvasTextCluster {
  /// Relative to the text's anchor point.
  public let x: Double
  public let y: Double
  public let start: Int
  public let end: Int
  public let align: CanvasTextAlign
  public let baseline: CanvasTextBaseline
  /// The glyphs, where they lie in the whole text.
  let part: ShapedText

  init(x: Double, y: Double, start: Int, end: Int, align: CanvasTextAlign, baseline: CanvasTextBaseline, part: ShapedText) {
    self.x = x
    self.y = y
    self.start = start
    self.end = end
    self.align = align
    self.baseline = baseline
    self.part = part
  }

  private var left: Double { part.clusters.first?.x ?? 0 }

  /// From the cluster's left edge to its anchor.
  static func anchor(_ align: CanvasTextAlign, width: Double, isRightToLeft: Bool) -> Double {
    switch align {
    case .left: 0
    case .right: width
    case .center: width / 2
    case .start: isRightToLeft ? width : 0
    case .end: isRightToLeft ? 0 : width
    }
  }

  /// The glyphs with the cluster's anchor at a place in user space.
  func runs(at place: Point, align: CanvasTextAlign, baseline: CanvasTextBaseline) -> [GlyphRun] {
    let anchor = CanvasTextCluster.anchor(align, width: part.width, isRightToLeft: part.isRightToLeft)
    let prepared = PreparedText(
      shaped: part, condensing: 1, anchorX: left + anchor, anchorAbove: baseline.height(in: part.metrics))
    return prepared.runs(at: place)
  }
}

extension CanvasRenderingContext2D {
  /// Draws a cluster at its place in a text whose anchor is at (`x`, `y`); the other arguments replace the cluster's own.
  public func fillTextCluster(
    _ cluster: CanvasTextCluster, _ x: Double, _ y: Double, align: CanvasTextAlign? = nil, baseline: CanvasTextBaseline? = nil,
    clusterX: Double? = nil, clusterY: Double? = nil
  ) {
    drawTextCluster(cluster, Point(x + (clusterX ?? cluster.x), y + (clusterY ?? cluster.y)), align, baseline, state.fillStyle) {
      .fillGlyphs($0)
    }
  }

  public func strokeTextCluster(
    _ cluster: CanvasTextCluster, _ x: Double, _ y: Double, align: CanvasTextAlign? = nil, baseline: CanvasTextBaseline? = nil,
    clusterX: Double? = nil, clusterY: Double? = nil
  ) {
    let line = state.line
    drawTextCluster(cluster, Point(x + (clusterX ?? cluster.x), y + (clusterY ?? cluster.y)), align, baseline, state.strokeStyle)
    {
      .strokeGlyphs($0, line)
    }
  }
}
