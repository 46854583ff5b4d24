import CImageShims
import Drawing
import Testing

@testable import ImageCodecs

struct PNGTests {
  @Test(arguments: [(1, 1), (3, 2), (17, 33), (300, 200), (1200, 700)], [true, false])
  func roundTripKeepsPixels(size: (Int, Int), isOpaque: Bool) throws {
    let picture = try Fixtures.picture(size.0, size.1, isOpaque: isOpaque)
    for effort in PNGEffort.allCases {
      let bytes = try PNGEncoder.encode(picture, effort: effort, threads: 1)
      let image = try ImageDecoder.decode(bytes)
      #expect(image.isOpaque == isOpaque || size.0 * size.1 < 40)
      #expect(!image.isPartial)
      #expect(differences(picture, image.pixmap) == 0)
    }
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let picture = try Fixtures.picture(1500, 900, isOpaque: false)
    let one = try PNGEncoder.encode(picture, effort: .standard, threads: 1)
    #expect(try PNGEncoder.encode(picture, effort: .standard, threads: 3) == one)
  }

  @Test func opaquePicturesDropTheAlphaChannel() throws {
    let bytes = try ImageEncoder.encode(Fixtures.picture(4, 4, isOpaque: true), as: .png)
    #expect(bytes[25] == 2)
    #expect(try ImageEncoder.encode(Fixtures.picture(4, 4, isOpaque: false), as: .png)[25] == 6)
  }

