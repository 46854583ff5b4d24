// Pixels of an image, mapped to device pixels.
//
// Coordinates follow the pixel-centre convention: the centre of device pixel (x, y) is mapped into the image, and its pixel (i, j) has
// its centre at (i + ½, j + ½). Places run in integers of 1/2^32 image pixels, so a pixel does not depend on where a run begins.

import CPixelKernels
import Geometry

/// What lies beyond the sides of an image.
enum ImageTiling {
  /// The outermost pixels go on.
  case clamp
  /// The image again.
  case wrap
  /// Nothing.
  case clear
}

struct ImageShader {
  enum Mode {
    /// Device pixels are image pixels moved by whole numbers.
    case copy
    case nearest
    case bilinear
    /// Catmull-Rom over sixteen pixels.
    case bicubic
  }

  private let base: UnsafeRawPointer
  private let bytesPerRow: Int
  // First and last column and row that may be read.
  private let minX: Int
  private let minY: Int
  private let maxX: Int
  private let maxY: Int
  private let tilingX: ImageTiling
  private let tilingY: ImageTiling
  private let mode: Mode
  // Place of the centre of device pixel 0,0 (less half an image pixel for `bilinear`) and its change.
  private let originX: Int64
  private let originY: Int64
  private let stepXX: Int64
  private let stepXY: Int64
  private let stepYX: Int64
  private let stepYY: Int64

  /// `inverse` maps device space to image pixels; `readable` is the part of the image that is sampled.
  init(
    base: UnsafeRawPointer, bytesPerRow: Int, readable: PixelRect, tilingX: ImageTiling, tilingY: ImageTiling, mode: Mode,
    inverse: AffineTransform
  ) {
    self.base = base
    self.bytesPerRow = bytesPerRow
    minX = readable.x
    minY = readable.y
    maxX = readable.maxX - 1
    maxY = readable.maxY - 1
    self.tilingX = tilingX
    self.tilingY = tilingY
    var mode = mode
    let center = inverse.apply(Point(0.5, 0.5))
    if inverse.a == 1, inverse.d == 1, inverse.b == 0, inverse.c == 0, mode != .nearest {
      let dx = inverse.e - inverse.e.rounded(), dy = inverse.f - inverse.f.rounded()
      if abs(dx) < 1.0 / 512, abs(dy) < 1.0 / 512 { mode = .copy }
    }
    self.mode = mode
    let shift = mode == .bilinear || mode == .bicubic ? 0.5 : 0
    originX = ImageShader.fixed(mode == .copy ? inverse.e.rounded() : center.x - shift)
    originY = ImageShader.fixed(mode == .copy ? inverse.f.rounded() : center.y - shift)
    stepXX = ImageShader.fixed(inverse.a)
    stepXY = ImageShader.fixed(inverse.b)
    stepYX = ImageShader.fixed(inverse.c)
    stepYY = ImageShader.fixed(inverse.d)
  }

  /// In 1/2^32; what is absurdly far is cut off.
  private static func fixed(_ value: Double) -> Int64 {
    let limit = 536_870_912.0
    return value.isNaN ? 0 : Int64(max(-limit, min(limit, value)) * 4_294_967_296)
  }

  @inline(__always)
  private func row(_ y: Int) -> UnsafePointer<UInt32> {
    (base + y &* bytesPerRow).assumingMemoryBound(to: UInt32.self)
  }

  func fetch(x: Int, y: Int, count: Int, into out: PixelPointer, scratch: ShaderScratch) {
    let u = originX &+ stepXX &* Int64(x) &+ stepYX &* Int64(y)
    let v = originY &+ stepXY &* Int64(x) &+ stepYY &* Int64(y)
    switch mode {
    case .copy: copyRow(Int(u &>> 32), Int(v &>> 32), count: count, into: out)
    case .nearest: fetchNearest(u, v, count: count, into: out)
    case .bilinear:
      if tilingX == .wrap, tilingY == .wrap {
        fetchWrapped(u, v, count: count, into: out)
      } else if tilingX == .clamp, tilingY == .clamp, stepXY == 0, fetchLevel(u, v, count: count, into: out, scratch: scratch) {
        return
      } else {
        fetchBilinear(u, v, count: count, into: out)
      }
    case .bicubic: fetchBicubic(u, v, count: count, into: out)
    }
  }

  // MARK: - Places

  /// The column or row to read for `index`, or nil for nothing.
  @inline(__always)
  private static func resolve(_ index: Int, _ low: Int, _ high: Int, _ tiling: ImageTiling) -> Int? {
    if index >= low, index <= high { return index }
    switch tiling {
    case .clamp: return index < low ? low : high
    case .clear: return nil
    case .wrap:
      let size = high &- low &+ 1
      let remainder = (index &- low) % size
      return low &+ (remainder < 0 ? remainder &+ size : remainder)
    }
  }

