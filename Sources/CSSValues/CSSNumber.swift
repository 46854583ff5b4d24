// Numbers as browsers print them in CSS.

/// Serialisation of numbers.
public enum CSSNumber {
  /// At most six significant digits, without exponent or needless zeros: `0.333333`, `12.5`, `-3`.
  public static func serialize(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-infinity" : "infinity" }
    let magnitude = abs(value)
    if magnitude >= 1e15 { return value.description }
    var fractionDigits = 6
    var bound = 1.0
    while bound <= magnitude, fractionDigits > 0 {
      fractionDigits -= 1
      bound *= 10
    }
    // Numbers below one keep six digits after the point, as `printf("%.6g")` trimmed of exponents would for most of them.
    if magnitude < 1 { fractionDigits = 6 }
    return fixed(value, fractionDigits: fractionDigits)
  }

  /// At most `fractionDigits` (0...9) digits after the point, trailing zeros dropped.
  public static func fixed(_ value: Double, fractionDigits: Int) -> String {
    var scale = 1.0
    for _ in 0..<fractionDigits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e18 else { return value.description }
    let units = UInt64(scaled)
    let whole = units / UInt64(scale)
    var fraction = units % UInt64(scale)
    var text = value < 0 && units > 0 ? "-\(whole)" : "\(whole)"
    guard fraction > 0 else { return text }
    var digits = fractionDigits
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    let written = "\(fraction)"
    text += "." + String(repeating: "0", count: digits - written.utf8.count) + written
    return text
  }
}
