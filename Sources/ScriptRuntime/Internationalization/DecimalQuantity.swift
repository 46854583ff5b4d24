// A decimal number being rounded and padded for display.

/// 0.`digits` × 10^`pointPosition`, not negative, with a wish for trailing zeros.
struct DecimalQuantity {
  /// 0 to 9 each, the first and last not zero; empty for zero.
  private var digits: [UInt8]
  private(set) var pointPosition: Int
  private var leastFractionDigits = 0

  /// The shortest decimal of the magnitude.
  init(_ value: Double) {
    let shortest = ShortestDecimal(value)
    self.init(digits: Array(String(shortest.significand).utf8).map { $0 - 0x30 })
    if isZero == false { pointPosition += shortest.exponent }
  }

  /// An integer.
  init(digits: [UInt8]) {
    let significant = digits.drop { $0 == 0 }
    self.digits = Array(significant)
    pointPosition = significant.count
    dropTrailingZeros()
  }

  var isZero: Bool { digits.isEmpty }

  /// Shown as "1" exactly.
  var isOne: Bool { digits == [1] && pointPosition == 1 && leastFractionDigits == 0 }

  mutating func scale(by power: Int) {
    if isZero == false { pointPosition += power }
  }

  mutating func round(toFraction count: Int) {
    keep(pointPosition + count)
  }

  mutating func round(toSignificant count: Int) {
    keep(count)
  }

  mutating func pad(toFraction count: Int) {
    leastFractionDigits = max(leastFractionDigits, count)
  }

  mutating func pad(toSignificant count: Int) {
    pad(toFraction: count - (isZero ? 1 : pointPosition))
  }

  func integerDigits(atLeast count: Int) -> String {
    var text = ""
    for index in 0..<max(0, pointPosition) { text += String(index < digits.count ? digits[index] : 0) }
    return String(repeating: "0", count: max(0, max(1, count) - text.utf8.count)) + text
  }

  var fractionDigits: String {
    var text = ""
    let count = isZero ? 0 : max(0, digits.count - pointPosition)
    for place in 0..<max(count, leastFractionDigits) {
      let index = pointPosition + place
      text += String(index >= 0 && index < digits.count ? digits[index] : 0)
    }
    return text
  }

  /// Keeps so many leading digits, rounding half up.
  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      pointPosition = 0
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp {
      while let last = digits.last, last == 9 { digits.removeLast() }
      if digits.isEmpty {
        digits = [1]
        pointPosition += 1
      } else {
        digits[digits.count - 1] += 1
      }
    }
    dropTrailingZeros()
  }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { pointPosition = 0 }
  }
}
