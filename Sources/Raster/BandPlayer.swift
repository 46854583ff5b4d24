// Plays the commands of a band on the pixels of a band.

import Drawing
import Geometry

/// One worker's memory: accumulators and rows, reused from band to band.
final class BandPlayer {
  let plan: RasterPlan
  private let cells: CellBuffer
  private let overlaps = OverlapResolver()
  private let coverageRow: UnsafeMutablePointer<UInt8>
  private let clippedRow: UnsafeMutablePointer<UInt8>
  private let rows: ShaderScratch
  /// A byte for each pixel of a band; made when a command first needs it, all zero between commands.
  private var plane: UnsafeMutablePointer<UInt8>?

  init(plan: RasterPlan) {
    self.plan = plan
    let width = plan.size.width
    cells = CellBuffer(width: width, height: plan.bandHeight)
    coverageRow = .allocate(capacity: cells.stride + 16)
    clippedRow = .allocate(capacity: cells.stride + 16)
    rows = ShaderScratch(width: width)
  }

  deinit {
    coverageRow.deallocate()
    clippedRow.deallocate()
    plane?.deallocate()
  }

  /// Draws band `band` of the plan into the pixmap at `base`.
  func play(band: Int, base: UnsafeMutableRawPointer, bytesPerRow: Int, staysOpaque: Bool) {
    let bandTop = band * plan.bandHeight
    let bandBottom = min(plan.size.height, bandTop + plan.bandHeight)
    let target = Target(base: base, bytesPerRow: bytesPerRow)
    for index in plan.list(ofBand: band) {
      let command = plan.commands + Int(index)
      let top = max(bandTop, Int(command.pointee.top)), bottom = min(bandBottom, Int(command.pointee.bottom))
      guard top < bottom else { continue }
      draw(command, rows: top..<bottom, bandTop: bandTop, target: target)
      if staysOpaque { makeOpaque(command, rows: top..<bottom, target: target) }
    }
  }

  struct Target {
    let base: UnsafeMutableRawPointer
    let bytesPerRow: Int

    @inline(__always)
    func row(_ y: Int) -> PixelPointer { (base + y &* bytesPerRow).assumingMemoryBound(to: UInt32.self) }
  }

  private func draw(_ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, target: Target) {
    if command.pointee.kind == .putPixels {
      putPixels(command, rows: rows, target: target)
      return
    }
    if command.pointee.affectsWholeClip {
      drawWholeClip(command, rows: rows, bandTop: bandTop, target: target)
      return
    }
    if command.pointee.shader < 0, command.pointee.compositeOperator == .sourceOver {
      var consumer = SolidConsumer(target: target, color: command.pointee.color)
      drawClipped(command, rows: rows, bandTop: bandTop, &consumer)
    } else {
      var consumer = shadedConsumer(command, target: target)
      drawClipped(command, rows: rows, bandTop: bandTop, &consumer)
    }
  }

  private func shadedConsumer(_ command: UnsafePointer<RasterCommand>, target: Target) -> ShadedConsumer {
    let shader = command.pointee.shader < 0 ? Shader(color: command.pointee.color) : plan.shaders[Int(command.pointee.shader)]
    if shader.isSolid { rows.fill(shader.color) }
    return ShadedConsumer(
      target: target, shader: shader, compositeOperator: command.pointee.compositeOperator, scratch: rows)
  }