  @inline(__always)
  private func pixel(_ x: Int, _ y: Int) -> UInt32 {
    guard let column = ImageShader.resolve(x, minX, maxX, tilingX), let line = ImageShader.resolve(y, minY, maxY, tilingY)
    else { return 0 }
    return row(line)[column]
  }

  // MARK: - Rows

  private func copyRow(_ x: Int, _ y: Int, count: Int, into out: PixelPointer) {
    guard let line = ImageShader.resolve(y, minY, maxY, tilingY) else {
      out.update(repeating: 0, count: count)
      return
    }
    let source = row(line)
    var index = 0
    if tilingX == .wrap {
      var column = ImageShader.resolve(x, minX, maxX, .wrap) ?? minX
      while index < count {
        let length = min(count &- index, maxX &+ 1 &- column)
        (out + index).update(from: source + column, count: length)
        index &+= length
        column = minX
      }
      return
    }
    while index < count, x &+ index < minX {
      out[index] = tilingX == .clamp ? source[minX] : 0
      index &+= 1
    }
    let inside = min(count &- index, maxX &+ 1 &- (x &+ index))
    if inside > 0 {
      (out + index).update(from: source + (x &+ index), count: inside)
      index &+= inside
    }
    while index < count {
      out[index] = tilingX == .clamp ? source[maxX] : 0
      index &+= 1
    }
  }

  private func fetchNearest(_ u0: Int64, _ v0: Int64, count: Int, into out: PixelPointer) {
    var u = u0, v = v0
    if stepXY == 0 {
      guard let line = ImageShader.resolve(Int(v &>> 32), minY, maxY, tilingY) else {
        out.update(repeating: 0, count: count)
        return
      }
      let source = row(line)
      for index in 0..<count {
        if let column = ImageShader.resolve(Int(u &>> 32), minX, maxX, tilingX) { out[index] = source[column] } else { out[index] = 0 }
        u &+= stepXX
      }
      return
    }
    for index in 0..<count {
      out[index] = pixel(Int(u &>> 32), Int(v &>> 32))
      u &+= stepXX
      v &+= stepXY
    }
  }

  private func fetchBilinear(_ u0: Int64, _ v0: Int64, count: Int, into out: PixelPointer) {
    var u = u0, v = v0
    let lastU = u0 &+ stepXX &* Int64(count &- 1), lastV = v0 &+ stepXY &* Int64(count &- 1)
    let isInside =
      Int(min(u0, lastU) &>> 32) >= minX && Int(max(u0, lastU) &>> 32) < maxX && Int(min(v0, lastV) &>> 32) >= minY
      && Int(max(v0, lastV) &>> 32) < maxY
    if isInside {
      for index in 0..<count {
        let upper = row(Int(v &>> 32)) + Int(u &>> 32)
        let lower = UnsafeRawPointer(upper) + bytesPerRow
        out[index] = PixelPair.mix(PixelPair.mix(PixelPair.load(upper), PixelPair.load(lower), weight(v)), across: weight(u))
        u &+= stepXX
        v &+= stepXY
      }
      return
    }
    for index in 0..<count {
      let column = Int(u &>> 32), line = Int(v &>> 32)
      let above = PixelPair.make(pixel(column, line), pixel(column &+ 1, line))
      let below = PixelPair.make(pixel(column, line &+ 1), pixel(column &+ 1, line &+ 1))
      out[index] = PixelPair.mix(PixelPair.mix(above, below, weight(v)), across: weight(u))
      u &+= stepXX
      v &+= stepXY
    }
  }

  /// Repeating in both directions: places stay within one tile, so no pixel needs a division.
  private func fetchWrapped(_ u0: Int64, _ v0: Int64, count: Int, into out: PixelPointer) {
    let width = Int64(maxX &- minX &+ 1) &<< 32, height = Int64(maxY &- minY &+ 1) &<< 32
    @inline(__always) func wrapped(_ value: Int64, _ size: Int64) -> Int64 {
      let remainder = value % size
      return remainder < 0 ? remainder &+ size : remainder
    }
    var u = wrapped(u0 &- Int64(minX) &<< 32, width), v = wrapped(v0 &- Int64(minY) &<< 32, height)
    let stepU = wrapped(stepXX, width), stepV = wrapped(stepXY, height)
    for index in 0..<count {
      let left = minX &+ Int(u &>> 32), top = minY &+ Int(v &>> 32)
      let right = left == maxX ? minX : left &+ 1
      let upper = row(top), lower = row(top == maxY ? minY : top &+ 1)
      let above = PixelPair.make(upper[left], upper[right]), below = PixelPair.make(lower[left], lower[right])
      out[index] = PixelPair.mix(PixelPair.mix(above, below, weight(v)), across: weight(u))
      u &+= stepU
      if u >= width { u &-= width }
      v &+= stepV
      if v >= height { v &-= height }
    }
  }

