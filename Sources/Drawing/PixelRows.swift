// Rows of pixels with straight and with premultiplied alpha.
//
// Both directions round to the nearest value, so that straight → premultiplied → straight gives back what full alpha or none allows,
// and a second round trip changes nothing more. Rows are converted four pixels at a time in operations that SSE2 has, and give the
// numbers of the single pixels below.

/// Conversions of packed pixels 0xAABBGGRR.
public enum PixelRows {
  // MARK: - Single pixels

  /// A straight pixel, premultiplied: each component c · alpha / 255.
  @inlinable @inline(__always)
  public static func premultiplied(_ pixel: UInt32) -> UInt32 {
    let alpha = pixel &>> 24
    var low = (pixel & 0x00FF_00FF) &* alpha &+ 0x0080_0080
    low = ((low &+ ((low &>> 8) & 0x00FF_00FF)) &>> 8) & 0x00FF_00FF
    var green = ((pixel &>> 8) & 0xFF) &* alpha &+ 0x80
    green = (green &+ (green &>> 8)) & 0xFF00
    return low | green | (alpha &<< 24)
  }

  /// A premultiplied pixel, straight: each component c · 255 / alpha. Clear pixels become 0; components above alpha, which are no
  /// colours, 255.
  public static func straight(_ pixel: UInt32) -> UInt32 {
    let alpha = pixel &>> 24
    if alpha == 255 { return pixel }
    if alpha == 0 { return 0 }
    func component(_ shift: UInt32) -> UInt32 {
      min(255, ((pixel &>> shift & 255) &* 255 &+ alpha / 2) / alpha) &<< shift
    }
    return component(0) | component(8) | component(16) | alpha &<< 24
  }

  // MARK: - Rows

  /// Makes straight pixels premultiplied. Source and target may be the same memory, and begin at any byte; whole pixels of the
  /// shorter one count. `opaque` takes every pixel as one of full alpha.
  public static func premultiply(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer, opaque: Bool = false
  ) {
    let mask: UInt32 = opaque ? 0xFF00_0000 : 0
    // Safe: the loop asks for what lies within both buffers only.
    unsafe convert(source, target) { pixels in premultiplied(pixels | SIMD4(repeating: mask)) } single: { premultiplied($0 | mask) }
  }

  /// Makes premultiplied pixels straight; memory as for `premultiply`.
  public static func unpremultiply(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) {
    unsafe reciprocals.withUnsafeBufferPointer { table in
      // Safe: the table has an entry for every byte, and the loop asks for what lies within both buffers only.
      unsafe convert(source, target) { unsafe straight($0, table) } single: { straight($0) }
    }
  }

  @inline(__always)
  private static func convert(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer, four: (SIMD4<UInt32>) -> SIMD4<UInt32>,
    single: (UInt32) -> UInt32
  ) {
    let end = min(source.count, target.count) & ~3
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    var offset = 0
    while offset &+ 16 <= end {
      let pixels = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
      unsafe to.storeBytes(of: four(pixels), toByteOffset: offset, as: SIMD4<UInt32>.self)
      offset &+= 16
    }
    while offset < end {
      let pixel = unsafe from.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      unsafe to.storeBytes(of: single(pixel), toByteOffset: offset, as: UInt32.self)
      offset &+= 4
    }
  }

  @inline(__always)
  private static func premultiplied(_ pixels: SIMD4<UInt32>) -> SIMD4<UInt32> {
    let mask = SIMD4<UInt32>(repeating: 0x00FF_00FF)
    let alpha = pixels &>> SIMD4(repeating: 24)
    let low = scaled(pixels & mask, by: alpha | alpha &<< SIMD4(repeating: 16))
    // Alpha itself is not to be scaled.
    let high = scaled((pixels &>> SIMD4(repeating: 8)) & mask, by: alpha | SIMD4(repeating: 255 << 16))
    return low | high &<< SIMD4(repeating: 8)
  }

  /// The two 16-bit halves of each lane, times those of `factors`, by 255.
  @inline(__always)
  private static func scaled(_ halves: SIMD4<UInt32>, by factors: SIMD4<UInt32>) -> SIMD4<UInt32> {
    // Safe, as the other casts here: vectors of the same size, of which every pattern of bits is a value.
    let product = unsafe unsafeBitCast(halves, to: SIMD8<UInt16>.self) &* unsafeBitCast(factors, to: SIMD8<UInt16>.self)
    let t = product &+ SIMD8(repeating: 128)
    return unsafe unsafeBitCast((t &+ (t &>> SIMD8(repeating: 8))) &>> SIMD8(repeating: 8), to: SIMD4<UInt32>.self)
  }

  @inline(__always)
  private static func straight(_ pixels: SIMD4<UInt32>, _ reciprocals: UnsafeBufferPointer<Float>) -> SIMD4<UInt32> {
    let alpha = pixels &>> SIMD4(repeating: 24)
    let factor = unsafe SIMD4<Float>(
      reciprocals[Int(alpha[0])], reciprocals[Int(alpha[1])], reciprocals[Int(alpha[2])], reciprocals[Int(alpha[3])])
    let half = float(alpha &>> SIMD4(repeating: 1)) + SIMD4(repeating: 0.5)
    let red = quotient(pixels, half, factor)
    let green = quotient(pixels &>> SIMD4(repeating: 8), half, factor)
    let blue = quotient(pixels &>> SIMD4(repeating: 16), half, factor)
    // All ones but where alpha is 0.
    let negated = SIMD4<Int32>(repeating: 0) &- SIMD4<Int32>(truncatingIfNeeded: alpha)
    let isVisible = SIMD4<UInt32>(truncatingIfNeeded: negated &>> SIMD4(repeating: 31))
    return (red | green &<< SIMD4(repeating: 8) | blue &<< SIMD4(repeating: 16)) & isVisible | alpha &<< SIMD4(repeating: 24)
  }

  /// The whole part of (255 c + alpha / 2) / alpha for the lowest bytes of four pixels, at most 255. With the half in `half` no
  /// quotient lies near a whole number, so that a product with a rounded reciprocal falls on the right side.
  @inline(__always)
  private static func quotient(_ pixels: SIMD4<UInt32>, _ half: SIMD4<Float>, _ factor: SIMD4<Float>) -> SIMD4<UInt32> {
    let component = float(pixels & SIMD4(repeating: 255))
    let value = (component * SIMD4(repeating: 255) + half) * factor - SIMD4(repeating: 0.5)
    let whole = unsafe unsafeBitCast(value + SIMD4(repeating: 8_388_608), to: SIMD4<Int32>.self) & SIMD4(repeating: 0x007F_FFFF)
    // All ones where it is too much.
    let excess = (SIMD4<Int32>(repeating: 255) &- whole) &>> SIMD4(repeating: 31)
    return unsafe unsafeBitCast((whole | excess) & SIMD4(repeating: 255), to: SIMD4<UInt32>.self)
  }

  /// Numbers below 2^23, by way of the bits of 2^23 + n: the language's own conversion is not done four at a time.
  @inline(__always)
  private static func float(_ whole: SIMD4<UInt32>) -> SIMD4<Float> {
    unsafe unsafeBitCast(whole | SIMD4(repeating: 0x4B00_0000), to: SIMD4<Float>.self) - SIMD4(repeating: 8_388_608)
  }

  /// 1 / alpha; any positive number does for alpha 0.
  private static let reciprocals: [Float] = (0..<256).map { 1 / Float(max(1, $0)) }
}