  @inline(__always)
  private func drawClipped<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, _ consumer: inout Consumer
  ) {
    if command.pointee.mask >= 0 {
      var clipped = ClippedConsumer(
        inner: consumer, mask: plan.clipMasks[Int(command.pointee.mask)], scratch: clippedRow)
      drawShape(command, rows: rows, bandTop: bandTop, &clipped)
    } else {
      drawShape(command, rows: rows, bandTop: bandTop, &consumer)
    }
  }

  // MARK: - Shapes

  @inline(__always)
  private func drawShape<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, _ consumer: inout Consumer
  ) {
    switch command.pointee.kind {
    case .rectangle: drawRectangle(command, rows: rows, &consumer)
    case .edges: drawEdges(command, rows: rows, bandTop: bandTop, &consumer)
    case .hairlines: drawHairlines(command, rows: rows, bandTop: bandTop, &consumer)
    case .masks: drawMasks(command, rows: rows, &consumer)
    case .putPixels: break
    }
  }

  private func drawEdges<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, _ consumer: inout Consumer
  ) {
    let edges = UnsafePointer(plan.edges.edges + Int(command.pointee.first))
    if command.pointee.chunk >= 0 {
      cells.add(
        edges, count: Int(command.pointee.count), chunks: UnsafePointer(plan.edges.chunks + Int(command.pointee.chunk)),
        top: bandTop)
    } else {
      cells.add(edges, count: Int(command.pointee.count), top: bandTop)
    }
    overlaps.resolve(
      rows: (rows.lowerBound - bandTop)..<(rows.upperBound - bandTop), top: bandTop, cells: cells, edges: edges,
      count: Int(command.pointee.count),
      chunks: command.pointee.chunk < 0 ? nil : UnsafePointer(plan.edges.chunks + Int(command.pointee.chunk)),
      rule: command.pointee.rule)
    cells.sweep(
      rows: (rows.lowerBound - bandTop)..<(rows.upperBound - bandTop), top: bandTop,
      columns: Int(command.pointee.left)..<Int(command.pointee.right), rule: command.pointee.rule, scratch: coverageRow,
      consumer: &consumer)
  }

  private func drawRectangle<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, _ consumer: inout Consumer
  ) {
    let extent = command.pointee.extent
    let firstColumn = Int(extent.x0 &>> 8), lastColumn = Int((extent.x1 &- 1) &>> 8)
    let leftWeight: UInt32, rightWeight: UInt32
    if firstColumn == lastColumn {
      leftWeight = UInt32(extent.x1 &- extent.x0)
      rightWeight = 0
    } else {
      leftWeight = UInt32(256 &- (extent.x0 & 255))
      rightWeight = UInt32(((extent.x1 &- 1) & 255) &+ 1)
    }
    for y in rows {
      let rowTop = Int32(y &<< 8)
      let height = UInt32(max(0, min(extent.y1, rowTop &+ 256) &- max(extent.y0, rowTop)))
      if height == 0 { continue }
      consumer.beginRow(y)
      let full = weigh(256, height)
      var start = firstColumn
      if leftWeight < 256 || firstColumn == lastColumn {
        let coverage = weigh(leftWeight, height)
        if coverage != 0 { consumer.addRun(x: firstColumn, count: 1, coverage: coverage) }
        start &+= 1
      }
      if firstColumn == lastColumn { continue }
      let end = rightWeight < 256 ? lastColumn : lastColumn &+ 1
      if end > start, full != 0 { consumer.addRun(x: start, count: end &- start, coverage: full) }
      if rightWeight < 256 {
        let coverage = weigh(rightWeight, height)
        if coverage != 0 { consumer.addRun(x: lastColumn, count: 1, coverage: coverage) }
      }
    }
  }

  /// Coverage of a pixel part from its width and height in 1/256.
  @inline(__always)
  private func weigh(_ width: UInt32, _ height: UInt32) -> UInt32 { (width &* height &* 255 &+ 32768) &>> 16 }

  private func drawMasks<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, _ consumer: inout Consumer
  ) {
    let first = Int(command.pointee.first), left = Int(command.pointee.left), right = Int(command.pointee.right)
    let width = plan.size.width
    let contrast = command.pointee.contrast
    let curve = contrast < 0 ? nil : GlyphContrast.curve(Int(contrast))
    plan.placedMasks.withUnsafeBufferPointer { masks in
      for index in first..<first + Int(command.pointee.count) {
        let mask = masks[index]
        let top = max(rows.lowerBound, Int(mask.y)), bottom = min(rows.upperBound, Int(mask.y) + Int(mask.height))
        let start = max(left, Int(mask.x)), end = min(right, Int(mask.x) + Int(mask.width))
        guard top < bottom, start < end else { continue }
        let isWhole = end - start == Int(mask.width), groups = (Int(mask.width) + 3) & ~3
        consumer.addBlock(
          CoverageBlock(
            x: start, y: top, width: end - start, height: bottom - top,
            coverage: mask.bytes + (top - Int(mask.y)) * Int(mask.bytesPerRow) + (start - Int(mask.x)),
            bytesPerRow: Int(mask.bytesPerRow), hasRoom: isWhole && groups <= Int(mask.bytesPerRow) && start + groups <= width,
            curve: curve),
          scratch: coverageRow)
      }
    }
  }

  private func drawHairlines<Consumer: SpanConsumer>(
    _ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, _ consumer: inout Consumer
  ) {
    let clip = HairlineClip(
      left: Int(command.pointee.left), right: Int(command.pointee.right), top: rows.lowerBound, bottom: rows.upperBound)
    let lines = HairlineList(
      lines: UnsafePointer(plan.edges.edges + Int(command.pointee.first)), count: Int(command.pointee.count),
      chunks: command.pointee.chunk < 0 ? nil : UnsafePointer(plan.edges.chunks + Int(command.pointee.chunk)))
    if var solid = consumer as? SolidConsumer {
      Hairlines.draw(lines, weight: command.pointee.weight, clip: clip, into: &solid)
      return
    }
    if var pen = consumer as? PlanePen {
      Hairlines.draw(lines, weight: command.pointee.weight, clip: clip, into: &pen)
      return
    }
    // Other paints take the lines' joint coverage.
    let plane = openPlane()
    let width = plan.size.width
    var pen = PlanePen(plane: plane, width: width, top: bandTop)
    Hairlines.draw(lines, weight: command.pointee.weight, clip: clip, into: &pen)
    for y in rows {
      consumer.beginRow(y)
      let row = plane + (y - bandTop) * width
      var x = clip.left
      while x < clip.right {
        while x < clip.right, row[x] == 0 { x &+= 1 }
        let start = x
        while x < clip.right, row[x] != 0 { x &+= 1 }
        if x > start {
          consumer.addRun(x: start, count: x - start, coverage: UnsafePointer(row + start))
          (row + start).update(repeating: 0, count: x - start)
        }
      }
    }
  }

  private func openPlane() -> UnsafeMutablePointer<UInt8> {
    if let plane { return plane }
    let count = plan.size.width * plan.bandHeight + 16
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    plane = memory
    return memory
  }

  // MARK: - Drawings that are not runs of a shape

  /// Operators that change what the shape leaves out: the shape's coverage weakens the source instead, and the whole clip is drawn.
  private func drawWholeClip(_ command: UnsafePointer<RasterCommand>, rows: Range<Int>, bandTop: Int, target: Target) {
    let plane = openPlane()
    let width = plan.size.width
    var pen = PlanePen(plane: plane, width: width, top: bandTop)
    drawShape(command, rows: rows, bandTop: bandTop, &pen)
    let left = Int(command.pointee.left), count = Int(command.pointee.right) - left
    var consumer = shadedConsumer(command, target: target)
    for y in rows {
      let coverage = plane + (y - bandTop) * width + left
      consumer.beginRow(y)
      let mask = command.pointee.mask >= 0 ? plan.clipMasks[Int(command.pointee.mask)].row(y, from: left) : nil
      consumer.addWeakenedRow(x: left, count: count, shape: UnsafePointer(coverage), clip: mask)
      coverage.update(repeating: 0, count: count)
    }
  }

  private func putPixels(_ command: UnsafePointer<RasterCommand>, rows: Range<Int>, target: Target) {
    let shader = plan.shaders[Int(command.pointee.shader)]
    let left = Int(command.pointee.left), count = Int(command.pointee.right) - left
    for y in rows { shader.fetch(x: left, y: y, count: count, into: target.row(y) + left, scratch: self.rows) }
  }

  /// For bitmaps without alpha: what became transparent shows black.
  private func makeOpaque(_ command: UnsafePointer<RasterCommand>, rows: Range<Int>, target: Target) {
    if command.pointee.compositeOperator == .sourceOver, command.pointee.kind != .putPixels { return }
    let left = Int(command.pointee.left), right = Int(command.pointee.right)
    for y in rows {
      let row = target.row(y)
      for x in left..<right { row[x] |= 0xFF00_0000 }
    }
  }
}
