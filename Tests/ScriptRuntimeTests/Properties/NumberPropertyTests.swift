// Numbers as text and back, against the C library, whose printf and strtod are exact.

import Glibc
import Testing

@testable import ScriptRuntime

@Suite struct NumberPropertyTests {
  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// printf's %f or %e with so many digits that nothing is rounded away.
  private func printed(_ format: String, _ precision: Int, _ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 2048)
    let count = withVaList([Int32(precision), value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Decimal digits rounded half up to `count`; the second value tells that they have become one longer ("99" to "100").
  private func rounded(_ digits: [UInt8], to count: Int) -> (digits: [UInt8], carried: Bool) {
    var kept = Array(digits.prefix(count))
    guard count < digits.count, digits[count] >= UInt8(ascii: "5") else { return (kept, false) }
    var index = count - 1
    while index >= 0, kept[index] == UInt8(ascii: "9") {
      kept[index] = UInt8(ascii: "0")
      index -= 1
    }
    if index >= 0 {
      kept[index] += 1
      return (kept, false)
    }
    return ([UInt8(ascii: "1")] + kept, true)
  }

  @Test func theShortestTextReadsAsTheSameNumberAndNoShorterOneDoes() {
    var random = SeededGenerator(1)
    for _ in 0..<3000 {
      let value = random.number()
      let written = text { NumberFormatting.append(value, to: &$0) }
      #expect(strtod(written, nil) == value, "\(written)")
      // The fewest digits of printf that read back; at powers of two the neighbours below are nearer, and may allow fewer.
      guard value != 0, value.significandBitPattern != 0 else { continue }
      let fewest = (0..<17).first { strtod(printed("%.*e", $0, value), nil) == value } ?? 16
      let expected = printed("%.*e", fewest, value).split(separator: "e")[0].filter(\.isNumber)
      let mantissa = written.split(separator: "e")[0].filter(\.isNumber)
      let trimmed = mantissa.drop { $0 == "0" }
      let digits = String(trimmed.reversed().drop { $0 == "0" }.reversed())
      #expect(digits == String(expected.reversed().drop { $0 == "0" }.reversed()), "\(written)")
    }
  }

  @Test func toFixedRoundsTheExactValueHalfUp() {
    var random = SeededGenerator(2)
    for _ in 0..<2000 {
      let value = random.number()
      guard abs(value) < 1e21 else { continue }
      let places = random.below(21)
      let exact = printed("%.*f", 1100, abs(value))
      let point = exact.utf8.firstIndex(of: UInt8(ascii: "."))!
      let whole = Array(exact.utf8[..<point]), fraction = Array(exact.utf8[exact.utf8.index(after: point)...])
      let (digits, carried) = rounded(whole + fraction, to: whole.count + places)
      let wholeCount = whole.count + (carried ? 1 : 0)
      var expected = String(decoding: digits[..<wholeCount], as: UTF8.self)
      if places > 0 { expected += "." + String(decoding: digits[wholeCount...], as: UTF8.self) }
      if value < 0 { expected = "-" + expected }
      #expect(text { NumberFormatting.appendFixed(value, fractionDigits: places, to: &$0) } == expected)
    }
  }

  @Test func toPrecisionRoundsTheExactValueHalfUp() {
    var random = SeededGenerator(3)
    for _ in 0..<2000 {
      let value = random.number()
      guard value != 0 else { continue }
      let precision = 1 + random.below(21)
      let exact = printed("%.*e", 1100, abs(value)).split(separator: "e")
      let (digits, carried) = rounded(Array(exact[0].utf8.filter { $0 != UInt8(ascii: ".") }), to: precision)
      let exponent = Int(exact[1])! + (carried ? 1 : 0)
      let written = text { NumberFormatting.appendPrecision(value, precision: precision, to: &$0) }
      let parts = written.split(separator: "e")
      let shown = parts[0].filter(\.isNumber).drop { $0 == "0" }
      #expect(Array(shown.utf8) == Array(digits.prefix(precision)), "\(value) \(precision)")
      #expect((exponent < -6 || exponent >= precision) == (parts.count == 2))
      if parts.count == 2 { #expect(Int(parts[1]) == exponent) }
      #expect((value < 0) == written.hasPrefix("-"))
    }
  }

  @Test func radixesThatArePowersOfTwoAreExact() {
    var random = SeededGenerator(4)
    for _ in 0..<2000 {
      let value = abs(random.number())
      guard value < 1e15, value > 1e-15 else { continue }
      let radix = [2, 4, 8, 16, 32][random.below(5)]
      let written = text { NumberFormatting.append(value, radix: radix, to: &$0) }
      let parts = written.split(separator: ".")
      var sum = Double(UInt64(parts[0], radix: radix)!)
      var place = 1.0
      for digit in parts.count > 1 ? String(parts[1]) : "" {
        place /= Double(radix)
        sum += place * Double(Int(String(digit), radix: radix)!)
      }
      #expect(sum == value, "\(value) in base \(radix): \(written)")
    }
  }

  @Test func integersInAnyRadix() {
    var random = SeededGenerator(5)
    for _ in 0..<2000 {
      let value = Int(random.next() >> UInt64(11 + random.below(40))), radix = 2 + random.below(35)
      #expect(text { NumberFormatting.append(Double(value), radix: radix, to: &$0) } == String(value, radix: radix))
    }
  }

  @Test func decimalTextIsReadToTheNearestNumber() {
    var random = SeededGenerator(6)
    for _ in 0..<3000 {
      var written = (0..<1 + random.below(25)).map { _ in String(random.below(10)) }.joined()
      if random.below(2) == 0 { written += "." + (0..<random.below(25)).map { _ in String(random.below(10)) }.joined() }
      if random.below(2) == 0 { written += "e" + String(random.below(700) - 350) }
      let units = Array(written.utf16)
      #expect(units.withUnsafeBufferPointer { NumberParsing.number($0) } == strtod(written, nil), "\(written)")
      #expect(units.withUnsafeBufferPointer { NumberParsing.parseFloat($0) } == strtod(written, nil), "\(written)")
    }
  }

  @Test func halfwayCasesAreReadToEven() {
    var random = SeededGenerator(7)
    for _ in 0..<1000 {
      // Exactly between two neighbours, and a little beside that.
      let value = abs(random.number())
      guard value > 1e-200, value < 1e200 else { continue }
      let exact = printed("%.*f", 1100, value), next = printed("%.*f", 1100, value.nextUp)
      for written in [exact, next, exact + "1"] {
        let units = Array(written.utf16)
        #expect(units.withUnsafeBufferPointer { NumberParsing.number($0) } == strtod(written, nil))
      }
    }
  }
}
