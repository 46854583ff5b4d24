// From accumulated areas to runs of coverage, row by row.

import Drawing
import Geometry

/// Takes the coverage of one row in runs from left to right.
protocol SpanConsumer {
  mutating func beginRow(_ y: Int)
  /// `count` pixels from column `x` on, all with `coverage` 1...255.
  mutating func addRun(x: Int, count: Int, coverage: UInt32)
  /// `count` pixels, each with its own coverage 0...255.
  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer)
  /// A block of pixels, each with its own coverage. `scratch` has room for a row of bytes.
  mutating func addBlock(_ block: CoverageBlock, scratch: UnsafeMutablePointer<UInt8>)
}

/// Coverage of a block of pixels of the surface.
struct CoverageBlock {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
  var coverage: CoveragePointer
  var bytesPerRow: Int
  /// Whether the rows' rests up to a whole group of four have room on the surface, and clear coverage.
  var hasRoom: Bool
  /// What coverage stands for (see `GlyphContrast`); nil when it stands for itself.
  var curve: UnsafePointer<UInt32>?
}

extension SpanConsumer {
  @inline(__always)
  mutating func addBlock(_ block: CoverageBlock, scratch: UnsafeMutablePointer<UInt8>) { addRows(of: block, scratch: scratch) }

  mutating func addRows(of block: CoverageBlock, scratch: UnsafeMutablePointer<UInt8>) {
    for row in 0..<block.height {
      var coverage = block.coverage + row * block.bytesPerRow
      if let curve = block.curve {
        for index in 0..<block.width { scratch[index] = UInt8(truncatingIfNeeded: curve[Int(coverage[index])]) }
        coverage = CoveragePointer(scratch)
      }
      beginRow(block.y + row)
      addRun(x: block.x, count: block.width, coverage: coverage)
    }
  }
}

extension CellBuffer {
  /// Hands the coverage of rows `rows` (from 0) to `consumer` and leaves their accumulators zero. `top` is the band's first row,
  /// `columns` bounds what is wanted (edges right of it may be missing).
  /// `scratch` has room for a row of bytes.
  @inline(__always)
  func sweep<Consumer: SpanConsumer>(
    rows: Range<Int>, top: Int, columns: Range<Int>, rule: FillRule, scratch: UnsafeMutablePointer<UInt8>,
    consumer: inout Consumer
  ) {
    if rule == .nonzero {
      sweep(rows: rows, top: top, columns: columns, scratch: scratch, consumer: &consumer, coverage: CellBuffer.nonzero)
    } else {
      sweep(rows: rows, top: top, columns: columns, scratch: scratch, consumer: &consumer, coverage: CellBuffer.evenodd)
    }
  }

  /// 0...255 from a sum of areas.
  @inline(__always)
  private static func nonzero(_ sum: Int32) -> UInt32 {
    let magnitude = (sum ^ (sum &>> 31)) &- (sum &>> 31)
    return UInt32(truncatingIfNeeded: min(255, magnitude &>> 9))
  }

  @inline(__always)
  private static func evenodd(_ sum: Int32) -> UInt32 {
    let folded = (sum &>> 9) & 511
    return UInt32(truncatingIfNeeded: min(255, folded > 256 ? 512 &- folded : folded))
  }

  @inline(__always)
  private func sweep<Consumer: SpanConsumer>(
    rows: Range<Int>, top: Int, columns: Range<Int>, scratch: UnsafeMutablePointer<UInt8>, consumer: inout Consumer,
    coverage: (Int32) -> UInt32
  ) {
    let firstWord = (columns.lowerBound / CellBuffer.groupLength) &>> 6
    let limit = min(columns.upperBound, width)
    let lastWord = min(wordsPerRow - 1, ((columns.upperBound + 1) / CellBuffer.groupLength) &>> 6)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let cells = self.cells + row &* stride
      let words = bits + row &* wordsPerRow
      var sum: Int32 = 0
      var x = 0
      var hasBegun = false
      var wordIndex = firstWord
      while wordIndex <= lastWord {
        var word = words[wordIndex]
        if word == 0 {
          wordIndex &+= 1
          continue
        }
        words[wordIndex] = 0
        if !hasBegun {
          consumer.beginRow(top &+ row)
          hasBegun = true
        }
        let base = wordIndex &* 64
        while word != 0 {
          let firstGroup = word.trailingZeroBitCount
          let groups = (~(word &>> UInt64(truncatingIfNeeded: firstGroup))).trailingZeroBitCount
          let runStart = (base &+ firstGroup) &* 4
          let runEnd = min(runStart &+ groups &* 4, stride)
          if runStart > x {
            let between = coverage(sum)
            if between != 0, x < limit { consumer.addRun(x: x, count: min(runStart, limit) &- x, coverage: between) }
          }
          var column = runStart
          var out = scratch
          while column < runEnd {
            let group = UnsafeMutableRawPointer(cells + column).assumingMemoryBound(to: SIMD4<Int32>.self)
            let areas = group.pointee
            group.pointee = SIMD4(repeating: 0)
            let s0 = sum &+ areas[0], s1 = s0 &+ areas[1], s2 = s1 &+ areas[2], s3 = s2 &+ areas[3]
            sum = s3
            let bytes = coverage(s0) | coverage(s1) &<< 8 | coverage(s2) &<< 16 | coverage(s3) &<< 24
            UnsafeMutableRawPointer(out).storeBytes(of: bytes, as: UInt32.self)
            out += 4
            column &+= 4
          }
          let visible = min(runEnd, limit) &- runStart
          if visible > 0 { consumer.addRun(x: runStart, count: visible, coverage: UnsafePointer(scratch)) }
          x = runEnd
          let used = firstGroup &+ groups
          word = used >= 64 ? 0 : word & (~UInt64(0) &<< UInt64(truncatingIfNeeded: used))
        }
        wordIndex &+= 1
      }
      if hasBegun, x < limit {
        let rest = coverage(sum)
        if rest != 0 { consumer.addRun(x: x, count: limit &- x, coverage: rest) }
      }
      row &+= 1
    }
  }
}
