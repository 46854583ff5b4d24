// What happens to runs of coverage: drawn in a colour, shaded, clipped or kept.

import Drawing

/// Draws runs in one colour, source over.
struct SolidConsumer: SpanConsumer {
  let target: BandPlayer.Target
  let color: UInt32
  let isOpaque: Bool
  private(set) var row: PixelPointer

  init(target: BandPlayer.Target, color: UInt32) {
    self.target = target
    self.color = color
    isOpaque = color >= 0xFF00_0000
    row = target.row(0)
  }

  @inline(__always)
  mutating func beginRow(_ y: Int) { row = target.row(y) }

  @inline(__always)
  mutating func addRun(x: Int, count: Int, coverage: UInt32) {
    if coverage == 255, isOpaque {
      SolidRows.fill(row + x, count: count, color: color)
    } else if count == 1 {
      row[x] = SolidRows.over(color, coverage, row[x])
    } else {
      SolidRows.over(row + x, count: count, color: scaled(color, by: coverage))
    }
  }

  @inline(__always)
  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer) {
    SolidRows.over(row + x, count: count, color: color, coverage: coverage)
  }

  @inline(__always)
  mutating func addBlock(_ block: CoverageBlock, scratch: UnsafeMutablePointer<UInt8>) {
    if block.hasRoom, let curve = block.curve {
      SolidRows.over(target.row(block.y) + block.x, bytesPerRow: target.bytesPerRow, color: color, block, curve)
    } else {
      addRows(of: block, scratch: scratch)
    }
  }
}

/// Draws runs with any paint and operator.
struct ShadedConsumer: SpanConsumer {
  let target: BandPlayer.Target
  let shader: Shader
  let compositeOperator: CompositeOperator
  let scratch: ShaderScratch
  private let writesDirectly: Bool
  private var y = 0
  private var row: PixelPointer

  init(target: BandPlayer.Target, shader: Shader, compositeOperator: CompositeOperator, scratch: ShaderScratch) {
    self.target = target
    self.shader = shader
    self.compositeOperator = compositeOperator
    self.scratch = scratch
    writesDirectly = (compositeOperator == .sourceOver && shader.isOpaque) || compositeOperator == .copy
    row = target.row(0)
  }

  mutating func beginRow(_ y: Int) {
    self.y = y
    row = target.row(y)
  }

  mutating func addRun(x: Int, count: Int, coverage: UInt32) {
    if writesDirectly, coverage == 255 {
      shader.fetch(x: x, y: y, count: count, into: row + x, scratch: scratch)
      return
    }
    RowCompositor.blend(compositeOperator, fetch(x, count), into: row + x, count: count, coverage: coverage)
  }

  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer) {
    RowCompositor.blend(compositeOperator, fetch(x, count), into: row + x, count: count, coverage: coverage)
  }

  /// Draws the source weakened by the shape's coverage, on every pixel that the clip lets through.
  mutating func addWeakenedRow(x: Int, count: Int, shape: CoveragePointer, clip: CoveragePointer?) {
    let source = scratch.weakened
    let fetched = fetch(x, count)
    for index in 0..<count { source[index] = scaled(fetched[index], by: UInt32(shape[index])) }
    if let clip {
      RowCompositor.blend(compositeOperator, source, into: row + x, count: count, coverage: clip)
    } else {
      RowCompositor.blend(compositeOperator, source, into: row + x, count: count, coverage: 255)
    }
  }

  @inline(__always)
  private func fetch(_ x: Int, _ count: Int) -> UnsafePointer<UInt32> {
    if !shader.isSolid { shader.fetch(x: x, y: y, count: count, into: scratch.source, scratch: scratch) }
    return UnsafePointer(scratch.source)
  }
}

/// Multiplies coverage by a clip mask.
struct ClippedConsumer<Inner: SpanConsumer>: SpanConsumer {
  var inner: Inner
  let mask: ClipMaskView
  let scratch: UnsafeMutablePointer<UInt8>
  private var y = 0

  init(inner: Inner, mask: ClipMaskView, scratch: UnsafeMutablePointer<UInt8>) {
    self.inner = inner
    self.mask = mask
    self.scratch = scratch
  }

  mutating func beginRow(_ y: Int) {
    self.y = y
    inner.beginRow(y)
  }

  mutating func addRun(x: Int, count: Int, coverage: UInt32) {
    let clip = mask.row(y, from: x)
    if coverage == 255 {
      inner.addRun(x: x, count: count, coverage: clip)
      return
    }
    for index in 0..<count { scratch[index] = multiplied(clip[index], coverage) }
    inner.addRun(x: x, count: count, coverage: UnsafePointer(scratch))
  }

  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer) {
    let clip = mask.row(y, from: x)
    for index in 0..<count { scratch[index] = multiplied(clip[index], UInt32(coverage[index])) }
    inner.addRun(x: x, count: count, coverage: UnsafePointer(scratch))
  }
}

@inline(__always)
func multiplied(_ a: UInt8, _ b: UInt32) -> UInt8 {
  let product = UInt32(a) &* b &+ 128
  return UInt8(truncatingIfNeeded: (product &+ (product &>> 8)) &>> 8)
}

/// Keeps coverage in a plane of bytes; what comes later adds to what is there.
struct PlanePen: SpanConsumer {
  let plane: UnsafeMutablePointer<UInt8>
  let width: Int
  let top: Int
  private var row: UnsafeMutablePointer<UInt8>

  init(plane: UnsafeMutablePointer<UInt8>, width: Int, top: Int) {
    self.plane = plane
    self.width = width
    self.top = top
    row = plane
  }

  @inline(__always)
  mutating func beginRow(_ y: Int) { row = plane + (y &- top) &* width }

  mutating func addRun(x: Int, count: Int, coverage: UInt32) {
    for index in x..<x + count { add(index, coverage) }
  }

  mutating func addRun(x: Int, count: Int, coverage: CoveragePointer) {
    for index in 0..<count { add(x + index, UInt32(coverage[index])) }
  }

  @inline(__always)
  private func add(_ x: Int, _ coverage: UInt32) {
    let present = UInt32(row[x])
    let rest = UInt8(truncatingIfNeeded: 255 &- present)
    row[x] = UInt8(truncatingIfNeeded: present &+ UInt32(multiplied(rest, coverage)))
  }
}
