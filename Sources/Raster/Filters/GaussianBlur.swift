// Gaussian blur of coverage and of pixels.
//
// Small deviations use the kernel itself; from 2 on three boxes take its place, with the widths that the SVG filter
// specification gives and Skia uses (https://www.w3.org/TR/filter-effects-1/#feGaussianBlurElement). Two components run side by side
// in the halves of a 64-bit integer, and sums are divided only once, after the third box. A pass writes its lines as columns, so
// that two equal passes make the whole blur.

import Glibc

/// One direction's blur, made ready.
struct BlurPass {
  private enum Method {
    case none
    case kernel([UInt64])
    /// Widths before and after the centre of the three boxes.
    case boxes([(before: Int, after: Int)])
  }

  /// Deviations above this are drawn as this.
  static let maximumDeviation = 512.0

  private let method: Method
  /// Pixels by which the blur reaches beyond what it blurs.
  let reach: Int

  init(deviation: Double) {
    let deviation = min(BlurPass.maximumDeviation, deviation)
    if !(deviation > 0.03) {
      method = .none
      reach = 0
    } else if deviation < 2 {
      let radius = Int((deviation * 3).rounded(.up))
      let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
      let total = weights.reduce(0, +)
      var fixed = weights.map { UInt64(($0 / total * 65536).rounded()) }
      // The weights sum to exactly one, so that flat areas stay what they are.
      let sum = fixed.reduce(0, +)
      fixed[radius] = fixed[radius] &+ 65536 &- sum
      method = .kernel(fixed)
      reach = radius
    } else {
      let width = Int((deviation * 3 * (2 * Double.pi).squareRoot() / 4 + 0.5).rounded(.down))
      let half = width / 2
      if width % 2 == 1 {
        method = .boxes([(half, half), (half, half), (half, half)])
      } else {
        method = .boxes([(half, half - 1), (half - 1, half), (half, half)])
      }
      reach = 3 * half
    }
  }

  /// Blurs a line of two components; the result is in `a`, back in 0...255 each. `b` is as long.
  func blur(_ a: UnsafeMutablePointer<UInt64>, _ b: UnsafeMutablePointer<UInt64>, count: Int) {
    switch method {
    case .none:
      return
    case .kernel(let weights):
      let radius = weights.count / 2
      for index in 0..<count {
        var sum: UInt64 = 0x0000_8000_0000_8000
        let first = max(0, index - radius), last = min(count - 1, index + radius)
        var at = first
        while at <= last {
          sum &+= a[at] &* weights[at &- index &+ radius]
          at &+= 1
        }
        b[index] = (sum &>> 16) & 0x0000_00FF_0000_00FF
      }
      a.update(from: b, count: count)
    case .boxes(let boxes):
      let widths = boxes.map { $0.before + $0.after + 1 }
      // Three sums of bytes fit 32 bits up to this width; wider boxes are brought back to 16 bits in between.
      if widths[2] <= 200 {
        BlurPass.box(a, b, count: count, boxes[0])
        BlurPass.box(b, a, count: count, boxes[1])
        BlurPass.box(a, b, count: count, boxes[2])
        BlurPass.scale(b, into: a, count: count, factor: 1 / Double(widths[0] * widths[1] * widths[2]))
      } else {
        BlurPass.box(a, b, count: count, boxes[0])
        BlurPass.scale(b, into: a, count: count, factor: 256 / Double(widths[0]))
        BlurPass.box(a, b, count: count, boxes[1])
        BlurPass.scale(b, into: a, count: count, factor: 1 / Double(widths[1]))
        BlurPass.box(a, b, count: count, boxes[2])
        BlurPass.scale(b, into: a, count: count, factor: 1 / Double(widths[2]) / 256)
      }
    }
  }

  /// Sums over a window that slides along the line; beyond the line there is nothing.
  private static func box(
    _ source: UnsafeMutablePointer<UInt64>, _ out: UnsafeMutablePointer<UInt64>, count: Int, _ box: (before: Int, after: Int)
  ) {
    var sum: UInt64 = 0
    var entering = 0
    while entering < min(count, box.after) {
      sum &+= source[entering]
      entering &+= 1
    }
    let full = box.before &+ box.after
    var index = 0
    // While nothing leaves, while one enters and one leaves, while nothing enters.
    while index < count, index <= box.before {
      if index &+ box.after < count { sum &+= source[index &+ box.after] }
      out[index] = sum
      index &+= 1
    }
    let middleEnd = count &- box.after
    while index < middleEnd {
      let newest = index &+ box.after
      sum = sum &+ source[newest] &- source[newest &- full &- 1]
      out[index] = sum
      index &+= 1
    }
    while index < count {
      sum &-= source[index &- box.before &- 1]
      out[index] = sum
      index &+= 1
    }
  }

