import CanvasCore
import Drawing
import Geometry
import Testing
import Typography

@Suite struct TextTests {
  let typesetter: SquareTypesetter
  let stage: Stage
  var context: CanvasRenderingContext2D { stage.context }

  init() {
    typesetter = SquareTypesetter()
    stage = Stage(shaping: typesetter)
  }

  private func runs() -> [GlyphRun]? {
    guard case .fillGlyphs(let runs)? = stage.last?.operation else { return nil }
    return runs
  }

  @Test func glyphsLieOnTheBaseline() throws {
    context.fillText("ab", 5, 30)
    let run = try #require(runs()?.first)
    #expect(run.glyphs.map(run.place) == [Point(5, 30), Point(15, 30)])
    #expect(run.fontSize == 10)
  }

  @Test(arguments: [
    (CanvasTextAlign.left, 0.0), (.start, 0), (.center, -10), (.right, -20), (.end, -20),
  ])
  func alignment(_ align: CanvasTextAlign, _ x: Double) throws {
    context.textAlign = align
    context.fillText("ab", 0, 0)
    #expect(try #require(runs()?.first.flatMap { run in run.glyphs.first.map(run.place) }).x == x)
  }

  @Test func startIsOnTheRightInRightToLeftText() throws {
    context.direction = .rtl
    context.fillText("ab", 0, 0)
    #expect(try #require(runs()?.first.flatMap { run in run.glyphs.first.map(run.place) }).x == -20)
    #expect(typesetter.styles.last?.direction == .rightToLeft)
  }

  @Test(arguments: [
    (CanvasTextBaseline.alphabetic, 0.0), (.top, 8), (.hanging, 6), (.middle, 3), (.ideographic, -1), (.bottom, -2),
  ])
  func baselines(_ baseline: CanvasTextBaseline, _ y: Double) throws {
    context.textBaseline = baseline
    context.fillText("a", 0, 0)
    #expect(abs(try #require(runs()?.first.flatMap { run in run.glyphs.first.map(run.place) }).y - y) < 1e-9)
    let metrics = context.measureText("a")
    #expect(abs(metrics.alphabeticBaseline + y) < 1e-9)
    #expect(abs(metrics.fontBoundingBoxAscent - (10 - y)) < 1e-9)
    #expect(abs(metrics.fontBoundingBoxDescent - (2.5 + y)) < 1e-9)
    #expect(abs(metrics.actualBoundingBoxAscent - (8 - y)) < 1e-9)
    #expect(abs(metrics.actualBoundingBoxDescent - (2 + y)) < 1e-9)
    #expect(abs(metrics.emHeightAscent - (8 - y)) < 1e-9)
    #expect(abs(metrics.hangingBaseline - (6 - y)) < 1e-9)
    #expect(abs(metrics.ideographicBaseline - (-1 - y)) < 1e-9)
  }

  @Test func metricsFollowTheAlignment() {
    context.textAlign = .center
    let metrics = context.measureText("abc")
    #expect(metrics.width == 30)
    #expect(metrics.actualBoundingBoxLeft == 15 && metrics.actualBoundingBoxRight == 15)
  }

  @Test func inkBoxesGrowToWholeUnits() {
    context.font = "12.5px x"
    let metrics = context.measureText("a")
    #expect(metrics.width == 12.5 && metrics.actualBoundingBoxRight == 13)
    #expect(metrics.actualBoundingBoxAscent == 10 && metrics.actualBoundingBoxDescent == 3)
  }

  @Test func blanksHaveNoInk() {
    let metrics = context.measureText("  ")
    #expect(metrics.width == 20 && metrics.actualBoundingBoxLeft == 0 && metrics.actualBoundingBoxRight == 0)
    #expect(metrics.actualBoundingBoxAscent == 0)
    #expect(context.measureText("").width == 0)
  }

