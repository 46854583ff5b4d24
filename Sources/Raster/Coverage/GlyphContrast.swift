// The weight of text: coverage bent by how light the text is, as Chromium on Linux does.
//
// Dark glyphs are thinned, light ones fattened, so that both look alike strong on a background of the opposite lightness. The curves
// are those of Skia's mask gamma (an exponent of 1.2, a contrast of 0.2); measured in Chromium they fit within rounding.

import Drawing
import Glibc

enum GlyphContrast {
  /// How many degrees of lightness are told apart.
  static let levelCount = 8
  private static let exponent: Float = 1.2
  private static let contrast: Float = 0.2
  /// Gradients and patterns count as mid-grey.
  private static let shaderLevel = 4

  /// The lightness of a paint, 0 (black) to 7 (white). Opacity does not count.
  static func level(of paint: Paint) -> Int {
    guard case .color(let color) = paint else { return shaderLevel }
    let components = color.space == .srgb ? color : color.converted(to: .srgb)
    func clamped(_ value: Float) -> Float { value > 0 ? min(1, value) : 0 }
    let luma = 0.2126 * clamped(components.red) + 0.7152 * clamped(components.green) + 0.0722 * clamped(components.blue)
    return Int((luma * 255).rounded()) >> 5
  }

  /// The curve of a level: 256 weights, each in both halves of its entry, ready for four pixels at a time. Valid for ever.
  static func curve(_ level: Int) -> UnsafePointer<UInt32> { curves + (level & 7) * 256 }

  // Safe: written here, once, and never freed; read by all threads.
  private nonisolated(unsafe) static let curves: UnsafePointer<UInt32> = {
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: levelCount * 256)
    for level in 0..<levelCount {
      for (coverage, weight) in table(level: UInt8(level)).enumerated() {
        (memory + level * 256 + coverage).initialize(to: UInt32(weight) * 0x0001_0001)
      }
    }
    return UnsafePointer(memory)
  }()

  static func table(level: UInt8) -> [UInt8] {
    // Three bits repeated to eight.
    let source = Float(level << 5 | level << 2 | level >> 1) / 255
    // The background is taken to be as dark as the text is light.
    let destination = 1 - source
    let linearSource = powf(source, exponent), linearDestination = powf(destination, exponent)
    let boost = contrast * linearDestination
    return (0..<256).map { coverage in
      let plain = Float(coverage) / 255
      let strengthened = plain + (1 - plain) * boost * plain
      let blended = powf(linearSource * strengthened + linearDestination * (1 - strengthened), 1 / exponent)
      let weight = (blended - destination) / (source - destination)
      return UInt8(max(0, min(255, (weight * 255).rounded())))
    }
  }
}
