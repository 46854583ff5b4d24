// Windows icons and cursors: the largest picture of the file.

import Drawing

enum ICODecoder {
  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    let file = ByteReader(bytes)
    guard let count = file.u16(4), count > 0 else { throw .malformed(.ico, detail: "it holds no picture") }
    var best: (area: Int, depth: Int, data: ByteReader)?
    for index in 0..<count {
      let entry = 6 + index * 16
      guard let width = file.byte(entry), let height = file.byte(entry + 1), let depth = file.u16(entry + 6),
        let size = file.u32(entry + 8), let offset = file.u32(entry + 12)
      else { break }
      let area = (width == 0 ? 256 : Int(width)) * (height == 0 ? 256 : Int(height))
      let data = file.window(offset, size)
      if data.count > 0, best.map({ (area, depth) > ($0.area, $0.depth) }) ?? true { best = (area, depth, data) }
    }
    guard let data = best?.data else { throw .malformed(.ico, detail: "it holds no picture") }
    if ImageFormat(sniffing: Array(data.bytes.prefix(8))) == .png {
      var image = try PNGDecoder.decode(Array(data.bytes), limits: limits)
      image.format = .ico
      return image
    }
    return try decodeBitmap(data, limits: limits)
  }

  private static func decodeBitmap(_ data: ByteReader, limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    let bitmap = try DeviceIndependentBitmap(data, pixelOffset: nil, format: .ico, hasMask: true)
    try limits.check(width: bitmap.width, height: bitmap.height, format: .ico)
    guard let pixmap = Pixmap(width: bitmap.width, height: bitmap.height) else { throw .outOfMemory }
    let isPartial = bitmap.draw(into: pixmap, usesFourthByteAsAlpha: true)
    // Pictures with an alpha channel ignore the mask; a channel of zeros only is none.
    if bitmap.bitsPerPixel != 32 || !hasAlpha(pixmap) { applyMask(of: bitmap, to: pixmap) }
    let isOpaque = StraightAlpha.premultiply(pixmap)
    return DecodedImage(pixmap: pixmap, isOpaque: isOpaque, format: .ico, orientation: .upright, isPartial: isPartial)
  }

  private static func hasAlpha(_ pixmap: Pixmap) -> Bool {
    (0..<pixmap.height).contains { y in pixmap.withRow(y) { row in row.contains { $0 >> 24 != 0 } } }
  }

  private static func applyMask(of bitmap: DeviceIndependentBitmap, to pixmap: Pixmap) {
    for y in 0..<pixmap.height {
      pixmap.withRow(y) { row in
        for x in 0..<row.count { row[x] = bitmap.maskBit(x, y) ? 0 : row[x] | 0xFF00_0000 }
      }
    }
  }
}