  @Test func wideTextIsCondensed() throws {
    context.fillText("abcd", 10, 0, 20)
    let run = try #require(runs()?.first)
    #expect(run.glyphTransform == .scale(0.5, 1))
    #expect(run.glyphs.map { run.place(of: $0).x } == [10, 15, 20, 25])
    context.fillText("abcd", 10, 0, 100)
    #expect(try #require(runs()?.first).glyphTransform == .identity)
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func aWidthThatIsNoneDrawsNothing(_ width: Double) {
    context.fillText("abcd", 0, 0, width)
    #expect(stage.commands.isEmpty)
  }

  @Test func whiteSpaceBecomesSpaces() {
    context.fillText("a\t\n\u{C}\rb\u{B}", 0, 0)
    #expect(typesetter.shapedTexts.last == Array("a    b\u{B}".utf16))
  }

  @Test func measuringAndDrawingShapeOnce() {
    _ = context.measureText("abc")
    context.fillText("abc", 0, 0)
    context.strokeText("abc", 0, 0)
    #expect(typesetter.shapedTexts.count == 1)
    context.letterSpacing = "2px"
    #expect(context.measureText("abc").width == 36)
  }

  @Test func theStyleSaysWhatTheAttributesSay() throws {
    context.font = "italic small-caps bold condensed 20px 'Open Sans', serif"
    context.letterSpacing = "0.1em"
    context.wordSpacing = "3px"
    context.fontKerning = .none
    context.textRendering = .geometricPrecision
    context.lang = "tr"
    context.fillText("x", 0, 0)
    let style = try #require(typesetter.styles.last)
    #expect(style.families == [.named("Open Sans"), .generic(.serif)])
    #expect(style.size == 20 && style.weight == 700 && style.stretch == 75 && style.slant == .italic)
    #expect(style.variantCaps == .smallCaps && style.kerning == .none && style.letterSpacing == 2 && style.wordSpacing == 3)
    #expect(style.language == "tr" && style.textRendering == .geometricPrecision)
    context.fontStretch = .expanded
    context.fontVariantCaps = .unicase
    context.fillText("x", 0, 0)
    #expect(typesetter.styles.last?.stretch == 125 && typesetter.styles.last?.variantCaps == .unicase)
  }

  @Test func theShorthandSetsStretchAndCapitals() {
    context.font = "condensed small-caps 20px x"
    #expect(context.fontStretch == .condensed && context.fontVariantCaps == .smallCaps)
    context.fontStretch = .expanded
    context.fontVariantCaps = .unicase
    #expect(context.font == "expanded 20px x")
    context.font = "20px x"
    #expect(context.fontStretch == .normal && context.fontVariantCaps == .normal)
    #expect(context.font == "20px x")
  }

  @Test func someUnitsAreMeasuredByTheFont() {
    // SquareTypesetter's digits are an em wide.
    context.font = "20px x"
    context.letterSpacing = "1ch"
    #expect(context.measureText("ab").width == 80)
    context.letterSpacing = "10vw"
    #expect(context.measureText("ab").width == 40 + 2 * Double(context.canvas?.width ?? 0) / 10)
  }

  @Test func selectionsAndCaretsInSquares() {
    let metrics = context.measureText("abcd")
    #expect(metrics.selectionRects(from: 1, to: 3).map(\.x) == [10])
    #expect(metrics.selectionRects(from: 1, to: 3).map(\.width) == [20])
    #expect(metrics.selectionRects(from: 3, to: 1).map(\.x) == [10])
    #expect(metrics.selectionRects(from: 3, to: 1).map(\.width) == [0])
    #expect([-5, 4, 6, 14, 16, 99].map { metrics.index(fromOffset: $0) } == [0, 0, 1, 1, 2, 4])
    #expect(metrics.textClusters(from: 1, to: 3, align: nil, baseline: nil).map(\.start) == [1, 2])
    #expect(metrics.textClusters(from: 0, to: 4, align: .right, baseline: nil).map(\.x) == [10, 20, 30, 40])
  }

  @Test func fontsAreNormalisedAndMistakesIgnored() {
    #expect(context.font == "10px sans-serif")
    context.font = "20PX   SERIF"
    context.font = "inherit"
    context.font = "bogus"
    #expect(context.font == "20px serif")
    context.font = "50% serif"
    #expect(context.font == "5px serif")
    context.letterSpacing = "1"
    context.wordSpacing = "normal"
    #expect(context.letterSpacing == "0px" && context.wordSpacing == "0px")
    context.letterSpacing = "2EM"
    #expect(context.letterSpacing == "2em")
  }

  @Test func strokedTextTakesTheStrokeStyle() throws {
    context.lineWidth = 3
    context.strokeText("a", 0, 0)
    guard case .strokeGlyphs(_, let style)? = stage.last?.operation else { return #expect(Bool(false)) }
    #expect(style.lineWidth == 3)
  }
}
