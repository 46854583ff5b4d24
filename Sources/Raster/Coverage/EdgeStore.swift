// Straight edges of shapes, waiting to be turned into coverage.

/// A directed line in device space, in 1/256 pixels. Horizontal lines are never stored; x and y are not negative.
struct Edge {
  var x0: Int32
  var y0: Int32
  var x1: Int32
  var y1: Int32
}

/// The rows that a run of edges touches, so that bands can pass over the run.
struct EdgeChunk {
  static let length = 32
  var top: Int32
  var bottom: Int32
}

/// All edges of a list of commands, in memory owned by this object and kept for the next list.
final class EdgeStore {
  private(set) var edges: UnsafeMutablePointer<Edge>
  private(set) var count = 0
  private var capacity: Int
  private(set) var chunks: UnsafeMutablePointer<EdgeChunk>
  private(set) var chunkCount = 0
  private var chunkCapacity: Int

  init() {
    capacity = 1024
    edges = .allocate(capacity: capacity)
    chunkCapacity = 64
    chunks = .allocate(capacity: chunkCapacity)
  }

  deinit {
    edges.deallocate()
    chunks.deallocate()
  }

  func removeAll() {
    count = 0
    chunkCount = 0
  }

  /// Makes room for `additional` edges and returns the place for them; `commit` says how many were written.
  @inline(__always)
  func reserve(_ additional: Int) -> UnsafeMutablePointer<Edge> {
    if count &+ additional > capacity { grow(additional) }
    return edges + count
  }

  @inline(__always)
  func commit(_ written: Int) { count &+= written }

  func truncate(to count: Int) { self.count = count }

  private func grow(_ additional: Int) {
    let newCapacity = max(capacity * 2, count + additional)
    let grown = UnsafeMutablePointer<Edge>.allocate(capacity: newCapacity)
    grown.update(from: edges, count: count)
    edges.deallocate()
    edges = grown
    capacity = newCapacity
  }

  /// Notes the rows of each run of edges from `start` on; returns the index of the first chunk.
  func makeChunks(from start: Int) -> Int {
    let first = chunkCount
    let needed = (count - start + EdgeChunk.length - 1) / EdgeChunk.length
    if chunkCount + needed > chunkCapacity {
      chunkCapacity = max(chunkCapacity * 2, chunkCount + needed)
      let grown = UnsafeMutablePointer<EdgeChunk>.allocate(capacity: chunkCapacity)
      grown.update(from: chunks, count: chunkCount)
      chunks.deallocate()
      chunks = grown
    }
    var index = start
    while index < count {
      let end = min(count, index + EdgeChunk.length)
      var top = Int32.max, bottom = Int32.min
      while index < end {
        let edge = edges[index]
        top = min(top, min(edge.y0, edge.y1))
        bottom = max(bottom, max(edge.y0, edge.y1))
        index += 1
      }
      chunks[chunkCount] = EdgeChunk(top: top, bottom: bottom)
      chunkCount += 1
    }
    return first
  }
}