  /// Rows of an image that is not turned: mixes two rows first, then the columns of the result. False where the columns needed are
  /// so many that it would not pay.
  private func fetchLevel(_ u0: Int64, _ v: Int64, count: Int, into out: PixelPointer, scratch: ShaderScratch) -> Bool {
    let lastU = u0 &+ stepXX &* Int64(count &- 1)
    let firstColumn = max(minX, min(maxX, Int(min(u0, lastU) &>> 32)))
    let lastColumn = max(minX, min(maxX, Int(max(u0, lastU) &>> 32) &+ 1))
    let columnCount = lastColumn &- firstColumn &+ 1
    guard columnCount <= count &* 3 &+ 8, columnCount <= ShaderScratch.columnCapacity else { return false }
    let top = max(minY, min(maxY, Int(v &>> 32))), bottom = max(minY, min(maxY, Int(v &>> 32) &+ 1))
    let columns: UnsafePointer<UInt32>
    if top == bottom || weight(v) == 0 {
      columns = row(top) + firstColumn
    } else {
      ImageShader.mixRows(row(top) + firstColumn, row(bottom) + firstColumn, weight(v), count: columnCount, into: scratch.columns)
      columns = UnsafePointer(scratch.columns)
    }
    var u = u0 &- (Int64(firstColumn) &<< 32)
    let last = columnCount &- 1
    if Int(min(u0, lastU) &>> 32) >= firstColumn, Int(max(u0, lastU) &>> 32) < lastColumn {
      for index in 0..<count {
        out[index] = PixelPair.mix(PixelPair.load(columns + Int(u &>> 32)), across: weight(u))
        u &+= stepXX
      }
      return true
    }
    for index in 0..<count {
      let column = Int(u &>> 32)
      let pair = PixelPair.make(columns[max(0, min(last, column))], columns[max(0, min(last, column &+ 1))])
      out[index] = PixelPair.mix(pair, across: weight(u))
      u &+= stepXX
    }
    return true
  }

  static func mixRows(
    _ upper: UnsafePointer<UInt32>, _ lower: UnsafePointer<UInt32>, _ weight: UInt16, count: Int, into out: PixelPointer
  ) {
    if count >= SolidRows.longRun, pixel_kernels_are_available() != 0 {
      pixel_kernels_mix(out, upper, lower, UInt32(weight), count)
    } else {
      mixRowsInShortVectors(upper, lower, weight, count: count, into: out)
    }
  }

  static func mixRowsInShortVectors(
    _ upper: UnsafePointer<UInt32>, _ lower: UnsafePointer<UInt32>, _ weight: UInt16, count: Int, into out: PixelPointer
  ) {
    let lowerWeight = Lanes8(repeating: weight), upperWeight = Lanes8(repeating: 256 &- weight)
    let half = Lanes8(repeating: 128), byte = Lanes8(repeating: 8), high = Lanes8(repeating: 0xFF00)
    var index = 0
    while index &+ 4 <= count {
      let a = loadPixels(upper + index), b = loadPixels(lower + index)
      let low = (redBlue(a) &* upperWeight &+ redBlue(b) &* lowerWeight &+ half) &>> byte
      let top = (greenAlpha(a) &* upperWeight &+ greenAlpha(b) &* lowerWeight &+ half) & high
      storePixels(pixels(low | top), out + index)
      index &+= 4
    }
    while index < count {
      out[index] = PixelPair.mix(PixelPair.make(upper[index], lower[index]), across: weight)
      index &+= 1
    }
  }

  private func fetchBicubic(_ u0: Int64, _ v0: Int64, count: Int, into out: PixelPointer) {
    var u = u0, v = v0
    for index in 0..<count {
      let wx = ImageShader.cubicWeights(Float(weight(u)) / 256), wy = ImageShader.cubicWeights(Float(weight(v)) / 256)
      let column = Int(u &>> 32) &- 1, line = Int(v &>> 32) &- 1
      var sum = FloatPixel(repeating: 0)
      for j in 0..<4 {
        var across = FloatPixel(repeating: 0)
        for i in 0..<4 { across += floatPixel(pixel(column &+ i, line &+ j)) * wx[i] }
        sum += across * wy[j]
      }
      // Overshoot must not leave the premultiplied range.
      let alpha = min(1, max(0, sum.w))
      sum.w = alpha
      out[index] = packed(sum.clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: alpha)))
      u &+= stepXX
      v &+= stepXY
    }
  }

  /// The filter of Mitchell and Netravali (Reconstruction Filters in Computer Graphics, 1988) with B = C = 1/3, as Chromium's
  /// high quality: weights of the pixels at -1, 0, 1 and 2 for a place `t` after pixel 0.
  private static func cubicWeights(_ t: Float) -> SIMD4<Float> {
    let t2 = t * t, t3 = t2 * t
    return SIMD4(
      1 - 9 * t + 15 * t2 - 7 * t3, 16 - 36 * t2 + 21 * t3, 1 + 9 * t + 27 * t2 - 21 * t3, -6 * t2 + 7 * t3) / 18
  }
}

/// The fraction of a place, in 1/256.
@inline(__always)
private func weight(_ place: Int64) -> UInt16 { UInt16(truncatingIfNeeded: place &>> 24) & 255 }
