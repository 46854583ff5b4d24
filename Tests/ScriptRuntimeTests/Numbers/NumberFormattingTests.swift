import Testing

@testable import ScriptRuntime

@Suite struct NumberFormattingTests {
  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (7, "7"), (-12, "-12"), (2147483648, "2147483648"), (0.1, "0.1"), (1e21, "1e+21"),
    (1e20, "100000000000000000000"),
    (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-9, "1.5e-9"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (123456.789, "123456.789"), (-1_234_567_890_123_456_768, "-1234567890123456800"), (.nan, "NaN"), (.infinity, "Infinity"),
    (-.infinity, "-Infinity"),
  ])
  func shortestDigitsInTheNotationOfTheSpecification(value: Double, expected: String) {
    #expect(text { NumberFormatting.append(value, to: &$0) } == expected)
  }

  @Test(arguments: [
    (255.0, 16, "ff"), (-255, 2, "-11111111"), (0.5, 2, "0.1"), (0.1, 3, "0.0022002200220022002200220022002201"), (35, 36, "z"),
    (1e21, 16, "3635c9adc5dea00000"), (3.14159, 8, "3.11037476006703156"), (.infinity, 2, "Infinity"),
  ])
  func otherRadixesWriteFractionsToo(value: Double, radix: Int, expected: String) {
    #expect(text { NumberFormatting.append(value, radix: radix, to: &$0) } == expected)
  }

  @Test(arguments: [
    (1.005, 2, "1.00"), (1.45, 1, "1.4"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0, 2, "0.00"), (-0.0000001, 2, "-0.00"),
    (1e21, 2, "1e+21"),
    (123.456, 0, "123"), (0.5, 0, "1"), (1e-10, 12, "0.000000000100"), (0.000001, 7, "0.0000010"), (999.995, 2, "1000.00"),
    (1.1, 30, "1.100000000000000088817841970013"), (.nan, 2, "NaN"),
  ])
  func fixedPointRoundsTheExactValue(value: Double, digits: Int, expected: String) {
    #expect(text { NumberFormatting.appendFixed(value, fractionDigits: digits, to: &$0) } == expected)
  }

  @Test(arguments: [
    (123456.0, 2 as Int?, "1.23e+5"), (0, 2, "0.00e+0"), (0.00015, nil, "1.5e-4"), (25, 0, "3e+1"), (9.99, 1, "1.0e+1"),
    (-1e-7, nil, "-1e-7"),
    (0, nil, "0e+0"),
  ])
  func exponentialNotation(value: Double, digits: Int?, expected: String) {
    #expect(text { NumberFormatting.appendExponential(value, fractionDigits: digits, to: &$0) } == expected)
  }

  @Test(arguments: [
    (123.456, 4, "123.5"), (0.000001, 2, "0.0000010"), (0.0000001, 2, "1.0e-7"), (1e21, 3, "1.00e+21"), (99.99, 2, "1.0e+2"),
    (0, 3, "0.00"), (1.25, 2, "1.3"), (1e-5, 1, "0.00001"),
  ])
  func precisionChoosesTheNotation(value: Double, precision: Int, expected: String) {
    #expect(text { NumberFormatting.appendPrecision(value, precision: precision, to: &$0) } == expected)
  }

  @Test func theFastFixedPointPathAgreesWithTheExactOne() {
    var state: UInt64 = 7
    for _ in 0..<2000 {
      state = state &* 6364136223846793005 &+ 1442695040888963407
      let value = Double(state >> 20) / 65536
      let digits = Int(state % 8)
      let fast = text { NumberFormatting.appendFixed(value, fractionDigits: digits, to: &$0) }
      var exact = ExactDecimal(value)
      exact.round(toDigits: exact.pointPosition + digits)
      let slow = (0..<max(0, exact.pointPosition)).map { String(exact.digit($0)) }.joined()
      #expect(fast.split(separator: ".")[0] == (slow.isEmpty ? "0" : slow))
    }
  }
}
