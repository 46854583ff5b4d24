// Text as dates: the format of ECMA-262 exactly, then whatever else browsers take for a date.
//
// https://tc39.es/ecma262/#sec-date-time-string-format

/// Reads dates. The texts are UTF-16 units or Latin-1 bytes widened to them; results are time values, NaN for no date.
enum DateParsing {
  /// Date.parse. Times without an offset are in `zone`.
  static func parse(_ text: [UInt16], zone: TimeZoneRules) -> Double {
    let units = trimmed(text)
    // No date is this long; the rest would be read for nothing.
    guard units.count <= 256 else { return .nan }
    var format = StandardDateFormat(units)
    // No other format begins with a sign.
    let hasSign = units.first == 0x2B || units.first == 0x2D
    if hasSign { return format.parse(zone: zone) ?? .nan }
    if let time = format.parse(zone: zone) { return time }
    var fallback = InformalDateFormat(units)
    return fallback.parse(zone: zone)
  }

  private static func trimmed(_ text: [UInt16]) -> [UInt16] {
    var units = text[...]
    while let first = units.first, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(first)) { units.removeFirst() }
    while let last = units.last, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(last)) { units.removeLast() }
    return Array(units)
  }

  /// The time value of checked fields, clipped. `month` counts from 0.
  fileprivate static func time(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Double, offsetMinutes: Int?,
    zone: TimeZoneRules
  ) -> Double {
    let days = TimeValue.makeDay(Double(year), Double(month), Double(day))
    let clock = TimeValue.makeTime(Double(hour), Double(minute), Double(second), 0) + millisecond
    let local = TimeValue.makeDate(days, clock)
    return TimeValue.timeClip(offsetMinutes.map { local - Double($0) * 60_000 } ?? zone.utc(local))
  }
}

/// YYYY-MM-DDTHH:mm:ss.sssZ and its shorter forms.
private struct StandardDateFormat {
  private let units: [UInt16]
  private var position = 0

  init(_ units: [UInt16]) {
    self.units = units
  }

  /// nil when the text is in another format, NaN when it is in this one but no date.
  mutating func parse(zone: TimeZoneRules) -> Double? {
    guard let year = year() else { return nil }
    var (month, day) = (1, 1)
    if take(0x2D) {
      guard let number = digits(2) else { return nil }
      month = number
      if take(0x2D) {
        guard let number = digits(2) else { return nil }
        day = number
      }
    }
    var (hour, minute, second, millisecond) = (0, 0, 0, 0.0)
    var offsetMinutes: Int? = 0
    if take(0x54) || (position > 4 && position < units.count && take(0x74)) {
      guard let hours = digits(2), take(0x3A), let minutes = digits(2) else { return nil }
      (hour, minute) = (hours, minutes)
      if take(0x3A) {
        guard let seconds = digits(2) else { return nil }
        second = seconds
        if take(0x2E) || take(0x2C) {
          guard let fraction = fraction() else { return nil }
          millisecond = fraction
        }
      }
      guard let offset = offset() else { return nil }
      offsetMinutes = offset
    }
    guard position == units.count else { return nil }
    guard (1...12).contains(month), day >= 1, day <= TimeValue.daysInMonth(year: year, month: month - 1),
      hour < 24 || (hour == 24 && minute == 0 && second == 0 && millisecond == 0), minute < 60, second < 60
    else { return .nan }
    return DateParsing.time(
      year: year, month: month - 1, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond,
      offsetMinutes: offsetMinutes, zone: zone)
  }

  /// Four digits, or a sign and six. Year -000000 is not one.
  private mutating func year() -> Int? {
    guard let first = units.first, first == 0x2B || first == 0x2D else { return digits(4) }
    position = 1
    guard let year = digits(6), first == 0x2B || year != 0 else { return nil }
    return first == 0x2D ? -year : year
  }

