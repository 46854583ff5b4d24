import CSSValues
import Drawing
import Testing

/// What a colour reads back as, or nil for text that is no colour.
private func read(_ text: String) -> String? { ColorParser.parse(text)?.serialized }

@Suite struct LegacyColorTests {
  @Test(arguments: [
    ("#fa0", "#ffaa00"), ("#0f0f", "#00ff00"), ("#00fF00", "#00ff00"), ("#00ff0080", "rgba(0, 255, 0, 0.5)"),
    ("limE", "#00ff00"), ("gray", "#808080"), ("grey", "#808080"), ("rebeccapurple", "#663399"),
    ("transparent", "rgba(0, 0, 0, 0)"), ("TrAnSpArEnT", "rgba(0, 0, 0, 0)"), ("currentColor", "#000000"),
    ("  red  ", "#ff0000"), ("/* c */red", "#ff0000"), ("\\72 ed", "#ff0000"), ("CanvasText", "#000000"),
  ])
  func hexadecimalAndNames(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    ("rgb(0,255,0)", "#00ff00"), ("rgb(0% ,100% ,0%)", "#00ff00"), ("rgb(0, 255, 0", "#00ff00"),
    ("rgba(0, 255, 0, 1", "#00ff00"), ("rgba(  0  ,  255  ,  0  ,  .499  )", "rgba(0, 255, 0, 0.498)"),
    ("rgba( -0  ,  255  , +0  ,  +1  )", "#00ff00"), ("rgb(0 255 0 / 20%)", "rgba(0, 255, 0, 0.2)"),
    ("rgb(0, 255, 0, 0.2)", "rgba(0, 255, 0, 0.2)"), ("rgba(255,255,255,0.45)", "rgba(255, 255, 255, 0.45)"),
    ("rgb(-1000, 1000, -1000)", "#00ff00"), ("rgb(-2147483649, 4294967298, -18446744073709551619)", "#00ff00"),
    ("rgb(0 100% 50)", "#00ff32"), ("rgb(none 255 none)", "#00ff00"), ("rgb(127.5 0 0)", "#800000"),
    ("rgb(calc(100 + 27) calc(2 * 3) max(1, 2, 9))", "#7f0609"), ("rgb(1e2, 1E1, 0.1e+2)", "#640a0a"),
    ("rgba(0, 255, 0, -2)", "rgba(0, 255, 0, 0)"), ("rgba(1,2,3,0.005)", "rgba(1, 2, 3, 0.004)"),
  ])
  func rgb(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    ("hsl(120, 100%, 50%)", "#00ff00"), ("hsl( -240 , 100% , 50% )", "#00ff00"), ("hsl(360120, 100%, 50%)", "#00ff00"),
    ("hsl(133.33333333grad, 100.0%, 50.0%)", "#00ff00"), ("hsl(2.0943951024rad, 100.0%, 50.0%)", "#00ff00"),
    ("hsl(0.3333333333turn, 100.0%, 50.0%)", "#00ff00"), ("hsl(120, -200%, 49.9%)", "#7f7f7f"),
    ("hsl(120, 100%, 200%)", "#ffffff"), ("hsla(120, 100%, 50%, 0.499)", "rgba(0, 255, 0, 0.498)"),
    ("hsl(120 100% 50% / 0.2)", "rgba(0, 255, 0, 0.2)"), ("hsl(120 100 50)", "#00ff00"), ("hwb(120 0% 0%)", "#00ff00"),
    ("hwb(0 60% 60%)", "#808080"), ("hwb(90 20% 20% / 50%)", "rgba(128, 204, 51, 0.5)"),
  ])
  func hueNotations(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    "", "invalid", "#f", "#f0", "#g00", "#ff000", "#fg0000ff", "#ff0000f", "#123456789", "darkbrown", "firebrick1", "red blue",
    "\"red\"", "\"red", "rgb(255.0, 0, 0,)", "rgb(100%, 0, 0)", "rgb(255, - 1, 0)", "rgba(255, 0, 0, 1. 0)",
    "rgba(255, 0, 0, 1.)", "rgba(255, 0, 0, ", "rgba(255, 0 0)", "rgba(0, 0, 0 / 1)", "rgb(0 0 0, 1)", "hsl(0%, 100%, 50%)",
    "hsl(z, 100%, 50%)", "hsl(0, 0, 50%)", "hsl(0, 100.%, 50%)", "hsl(0, 100%, 50% / 1)", "hsl(0 100% 50% /)",
    "hwb(0, 0%, 0%)", "rgb(none, 0, 0)", "rgb(0 0)", "rgb()", "rgb(0 0 0) x", "rgb(0deg 0 0)", "color()", "rgb(calc(1px) 0 0)",
    "rgb(from red)", "inherit",
  ])
  func mistakesAreNoColors(_ text: String) { #expect(read(text) == nil) }

  @Test func deeplyNestedTextIsRefused() {
    #expect(read("rgb(" + String(repeating: "calc(", count: 5000) + "1") == nil)
    #expect(read("rgb(calc(" + String(repeating: "(", count: 100_000)) == nil)
    #expect(read(String(repeating: "color-mix(in srgb, ", count: 5000) + "red") == nil)
  }
}

