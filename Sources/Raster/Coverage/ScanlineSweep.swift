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
      sweep(NonzeroCoverage.self, rows: rows, top: top, columns: columns, scratch: scratch, consumer: &consumer)
    } else {
      sweep(EvenOddCoverage.self, rows: rows, top: top, columns: columns, scratch: scratch, consumer: &consumer)
    }
  }

  @inline(__always)
  private func sweep<Rule: CoverageRule, Consumer: SpanConsumer>(
    _ rule: Rule.Type, rows: Range<Int>, top: Int, columns: Range<Int>, scratch: UnsafeMutablePointer<UInt8>,
    consumer: inout Consumer
  ) {
    let firstWord = (columns.lowerBound / CellBuffer.groupLength) &>> 6
    let limit = min(columns.upperBound, width)
    let lastWord = min(wordsPerRow - 1, ((columns.upperBound + 1) / CellBuffer.groupLength) &>> 6)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let cells = self.cells + row &* stride
      let words = bits + row &* wordsPerRow
      // The sum up to here, in all lanes.
      var sum = Areas(repeating: 0)
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
            let between = Rule.coverage(of: sum)
            if between != 0, x < limit { consumer.addRun(x: x, count: min(runStart, limit) &- x, coverage: between) }
          }
          var column = runStart
          var out = scratch
          while column < runEnd {
            let group = UnsafeMutableRawPointer(cells + column).assumingMemoryBound(to: Areas.self)
            let sums = runningSums(of: group.pointee, after: sum)
            group.pointee = Areas(repeating: 0)
            sum = Areas(repeating: sums[3])
            let bytes = SIMD4<UInt8>(truncatingIfNeeded: Rule.coverage(sums))
            UnsafeMutableRawPointer(out).storeBytes(of: bytes, as: SIMD4<UInt8>.self)
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
        let rest = Rule.coverage(of: sum)
        if rest != 0 { consumer.addRun(x: x, count: limit &- x, coverage: rest) }
      }
      row &+= 1
    }
  }
}

// MARK: - Sums

/// The accumulators of four neighbouring pixels.
typealias Areas = SIMD4<Int32>

/// Each lane with those before it, and what all lanes of `sum` hold.
@inline(__always)
func runningSums(of areas: Areas, after sum: Areas) -> Areas {
  let pairs = areas &+ Areas(0, areas[0], areas[1], areas[2])
  return sum &+ pairs &+ Areas(0, 0, pairs[0], pairs[1])
}

/// Lanes without their signs.
@inline(__always)
func magnitude(_ areas: Areas) -> Areas {
  let sign = areas &>> Areas(repeating: 31)
  return (areas ^ sign) &- sign
}

/// From sums of areas to 0...255.
private protocol CoverageRule {
  static func coverage(_ sums: Areas) -> Areas
}

extension CoverageRule {
  /// The coverage where all lanes are the same.
  @inline(__always)
  static func coverage(of sum: Areas) -> UInt32 { UInt32(truncatingIfNeeded: coverage(sum)[0]) }

  /// At most 255. (Minima and comparisons of vectors are not done four at a time.)
  @inline(__always)
  static func clamped(_ values: Areas) -> Areas {
    let excess = (Areas(repeating: 255) &- values) &>> Areas(repeating: 31)
    return (values | excess) & Areas(repeating: 255)
  }
}

private enum NonzeroCoverage: CoverageRule {
  @inline(__always)
  static func coverage(_ sums: Areas) -> Areas { clamped(magnitude(sums) &>> Areas(repeating: 9)) }
}

private enum EvenOddCoverage: CoverageRule {
  @inline(__always)
  static func coverage(_ sums: Areas) -> Areas {
    let folded = (sums &>> Areas(repeating: 9)) & Areas(repeating: 511)
    // 512 - folded where more than one.
    let isOver = (Areas(repeating: 256) &- folded) &>> Areas(repeating: 31)
    return clamped(((folded ^ isOver) &- isOver) &+ (isOver & Areas(repeating: 512)))
  }
}
