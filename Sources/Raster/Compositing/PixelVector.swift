// Four premultiplied pixels at a time, in plain vector operations that SSE2 already has.
//
// A pixel is 0xAABBGGRR. Its four bytes are spread over two vectors of 16-bit lanes, red with blue and green with alpha, so that
// a product of two bytes fits a lane. Rows are processed in whole vectors; the tail is loaded lane by lane, which gives the same
// numbers wherever a row happens to be cut.

typealias Pixels4 = SIMD4<UInt32>
typealias Lanes8 = SIMD8<UInt16>
typealias PixelPointer = UnsafeMutablePointer<UInt32>
typealias CoveragePointer = UnsafePointer<UInt8>

@inline(__always) func lanes(_ pixels: Pixels4) -> Lanes8 { unsafeBitCast(pixels, to: Lanes8.self) }
@inline(__always) func pixels(_ lanes: Lanes8) -> Pixels4 { unsafeBitCast(lanes, to: Pixels4.self) }

@inline(__always) func loadPixels(_ pointer: UnsafePointer<UInt32>) -> Pixels4 {
  UnsafeRawPointer(pointer).loadUnaligned(as: Pixels4.self)
}

@inline(__always) func loadPixels(_ pointer: PixelPointer) -> Pixels4 {
  UnsafeRawPointer(pointer).loadUnaligned(as: Pixels4.self)
}

@inline(__always) func storePixels(_ pixels: Pixels4, _ pointer: PixelPointer) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: pixels, as: Pixels4.self)
}

/// Loads 1 to 3 pixels; the other lanes are clear.
@inline(__always) func loadPixels(_ pointer: UnsafePointer<UInt32>, count: Int) -> Pixels4 {
  Pixels4(pointer[0], count > 1 ? pointer[1] : 0, count > 2 ? pointer[2] : 0, 0)
}

@inline(__always) func storePixels(_ pixels: Pixels4, _ pointer: PixelPointer, count: Int) {
  pointer[0] = pixels[0]
  if count > 1 { pointer[1] = pixels[1] }
  if count > 2 { pointer[2] = pixels[2] }
}

/// Red and blue.
@inline(__always) func redBlue(_ p: Pixels4) -> Lanes8 { lanes(p & Pixels4(repeating: 0x00FF_00FF)) }
/// Green and alpha.
@inline(__always) func greenAlpha(_ p: Pixels4) -> Lanes8 { lanes(p) &>> Lanes8(repeating: 8) }
/// Alpha in all lanes of its pixel.
@inline(__always) func alpha(_ p: Pixels4) -> Lanes8 {
  let alpha = p &>> Pixels4(repeating: 24)
  return lanes(alpha | (alpha &<< Pixels4(repeating: 16)))
}

/// Puts the two halves together again; lanes must be at most 255.
@inline(__always) func join(_ redBlue: Lanes8, _ greenAlpha: Lanes8) -> Pixels4 {
  pixels(redBlue | (greenAlpha &<< Lanes8(repeating: 8)))
}

/// x / 255, rounded to nearest; exact for 0...65025.
@inline(__always) func divideBy255(_ x: Lanes8) -> Lanes8 {
  let t = x &+ Lanes8(repeating: 128)
  return (t &+ (t &>> Lanes8(repeating: 8))) &>> Lanes8(repeating: 8)
}

@inline(__always) func complement(_ x: Lanes8) -> Lanes8 { Lanes8(repeating: 255) &- x }

/// All ones where `a` < `b`; lanes are at most 32767 apart. (Generic comparisons are not lowered to vector instructions.)
@inline(__always) func lessMask(_ a: Lanes8, _ b: Lanes8) -> Lanes8 {
  unsafeBitCast(unsafeBitCast(a &- b, to: SIMD8<Int16>.self) &>> SIMD8<Int16>(repeating: 15), to: Lanes8.self)
}

/// The smaller of each pair of lanes at most 32767 apart.
@inline(__always) func minimum(_ a: Lanes8, _ b: Lanes8) -> Lanes8 { b &+ ((a &- b) & lessMask(a, b)) }
/// The larger of each pair of lanes at most 32767 apart.
@inline(__always) func maximum(_ a: Lanes8, _ b: Lanes8) -> Lanes8 { a &- ((a &- b) & lessMask(a, b)) }

/// Coverage bytes of four pixels, each in all lanes of its pixel.
@inline(__always) func loadCoverage(_ c: CoveragePointer) -> Lanes8 {
  spreadCoverage(UnsafeRawPointer(c).loadUnaligned(as: UInt32.self))
}

