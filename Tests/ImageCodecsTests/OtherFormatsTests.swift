import Drawing
import Geometry
import Testing

@testable import ImageCodecs

struct JPEGTests {
  @Test func roundTripIsClose() throws {
    let picture = try smooth()
    let image = try ImageDecoder.decode(ImageEncoder.encode(picture, as: .jpeg, options: ImageEncodeOptions(quality: 1)))
    #expect(image.format == .jpeg)
    #expect(image.isOpaque)
    #expect(greatestDifference(picture, image.pixmap) <= 4)
  }

  @Test func qualityChangesTheSize() throws {
    let picture = try Fixtures.picture(100, 100, isOpaque: true)
    let small = try ImageEncoder.encode(picture, as: .jpeg, options: ImageEncodeOptions(quality: 0.1))
    let usual = try ImageEncoder.encode(picture, as: .jpeg)
    #expect(small.count < usual.count)
    #expect(try ImageEncoder.encode(picture, as: .jpeg, options: ImageEncodeOptions(quality: 2)) == usual)
  }

  @Test func translucentPixelsLieOnBlack() throws {
    let picture = try #require(Pixmap(width: 16, height: 16))
    for y in 0..<16 { for x in 0..<16 { picture[x, y] = 0x8080_8080 } }
    let pixel = try ImageDecoder.decode(ImageEncoder.encode(picture, as: .jpeg)).pixmap[8, 8]
    #expect(abs(Int(pixel & 255) - 128) <= 2)
  }

  @Test func orientationIsReportedAndApplied() throws {
    let picture = try smooth()
    let plain = try ImageEncoder.encode(picture, as: .jpeg)
    // Little-endian TIFF with one entry: tag 274, short, one value, 6 (turned right).
    let tiff: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
    let segment = Array("Exif\0\0".utf8) + tiff
    let file = plain[..<2] + [0xFF, 0xE1, 0, UInt8(segment.count + 2)] + segment + plain[2...]
    let turned = try ImageDecoder.decode(Array(file))
    #expect(turned.orientation == .turnedRight)
    #expect(turned.pixmap.size == PixelSize(width: 40, height: 64))
    let stored = try ImageDecoder.decode(Array(file), options: ImageDecodeOptions(appliesOrientation: false))
    #expect(stored.pixmap.size == PixelSize(width: 64, height: 40))
    #expect(turned.pixmap[39, 0] == stored.pixmap[0, 0])
    #expect(turned.pixmap[0, 0] == stored.pixmap[0, 39])
  }

  @Test func displayP3ProfileIsKept() throws {
    let picture = try #require(Pixmap(width: 8, height: 8, colorSpace: .displayP3))
    let bytes = try ImageEncoder.encode(picture, as: .jpeg)
    #expect(try ImageDecoder.decode(bytes, options: ImageDecodeOptions(convertsToSRGB: false)).pixmap.colorSpace == .displayP3)
  }

  @Test func truncatedPicturesAreMarkedPartial() throws {
    let bytes = try ImageEncoder.encode(Fixtures.picture(200, 200, isOpaque: true), as: .jpeg)
    let image = try ImageDecoder.decode(Array(bytes[..<(bytes.count / 2)]))
    #expect(image.isPartial)
    #expect(throws: CodecError.self) { try ImageDecoder.decode(Array(bytes[..<40])) }
  }

  private func smooth() throws -> Pixmap {
    let picture = try #require(Pixmap(width: 64, height: 40))
    for y in 0..<40 { for x in 0..<64 { picture[x, y] = 0xFF00_0000 | UInt32(x * 4) << 16 | UInt32(y * 6) << 8 | 90 } }
    return picture
  }
}

struct WebPTests {
  @Test(arguments: [true, false]) func losslessRoundTripKeepsPixels(isOpaque: Bool) throws {
    let picture = try Fixtures.picture(60, 50, isOpaque: isOpaque)
    let bytes = try ImageEncoder.encode(picture, as: .webp, options: ImageEncodeOptions(quality: 1))
    let image = try ImageDecoder.decode(bytes)
    #expect(image.format == .webp)
    #expect(differences(picture, image.pixmap) == 0)
  }

  @Test func lossyRoundTripKeepsTheSize() throws {
    let bytes = try ImageEncoder.encode(Fixtures.picture(33, 21, isOpaque: false), as: .webp)
    #expect(try ImageDecoder.decode(bytes).pixmap.size == PixelSize(width: 33, height: 21))
  }

