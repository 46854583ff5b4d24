// Dates as text: the fixed formats of ECMA-262.
//
// https://tc39.es/ecma262/#sec-todatestring

/// Writes time values. `time` is finite and valid throughout.
enum DateFormatting {
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]

  /// Date.prototype.toString: "Tue Feb 01 2022 00:00:00 GMT+0100 (Central European Standard Time)".
  static func string(_ time: Double, zone: TimeZoneRules) -> String {
    dateString(time, zone: zone) + " " + timeString(time, zone: zone)
  }

  /// Date.prototype.toDateString: "Tue Feb 01 2022".
  static func dateString(_ time: Double, zone: TimeZoneRules) -> String {
    let fields = DateFields(zone.localTime(time))
    return "\(weekdays[fields.weekday].prefix(3)) \(months[fields.month].prefix(3)) \(padded(fields.day, 2)) \(year(fields.year))"
  }

  /// Date.prototype.toTimeString: "00:00:00 GMT+0100 (Central European Standard Time)".
  static func timeString(_ time: Double, zone: TimeZoneRules) -> String {
    let fields = DateFields(zone.localTime(time))
    let offset = zone.offset(atTime: time)
    let minutes = Int(offset.seconds.magnitude) / 60
    let sign = offset.seconds < 0 ? "-" : "+"
    return clock(fields) + " GMT\(sign)\(padded(minutes / 60, 2))\(padded(minutes % 60, 2)) (\(longName(offset, of: zone)))"
  }

  /// Date.prototype.toUTCString: "Tue, 01 Feb 2022 00:00:00 GMT".
  static func utcString(_ time: Double) -> String {
    let fields = DateFields(time)
    let date = "\(padded(fields.day, 2)) \(months[fields.month].prefix(3)) \(year(fields.year))"
    return "\(weekdays[fields.weekday].prefix(3)), \(date) \(clock(fields)) GMT"
  }

  /// Date.prototype.toISOString: "2022-02-01T00:00:00.000Z".
  static func isoString(_ time: Double) -> String {
    let fields = DateFields(time)
    let isShort = (0...9999).contains(fields.year)
    let year = isShort ? padded(fields.year, 4) : (fields.year < 0 ? "-" : "+") + padded(Int(fields.year.magnitude), 6)
    return "\(year)-\(padded(fields.month + 1, 2))-\(padded(fields.day, 2))T\(clock(fields)).\(padded(fields.millisecond, 3))Z"
  }

  /// Decimal digits of a number that is not negative, with zeros in front.
  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func clock(_ fields: DateFields) -> String {
    "\(padded(fields.hour, 2)):\(padded(fields.minute, 2)):\(padded(fields.second, 2))"
  }

  private static func year(_ year: Int) -> String {
    (year < 0 ? "-" : "") + padded(Int(year.magnitude), 4)
  }

  /// "Pacific Daylight Time" where the abbreviation is a usual one, the abbreviation otherwise.
  static func longName(_ offset: TimeZoneRules.Offset, of zone: TimeZoneRules) -> String {
    switch offset.abbreviation {
    case "UTC", "UCT": return "Coordinated Universal Time"
    case "GMT": return "Greenwich Mean Time"
    case "BST" where offset.seconds == 3600: return "British Summer Time"
    case "WET": return "Western European Standard Time"
    case "WEST": return "Western European Summer Time"
    case "CET": return "Central European Standard Time"
    case "CEST": return "Central European Summer Time"
    case "EET": return "Eastern European Standard Time"
    case "EEST": return "Eastern European Summer Time"
    case "MSK": return "Moscow Standard Time"
    case "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST":
      guard let name = americanName(offset) else { break }
      return name
    case "JST": return "Japan Standard Time"
    case "KST": return "Korean Standard Time"
    case "IST" where offset.seconds == 19_800: return "India Standard Time"
    case "AEST": return "Australian Eastern Standard Time"
    case "AEDT": return "Australian Eastern Daylight Time"
    case "NZST": return "New Zealand Standard Time"
    case "NZDT": return "New Zealand Daylight Time"
    default: break
    }
    guard let first = offset.abbreviation.utf8.first, first == 0x2B || first == 0x2D else { return offset.abbreviation }
    let minutes = Int(offset.seconds.magnitude) / 60
    return "GMT\(offset.seconds < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  /// By offset as well, since "CST" is China's, too.
  private static func americanName(_ offset: TimeZoneRules.Offset) -> String? {
    let kind = offset.isDaylightSaving ? "Daylight" : "Standard"
    let region: String
    switch offset.seconds - (offset.isDaylightSaving ? 3600 : 0) {
    case -18_000: region = "Eastern"
    case -21_600: region = "Central"
    case -25_200: region = "Mountain"
    case -28_800: region = "Pacific"
    case -32_400: region = "Alaska"
    case -36_000: region = "Hawaii-Aleutian"
    case 28_800: region = "China"
    default: return nil
    }
    return "\(region) \(kind) Time"
  }
}
