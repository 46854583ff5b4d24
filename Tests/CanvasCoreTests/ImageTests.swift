import CanvasCore
import Drawing
import Geometry
import Testing

@Suite struct DrawImageTests {
  let stage = Stage()
  var context: CanvasRenderingContext2D { stage.context }

  private func drawn() -> (source: Rect, destination: Rect)? {
    guard case .drawImage(_, let source, let destination)? = stage.last?.operation else { return nil }
    return (source, destination)
  }

  private var image: CanvasImageSource {
    let image = HTMLImage()
    image.complete(picture(20, 10))
    return .image(image)
  }

  @Test func sizesDefaultToTheImage() throws {
    try context.drawImage(image, 3, 4)
    #expect(try #require(drawn()).destination == Rect(x: 3, y: 4, width: 20, height: 10))
    #expect(try #require(drawn()).source == Rect(x: 0, y: 0, width: 20, height: 10))
    try context.drawImage(image, 3, 4, 5, 6)
    #expect(try #require(drawn()).destination == Rect(x: 3, y: 4, width: 5, height: 6))
  }

  @Test func aSourceOutsideIsCutInProportion() throws {
    try context.drawImage(image, -10, 0, 20, 10, 0, 0, 40, 20)
    #expect(try #require(drawn()).source == Rect(x: 0, y: 0, width: 10, height: 10))
    #expect(try #require(drawn()).destination == Rect(x: 20, y: 0, width: 20, height: 20))
  }

  @Test func negativeSizesMeanTheSameRectangles() throws {
    try context.drawImage(image, 20, 10, -20, -10, 50, 30, -20, -10)
    #expect(try #require(drawn()).source == Rect(x: 0, y: 0, width: 20, height: 10))
    #expect(try #require(drawn()).destination == Rect(x: 30, y: 20, width: 20, height: 10))
  }

  @Test func nothingIsDrawnFromNothing() throws {
    try context.drawImage(image, 100, 100, 5, 5, 0, 0, 5, 5)
    try context.drawImage(image, 0, 0, 0, 5, 0, 0, 5, 5)
    try context.drawImage(image, 0, 0, .nan, 5)
    try context.drawImage(.image(HTMLImage()), 0, 0)
    #expect(stage.commands.isEmpty)
  }

