import CanvasCore
import Drawing
import Geometry
import Testing

@Suite struct CanvasTests {
  let environment = CanvasEnvironment(makeSurface: { TestSurface(size: $0, settings: $1) })

  @Test func aCanvasHasTheDefaultSize() {
    let canvas = Canvas(environment: environment)
    #expect(canvas.width == 300 && canvas.height == 150)
  }

  @Test func theContextIsMadeOnceAndOfOneKind() throws {
    let canvas = Canvas(environment: environment)
    let context = try #require(try canvas.getContext2D())
    #expect(try canvas.getContext2D() === context)
    #expect(try canvas.getBitmapRenderer() == nil)
    #expect(try canvas.getContext("webgl") == nil)
    #expect(context.canvas === canvas)
  }

  @Test func noSurfaceIsMadeBeforeSomethingIsDrawn() throws {
    let stage = Stage()
    #expect(stage.canvas.bitmap.surface == nil)
    stage.context.fillRect(0, 0, 1, 1)
    #expect(stage.canvas.bitmap.surface != nil)
  }

  @Test func settingTheSameWidthClearsAndResets() throws {
    let stage = Stage()
    stage.context.setFillStyle("red")
    stage.context.fillRect(0, 0, 100, 50)
    try stage.canvas.setWidth(100)
    #expect(try stage.pixel(5, 5) == [0, 0, 0, 0])
    guard case .color("#000000") = stage.context.fillStyle else { return #expect(Bool(false)) }
  }

  @Test func anotherSizeMakesANewSurface() throws {
    let stage = Stage()
    stage.context.fillRect(0, 0, 1, 1)
    try stage.canvas.setSize(width: 7, height: 9)
    stage.context.fillRect(0, 0, 1, 1)
    #expect(stage.canvas.bitmap.surface?.size == PixelSize(width: 7, height: 9))
  }

  @Test func anEmptyCanvasDrawsNothingAndExportsNothing() throws {
    let stage = Stage(width: 0)
    stage.context.fillRect(0, 0, 1, 1)
    #expect(stage.canvas.bitmap.surface == nil)
    #expect(try stage.canvas.toDataURL() == "data:,")
  }

  @Test func tooManyPixelsAreReportedOnce() throws {
    let stage = Stage(width: 1 << 16, height: 1 << 16)
    var limits: [CanvasLimit] = []
    stage.environment.limitReached = { limits.append($0) }
    stage.context.fillRect(0, 0, 1, 1)
    stage.context.fillRect(0, 0, 1, 1)
    #expect(limits == [.bitmapTooLarge(PixelSize(width: 1 << 16, height: 1 << 16))])
  }

  @Test func theContextOutlivesItsCanvas() throws {
    var canvas: Canvas? = Canvas(environment: environment)
    let context = try #require(try canvas?.getContext2D())
    canvas = nil
    context.fillRect(0, 0, 1, 1)
    #expect(context.canvas == nil)
    #expect(context.bitmap.surface != nil)
  }

  @Test func aDataURLHoldsTheEncodedFile() throws {
    let stage = Stage()
    var asked: [String] = []
    stage.environment.encodeImage = { _, type, quality in
      asked.append("\(type) \(quality.map { "\($0)" } ?? "-")")
      return EncodedImage(mimeType: "image/png", bytes: Array("hello".utf8))
    }
    #expect(try stage.canvas.toDataURL(type: "IMAGE/JPEG", quality: 0.5) == "data:image/png;base64,aGVsbG8=")
    _ = try stage.canvas.toBlob(type: "image/webp", quality: 7)
    #expect(asked == ["image/jpeg 0.5", "image/webp -"])
  }

  @Test func aTaintedCanvasIsNotExported() throws {
    let stage = Stage()
    let image = HTMLImage()
    image.complete(picture(1, 1), isOriginClean: false)
    try stage.context.drawImage(.image(image), 0, 0)
    #expect(throws: CanvasError.self) { try stage.canvas.toDataURL() }
    #expect { try stage.context.getImageData(0, 0, 1, 1) } throws: { ($0 as? CanvasError)?.name == "SecurityError" }
    try stage.canvas.setWidth(100)
    _ = try stage.context.getImageData(0, 0, 1, 1)
  }

  @Test(arguments: [("200", 200), ("200px", 200), (" 12.5", 12), ("+3", 3), ("-0", 0)])
  func dimensionAttributesTakeTheirLeadingDigits(_ text: String, _ value: Int) { #expect(Canvas.parseDimension(text) == value) }

  @Test(arguments: ["", "-5", "px", "%", "99999999999"])
  func otherDimensionAttributesAreDefaults(_ text: String) { #expect(Canvas.parseDimension(text) == nil) }
}

@Suite struct OffscreenCanvasTests {
  let environment = CanvasEnvironment(makeSurface: { TestSurface(size: $0, settings: $1) })

  @Test func aPlaceholderShowsWhatIsDrawnOffscreen() throws {
    let canvas = Canvas(width: 10, height: 10, environment: environment)
    let offscreen = try canvas.transferControlToOffscreen()
    try offscreen.getContext2D()?.fillRect(0, 0, 10, 10)
    #expect(canvas.imageSnapshot()?.pixmap[3, 3] == 0xFF00_0000)
    #expect(throws: CanvasError.self) { try canvas.setWidth(5) }
    #expect(throws: CanvasError.self) { try canvas.getContext2D() }
    try offscreen.setWidth(20)
    #expect(canvas.width == 20)
  }

  @Test func controlIsNotTransferredFromACanvasWithAContext() throws {
    let canvas = Canvas(environment: environment)
    _ = try canvas.getContext2D()
    #expect(throws: CanvasError.self) { try canvas.transferControlToOffscreen() }
  }

  @Test func transferToImageBitmapTakesThePictureAway() throws {
    let offscreen = Canvas(width: 4, height: 4, kind: .offscreen, environment: environment)
    #expect(throws: CanvasError.self) { try offscreen.transferToImageBitmap() }
    let context = try #require(try offscreen.getContext2D())
    context.fillRect(0, 0, 4, 4)
    let image = try offscreen.transferToImageBitmap()
    #expect(image.width == 4 && image.snapshot?.pixmap[0, 0] == 0xFF00_0000)
    #expect(try context.getImageData(0, 0, 1, 1).bytes[3] == 0)
  }

  @Test func convertToBlobRefusesAnEmptyCanvas() {
    let offscreen = Canvas(width: 0, height: 4, kind: .offscreen, environment: environment)
    #expect { try offscreen.convertToBlob() } throws: { ($0 as? CanvasError)?.name == "IndexSizeError" }
  }

  @Test func aBitmapRendererShowsAndReleasesABitmap() throws {
    let canvas = Canvas(width: 9, height: 9, environment: environment)
    let renderer = try #require(try canvas.getBitmapRenderer())
    let image = ImageBitmap(snapshot: picture(2, 3))
    try renderer.transferFromImageBitmap(image)
    #expect(image.isDetached)
    #expect(canvas.bitmap.size == PixelSize(width: 2, height: 3))
    #expect(canvas.width == 9)
    #expect(throws: CanvasError.self) { try renderer.transferFromImageBitmap(image) }
    try renderer.transferFromImageBitmap(nil)
    #expect(canvas.bitmap.size == PixelSize(width: 9, height: 9))
  }
}
