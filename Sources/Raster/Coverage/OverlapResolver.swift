// Rows in which a shape covers part of a pixel more than once.
//
// Sums of signed areas say how often a pixel is covered, not which part of it: two strands that overlap in half of a pixel count twice
// there. Such rows are cut into slices without corners or crossings; in each slice the outer edges of what is inside are found by
// their winding, and only these are summed. (Slices between scanline events: Skia's analytic coverage and Nehab and Hoppe, 2008.)
// Strands of opposite direction that cross inside one pixel still cancel there.

import Geometry

/// Rewrites single rows of accumulators; owned by one worker.
final class OverlapResolver {
  /// Corners inside rows are moved to quarters of a row, where those of lines lie already.
  private static let step: Int32 = 64
  private static let steps = 4
  /// A row that more edges cross keeps its sums: it is a texture rather than a shape, and the work would grow with their number.
  private static let maximumEdges = 64

  /// A downward edge with the direction that it had.
  private struct Strand {
    let edge: Edge
    let winding: Int32
    /// How far it goes to the right on its way down by one.
    let slope: Double

    @inline(__always)
    init(edge: Edge, winding: Int32) {
      self.edge = edge
      self.winding = winding
      slope = Double(edge.x1 &- edge.x0) / Double(edge.y1 &- edge.y0)
    }

    /// Where it meets the height `y`, in 1/256 pixels; its nearer end beyond them.
    @inline(__always)
    func x(atRow y: Int32) -> Int32 {
      if y <= edge.y0 { return edge.x0 }
      if y >= edge.y1 { return edge.x1 }
      return Int32(Double(edge.x0) + 0.5 + Double(y &- edge.y0) * slope)
    }
  }

  /// Where an edge enters and leaves a slice.
  private struct Side {
    var top: Int32
    var bottom: Int32
    var winding: Int32
    var strand: Int32
  }

  private let strands: UnsafeMutablePointer<Strand>
  private let sides: UnsafeMutablePointer<Side>
  /// Numbers of strands as the slice before had them from left to right: mostly the order of the next one too.
  private let order: UnsafeMutablePointer<Int32>
  private let idle: UnsafeMutablePointer<Int32>

  init() {
    strands = .allocate(capacity: OverlapResolver.maximumEdges)
    sides = .allocate(capacity: OverlapResolver.maximumEdges)
    order = .allocate(capacity: OverlapResolver.maximumEdges)
    idle = .allocate(capacity: OverlapResolver.maximumEdges)
  }

  deinit {
    strands.deallocate()
    sides.deallocate()
    order.deallocate()
    idle.deallocate()
  }

  /// Rewrites those of `rows` (from 0) in which strands share pixels.
  @inline(__always)
  func resolve(
    rows: Range<Int>, top: Int, cells: CellBuffer, edges: UnsafePointer<Edge>, count: Int, chunks: UnsafePointer<EdgeChunk>?,
    rule: FillRule
  ) {
    // A triangle cannot overlap itself.
    if count <= 3 { return }
    for row in rows where cells.hasOverlap(row: row) {
      resolve(row: row, top: top, cells: cells, edges: edges, count: count, chunks: chunks, rule: rule)
    }
  }

  /// Makes the accumulators of `row` (from 0) those of the outline of what lies inside the shape by `rule`.
  private func resolve(
    row: Int, top: Int, cells: CellBuffer, edges: UnsafePointer<Edge>, count: Int, chunks: UnsafePointer<EdgeChunk>?,
    rule: FillRule
  ) {
    let rowTop = Int32(truncatingIfNeeded: (top &+ row) &<< 8)
    let strandCount = gather(edges, count, chunks, rowTop, rowTop &+ 256)
    guard strandCount > 0 else { return }
    cells.clear(row: row)
    // Bit n: an edge begins or ends n steps below the row's top.
    var cuts: UInt32 = 1 &<< UInt32(OverlapResolver.steps)
    var index = 0
    while index < strandCount {
      order[index] = Int32(truncatingIfNeeded: index)
      let edge = strands[index].edge
      if edge.y0 > rowTop { cuts |= 1 &<< OverlapResolver.step(edge.y0 &- rowTop) }
      if edge.y1 < rowTop &+ 256 { cuts |= 1 &<< OverlapResolver.step(edge.y1 &- rowTop) }
      index &+= 1
    }
    var from = 0
    while from < OverlapResolver.steps {
      let to = from &+ 1 &+ (cuts &>> UInt32(from &+ 1)).trailingZeroBitCount
      slice(from: from, to: to, row: row, rowTop: rowTop, strandCount: strandCount, cells: cells, rule: rule)
      from = to
    }
  }

