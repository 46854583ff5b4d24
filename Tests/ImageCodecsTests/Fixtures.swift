// Pictures and files made up in code.

import CImageShims
import Drawing
import Testing

@testable import ImageCodecs

/// A small linear congruential generator: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 31
  }
}

enum Fixtures {
  /// Gradients, a flat area and noise; premultiplied. `isOpaque` false gives a soft-edged alpha channel.
  static func picture(_ width: Int, _ height: Int, isOpaque: Bool, seed: UInt64 = 1) throws -> Pixmap {
    let pixmap = try #require(Pixmap(width: width, height: height))
    var random = SeededGenerator(seed)
    for y in 0..<height {
      for x in 0..<width {
        let alpha = isOpaque ? 255 : UInt32((x * 7 + y * 3) % 256)
        var red = UInt32(x * 255 / max(1, width - 1)), green = UInt32(y * 255 / max(1, height - 1)), blue: UInt32 = 128
        if x > width * 3 / 4, y > height / 2 {
          let noise = UInt32(truncatingIfNeeded: random.next())
          (red, green, blue) = (noise & 255, noise >> 8 & 255, noise >> 16 & 255)
        } else if x < width / 4 {
          (red, green, blue) = (200, 30, 60)
        }
        let times = { (component: UInt32) in (component * alpha + 127) / 255 }
        pixmap[x, y] = alpha << 24 | times(blue) << 16 | times(green) << 8 | times(red)
      }
    }
    return pixmap
  }

  static func bigEndian(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
  static func littleEndian(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 255) } }

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    let sum = body.withUnsafeBufferPointer { zlib_shim_crc32(0, $0.baseAddress!, $0.count) }
    return bigEndian(data.count) + body + bigEndian(Int(sum))
  }

  /// A PNG of unfiltered rows given as they are stored.
  static func png(
    width: Int, height: Int, depth: UInt8, colorType: UInt8, isInterlaced: Bool = false, chunks: [UInt8] = [], rows: [[UInt8]]
  ) -> [UInt8] {
    let header = bigEndian(width) + bigEndian(height) + [depth, colorType, 0, 0, isInterlaced ? 1 : 0]
    let data = PNGEncoder.zlibStream(rows.flatMap { [0] + $0 }, .standard)
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunks + chunk("IDAT", data)
      + chunk("IEND", [])
  }

  /// A GIF of palette indices, coded with a clear code before the table could grow.
  static func gif(width: Int, height: Int, palette: [[UInt8]], indices: [UInt8], transparent: UInt8? = nil, isInterlaced: Bool = false)
    -> [UInt8]
  {
    var file = Array("GIF89a".utf8) + littleEndian(width, 2) + littleEndian(height, 2) + [0x81, 0, 0]
    for index in 0..<4 { file += index < palette.count ? palette[index] : [0, 0, 0] }
    if let transparent { file += [0x21, 0xF9, 4, 1, 0, 0, transparent, 0] }
    file += [0x2C, 0, 0, 0, 0] + littleEndian(width, 2) + littleEndian(height, 2) + [isInterlaced ? 0x40 : 0, 2]
    // Codes of 3 bits: 4 clears, 5 ends. Two codes after a clear keep them at 3 bits.
    var bits: [UInt8] = []
    func put(_ code: UInt8) { for bit in 0..<3 { bits.append(code >> UInt8(bit) & 1) } }
    for (position, index) in indices.enumerated() {
      if position % 2 == 0 { put(4) }
      put(index)
    }
    put(5)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: bits.count, by: 8) {
      bytes.append(bits[start..<min(bits.count, start + 8)].enumerated().reduce(0) { $0 | $1.element << UInt8($1.offset) })
    }
    for start in stride(from: 0, to: bytes.count, by: 255) {
      let block = bytes[start..<min(bytes.count, start + 255)]
      file += [UInt8(block.count)] + block
    }
    return file + [0, 0x3B]
  }

  /// A bitmap with a 40 byte header; `rows` from the bottom, each padded to four bytes.
  static func bmp(width: Int, height: Int, depth: Int, compression: Int = 0, extra: [UInt8] = [], body: [UInt8]) -> [UInt8] {
    let header =
      littleEndian(40, 4) + littleEndian(width, 4) + littleEndian(height, 4) + littleEndian(1, 2) + littleEndian(depth, 2)
      + littleEndian(compression, 4) + [UInt8](repeating: 0, count: 20)
    let offset = 14 + header.count + extra.count
    return Array("BM".utf8) + littleEndian(offset + body.count, 4) + [0, 0, 0, 0] + littleEndian(offset, 4) + header + extra + body
  }
}
