// The calendar of ECMA-262: milliseconds since 1970 in UTC, the proleptic Gregorian calendar, no leap seconds.
//
// https://tc39.es/ecma262/#sec-time-values-and-time-range

/// A moment taken apart, in UTC or in whichever zone its time value was shifted to.
struct DateFields: Equatable {
  var year: Int
  /// 0 to 11.
  var month: Int
  /// 1 to 31.
  var day: Int
  /// 0 (Sunday) to 6.
  var weekday: Int
  var hour: Int
  var minute: Int
  var second: Int
  var millisecond: Int

  /// `time` is a finite time value, at most a few days beyond the valid range; it is rounded down.
  init(_ time: Double) {
    let milliseconds = Int(max(-9e15, min(9e15, time.rounded(.down))))
    let days = TimeValue.floorDivide(milliseconds, 86_400_000)
    var rest = milliseconds - days * 86_400_000
    millisecond = rest % 1000
    rest /= 1000
    second = rest % 60
    rest /= 60
    minute = rest % 60
    hour = rest / 60
    weekday = TimeValue.floorRemainder(days + 4, 7)
    (year, month, day) = TimeValue.civil(fromDays: days)
  }
}

/// The abstract operations on time values. Invalid times are NaN.
enum TimeValue {
  static let millisecondsPerDay = 86_400_000.0
  /// 100 million days on either side of 1970.
  static let greatest = 8.64e15

  /// MakeTime.
  static func makeTime(_ hour: Double, _ minute: Double, _ second: Double, _ millisecond: Double) -> Double {
    guard hour.isFinite, minute.isFinite, second.isFinite, millisecond.isFinite else { return .nan }
    return integer(hour) * 3_600_000 + integer(minute) * 60_000 + integer(second) * 1000 + integer(millisecond)
  }

  /// MakeDay: days since 1970. Months count from 0 and, like days, may overflow.
  static func makeDay(_ year: Double, _ month: Double, _ date: Double) -> Double {
    guard year.isFinite, month.isFinite, date.isFinite else { return .nan }
    let wholeMonth = integer(month)
    let wholeYear = integer(year) + (wholeMonth / 12).rounded(.down)
    guard wholeYear.magnitude < 400_000 else { return .nan }
    let monthInYear = wholeMonth - (wholeMonth / 12).rounded(.down) * 12
    guard (0..<12).contains(monthInYear) else { return .nan }
    return Double(days(year: Int(wholeYear), month: Int(monthInYear), day: 1)) + integer(date) - 1
  }

  /// MakeDate.
  static func makeDate(_ day: Double, _ time: Double) -> Double {
    guard day.isFinite, time.isFinite else { return .nan }
    let value = day * millisecondsPerDay + time
    return value.isFinite ? value : .nan
  }

  /// TimeClip.
  static func timeClip(_ time: Double) -> Double {
    guard time.isFinite, time.magnitude <= greatest else { return .nan }
    return integer(time) + 0
  }

  /// MakeFullYear: 0 to 99 stand for 1900 to 1999.
  static func makeFullYear(_ year: Double) -> Double {
    guard year.isNaN == false else { return .nan }
    let whole = integer(year)
    return (0...99).contains(whole) ? 1900 + whole : whole
  }

  /// Days from 1970-01-01 to a date. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month < 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = (month + 10) % 12  // March is 0
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date (month from 0) that many days after 1970-01-01.
  static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = (shiftedMonth + 2) % 12
    return (yearOfEra + era * 400 + (month < 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 1: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 3, 5, 8, 10: 30
    default: 31
    }
  }

  static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor)
  }

  static func floorRemainder(_ dividend: Int, _ divisor: Int) -> Int {
    dividend - floorDivide(dividend, divisor) * divisor
  }

  /// ToIntegerOrInfinity of a number that is not NaN.
  private static func integer(_ value: Double) -> Double {
    value.rounded(.towardZero)
  }
}
