// One colour drawn over rows of pixels: the commonest drawing of all.

import CPixelKernels

enum SolidRows {
  /// From how many pixels on a call pays that works in wider vectors.
  static let longRun = 32

  /// Writes `color` to `count` pixels.
  @inline(__always)
  static func fill(_ destination: PixelPointer, count: Int, color: UInt32) {
    if count <= 4 {
      var index = 0
      while index < count {
        destination[index] = color
        index &+= 1
      }
      return
    }
    if count >= longRun {
      pixel_kernels_fill(destination, count, color)
      return
    }
    let vector = Pixels4(repeating: color)
    var index = 0
    while index &+ 16 <= count {
      storePixels(vector, destination + index)
      storePixels(vector, destination + index + 4)
      storePixels(vector, destination + index + 8)
      storePixels(vector, destination + index + 12)
      index &+= 16
    }
    while index &+ 4 <= count {
      storePixels(vector, destination + index)
      index &+= 4
    }
    // The last vector may overlap the one before it.
    storePixels(vector, destination + count - 4)
  }

  /// Draws `color`, premultiplied, over `count` pixels.
  @inline(__always)
  static func over(_ destination: PixelPointer, count: Int, color: UInt32) {
    if count >= longRun, pixel_kernels_are_available() != 0 {
      pixel_kernels_over_color(destination, count, color)
    } else {
      overInShortVectors(destination, count: count, color: color)
    }
  }

  @inline(__always)
  static func overInShortVectors(_ destination: PixelPointer, count: Int, color: UInt32) {
    let rest = UInt16(truncatingIfNeeded: 255 &- (color &>> 24))
    let weight = Lanes8(repeating: rest)
    let source = Pixels4(repeating: color)
    var index = 0
    while index &+ 4 <= count {
      let d = loadPixels(destination + index)
      let low = divideBy255(redBlue(d) &* weight), high = divideBy255(greenAlpha(d) &* weight)
      storePixels(source &+ join(low, high), destination + index)
      index &+= 4
    }
    while index < count {
      destination[index] = color &+ scaled(destination[index], by: UInt32(rest))
      index &+= 1
    }
  }

  /// Draws `color`, premultiplied, over `count` pixels, each weighted by its coverage.
  @inline(__always)
  static func over(_ destination: PixelPointer, count: Int, color: UInt32, coverage: CoveragePointer) {
    let isOpaque = color >= 0xFF00_0000
    let source = Pixels4(repeating: color)
    let sourceLow = redBlue(source), sourceHigh = greenAlpha(source), sourceAlpha = alpha(source)
    var index = 0
    while index &+ 4 <= count {
      let bytes = UnsafeRawPointer(coverage + index).loadUnaligned(as: UInt32.self)
      if bytes != 0 {
        if bytes == 0xFFFF_FFFF, isOpaque {
          storePixels(source, destination + index)
        } else {
          let weight = loadCoverage(coverage + index)
          let low = divideBy255(sourceLow &* weight), high = divideBy255(sourceHigh &* weight)
          let rest = complement(divideBy255(sourceAlpha &* weight))
          let d = loadPixels(destination + index)
          storePixels(
            join(low, high) &+ join(divideBy255(redBlue(d) &* rest), divideBy255(greenAlpha(d) &* rest)), destination + index)
        }
      }
      index &+= 4
    }
    while index < count {
      destination[index] = over(color, UInt32(coverage[index]), destination[index])
      index &+= 1
    }
  }

  /// Draws `color`, premultiplied, over a block of pixels whose coverage a curve bends, from `destination` on. Whole groups of four
  /// are drawn, for which the block has room. The same numbers as row by row.
  @inline(__always)
  static func over(
    _ destination: PixelPointer, bytesPerRow: Int, color: UInt32, _ block: CoverageBlock, _ curve: UnsafePointer<UInt32>
  ) {
    let isOpaque = color >= 0xFF00_0000
    let source = Pixels4(repeating: color)
    let sourceLow = redBlue(source), sourceHigh = greenAlpha(source), sourceAlpha = alpha(source)
    var row = UnsafeMutableRawPointer(destination), coverage = UnsafeRawPointer(block.coverage)
    for _ in 0..<block.height {
      var index = 0
      while index < block.width {
        let bytes = coverage.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        // No curve moves its ends, and most of a large glyph is either.
        if bytes != 0 {
          let place = (row + index &* 4).assumingMemoryBound(to: UInt32.self)
          if bytes == 0xFFFF_FFFF, isOpaque {
            storePixels(source, place)
          } else {
            let weight = lanes(
              Pixels4(
                curve[Int(bytes & 255)], curve[Int(bytes &>> 8 & 255)], curve[Int(bytes &>> 16 & 255)], curve[Int(bytes &>> 24)]))
            let low = divideBy255(sourceLow &* weight), high = divideBy255(sourceHigh &* weight)
            let rest = complement(isOpaque ? weight : divideBy255(sourceAlpha &* weight))
            let d = loadPixels(place)
            storePixels(join(low, high) &+ join(divideBy255(redBlue(d) &* rest), divideBy255(greenAlpha(d) &* rest)), place)
          }
        }
        index &+= 4
      }
      row += bytesPerRow
      coverage += block.bytesPerRow
    }
  }

  /// One pixel with coverage.
  @inline(__always)
  static func over(_ color: UInt32, _ coverage: UInt32, _ destination: UInt32) -> UInt32 {
    let source = scaled(color, by: coverage)
    return source &+ scaled(destination, by: 255 &- (source &>> 24))
  }
}
