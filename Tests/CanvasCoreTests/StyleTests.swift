import CanvasCore
import Drawing
import Geometry
import Testing

@Suite struct StyleTests {
  let stage = Stage()
  var context: CanvasRenderingContext2D { stage.context }

  private func color(_ style: CanvasStyleValue) -> String? {
    if case .color(let text) = style { text } else { nil }
  }

  @Test func coloursAreNormalisedAndMistakesIgnored() {
    context.setFillStyle("#FA0")
    context.setStrokeStyle("rgba(1,2,3,0.5)")
    context.setFillStyle("bogus")
    context.setFillStyle("")
    #expect(color(context.fillStyle) == "#ffaa00")
    #expect(color(context.strokeStyle) == "rgba(1, 2, 3, 0.5)")
  }

  @Test func fillAndStrokeUseTheirOwnStyle() throws {
    context.setFillStyle("#f00")
    context.setStrokeStyle("#00f")
    context.fillRect(0, 0, 1, 1)
    context.strokeRect(0, 0, 5, 5)
    guard case .color(let fill) = stage.commands[0].paint, case .color(let stroke) = stage.commands[1].paint else {
      return #expect(Bool(false))
    }
    #expect(fill == Color(red: 1, green: 0, blue: 0))
    #expect(stroke == Color(red: 0, green: 0, blue: 1))
  }

