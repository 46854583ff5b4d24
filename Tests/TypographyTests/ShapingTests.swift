import Drawing
import Geometry
import Testing

@testable import Typography

@Suite(.enabled(if: TestFonts.areInstalled))
struct ShapingTests {
  private let library = FontLibrary()
  private let style = TestFonts.style("DejaVu Sans")

  @Test func runsHoldAGlyphForEachLetter() throws {
    let shaped = library.shape("abc", style: style)
    let run = try #require(shaped.runs.first)
    #expect(shaped.runs.count == 1)
    #expect(run.glyphs.count == 3)
    #expect(run.fontSize == 40)
    #expect(run.glyphs[0].origin == .zero)
    #expect(shaped.clusters.map(\.start) == [0, 1, 2])
    #expect(shaped.clusters.last?.end == 3)
  }

  @Test func ligaturesAreOneCluster() {
    let shaped = library.shape("fi", style: style)
    #expect(shaped.clusters.map(\.end) == [2])
    #expect(abs(shaped.clusters.reduce(0) { $0 + $1.width } - shaped.width) < 1e-9)
  }

  @Test func hebrewRunsFromRightToLeft() throws {
    let shaped = library.shape("אב", style: style)
    #expect(shaped.clusters.map(\.start) == [1, 0])
    #expect(shaped.clusters.map(\.end) == [2, 1])
    #expect(shaped.clusters.map(\.isRightToLeft) == [true, true])
  }

  @Test func theBaseDirectionMovesPunctuation() {
    let rightToLeft = library.shape("abc!", style: TestFonts.style("DejaVu Sans") { $0.direction = .rightToLeft })
    #expect(rightToLeft.clusters.first?.start == 3)
    #expect(rightToLeft.isRightToLeft)
    #expect(library.shape("abc!", style: style).clusters.last?.start == 3)
  }

  @Test func mixedDirectionsAreSeenInOrder() {
    // Digits inside Hebrew keep their own order: 1 before 2, but left of what was written before.
    let shaped = library.shape("אב 12 גד", style: TestFonts.style("DejaVu Sans") { $0.direction = .rightToLeft })
    #expect(shaped.clusters.map(\.start) == [7, 6, 5, 3, 4, 2, 1, 0])
  }

  @Test func arabicLettersJoin() throws {
    // The isolated and the initial form are different glyphs.
    let alone = try #require(library.shape("ب", style: style).runs.first?.glyphs.first)
    let joined = try #require(library.shape("بب", style: style).runs.first?.glyphs.last)
    #expect(alone.glyph != joined.glyph)
  }

  @Test func missingCharactersComeFromOtherFonts() throws {
    // Liberation Sans has no Braille, DejaVu Sans has.
    let shaped = library.shape("a⠿a", style: TestFonts.style("Liberation Sans"))
    try #require(shaped.runs.count == 3)
    #expect(shaped.runs[0].source === shaped.runs[2].source)
    #expect(shaped.runs[1].source !== shaped.runs[0].source)
    #expect(shaped.runs[1].glyphs.first?.glyph != 0)
  }

  @Test func secondFamilyIsAskedBeforeTheSystem() {
    let style = TextStyle(families: [.named("Liberation Sans"), .named("DejaVu Sans Mono")], size: 10)
    let braille = library.shape("∫", style: style).runs.first
    let mono = library.shape("∫", style: TestFonts.style("DejaVu Sans Mono", 10)).runs.first
    #expect(braille?.source === mono?.source || library.shape("∫", style: TestFonts.style("Liberation Sans", 10)).runs.first?.source === braille?.source)
  }

  @Test func missingWeightAndSlantAreMadeUp() throws {
    let bold = try #require(library.shape("a", style: TestFonts.style("DejaVu Math TeX Gyre") { $0.weight = 700 }).runs.first)
    #expect(bold.emboldening > 0)
    #expect(bold.glyphTransform.isIdentity)
    let italic = try #require(library.shape("a", style: TestFonts.style("DejaVu Math TeX Gyre") { $0.slant = .italic }).runs.first)
    #expect(italic.glyphTransform.c == -0.25)
    let oblique = try #require(library.shape("a", style: TestFonts.style("DejaVu Sans") { $0.slant = .italic }).runs.first)
    #expect(oblique.glyphTransform.isIdentity)
  }