  @Test func picturesTooWideForTheFormatAreRefused() throws {
    let picture = try #require(Pixmap(width: 20000, height: 1))
    #expect(throws: CodecError.self) { try ImageEncoder.encode(picture, as: .webp) }
  }
}

struct GIFTests {
  private let palette: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]]

  @Test func pixelsAndTransparencyDecode() throws {
    let file = Fixtures.gif(width: 3, height: 2, palette: palette, indices: [0, 1, 2, 2, 1, 0], transparent: 1)
    let image = try ImageDecoder.decode(file)
    #expect((0..<2).flatMap { y in (0..<3).map { image.pixmap[$0, y] } }
      == [0xFF00_00FF, 0, 0xFFFF_0000, 0xFFFF_0000, 0, 0xFF00_00FF])
    #expect(!image.isOpaque)
    #expect(!image.isPartial)
  }

  @Test func interlacedRowsFindTheirPlaces() throws {
    // Stored order of 8 rows: 0, 4, 2, 6, 1, 3, 5, 7.
    let file = Fixtures.gif(width: 1, height: 8, palette: palette, indices: [0, 1, 2, 3, 0, 0, 0, 0], isInterlaced: true)
    let pixmap = try ImageDecoder.decode(file).pixmap
    #expect([0, 4, 2, 6].map { pixmap[0, $0] } == [0xFF00_00FF, 0xFF00_FF00, 0xFFFF_0000, 0xFF09_0909])
  }

  @Test func growingCodesDecode() throws {
    // 4 x 4 of index 1: clear(4) 1 6 7 8(4 bits from here) 9 …, written by hand: strings of 1, 2, 3, 4 and 6 pixels.
    var bits: [Int] = []
    func put(_ code: Int, _ size: Int) { for bit in 0..<size { bits.append(code >> bit & 1) } }
    put(4, 3); put(1, 3); put(6, 3); put(7, 3); put(8, 4); put(9, 4); put(5, 4)
    let bytes = stride(from: 0, to: bits.count, by: 8).map { start in
      UInt8(bits[start..<min(bits.count, start + 8)].enumerated().reduce(0) { $0 | $1.element << $1.offset })
    }
    var file = Fixtures.gif(width: 4, height: 4, palette: palette, indices: [])
    let start = try #require(file.lastIndex(of: 0x2C))
    file = Array(file[..<(start + 11)]) + [UInt8(bytes.count)] + bytes + [0, 0x3B]
    let image = try ImageDecoder.decode(file)
    #expect((0..<15).allSatisfy { image.pixmap[$0 % 4, $0 / 4] == 0xFF00_FF00 })
    #expect(image.isPartial)
  }
}

struct BitmapTests {
  @Test func bottomUpRowsOf24Bits() throws {
    let file = Fixtures.bmp(width: 1, height: 2, depth: 24, body: [3, 2, 1, 0, 6, 5, 4, 0])
    let pixmap = try ImageDecoder.decode(file).pixmap
    #expect([pixmap[0, 0], pixmap[0, 1]] == [0xFF06_0504, 0xFF03_0201])
  }

  @Test func topDownRowsWithAPalette() throws {
    let file = Fixtures.bmp(
      width: 2, height: -1, depth: 1, extra: [0, 0, 255, 0, 255, 0, 0, 0], body: [0b0100_0000, 0, 0, 0])
    let pixmap = try ImageDecoder.decode(file).pixmap
    #expect([pixmap[0, 0], pixmap[1, 0]] == [0xFF00_00FF, 0xFFFF_0000])
  }

  @Test func masksOf16Bits() throws {
    let masks = Fixtures.littleEndian(0xF800, 4) + Fixtures.littleEndian(0x07E0, 4) + Fixtures.littleEndian(0x001F, 4)
    let file = Fixtures.bmp(width: 1, height: 1, depth: 16, compression: 3, extra: masks, body: [0x1F, 0xF8, 0, 0])
    #expect(try ImageDecoder.decode(file).pixmap[0, 0] == 0xFFFF_00FF)
  }