  /// Outer nil for a malformed offset, inner nil for none.
  private mutating func offset() -> Int?? {
    guard position < units.count else { return .some(nil) }
    if take(0x5A) || take(0x7A) { return 0 }
    let isNegative = units[position] == 0x2D
    guard take(0x2B) || take(0x2D), let hours = digits(2), take(0x3A), let minutes = digits(2), hours < 24, minutes < 60 else {
      return nil
    }
    return (isNegative ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Milliseconds, further digits cut off.
  private mutating func fraction() -> Double? {
    var milliseconds = 0.0
    var weight = 100.0
    let start = position
    while position < units.count, (0x30...0x39).contains(units[position]) {
      if weight >= 1 { milliseconds += Double(units[position] - 0x30) * weight }
      weight /= 10
      position += 1
    }
    return position > start ? milliseconds : nil
  }

  private mutating func take(_ unit: UInt16) -> Bool {
    guard position < units.count, units[position] == unit else { return false }
    position += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard position + count <= units.count else { return nil }
    var value = 0
    for unit in units[position..<(position + count)] {
      guard (0x30...0x39).contains(unit) else { return nil }
      value = value * 10 + Int(unit - 0x30)
    }
    position += count
    return value
  }
}

/// The formats of toString and toUTCString and their many relatives: words, numbers, a clock and an offset in nearly any order.
private struct InformalDateFormat {
  private let units: [UInt16]
  private var position = 0
  private var numbers: [(value: Int, digits: Int)] = []
  private var monthFromName: Int?
  private var hour = 0
  private var minute = 0
  private var second = 0
  private var millisecond = 0.0
  private var hasClock = false
  private var isAfternoon: Bool?
  private var offsetMinutes: Int?
  private var yearIsNegative = false

  init(_ units: [UInt16]) {
    self.units = units
  }

  mutating func parse(zone: TimeZoneRules) -> Double {
    while position < units.count {
      guard parseToken() else { return .nan }
    }
    guard let (year, month, day) = date() else { return .nan }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return .nan }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24 || (hour == 24 && minute == 0 && second == 0), minute < 60, second < 60 else { return .nan }
    return DateParsing.time(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond,
      offsetMinutes: offsetMinutes, zone: zone)
  }

  private func unit(_ distance: Int = 0) -> UInt16 {
    position + distance < units.count ? units[position + distance] : 0
  }

  private func isDigit(_ unit: UInt16) -> Bool {
    (0x30...0x39).contains(unit)
  }

  private func isLetter(_ unit: UInt16) -> Bool {
    unit < 0x80 && (0x41...0x5A).contains(unit & 0xDF)
  }

  private mutating func parseToken() -> Bool {
    let current = unit()
    if current == 0x28 { return skipComment() }
    if isDigit(current) { return parseNumber() }
    if isLetter(current) { return parseWord() }
    if current == 0x2B || current == 0x2D, isDigit(unit(1)) {
      // A sign after the clock or after "GMT" begins an offset; one before the year belongs to that, others just separate.
      if hasClock || offsetMinutes != nil { return parseOffset() }
      let followsSpace = position > 0 && units[position - 1] == 0x20
      if current == 0x2D, followsSpace, monthFromName != nil, numbers.count == 1 { yearIsNegative = true }
    }
    switch current {
    case 0x20, 0x2C, 0x2D, 0x2E, 0x2F, 0x09, 0xA0, 0x202F, 0x3A, 0x2B:
      position += 1
      return true
    default:
      return false
    }
  }

  private mutating func skipComment() -> Bool {
    var depth = 0
    while position < units.count {
      if unit() == 0x28 { depth += 1 }
      if unit() == 0x29 { depth -= 1 }
      position += 1
      if depth == 0 { break }
    }
    return true
  }

  private mutating func digits() -> (value: Int, digits: Int) {
    var value = 0
    let start = position
    while isDigit(unit()) {
      value = min(value * 10 + Int(unit() - 0x30), 100_000_000)
      position += 1
    }
    return (value, position - start)
  }

  private mutating func parseNumber() -> Bool {
    let number = digits()
    guard unit() == 0x3A, isDigit(unit(1)), hasClock == false else {
      numbers.append(number)
      return numbers.count <= 3
    }
    hasClock = true
    hour = number.value
    position += 1
    minute = digits().value
    guard unit() == 0x3A, isDigit(unit(1)) else { return true }
    position += 1
    second = digits().value
    guard unit() == 0x2E || unit() == 0x3A, isDigit(unit(1)) else { return true }
    position += 1
    var weight = 100.0
    while isDigit(unit()) {
      if weight >= 1 { millisecond += Double(unit() - 0x30) * weight }
      weight /= 10
      position += 1
    }
    return true
  }

  private mutating func parseOffset() -> Bool {
    let isNegative = unit() == 0x2D
    position += 1
    let number = digits()
    var minutes: Int
    if unit() == 0x3A, isDigit(unit(1)) {
      position += 1
      minutes = number.value * 60 + digits().value
    } else {
      minutes = number.digits <= 2 ? number.value * 60 : number.value / 100 * 60 + number.value % 100
    }
    guard minutes < 24 * 60 else { return false }
    minutes = isNegative ? -minutes : minutes
    offsetMinutes = (offsetMinutes ?? 0) + minutes
    return true
  }

  private mutating func parseWord() -> Bool {
    var letters: [UInt8] = []
    while isLetter(unit()) {
      letters.append(UInt8(truncatingIfNeeded: unit() | 0x20))
      position += 1
    }
    let word = String(decoding: letters, as: UTF8.self)
    switch word {
    case "am", "pm":
      guard hasClock || numbers.isEmpty == false else { return false }
      isAfternoon = word == "pm"
    case "z", "ut", "utc", "gmt": offsetMinutes = 0
    case "est": offsetMinutes = -300
    case "edt": offsetMinutes = -240
    case "cst": offsetMinutes = -360
    case "cdt": offsetMinutes = -300
    case "mst": offsetMinutes = -420
    case "mdt": offsetMinutes = -360
    case "pst": offsetMinutes = -480
    case "pdt": offsetMinutes = -420
    case "t": return numbers.count == 3
    default:
      if let month = index(of: word, in: DateFormatting.months) {
        monthFromName = month
      } else if index(of: word, in: DateFormatting.weekdays) == nil, numbers.isEmpty == false || hasClock {
        return false
      }
    }
    return true
  }

  /// Three letters are enough, more have to agree no further.
  private func index(of word: String, in names: [String]) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    return names.firstIndex { $0.lowercased().prefix(3) == word.prefix(3) }
  }

