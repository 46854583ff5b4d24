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
  private static let shaderLevel: UInt8 = 4

  /// The lightness of a paint, 0 (black) to 7 (white). Opacity does not count.
  static func level(of paint: Paint) -> UInt8 {
    guard case .color(let color) = paint else { return shaderLevel }
    let components = color.space == .srgb ? color : color.converted(to: .srgb)
    func clamped(_ value: Float) -> Float { value > 0 ? min(1, value) : 0 }
    let luma = 0.2126 * clamped(components.red) + 0.7152 * clamped(components.green) + 0.0722 * clamped(components.blue)
    return UInt8((luma * 255).rounded()) >> 5
  }

  /// Applies the curve of a level to coverage in place.
  static func apply(_ level: UInt8, to bytes: UnsafeMutablePointer<UInt8>, count: Int) {
    tables.withUnsafeBufferPointer { tables in
      guard let table = tables.baseAddress.map({ $0 + Int(level & 7) * 256 }) else { return }
      for index in 0..<count { bytes[index] = table[Int(bytes[index])] }
    }
  }

  /// 256 values for each level.
  private static let tables: [UInt8] = (0..<levelCount).flatMap { table(level: UInt8($0)) }

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
