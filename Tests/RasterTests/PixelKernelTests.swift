import CPixelKernels
import Testing

@testable import Raster

/// The wide loops, held to the short ones. Where the processor lacks the vectors there is nothing to hold.
@Suite(.enabled(if: pixel_kernels_are_available() != 0)) struct PixelKernelTests {
  private var seed: UInt32 = 99

  private mutating func pixels(_ count: Int) -> [UInt32] {
    (0..<count).map { _ in
      func next() -> UInt32 {
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return seed >> 8 & 255
      }
      let alpha = [0, 255, next()][Int(next() % 3)]
      return alpha << 24 | alpha * next() / 255 << 16 | alpha * next() / 255 << 8 | alpha * next() / 255
    }
  }

  @Test(arguments: Array(1...19) + [64, 1021]) mutating func rowsAreThoseOfShortVectors(count: Int) {
    let source = pixels(count), lower = pixels(count), before = pixels(count + 1)
    for color in [source[0], 0x8040_2010, 0xFF00_FF00, 0] as [UInt32] {
      #expect(
        drawn(on: before) { pixel_kernels_over_color($0, count, color) }
          == drawn(on: before) { SolidRows.overInShortVectors($0, count: count, color: color) })
      #expect(
        drawn(on: before) { pixel_kernels_fill($0, count, color) }
          == drawn(on: before) { $0.update(repeating: color, count: count) })
    }
    #expect(
      drawn(on: before) { pixel_kernels_over($0, source, count) }
        == drawn(on: before) { RowCompositor.runFull(SourceOver.self, source, $0, count) })
    for weight in [0, 1, 128, 255] as [UInt16] {
      #expect(
        drawn(on: before) { pixel_kernels_mix($0, source, lower, UInt32(weight), count) }
          == drawn(on: before) { ImageShader.mixRowsInShortVectors(source, lower, weight, count: count, into: $0) })
    }
  }

  /// One pixel beyond the row is kept in view: it must stay.
  private func drawn(on before: [UInt32], _ draw: (PixelPointer) -> Void) -> [UInt32] {
    var row = before
    row.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { draw(start) }
    }
    return row
  }
}
