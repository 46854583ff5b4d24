import Drawing
import Testing

@testable import Raster

/// The quick way of drawing a glyph's mask, held to the rows that other shapes take.
struct CoverageBlockTests {
  @Test(arguments: [(1, 1), (3, 2), (4, 5), (7, 9), (16, 3)], [0xFF33_2211, 0x8040_2010, 0x0000_0000, 0xFFFF_FFFF] as [UInt32])
  func aBlockIsDrawnLikeItsRows(size: (Int, Int), color: UInt32) {
    let (width, height) = size
    let stride = (width + 3) & ~3, pixelsPerRow = stride + 5
    var seed: UInt32 = 7
    func next() -> UInt32 {
      seed = seed &* 1_664_525 &+ 1_013_904_223
      return seed >> 8
    }
    var coverage = [UInt8](repeating: 0, count: stride * height + 8)
    for y in 0..<height { for x in 0..<width { coverage[y * stride + x] = [0, 255, UInt8(next() & 255)][Int(next() % 3)] } }
    var quick = (0..<(pixelsPerRow * height)).map { _ in
      let alpha = next() & 255
      return alpha << 24 | alpha * (next() & 255) / 255 << 16 | alpha * (next() & 255) / 255 << 8 | alpha * (next() & 255) / 255
    }
    var slow = quick
    var scratch = [UInt8](repeating: 0, count: stride + 16)
    for hasRoom in [true, false] {
      coverage.withUnsafeBufferPointer { coverage in
        let block = CoverageBlock(
          x: 2, y: 0, width: width, height: height, coverage: coverage.baseAddress!, bytesPerRow: stride, hasRoom: hasRoom,
          curve: GlyphContrast.curve(6))
        if hasRoom { draw(block, color, &quick, pixelsPerRow, &scratch) } else { draw(block, color, &slow, pixelsPerRow, &scratch) }
      }
    }
    #expect(quick == slow)
  }

  private func draw(
    _ block: CoverageBlock, _ color: UInt32, _ pixels: inout [UInt32], _ pixelsPerRow: Int, _ scratch: inout [UInt8]
  ) {
    pixels.withUnsafeMutableBytes { pixels in
      scratch.withUnsafeMutableBufferPointer { scratch in
        var consumer = SolidConsumer(
          target: BandPlayer.Target(base: pixels.baseAddress!, bytesPerRow: pixelsPerRow * 4), color: color)
        consumer.addBlock(block, scratch: scratch.baseAddress!)
      }
    }
  }
}
