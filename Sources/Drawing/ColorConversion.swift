// Conversion between the canvas's colour spaces, after CSS Color 4, section 10 ("Sample code for color conversions").

import Glibc

extension Color {
  /// The same colour expressed in `target`; components may leave 0...1.
  public func converted(to target: ColorSpace) -> Color {
    guard target != space else { return self }
    let linear = (Color.linear(red), Color.linear(green), Color.linear(blue))
    let m = target == .displayP3 ? Color.srgbToDisplayP3 : Color.displayP3ToSRGB
    return Color(
      red: Color.encoded(m.0 * linear.0 + m.1 * linear.1 + m.2 * linear.2),
      green: Color.encoded(m.3 * linear.0 + m.4 * linear.1 + m.5 * linear.2),
      blue: Color.encoded(m.6 * linear.0 + m.7 * linear.1 + m.8 * linear.2),
      alpha: alpha, space: target)
  }

  /// Light intensity of a gamma-encoded component (the transfer curve of sRGB and Display P3), odd around 0.
  public static func linear(_ encoded: Float) -> Float {
    let magnitude = abs(encoded)
    let value = magnitude <= 0.04045 ? magnitude / 12.92 : powf((magnitude + 0.055) / 1.055, 2.4)
    return encoded < 0 ? -value : value
  }

  /// The inverse of `linear`.
  public static func encoded(_ linear: Float) -> Float {
    let magnitude = abs(linear)
    let value = magnitude <= 0.0031308 ? magnitude * 12.92 : 1.055 * powf(magnitude, 1 / 2.4) - 0.055
    return linear < 0 ? -value : value
  }

  // Row-major matrices between linear-light spaces that share the D65 white point.
  private typealias Matrix = (Float, Float, Float, Float, Float, Float, Float, Float, Float)
  private static let srgbToDisplayP3: Matrix = (
    0.822_461_97, 0.177_538_03, 0, 0.033_194_2, 0.966_805_8, 0, 0.017_082_63, 0.072_397_44, 0.910_519_93
  )
  private static let displayP3ToSRGB: Matrix = (
    1.224_940_2, -0.224_940_18, 0, -0.042_056_955, 1.042_056_9, 0, -0.019_637_555, -0.078_636_05, 1.098_273_6
  )
}