  /// Which number is what: a number too large for a day is the year, otherwise the American order holds.
  private func date() -> (year: Int, month: Int, day: Int)? {
    func isYear(_ number: (value: Int, digits: Int)) -> Bool { number.value > 31 || number.digits > 2 }
    var year: (value: Int, digits: Int)?
    var month: Int
    var day = 1
    if let monthFromName {
      month = monthFromName
      guard numbers.isEmpty == false, numbers.count <= 2 else { return nil }
      if isYear(numbers[0]) {
        year = numbers[0]
        if numbers.count == 2 { day = numbers[1].value }
      } else {
        day = numbers[0].value
        if numbers.count == 2 { year = numbers[1] }
      }
    } else if let first = numbers.first {
      if isYear(first) {
        year = first
        month = numbers.count > 1 ? numbers[1].value - 1 : 0
        if numbers.count > 2 { day = numbers[2].value }
      } else {
        month = first.value - 1
        if numbers.count > 1 { day = numbers[1].value }
        if numbers.count > 2 { year = numbers[2] }
      }
    } else {
      return nil
    }
    guard (0...11).contains(month), (1...31).contains(day) else { return nil }
    guard let year else { return (2001, month, day) }
    if yearIsNegative { return (-year.value, month, day) }
    let isShort = year.digits <= 2
    return (isShort ? year.value + (year.value < 50 ? 2000 : 1900) : year.value, month, day)
  }
}