  @Test func aLoadedImageWhosePixelsAreDamagedDrawsNothing() throws {
    let damaged = HTMLImage()
    damaged.completeUndecodable(width: 20, height: 10)
    try context.drawImage(.image(damaged), 0, 0)
    #expect(stage.commands.isEmpty && damaged.naturalWidth == 20)
    #expect(try context.createPattern(.image(damaged), "repeat") == nil)
    #expect { try ImageBitmap.make(from: .image(.image(damaged)), environment: stage.environment) } throws: {
      ($0 as? CanvasError)?.name == "InvalidStateError"
    }
  }

  @Test func unusableSourcesThrow() throws {
    let broken = HTMLImage()
    broken.fail()
    let closed = ImageBitmap(snapshot: picture(1, 1))
    closed.close()
    let empty = Canvas(width: 0, height: 5, environment: stage.environment)
    for source in [CanvasImageSource.image(broken), .imageBitmap(closed), .canvas(empty)] {
      #expect { try context.drawImage(source, 0, 0) } throws: { ($0 as? CanvasError)?.name == "InvalidStateError" }
    }
    // A number that is not finite comes first.
    try context.drawImage(.image(broken), .nan, 0)
  }

  @Test func aCanvasDrawnOnItselfIsTakenAsItWas() throws {
    context.fillRect(0, 0, 10, 10)
    try context.drawImage(.canvas(stage.canvas), 5, 5)
    guard case .drawImage(let snapshot, _, _)? = stage.last?.operation else { return #expect(Bool(false)) }
    context.clearRect(0, 0, 100, 50)
    #expect(snapshot.pixmap[5, 5] == 0xFF00_0000)
  }

  @Test func aCanvasWithoutContextIsBlank() throws {
    try context.drawImage(.canvas(Canvas(width: 3, height: 3, environment: stage.environment)), 0, 0)
    guard case .drawImage(let snapshot, _, _)? = stage.last?.operation else { return #expect(Bool(false)) }
    #expect(snapshot.pixmap[1, 1] == 0)
  }
}

@Suite struct ImageDataTests {
  let stage = Stage()
  var context: CanvasRenderingContext2D { stage.context }

  @Test func newPixelsAreTransparentBlack() throws {
    let data = try context.createImageData(-3, 2)
    #expect(data.width == 3 && data.height == 2 && data.length == 24 && data.bytes.count == 24)
    #expect((0..<24).allSatisfy { data.bytes[$0] == 0 })
    #expect(try context.createImageData(data).width == 3)
  }

  @Test func emptyAndEndlessSizesThrow() {
    #expect { try context.createImageData(0, 1) } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try context.getImageData(0, 0, 1, 0) } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
    #expect { try context.createImageData(2_147_483_647, 2_147_483_647) } throws: { ($0 as? CanvasError)?.name == "RangeError" }
    #expect { try context.createImageData(.min, .max) } throws: { ($0 as? CanvasError)?.name == "RangeError" }
  }

  @Test func arraysMustFitTheirSize() throws {
    let bytes = try #require(PixelBytes(count: 24))
    func name(_ length: Int, _ width: Int, _ height: Int? = nil) -> String? {
      do {
        _ = try ImageData(bytes: bytes, length: length, width: width, height: height)
        return nil
      } catch { return error.name }
    }
    #expect(name(24, 3) == nil && name(24, 3, 2) == nil)
    #expect(name(0, 3) == "InvalidStateError" && name(23, 3) == "InvalidStateError")
    #expect(name(24, 4) == "IndexSizeError" && name(24, 0) == "IndexSizeError" && name(24, 3, 3) == "IndexSizeError")
    #expect(name(100, 5) == "InvalidStateError")
  }

  @Test func pixelsOutsideAreTransparent() throws {
    context.setFillStyle("#08f")
    context.fillRect(0, 0, 100, 50)
    let data = try context.getImageData(-1, -1, 2, 2)
    #expect((0..<12).allSatisfy { data.bytes[$0] == 0 })
    #expect((12..<16).map { data.bytes[$0] } == [0, 0x88, 255, 255])
    #expect(try context.getImageData(1_000_000, 5, 2, 2).bytes[0] == 0)
  }

  @Test func negativeSizesReachBack() throws {
    context.setFillStyle("red")
    context.fillRect(0, 0, 5, 5)
    let data = try context.getImageData(6, 6, -2, -2)
    #expect(data.width == 2 && data.bytes[0] == 255 && data.bytes[4] == 0)
  }

  @Test func putAndGetAreTheSameForOpaquePixels() throws {
    let data = try context.createImageData(3, 1)
    for (offset, value) in [1, 2, 3, 255, 40, 50, 60, 255, 0, 0, 0, 0].enumerated() { data.bytes[offset] = UInt8(value) }
    context.putImageData(data, 10, 10)
    let back = try context.getImageData(10, 10, 3, 1)
    #expect((0..<12).map { back.bytes[$0] } == (0..<12).map { data.bytes[$0] })
  }

  @Test func everyPremultipliedPixelSurvivesARoundTrip() throws {
    let stage = Stage(width: 256, height: 256)
    let data = try stage.context.createImageData(256, 256)
    for alpha in 0..<256 {
      for value in 0..<256 {
        data.bytes[(alpha * 256 + value) * 4] = UInt8(value)
        data.bytes[(alpha * 256 + value) * 4 + 3] = UInt8(alpha)
      }
    }
    stage.context.putImageData(data, 0, 0)
    let once = try stage.context.getImageData(0, 0, 256, 256)
    stage.context.putImageData(once, 0, 0)
    let twice = try stage.context.getImageData(0, 0, 256, 256)
    #expect((0..<data.length).allSatisfy { once.bytes[$0] == twice.bytes[$0] })
  }

  @Test func onlyTheDirtyPartLands() throws {
    let data = try context.createImageData(10, 10)
    for offset in 0..<400 { data.bytes[offset] = 255 }
    context.putImageData(data, 20, 20, 2, 2, 3, 3)
    #expect(try stage.pixel(21, 21)[3] == 0 && stage.pixel(22, 22)[3] == 255 && stage.pixel(24, 24)[3] == 255)
    #expect(try stage.pixel(25, 25)[3] == 0)
    context.putImageData(data, 40, 20, 5, 5, -3, -3)
    #expect(try stage.pixel(42, 22)[3] == 255 && stage.pixel(44, 24)[3] == 255 && stage.pixel(45, 25)[3] == 0)
    let count = stage.commands.count
    context.putImageData(data, 0, 0, 20, 0, 5, 5)
    context.putImageData(data, 0, 0, 0, 0, 0, 5)
    context.putImageData(data, 500, 0)
    context.putImageData(data, .max, .min, .max, .min, .max, .min)
    #expect(stage.commands.count == count)
    context.putImageData(data, -8, -8)
    #expect(try stage.pixel(1, 1)[3] == 255 && stage.pixel(2, 2)[3] == 0)
  }

  @Test func anOpaqueCanvasIgnoresTheFourthByte() throws {
    var settings = CanvasContextSettings()
    settings.alpha = false
    let stage = Stage(settings: settings)
    #expect(try stage.pixel(0, 0) == [0, 0, 0, 255])
    let data = try stage.context.createImageData(1, 1)
    data.bytes[0] = 200
    stage.context.putImageData(data, 0, 0)
    #expect(try stage.pixel(0, 0) == [200, 0, 0, 255])
  }

  @Test func coloursAreConvertedBetweenSpaces() throws {
    var settings = CanvasContextSettings()
    settings.colorSpace = .displayP3
    let stage = Stage(settings: settings)
    stage.context.setFillStyle("#ff0000")
    stage.context.fillRect(0, 0, 64, 50)
    #expect(try stage.pixel(0, 0) == [234, 51, 35, 255])
    let data = try stage.context.getImageData(0, 0, 1, 1, ImageDataSettings(colorSpace: .srgb))
    #expect(data.colorSpace == .srgb && data.bytes[0] == 255 && data.bytes[1] <= 1)
  }

  @Test func halfFloatsHoldTheSameColours() throws {
    context.setFillStyle("#ff8000")
    context.fillRect(0, 0, 1, 1)
    let data = try context.getImageData(0, 0, 1, 1, ImageDataSettings(pixelFormat: .float16))
    #expect(data.bytes.count == 8)
    #expect(data.bytes[1] == 0x3C && data.bytes[0] == 0)  // 1.0
    context.putImageData(data, 3, 3)
    #expect(try stage.pixel(3, 3) == [255, 128, 0, 255])
  }
}

@Suite struct ImageBitmapTests {
  let stage = Stage()

  private func make(
    _ source: ImageBitmapSource, _ crop: (sx: Int, sy: Int, sw: Int, sh: Int)? = nil,
    _ options: ImageBitmapOptions = ImageBitmapOptions()
  ) throws(CanvasError) -> (bitmap: ImageBitmap, command: DrawCommand?) {
    var surfaces: [TestSurface] = []
    let environment = CanvasEnvironment(makeSurface: { size, settings in
      let surface = TestSurface(size: size, settings: settings)
      if let surface { surfaces.append(surface) }
      return surface
    })
    let bitmap = try ImageBitmap.make(from: source, cropping: crop, options: options, environment: environment)
    return (bitmap, surfaces.last?.commands.last)
  }

  @Test func theWholePictureIsShared() throws {
    let snapshot = picture(4, 3)
    #expect(try make(.decoded(snapshot)).bitmap.snapshot === snapshot)
  }

  @Test func partsMayLieOutside() throws {
    let (bitmap, command) = try make(.decoded(picture(4, 4)), (6, 6, -4, -4))
    #expect(bitmap.width == 4 && bitmap.height == 4)
    guard case .drawImage(_, let source, let destination)? = command?.operation else { return #expect(Bool(false)) }
    #expect(source == Rect(x: 2, y: 2, width: 2, height: 2) && destination == Rect(x: 0, y: 0, width: 2, height: 2))
  }

  @Test func oneNewSideKeepsTheProportions() throws {
    var options = ImageBitmapOptions()
    options.resizeWidth = 10
    options.resizeQuality = .high
    let (bitmap, command) = try make(.decoded(picture(4, 3)), nil, options)
    #expect(bitmap.width == 10 && bitmap.height == 8)
    #expect(command?.compositing.smoothing == .high)
    options.resizeHeight = 0
    #expect(throws: CanvasError.self) { try make(.decoded(picture(4, 3)), nil, options) }
  }

  @Test func imageDataBecomesPremultiplied() throws {
    let data = try ImageData(width: 1, height: 1)
    for (offset, value) in [255, 0, 0, 128].enumerated() { data.bytes[offset] = UInt8(value) }
    #expect(try make(.imageData(data)).bitmap.snapshot?.pixmap[0, 0] == 0x8000_0080)
  }

  @Test func aCanvasTooLargeForABitmapThrowsInsteadOfReachingTheLimit() {
    var limits: [CanvasLimit] = []
    stage.environment.limitReached = { limits.append($0) }
    let canvas = Canvas(width: 100_000_000, height: 100_000_000, environment: stage.environment)
    #expect { try ImageBitmap.make(from: .image(.canvas(canvas)), environment: stage.environment) } throws: {
      ($0 as? CanvasError)?.name == "InvalidStateError"
    }
    #expect(limits.isEmpty)
  }

  @Test func mistakesThrow() {
    #expect { try make(.decoded(picture(1, 1)), (0, 0, 0, 1)) } throws: { ($0 as? CanvasError)?.name == "RangeError" }
    #expect { try make(.image(.image(HTMLImage()))) } throws: { ($0 as? CanvasError)?.name == "InvalidStateError" }
  }
}
