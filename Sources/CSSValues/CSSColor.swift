// A CSS colour as it was specified: its space, components and which of them are `none`.

import Drawing

/// A colour of CSS Color 4 or 5 after parsing; absolute, so it no longer depends on anything around it.
public struct CSSColor: Equatable, Hashable, Sendable {
  /// Where the components live. Hues are degrees; `lab` lightness is 0...100, `oklab` lightness 0...1; saturation, whiteness and
  /// blackness are 0...100; all RGB components are nominally 0...1.
  public enum Space: String, Sendable, CaseIterable {
    /// `rgb()`, `hsl()`, `hwb()`, hexadecimal and named colours: sRGB rounded to bytes, serialised in the old way.
    case legacy
    case srgb
    case srgbLinear = "srgb-linear"
    case displayP3 = "display-p3"
    case a98RGB = "a98-rgb"
    case prophotoRGB = "prophoto-rgb"
    case rec2020
    case xyzD50 = "xyz-d50"
    case xyzD65 = "xyz-d65"
    case lab, lch, oklab, oklch
    /// Only inside `color-mix()` and relative colours.
    case hsl, hwb
  }

  public var space: Space
  public var first: Double
  public var second: Double
  public var third: Double
  /// 0...1.
  public var alpha: Double
  /// Bits 0 to 3: which of the three components and alpha were written as `none` (and count as 0).
  public var missing: UInt8

  public init(_ space: Space, _ first: Double, _ second: Double, _ third: Double, alpha: Double = 1, missing: UInt8 = 0) {
    self.space = space
    self.first = first
    self.second = second
    self.third = third
    self.alpha = alpha
    self.missing = missing
  }

  /// A legacy colour of bytes.
  public init(red8: UInt8, green8: UInt8, blue8: UInt8, alpha8: UInt8 = 255) {
    self.init(.legacy, Double(red8) / 255, Double(green8) / 255, Double(blue8) / 255, alpha: Double(alpha8) / 255)
  }

  public static let black = CSSColor(red8: 0, green8: 0, blue8: 0)
  public static let transparent = CSSColor(red8: 0, green8: 0, blue8: 0, alpha8: 0)

  /// The colour in a canvas's space; components leave 0...1 where the space cannot show it.
  public func color(in target: ColorSpace) -> Color {
    let converted: CSSColor
    switch (target, space) {
    case (.srgb, .legacy), (.srgb, .srgb): converted = self
    case (.srgb, _): converted = self.converted(to: .srgb)
    case (.displayP3, _): converted = self.converted(to: .displayP3)
    }
    return Color(
      red: Float(converted.first), green: Float(converted.second), blue: Float(converted.third), alpha: Float(alpha),
      space: target)
  }
}
