// Exact areas under edges, summed per pixel.
//
// Each pixel of a band has one accumulator. An edge adds to the pixels it crosses the share of their area that lies to its right,
// and the rest to the pixel after, so that a running sum along a row gives the coverage of every pixel. (The accumulation buffer of
// Raph Levien's font-rs; the bitmap of touched columns, which saves looking at the rest, is Blend2D's.) Units: 1/512 of a pixel's
// width times 1/256 of its height; a full pixel is 2^17.

/// The accumulators of one band, owned by one worker at a time and all zero between shapes.
final class CellBuffer {
  /// One bit stands for this many pixels.
  static let groupLength = 4

  let width: Int
  let height: Int
  let stride: Int
  let wordsPerRow: Int
  let cells: UnsafeMutablePointer<Int32>
  let bits: UnsafeMutablePointer<UInt64>

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    stride = (width + 2 + 15) & ~15
    wordsPerRow = (stride / CellBuffer.groupLength + 63) / 64
    cells = .allocate(capacity: stride * height)
    cells.initialize(repeating: 0, count: stride * height)
    bits = .allocate(capacity: wordsPerRow * height)
    bits.initialize(repeating: 0, count: wordsPerRow * height)
  }

  deinit {
    cells.deallocate()
    bits.deallocate()
  }

  /// Adds the parts of the edges that lie in the rows `top ..< top + height`.
  func add(_ edges: UnsafePointer<Edge>, count: Int, top: Int) {
    let bandTop = Int32(truncatingIfNeeded: top &<< 8)
    let bandBottom = bandTop &+ Int32(truncatingIfNeeded: height &<< 8)
    var writer = CellWriter(cells: cells, bits: bits, stride: stride, wordsPerRow: wordsPerRow)
    var index = 0
    while index < count {
      let edge = edges[index]
      index &+= 1
      if edge.y0 < edge.y1 {
        if edge.y1 > bandTop, edge.y0 < bandBottom {
          writer.add(edge.x0, edge.y0, edge.x1, edge.y1, sign: 1, bandTop: bandTop, bandBottom: bandBottom)
        }
      } else if edge.y0 > bandTop, edge.y1 < bandBottom {
        writer.add(edge.x1, edge.y1, edge.x0, edge.y0, sign: -1, bandTop: bandTop, bandBottom: bandBottom)
      }
    }
  }

  /// Adds a line of height `height` (1...256) from `xa` to `xb` to row `row`.
  func add(_ xa: Int32, _ xb: Int32, height: Int32, row: Int, sign: Int32) {
    var writer = CellWriter(cells: cells, bits: bits, stride: stride, wordsPerRow: wordsPerRow)
    writer.addRow(xa, xb, height, row: row, sign: sign)
  }

  /// Makes the accumulators of a row zero.
  func clear(row: Int) {
    let cells = self.cells + row &* stride, words = bits + row &* wordsPerRow
    var wordIndex = 0
    while wordIndex < wordsPerRow {
      var word = words[wordIndex]
      words[wordIndex] = 0
      while word != 0 {
        let group = wordIndex &* 64 &+ word.trailingZeroBitCount
        word &= word &- 1
        UnsafeMutableRawPointer(cells + group &* 4).storeBytes(of: SIMD4<Int32>(repeating: 0), as: SIMD4<Int32>.self)
      }
      wordIndex &+= 1
    }
  }

  /// Whether the sums of a row pass by "all of a pixel, once" without stopping there: only then two strands share pixels that
  /// neither of them covers whole. (A strand over what is covered anyway does no harm.)
  func hasOverlap(row: Int) -> Bool {
    // Rounding may add up to a few units for each edge in a pixel.
    let high: Int32 = 1 << 17 &+ 1 << 11, low: Int32 = 1 << 17 &- 1 << 11
    let cells = self.cells + row &* stride, words = bits + row &* wordsPerRow
    var sum = Areas(repeating: 0)
    var wordIndex = 0
    while wordIndex < wordsPerRow {
      var word = words[wordIndex]
      while word != 0 {
        let group = wordIndex &* 64 &+ word.trailingZeroBitCount
        word &= word &- 1
        let areas = UnsafeRawPointer(cells + group &* 4).assumingMemoryBound(to: Areas.self).pointee
        let sums = magnitude(runningSums(of: areas, after: sum))
        let before = magnitude(sum)
        sum = runningSums(of: areas, after: sum)
        sum = Areas(repeating: sum[3])
        // A sign bit where a sum is above; seldom any is.
        let isHigh = unsafeBitCast(
          (Areas(repeating: high) &- sums) | (Areas(repeating: high) &- before), to: SIMD2<UInt64>.self)
        if (isHigh[0] | isHigh[1]) & 0x8000_0000_8000_0000 == 0 { continue }
        if passes(before[0], sums[0], low, high) || passes(sums[0], sums[1], low, high) || passes(sums[1], sums[2], low, high)
          || passes(sums[2], sums[3], low, high)
        {
          return true
        }
      }
      wordIndex &+= 1
    }
    return false
  }

  @inline(__always)
  private func passes(_ a: Int32, _ b: Int32, _ low: Int32, _ high: Int32) -> Bool { a < low && b > high || a > high && b < low }

  /// The same for edges whose runs have their rows noted in `chunks`.
  func add(_ edges: UnsafePointer<Edge>, count: Int, chunks: UnsafePointer<EdgeChunk>, top: Int) {
    let bandTop = Int32(truncatingIfNeeded: top &<< 8)
    let bandBottom = bandTop &+ Int32(truncatingIfNeeded: height &<< 8)
    var index = 0
    var chunk = 0
    while index < count {
      let length = min(EdgeChunk.length, count &- index)
      if chunks[chunk].bottom > bandTop, chunks[chunk].top < bandBottom { add(edges + index, count: length, top: top) }
      index &+= length
      chunk &+= 1
    }
  }
}

