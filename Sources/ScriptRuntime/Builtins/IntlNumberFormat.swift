// https://tc39.es/ecma402/#numberformat-objects, and toLocaleString of numbers

extension Realm {
  func installNumberFormat(_ intl: ScriptObject) {
    let prototype = defineIntlConstructor(intl, "NumberFormat", .numberFormat, isCallable: true) {
      (realm: Realm, locales: Value, options: Value) throws(Thrown) in
      .numberFormat(try realm.makeNumberFormat(locales: locales, options: options))
    }
    defineAccessor(prototype, "format") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let (object, format) = try realm.numberFormat(this, "get Intl.NumberFormat.prototype.format")
      if object.boundFunction.isUndefined {
        let bound = realm.makeNativeFunction("", length: 1) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          Value(realm.string(try realm.formattedParts(arguments[0], format).text))
        }
        object.boundFunction = Value(bound)
      }
      return object.boundFunction
    }
    defineMethod(prototype, "formatToParts", length: 1) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let format = try realm.numberFormat(this, "Intl.NumberFormat.prototype.formatToParts").format
      return realm.array(of: try realm.formattedParts(arguments[0], format))
    }
    defineMethod(prototype, "resolvedOptions", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      realm.resolvedOptions(try realm.numberFormat(this, "Intl.NumberFormat.prototype.resolvedOptions").format)
    }
    defineMethod(intrinsics[.number], "toLocaleString", length: 0) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let number = try realm.thisNumber(this)
      let format = try realm.makeNumberFormat(locales: arguments[0], options: arguments[1])
      return Value(realm.string(format.string(number)))
    }
    defineMethod(intrinsics[.bigInt], "toLocaleString", length: 0) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let primitive = (this.asObject as? PrimitiveObject)?.primitive ?? this
      guard case .bigInt = primitive else { throw realm.typeError("\(realm.describeForMessage(this)) is not a BigInt") }
      let format = try realm.makeNumberFormat(locales: arguments[0], options: arguments[1])
      return Value(realm.string(try realm.formattedParts(primitive, format).text))
    }
  }

  private func numberFormat(_ this: Value, _ method: String) throws(Thrown) -> (object: InternationalizationObject, format: NumberFormat) {
    let object = try intlObject(this, method)
    guard case .numberFormat(let format) = object.service else {
      throw typeError("Method \(method) called on incompatible receiver \(describeForMessage(this))")
    }
    return (object, format)
  }

  private func formattedParts(_ value: Value, _ format: NumberFormat) throws(Thrown) -> FormattedParts {
    let numeric = try toNumeric(value)
    if case .bigInt(let cell) = numeric {
      let integer = cell.cell.value
      var digits: [UInt8] = []
      (integer.isNegative ? integer.negated : integer).append(radix: 10, to: &digits)
      return format.format(digits: digits.map { $0 &- 48 }, isNegative: integer.isNegative)
    }
    return format.format(numeric.asNumber ?? .nan)
  }

  // MARK: - Options

  /// https://tc39.es/ecma402/#sec-initializenumberformat
  func makeNumberFormat(locales: Value, options optionsValue: Value) throws(Thrown) -> NumberFormat {
    _ = try canonicalLocales(locales)
    var format = NumberFormat()
    guard let options = try intlOptions(optionsValue) else { return format }
    _ = try option(options, "localeMatcher", among: ["lookup", "best fit"])
    _ = try option(options, "numberingSystem")
    try readUnit(options, &format)
    let notation = try option(options, "notation", among: ["standard", "scientific", "engineering", "compact"])
    try readDigits(options, &format)
    let compactDisplay = try option(options, "compactDisplay", among: ["short", "long"])
    switch notation {
    case "scientific": format.notation = .scientific
    case "engineering": format.notation = .engineering
    case "compact":
      format.notation = compactDisplay == "long" ? .compactLong : .compactShort
      format.grouping = .atLeastTwo
    default: break
    }
    try readGrouping(options, &format)
    switch try option(options, "signDisplay", among: ["auto", "never", "always", "exceptZero", "negative"]) {
    case "never": format.signDisplay = .never
    case "always": format.signDisplay = .always
    case "exceptZero": format.signDisplay = .exceptZero
    case "negative": format.signDisplay = .negative
    default: break
    }
    return format
  }

  private func readUnit(_ options: ScriptObject, _ format: inout NumberFormat) throws(Thrown) {
    let style = try option(options, "style", among: ["decimal", "percent", "currency", "unit"])
    let currency = try option(options, "currency")
    if let currency, currency.utf8.count != 3 || !currency.utf8.allSatisfy({ ($0 | 32) >= 97 && ($0 | 32) <= 122 }) {
      throw rangeError("Invalid currency code : \(currency)")
    }
    if style == "currency", currency == nil { throw typeError("Currency code is required with currency style.") }
    switch try option(options, "currencyDisplay", among: ["code", "symbol", "narrowSymbol", "name"]) {
    case "code": format.currencyDisplay = .code
    case "narrowSymbol": format.currencyDisplay = .narrowSymbol
    case "name": format.currencyDisplay = .name
    default: break
    }
    format.usesAccountingSign = try option(options, "currencySign", among: ["standard", "accounting"]) == "accounting"
    let unit = try option(options, "unit")
    if style == "unit", unit == nil { throw typeError("Unit is required with unit style.") }
    switch try option(options, "unitDisplay", among: ["short", "narrow", "long"]) {
    case "narrow": format.unitDisplay = .narrow
    case "long": format.unitDisplay = .long
    default: break
    }
    switch style {
    case "percent": format.style = .percent
    case "currency": format.style = .currency(code: (currency ?? "").uppercased())
    case "unit": format.style = .unit(unit ?? "")
    default: break
    }
  }

  /// https://tc39.es/ecma402/#sec-setnfdigitoptions. Rounding is always to the nearest, halves away from zero.
  func readDigits(_ options: ScriptObject, _ format: inout NumberFormat) throws(Thrown) {
    format.minimumIntegerDigits = try numberOption(options, "minimumIntegerDigits", 1...21) ?? 1
    let minimum = try numberOption(options, "minimumFractionDigits", 0...100)
    let maximum = try numberOption(options, "maximumFractionDigits", 0...100)
    if let minimum, let maximum, minimum > maximum { throw rangeError("maximumFractionDigits value is out of range.") }
    format.minimumFractionDigits = minimum
    format.maximumFractionDigits = maximum
    let least = try numberOption(options, "minimumSignificantDigits", 1...21)
    let most = try numberOption(options, "maximumSignificantDigits", 1...21)
    if let least, let most, least > most { throw rangeError("maximumSignificantDigits value is out of range.") }
    if least != nil || most != nil {
      format.minimumSignificantDigits = least ?? 1
      format.maximumSignificantDigits = most ?? 21
    }
  }

  private func readGrouping(_ options: ScriptObject, _ format: inout NumberFormat) throws(Thrown) {
    let value = try options.get(key("useGrouping"), receiver: Value(options), self)
    if value.isUndefined { return }
    if case .boolean(true) = value {
      format.grouping = .always
      return
    }
    if !value.isTruthy {
      format.grouping = .never
      return
    }
    switch try toText(value) {
    case "min2": format.grouping = .atLeastTwo
    case "auto", "true", "false": format.grouping = .auto
    case "always": format.grouping = .always
    case let other: throw rangeError("Value \(other) out of range for Intl.NumberFormat options property useGrouping")
    }
  }

  private func resolvedOptions(_ format: NumberFormat) -> Value {
    func text(_ word: String) -> Value { Value(string(word)) }
    var members: [(String, Value?)] = [("locale", text("en-US")), ("numberingSystem", text("latn"))]
    switch format.style {
    case .decimal: members.append(("style", text("decimal")))
    case .percent: members.append(("style", text("percent")))
    case .currency(let code):
      let display = "\(format.currencyDisplay)"
      members += [
        ("style", text("currency")), ("currency", text(code)), ("currencyDisplay", text(display)),
        ("currencySign", text(format.usesAccountingSign ? "accounting" : "standard")),
      ]
    case .unit(let unit):
      members += [("style", text("unit")), ("unit", text(unit)), ("unitDisplay", text("\(format.unitDisplay)"))]
    }
    members.append(("minimumIntegerDigits", Value(format.minimumIntegerDigits)))
    if let least = format.minimumSignificantDigits {
      members += [
        ("minimumSignificantDigits", Value(least)), ("maximumSignificantDigits", Value(format.maximumSignificantDigits ?? 21)),
      ]
    } else {
      members += [
        ("minimumFractionDigits", Value(format.fractionDigits.lowerBound)),
        ("maximumFractionDigits", Value(format.fractionDigits.upperBound)),
      ]
    }
    let grouping: Value =
      switch format.grouping {
      case .never: .boolean(false)
      case .auto: text("auto")
      case .always: text("always")
      case .atLeastTwo: text("min2")
      }
    let notation =
      switch format.notation {
      case .standard: "standard"
      case .scientific: "scientific"
      case .engineering: "engineering"
      case .compactShort, .compactLong: "compact"
      }
    members += [("useGrouping", grouping), ("notation", text(notation)), ("signDisplay", text("\(format.signDisplay)"))]
    members += [
      ("roundingIncrement", Value(1)), ("roundingMode", text("halfExpand")), ("roundingPriority", text("auto")),
      ("trailingZeroDisplay", text("auto")),
    ]
    return intlRecord(members)
  }
}