  @Test func outlinesAreInEmsAndPointDown() throws {
    let run = try #require(library.shape("H", style: style).runs.first)
    let outline = try #require(run.source.outline(of: run.glyphs[0].glyph))
    let box = try #require(outline.controlBounds)
    #expect(abs(box.minY + 0.729) < 0.01)
    #expect(abs(box.maxY) < 0.01)
    let bounds = try #require((run.source as? FontFace)?.glyphBounds(run.glyphs[0].glyph))
    #expect(abs(bounds.minX - box.minX) < 1e-6 && abs(bounds.maxY - box.maxY) < 1e-6)
    let space = try #require(library.shape(" ", style: style).runs.first)
    #expect(space.source.outline(of: space.glyphs[0].glyph)?.isEmpty == true)
  }

  @Test func languageChoosesForms() {
    // DejaVu Sans has localised forms for Serbian; at least the shaping must not fail.
    #expect(library.shape("бгд", style: TestFonts.style("DejaVu Sans") { $0.language = "sr" }).width > 0)
  }

  @Test func featuresOfTheStyleAreApplied() throws {
    let zero = try #require(FontTag("liga"))
    let off = TestFonts.style("DejaVu Sans") { $0.features = [FontFeature(tag: zero, value: 0)] }
    #expect(library.shape("office", style: off).width != library.shape("office", style: style).width)
  }

  @Test func repeatedTextsComeFromTheCache() {
    let first = library.shape("again", style: style), second = library.shape("again", style: style)
    #expect(first.clusters == second.clusters)
    #expect(library.shape("again", style: TestFonts.style("DejaVu Sans", 20)).width * 2 == first.width)
  }

  private func width(_ text: String, _ change: (inout TextStyle) -> Void = { _ in }) -> Double {
    library.shape(text, style: TestFonts.style("DejaVu Sans", 40, change)).width
  }

  @Test func wordsAreAsWideInEveryText() {
    #expect(abs(width("AV To") - width("AV") - width(" ") - width("To")) < 1e-9)
    #expect(abs(width("ā AV") - width("ā") - width(" ") - width("AV")) < 1e-9)
    #expect(library.shape("AV To אב", style: style).words.map(\.start) == [0, 2, 3, 5, 6])
  }

  @Test func spacingKeepsJoinedScriptsTogether() {
    func added(_ text: String) -> Double { ((width(text) { $0.letterSpacing = 10 }) - width(text)).rounded() }
    #expect(added("ab") == 20)
    // Neither in Arabic words nor at signs among them; but at no-break spaces.
    #expect(added("مرحبا") == 0 && added("مر-حبا") == 0 && added("مر\u{A0}حبا") == 10)
    #expect(added("a\u{200D}b") == 20 && added("e\u{301}") == 10)
    func words(_ text: String) -> Double { ((width(text) { $0.wordSpacing = 10 }) - width(text)).rounded() }
    #expect(words("a b c") == 20 && words(" a") == 0 && words("\u{A0}a") == 10)
  }