@Suite struct ModernColorTests {
  @Test(arguments: [
    ("color(srgb 1 0.5 0)", "color(srgb 1 0.5 0)"), ("color(srgb 100% 50% 0% / 50%)", "color(srgb 1 0.5 0 / 0.5)"),
    ("color(display-p3 1 0 0)", "color(display-p3 1 0 0)"), ("color(xyz 0.1 0.2 0.3)", "color(xyz-d65 0.1 0.2 0.3)"),
    ("color(rec2020 none 0.2 0.3)", "color(rec2020 none 0.2 0.3)"), ("lab(50% 40 -20)", "lab(50 40 -20)"),
    ("lab(150 100% -50%)", "lab(100 125 -62.5)"), ("lch(50 30 400)", "lch(50 30 40)"),
    ("oklab(0.5 0.1 -0.1)", "oklab(0.5 0.1 -0.1)"),
    ("oklch(50% 100% 0.5turn / none)", "oklch(0.5 0.4 180 / none)"), ("lch(50 -10 20)", "lch(50 0 20)"),
  ])
  func readBackAsWritten(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    ("lab(46.2775% -47.5621 48.5837)", 0, 128, 0), ("lch(46.2775% 67.9892 134.3912)", 0, 128, 0),
    ("oklab(51.975% -0.1403 0.10768)", 0, 128, 0), ("oklch(51.975% 0.17686 142.495)", 0, 128, 0),
    ("color(display-p3 0.21604 0.49418 0.13151)", 0, 128, 0), ("color(a98-rgb 0.281363 0.498012 0.116746)", 0, 128, 0),
    ("color(prophoto-rgb 0.230479 0.395789 0.129968)", 0, 128, 0), ("color(rec2020 0.235202 0.431704 0.085432)", 0, 128, 0),
    ("color(xyz-d50 0.08312 0.154746 0.020961)", 0, 128, 0), ("color(xyz-d65 0.07719 0.15438 0.02573)", 0, 128, 0),
    ("color(srgb-linear 0 0.21586 0)", 0, 128, 0),
  ])
  func convertToTheBytesOfGreen(_ text: String, _ red: Int, _ green: Int, _ blue: Int) throws {
    let color = try #require(ColorParser.parse(text)).color(in: .srgb)
    #expect(abs(Int((color.red * 255).rounded()) - red) <= 1)
    #expect(abs(Int((color.green * 255).rounded()) - green) <= 1)
    #expect(abs(Int((color.blue * 255).rounded()) - blue) <= 1)
  }

  @Test func sRGBRedInDisplayP3() throws {
    let color = try #require(ColorParser.parse("#ff0000")).color(in: .displayP3)
    #expect(abs(color.red * 255 - 234) < 0.6)
    #expect(abs(color.green * 255 - 51) < 0.6)
    #expect(abs(color.blue * 255 - 35) < 0.6)
  }

  // From the examples of https://drafts.csswg.org/css-color-5/#color-mix.
  @Test(arguments: [
    ("color-mix(in srgb, red, blue)", "color(srgb 0.5 0 0.5)"),
    ("color-mix(in srgb, red 20%, blue)", "color(srgb 0.2 0 0.8)"),
    ("color-mix(in srgb, red, 20% blue)", "color(srgb 0.8 0 0.2)"),
    ("color-mix(in srgb, red 20%, blue 20%)", "color(srgb 0.5 0 0.5 / 0.4)"),
    ("color-mix(in hsl, red, lime)", "color(srgb 1 1 0)"),
    ("color-mix(in hsl longer hue, red, lime)", "color(srgb 0 0 1)"),
    ("color-mix(in srgb, rgb(255 0 0 / 0.2), rgb(0 0 255 / 0.6))", "color(srgb 0.25 0 0.75 / 0.4)"),
    ("color-mix(in srgb, transparent, red)", "color(srgb 1 0 0 / 0.5)"),
    ("color-mix(in lch, lch(50 10 none), lch(50 30 60))", "lch(50 20 60)"),
  ])
  func colorMix(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    "color-mix(red, blue)", "color-mix(in srgb, red)", "color-mix(in srgb, red 0%, blue 0%)", "color-mix(in srgb, red -1%, blue)",
    "color-mix(in srgb shorter hue, red, blue)", "color-mix(in foo, red, blue)", "color-mix(in srgb, red 101%, blue)",
  ])
  func mistakesInColorMix(_ text: String) { #expect(read(text) == nil) }

  @Test(arguments: [
    ("rgb(from red r g b)", "color(srgb 1 0 0)"), ("rgb(from red b g r / 0.5)", "color(srgb 0 0 1 / 0.5)"),
    ("rgb(from #808080 calc(r / 2) g 0)", "color(srgb 0.25098 0.501961 0)"),
    ("hsl(from red calc(h + 120) s l)", "color(srgb 0 1 0)"),
    ("oklch(from oklch(0.5 0.1 20) l c calc(h + 40))", "oklch(0.5 0.1 60)"),
    ("lab(from lab(50 10 20) l a b / alpha)", "lab(50 10 20)"),
    ("color(from color(srgb 0.2 0.4 0.6) srgb b g r)", "color(srgb 0.6 0.4 0.2)"),
  ])
  func relativeColors(_ text: String, _ expected: String) { #expect(read(text) == expected) }
}
