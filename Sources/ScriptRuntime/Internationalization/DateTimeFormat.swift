// Intl.DateTimeFormat for en-US and the Gregorian calendar.
//
// https://tc39.es/ecma402/#datetimeformat-objects

/// How to write a moment. Without any style or component it writes nothing: callers fill in the defaults of their method.
struct DateTimeFormat {
  enum Style { case full, long, medium, short }
  enum Number { case numeric, twoDigit }
  enum Name { case long, short, narrow }
  enum Month { case numeric, twoDigit, long, short, narrow }
  enum HourCycle { case h11, h12, h23, h24 }
  enum ZoneName { case short, long, shortOffset, longOffset }

  var zone: TimeZoneRules
  var dateStyle: Style?
  var timeStyle: Style?
  var weekday: Name?
  var era: Name?
  var year: Number?
  var month: Month?
  var day: Number?
  var hour: Number?
  var minute: Number?
  var second: Number?
  /// 1 to 3.
  var fractionalSecondDigits: Int?
  var zoneName: ZoneName?
  /// en-US counts to 12 unless told otherwise.
  var hourCycle = HourCycle.h12

  init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// The components of `toLocaleDateString()`.
  mutating func useNumericDate() {
    (year, month, day) = (.numeric, .numeric, .numeric)
  }

  /// The components of `toLocaleTimeString()`.
  mutating func useNumericTime() {
    (hour, minute, second) = (.numeric, .numeric, .numeric)
  }

  func string(_ time: Double) -> String { format(time).text }

  /// The moment, a valid time value, in labelled pieces.
  func format(_ time: Double) -> FormattedParts {
    let format = expanded
    let fields = DateFields(zone.localTime(time))
    var parts = format.dateParts(fields)
    let clock = format.timeParts(fields, time)
    if parts.parts.isEmpty { return clock }
    if clock.parts.isEmpty { return parts }
    let isWordy = format.month == .long && dateStyle != .medium && dateStyle != .short
    if format.weekday != nil, format.month == nil, format.day == nil, format.year == nil {
      parts.append("literal", " ")
    } else {
      parts.append("literal", isWordy ? " at " : ", ")
    }
    parts.append(clock)
    return parts
  }

  /// Styles spelled out as components.
  private var expanded: DateTimeFormat {
    var format = self
    switch dateStyle {
    case .full: (format.weekday, format.month, format.day, format.year) = (.long, .long, .numeric, .numeric)
    case .long: (format.month, format.day, format.year) = (.long, .numeric, .numeric)
    case .medium: (format.month, format.day, format.year) = (.short, .numeric, .numeric)
    case .short: (format.month, format.day, format.year) = (.numeric, .numeric, .twoDigit)
    case nil: break
    }
    if let timeStyle {
      (format.hour, format.minute) = (.numeric, .twoDigit)
      if timeStyle != .short { format.second = .twoDigit }
      if timeStyle == .full { format.zoneName = .long }
      if timeStyle == .long { format.zoneName = .short }
    }
    return format
  }

  // MARK: - Dates

  private func dateParts(_ fields: DateFields) -> FormattedParts {
    var parts = FormattedParts()
    let weekdayName = weekday.map { abbreviated(DateFormatting.weekdays[fields.weekday], $0) }
    if let month, month != .numeric, month != .twoDigit {
      let name = abbreviated(DateFormatting.months[fields.month], month == .long ? .long : month == .short ? .short : .narrow)
      if let weekdayName, day != nil || year != nil {
        parts.append("weekday", weekdayName)
        parts.append("literal", ", ")
      }
      parts.append("month", name)
      if let day {
        parts.append("literal", " ")
        parts.append("day", number(fields.day, day))
      }
      if let year {
        parts.append("literal", day == nil ? " " : ", ")
        parts.append("year", yearText(fields.year, year))
      }
      if let weekdayName, day == nil, year == nil {
        parts.append("literal", " ")
        parts.append("weekday", weekdayName)
      }
    } else {
      appendNumericDate(fields, weekdayName, to: &parts)
    }
    if let era, year != nil {
      parts.append("literal", " ")
      parts.append("era", eraName(fields.year, era))
    }
    return parts
  }

