// CSS angles.

/// Angles as CSS writes them.
public enum Angle {
  /// The degrees that `value` of a unit (in lower case) make; nil for what is no unit of angles.
  static func degrees(_ value: Double, unit: String) -> Double? {
    switch unit {
    case "deg": value
    case "grad": value * 0.9
    case "rad": value * 180 / .pi
    case "turn": value * 360
    default: nil
    }
  }

  /// The degrees of a text such as `90deg`, `0.5turn` or `calc(1turn / 3)`; a bare `0` is allowed. Nil when it is no angle.
  public static func parse(_ text: String) -> Double? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    guard let value = parser.mathValue(MathContext()), parser.isAtEnd() else { return nil }
    return value.kind == .angle || (value.kind == .number && value.value == 0) ? value.value : nil
  }
}
