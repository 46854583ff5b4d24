// Between premultiplied pixels, as pixmaps hold them, and straight ones, as files do.

import Drawing

enum StraightAlpha {
  /// Writes row `y` of `pixmap` as straight RGBA bytes; `target` has room for four bytes a pixel.
  static func copyRow(_ y: Int, of pixmap: Pixmap, into target: UnsafeMutablePointer<UInt8>) {
    switch pixmap.format {
    case .rgba8: pixmap.withRow(y) { copyRow($0, into: target) }
    case .rgbaFloat: pixmap.withFloatRow(y) { copyFloatRow($0, into: target) }
    }
  }

  private static func copyRow(_ row: UnsafeMutableBufferPointer<UInt32>, into target: UnsafeMutablePointer<UInt8>) {
    for x in 0..<row.count {
      UnsafeMutableRawPointer(target).storeBytes(of: straight(row[x]), toByteOffset: x * 4, as: UInt32.self)
    }
  }

  /// The straight form of a packed premultiplied pixel, each component correctly rounded.
  @inline(__always) static func straight(_ pixel: UInt32) -> UInt32 {
    let alpha = pixel >> 24
    if alpha == 255 || pixel == 0 { return pixel }
    if alpha == 0 { return 0 }
    let half = alpha / 2
    // Components above alpha do not come from our own drawing; clamping keeps them bytes.
    let red = min(255, ((pixel & 0xFF) &* 255 &+ half) / alpha)
    let green = min(255, ((pixel >> 8 & 0xFF) &* 255 &+ half) / alpha)
    let blue = min(255, ((pixel >> 16 & 0xFF) &* 255 &+ half) / alpha)
    return alpha << 24 | blue << 16 | green << 8 | red
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
    var allAlpha: UInt32 = 255
    for y in 0..<pixmap.height {
      pixmap.withRow(y) { row in
        for x in 0..<row.count {
          let pixel = row[x], alpha = pixel >> 24
          if alpha == 255 { continue }
          allAlpha &= alpha
          row[x] = premultiplied(pixel, alpha)
        }
      }
    }
    return allAlpha == 255
  }

  /// Rounds c·a/255 correctly, two components at a time.
  @inline(__always) private static func premultiplied(_ pixel: UInt32, _ alpha: UInt32) -> UInt32 {
    var redBlue = (pixel & 0x00FF_00FF) &* alpha &+ 0x0080_0080
    redBlue = (redBlue &+ (redBlue >> 8 & 0x00FF_00FF)) >> 8 & 0x00FF_00FF
    var green = (pixel >> 8 & 0xFF) &* alpha &+ 0x80
    green = (green &+ (green >> 8)) >> 8
    return alpha << 24 | green << 8 | redBlue
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
          let pixel = straight(source), alpha = UInt8(truncatingIfNeeded: pixel >> 24)
          let color = Color(
            red: Float(pixel & 0xFF) / 255, green: Float(pixel >> 8 & 0xFF) / 255, blue: Float(pixel >> 16 & 0xFF) / 255,
            space: pixmap.colorSpace
          ).converted(to: space)
          let bytes = UInt32(byte(color.red)) | UInt32(byte(color.green)) << 8 | UInt32(byte(color.blue)) << 16
          lastSource = source
          lastResult = premultiplied(bytes | UInt32(alpha) << 24, UInt32(alpha))
        }
        result[x, y] = lastResult
      }
    }
    return result
  }
}
