// Parts of a measured text: https://github.com/fserb/canvas2D/blob/master/spec/enhanced-textmetrics.md.
//
// Offsets count UTF-16 units. Places are relative to the point at which the text would be drawn, y downwards. Where the proposal is
// silent, the answers are Chromium's.

import Drawing
import Geometry
import Typography

extension TextMetrics {
  /// In UTF-16 units.
  public var textLength: Int { prepared.text.count }

  private var words: [TextWord] {
    let shaped = prepared.shaped
    if !shaped.words.isEmpty || shaped.clusters.isEmpty { return shaped.words }
    return [
      TextWord(
        start: 0, end: textLength, firstCluster: 0, clusterCount: shaped.clusters.count, x: 0, width: shaped.width,
        isRightToLeft: shaped.isRightToLeft)
    ]
  }

  /// One box for each stretch of neighbouring characters in one direction, as high as the font's box. A range that ends before it
  /// begins is a caret at its end.
  public func selectionRects(from start: Int, to end: Int) -> [Rect] {
    var stretches: [(left: Double, right: Double, isRightToLeft: Bool)] = []
    for word in words {
      let carets = TextCarets(word, of: prepared)
      let first: Int, last: Int
      if start >= end {
        guard word.start <= end, end <= word.end else { continue }
        (first, last) = (end - word.start, end - word.start)
      } else {
        guard word.end > start, word.start < end else { continue }
        (first, last) = (max(start, word.start) - word.start, min(end, word.end) - word.start)
      }
      let edges = [carets.position(first, insideGoesTo: .start), carets.position(last, insideGoesTo: .end)].map { $0 + word.x }
      stretches.append((edges.min() ?? 0, edges.max() ?? 0, word.isRightToLeft))
    }
    return merged(stretches).map { left, right in
      Rect(x: left - prepared.anchorX, y: above - metrics.ascent, width: right - left, height: metrics.ascent + metrics.descent)
    }
  }

  /// Words are our own affair: what touches is one box.
  private func merged(_ stretches: [(left: Double, right: Double, isRightToLeft: Bool)]) -> [(Double, Double)] {
    var merged: [(left: Double, right: Double, isRightToLeft: Bool)] = []
    for next in stretches {
      if let last = merged.last, last.isRightToLeft == next.isRightToLeft,
        abs(last.right - next.left) <= 0.1 || abs(last.left - next.right) <= 0.1
      {
        merged[merged.count - 1] = (min(last.left, next.left), max(last.right, next.right), last.isRightToLeft)
      } else {
        merged.append(next)
      }
    }
    return merged.map { ($0.left, $0.right) }
  }

  /// The box of the ink of the clusters that begin in a range; empty, at the last of them or the text's left end, where there is none.
  public func actualBoundingBox(from start: Int, to end: Int) -> Rect {
    let part = prepared.shaped.part(start..<max(start, end))
    guard let ink = part.inkBox(rounding: .wholeUnits) else {
      return Rect(x: (part.clusters.last?.x ?? 0) - prepared.anchorX, y: above, width: 0, height: 0)
    }
    return Rect(x: ink.x - prepared.anchorX, y: ink.y + above, width: ink.width, height: ink.height)
  }

  /// The clusters with characters in a range, word by word as they are seen, in each word in the order of the text; anchored by
  /// `align` and `baseline`, or as the text itself.
  public func textClusters(
    from start: Int, to end: Int, align: CanvasTextAlign?, baseline: CanvasTextBaseline?
  ) -> [CanvasTextCluster] {
    let align = align ?? prepared.align.resolved(isRightToLeft: prepared.shaped.isRightToLeft),
      baseline = baseline ?? prepared.baseline
    var found: [CanvasTextCluster] = []
    for word in words {
      let all = prepared.shaped.clusters[word.firstCluster..<(word.firstCluster + word.clusterCount)]
      for cluster in all.sorted(by: { $0.start < $1.start }) {
        guard cluster.end > start, end > cluster.start, cluster.width != 0 else { continue }
        let anchor = CanvasTextCluster.anchor(align, width: cluster.width, isRightToLeft: prepared.shaped.isRightToLeft)
        found.append(
          CanvasTextCluster(
            x: cluster.x - prepared.anchorX + anchor, y: above - baseline.height(in: metrics), start: cluster.start,
            end: cluster.end,
            align: align, baseline: baseline, part: prepared.shaped.part(cluster.start..<cluster.end)))
      }
    }
    return found
  }

  /// Where a caret would be put by a click `offset` to the right of the anchor point.
  public func index(fromOffset offset: Double) -> Int {
    let x = min(prepared.shaped.width, max(0, offset + prepared.anchorX))
    let words = words
    guard let index = words.lastIndex(where: { $0.x <= x }) else { return 0 }
    let word = words[index]
    let found = TextCarets(word, of: prepared).offset(at: x - word.x)
    guard word.isRightToLeft != prepared.shaped.isRightToLeft else { return word.start + found }
    return boundary(found, of: index, in: words) ?? word.start + found
  }

  /// The edge of a word that runs against the text is the edge of its neighbour in the text's direction.
  private func boundary(_ found: Int, of index: Int, in words: [TextWord]) -> Int? {
    let word = words[index]
    let isAtStart = found == 0
    guard isAtStart || found == word.end - word.start else { return nil }
    // Against the text, the start of a word from left to right is its left edge.
    let neighbour = isAtStart == word.isRightToLeft ? index + 1 : index - 1
    guard words.indices.contains(neighbour), words[neighbour].isRightToLeft == prepared.shaped.isRightToLeft else { return nil }
    return isAtStart ? words[neighbour].start : words[neighbour].end
  }
}

extension CanvasTextAlign {
  /// `left`, `right` or `center`.
  fileprivate func resolved(isRightToLeft: Bool) -> CanvasTextAlign {
    switch self {
    case .start: isRightToLeft ? .right : .left
    case .end: isRightToLeft ? .left : .right
    default: self
    }
  }
}