  @inline(__always)
  private static func step(_ height: Int32) -> UInt32 { UInt32(bitPattern: (height &+ step / 2) / step) }

  /// Collects the edges that touch the row; 0 when there are too many.
  private func gather(
    _ edges: UnsafePointer<Edge>, _ count: Int, _ chunks: UnsafePointer<EdgeChunk>?, _ rowTop: Int32, _ rowBottom: Int32
  ) -> Int {
    var found = 0
    var index = 0
    while index < count {
      if let chunks, index & (EdgeChunk.length &- 1) == 0 {
        let chunk = chunks[index / EdgeChunk.length]
        if chunk.bottom <= rowTop || chunk.top >= rowBottom {
          index &+= EdgeChunk.length
          continue
        }
      }
      let edge = edges[index]
      index &+= 1
      let goesDown = edge.y0 < edge.y1
      if max(edge.y0, edge.y1) <= rowTop || min(edge.y0, edge.y1) >= rowBottom { continue }
      if found == OverlapResolver.maximumEdges { return 0 }
      strands[found] =
        goesDown
        ? Strand(edge: edge, winding: 1)
        : Strand(edge: Edge(x0: edge.x1, y0: edge.y1, x1: edge.x0, y1: edge.y0), winding: -1)
      found &+= 1
    }
    return found
  }

  /// Sums the part between two steps of the row, where no edge begins or ends.
  private func slice(from: Int, to: Int, row: Int, rowTop: Int32, strandCount: Int, cells: CellBuffer, rule: FillRule) {
    let top = rowTop &+ Int32(truncatingIfNeeded: from) &* OverlapResolver.step
    let bottom = rowTop &+ Int32(truncatingIfNeeded: to) &* OverlapResolver.step
    let middle = (top &+ bottom) / 2
    var count = 0, idleCount = 0
    var index = 0
    while index < strandCount {
      let number = order[index]
      let strand = strands + Int(number)
      if strand.pointee.edge.y0 <= middle, strand.pointee.edge.y1 > middle {
        insert(
          Side(
            top: strand.pointee.x(atRow: top), bottom: strand.pointee.x(atRow: bottom), winding: strand.pointee.winding,
            strand: number),
          at: count)
        count &+= 1
      } else {
        idle[idleCount] = number
        idleCount &+= 1
      }
      index &+= 1
    }
    index = 0
    while index < count {
      order[index] = sides[index].strand
      index &+= 1
    }
    (order + count).update(from: idle, count: idleCount)
    if to - from > 1, crosses(count) {
      let half = (from + to) / 2
      slice(from: from, to: half, row: row, rowTop: rowTop, strandCount: strandCount, cells: cells, rule: rule)
      slice(from: half, to: to, row: row, rowTop: rowTop, strandCount: strandCount, cells: cells, rule: rule)
      return
    }
    // Any winding but 0 is inside by the one rule, any odd one by the other.
    let mask: Int32 = rule == .nonzero ? -1 : 1
    var winding: Int32 = 0
    index = 0
    while index < count {
      let side = sides[index]
      let wasInside = winding & mask != 0
      winding &+= side.winding
      let isInside = winding & mask != 0
      if wasInside != isInside {
        cells.add(side.top, side.bottom, height: bottom &- top, row: row, sign: isInside ? 1 : -1)
      }
      index &+= 1
    }
  }

  /// Keeps the sides in order from left to right by their middles.
  @inline(__always)
  private func insert(_ side: Side, at end: Int) {
    var place = end
    while place > 0, sides[place &- 1].top &+ sides[place &- 1].bottom > side.top &+ side.bottom {
      sides[place] = sides[place &- 1]
      place &-= 1
    }
    sides[place] = side
  }

  @inline(__always)
  private func crosses(_ count: Int) -> Bool {
    var index = 1
    while index < count {
      let left = sides[index &- 1], right = sides[index]
      if left.top > right.top || left.bottom > right.bottom { return true }
      index &+= 1
    }
    return false
  }
}