  private func appendNumericDate(_ fields: DateFields, _ weekdayName: String?, to parts: inout FormattedParts) {
    var pieces: [(type: String, text: String)] = []
    if let month { pieces.append(("month", number(fields.month + 1, month == .twoDigit ? .twoDigit : .numeric))) }
    if let day { pieces.append(("day", number(fields.day, day))) }
    if let year { pieces.append(("year", yearText(fields.year, year))) }
    if let weekdayName, month != nil || pieces.isEmpty {
      parts.append("weekday", weekdayName)
      if pieces.isEmpty == false { parts.append("literal", ", ") }
    }
    for (index, piece) in pieces.enumerated() {
      if index > 0 { parts.append("literal", month == nil ? " " : "/") }
      parts.append(piece.type, piece.text)
    }
    if let weekdayName, month == nil, pieces.isEmpty == false {
      parts.append("literal", " ")
      parts.append("weekday", weekdayName)
    }
  }

  private func abbreviated(_ name: String, _ width: Name) -> String {
    switch width {
    case .long: name
    case .short: String(name.prefix(3))
    case .narrow: String(name.prefix(1))
    }
  }

  private func number(_ value: Int, _ width: Number) -> String {
    DateFormatting.padded(value, width == .twoDigit ? 2 : 1)
  }

  /// Years before the first are counted backwards from 1.
  private func yearText(_ year: Int, _ width: Number) -> String {
    let shown = year > 0 ? year : 1 - year
    return width == .twoDigit ? DateFormatting.padded(shown % 100, 2) : String(shown)
  }

  private func eraName(_ year: Int, _ width: Name) -> String {
    switch width {
    case .long: year > 0 ? "Anno Domini" : "Before Christ"
    case .short: year > 0 ? "AD" : "BC"
    case .narrow: year > 0 ? "A" : "B"
    }
  }

  // MARK: - Times

  private func timeParts(_ fields: DateFields, _ time: Double) -> FormattedParts {
    var parts = FormattedParts()
    let usesHalves = hourCycle == .h11 || hourCycle == .h12
    if let hour { parts.append("hour", hourText(fields.hour, hour, usesHalves: usesHalves)) }
    if let minute {
      if hour != nil { parts.append("literal", ":") }
      let isAlone = hour == nil && second == nil
      parts.append("minute", number(fields.minute, isAlone ? (minute == .twoDigit ? .numeric : minute) : .twoDigit))
    }
    if let second {
      if hour != nil || minute != nil { parts.append("literal", ":") }
      parts.append(
        "second",
        number(
          fields.second, hour == nil && minute == nil ? .numeric : second == .numeric && minute == nil ? .numeric : .twoDigit))
    }
    if let fractionalSecondDigits, (1...3).contains(fractionalSecondDigits) {
      if second != nil { parts.append("literal", ".") }
      parts.append("fractionalSecond", String(DateFormatting.padded(fields.millisecond, 3).prefix(fractionalSecondDigits)))
    }
    if hour != nil, usesHalves {
      parts.append("literal", " ")
      parts.append("dayPeriod", fields.hour < 12 ? "AM" : "PM")
    }
    if let zoneName {
      if parts.parts.isEmpty == false { parts.append("literal", " ") }
      parts.append("timeZoneName", zoneText(zone.offset(atTime: time), zoneName))
    }
    return parts
  }

  private func hourText(_ hour: Int, _ width: Number, usesHalves: Bool) -> String {
    switch hourCycle {
    case .h11: number(hour % 12, width)
    case .h12: number((hour + 11) % 12 + 1, width)
    case .h23: number(hour, .twoDigit)
    case .h24: number(hour == 0 ? 24 : hour, .twoDigit)
    }
  }

  private func zoneText(_ offset: TimeZoneRules.Offset, _ width: ZoneName) -> String {
    switch width {
    case .long: return DateFormatting.longName(offset, of: zone)
    case .short:
      let name = DateFormatting.longName(offset, of: zone)
      let isAmerican = ["Eastern ", "Central ", "Mountain ", "Pacific ", "Alaska ", "Hawaii"].contains { name.hasPrefix($0) }
      return isAmerican && name.hasPrefix("Central European") == false || name == "Coordinated Universal Time"
        ? offset.abbreviation : offsetText(offset.seconds, isLong: false)
    case .shortOffset: return offsetText(offset.seconds, isLong: false)
    case .longOffset: return offsetText(offset.seconds, isLong: true)
    }
  }

  private func offsetText(_ seconds: Int, isLong: Bool) -> String {
    if seconds == 0 { return "GMT" }
    let minutes = Int(seconds.magnitude) / 60
    let sign = seconds < 0 ? "-" : "+"
    if isLong { return "GMT\(sign)\(DateFormatting.padded(minutes / 60, 2)):\(DateFormatting.padded(minutes % 60, 2))" }
    return "GMT\(sign)\(minutes / 60)" + (minutes % 60 == 0 ? "" : ":\(DateFormatting.padded(minutes % 60, 2))")
  }
}
