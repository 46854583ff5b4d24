import Testing

@testable import ScriptRuntime

@Suite struct NumberParsingTests {
  private func number(_ text: String) -> Double {
    Array(text.utf16).withUnsafeBufferPointer { NumberParsing.number($0) }
  }

  private func same(_ one: Double, _ other: Double) -> Bool {
    one.isNaN ? other.isNaN : one.bitPattern == other.bitPattern
  }

  @Test(arguments: [
    ("", 0.0), ("  \n\u{FEFF}\u{2028}", 0), (" 12 ", 12), ("-0", -0.0), ("+.5", 0.5), ("5.", 5), (".", .nan), ("1e3", 1000),
    ("1e", .nan),
    ("0x1F", 31), ("0b101", 5), ("0O17", 15), ("-0x1", .nan), ("0x", .nan), ("Infinity", .infinity), ("-Infinity", -.infinity),
    ("infinity", .nan), ("1_000", .nan), ("1e1000", .infinity), ("1e-1000", 0), ("9007199254740993", 9007199254740992),
    ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29),
    ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown),
    ("0x20000000000001", 9007199254740992), ("0x20000000000003", 9007199254740996), ("\u{180E}1", .nan),
  ])
  func wholeTextsAreNumbersOrNot(text: String, expected: Double) {
    #expect(same(number(text), expected), "\(text)")
  }

  @Test func digitsBeyondTheLimitStillBreakTies() {
    // Just above the middle between 1 and its successor.
    let text = "1.00000000000000011102230246251565404236316680908203125" + String(repeating: "0", count: 900) + "1"
    #expect(number(text) == 1.0.nextUp)
    #expect(number(String(text.dropLast(901))) == 1)
  }

  @Test(arguments: [("3.14abc", 3.14), ("  -7e2x", -700), ("e5", .nan), ("Infinityx", .infinity), (".e1", .nan), ("1e+", 1)])
  func parseFloatTakesTheLongestPrefix(text: String, expected: Double) {
    #expect(same(Array(text.utf8).withUnsafeBufferPointer { NumberParsing.parseFloat($0) }, expected))
  }

  @Test(arguments: [
    ("12px", 0, 12.0), ("0x1f", 0, 31), ("0x1f", 16, 31), ("0x1f", 10, 0), ("-z", 36, -35), ("8", 8, .nan), ("", 10, .nan),
    ("11", 1, .nan),
    ("9007199254740993", 10, 9007199254740992), ("100000000000000000000000", 3, 94143178827),
  ])
  func parseIntStopsAtTheFirstForeignCharacter(text: String, radix: Int, expected: Double) {
    #expect(same(Array(text.utf8).withUnsafeBufferPointer { NumberParsing.parseInt($0, radix: radix) }, expected))
  }
}
