// Rows of colour into rows of pixels.
//
// A row is the unit of dispatch: choosing the operator per run keeps the inner loops free of branches.

import CPixelKernels
import Drawing

enum RowCompositor {
  /// Draws `source` on `destination` with the same coverage (1...255) for all pixels.
  static func blend(
    _ compositeOperator: CompositeOperator, _ source: UnsafePointer<UInt32>, into destination: PixelPointer, count: Int,
    coverage: UInt32
  ) {
    if coverage == 255, compositeOperator == .copy {
      destination.update(from: source, count: count)
      return
    }
    switch compositeOperator {
    case .sourceOver: run(SourceOver.self, source, destination, count, coverage)
    case .sourceIn: run(SourceIn.self, source, destination, count, coverage)
    case .sourceOut: run(SourceOut.self, source, destination, count, coverage)
    case .sourceAtop: run(SourceAtop.self, source, destination, count, coverage)
    case .destinationOver: run(DestinationOver.self, source, destination, count, coverage)
    case .destinationIn: run(DestinationIn.self, source, destination, count, coverage)
    case .destinationOut: run(DestinationOut.self, source, destination, count, coverage)
    case .destinationAtop: run(DestinationAtop.self, source, destination, count, coverage)
    case .lighter: run(Lighter.self, source, destination, count, coverage)
    case .copy: run(Copy.self, source, destination, count, coverage)
    case .clear: run(Clear.self, source, destination, count, coverage)
    case .xor: run(ExclusiveOr.self, source, destination, count, coverage)
    case .multiply: run(Multiply.self, source, destination, count, coverage)
    case .screen: run(Screen.self, source, destination, count, coverage)
    case .overlay: run(Overlay.self, source, destination, count, coverage)
    case .darken: run(Darken.self, source, destination, count, coverage)
    case .lighten: run(Lighten.self, source, destination, count, coverage)
    case .hardLight: run(HardLight.self, source, destination, count, coverage)
    case .difference: run(Difference.self, source, destination, count, coverage)
    case .exclusion: run(Exclusion.self, source, destination, count, coverage)
    default:
      for index in 0..<count {
        destination[index] = blendPixel(compositeOperator, source[index], destination[index], coverage: coverage)
      }
    }
  }

  /// Draws `source` on `destination`, each pixel with its own coverage.
  static func blend(
    _ compositeOperator: CompositeOperator, _ source: UnsafePointer<UInt32>, into destination: PixelPointer, count: Int,
    coverage: CoveragePointer
  ) {
    switch compositeOperator {
    case .sourceOver: runMasked(SourceOver.self, source, destination, count, coverage)
    case .sourceIn: runMasked(SourceIn.self, source, destination, count, coverage)
    case .sourceOut: runMasked(SourceOut.self, source, destination, count, coverage)
    case .sourceAtop: runMasked(SourceAtop.self, source, destination, count, coverage)
    case .destinationOver: runMasked(DestinationOver.self, source, destination, count, coverage)
    case .destinationIn: runMasked(DestinationIn.self, source, destination, count, coverage)
    case .destinationOut: runMasked(DestinationOut.self, source, destination, count, coverage)
    case .destinationAtop: runMasked(DestinationAtop.self, source, destination, count, coverage)
    case .lighter: runMasked(Lighter.self, source, destination, count, coverage)
    case .copy: runMasked(Copy.self, source, destination, count, coverage)
    case .clear: runMasked(Clear.self, source, destination, count, coverage)
    case .xor: runMasked(ExclusiveOr.self, source, destination, count, coverage)
    case .multiply: runMasked(Multiply.self, source, destination, count, coverage)
    case .screen: runMasked(Screen.self, source, destination, count, coverage)
    case .overlay: runMasked(Overlay.self, source, destination, count, coverage)
    case .darken: runMasked(Darken.self, source, destination, count, coverage)
    case .lighten: runMasked(Lighten.self, source, destination, count, coverage)
    case .hardLight: runMasked(HardLight.self, source, destination, count, coverage)
    case .difference: runMasked(Difference.self, source, destination, count, coverage)
    case .exclusion: runMasked(Exclusion.self, source, destination, count, coverage)
    default:
      for index in 0..<count where coverage[index] != 0 {
        destination[index] = blendPixel(
          compositeOperator, source[index], destination[index], coverage: UInt32(coverage[index]))
      }
    }
  }

