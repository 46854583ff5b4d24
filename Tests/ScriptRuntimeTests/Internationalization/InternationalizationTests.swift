import Testing

@testable import ScriptRuntime

@Suite struct InternationalizationTests {
  private func number(_ value: Double, _ change: (inout NumberFormat) -> Void = { _ in }) -> String {
    var format = NumberFormat()
    change(&format)
    return format.string(value)
  }

  @Test func groupingAndRounding() {
    #expect(number(1234567.891) == "1,234,567.891")
    #expect(number(-0.0) == "-0")
    #expect(number(.nan) == "NaN")
    #expect(number(-.infinity) == "-∞")
    #expect(number(1.005) { $0.maximumFractionDigits = 2 } == "1.01")
    #expect(number(1234) { $0.grouping = .never } == "1234")
    #expect(number(5) { $0.minimumIntegerDigits = 2 } == "05")
    #expect(number(123456) { $0.maximumSignificantDigits = 3 } == "123,000")
    #expect(number(1) { $0.minimumSignificantDigits = 3 } == "1.00")
    #expect(number(1e21) == "1,000,000,000,000,000,000,000")
    #expect(number(0) { $0.signDisplay = .exceptZero } == "0")
  }

  @Test func stylesOfNumbers() {
    #expect(number(1234.5) { $0.style = .currency(code: "USD") } == "$1,234.50")
    #expect(number(-1234.5) { $0.style = .currency(code: "EUR") } == "-€1,234.50")
    #expect(number(1234.5) { $0.style = .currency(code: "JPY") } == "¥1,235")
    #expect(number(5) { $0.style = .currency(code: "CHF") } == "CHF\u{A0}5.00")
    #expect(
      number(-5) {
        $0.style = .currency(code: "USD"); $0.usesAccountingSign = true
      } == "($5.00)")
    #expect(number(0.256) { $0.style = .percent } == "26%")
    #expect(number(5) { $0.style = .unit("kilometer-per-hour") } == "5 km/h")
    #expect(
      number(1) {
        $0.style = .unit("liter"); $0.unitDisplay = .long
      } == "1 liter")
    #expect(number(20) { $0.style = .unit("celsius") } == "20°C")
  }

  @Test(arguments: [
    (1234.0, "1.2K"), (12345, "12K"), (999999, "1M"), (1.5e9, "1.5B"), (1e15, "1000T"), (0.01234, "0.012"), (999, "999"),
  ])
  func compactNotation(value: Double, expected: String) {
    #expect(number(value) { $0.notation = .compactShort } == expected)
  }

  @Test func scientificNotationCarries() {
    #expect(number(999_999) { $0.notation = .scientific } == "1E6")
    #expect(number(12345) { $0.notation = .engineering } == "12.345E3")
  }

  @Test func partsNameTheirPieces() {
    var format = NumberFormat()
    format.style = .currency(code: "USD")
    #expect(
      format.format(-1234.5).parts.map(\.type) == ["minusSign", "currency", "integer", "group", "integer", "decimal", "fraction"])
  }

  private let moment = 1_643_727_845_678.0  // 2022-02-01T15:04:05.678Z

  private func date(_ change: (inout DateTimeFormat) -> Void) -> String {
    var format = DateTimeFormat(zone: .utc)
    change(&format)
    return format.string(moment)
  }

  @Test func stylesOfDates() {
    #expect(
      date {
        $0.dateStyle = .full; $0.timeStyle = .full
      } == "Tuesday, February 1, 2022 at 3:04:05 PM Coordinated Universal Time")
    #expect(
      date {
        $0.dateStyle = .long; $0.timeStyle = .long
      } == "February 1, 2022 at 3:04:05 PM UTC")
    #expect(
      date {
        $0.dateStyle = .medium; $0.timeStyle = .medium
      } == "Feb 1, 2022, 3:04:05 PM")
    #expect(
      date {
        $0.dateStyle = .short; $0.timeStyle = .short
      } == "2/1/22, 3:04 PM")
    #expect(
      date {
        $0.useNumericDate(); $0.useNumericTime()
      } == "2/1/2022, 3:04:05 PM")
  }

  @Test func componentsOfDates() {
    #expect(
      date {
        $0.weekday = .short; $0.month = .short; $0.day = .numeric
      } == "Tue, Feb 1")
    #expect(
      date {
        $0.weekday = .short; $0.useNumericDate()
      } == "Tue, 2/1/2022")
    #expect(
      date {
        $0.month = .long; $0.year = .numeric
      } == "February 2022")
    #expect(
      date {
        $0.month = .twoDigit; $0.day = .twoDigit; $0.year = .numeric
      } == "02/01/2022")
    #expect(date { $0.weekday = .long } == "Tuesday")
    #expect(
      date {
        $0.hour = .twoDigit; $0.minute = .twoDigit
      } == "03:04 PM")
    #expect(
      date {
        $0.hour = .numeric; $0.hourCycle = .h23; $0.minute = .numeric
      } == "15:04")
    #expect(
      date {
        $0.minute = .twoDigit; $0.second = .twoDigit
      } == "04:05")
    #expect(
      date {
        $0.useNumericTime(); $0.fractionalSecondDigits = 2
      } == "3:04:05.67 PM")
    #expect(
      date {
        $0.weekday = .long; $0.hour = .numeric
      } == "Tuesday 3 PM")
  }

  @Test func zonesOfTheDatabase() throws {
    var format = DateTimeFormat(zone: try #require(TimeZoneRules.named("America/New_York")))
    (format.hour, format.zoneName) = (.numeric, .long)
    #expect(format.string(moment) == "10 AM Eastern Standard Time")
    format.zone = try #require(TimeZoneRules.named("Europe/Berlin"))
    format.zoneName = .short
    #expect(format.string(moment) == "4 PM GMT+1")
  }

  private func sorted(_ texts: [String], _ collator: Collator = Collator()) -> [String] {
    texts.sorted { collator.compare(Array($0.utf16), Array($1.utf16)) < 0 }
  }

  @Test func collationComparesLettersThenAccentsThenCase() {
    #expect(sorted(["Z", "a", "A", "é", "e", "É", "f", "z", "ä"]) == ["a", "A", "ä", "e", "é", "É", "f", "z", "Z"])
    #expect(sorted(["résumé", "resume", "Resume", "resumes"]) == ["resume", "Resume", "résumé", "resumes"])
    #expect(sorted(["b", "1", "_", "$", " ", "а", "α"]) == [" ", "_", "$", "1", "b", "α", "а"])
    #expect(sorted(["stra", "straße", "strasse", "strasz"]) == ["stra", "strasse", "straße", "strasz"])
  }

  @Test func collationOptions() {
    var collator = Collator()
    collator.isNumeric = true
    #expect(sorted(["a10", "a2", "a1", "a02x"], collator) == ["a1", "a2", "a02x", "a10"])
    collator = Collator()
    collator.sensitivity = .base
    #expect(collator.compare(Array("É".utf16), Array("e".utf16)) == 0)
    collator.sensitivity = .accent
    #expect(collator.compare(Array("É".utf16), Array("e".utf16)) > 0)
    #expect(collator.compare(Array("E".utf16), Array("e".utf16)) == 0)
    collator = Collator()
    collator.caseFirst = .upper
    #expect(sorted(["a", "A"], collator) == ["A", "a"])
  }

  @Test func pluralsOfEnglish() {
    #expect(PluralRules.cardinal(1) == .one)
    #expect(PluralRules.cardinal(0) == .other)
    #expect(PluralRules.cardinal(1.5) == .other)
    #expect(
      [1, 2, 3, 4, 11, 12, 13, 21, 102].map(PluralRules.ordinal) == [
        .one, .two, .few, .other, .other, .other, .other, .one, .two,
      ])
  }
}
