import Drawing
import Testing

struct PixelRowsTests {
  /// Every component with every alpha, others beside it; a length that leaves a rest.
  private let pixels: [UInt32] = (0..<65_536 + 3).map { index in
    let component = UInt32(index) & 255, alpha = UInt32(index >> 8) & 255
    return component | (255 - component) << 8 | min(component, alpha) << 16 | alpha << 24
  }

  private func rows(_ convert: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Void) -> [UInt32] {
    var result = [UInt32](repeating: 0x1234_5678, count: pixels.count)
    pixels.withUnsafeBytes { source in result.withUnsafeMutableBytes { convert(source, $0) } }
    return result
  }

  /// Apart, so that a failure does not print 65,539 numbers twice.
  private func areEqual(_ a: [UInt32], _ b: [UInt32]) -> Bool { a == b }

  @Test func premultipliedRowsAreTheirSinglePixels() {
    #expect(areEqual(rows { PixelRows.premultiply($0, into: $1) }, pixels.map(PixelRows.premultiplied)))
    #expect(areEqual(rows { PixelRows.premultiply($0, into: $1, opaque: true) }, pixels.map { $0 | 0xFF00_0000 }))
  }

  @Test func straightRowsAreTheirSinglePixels() {
    #expect(areEqual(rows { PixelRows.unpremultiply($0, into: $1) }, pixels.map(PixelRows.straight)))
  }

  @Test func bothDirectionsRoundToTheNearest() {
    var wrong = 0
    for alpha in UInt32(1)...255 {
      for component in UInt32(0)...255 {
        let pixel = alpha << 24 | component
        if Double(PixelRows.premultiplied(pixel) & 255) != (Double(component * alpha) / 255).rounded() { wrong += 1 }
        let exact = (Double(component) * 255 / Double(alpha)).rounded()
        if Double(PixelRows.straight(pixel) & 255) != min(255, exact) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    #expect(PixelRows.straight(0x0012_3456) == 0)
  }

  @Test func rowsMayBeginAtAnyByteAndBeConvertedInPlace() {
    var bytes = [UInt8](repeating: 0, count: 4 * 7 + 1)
    for index in 0..<7 { (bytes[1 + index * 4], bytes[4 + index * 4]) = (200, 128) }
    bytes.withUnsafeMutableBytes { buffer in
      let row = UnsafeMutableRawBufferPointer(rebasing: buffer[1...])
      PixelRows.premultiply(UnsafeRawBufferPointer(row), into: row)
    }
    #expect((0..<7).allSatisfy { bytes[1 + $0 * 4] == 100 && bytes[4 + $0 * 4] == 128 })
  }
}
