import Testing

@testable import ScriptRuntime

@Suite struct DateTests {
  private let pacific = TimeZoneRules.named("America/Los_Angeles") ?? .utc

  private func parse(_ text: String, zone: TimeZoneRules = .utc) -> Double {
    DateParsing.parse(Array(text.utf16), zone: zone)
  }

  @Test func everyDayOfFourCenturiesSurvivesTheCalendar() {
    var days = TimeValue.days(year: 1899, month: 0, day: 1)
    for year in 1899...2300 {
      for month in 0..<12 {
        for day in 1...TimeValue.daysInMonth(year: year, month: month) {
          let date = TimeValue.civil(fromDays: days)
          #expect(date.year == year && date.month == month && date.day == day)
          days += 1
        }
      }
    }
    #expect(days == TimeValue.days(year: 2301, month: 0, day: 1))
  }

  @Test func theFirstAndLastMoments() {
    #expect(DateFormatting.isoString(TimeValue.greatest) == "+275760-09-13T00:00:00.000Z")
    #expect(DateFormatting.isoString(-TimeValue.greatest) == "-271821-04-20T00:00:00.000Z")
    #expect(TimeValue.timeClip(TimeValue.greatest + 1).isNaN)
    #expect(DateFields(-1) == DateFields(Double(-86_400_000) + 86_399_999))
    #expect(DateFields(-1).year == 1969)
    #expect(DateFields(0).weekday == 4)
  }

  @Test func monthsOverflowIntoYears() {
    #expect(TimeValue.makeDay(2020, 12, 1) == TimeValue.makeDay(2021, 0, 1))
    #expect(TimeValue.makeDay(2020, -1, 1) == TimeValue.makeDay(2019, 11, 1))
    #expect(TimeValue.makeDay(2020, 1, 30) == TimeValue.makeDay(2020, 2, 1))
    #expect(TimeValue.makeDay(.infinity, 0, 1).isNaN)
    #expect(TimeValue.makeDay(1e300, 0, 1).isNaN)
    #expect(TimeValue.makeFullYear(70) == 1970)
  }

  @Test(arguments: [
    ("2020-01-02T03:04:05.678Z", 1_577_934_245_678.0), ("2020", 1_577_836_800_000), ("2020-02", 1_580_515_200_000),
    ("2020-01-02", 1_577_923_200_000), ("2020-01-02T24:00:00Z", 1_578_009_600_000), ("2020-01-02T03:04+05:30", 1_577_914_440_000),
    ("+275760-09-13T00:00:00.000Z", 8.64e15), ("-000001-01-01T00:00:00Z", -62_198_755_200_000),
    ("Thu, 02 Jan 2020 03:04:05 GMT", 1_577_934_245_000), ("Thu Jan 02 2020 03:04:05 GMT-0800 (PST)", 1_577_963_045_000),
    ("Jan 1 2020 10:00 UTC", 1_577_872_800_000), ("2020/01/02 UTC", 1_577_923_200_000), ("1 January 2020 UTC", 1_577_836_800_000),
    ("1/2/2020, 3:04:05 PM GMT", 1_577_977_445_000), ("12/25/95 UTC", 819_849_600_000),
  ])
  func textsOfManyFormatsAreDates(text: String, expected: Double) {
    #expect(parse(text, zone: pacific) == expected, "\(text)")
  }

  @Test(arguments: [
    "", "hello", "2020-13-01", "2020-02-30", "2020-01-01T25:00", "2020-01-01T24:00:01Z", "-000000-01-01T00:00:00Z",
    "2020-1-1T1Z foo",
    "+275760-09-13T00:00:00.001Z", "Jan 32 2020", "2020 foo", "1/2/3/4",
  ])
  func otherTextsAreNot(text: String) {
    #expect(parse(text).isNaN, "\(text)")
  }

  @Test func dateTimesWithoutOffsetAreLocal() {
    #expect(parse("2020-07-01T00:00", zone: pacific) == parse("2020-07-01T07:00Z"))
    #expect(parse("2020-01-01T00:00", zone: pacific) == parse("2020-01-01T08:00Z"))
    #expect(parse("2020-01-01", zone: pacific) == parse("2020-01-01T00:00Z"))
  }

  @Test func skippedAndRepeatedHoursUseTheOffsetBefore() {
    // 2020-03-08 02:30 does not exist, 2020-11-01 01:30 exists twice.
    #expect(parse("2020-03-08T02:30", zone: pacific) == parse("2020-03-08T10:30Z"))
    #expect(parse("2020-11-01T01:30", zone: pacific) == parse("2020-11-01T08:30Z"))
    // Far beyond the table of transitions the yearly rule holds.
    #expect(parse("2120-07-01T00:00", zone: pacific) == parse("2120-07-01T07:00Z"))
  }

  @Test func fixedFormats() {
    let time = parse("2022-07-01T15:04:05.006Z")
    #expect(DateFormatting.string(time, zone: pacific) == "Fri Jul 01 2022 08:04:05 GMT-0700 (Pacific Daylight Time)")
    #expect(DateFormatting.string(time, zone: .utc) == "Fri Jul 01 2022 15:04:05 GMT+0000 (Coordinated Universal Time)")
    #expect(DateFormatting.dateString(time, zone: .utc) == "Fri Jul 01 2022")
    #expect(DateFormatting.utcString(time) == "Fri, 01 Jul 2022 15:04:05 GMT")
    #expect(DateFormatting.utcString(parse("-000001-01-01T00:00:00Z")) == "Fri, 01 Jan -0001 00:00:00 GMT")
    #expect(parse(DateFormatting.utcString(parse("-000001-01-01T00:00:00Z"))) == parse("-000001-01-01T00:00:00Z"))
  }

  @Test func rulesWithoutADatabase() throws {
    let rule = try #require(PosixTimeZoneRule("CET-1CEST,M3.5.0,M10.5.0/3"))
    #expect(rule.offset(at: 1_593_561_600).seconds == 7200)
    #expect(rule.offset(at: 1_577_836_800).seconds == 3600)
    #expect(PosixTimeZoneRule("<+03>-3")?.offset(at: 0).abbreviation == "+03")
    #expect(PosixTimeZoneRule("nonsense,") == nil)
    #expect(TimeZoneRules.named("../../etc/passwd") == nil)
    #expect(TimeZoneRules(name: "x", file: Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 60)) == nil)
  }
}
