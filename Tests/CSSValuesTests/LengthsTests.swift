import CSSValues
import Testing

@Suite struct LengthsTests {
  @Test(arguments: [
    ("3px", 3.0), ("1in", 96), ("2.54cm", 96), ("25.4mm", 96), ("101.6Q", 96), ("72pt", 96), ("6pc", 96), ("2em", 20), ("1ex", 5),
    ("1rem", 16), ("10vw", 30), ("calc(1px + 2em)", 21), ("0", 0), ("-1.5px", -1.5), ("clamp(1px, 5px, 3px)", 3),
    ("calc((1px + 2px) * 3 / 2)", 4.5), ("min(1em, 3px)", 3), ("calc(1px * (1 - 3))", -2),
  ])
  func inPixels(_ text: String, _ expected: Double) throws {
    let length = try #require(CSSLength.parse(text))
    #expect(abs(length.pixels(LengthContext()) - expected) < 1e-9)
  }

  @Test(arguments: ["", "1", "px", "1 px", "10%", "1deg", "1px 2px", "calc(1px+2px)", "calc(1px * 2px)", "calc()", "normal", "1xx"])
  func mistakesAreNoLengths(_ text: String) { #expect(CSSLength.parse(text) == nil) }

  @Test func readsBackAsWritten() {
    #expect(CSSLength.parse("0.10EM")?.serialized == "0.1em")
    #expect(CSSLength.parse("-3px")?.serialized == "-3px")
    #expect(CSSLength.parse("2Q")?.serialized == "2Q")
  }

  @Test(arguments: [("90deg", 90.0), ("100grad", 90), ("0.25turn", 90), ("0", 0), ("calc(1turn / 4)", 90), ("asin(1)", 90)])
  func angles(_ text: String, _ degrees: Double) throws {
    #expect(abs(try #require(Angle.parse(text)) - degrees) < 1e-9)
  }

  @Test func numbersKeepSixDigits() {
    #expect(CSSNumber.serialize(1.0 / 3) == "0.333333")
    #expect(CSSNumber.serialize(100.0 / 3) == "33.3333")
    #expect(CSSNumber.serialize(-0.0) == "0")
    #expect(CSSNumber.serialize(1e20).isEmpty == false)
  }
}
