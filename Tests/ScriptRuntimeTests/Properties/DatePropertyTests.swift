// The calendar against the C library's.

import Glibc
import Testing

@testable import ScriptRuntime

@Suite struct DatePropertyTests {
  private func time(_ random: inout SeededGenerator) -> Double {
    let range = random.below(2) == 0 ? 8.64e15 : 4e12
    return Double.random(in: -range...range, using: &random).rounded(.down)
  }

  @Test func fieldsAreThoseOfGmtime() {
    var random = SeededGenerator(11)
    for _ in 0..<5000 {
      let value = time(&random)
      let fields = DateFields(value)
      var seconds = time_t((value / 1000).rounded(.down))
      var parts = tm()
      gmtime_r(&seconds, &parts)
      #expect(fields.year == Int(parts.tm_year) + 1900 && fields.month == Int(parts.tm_mon) && fields.day == Int(parts.tm_mday))
      #expect(fields.hour == Int(parts.tm_hour) && fields.minute == Int(parts.tm_min) && fields.second == Int(parts.tm_sec))
      #expect(fields.weekday == Int(parts.tm_wday))
      #expect(Double(fields.millisecond) == value - Double(seconds) * 1000)
    }
  }

  @Test func daysAreThoseOfTimegm() {
    var random = SeededGenerator(12)
    for _ in 0..<5000 {
      // Months and days may overflow.
      let year = random.below(540_000) - 270_000, month = random.below(60) - 30, day = random.below(800) - 400
      var parts = tm()
      parts.tm_year = Int32(year - 1900)
      parts.tm_mon = Int32(month)
      parts.tm_mday = Int32(day)
      #expect(TimeValue.makeDay(Double(year), Double(month), Double(day)) * 86_400 == Double(timegm(&parts)))
    }
  }

  @Test func everyFormatReadsBack() {
    var random = SeededGenerator(13)
    for _ in 0..<3000 {
      let value = time(&random)
      func read(_ text: String) -> Double { DateParsing.parse(Array(text.utf16), zone: .utc) }
      #expect(read(DateFormatting.isoString(value)) == value)
      // Without milliseconds.
      let whole = (value / 1000).rounded(.down) * 1000
      #expect(read(DateFormatting.utcString(value)) == whole, "\(DateFormatting.utcString(value))")
      #expect(read(DateFormatting.string(value, zone: .utc)) == whole, "\(DateFormatting.string(value, zone: .utc))")
    }
  }
}
