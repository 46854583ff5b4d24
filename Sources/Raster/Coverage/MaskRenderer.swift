// Shapes drawn into bytes of coverage: clip masks, glyphs.

import Geometry

/// Draws one shape at a time; keeps its accumulators between them.
final class MaskRenderer {
  private static let stripHeight = 32
  private let store = EdgeStore()
  private let overlaps = OverlapResolver()
  private var cells: CellBuffer?
  private var row: [UInt8] = []

  /// Draws what `build` adds (in coordinates of the mask, whose corner is 0,0) into `bytes`, which is zero.
  func render(
    width: Int, height: Int, rule: FillRule, into bytes: UnsafeMutablePointer<UInt8>, bytesPerRow: Int,
    build: (inout EdgeBuilder) -> Void
  ) {
    guard width > 0, height > 0 else { return }
    store.removeAll()
    var builder = EdgeBuilder(store: store, bounds: PixelRect(x: 0, y: 0, width: width, height: height))
    build(&builder)
    guard builder.edgeCount > 0 else { return }
    let cells = cellBuffer(width: width)
    let firstRow = Int(builder.minY &>> 8), lastRow = min(height - 1, Int((builder.maxY - 1) &>> 8))
    let chunk = builder.edgeCount > 64 ? store.makeChunks(from: builder.edgeStart) : -1
    let edges = UnsafePointer(store.edges + builder.edgeStart)
    row.withUnsafeMutableBufferPointer { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var top = firstRow
      while top <= lastRow {
        if chunk >= 0 {
          cells.add(edges, count: builder.edgeCount, chunks: UnsafePointer(store.chunks + chunk), top: top)
        } else {
          cells.add(edges, count: builder.edgeCount, top: top)
        }
        let rows = min(MaskRenderer.stripHeight, lastRow + 1 - top)
        overlaps.resolve(
          rows: 0..<rows, top: top, cells: cells, edges: edges, count: builder.edgeCount,
          chunks: chunk < 0 ? nil : UnsafePointer(store.chunks + chunk), rule: rule)
        var consumer = MaskConsumer(bytes: bytes, bytesPerRow: bytesPerRow)
        cells.sweep(rows: 0..<rows, top: top, columns: 0..<width, rule: rule, scratch: scratch, consumer: &consumer)
        top += rows
      }
    }
  }

  private func cellBuffer(width: Int) -> CellBuffer {
    if let cells, cells.width >= width { return cells }
    let made = CellBuffer(width: max(64, width), height: MaskRenderer.stripHeight)
    cells = made
    row = [UInt8](repeating: 0, count: made.stride + 16)
    return made
  }
}

/// Stores coverage.
private struct MaskConsumer: SpanConsumer {
  let bytes: UnsafeMutablePointer<UInt8>
  let bytesPerRow: Int
  private var row: UnsafeMutablePointer<UInt8>

  init(bytes: UnsafeMutablePointer<UInt8>, bytesPerRow: Int) {
    self.bytes = bytes
    self.bytesPerRow = bytesPerRow
    row = bytes
  }

  mutating func beginRow(_ y: Int) { row = bytes + y &* bytesPerRow }

  mutating func addRun(x: Int, count: Int, coverage: UInt32) {
    (row + x).update(repeating: UInt8(truncatingIfNeeded: coverage), count: count)
  }

  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer) {
    (row + x).update(from: coverage, count: count)
  }
}
