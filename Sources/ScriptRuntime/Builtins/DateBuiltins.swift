// https://tc39.es/ecma262/#sec-date-constructor

extension Realm {
  func installDateBuiltins() {
    let prototype = intrinsics[.date]
    let constructor = defineConstructor(
      "Date", length: 7, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        Value(realm.string(DateFormatting.string(realm.now, zone: realm.timeZone)))
      },
      construct: DateBuiltins.construct)
    defineMethod(constructor, "now", length: 0) { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      .number(realm.now)
    }
    defineMethod(constructor, "parse", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      .number(DateParsing.parse(try realm.toString(arguments[0]).utf16Units, zone: realm.timeZone))
    }
    defineMethod(constructor, "UTC", length: 7) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      .number(TimeValue.timeClip(try DateBuiltins.time(realm, arguments)))
    }
    installDateGetters(prototype)
    installDateSetters(prototype)
    installDateTexts(prototype)
  }

  /// The run's time as a time value.
  var now: Double { TimeValue.timeClip(currentTime().rounded(.down)) }

  private func installDateGetters(_ prototype: ScriptObject) {
    // One closure for local time and one for UTC.
    let fields: [(name: String, utcName: String, field: KeyPath<DateFields, Int>)] = [
      ("getDate", "getUTCDate", \.day), ("getDay", "getUTCDay", \.weekday), ("getFullYear", "getUTCFullYear", \.year),
      ("getHours", "getUTCHours", \.hour), ("getMilliseconds", "getUTCMilliseconds", \.millisecond),
      ("getMinutes", "getUTCMinutes", \.minute), ("getMonth", "getUTCMonth", \.month), ("getSeconds", "getUTCSeconds", \.second),
    ]
    for (name, utcName, field) in fields {
      defineMethod(prototype, name, length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        let time = try DateBuiltins.date(realm, this).time
        return time.isNaN ? .nan : Value(DateFields(realm.timeZone.localTime(time))[keyPath: field])
      }
      defineMethod(prototype, utcName, length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        let time = try DateBuiltins.date(realm, this).time
        return time.isNaN ? .nan : Value(DateFields(time)[keyPath: field])
      }
    }
    for name in ["getTime", "valueOf"] {
      defineMethod(prototype, name, length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        .number(try DateBuiltins.date(realm, this).time)
      }
    }
    defineMethod(prototype, "getTimezoneOffset", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let time = try DateBuiltins.date(realm, this).time
      return time.isNaN ? .nan : .number((time - realm.timeZone.localTime(time)) / 60_000 + 0)
    }
    defineMethod(prototype, "getYear", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let time = try DateBuiltins.date(realm, this).time
      return time.isNaN ? .nan : Value(DateFields(realm.timeZone.localTime(time)).year - 1900)
    }
  }

  private func installDateSetters(_ prototype: ScriptObject) {
    defineMethod(prototype, "setTime", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let date = try DateBuiltins.date(realm, this)
      date.time = TimeValue.timeClip(try realm.toNumber(arguments[0]))
      return .number(date.time)
    }
    let times: [(name: String, first: Int)] = [("Hours", 0), ("Minutes", 1), ("Seconds", 2), ("Milliseconds", 3)]
    let dates: [(name: String, first: Int)] = [("FullYear", 0), ("Month", 1), ("Date", 2)]
    for isUTC in [false, true] {
      let prefix = isUTC ? "setUTC" : "set"
      for (name, first) in times {
        defineMethod(prototype, prefix + name, length: 4 - first) {
          (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
          try DateBuiltins.setTime(realm, this, arguments, first: first, isUTC: isUTC)
        }
      }
      for (name, first) in dates {
        defineMethod(prototype, prefix + name, length: 3 - first) {
          (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
          try DateBuiltins.setDate(realm, this, arguments, first: first, isUTC: isUTC)
        }
      }
    }
    defineMethod(prototype, "setYear", length: 1, DateBuiltins.setYear)
  }

  private func installDateTexts(_ prototype: ScriptObject) {
    func define(_ name: String, _ text: @escaping (Double, TimeZoneRules) -> String) {
      defineMethod(prototype, name, length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        let time = try DateBuiltins.date(realm, this).time
        return Value(realm.string(time.isNaN ? "Invalid Date" : text(time, realm.timeZone)))
      }
    }
    define("toString") { DateFormatting.string($0, zone: $1) }
    define("toDateString") { DateFormatting.dateString($0, zone: $1) }
    define("toTimeString") { DateFormatting.timeString($0, zone: $1) }
    define("toUTCString") { time, _ in DateFormatting.utcString(time) }
    // The older name is the same function.
    defineValue(prototype, "toGMTString", prototype.ordinaryOwnSlot(key("toUTCString")).value)
    defineMethod(prototype, "toISOString", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let time = try DateBuiltins.date(realm, this).time
      if time.isNaN { throw realm.rangeError("Invalid time value") }
      return Value(realm.string(DateFormatting.isoString(time)))
    }
    defineMethod(prototype, "toJSON", length: 1) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let object = try realm.toObject(this)
      if case .number(let number) = try realm.toPrimitive(this, preferring: .number), !number.isFinite { return .null }
      return try realm.invoke(Value(object), realm.key("toISOString"))
    }
    let localized: [(String, DateTimeDefaults)] = [
      ("toLocaleString", .dateAndTime), ("toLocaleDateString", .date), ("toLocaleTimeString", .time),
    ]
    for (name, defaults) in localized {
      defineMethod(prototype, name, length: 0) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let time = try DateBuiltins.date(realm, this).time
        let format = try realm.makeDateTimeFormat(locales: arguments[0], options: arguments[1], defaults: defaults)
        return Value(realm.string(time.isNaN ? "Invalid Date" : format.format.string(time)))
      }
    }
    defineMethod(prototype, symbol: .toPrimitiveSymbol, length: 1, flags: .configurable, DateBuiltins.toPrimitive)
  }
}