  @Test func sizesAreCutAsBrowsersCutThem() throws {
    func size(_ size: Double) throws -> Double { try #require(library.shape("a", style: TestFonts.style("DejaVu Sans", size)).runs.first).fontSize }
    #expect(try size(17.3) == 1106.0 / 64)
    #expect(try size(12.5) == 12.5)
    #expect(try abs(size(300.7) - 300.7) < 0.01)
  }

  @Test func turkishCapitalsKeepTheirDots() {
    let dotted = width("i") { ($0.variantCaps, $0.language) = (.smallCaps, "tr") }
    #expect(dotted == library.shape("İ", style: TestFonts.style("DejaVu Sans", 28)).width)
    #expect(width("i") { $0.variantCaps = .smallCaps } == library.shape("I", style: TestFonts.style("DejaVu Sans", 28)).width)
  }

  @Test func anEmojiSelectorPassesFacesWithoutColours() throws {
    // DejaVu Sans has the sign; with U+FE0F another face is looked for, and the first must do when there is none.
    let plain = try #require(library.shape("\u{263A}", style: style).runs.first)
    let text = try #require(library.shape("\u{263A}\u{FE0E}", style: style).runs.first)
    #expect(plain.source === text.source && plain.glyphs.first?.glyph == text.glyphs.first?.glyph)
    #expect(library.shape("\u{263A}\u{FE0F}", style: style).runs.first?.glyphs.first?.glyph != 0)
  }

  @Test func whatNoFontHasShowsTheFirstFontsSign() throws {
    let run = try #require(library.shape("a\u{10FFFD}", style: style).runs.last)
    #expect(run.glyphs.last?.glyph == 0)
    #expect(run.source === library.shape("a", style: style).runs.first?.source)
  }

  @Test func aLetterMayHaveMoreMarksThanAnyNeeds() {
    #expect(library.shape(Array(("a" + String(repeating: "\u{301}", count: 300_000)).utf16), style: style).width > 0)
  }

  @Test func slantedInkIsMeasuredAtItsOutline() throws {
    let upright = try #require(library.shape("o", style: TestFonts.style("DejaVu Math TeX Gyre")).inkBox())
    let slanted = try #require(library.shape("o", style: TestFonts.style("DejaVu Math TeX Gyre") { $0.slant = .italic }).inkBox())
    // The corners of the box are empty, so that it grows by less than a quarter of its height.
    #expect(slanted.width > upright.width && slanted.width < upright.width + upright.height * 0.2)
  }

  @Test func hugeInkIsMeasuredInSteps() throws {
    // As in browsers: whole pixels of a size of 64.
    let box = try #require(library.shape("H", style: TestFonts.style("DejaVu Sans", 1000)).inkBox(rounding: .wholeUnits))
    #expect(box.minX == 6 * 1000.0 / 64 && box.minY == -47 * 1000.0 / 64)
  }

  @Test func hardTextsAreSurvived() {
    #expect(library.shape([], style: style).width == 0)
    #expect(library.shape([0xD800], style: style).clusters.count == 1)
    #expect(library.shape([0xDC00, 0xD800, 0x41], style: style).clusters.last?.end == 3)
    #expect(library.shape("a", style: TestFonts.style("DejaVu Sans", 100_000)).width > 50_000)
    for size in [0, -1, Double.nan, .infinity, 1e300] {
      #expect(library.shape("a", style: TestFonts.style("DejaVu Sans", size)).width.isFinite)
    }
    let strange = TestFonts.style("DejaVu Sans") {
      $0.weight = .nan
      $0.stretch = .infinity
      $0.letterSpacing = .nan
      $0.slant = .oblique(degrees: .infinity)
      $0.language = "x-\u{0}\u{301}"
    }
    #expect(library.shape("a\u{301}\u{200D}\u{FE0F}", style: strange).width.isFinite)
    #expect(library.shape("\u{0}\u{1}\u{7F}\u{2028}\u{2029}\u{FFFF}", style: style).width.isFinite)
  }

  @Test func aMegabyteOfTextIsSet() {
    let text = Array(String(repeating: "Wörter שלום, ", count: 80_000).utf16)
    let shaped = library.shape(text, style: style)
    #expect(shaped.clusters.count > 900_000)
    #expect(shaped.width > 1_000_000)
  }

  @Test func randomTextsKeepTheirClustersInOrder() {
    var state: UInt64 = 3
    func next() -> UInt16 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let ranges: [ClosedRange<UInt16>] = [0x20...0x7E, 0x590...0x700, 0x300...0x340, 0x900...0x950, 0xD800...0xDFFF, 0x2000...0x2070, 0x4E00...0x4E20]
      let range = ranges[Int(state >> 33) % ranges.count]
      return range.lowerBound + UInt16(truncatingIfNeeded: state >> 40) % UInt16(range.count)
    }
    for round in 0..<300 {
      let text = (0..<(round % 23)).map { _ in next() }
      let style = TestFonts.style("DejaVu Sans") {
        $0.direction = round % 2 == 0 ? .leftToRight : .rightToLeft
        $0.variantCaps = FontVariantCaps.allCases[round % FontVariantCaps.allCases.count]
        $0.letterSpacing = round % 3 == 0 ? 1 : 0
      }
      let shaped = library.shape(text, style: style)
      // Together the clusters cover the text once.
      var covered = [Int](repeating: 0, count: text.count)
      for cluster in shaped.clusters { for index in cluster.start..<cluster.end { covered[index] += 1 } }
      #expect(covered.allSatisfy { $0 == 1 })
      #expect(abs(shaped.clusters.reduce(0) { $0 + $1.width } - shaped.width) < 1e-6)
    }
  }
}
