// https://tc39.es/ecma402/#datetimeformat-objects, and toLocaleString of dates

/// A format and what `resolvedOptions` tells beyond it.
struct DateTimeFormatSettings {
  var format: DateTimeFormat
  /// The options that were given or filled in, in the order of `resolvedOptions`.
  var resolved: [(name: String, value: String)] = []
}

/// What is written when no component is asked for.
enum DateTimeDefaults { case date, time, dateAndTime, any }

extension Realm {
  func installDateTimeFormat(_ intl: ScriptObject) {
    let prototype = defineIntlConstructor(intl, "DateTimeFormat", .dateTimeFormat, isCallable: true) {
      (realm: Realm, locales: Value, options: Value) throws(Thrown) in
      .dateTimeFormat(try realm.makeDateTimeFormat(locales: locales, options: options, defaults: .any))
    }
    defineAccessor(prototype, "format") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let (object, settings) = try realm.dateTimeFormat(this, "get Intl.DateTimeFormat.prototype.format")
      if object.boundFunction.isUndefined {
        let bound = realm.makeNativeFunction("", length: 1) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          Value(realm.string(settings.format.string(try realm.dateToFormat(arguments[0]))))
        }
        object.boundFunction = Value(bound)
      }
      return object.boundFunction
    }
    defineMethod(prototype, "formatToParts", length: 1) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let settings = try realm.dateTimeFormat(this, "Intl.DateTimeFormat.prototype.formatToParts").settings
      return realm.array(of: settings.format.format(try realm.dateToFormat(arguments[0])))
    }
    defineMethod(prototype, "formatRange", length: 2) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let settings = try realm.dateTimeFormat(this, "Intl.DateTimeFormat.prototype.formatRange").settings
      if arguments[0].isUndefined || arguments[1].isUndefined { throw realm.typeError("startDate or endDate cannot be undefined") }
      let start = settings.format.string(try realm.dateToFormat(arguments[0]))
      let end = settings.format.string(try realm.dateToFormat(arguments[1]))
      return Value(realm.string(start == end ? start : start + " – " + end))
    }
    defineMethod(prototype, "resolvedOptions", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let settings = try realm.dateTimeFormat(this, "Intl.DateTimeFormat.prototype.resolvedOptions").settings
      var members: [(String, Value?)] = [
        ("locale", Value(realm.string("en-US"))), ("calendar", Value(realm.string("gregory"))),
        ("numberingSystem", Value(realm.string("latn"))), ("timeZone", Value(realm.string(settings.format.zone.name))),
      ]
      if settings.format.hour != nil || settings.format.timeStyle != nil {
        let cycle = settings.format.hourCycle
        members += [
          ("hourCycle", Value(realm.string("\(cycle)"))), ("hour12", .boolean(cycle == .h11 || cycle == .h12)),
        ]
      }
      for (name, value) in settings.resolved {
        let isNumber = name == "fractionalSecondDigits"
        members.append((name, isNumber ? .number(Double(value) ?? 0) : Value(realm.string(value))))
      }
      return realm.intlRecord(members)
    }
  }

  private func dateTimeFormat(
    _ this: Value, _ method: String
  ) throws(Thrown) -> (object: InternationalizationObject, settings: DateTimeFormatSettings) {
    let object = try intlObject(this, method)
    guard case .dateTimeFormat(let settings) = object.service else {
      throw typeError("Method \(method) called on incompatible receiver \(describeForMessage(this))")
    }
    return (object, settings)
  }

  /// The moment to format: now where none is given; a RangeError for an invalid date.
  private func dateToFormat(_ value: Value) throws(Thrown) -> Double {
    let time = value.isUndefined ? now : TimeValue.timeClip(try toNumber(value))
    if time.isNaN { throw rangeError("Invalid time value") }
    return time
  }

  // MARK: - Options

  /// https://tc39.es/ecma402/#sec-createdatetimeformat
  func makeDateTimeFormat(
    locales: Value, options optionsValue: Value, defaults: DateTimeDefaults
  ) throws(Thrown) -> DateTimeFormatSettings {
    _ = try canonicalLocales(locales)
    var settings = DateTimeFormatSettings(format: DateTimeFormat(zone: timeZone))
    guard let options = try intlOptions(optionsValue) else {
      fillIn(&settings, defaults)
      return settings
    }
    _ = try option(options, "localeMatcher", among: ["lookup", "best fit"])
    _ = try option(options, "calendar")
    _ = try option(options, "numberingSystem")
    let hour12 = try booleanOption(options, "hour12")
    let hourCycle = try option(options, "hourCycle", among: ["h11", "h12", "h23", "h24"])
    let zone = try options.get(key("timeZone"), receiver: Value(options), self)
    if !zone.isUndefined {
      let name = try toText(zone)
      guard let rules = TimeZoneRules.named(name) else { throw rangeError("Invalid time zone specified: \(name)") }
      settings.format.zone = rules
    }
    try readComponents(options, &settings)
    _ = try option(options, "formatMatcher", among: ["basic", "best fit"])
    try readStyles(options, &settings, defaults)
    switch (hour12, hourCycle) {
    case (true?, _): settings.format.hourCycle = .h12
    case (false?, _): settings.format.hourCycle = .h23
    case (nil, "h11"?): settings.format.hourCycle = .h11
    case (nil, "h23"?): settings.format.hourCycle = .h23
    case (nil, "h24"?): settings.format.hourCycle = .h24
    default: break
    }
    fillIn(&settings, defaults)
    return settings
  }

  private func readComponents(_ options: ScriptObject, _ settings: inout DateTimeFormatSettings) throws(Thrown) {
    func read(_ name: String, _ words: [String], _ settings: inout DateTimeFormatSettings) throws(Thrown) -> String? {
      guard let word = try option(options, name, among: words) else { return nil }
      settings.resolved.append((name, word))
      return word
    }
    func name(_ word: String?) -> DateTimeFormat.Name? {
      word.map { $0 == "long" ? .long : $0 == "short" ? .short : .narrow }
    }
    func number(_ word: String?) -> DateTimeFormat.Number? { word.map { $0 == "numeric" ? .numeric : .twoDigit } }
    let names = ["narrow", "short", "long"], numbers = ["2-digit", "numeric"]
    settings.format.weekday = name(try read("weekday", names, &settings))
    settings.format.era = name(try read("era", names, &settings))
    settings.format.year = number(try read("year", numbers, &settings))
    switch try read("month", numbers + names, &settings) {
    case "2-digit": settings.format.month = .twoDigit
    case "numeric": settings.format.month = .numeric
    case "narrow": settings.format.month = .narrow
    case "short": settings.format.month = .short
    case "long": settings.format.month = .long
    default: break
    }
    settings.format.day = number(try read("day", numbers, &settings))
    // Departure: day periods ("in the morning") are checked and left out.
    _ = try option(options, "dayPeriod", among: names)
    settings.format.hour = number(try read("hour", numbers, &settings))
    settings.format.minute = number(try read("minute", numbers, &settings))
    settings.format.second = number(try read("second", numbers, &settings))
    settings.format.fractionalSecondDigits = try numberOption(options, "fractionalSecondDigits", 1...3)
    if let digits = settings.format.fractionalSecondDigits { settings.resolved.append(("fractionalSecondDigits", String(digits))) }
    let zoneNames = ["short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"]
    switch try read("timeZoneName", zoneNames, &settings) {
    case "short", "shortGeneric": settings.format.zoneName = .short
    case "long", "longGeneric": settings.format.zoneName = .long
    case "shortOffset": settings.format.zoneName = .shortOffset
    case "longOffset": settings.format.zoneName = .longOffset
    default: break
    }
  }

  private func readStyles(
    _ options: ScriptObject, _ settings: inout DateTimeFormatSettings, _ defaults: DateTimeDefaults
  ) throws(Thrown) {
    func style(_ word: String) -> DateTimeFormat.Style {
      switch word {
      case "full": .full
      case "long": .long
      case "medium": .medium
      default: .short
      }
    }
    let words = ["full", "long", "medium", "short"]
    let dateStyle = try option(options, "dateStyle", among: words)
    let timeStyle = try option(options, "timeStyle", among: words)
    guard dateStyle != nil || timeStyle != nil else { return }
    if let given = settings.resolved.first {
      throw typeError("Can't set option \(given.name) when \(dateStyle == nil ? "timeStyle" : "dateStyle") is used")
    }
    if defaults == .date, timeStyle != nil { throw typeError("Invalid option : timeStyle") }
    if defaults == .time, dateStyle != nil { throw typeError("Invalid option : dateStyle") }
    settings.format.dateStyle = dateStyle.map(style)
    settings.format.timeStyle = timeStyle.map(style)
    if let dateStyle { settings.resolved.append(("dateStyle", dateStyle)) }
    if let timeStyle { settings.resolved.append(("timeStyle", timeStyle)) }
  }

  /// Adds the usual components where none of the kind that the method is about was asked for.
  private func fillIn(_ settings: inout DateTimeFormatSettings, _ defaults: DateTimeDefaults) {
    let format = settings.format
    guard format.dateStyle == nil, format.timeStyle == nil else { return }
    let hasDate = format.weekday != nil || format.year != nil || format.month != nil || format.day != nil
    let hasTime = format.hour != nil || format.minute != nil || format.second != nil || format.fractionalSecondDigits != nil
    let isNeeded =
      switch defaults {
      case .date: !hasDate
      case .time: !hasTime
      case .dateAndTime, .any: !hasDate && !hasTime
      }
    guard isNeeded else { return }
    if defaults != .time {
      settings.format.useNumericDate()
      settings.resolved += [("year", "numeric"), ("month", "numeric"), ("day", "numeric")]
    }
    if defaults == .time || defaults == .dateAndTime {
      settings.format.useNumericTime()
      settings.resolved += [("hour", "numeric"), ("minute", "2-digit"), ("second", "2-digit")]
    }
  }
}