  /// One pixel by float arithmetic.
  static func blendPixel(_ compositeOperator: CompositeOperator, _ source: UInt32, _ destination: UInt32, coverage: UInt32)
    -> UInt32
  {
    let result = packed(compositeOperator.blend(floatPixel(source), floatPixel(destination)))
    if coverage == 255 { return result }
    return interpolate(destination, result, coverage)
  }

  @inline(__always)
  static func interpolate(_ from: UInt32, _ to: UInt32, _ coverage: UInt32) -> UInt32 {
    let rest = 255 &- coverage
    var low = (to & 0x00FF_00FF) &* coverage &+ (from & 0x00FF_00FF) &* rest &+ 0x0080_0080
    low = ((low &+ ((low &>> 8) & 0x00FF_00FF)) &>> 8) & 0x00FF_00FF
    var high = ((to &>> 8) & 0x00FF_00FF) &* coverage &+ ((from &>> 8) & 0x00FF_00FF) &* rest &+ 0x0080_0080
    high = (high &+ ((high &>> 8) & 0x00FF_00FF)) & 0xFF00_FF00
    return low | high
  }

  // MARK: - Loops

  @inline(__always)
  private static func run<Rule: BlendRule>(
    _ rule: Rule.Type, _ source: UnsafePointer<UInt32>, _ destination: PixelPointer, _ count: Int, _ coverage: UInt32
  ) {
    if coverage == 255 {
      if rule == SourceOver.self, count >= SolidRows.longRun, pixel_kernels_are_available() != 0 {
        pixel_kernels_over(destination, source, count)
        return
      }
      runFull(rule, source, destination, count)
    } else {
      runWeighted(rule, source, destination, count, coverage)
    }
  }

  @inline(never)
  static func runFull<Rule: BlendRule>(
    _ rule: Rule.Type, _ source: UnsafePointer<UInt32>, _ destination: PixelPointer, _ count: Int
  ) {
    var index = 0
    while index &+ 4 <= count {
      let (low, high) = Rule.blend(loadPixels(source + index), loadPixels(destination + index))
      storePixels(join(low, high), destination + index)
      index &+= 4
    }
    let rest = count &- index
    if rest > 0 {
      let (low, high) = Rule.blend(
        loadPixels(source + index, count: rest), loadPixels(UnsafePointer(destination) + index, count: rest))
      storePixels(join(low, high), destination + index, count: rest)
    }
  }

  @inline(never)
  private static func runWeighted<Rule: BlendRule>(
    _ rule: Rule.Type, _ source: UnsafePointer<UInt32>, _ destination: PixelPointer, _ count: Int, _ coverage: UInt32
  ) {
    let weight = Lanes8(repeating: UInt16(truncatingIfNeeded: coverage))
    var index = 0
    while index < count {
      let rest = count &- index
      let d = rest >= 4 ? loadPixels(destination + index) : loadPixels(UnsafePointer(destination) + index, count: rest)
      let s = rest >= 4 ? loadPixels(source + index) : loadPixels(source + index, count: rest)
      let (low, high) = Rule.blend(s, d)
      let result = join(mix(redBlue(d), low, weight), mix(greenAlpha(d), high, weight))
      if rest >= 4 { storePixels(result, destination + index) } else { storePixels(result, destination + index, count: rest) }
      index &+= 4
    }
  }

  @inline(never)
  private static func runMasked<Rule: BlendRule>(
    _ rule: Rule.Type, _ source: UnsafePointer<UInt32>, _ destination: PixelPointer, _ count: Int, _ coverage: CoveragePointer
  ) {
    var index = 0
    while index < count {
      let rest = count &- index
      if rest >= 4 {
        let bytes = UnsafeRawPointer(coverage + index).loadUnaligned(as: UInt32.self)
        if bytes != 0 {
          let d = loadPixels(destination + index)
          let (low, high) = Rule.blend(loadPixels(source + index), d)
          if bytes == 0xFFFF_FFFF {
            storePixels(join(low, high), destination + index)
          } else {
            let weight = loadCoverage(coverage + index)
            storePixels(join(mix(redBlue(d), low, weight), mix(greenAlpha(d), high, weight)), destination + index)
          }
        }
      } else {
        let d = loadPixels(UnsafePointer(destination) + index, count: rest)
        let (low, high) = Rule.blend(loadPixels(source + index, count: rest), d)
        let weight = loadCoverage(coverage + index, count: rest)
        let result = join(mix(redBlue(d), low, weight), mix(greenAlpha(d), high, weight))
        storePixels(result, destination + index, count: rest)
      }
      index &+= 4
    }
  }
}
