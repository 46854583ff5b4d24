import Drawing
import Geometry
import Testing

@testable import Raster

@Suite struct CompositingTests {
  /// Premultiplied pixels of many kinds.
  private static let samples: [UInt32] = {
    var result: [UInt32] = [0, 0xFFFF_FFFF, 0xFF00_0000, 0x8080_8080, 0x0100_0001, 0xFE7F_00FE, 0x8000_4080]
    var state: UInt32 = 12345
    for _ in 0..<250 {
      state = state &* 1_664_525 &+ 1_013_904_223
      let alpha = state >> 24
      func component(_ shift: UInt32) -> UInt32 { ((state >> shift) & 255) * alpha / 255 }
      result.append(alpha << 24 | component(0) << 16 | component(5) << 8 | component(11))
    }
    return result
  }()

  @Test(arguments: CompositeOperator.allCases)
  func rowsAgreeWithTheExactFormula(_ compositeOperator: CompositeOperator) {
    let samples = CompositingTests.samples
    for shift in [0, 1, 3, 77] {
      let source = (0..<samples.count).map { samples[($0 * 7 + shift) % samples.count] }
      var rows = samples
      rows.withUnsafeMutableBufferPointer { row in
        RowCompositor.blend(compositeOperator, source, into: row.baseAddress!, count: row.count, coverage: 255)
      }
      for index in 0..<samples.count {
        let exact = compositeOperator.blend(floatPixel(source[index]), floatPixel(samples[index])) * 255
        for lane in 0..<4 {
          let got = Float((rows[index] >> UInt32(8 * lane)) & 255)
          #expect(
            abs(got - exact[lane]) <= 3, "\(compositeOperator) \(String(source[index], radix: 16)) on \(String(samples[index], radix: 16)) lane \(lane): \(got) not \(exact[lane])")
        }
      }
    }
  }

  @Test(arguments: CompositeOperator.allCases)
  func coverageMixesOldAndNew(_ compositeOperator: CompositeOperator) {
    let samples = CompositingTests.samples
    let source = Array(samples.reversed())
    let coverage = (0..<samples.count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var full = samples, masked = samples
    full.withUnsafeMutableBufferPointer {
      RowCompositor.blend(compositeOperator, source, into: $0.baseAddress!, count: $0.count, coverage: 255)
    }
    masked.withUnsafeMutableBufferPointer {
      RowCompositor.blend(compositeOperator, source, into: $0.baseAddress!, count: $0.count, coverage: coverage)
    }
    for index in 0..<samples.count {
      let expected = RowCompositor.interpolate(samples[index], full[index], UInt32(coverage[index]))
      #expect(masked[index] == expected)
    }
  }

  @Test func opaqueDestinationStaysOpaque() {
    for source in CompositingTests.samples {
      #expect(over(source, 0xFF12_3456) >> 24 == 255)
      for coverage: UInt32 in [0, 1, 100, 254, 255] {
        #expect(SolidRows.over(source, coverage, 0xFFFF_FFFF) >> 24 == 255)
      }
    }
  }

  @Test func solidRowsAgreeWithSinglePixels() {
    for color in CompositingTests.samples.prefix(40) {
      var row = CompositingTests.samples
      let coverage = (0..<row.count).map { $0 % 5 == 0 ? 0 : $0 % 7 == 0 ? 255 : UInt8(truncatingIfNeeded: $0 &* 91) }
      let expected = zip(row, coverage).map { $1 == 0 ? $0 : SolidRows.over(color, UInt32($1), $0) }
      row.withUnsafeMutableBufferPointer {
        SolidRows.over($0.baseAddress!, count: $0.count, color: color, coverage: coverage)
      }
      #expect(row == expected)
    }
  }
}