/// Writes edges into the accumulators of a band.
private struct CellWriter {
  let cells: UnsafeMutablePointer<Int32>
  let bits: UnsafeMutablePointer<UInt64>
  let stride: Int
  let wordsPerRow: Int

  /// A line downwards, y0 < y1. Where it meets the borders of rows depends on its ends alone, not on the band.
  @inline(__always)
  mutating func add(
    _ x0: Int32, _ y0: Int32, _ x1: Int32, _ y1: Int32, sign: Int32, bandTop: Int32, bandBottom: Int32
  ) {
    var y = max(y0, bandTop)
    let end = min(y1, bandBottom)
    var row = Int((y &- bandTop) &>> 8)
    if x0 == x1 {
      addVertical(x0, y, end, row: row, sign: sign)
      return
    }
    if (y0 &>> 8) == ((y1 &- 1) &>> 8) {
      addRow(x0, x1, y1 &- y0, row: row, sign: sign)
      return
    }
    let slope = Double(x1 &- x0) / Double(y1 &- y0)
    let origin = Double(x0) + 0.5
    var x = y == y0 ? x0 : Int32(origin + Double(y &- y0) * slope)
    while y < end {
      let nextY = min((y | 255) &+ 1, end)
      let nextX = nextY == y1 ? x1 : Int32(origin + Double(nextY &- y0) * slope)
      addRow(x, nextX, nextY &- y, row: row, sign: sign)
      x = nextX
      y = nextY
      row &+= 1
    }
  }

  @inline(__always)
  private func mark(_ row: Int, _ column: Int) {
    let group = column &>> 2
    bits[row &* wordsPerRow &+ (group &>> 6)] |= 1 &<< UInt64(truncatingIfNeeded: group & 63)
  }

  @inline(__always)
  private mutating func addVertical(_ x: Int32, _ from: Int32, _ to: Int32, row: Int, sign: Int32) {
    let column = Int(x &>> 8)
    let twiceX = (x & 255) &* 2
    var y = from
    var row = row
    var cell = cells + (row &* stride &+ column)
    while y < to {
      let nextY = min((y | 255) &+ 1, to)
      let height = (nextY &- y) &* sign
      let area = height &* twiceX
      cell[0] &+= height &* 512 &- area
      cell[1] &+= area
      mark(row, column)
      mark(row, column &+ 1)
      y = nextY
      row &+= 1
      cell += stride
    }
  }

  /// A line of height `height` (1...256) from `xa` to `xb` within one row.
  @inline(__always)
  mutating func addRow(_ xa: Int32, _ xb: Int32, _ height: Int32, row: Int, sign: Int32) {
    // Only the set of points matters, so the line may be read from left to right.
    let left = min(xa, xb), right = max(xa, xb)
    let first = Int(left &>> 8), last = Int(right &>> 8)
    let base = cells + row &* stride
    if first == last {
      let signed = height &* sign
      let area = signed &* ((left & 255) &+ (right & 255))
      base[first] &+= signed &* 512 &- area
      base[first &+ 1] &+= area
      mark(row, first)
      mark(row, first &+ 1)
      return
    }
    let rise = Float(height) / Float(right &- left)
    var border = (left | 255) &+ 1
    var done = Int32(Float(border &- left) * rise + 0.5)
    // First pixel: from `left` to its right border.
    var signed = done &* sign
    var area = signed &* ((left & 255) &+ 256)
    base[first] &+= signed &* 512 &- area
    var carried = area
    var column = first &+ 1
    while column < last {
      border &+= 256
      let reached = Int32(Float(border &- left) * rise + 0.5)
      signed = (reached &- done) &* sign
      done = reached
      // Half of a fully crossed pixel's share lies in it, half in the next one.
      area = signed &* 256
      base[column] &+= carried &+ area
      carried = area
      column &+= 1
    }
    signed = (height &- done) &* sign
    area = signed &* (right & 255)
    base[last] &+= carried &+ signed &* 512 &- area
    base[last &+ 1] &+= area
    markRange(row, first, last &+ 1)
  }

  @inline(__always)
  private func markRange(_ row: Int, _ first: Int, _ last: Int) {
    let firstGroup = first &>> 2, lastGroup = last &>> 2
    let words = bits + row &* wordsPerRow
    let firstWord = firstGroup &>> 6, lastWord = lastGroup &>> 6
    let head = ~UInt64(0) &<< UInt64(truncatingIfNeeded: firstGroup & 63)
    let tail = ~UInt64(0) &>> UInt64(truncatingIfNeeded: 63 &- (lastGroup & 63))
    if firstWord == lastWord {
      words[firstWord] |= head & tail
      return
    }
    words[firstWord] |= head
    var word = firstWord &+ 1
    while word < lastWord {
      words[word] = ~0
      word &+= 1
    }
    words[lastWord] |= tail
  }
}
