// The rule that goes on after the last transition of a zone: "PST8PDT,M3.2.0,M11.1.0".
//
// The format is that of the variable TZ in POSIX, 8.3, with the extension of RFC 9636 for times beyond a day.

/// A standard offset and, where there is one, the daylight saving time of every year.
struct PosixTimeZoneRule: Sendable {
  let standard: TimeZoneRules.Offset
  private var daylight: TimeZoneRules.Offset?
  private var start = YearlyMoment(date: .month(3, week: 2, weekday: 0), seconds: 7200)
  private var end = YearlyMoment(date: .month(11, week: 1, weekday: 0), seconds: 7200)

  init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let name = scanner.name(), let west = scanner.time() else { return nil }
    standard = TimeZoneRules.Offset(seconds: -west, isDaylightSaving: false, abbreviation: name)
    if scanner.isAtEnd { return }
    guard let daylightName = scanner.name() else { return nil }
    var daylightSeconds = standard.seconds + 3600
    if scanner.isAtEnd == false, scanner.peek != 0x2C {
      guard let west = scanner.time() else { return nil }
      daylightSeconds = -west
    }
    daylight = TimeZoneRules.Offset(seconds: daylightSeconds, isDaylightSaving: true, abbreviation: daylightName)
    if scanner.isAtEnd { return }
    guard scanner.take(0x2C), let start = scanner.moment(), scanner.take(0x2C), let end = scanner.moment() else { return nil }
    (self.start, self.end) = (start, end)
  }

  /// What holds at a moment, in seconds since 1970.
  func offset(at seconds: Int) -> TimeZoneRules.Offset {
    guard let daylight else { return standard }
    let year = TimeValue.civil(fromDays: TimeValue.floorDivide(seconds + standard.seconds, 86_400)).year
    // The moments are told by the clock that is about to change.
    let begins = start.seconds(inYear: year) - standard.seconds
    let ends = end.seconds(inYear: year) - daylight.seconds
    let isDaylight = begins < ends ? begins <= seconds && seconds < ends : (ends <= seconds && seconds < begins) == false
    return isDaylight ? daylight : standard
  }

  fileprivate struct YearlyMoment: Sendable {
    enum Date: Sendable {
      /// Day 1 to 365, February 29 never counted.
      case julian(Int)
      /// Day 0 to 365.
      case dayOfYear(Int)
      /// Month 1 to 12, week 1 to 5 (the last), weekday 0 (Sunday) to 6.
      case month(Int, week: Int, weekday: Int)
    }

    var date: Date
    /// After midnight.
    var seconds: Int

    func seconds(inYear year: Int) -> Int {
      let day: Int
      switch date {
      case .julian(let number):
        let isAfterLeapDay = number >= 60 && TimeValue.daysInMonth(year: year, month: 1) == 29
        day = TimeValue.days(year: year, month: 0, day: 1) + number - 1 + (isAfterLeapDay ? 1 : 0)
      case .dayOfYear(let number):
        day = TimeValue.days(year: year, month: 0, day: 1) + number
      case .month(let month, let week, let weekday):
        let first = TimeValue.days(year: year, month: month - 1, day: 1)
        var offset = TimeValue.floorRemainder(weekday - TimeValue.floorRemainder(first + 4, 7), 7) + (week - 1) * 7
        if offset >= TimeValue.daysInMonth(year: year, month: month - 1) { offset -= 7 }
        day = first + offset
      }
      return day * 86_400 + seconds
    }
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }
    var peek: UInt8 { isAtEnd ? 0 : bytes[position] }

    mutating func take(_ byte: UInt8) -> Bool {
      guard isAtEnd == false, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    /// Three letters and more, or anything in angle brackets.
    mutating func name() -> String? {
      let isQuoted = take(0x3C)
      let start = position
      while isAtEnd == false {
        let isLetter = (0x41...0x5A).contains(peek & 0xDF)
        if isQuoted ? peek == 0x3E : isLetter == false { break }
        position += 1
      }
      let name = String(decoding: bytes[start..<position], as: UTF8.self)
      if isQuoted, take(0x3E) == false { return nil }
      return name.utf8.count >= 3 ? name : nil
    }

    mutating func number() -> Int? {
      var value = 0
      let start = position
      while (0x30...0x39).contains(peek), position - start < 4 {
        value = value * 10 + Int(peek - 0x30)
        position += 1
      }
      return position > start ? value : nil
    }

    /// [+-]hh[:mm[:ss]] in seconds.
    mutating func time() -> Int? {
      let isNegative = take(0x2D)
      if isNegative == false { _ = take(0x2B) }
      guard let hours = number(), hours <= 167 else { return nil }
      var seconds = hours * 3600
      if take(0x3A) {
        guard let minutes = number() else { return nil }
        seconds += minutes * 60
        if take(0x3A) {
          guard let rest = number() else { return nil }
          seconds += rest
        }
      }
      return isNegative ? -seconds : seconds
    }

    mutating func moment() -> YearlyMoment? {
      let date: YearlyMoment.Date
      if take(0x4D) {
        guard let month = number(), (1...12).contains(month), take(0x2E), let week = number(), (1...5).contains(week),
          take(0x2E), let weekday = number(), weekday < 7
        else { return nil }
        date = .month(month, week: week, weekday: weekday)
      } else if take(0x4A) {
        guard let day = number(), (1...365).contains(day) else { return nil }
        date = .julian(day)
      } else {
        guard let day = number(), day < 366 else { return nil }
        date = .dayOfYear(day)
      }
      guard take(0x2F) else { return YearlyMoment(date: date, seconds: 7200) }
      guard let seconds = time() else { return nil }
      return YearlyMoment(date: date, seconds: seconds)
    }
  }
}
