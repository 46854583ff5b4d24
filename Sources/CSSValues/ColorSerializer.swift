// Colours back to text, as canvas attributes give them: https://drafts.csswg.org/css-color-4/#serializing-color-values,
// with the HTML-compatible form of https://html.spec.whatwg.org/multipage/canvas.html#serialisation-of-a-color.

extension CSSColor {
  /// `#rrggbb` or `rgba(r, g, b, a)` for the old notations, `color(…)`, `lab(…)` and their like for the others.
  public var serialized: String {
    switch space {
    case .legacy: return legacySerialization
    case .hsl, .hwb: return converted(to: .srgb).serialized
    case .lab, .lch, .oklab, .oklch:
      return "\(space.rawValue)(\(component(0, first)) \(component(1, second)) \(component(2, third))\(alphaSuffix))"
    default:
      return "color(\(space.rawValue) \(component(0, first)) \(component(1, second)) \(component(2, third))\(alphaSuffix))"
    }
  }

  private func component(_ index: Int, _ value: Double) -> String {
    missing & 1 << UInt8(index) != 0 ? "none" : CSSNumber.serialize(value)
  }

  private var alphaSuffix: String {
    if missing & 8 != 0 { return " / none" }
    return alpha < 1 ? " / " + CSSNumber.serialize(alpha) : ""
  }

  private var legacySerialization: String {
    func byte(_ value: Double) -> Int { Int(max(0, min(255, (value * 255).rounded()))) }
    let (red, green, blue, alphaByte) = (byte(first), byte(second), byte(third), byte(alpha))
    guard alphaByte < 255 else {
      let digits = Array("0123456789abcdef".utf8)
      var bytes: [UInt8] = [UInt8(ascii: "#")]
      for value in [red, green, blue] {
        bytes.append(digits[value >> 4])
        bytes.append(digits[value & 15])
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    return "rgba(\(red), \(green), \(blue), \(CSSColor.alphaText(ofByte: alphaByte)))"
  }

  /// Two decimals where they round back to the same byte, else three.
  private static func alphaText(ofByte byte: Int) -> String {
    let alpha = Double(byte) / 255
    let hundredths = (alpha * 100).rounded() / 100
    if Int((hundredths * 255).rounded()) == byte { return CSSNumber.fixed(hundredths, fractionDigits: 2) }
    return CSSNumber.fixed(alpha, fractionDigits: 3)
  }
}