/// Four coverage bytes, the first the lowest, each in all lanes of its pixel.
@inline(__always) func spreadCoverage(_ bytes: UInt32) -> Lanes8 {
  let wide = Pixels4(truncatingIfNeeded: unsafeBitCast(bytes, to: SIMD4<UInt8>.self))
  return lanes(wide | (wide &<< Pixels4(repeating: 16)))
}

@inline(__always) func loadCoverage(_ c: CoveragePointer, count: Int) -> Lanes8 {
  let wide = Pixels4(UInt32(c[0]), count > 1 ? UInt32(c[1]) : 0, count > 2 ? UInt32(c[2]) : 0, 0)
  return lanes(wide | (wide &<< Pixels4(repeating: 16)))
}

/// `to` where coverage is 255, `from` where it is 0.
@inline(__always) func mix(_ from: Lanes8, _ to: Lanes8, _ coverage: Lanes8) -> Lanes8 {
  divideBy255(to &* coverage &+ from &* complement(coverage))
}

// MARK: - Pairs

/// Two neighbouring pixels in lanes of 16 bits, the left one in the lower half.
enum PixelPair {
  @inline(__always)
  static func load(_ place: UnsafeRawPointer) -> Lanes8 { spread(place.loadUnaligned(as: UInt64.self)) }

  @inline(__always)
  static func make(_ left: UInt32, _ right: UInt32) -> Lanes8 { spread(UInt64(left) | UInt64(right) &<< 32) }

  @inline(__always)
  private static func spread(_ pixels: UInt64) -> Lanes8 { Lanes8(truncatingIfNeeded: unsafeBitCast(pixels, to: SIMD8<UInt8>.self)) }

  /// Between `a` and `b`, `weight` (0...255) 256ths of the way.
  @inline(__always)
  static func mix(_ a: Lanes8, _ b: Lanes8, _ weight: UInt16) -> Lanes8 {
    let lower = Lanes8(repeating: weight)
    return (a &* (Lanes8(repeating: 256) &- lower) &+ b &* lower &+ Lanes8(repeating: 128)) &>> Lanes8(repeating: 8)
  }

  /// Between the two pixels of a pair.
  @inline(__always)
  static func mix(_ pair: Lanes8, across weight: UInt16) -> UInt32 {
    let right = SIMD4<UInt16>(repeating: weight)
    let sum = pair.lowHalf &* (SIMD4(repeating: 256) &- right) &+ pair.highHalf &* right &+ SIMD4(repeating: 128)
    return unsafeBitCast(SIMD4<UInt8>(truncatingIfNeeded: sum &>> SIMD4(repeating: 8)), to: UInt32.self)
  }

  @inline(__always)
  static func packed(_ pair: Lanes8) -> UInt64 { unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: pair), to: UInt64.self) }

  /// `color`, premultiplied, over both pixels, each with its own coverage. The same numbers as `SolidRows.over` for each.
  @inline(__always)
  static func over(_ color: UInt32, _ left: UInt32, _ right: UInt32, _ destination: Lanes8) -> Lanes8 {
    let weights = Lanes8(
      lowHalf: SIMD4(repeating: UInt16(truncatingIfNeeded: left)), highHalf: SIMD4(repeating: UInt16(truncatingIfNeeded: right)))
    let source = divideBy255(make(color, color) &* weights)
    let alpha =
      color >= 0xFF00_0000 ? weights : divideBy255(Lanes8(repeating: UInt16(truncatingIfNeeded: color &>> 24)) &* weights)
    return source &+ divideBy255(destination &* complement(alpha))
  }
}

// MARK: - Single pixels

/// The pixel with its four components scaled by `factor` / 255.
@inline(__always) func scaled(_ pixel: UInt32, by factor: UInt32) -> UInt32 {
  var low = (pixel & 0x00FF_00FF) &* factor &+ 0x0080_0080
  low = ((low &+ ((low &>> 8) & 0x00FF_00FF)) &>> 8) & 0x00FF_00FF
  var high = ((pixel &>> 8) & 0x00FF_00FF) &* factor &+ 0x0080_0080
  high = (high &+ ((high &>> 8) & 0x00FF_00FF)) & 0xFF00_FF00
  return low | high
}

/// `source` over `destination`; no carry can pass between components of valid premultiplied pixels.
@inline(__always) func over(_ source: UInt32, _ destination: UInt32) -> UInt32 {
  source &+ scaled(destination, by: 255 &- (source &>> 24))
}