  private static func scale(
    _ source: UnsafeMutablePointer<UInt64>, into out: UnsafeMutablePointer<UInt64>, count: Int, factor: Double
  ) {
    let multiplier = UInt64((factor * 4_294_967_296).rounded())
    for index in 0..<count {
      let low = ((source[index] & 0xFFFF_FFFF) &* multiplier &+ 0x8000_0000) &>> 32
      let high = ((source[index] &>> 32) &* multiplier &+ 0x8000_0000) &>> 32
      out[index] = low | high &<< 32
    }
  }
}

enum GaussianBlur {
  /// Blurs `width` × `height` bytes in place. False without memory.
  static func blur(alpha: UnsafeMutablePointer<UInt8>, width: Int, height: Int, x: Double, y: Double) -> Bool {
    guard let turned = malloc(width * height) else { return false }
    defer { free(turned) }
    let other = turned.assumingMemoryBound(to: UInt8.self)
    let length = max(width, height)
    let a = UnsafeMutablePointer<UInt64>.allocate(capacity: length), b = UnsafeMutablePointer<UInt64>.allocate(capacity: length)
    defer {
      a.deallocate()
      b.deallocate()
    }
    blurLines(alpha, width: width, height: height, into: other, pass: BlurPass(deviation: x), a, b)
    blurLines(other, width: height, height: width, into: alpha, pass: BlurPass(deviation: y), a, b)
    return true
  }

  /// Blurs the rows of `source` and writes them as columns.
  private static func blurLines(
    _ source: UnsafeMutablePointer<UInt8>, width: Int, height: Int, into out: UnsafeMutablePointer<UInt8>, pass: BlurPass,
    _ a: UnsafeMutablePointer<UInt64>, _ b: UnsafeMutablePointer<UInt64>
  ) {
    var y = 0
    while y < height {
      let upper = source + y * width
      let lower = y + 1 < height ? upper + width : upper
      for x in 0..<width { a[x] = UInt64(upper[x]) | UInt64(lower[x]) &<< 32 }
      pass.blur(a, b, count: width)
      var column = out + y
      if y + 1 < height {
        for x in 0..<width {
          column[0] = UInt8(truncatingIfNeeded: a[x])
          column[1] = UInt8(truncatingIfNeeded: a[x] &>> 32)
          column += height
        }
      } else {
        for x in 0..<width {
          column[0] = UInt8(truncatingIfNeeded: a[x])
          column += height
        }
      }
      y += 2
    }
  }

  /// Blurs `width` × `height` premultiplied pixels without gaps in place. False without memory.
  static func blur(pixels: PixelPointer, width: Int, height: Int, x: Double, y: Double) -> Bool {
    guard let turned = malloc(width * height * 4) else { return false }
    defer { free(turned) }
    let other = turned.assumingMemoryBound(to: UInt32.self)
    let length = max(width, height)
    let lines = UnsafeMutablePointer<UInt64>.allocate(capacity: length * 3)
    defer { lines.deallocate() }
    blurLines(pixels, width: width, height: height, into: other, pass: BlurPass(deviation: x), lines, length)
    blurLines(other, width: height, height: width, into: pixels, pass: BlurPass(deviation: y), lines, length)
    return true
  }

  private static func blurLines(
    _ source: PixelPointer, width: Int, height: Int, into out: PixelPointer, pass: BlurPass, _ lines: UnsafeMutablePointer<UInt64>,
    _ length: Int
  ) {
    let redBlue = lines, greenAlpha = lines + length, scratch = lines + 2 * length
    for y in 0..<height {
      let row = source + y * width
      for x in 0..<width {
        let p = UInt64(row[x])
        redBlue[x] = (p & 0xFF) | (p & 0xFF_0000) &<< 16
        greenAlpha[x] = ((p &>> 8) & 0xFF) | (p & 0xFF00_0000) &<< 8
      }
      pass.blur(redBlue, scratch, count: width)
      pass.blur(greenAlpha, scratch, count: width)
      var column = out + y
      for x in 0..<width {
        let low = redBlue[x], high = greenAlpha[x]
        column.pointee = UInt32(truncatingIfNeeded: low | low &>> 16 | high &<< 8 | (high &>> 8) & 0xFF00_0000)
        column += height
      }
    }
  }
}
