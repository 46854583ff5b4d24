// Parts of a measured text: https://github.com/fserb/canvas2D/blob/master/spec/enhanced-textmetrics.md.
//
// Offsets count UTF-16 units. Places are relative to the point at which the text would be drawn, y downwards.

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

extension TextMetrics {
  /// In UTF-16 units.
  public var textLength: Int { prepared.shaped.clusters.reduce(0) { max($0, $1.end) } }

  /// One box for each stretch of neighbouring characters, as high as the font's box, from left to right.
  public func selectionRects(from start: Int, to end: Int) -> [Rect] {
    var stretches: [(left: Double, right: Double)] = []
    for cluster in prepared.shaped.clusters {
      guard let (left, right) = extent(of: cluster, from: min(start, end), to: max(start, end)) else { continue }
      if let last = stretches.last, left - last.right < 1e-6 {
        stretches[stretches.count - 1].right = right
      } else {
        stretches.append((left, right))
      }
    }
    return stretches.map { left, right in
      Rect(x: left - prepared.anchorX, y: above - metrics.ascent, width: right - left, height: metrics.ascent + metrics.descent)
    }
  }

  /// The part of a cluster that the range takes; the characters of a ligature have equal shares.
  private func extent(of cluster: TextCluster, from start: Int, to end: Int) -> (Double, Double)? {
    let first = max(start, cluster.start), last = min(end, cluster.end)
    guard first < last else { return nil }
    let share = cluster.width / Double(cluster.end - cluster.start)
    let before = Double(cluster.isRightToLeft ? cluster.end - last : first - cluster.start) * share
    return (cluster.x + before, cluster.x + before + Double(last - first) * share)
  }

  /// The box of the ink of a range of characters; empty at the anchor where there is none.
  public func actualBoundingBox(from start: Int, to end: Int) -> Rect {
    guard start != end, let ink = prepared.shaped.part(min(start, end)..<max(start, end)).inkBox(rounding: .wholeUnits) else { return .zero }
    return Rect(x: ink.x - prepared.anchorX, y: ink.y + above, width: ink.width, height: ink.height)
  }

  /// The clusters with characters in a range, in the order of the text, anchored by `align` and `baseline`, or as the text itself.
  public func textClusters(
    from start: Int, to end: Int, align: CanvasTextAlign?, baseline: CanvasTextBaseline?
  ) -> [CanvasTextCluster] {
    let align = align ?? prepared.align, baseline = baseline ?? prepared.baseline
    let clusters = prepared.shaped.clusters.filter { $0.start < max(start, end) && $0.end > min(start, end) }
    return clusters.sorted { $0.start < $1.start }.map { cluster in
      let anchor = CanvasTextCluster.anchor(align, width: cluster.width, isRightToLeft: prepared.shaped.isRightToLeft)
      return CanvasTextCluster(
        x: cluster.x - prepared.anchorX + anchor, y: above - baseline.height(in: metrics), start: cluster.start, end: cluster.end,
        align: align, baseline: baseline, part: prepared.shaped.part(cluster.start..<cluster.end))
    }
  }

  /// Where a caret would be put by a click `offset` to the right of the anchor point.
  public func index(fromOffset offset: Double) -> Int {
    let x = offset + prepared.anchorX
    let clusters = prepared.shaped.clusters
    guard let first = clusters.first, x >= first.x else { return prepared.shaped.isRightToLeft ? textLength : 0 }
    guard let cluster = clusters.last(where: { $0.x <= x }), x <= cluster.x + cluster.width else {
      return prepared.shaped.isRightToLeft ? 0 : textLength
    }
    let isLeftHalf = x < cluster.x + cluster.width / 2
    return isLeftHalf == cluster.isRightToLeft ? cluster.end : cluster.start
  }
}

extension CanvasRenderingContext2D {
  /// Draws a cluster at its place in a text whose anchor is at (`x`, `y`); the other arguments replace the cluster's own.
  public func fillTextCluster(
    _ cluster: CanvasTextCluster, _ x: Double, _ y: Double, align: CanvasTextAlign? = nil, baseline: CanvasTextBaseline? = nil,
    clusterX: Double? = nil, clusterY: Double? = nil
  ) {
    drawTextCluster(cluster, Point(x + (clusterX ?? cluster.x), y + (clusterY ?? cluster.y)), align, baseline, state.fillStyle) { .fillGlyphs($0) }
  }

  public func strokeTextCluster(
    _ cluster: CanvasTextCluster, _ x: Double, _ y: Double, align: CanvasTextAlign? = nil, baseline: CanvasTextBaseline? = nil,
    clusterX: Double? = nil, clusterY: Double? = nil
  ) {
    let line = state.line
    drawTextCluster(cluster, Point(x + (clusterX ?? cluster.x), y + (clusterY ?? cluster.y)), align, baseline, state.strokeStyle) {
      .strokeGlyphs($0, line)
    }
  }
}