  @Test func deflateOfHardDataInflatesAgain() {
    var random = SeededGenerator(5)
    let noise = (0..<70000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let skewed = (0..<90000).map { _ in UInt8(min(Int.random(in: 0...40, using: &random), Int.random(in: 0...40, using: &random))) }
    let fibonacci = fibonacciCounts()
    let repeated = Array((0..<40).map { _ in noise[..<997] }.joined())
    for bytes in [[], [7], [1, 2, 3], noise, skewed, fibonacci, repeated, [UInt8](repeating: 9, count: 100_000)] {
      for effort in PNGEffort.allCases {
        #expect(inflated(PNGEncoder.zlibStream(bytes, effort), bytes.count) == bytes)
      }
    }
  }

  /// Counts like Fibonacci numbers make the deepest Huffman trees.
  private func fibonacciCounts() -> [UInt8] {
    var bytes: [UInt8] = [], a = 1, b = 1
    for symbol in 0..<24 {
      for index in 0..<min(a, 5000) { bytes.append(UInt8(symbol)); if index % 3 == 0 { bytes.append(UInt8(symbol &* 37 & 255)) } }
      (a, b) = (b, a + b)
    }
    return bytes
  }

  private func inflated(_ stream: [UInt8], _ count: Int) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count + 1)
    let written = zlib_shim_inflate(stream, stream.count, &output, output.count)
    return written < 0 ? [0xBA, 0xD0] : Array(output[..<written])
  }

  @Test func allColourTypesDecode() throws {
    let palette = Fixtures.chunk("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]) + Fixtures.chunk("tRNS", [255, 128])
    // A palette of two bits: entries 0, 1, 2, 3; the second is half transparent.
    let indexed = Fixtures.png(width: 4, height: 1, depth: 2, colorType: 3, chunks: palette, rows: [[0b00_01_10_11]])
    #expect(try pixels(indexed) == [0xFF00_00FF, 0x8000_8000, 0xFFFF_0000, 0xFF09_0909])
    let grey1 = Fixtures.png(width: 3, height: 1, depth: 1, colorType: 0, rows: [[0b101_00000]])
    #expect(try pixels(grey1) == [0xFFFF_FFFF, 0xFF00_0000, 0xFFFF_FFFF])
    let grey16 = Fixtures.png(width: 2, height: 1, depth: 16, colorType: 0, rows: [[0x80, 0x80, 0xFF, 0xFF]])
    #expect(try pixels(grey16) == [0xFF80_8080, 0xFFFF_FFFF])
    let greyAlpha = Fixtures.png(width: 1, height: 1, depth: 8, colorType: 4, rows: [[200, 0]])
    #expect(try pixels(greyAlpha) == [0])
    let rgb16 = Fixtures.png(width: 1, height: 1, depth: 16, colorType: 2, rows: [[255, 255, 0, 0, 127, 127]])
    #expect(try pixels(rgb16) == [0xFF7F_00FF])
    let keyed = Fixtures.png(
      width: 2, height: 1, depth: 8, colorType: 2, chunks: Fixtures.chunk("tRNS", [0, 1, 0, 2, 0, 3]), rows: [[1, 2, 3, 4, 5, 6]])
    #expect(try pixels(keyed) == [0, 0xFF06_0504])
  }

  @Test func interlacedPicturesDecode() throws {
    // Adam7 of a 2 x 2 picture: pass 1 has pixel (0, 0), pass 6 (1, 0), pass 7 row 1.
    let file = Fixtures.png(
      width: 2, height: 2, depth: 8, colorType: 0, isInterlaced: true, rows: [[10], [20], [30, 40]])
    #expect(try pixels(file) == [0xFF0A_0A0A, 0xFF14_1414, 0xFF1E_1E1E, 0xFF28_2828])
  }

  @Test func gammaIsHonouredOnlyWithoutAProfile() throws {
    let gamma = Fixtures.chunk("gAMA", Fixtures.bigEndian(100_000))
    let linear = Fixtures.png(width: 1, height: 1, depth: 8, colorType: 0, chunks: gamma, rows: [[128]])
    #expect(try pixels(linear)[0] & 0xFF > 180)
    let sRGB = Fixtures.png(width: 1, height: 1, depth: 8, colorType: 0, chunks: gamma + Fixtures.chunk("sRGB", [0]), rows: [[128]])
    #expect(try pixels(sRGB) == [0xFF80_8080])
  }

  @Test func displayP3IsWrittenAndRecognised() throws {
    let picture = try #require(Pixmap(width: 2, height: 2, colorSpace: .displayP3))
    for y in 0..<2 { for x in 0..<2 { picture[x, y] = 0xFF00_00FF } }
    let bytes = try ImageEncoder.encode(picture, as: .png)
    let kept = try ImageDecoder.decode(bytes, options: ImageDecodeOptions(convertsToSRGB: false)).pixmap
    #expect(kept.colorSpace == .displayP3)
    #expect(kept[0, 0] == 0xFF00_00FF)
    let grey = try #require(Pixmap(width: 1, height: 1, colorSpace: .displayP3))
    grey[0, 0] = 0xFF80_8080
    #expect(try ImageDecoder.decode(ImageEncoder.encode(grey, as: .png)).pixmap[0, 0] == 0xFF80_8080)
  }

  @Test func theProfileIsFoundWithoutACodingPointChunk() throws {
    let profile = Array("Display P3".utf8) + [0, 0] + PNGEncoder.zlibStream(ICCProfile.displayP3, .standard)
    let file = Fixtures.png(width: 1, height: 1, depth: 8, colorType: 2, chunks: Fixtures.chunk("iCCP", profile), rows: [[1, 2, 3]])
    let image = try ImageDecoder.decode(file, options: ImageDecodeOptions(convertsToSRGB: false))
    #expect(image.pixmap.colorSpace == .displayP3)
  }

  @Test func truncatedPicturesShowWhatArrived() throws {
    let picture = try Fixtures.picture(300, 300, isOpaque: true)
    let bytes = try ImageEncoder.encode(picture, as: .png)
    let image = try ImageDecoder.decode(Array(bytes[..<(bytes.count / 2)]))
    #expect(image.isPartial)
    #expect(image.pixmap[5, 5] == picture[5, 5])
    #expect(image.pixmap[5, 299] == 0)
    #expect(throws: CodecError.self) { try ImageDecoder.decode(Array(bytes[..<30])) }
  }

  @Test func picturesBeyondTheLimitAreRefused() throws {
    let bytes = try ImageEncoder.encode(Fixtures.picture(20, 20, isOpaque: true), as: .png)
    let options = ImageDecodeOptions(limits: DecodeLimits(maxPixels: 399))
    #expect(throws: CodecError.tooLarge(width: 20, height: 20, maxPixels: 399)) {
      try ImageDecoder.decode(bytes, options: options)
    }
  }

  private func pixels(_ file: [UInt8]) throws -> [UInt32] {
    let pixmap = try ImageDecoder.decode(file).pixmap
    return (0..<pixmap.height).flatMap { y in (0..<pixmap.width).map { pixmap[$0, y] } }
  }
}

