// Rows of pixels with straight and with premultiplied alpha.
//
// Both directions round to the nearest value, so that straight → premultiplied → straight gives back what full alpha or none allows,
// and a second round trip changes nothing more.

/// Conversions of whole rows; source and destination may be the same memory, of equal length.
public enum PixelRows {
  /// `source` holds straight RGBA, `destination` becomes premultiplied.
  public static func premultiply(_ source: UnsafeBufferPointer<UInt32>, into destination: UnsafeMutableBufferPointer<UInt32>) {
    let count = min(source.count, destination.count)
    // Safe: `count` is within both buffers.
    guard let from = source.baseAddress, let to = destination.baseAddress else { return }
    for index in 0..<count {
      let pixel = unsafe from[index]
      let alpha = pixel &>> 24
      unsafe to[index] = premultiplied(pixel, alpha)
    }
  }

  /// `source` is premultiplied, `destination` becomes straight RGBA; clear pixels become 0.
  public static func unpremultiply(_ source: UnsafeBufferPointer<UInt32>, into destination: UnsafeMutableBufferPointer<UInt32>) {
    let count = min(source.count, destination.count)
    guard let from = source.baseAddress, let to = destination.baseAddress else { return }
    // Safe: `count` is within both buffers, the table has an entry for every alpha.
    unsafe reciprocals.withUnsafeBufferPointer { table in
      for index in 0..<count {
        let pixel = unsafe from[index]
        let alpha = pixel &>> 24
        if alpha == 255 || pixel == 0 {
          unsafe to[index] = pixel
          continue
        }
        let factor = unsafe table[Int(alpha)]
        // Components above alpha are no colours; they are cut to 255.
        let red = min(255, (UInt64(pixel & 255) &* factor &+ half) &>> 32)
        let green = min(255, (UInt64((pixel &>> 8) & 255) &* factor &+ half) &>> 32)
        let blue = min(255, (UInt64((pixel &>> 16) & 255) &* factor &+ half) &>> 32)
        unsafe to[index] = UInt32(truncatingIfNeeded: red | green &<< 8 | blue &<< 16) | alpha &<< 24
      }
    }
  }

  /// A straight pixel, premultiplied.
  @inlinable @inline(__always)
  public static func premultiplied(_ pixel: UInt32, _ alpha: UInt32) -> UInt32 {
    var low = (pixel & 0x00FF_00FF) &* alpha &+ 0x0080_0080
    low = ((low &+ ((low &>> 8) & 0x00FF_00FF)) &>> 8) & 0x00FF_00FF
    var green = ((pixel &>> 8) & 0xFF) &* alpha &+ 0x80
    green = (green &+ (green &>> 8)) & 0xFF00
    return low | green | (alpha &<< 24)
  }

  @usableFromInline static let half: UInt64 = 1 << 31

  /// 255 / alpha in 1/2^32, 0 for alpha 0.
  private static let reciprocals: [UInt64] = (0..<256).map { alpha in
    alpha == 0 ? 0 : (255 << 32 + UInt64(alpha) / 2) / UInt64(alpha)
  }
}
