/// Intl.PluralRules for English.
enum PluralRules {
  enum Category: String { case one, two, few, other }

  /// The category of a number as `format` shows it: "1" is one, "1.0" is other.
  static func cardinal(_ value: Double, format: NumberFormat = NumberFormat()) -> Category {
    guard value.magnitude < 2 else { return .other }
    return format.string(value.magnitude) == "1" ? .one : .other
  }

  /// 1st, 2nd, 3rd, 4th.
  static func ordinal(_ value: Double) -> Category {
    let magnitude = value.magnitude
    guard magnitude.isFinite, magnitude == magnitude.rounded() else { return .other }
    let lastTwo = magnitude.truncatingRemainder(dividingBy: 100)
    guard (11...13).contains(lastTwo) == false else { return .other }
    switch lastTwo.truncatingRemainder(dividingBy: 10) {
    case 1: return .one
    case 2: return .two
    case 3: return .few
    default: return .other
    }
  }
}