  @Test func colorsAreConvertedToTheCanvasSpace() throws {
    var settings = CanvasContextSettings()
    settings.colorSpace = .displayP3
    let stage = Stage(settings: settings)
    stage.context.setFillStyle("#f00")
    stage.context.fillRect(0, 0, 1, 1)
    guard case .color(let fill)? = stage.last?.paint else { return #expect(Bool(false)) }
    #expect(fill.space == .displayP3)
    #expect(abs(fill.red - 0.9175) < 0.001)
  }

  @Test func gradientsAreLive() throws {
    let gradient = context.createLinearGradient(0, 0, 10, 0)
    context.setFillStyle(gradient)
    try gradient.addColorStop(1, "blue")
    try gradient.addColorStop(0, "red")
    context.fillRect(0, 0, 5, 5)
    try gradient.addColorStop(0.5, "lime")
    context.fillRect(0, 0, 5, 5)
    guard case .gradient(let first) = stage.commands[0].paint, case .gradient(let second) = stage.commands[1].paint else {
      return #expect(Bool(false))
    }
    #expect(first.stops.map(\.offset) == [0, 1])
    #expect(second.stops.map(\.offset) == [0, 0.5, 1])
    guard case .gradient(let read) = context.fillStyle else { return #expect(Bool(false)) }
    #expect(read === gradient)
  }

  @Test func stopsAtTheSamePlaceKeepTheirOrder() throws {
    let gradient = context.createLinearGradient(0, 0, 10, 0)
    for color in ["red", "lime", "blue"] { try gradient.addColorStop(0.5, color) }
    context.setFillStyle(gradient)
    context.fillRect(0, 0, 5, 5)
    guard case .gradient(let drawn)? = stage.last?.paint else { return #expect(Bool(false)) }
    #expect(drawn.stops.map(\.color.red) == [1, 0, 0] && drawn.stops.map(\.color.blue) == [0, 0, 1])
  }

  @Test func aGradientThatPaintsNothingEmitsNothing() throws {
    let gradient = context.createLinearGradient(5, 5, 5, 5)
    try gradient.addColorStop(0, "red")
    context.setFillStyle(gradient)
    context.fillRect(0, 0, 5, 5)
    #expect(stage.commands.isEmpty)
  }

  @Test func wrongStopsThrow() throws {
    let gradient = context.createConicGradient(0, 1, 1)
    #expect { try gradient.addColorStop(-1, "red") } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try gradient.addColorStop(.nan, "red") } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try gradient.addColorStop(0, "rgb(0)") } throws: { ($0 as? CanvasError)?.name == "SyntaxError" }
    #expect(throws: CanvasError.self) { try context.createRadialGradient(0, 0, -1, 0, 0, 1) }
  }

  @Test func patternsRepeatAsTheyAreTold() throws {
    let image = HTMLImage()
    #expect(try context.createPattern(.image(image), "repeat") == nil)
    image.complete(picture(4, 4))
    for (text, x, y) in [("", true, true), ("repeat-x", true, false), ("repeat-y", false, true), ("no-repeat", false, false)] {
      context.setFillStyle(try #require(try context.createPattern(.image(image), text)))
      context.fillRect(0, 0, 5, 5)
      guard case .pattern(let pattern)? = stage.last?.paint else { return #expect(Bool(false)) }
      #expect(pattern.repeatsX == x && pattern.repeatsY == y)
    }
    for text in ["Repeat", "repeat-z", "repeat ", "null"] {
      #expect { try context.createPattern(.image(image), text) } throws: { ($0 as? CanvasError)?.name == "SyntaxError" }
    }
    image.fail()
    #expect { try context.createPattern(.image(image), "") } throws: { ($0 as? CanvasError)?.name == "InvalidStateError" }
  }

  @Test func aPatternIsLiveInItsTransformOnly() throws {
    let source = Stage(width: 2, height: 2)
    source.context.fillRect(0, 0, 2, 2)
    let pattern = try #require(try context.createPattern(.canvas(source.canvas), ""))
    source.context.clearRect(0, 0, 2, 2)
    pattern.setTransform(.scale(2, 2))
    pattern.setTransform(.scale(.nan, 2))
    context.setFillStyle(pattern)
    context.fillRect(0, 0, 2, 2)
    guard case .pattern(let drawn)? = stage.last?.paint else { return #expect(Bool(false)) }
    #expect(drawn.image.pixmap[0, 0] == 0xFF00_0000)
    #expect(drawn.transform == .scale(2, 2))
  }

  @Test func anUncleanPatternTaintsWhenItIsSet() throws {
    let image = HTMLImage()
    image.complete(picture(1, 1), isOriginClean: false)
    let pattern = try #require(try context.createPattern(.image(image), ""))
    _ = try context.getImageData(0, 0, 1, 1)
    context.setStrokeStyle(pattern)
    #expect(throws: CanvasError.self) { try context.getImageData(0, 0, 1, 1) }
  }

  @Test func shadowsAndFiltersTravelWithTheCommand() throws {
    context.shadowColor = "rgb(255 0 0 / 50%)"
    context.shadowBlur = 4
    context.shadowOffsetX = -2
    context.filter = "blur(1em) opacity(0.5)"
    context.fillRect(0, 0, 1, 1)
    let effects = try #require(stage.last?.compositing.effects)
    #expect(effects.shadow?.blur == 4 && effects.shadow?.offset == Vector(-2, 0))
    #expect(effects.filters.first == .blur(x: 10, y: 10) && effects.filters.count == 2)
    context.font = "20px serif"
    context.fillRect(0, 0, 1, 1)
    #expect(stage.last?.compositing.effects?.filters.first == .blur(x: 20, y: 20))
    context.shadowColor = "transparent"
    context.filter = "none"
    context.fillRect(0, 0, 1, 1)
    #expect(stage.last?.compositing.effects == nil)
  }

  @Test func theFilterReadsBackAsItWasWritten() {
    context.filter = "blur(  5px)"
    context.filter = "blur(10)"
    context.filter = "inherit"
    #expect(context.filter == "blur(  5px)")
    context.save()
    context.filter = "none"
    context.restore()
    #expect(context.filter == "blur(  5px)")
  }

  @Test func alphaOperatorAndSmoothingTravelWithTheCommand() throws {
    context.globalAlpha = 0.25
    context.globalCompositeOperation = "xor"
    context.imageSmoothingQuality = .high
    context.fillRect(0, 0, 1, 1)
    let compositing = try #require(stage.last?.compositing)
    #expect(compositing.alpha == 0.25 && compositing.compositeOperator == .xor && compositing.smoothing == .high)
    context.imageSmoothingEnabled = false
    context.fillRect(0, 0, 1, 1)
    #expect(stage.last?.compositing.smoothing == ImageSmoothing.none)
  }
}
