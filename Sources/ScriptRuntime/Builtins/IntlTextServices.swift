// https://tc39.es/ecma402/#collator-objects, #pluralrules-objects and #listformat-objects

/// A collator and the options as `resolvedOptions` tells them.
struct CollatorSettings {
  var collator = Collator()
  var usage = "sort"
  var sensitivity = "variant"
  var caseFirst = "false"
}

/// How Intl.ListFormat joins a list.
struct ListFormatSettings {
  var type = "conjunction"
  var style = "long"

  /// The text and the places of the elements.
  func format(_ elements: [String]) -> FormattedParts {
    var parts = FormattedParts()
    let word = type == "disjunction" ? "or" : style == "long" ? "and" : style == "short" ? "&" : ""
    for (index, element) in elements.enumerated() {
      if index > 0 {
        let isLast = index == elements.count - 1
        var separator = type == "unit" && style == "narrow" ? " " : ", "
        if isLast, type != "unit", !word.isEmpty { separator = (elements.count > 2 ? ", " : " ") + word + " " }
        parts.append("literal", separator)
      }
      parts.append("element", element)
    }
    return parts
  }
}

extension Realm {
  // MARK: - Collator

  func installCollator(_ intl: ScriptObject) {
    let prototype = defineIntlConstructor(intl, "Collator", .collator, isCallable: true) {
      (realm: Realm, locales: Value, options: Value) throws(Thrown) in
      .collator(try realm.makeCollator(locales: locales, options: options))
    }
    defineAccessor(prototype, "compare") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let object = try realm.intlObject(this, "get Intl.Collator.prototype.compare")
      guard case .collator(let settings) = object.service else { throw realm.typeError("Receiver is not an Intl.Collator") }
      if object.boundFunction.isUndefined {
        let bound = realm.makeNativeFunction("", length: 2) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          let left = try realm.toString(arguments[0])
          let right = try realm.toString(arguments[1])
          return Value(settings.collator.compare(left.utf16Units, right.utf16Units))
        }
        object.boundFunction = Value(bound)
      }
      return object.boundFunction
    }
    defineMethod(prototype, "resolvedOptions", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let object = try realm.intlObject(this, "Intl.Collator.prototype.resolvedOptions")
      guard case .collator(let settings) = object.service else { throw realm.typeError("Receiver is not an Intl.Collator") }
      return realm.intlRecord([
        ("locale", Value(realm.string("en-US"))), ("usage", Value(realm.string(settings.usage))),
        ("sensitivity", Value(realm.string(settings.sensitivity))),
        ("ignorePunctuation", .boolean(settings.collator.ignoresPunctuation)),
        ("collation", Value(realm.string("default"))), ("numeric", .boolean(settings.collator.isNumeric)),
        ("caseFirst", Value(realm.string(settings.caseFirst))),
      ])
    }
  }

  func makeCollator(locales: Value, options optionsValue: Value) throws(Thrown) -> CollatorSettings {
    var settings = CollatorSettings()
    if locales.isUndefined, optionsValue.isUndefined { return settings }
    let tags = try canonicalLocales(locales)
    let options = try intlOptions(optionsValue)
    settings.usage = try option(options, "usage", among: ["sort", "search"]) ?? "sort"
    _ = try option(options, "localeMatcher", among: ["lookup", "best fit"])
    _ = try option(options, "collation")
    settings.collator.isNumeric = try booleanOption(options, "numeric") ?? (tags.first?.contains("-u-kn") ?? false)
    settings.caseFirst = try option(options, "caseFirst", among: ["upper", "lower", "false"]) ?? "false"
    settings.sensitivity = try option(options, "sensitivity", among: ["base", "accent", "case", "variant"]) ?? "variant"
    settings.collator.ignoresPunctuation = try booleanOption(options, "ignorePunctuation") ?? false
    switch settings.sensitivity {
    case "base": settings.collator.sensitivity = .base
    case "accent": settings.collator.sensitivity = .accent
    case "case": settings.collator.sensitivity = .caseOnly
    default: break
    }
    switch settings.caseFirst {
    case "upper": settings.collator.caseFirst = .upper
    case "lower": settings.collator.caseFirst = .lower
    default: break
    }
    return settings
  }

  // MARK: - PluralRules

  func installPluralRules(_ intl: ScriptObject) {
    let prototype = defineIntlConstructor(intl, "PluralRules", .pluralRules, isCallable: false) {
      (realm: Realm, locales: Value, optionsValue: Value) throws(Thrown) in
      _ = try realm.canonicalLocales(locales)
      let options = try realm.intlOptions(optionsValue)
      _ = try realm.option(options, "localeMatcher", among: ["lookup", "best fit"])
      let type = try realm.option(options, "type", among: ["cardinal", "ordinal"])
      var format = NumberFormat()
      if let options { try realm.readDigits(options, &format) }
      return .pluralRules(isOrdinal: type == "ordinal", format: format)
    }
    defineMethod(prototype, "select", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let object = try realm.intlObject(this, "Intl.PluralRules.prototype.select")
      guard case .pluralRules(let isOrdinal, let format) = object.service else {
        throw realm.typeError("Receiver is not an Intl.PluralRules")
      }
      let number = try realm.toNumber(arguments[0])
      let category = isOrdinal ? PluralRules.ordinal(number) : PluralRules.cardinal(number, format: format)
      return Value(realm.string(category.rawValue))
    }
    defineMethod(prototype, "resolvedOptions", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let object = try realm.intlObject(this, "Intl.PluralRules.prototype.resolvedOptions")
      guard case .pluralRules(let isOrdinal, let format) = object.service else {
        throw realm.typeError("Receiver is not an Intl.PluralRules")
      }
      let categories = isOrdinal ? ["few", "one", "two", "other"] : ["one", "other"]
      return realm.intlRecord([
        ("locale", Value(realm.string("en-US"))), ("type", Value(realm.string(isOrdinal ? "ordinal" : "cardinal"))),
        ("minimumIntegerDigits", Value(format.minimumIntegerDigits)),
        ("minimumFractionDigits", Value(format.fractionDigits.lowerBound)),
        ("maximumFractionDigits", Value(format.fractionDigits.upperBound)),
        ("pluralCategories", Value(realm.makeArray(categories.map { Value(realm.string($0)) }))),
      ])
    }
  }

  // MARK: - ListFormat

  func installListFormat(_ intl: ScriptObject) {
    let prototype = defineIntlConstructor(intl, "ListFormat", .listFormat, isCallable: false) {
      (realm: Realm, locales: Value, optionsValue: Value) throws(Thrown) in
      _ = try realm.canonicalLocales(locales)
      guard optionsValue.isUndefined || optionsValue.isObject else { throw realm.typeError("options must be an object") }
      let options = optionsValue.asObject
      var settings = ListFormatSettings()
      _ = try realm.option(options, "localeMatcher", among: ["lookup", "best fit"])
      settings.type = try realm.option(options, "type", among: ["conjunction", "disjunction", "unit"]) ?? "conjunction"
      settings.style = try realm.option(options, "style", among: ["long", "short", "narrow"]) ?? "long"
      return .listFormat(settings)
    }
    defineMethod(prototype, "format", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      Value(realm.string(try realm.formattedList(this, arguments[0], "format").text))
    }
    defineMethod(prototype, "formatToParts", length: 1) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      realm.array(of: try realm.formattedList(this, arguments[0], "formatToParts"))
    }
    defineMethod(prototype, "resolvedOptions", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let object = try realm.intlObject(this, "Intl.ListFormat.prototype.resolvedOptions")
      guard case .listFormat(let settings) = object.service else { throw realm.typeError("Receiver is not an Intl.ListFormat") }
      return realm.intlRecord([
        ("locale", Value(realm.string("en-US"))), ("type", Value(realm.string(settings.type))),
        ("style", Value(realm.string(settings.style))),
      ])
    }
  }

  private func formattedList(_ this: Value, _ list: Value, _ method: String) throws(Thrown) -> FormattedParts {
    let object = try intlObject(this, "Intl.ListFormat.prototype." + method)
    guard case .listFormat(let settings) = object.service else { throw typeError("Receiver is not an Intl.ListFormat") }
    var elements: [String] = []
    if !list.isUndefined {
      try forEach(in: list) { value throws(Thrown) in
        guard case .string(let text) = value else { throw typeError("Iterable yielded a non-string value") }
        elements.append(text.cell.text)
        return true
      }
    }
    return settings.format(elements)
  }
}