/// How many pixels differ by more than 8-bit straight alpha can keep: one step for translucent ones.
func differences(_ a: Pixmap, _ b: Pixmap) -> Int {
  guard a.size == b.size else { return .max }
  var count = 0
  for y in 0..<a.height {
    for x in 0..<a.width where a[x, y] != b[x, y] {
      let isClose = [0, 8, 16, 24].allSatisfy { abs(Int(a[x, y] >> $0 & 255) - Int(b[x, y] >> $0 & 255)) <= 1 }
      if !isClose || a[x, y] >> 24 == 255 { count += 1 }
    }
  }
  return count
}

struct ICCTransformTests {
  /// A picture of one pixel with a profile of another name, so that only its numbers can tell what it means.
  private func pixel(_ profile: [UInt8], _ components: [UInt8]) throws -> UInt32 {
    let chunk = Array("mine".utf8) + [0, 0] + PNGEncoder.zlibStream(profile, .standard)
    let file = Fixtures.png(width: 1, height: 1, depth: 8, colorType: 2, chunks: Fixtures.chunk("iCCP", chunk), rows: [components])
    return try ImageDecoder.decode(file).pixmap[0, 0]
  }

  /// The Display P3 profile under another name, with curves replaced by `curve` where one is given.
  private func profile(curve: [UInt8]? = nil) throws -> [UInt8] {
    var bytes = ICCProfile.displayP3
    for start in 0..<(bytes.count - 1) where bytes[start] == 0x50 && bytes[start + 1] == 0x33 { bytes[start] = 0x51 }
    for start in 0..<(bytes.count - 3) where bytes[start] == 0 && bytes[start + 1] == 0x50 && bytes[start + 3] == 0x33 {
      bytes[start + 1] = 0x51
    }
    if let curve {
      for start in 0..<(bytes.count - curve.count) where Array(bytes[start..<(start + 4)]) == Array("para".utf8) {
        bytes.replaceSubrange(start..<(start + curve.count), with: curve)
      }
    }
    return bytes
  }

  @Test func aProfileIsFollowedWhateverItsName() throws {
    // rgb(100 150 200) of Display P3 is rgb(83 152 205) of sRGB, by the matrices of CSS Color 4.
    let pixel = try pixel(profile(), [100, 150, 200])
    for (shift, expected) in [(0, 83), (8, 152), (16, 205)] {
      #expect(abs(Int(pixel >> UInt32(shift) & 0xFF) - expected) <= 1)
    }
  }

  @Test func aGammaOfOneIsLinearLight() throws {
    let curve = Array("curv".utf8) + [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]
    let pixel = try pixel(profile(curve: curve), [128, 128, 128])
    #expect(abs(Int(pixel & 0xFF) - 188) <= 1)
  }

  @Test func damagedProfilesChangeNothing() throws {
    let profile = try profile()
    for length in [0, 40, 131, 140, 200, 300] {
      profile[..<length].withUnsafeBufferPointer { #expect(ICCTransform($0) == nil, "\(length) bytes") }
    }
  }

  @Test func theSizeOfAnUndecodablePictureIsKnown() throws {
    let rows = [[UInt8]](repeating: [UInt8](repeating: 9, count: 30), count: 20)
    var file = Fixtures.png(width: 30, height: 20, depth: 8, colorType: 0, rows: rows)
    for index in 41..<(file.count - 16) { file[index] = 0x58 }
    #expect(throws: CodecError.self) { try ImageDecoder.decode(file) }
    #expect(try #require(ImageDecoder.declaredSize(of: file)) == (30, 20))
    #expect(ImageDecoder.declaredSize(of: Array(file[..<33])) == nil)
    #expect(ImageDecoder.declaredSize(of: [1, 2, 3]) == nil)
  }
}
