import Canvas2D
import Testing

@Suite struct CanvasLibraryTests {
  @Test func aProgramDrawsAndEncodes() throws {
    let canvas = Canvas(width: 20, height: 10)
    let context = try #require(try canvas.getContext2D())
    context.fillRect(2, 2, 5, 5)
    for format in [ImageFormat.png, .jpeg, .webp] {
      let image = try ImageDecoder.decode(try canvas.encode(as: format))
      #expect(image.format == format)
      #expect(image.pixmap.width == 20 && image.pixmap.height == 10)
    }
    #expect(try ImageDecoder.decode(try canvas.encode()).pixmap[4, 4] == 0xFF00_0000)
    #expect(try canvas.toDataURL().hasPrefix("data:image/png;base64,iVBOR"))
    #expect(try canvas.toDataURL(type: "image/webp", quality: 0.5).hasPrefix("data:image/webp;base64,"))
    #expect(try canvas.toDataURL(type: "image/unknown").hasPrefix("data:image/png;base64,"))
  }

  @Test func anEmptyCanvasCannotBeEncoded() {
    #expect(throws: CodecError.self) { try Canvas(width: 0, height: 10).encode() }
  }
}
