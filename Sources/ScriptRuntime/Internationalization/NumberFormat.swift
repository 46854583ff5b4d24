// Intl.NumberFormat for en-US.
//
// Rounds the shortest decimal of a double, half away from zero, as browsers do. https://tc39.es/ecma402/#numberformat-objects

/// How to write a number. The defaults are those of `toLocaleString()`.
struct NumberFormat {
  enum Style: Equatable { case decimal, percent, currency(code: String), unit(String) }
  enum Notation { case standard, scientific, engineering, compactShort, compactLong }
  enum Grouping { case auto, always, atLeastTwo, never }
  enum SignDisplay { case auto, always, never, exceptZero, negative }
  enum CurrencyDisplay { case symbol, narrowSymbol, code, name }
  enum UnitDisplay { case short, narrow, long }

  var style = Style.decimal
  var notation = Notation.standard
  var grouping = Grouping.auto
  var signDisplay = SignDisplay.auto
  var currencyDisplay = CurrencyDisplay.symbol
  var usesAccountingSign = false
  var unitDisplay = UnitDisplay.short
  /// 1 to 21.
  var minimumIntegerDigits = 1
  /// 0 to 100; nil for the default of the style.
  var minimumFractionDigits: Int?
  var maximumFractionDigits: Int?
  /// 1 to 21; one of them not nil overrides the fraction digits.
  var minimumSignificantDigits: Int?
  var maximumSignificantDigits: Int?

  init() {}

  func string(_ value: Double) -> String { format(value).text }

  /// The number in labelled pieces.
  func format(_ value: Double) -> FormattedParts {
    if value.isNaN { return assemble(FormattedParts(single: "nan", "NaN"), isNegative: false, isZero: false, suffix: nil) }
    let isNegative = value.sign == .minus
    if value.isInfinite {
      return assemble(FormattedParts(single: "infinity", "∞"), isNegative: isNegative, isZero: false, suffix: nil)
    }
    return format(DecimalQuantity(value), isNegative: isNegative)
  }

  /// An integer given as its decimal digits (0 to 9 each), for big integers.
  func format(digits: [UInt8], isNegative: Bool) -> FormattedParts {
    format(DecimalQuantity(digits: digits), isNegative: isNegative)
  }

  /// The fraction digits in force, as `resolvedOptions` reports them.
  var fractionDigits: ClosedRange<Int> {
    var defaults: (minimum: Int, maximum: Int)
    switch style {
    case .currency(let code): defaults = NumberFormat.currencyDigits(code)
    case .percent: defaults = (0, 0)
    case .decimal, .unit: defaults = (0, 3)
    }
    if notation == .compactShort || notation == .compactLong { defaults = (0, 0) }
    let minimum = minimumFractionDigits ?? min(defaults.minimum, maximumFractionDigits ?? defaults.minimum)
    return minimum...max(minimum, maximumFractionDigits ?? max(defaults.maximum, minimum))
  }

  // MARK: - Rounding

  private func format(_ quantity: DecimalQuantity, isNegative: Bool) -> FormattedParts {
    var quantity = quantity
    if style == .percent { quantity.scale(by: 2) }
    var suffix: (type: String, value: String)?
    switch notation {
    case .standard: round(&quantity)
    case .scientific, .engineering:
      var exponent = quantity.isZero ? 0 : quantity.pointPosition - 1
      if notation == .engineering { exponent = TimeValue.floorDivide(exponent, 3) * 3 }
      var rounded = quantity
      rounded.scale(by: -exponent)
      round(&rounded)
      // 999,999 rounds to ten hundred thousands, which is a million.
      if rounded.pointPosition > (notation == .engineering ? 3 : 1) {
        exponent += notation == .engineering ? 3 : 1
        rounded = quantity
        rounded.scale(by: -exponent)
        round(&rounded)
      }
      quantity = rounded
      suffix = ("exponent", "E\(exponent)")
    case .compactShort, .compactLong:
      let power = compactPower(&quantity)
      if power > 0 {
        let words = notation == .compactShort ? ["K", "M", "B", "T"] : [" thousand", " million", " billion", " trillion"]
        suffix = ("compact", words[power - 1])
      }
    }
    let digits = numberParts(quantity)
    return assemble(
      digits, isNegative: isNegative, isZero: quantity.isZero, suffix: suffix, isOne: quantity.isOne && suffix == nil)
  }