/// `Date` and its methods.
enum DateBuiltins {
  static func date(_ realm: Realm, _ this: Value) throws(Thrown) -> DateObject {
    guard let object = this.asObject, object.kind == .date else { throw realm.typeError("this is not a Date object.") }
    return unsafeDowncast(object, to: DateObject.self)
  }

  /// https://tc39.es/ecma262/#sec-date
  static func construct(_ realm: Realm, _ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    let time: Double
    switch arguments.count {
    case 0: time = realm.now
    case 1:
      if let object = arguments[0].asObject, object.kind == .date {
        time = unsafeDowncast(object, to: DateObject.self).time
      } else {
        let primitive = try realm.toPrimitive(arguments[0])
        if case .string(let text) = primitive {
          time = DateParsing.parse(text.cell.utf16Units, zone: realm.timeZone)
        } else {
          time = TimeValue.timeClip(try realm.toNumber(primitive))
        }
      }
    default: time = TimeValue.timeClip(realm.timeZone.utc(try Self.time(realm, arguments)))
    }
    let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.date])
    return Value(DateObject(realm: realm, time: time, prototype: prototype))
  }

  /// Year, month, day, hours, minutes, seconds, milliseconds as one number.
  static func time(_ realm: Realm, _ arguments: Arguments) throws(Thrown) -> Double {
    var values: [Double] = [.nan, 0, 1, 0, 0, 0, 0]
    for index in 0..<min(7, max(1, arguments.count)) { values[index] = try realm.toNumber(arguments[index]) }
    let day = TimeValue.makeDay(TimeValue.makeFullYear(values[0]), values[1], values[2])
    return TimeValue.makeDate(day, TimeValue.makeTime(values[3], values[4], values[5], values[6]))
  }

  // MARK: - Setters

  /// Converts the arguments that are given, at least one; nil for those that are not.
  private static func numbers(_ realm: Realm, _ arguments: Arguments, atMost count: Int) throws(Thrown) -> [Double] {
    var numbers: [Double] = []
    for index in 0..<min(count, max(1, arguments.count)) { numbers.append(try realm.toNumber(arguments[index])) }
    return numbers
  }

  private static func store(_ realm: Realm, _ date: DateObject, _ day: Double, _ time: Double, isUTC: Bool) -> Value {
    let moment = TimeValue.makeDate(day, time)
    date.time = TimeValue.timeClip(isUTC ? moment : realm.timeZone.utc(moment))
    return .number(date.time)
  }

  /// Hours (0), minutes (1), seconds (2) or milliseconds (3), and optionally those behind.
  static func setTime(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, first: Int, isUTC: Bool
  ) throws(Thrown) -> Value {
    let date = try date(realm, this)
    let time = date.time
    let numbers = try numbers(realm, arguments, atMost: 4 - first)
    if time.isNaN { return .nan }
    let local = isUTC ? time : realm.timeZone.localTime(time)
    let fields = DateFields(local)
    var values = [Double(fields.hour), Double(fields.minute), Double(fields.second), Double(fields.millisecond)]
    for (index, number) in numbers.enumerated() { values[first + index] = number }
    let day = (local / TimeValue.millisecondsPerDay).rounded(.down)
    return store(realm, date, day, TimeValue.makeTime(values[0], values[1], values[2], values[3]), isUTC: isUTC)
  }

  /// Year (0), month (1) or day (2), and optionally those behind.
  static func setDate(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, first: Int, isUTC: Bool
  ) throws(Thrown) -> Value {
    let date = try date(realm, this)
    let time = date.time
    let numbers = try numbers(realm, arguments, atMost: 3 - first)
    // Only a year makes an invalid date valid.
    if time.isNaN && first > 0 { return .nan }
    let local = time.isNaN ? 0 : isUTC ? time : realm.timeZone.localTime(time)
    let fields = DateFields(local)
    var values = [Double(fields.year), Double(fields.month), Double(fields.day)]
    for (index, number) in numbers.enumerated() { values[first + index] = number }
    let timeInDay = local - (local / TimeValue.millisecondsPerDay).rounded(.down) * TimeValue.millisecondsPerDay
    return store(realm, date, TimeValue.makeDay(values[0], values[1], values[2]), timeInDay, isUTC: isUTC)
  }

  /// https://tc39.es/ecma262/#sec-date.prototype.setyear
  static func setYear(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let date = try date(realm, this)
    let time = date.time
    let year = try realm.toNumber(arguments[0])
    let local = time.isNaN ? 0 : realm.timeZone.localTime(time)
    let fields = DateFields(local)
    let timeInDay = local - (local / TimeValue.millisecondsPerDay).rounded(.down) * TimeValue.millisecondsPerDay
    let day = TimeValue.makeDay(TimeValue.makeFullYear(year), Double(fields.month), Double(fields.day))
    return store(realm, date, day, timeInDay, isUTC: false)
  }

  /// https://tc39.es/ecma262/#sec-date.prototype-%symbol.toprimitive%
  static func toPrimitive(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject else { throw realm.typeError("Date.prototype[Symbol.toPrimitive] called on non-object") }
    guard case .string(let hint) = arguments[0] else { throw realm.typeError("Invalid hint: \(realm.describeForMessage(arguments[0]))") }
    let order: [WellKnownName]
    switch hint.cell.text {
    case "string", "default": order = [.toString, .valueOf]
    case "number": order = [.valueOf, .toString]
    default: throw realm.typeError("Invalid hint: \(hint.cell.text)")
    }
    for name in order {
      guard let method = try object.get(.known(name), receiver: this, realm).asCallable else { continue }
      let result = try method.call(this: this, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
      if !result.isObject { return result }
    }
    throw realm.typeError("Cannot convert object to primitive value")
  }
}