  @Test func runsOf8Bits() throws {
    let palette = [UInt8](repeating: 0, count: 4) + [0, 0, 255, 0] + [UInt8](repeating: 7, count: 254 * 4)
    let file = Fixtures.bmp(width: 4, height: 1, depth: 8, compression: 1, extra: palette, body: [3, 1, 1, 0, 0, 1])
    let pixmap = try ImageDecoder.decode(file).pixmap
    #expect((0..<4).map { pixmap[$0, 0] } == [0xFF00_00FF, 0xFF00_00FF, 0xFF00_00FF, 0xFF00_0000])
  }

  @Test func iconsUseTheirMask() throws {
    let dib = Fixtures.bmp(width: 2, height: 2, depth: 24, body: [3, 2, 1, 6, 5, 4, 0, 0, 0b0100_0000, 0, 0, 0]).dropFirst(14)
    let file: [UInt8] =
      [0, 0, 1, 0, 1, 0, 2, 1, 0, 0, 1, 0, 24, 0] + Fixtures.littleEndian(dib.count, 4) + Fixtures.littleEndian(22, 4) + dib
    let pixmap = try ImageDecoder.decode(file).pixmap
    #expect(pixmap.size == PixelSize(width: 2, height: 1))
    #expect([pixmap[0, 0], pixmap[1, 0]] == [0xFF03_0201, 0])
  }

  @Test func iconsMayHoldAPNG() throws {
    let png = try ImageEncoder.encode(Fixtures.picture(5, 4, isOpaque: true), as: .png)
    let file: [UInt8] =
      [0, 0, 1, 0, 1, 0, 5, 4, 0, 0, 1, 0, 32, 0] + Fixtures.littleEndian(png.count, 4) + Fixtures.littleEndian(22, 4) + png
    #expect(try ImageDecoder.decode(file).pixmap.size == PixelSize(width: 5, height: 4))
  }
}

struct HostileInputTests {
  /// Every decoder answers with a picture or an error, whatever a few changed bytes or a missing end make of its input.
  @Test func damagedFilesNeverCrash() throws {
    let picture = try Fixtures.picture(24, 18, isOpaque: false)
    let palette: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    let png = try ImageEncoder.encode(picture, as: .png)
    let dib = Fixtures.bmp(width: 8, height: 8, depth: 4, compression: 2, extra: [UInt8](repeating: 5, count: 64), body: [8, 0x12, 0, 0, 0, 5, 1, 2, 3, 0, 0, 1])
    let samples: [[UInt8]] = [
      png,
      try ImageEncoder.encode(picture, as: .jpeg),
      try ImageEncoder.encode(picture, as: .webp),
      try ImageEncoder.encode(picture, as: .webp, options: ImageEncodeOptions(quality: 1)),
      Fixtures.gif(width: 8, height: 8, palette: palette, indices: (0..<64).map { UInt8($0 % 3) }, transparent: 2),
      Fixtures.bmp(width: 8, height: 8, depth: 32, body: [UInt8](repeating: 77, count: 256)),
      dib,
      [0, 0, 1, 0, 1, 0, 8, 8, 0, 0, 1, 0, 4, 0] + Fixtures.littleEndian(dib.count - 14, 4) + Fixtures.littleEndian(22, 4) + dib.dropFirst(14),
    ]
    var random = SeededGenerator(99)
    let options = ImageDecodeOptions(limits: DecodeLimits(maxPixels: 1 << 20))
    for sample in samples {
      #expect((try? ImageDecoder.decode(sample, options: options)) != nil)
      for _ in 0..<400 {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          bytes[index] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : bytes[index] ^ 1 << UInt8.random(in: 0...7, using: &random)
        }
        if Int.random(in: 0...3, using: &random) == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
        if let image = try? ImageDecoder.decode(bytes, options: options) {
          #expect(image.pixmap.width * image.pixmap.height <= 1 << 20)
        }
      }
    }
  }

  @Test func unknownBytesAreSaidToBeUnknown() {
    #expect(throws: CodecError.unknownFormat) { try ImageDecoder.decode([]) }
    #expect(throws: CodecError.unknownFormat) { try ImageDecoder.decode(Array("hello, world".utf8)) }
  }
}

func greatestDifference(_ a: Pixmap, _ b: Pixmap) -> Int {
  guard a.size == b.size else { return .max }
  var greatest = 0
  for y in 0..<a.height {
    for x in 0..<a.width {
      for shift in [0, 8, 16, 24] as [UInt32] { greatest = max(greatest, abs(Int(a[x, y] >> shift & 255) - Int(b[x, y] >> shift & 255))) }
    }
  }
  return greatest
}
