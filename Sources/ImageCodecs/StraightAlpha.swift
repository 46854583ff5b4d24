// Between premultiplied pixels, as pixmaps hold them, and straight ones, as files do.

import Drawing

enum StraightAlpha {
  /// Writes row `y` of `pixmap` as straight RGBA bytes; `target` has room for four bytes a pixel.
  static func copyRow(_ y: Int, of pixmap: Pixmap, into target: UnsafeMutablePointer<UInt8>) {
    switch pixmap.format {
    case .rgba8:
      pixmap.withRow(y) { row in
        PixelRows.unpremultiply(
          UnsafeRawBufferPointer(row), into: UnsafeMutableRawBufferPointer(start: target, count: row.count * 4))
      }
    case .rgbaFloat: pixmap.withFloatRow(y) { copyFloatRow($0, into: target) }
    }
  }

  private static func copyFloatRow(_ row: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutablePointer<UInt8>) {
    for x in 0..<(row.count / 4) {
      let alpha = clamped(row[x * 4 + 3])
      for component in 0..<3 {
        target[x * 4 + component] = alpha > 0 ? byte(row[x * 4 + component] / alpha) : 0
      }
      target[x * 4 + 3] = byte(alpha)
    }
  }

  private static func clamped(_ value: Float) -> Float { value > 0 ? min(1, value) : 0 }
  private static func byte(_ value: Float) -> UInt8 { UInt8(clamped(value) * 255 + 0.5) }

  /// Premultiplies the straight pixels that a decoder left in `pixmap`. Returns whether all of them are opaque.
  static func premultiply(_ pixmap: Pixmap) -> Bool {
    if isOpaque(pixmap) { return true }
    for y in 0..<pixmap.height {
      pixmap.withRow(y) { row in
        PixelRows.premultiply(UnsafeRawBufferPointer(row), into: UnsafeMutableRawBufferPointer(row))
      }
    }
    return false
  }

  /// Whether every pixel has full alpha.
  static func isOpaque(_ pixmap: Pixmap) -> Bool {
    guard pixmap.format == .rgba8 else { return false }
    for y in 0..<pixmap.height {
      let all = pixmap.withRow(y) { row in
        var all: UInt32 = 0xFF00_0000
        for x in 0..<row.count { all &= row[x] }
        return all
      }
      if all != 0xFF00_0000 { return false }
    }
    return true
  }

  /// The same picture in another colour space. Slow: meant for the few pictures that are not sRGB.
  static func converted(_ pixmap: Pixmap, to space: ColorSpace) throws(CodecError) -> Pixmap {
    guard let result = Pixmap(width: pixmap.width, height: pixmap.height, colorSpace: space) else { throw .outOfMemory }
    for y in 0..<pixmap.height {
      var lastSource: UInt32 = 0, lastResult: UInt32 = 0
      for x in 0..<pixmap.width {
        let source = pixmap[x, y]
        if source != lastSource {
          let pixel = PixelRows.straight(source), alpha = UInt8(truncatingIfNeeded: pixel >> 24)
          let color = Color(
            red: Float(pixel & 0xFF) / 255, green: Float(pixel >> 8 & 0xFF) / 255, blue: Float(pixel >> 16 & 0xFF) / 255,
            space: pixmap.colorSpace
          ).converted(to: space)
          let bytes = UInt32(byte(color.red)) | UInt32(byte(color.green)) << 8 | UInt32(byte(color.blue)) << 16
          lastSource = source
          lastResult = PixelRows.premultiplied(bytes | UInt32(alpha) << 24)
        }
        result[x, y] = lastResult
      }
    }
    return result
  }
}
