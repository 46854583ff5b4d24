import CanvasCore
import Drawing
import Geometry
import Testing

@Suite struct StateAndTransformTests {
  let stage = Stage()
  var context: CanvasRenderingContext2D { stage.context }

  @Test func restoreBringsBackWhatSaveKept() {
    context.save()
    context.lineWidth = 5
    context.globalAlpha = 0.5
    context.font = "20px serif"
    context.shadowBlur = 4
    context.translate(3, 4)
    context.restore()
    #expect(context.lineWidth == 1)
    #expect(context.globalAlpha == 1)
    #expect(context.font == "10px sans-serif")
    #expect(context.shadowBlur == 0)
    #expect(context.getTransform().isIdentity)
  }

  @Test func restoreWithoutSaveDoesNothing() {
    context.lineWidth = 7
    context.restore()
    #expect(context.lineWidth == 7)
  }

  @Test func thePathIsNotPartOfTheState() {
    context.save()
    context.rect(0, 0, 10, 10)
    context.restore()
    context.fill()
    guard case .fillPath(let path, _)? = stage.last?.operation else { return #expect(Bool(false)) }
    #expect(path.controlBounds == Rect(x: 0, y: 0, width: 10, height: 10))
  }

  @Test func resetEmptiesEverything() throws {
    context.fillRect(0, 0, 100, 50)
    context.save()
    context.scale(2, 2)
    context.rect(0, 0, 1, 1)
    context.reset()
    #expect(try stage.pixel(1, 1) == [0, 0, 0, 0])
    #expect(context.getTransform().isIdentity)
    context.lineWidth = 3
    context.restore()
    #expect(context.lineWidth == 3)
  }

  @Test func transformsMultiplyFromTheRight() {
    context.translate(10, 20)
    context.scale(2, 3)
    context.transform(1, 0, 0, 1, 5, 5)
    #expect(context.currentTransform == AffineTransform(a: 2, b: 0, c: 0, d: 3, e: 20, f: 35))
    context.setTransform(1, 2, 3, 4, 5, 6)
    #expect(context.currentTransform == AffineTransform(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6))
    context.resetTransform()
    #expect(context.currentTransform == .identity)
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func numbersThatAreNotFiniteChangeNothing(_ value: Double) {
    context.scale(value, 1)
    context.rotate(value)
    context.translate(0, value)
    context.transform(1, 0, value, 1, 0, 0)
    context.setTransform(1, 0, 0, 1, 0, value)
    context.lineWidth = value
    context.miterLimit = value
    context.lineDashOffset = value
    context.globalAlpha = value
    context.shadowBlur = value
    context.shadowOffsetX = value
    context.setLineDash([1, value])
    #expect(context.currentTransform == .identity)
    #expect(context.lineWidth == 1 && context.miterLimit == 10 && context.lineDashOffset == 0 && context.globalAlpha == 1)
    #expect(context.shadowBlur == 0 && context.shadowOffsetX == 0 && context.getLineDash() == [])
    context.fillRect(value, 0, 1, 1)
    context.strokeRect(0, 0, value, 1)
    context.clearRect(0, value, 1, 1)
    context.fillText("x", value, 0)
    #expect(stage.commands.isEmpty)
  }

  @Test func valuesOutOfRangeAreIgnored() {
    context.lineWidth = 0
    context.lineWidth = -1
    context.miterLimit = 0
    context.globalAlpha = 1.1
    context.globalAlpha = -0.1
    context.shadowBlur = -1
    context.setLineDash([-1, 2])
    context.globalCompositeOperation = "Source-over"
    context.globalCompositeOperation = "erase"
    #expect(context.lineWidth == 1 && context.miterLimit == 10 && context.globalAlpha == 1 && context.shadowBlur == 0)
    #expect(context.getLineDash().isEmpty)
    #expect(context.globalCompositeOperation == "source-over")
  }

  @Test func anOddDashListIsDoubled() {
    context.setLineDash([1, 2, 3])
    #expect(context.getLineDash() == [1, 2, 3, 1, 2, 3])
  }

  @Test func everyOperatorReadsBack() {
    for value in CompositeOperator.allCases {
      context.globalCompositeOperation = value.rawValue
      #expect(context.globalCompositeOperation == value.rawValue)
    }
  }

  @Test func aLostContextDrawsNothingUntilItIsRestored() throws {
    context.lineWidth = 9
    context.loseContext()
    #expect(context.isContextLost())
    context.fillRect(0, 0, 10, 10)
    #expect(stage.commands.isEmpty)
    context.restoreContext()
    #expect(!context.isContextLost() && context.lineWidth == 1)
    context.fillRect(0, 0, 10, 10)
    #expect(stage.commands.count == 1)
  }

  @Test func settingsAreReadBack() throws {
    var settings = CanvasContextSettings()
    settings.alpha = false
    settings.colorSpace = .displayP3
    #expect(Stage(settings: settings).context.getContextAttributes() == settings)
  }

  @Test func aStateStackThatIsVeryDeepIsKept() {
    for _ in 0..<20_000 { context.save() }
    context.lineWidth = 3
    for _ in 0..<20_000 { context.restore() }
    #expect(context.lineWidth == 1)
  }
}
