// Colours as paints carry them: components in a canvas's colour space.

/// The colour spaces a canvas can have (https://html.spec.whatwg.org/multipage/canvas.html#predefinedcolorspace).
public enum ColorSpace: String, Sendable, CaseIterable {
  case srgb
  case displayP3 = "display-p3"
}

/// A colour with straight (not premultiplied) alpha, gamma-encoded. Components outside 0...1 are colours outside the space's gamut.
public struct Color: Equatable, Hashable, Sendable {
  public var red: Float
  public var green: Float
  public var blue: Float
  /// 0 (clear) to 1 (opaque).
  public var alpha: Float
  public var space: ColorSpace

  @inlinable public init(red: Float, green: Float, blue: Float, alpha: Float = 1, space: ColorSpace = .srgb) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
    self.space = space
  }

  /// From bytes 0...255.
  @inlinable public init(red8: UInt8, green8: UInt8, blue8: UInt8, alpha8: UInt8 = 255) {
    self.init(red: Float(red8) / 255, green: Float(green8) / 255, blue: Float(blue8) / 255, alpha: Float(alpha8) / 255)
  }

  public static let black = Color(red: 0, green: 0, blue: 0)
  public static let white = Color(red: 1, green: 1, blue: 1)
  public static let transparent = Color(red: 0, green: 0, blue: 0, alpha: 0)

  /// The same colour with its alpha multiplied by `factor` (0...1).
  @inlinable public func multipliedAlpha(by factor: Float) -> Color {
    var color = self
    color.alpha *= factor
    return color
  }
}
