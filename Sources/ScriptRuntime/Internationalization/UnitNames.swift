/// English names of measurement units, for NumberFormat.
enum UnitNames {
  /// What follows the number: white space and the unit.
  static func suffix(_ unit: String, display: NumberFormat.UnitDisplay, isOne: Bool) -> (space: String, text: String) {
    if let range = unit.range(of: "-per-") {
      let (numerator, denominator) = (String(unit[..<range.lowerBound]), String(unit[range.upperBound...]))
      if unit == "mile-per-hour", display != .long { return (display == .short ? " " : "", "mph") }
      let (space, text) = suffix(numerator, display: display, isOne: isOne)
      if display == .long { return (space, "\(text) per \(denominator)") }
      return (space, "\(text)/\(perSymbol(denominator))")
    }
    guard let row = row(unit) else { return (" ", unit) }
    switch display {
    case .long:
      if unit == "percent" { return (" ", "percent") }
      if unit == "celsius" || unit == "fahrenheit" {
        return (" ", "\(isOne ? "degree" : "degrees") \(unit == "celsius" ? "Celsius" : "Fahrenheit")")
      }
      return (" ", isOne ? unit : row.plural)
    case .short: return (row.short.hasPrefix("°") || row.short == "%" ? "" : " ", isOne ? row.shortOne : row.short)
    case .narrow: return ("", row.narrow)
    }
  }

  private static func perSymbol(_ unit: String) -> String {
    switch unit {
    case "second": "s"
    case "minute": "min"
    case "hour": "h"
    case "day": "d"
    case "week": "w"
    case "month": "m"
    case "year": "y"
    default: row(unit)?.short ?? unit
    }
  }

  private struct Row {
    var short: String
    var shortOne: String
    var narrow: String
    var plural: String

    init(_ short: String, _ narrow: String, _ plural: String, one: String? = nil) {
      self.short = short
      self.narrow = narrow
      self.plural = plural
      shortOne = one ?? short
    }
  }

  private static func row(_ unit: String) -> Row? {
    switch unit {
    case "acre": Row("ac", "ac", "acres")
    case "bit": Row("bit", "bit", "bits")
    case "byte": Row("byte", "B", "bytes")
    case "celsius": Row("°C", "°C", "degrees Celsius")
    case "centimeter": Row("cm", "cm", "centimeters")
    case "day": Row("days", "d", "days", one: "day")
    case "degree": Row("deg", "°", "degrees")
    case "fahrenheit": Row("°F", "°", "degrees Fahrenheit")
    case "foot": Row("ft", "′", "feet")
    case "gallon": Row("gal", "gal", "gallons")
    case "gigabyte": Row("GB", "GB", "gigabytes")
    case "gram": Row("g", "g", "grams")
    case "hectare": Row("ha", "ha", "hectares")
    case "hour": Row("hr", "h", "hours")
    case "inch": Row("in", "″", "inches")
    case "kilobyte": Row("kB", "kB", "kilobytes")
    case "kilogram": Row("kg", "kg", "kilograms")
    case "kilometer": Row("km", "km", "kilometers")
    case "liter": Row("L", "L", "liters")
    case "megabyte": Row("MB", "MB", "megabytes")
    case "meter": Row("m", "m", "meters")
    case "microsecond": Row("μs", "μs", "microseconds")
    case "mile": Row("mi", "mi", "miles")
    case "milliliter": Row("mL", "mL", "milliliters")
    case "millimeter": Row("mm", "mm", "millimeters")
    case "millisecond": Row("ms", "ms", "milliseconds")
    case "minute": Row("min", "m", "minutes")
    case "month": Row("mths", "m", "months", one: "mth")
    case "nanosecond": Row("ns", "ns", "nanoseconds")
    case "ounce": Row("oz", "oz", "ounces")
    case "percent": Row("%", "%", "percent")
    case "petabyte": Row("PB", "PB", "petabytes")
    case "pound": Row("lb", "#", "pounds")
    case "second": Row("sec", "s", "seconds")
    case "stone": Row("st", "st", "stones")
    case "terabyte": Row("TB", "TB", "terabytes")
    case "week": Row("wks", "w", "weeks", one: "wk")
    case "yard": Row("yd", "yd", "yards")
    case "year": Row("yrs", "y", "years", one: "yr")
    default: nil
    }
  }
}

extension String {
  /// Where `text` occurs first, byte by byte. Foundation has one of its own.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