  private func round(_ quantity: inout DecimalQuantity) {
    if minimumSignificantDigits != nil || maximumSignificantDigits != nil {
      quantity.round(toSignificant: maximumSignificantDigits ?? 21)
      quantity.pad(toSignificant: minimumSignificantDigits ?? 1)
    } else {
      quantity.round(toFraction: fractionDigits.upperBound)
      quantity.pad(toFraction: fractionDigits.lowerBound)
    }
  }

  /// Scales and rounds for compact notation; the result counts thousands, at most four.
  private func compactPower(_ quantity: inout DecimalQuantity) -> Int {
    func power(_ quantity: DecimalQuantity) -> Int {
      quantity.isZero ? 0 : max(0, min(4, (quantity.pointPosition - 1) / 3))
    }
    func rounded(_ power: Int) -> DecimalQuantity {
      var scaled = quantity
      scaled.scale(by: -3 * power)
      let hasDigitOptions =
        minimumSignificantDigits != nil || maximumSignificantDigits != nil || minimumFractionDigits != nil
        || maximumFractionDigits != nil
      if hasDigitOptions {
        round(&scaled)
      } else if scaled.pointPosition >= 2 {
        scaled.round(toFraction: 0)
      } else {
        scaled.round(toSignificant: 2)
      }
      return scaled
    }
    let first = power(quantity)
    var result = rounded(first)
    // 999,999 rounds to 1000 thousands, which is a million.
    if first < 4, result.pointPosition > 3 {
      result = rounded(first + 1)
      quantity = result
      return first + 1
    }
    quantity = result
    return first
  }

  // MARK: - Pieces

  private func numberParts(_ quantity: DecimalQuantity) -> FormattedParts {
    var parts = FormattedParts()
    let integer = quantity.integerDigits(atLeast: minimumIntegerDigits)
    let isCompact = notation == .compactShort || notation == .compactLong
    let least = grouping == .atLeastTwo || (isCompact && grouping == .auto) ? 5 : 4
    if grouping == .never || integer.count < least {
      parts.append("integer", integer)
    } else {
      var rest = Substring(integer)
      let head = (rest.count - 1) % 3 + 1
      parts.append("integer", String(rest.prefix(head)))
      rest = rest.dropFirst(head)
      while rest.isEmpty == false {
        parts.append("group", ",")
        parts.append("integer", String(rest.prefix(3)))
        rest = rest.dropFirst(3)
      }
    }
    let fraction = quantity.fractionDigits
    if fraction.isEmpty == false {
      parts.append("decimal", ".")
      parts.append("fraction", fraction)
    }
    return parts
  }

  private func sign(isNegative: Bool, isZero: Bool) -> String {
    switch signDisplay {
    case .auto: isNegative ? "-" : ""
    case .always: isNegative ? "-" : "+"
    case .never: ""
    case .exceptZero: isZero ? "" : isNegative ? "-" : "+"
    case .negative: isNegative && isZero == false ? "-" : ""
    }
  }

