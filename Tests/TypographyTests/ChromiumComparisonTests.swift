// Numbers measured with Chromium's measureText (--font-render-hinting=none) on the same fonts.

import Testing

@testable import Typography

@Suite(.enabled(if: TestFonts.areAlone))
struct ChromiumComparisonTests {
  private let library = FontLibrary()
  private let sample = "Hamburgefonstiv 123, AVATAR Ta"
  private let arabic = "مرحبا بالعالم", hebrew = "שלום עולם 123"

  @Test(arguments: [
    ("DejaVu Sans", 400.0, FontSlant.normal, 665.13671875), ("DejaVu Sans", 700, .normal, 750.68359375),
    ("DejaVu Sans", 400, .italic, 668.30078125), ("DejaVu Serif", 400, .normal, 690.95703125),
    ("DejaVu Serif", 700, .normal, 757.79296875), ("DejaVu Sans Mono", 700, .normal, 722.4609375),
    ("DejaVu Sans Condensed", 400, .normal, 596.40625), ("DejaVu Sans Light", 700, .normal, 663.75),
    ("Liberation Sans", 400, .italic, 606.25), ("Liberation Serif", 700, .normal, 597.87109375),
    ("Liberation Sans Narrow", 700, .normal, 523.7890625), ("DejaVu Math TeX Gyre", 700, .normal, 702.639404296875),
    ("Arial", 400, .normal, 603.96484375), ("Helvetica", 700, .normal, 638.61328125), ("Times", 400, .normal, 567.32421875),
    ("Courier New", 400, .italic, 720.1171875), ("Verdana", 400, .normal, 567.32421875), ("NoSuch", 700, .normal, 597.87109375),
  ])
  func widthsAgree(family: String, weight: Double, slant: FontSlant, expected: Double) {
    let style = TestFonts.style(family) {
      $0.weight = weight
      $0.slant = slant
    }
    #expect(abs(library.shape(sample, style: style).width - expected) < 0.05)
  }

  @Test(arguments: [
    (GenericFontFamily.serif, 567.32421875), (.sansSerif, 603.96484375), (.monospace, 722.4609375), (.systemUI, 665.13671875),
    (.cursive, 567.32421875), (.fantasy, 567.32421875),
  ])
  func genericFamiliesAgree(generic: GenericFontFamily, expected: Double) {
    let width = library.shape(sample, style: TextStyle(families: [.generic(generic)], size: 40)).width
    #expect(abs(width - expected) < 0.05)
  }

  @Test func letterSpacingAgrees() {
    let style = TestFonts.style("DejaVu Sans") { $0.letterSpacing = 3 }
    expect(style, [(sample, 755.13671875), ("office fi ffl", 239.25390625), (arabic, 213.99609375), (hebrew, 314.5078125)])
    expect(style, [("日本語", 81.01171875), ("e\u{301}a\u{308} x", 97.5078125), ("straße", 145.28515625)])
  }

  @Test func wordSpacingAgrees() {
    let style = TestFonts.style("DejaVu Sans") { $0.wordSpacing = 7 }
    expect(style, [(sample, 686.13671875), (arabic, 217.99609375), (hebrew, 289.5078125), ("日本語", 72.01171875)])
  }

  @Test func smallCapitalsAgree() {
    let small = TestFonts.style("DejaVu Sans") { $0.variantCaps = .smallCaps }
    expect(small, [(sample, 614.462890625), ("office fi ffl", 197.353515625), ("straße", 125.58984375), (arabic, 210.99609375)])
    expect(small, [("Hamburgefonstiv", 293.31640625), ("123, AVATAR", 252.12890625), ("AVATAR Ta", 206.654296875), ("Ta", 43.587890625)])
    expect(small, [("e\u{301}a\u{308} x", 68.7421875)])
    let all = TestFonts.style("DejaVu Sans") { $0.variantCaps = .allSmallCaps }
    expect(all, [(sample, 514.841796875), ("日本語", 50.408203125), (hebrew, 192.85546875)])
    let unicase = TestFonts.style("DejaVu Sans") { $0.variantCaps = .unicase }
    expect(unicase, [(sample, 572.13671875), ("office fi ffl", 191.4140625), ("straße", 127.28515625)])
    expect(TestFonts.style("DejaVu Sans") { $0.variantCaps = .titlingCaps }, [(sample, 665.13671875)])
  }

  @Test func kerningAndLigaturesAgree() {
    expect(TestFonts.style("DejaVu Sans") { $0.kerning = .none }, [(sample, 683.7890625), ("office fi ffl", 199.04296875)])
    expect(TestFonts.style("DejaVu Sans") { $0.textRendering = .optimizeSpeed }, [(sample, 665.13671875), ("office fi ffl", 200.25390625)])
    expect(TestFonts.style("DejaVu Sans") { $0.stretch = 75 }, [(sample, 596.40625), (arabic, 189.78515625)])
  }

  @Test func spacesAreKernedOnlyWhenThatIsAskedFor() {
    expect(TestFonts.style("Arial"), [(sample, 603.96484375)])
    expect(TestFonts.style("Arial") { $0.kerning = .normal }, [(sample, 601.03515625)])
    expect(TestFonts.style("Arial") { $0.textRendering = .geometricPrecision }, [(sample, 601.03515625)])
  }

  @Test func metricsAgree() {
    for (size, ascent, descent) in [(1.0, 0.92822265625, 0.23583984375), (3, 2.78466796875, 0.70751953125), (5, 5, 1), (11, 10, 3), (22.5, 21, 5), (100, 93, 24)] {
      let metrics = library.metrics(of: TestFonts.style("DejaVu Sans", size))
      #expect(abs(metrics.ascent - ascent) < 0.001)
      #expect(abs(metrics.descent - descent) < 0.001)
    }
    let courier = library.metrics(of: TestFonts.style("Courier"))
    #expect(courier.ascent == 33 && courier.descent == 12)
    #expect(abs(courier.hangingBaseline - 26.4) < 0.001)
    #expect(courier.ideographicBaseline == -12)
  }

  @Test func inkBoxesAgree() throws {
    let box = try #require(library.shape(sample, style: TestFonts.style("DejaVu Sans")).inkBox(rounding: .wholeUnits))
    #expect(box.minX == 3)
    #expect(abs(box.maxX - 661.625) < 0.05)
    #expect(box.minY == -31)
    #expect(box.maxY == 9)
  }

  private func expect(_ style: TextStyle, _ widths: [(String, Double)]) {
    for (text, width) in widths {
      let shaped = library.shape(text, style: style).width
      #expect(abs(shaped - width) < 0.05, "\(text): \(shaped) instead of \(width)")
    }
  }
}