  private func assemble(
    _ number: FormattedParts, isNegative: Bool, isZero: Bool, suffix: (type: String, value: String)?, isOne: Bool = false
  ) -> FormattedParts {
    var parts = FormattedParts()
    let sign = sign(isNegative: isNegative, isZero: isZero)
    var isParenthesized = false
    if case .currency = style, usesAccountingSign, sign == "-" { isParenthesized = true }
    if isParenthesized {
      parts.append("literal", "(")
    } else {
      parts.append(sign == "-" ? "minusSign" : "plusSign", sign)
    }
    if case .currency(let code) = style, currencyDisplay != .name {
      let symbol = currencyDisplay == .code ? code : NumberFormat.currencySymbol(code, isNarrow: currencyDisplay == .narrowSymbol)
      parts.append("currency", symbol)
      // Letters keep a no-break space from the digits.
      let endsInLetter = symbol.utf8.last.map { (0x41...0x5A).contains($0 & 0xDF) } ?? false
      if endsInLetter, number.parts.first?.type == "integer" { parts.append("literal", "\u{A0}") }
    }
    parts.append(number)
    if let suffix {
      if suffix.type == "exponent" {
        parts.append("exponentSeparator", "E")
        parts.append("exponentMinusSign", suffix.value.contains("-") ? "-" : "")
        parts.append("exponentInteger", suffix.value.filter(\.isNumber))
      } else {
        if suffix.value.hasPrefix(" ") { parts.append("literal", " ") }
        parts.append("compact", suffix.value.filter { $0 != " " })
      }
    }
    switch style {
    case .percent: parts.append("percentSign", "%")
    case .unit(let unit):
      let (space, text) = UnitNames.suffix(unit, display: unitDisplay, isOne: isOne)
      parts.append("literal", space)
      parts.append("unit", text)
    case .currency(let code) where currencyDisplay == .name:
      parts.append("literal", " ")
      parts.append("currency", NumberFormat.currencyName(code, isOne: isOne && number.parts.count == 1))
    default: break
    }
    if isParenthesized { parts.append("literal", ")") }
    return parts
  }

  // MARK: - Currencies

  private static func currencyDigits(_ code: String) -> (minimum: Int, maximum: Int) {
    switch code {
    case "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF": (0, 0)
    case "BHD", "JOD", "KWD", "OMR", "TND", "IQD", "LYD": (3, 3)
    default: (2, 2)
    }
  }

  private static func currencySymbol(_ code: String, isNarrow: Bool) -> String {
    switch code {
    case "USD": return "$"
    case "EUR": return "€"
    case "GBP": return "£"
    case "JPY": return "¥"
    case "INR": return "₹"
    case "KRW": return "₩"
    case "VND": return "₫"
    case "ILS": return "₪"
    case "BRL": return isNarrow ? "$" : "R$"
    case "CAD": return isNarrow ? "$" : "CA$"
    case "AUD": return isNarrow ? "$" : "A$"
    case "MXN": return isNarrow ? "$" : "MX$"
    case "NZD": return isNarrow ? "$" : "NZ$"
    case "HKD": return isNarrow ? "$" : "HK$"
    case "TWD": return isNarrow ? "$" : "NT$"
    case "CNY": return isNarrow ? "¥" : "CN¥"
    case "PHP": return "₱"
    case "RUB" where isNarrow: return "₽"
    case "UAH" where isNarrow: return "₴"
    case "TRY" where isNarrow: return "₺"
    default: return code
    }
  }

  private static func currencyName(_ code: String, isOne: Bool) -> String {
    switch code {
    case "USD": isOne ? "US dollar" : "US dollars"
    case "EUR": isOne ? "euro" : "euros"
    case "GBP": isOne ? "British pound" : "British pounds"
    case "JPY": "Japanese yen"
    case "CNY": "Chinese yuan"
    case "INR": isOne ? "Indian rupee" : "Indian rupees"
    case "CAD": isOne ? "Canadian dollar" : "Canadian dollars"
    case "AUD": isOne ? "Australian dollar" : "Australian dollars"
    case "CHF": isOne ? "Swiss franc" : "Swiss francs"
    default: code
    }
  }
}

extension FormattedParts {
  fileprivate init(single type: String, _ value: String) {
    append(type, value)
  }
}
