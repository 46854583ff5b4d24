// Primitives that move pixels about or mix them with their neighbours.

import Drawing
import Geometry
import Glibc

extension FilterLayer {
  /// feOffset, by whole pixels.
  func move(_ input: FilterLayer, by offset: Vector) {
    let dx = Int(clamping: offset.dx.rounded()), dy = Int(clamping: offset.dy.rounded())
    guard abs(dx) < width, abs(dy) < height else { return }
    for y in max(0, dy)..<min(height, height + dy) {
      let from = input.pixels + (y - dy) * width, to = pixels + y * width
      if dx >= 0 {
        (to + dx).update(from: from, count: width - dx)
      } else {
        to.update(from: from - dx, count: width + dx)
      }
    }
  }

  /// feGaussianBlur, on bytes as everywhere else.
  func blur(_ input: FilterLayer, x deviationX: Double, y deviationY: Double) {
    guard BlurPass(deviation: deviationX).reach > 0 || BlurPass(deviation: deviationY).reach > 0 else {
      pixels.update(from: input.pixels, count: count)
      return
    }
    guard let memory = malloc(count * 4) else { return }
    defer { free(memory) }
    let bytes = memory.bindMemory(to: UInt32.self, capacity: count)
    for index in 0..<count { bytes[index] = packed(input.pixels[index]) }
    guard GaussianBlur.blur(pixels: bytes, width: width, height: height, x: deviationX, y: deviationY) else { return }
    for index in 0..<count { pixels[index] = floatPixel(bytes[index]) }
  }

  /// feDropShadow: the input above its blurred, moved and coloured alpha.
  func dropShadow(of input: FilterLayer, offset: Vector, x: Double, y: Double, color: FloatPixel) {
    guard let blurred = FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear) else { return }
    blurred.blur(input, x: x, y: y)
    move(blurred, by: offset)
    for index in 0..<count {
      let pixel = input.pixels[index]
      pixels[index] = pixel + color * (pixels[index].w * (1 - pixel.w))
    }
  }

  /// feMorphology. Two radii of 0 change nothing.
  func spread(_ input: FilterLayer, dilates: Bool, x radiusX: Double, y radiusY: Double) {
    let x = Int(clamping: radiusX.rounded(.down)), y = Int(clamping: radiusY.rounded(.down))
    guard x > 0 || y > 0, let between = FilterLayer(bounds: bounds, extent: bounds, isLinear: isLinear) else {
      pixels.update(from: input.pixels, count: count)
      return
    }
    Spread(length: width, radius: x, dilates: dilates)
      .run(input.pixels, into: between.pixels, lines: height, step: 1, lineStep: width)
    Spread(length: height, radius: y, dilates: dilates)
      .run(between.pixels, into: pixels, lines: width, step: width, lineStep: 1)
  }

  /// feTile: `cell`, in device pixels, again and again over `area`.
  func tile(_ input: FilterLayer, cell: PixelRect, area: PixelRect) {
    guard !cell.isEmpty else { return }
    func wrapped(_ value: Int, _ start: Int, _ length: Int) -> Int {
      let remainder = (value - start) % length
      return start + (remainder < 0 ? remainder + length : remainder)
    }
    for y in area.y..<area.maxY {
      let sourceY = wrapped(y, cell.y, cell.height)
      let row = row(y)
      for x in area.x..<area.maxX { row[x - bounds.x] = input.pixel(wrapped(x, cell.x, cell.width), sourceY) }
    }
  }

  /// feDisplacementMap.
  func displace(_ input: FilterLayer, by map: FilterLayer, scale: Float, _ channelX: FilterChannel, _ channelY: FilterChannel) {
    let limit = Float(1 << 24)
    for y in bounds.y..<bounds.maxY {
      let mapRow = map.row(y), row = row(y)
      for x in bounds.x..<bounds.maxX {
        let color = straight(mapRow[x - bounds.x])
        let dx = scale * (color[channelX.rawValue] - 0.5), dy = scale * (color[channelY.rawValue] - 0.5)
        let fromX = Float(x) + max(-limit, min(limit, dx)), fromY = Float(y) + max(-limit, min(limit, dy))
        row[x - bounds.x] = input.pixel(Int(fromX.rounded(.toNearestOrAwayFromZero)), Int(fromY.rounded(.toNearestOrAwayFromZero)))
      }
    }
  }

  /// feConvolveMatrix; `edges` is the area beyond which the edge mode applies.
  func convolve(_ input: FilterLayer, _ kernel: ConvolutionKernel, edges: PixelRect) {
    guard kernel.weights.count == kernel.columns * kernel.rows, kernel.divisor != 0, !edges.isEmpty else { return }
    func place(_ value: Int, _ start: Int, _ end: Int) -> Int? {
      if value >= start, value < end { return value }
      switch kernel.edgeMode {
      case .none: return nil
      case .duplicate: return max(start, min(end - 1, value))
      case .wrap:
        let remainder = (value - start) % (end - start)
        return start + (remainder < 0 ? remainder + end - start : remainder)
      }
    }
    let gain = 1 / kernel.divisor
    for y in edges.y..<edges.maxY {
      let row = row(y)
      for x in edges.x..<edges.maxX {
        var sum = FloatPixel(repeating: 0)
        for i in 0..<kernel.rows {
          guard let fromY = place(y - kernel.targetY + i, edges.y, edges.maxY) else { continue }
          let from = input.row(fromY)
          for j in 0..<kernel.columns {
            guard let fromX = place(x - kernel.targetX + j, edges.x, edges.maxX) else { continue }
            let weight = kernel.weights[(kernel.rows - 1 - i) * kernel.columns + kernel.columns - 1 - j]
            let pixel = from[fromX - bounds.x]
            sum += (kernel.preservesAlpha ? straight(pixel) : pixel) * weight
          }
        }
        var result = sum * gain + FloatPixel(repeating: kernel.bias)
        if kernel.preservesAlpha {
          result.w = input.row(y)[x - bounds.x].w
          row[x - bounds.x] = premultiplied(result)
        } else {
          row[x - bounds.x] = valid(result)
        }
      }
    }
  }
}

/// The largest or smallest components of a sliding window, in three steps a pixel whatever its width.
/// van Herk, "A fast algorithm for local minimum and maximum filters" (1992).
private struct Spread {
  let length: Int
  let radius: Int
  let dilates: Bool

  @inline(__always) private func better(_ a: FloatPixel, _ b: FloatPixel) -> FloatPixel {
    dilates ? pointwiseMax(a, b) : pointwiseMin(a, b)
  }

  func run(
    _ source: UnsafePointer<FloatPixel>, into target: UnsafeMutablePointer<FloatPixel>, lines: Int, step: Int, lineStep: Int
  ) {
    let radius = min(self.radius, length)
    let window = 2 * radius + 1
    // The line with clear margins, in blocks as long as the window.
    let padded = (length + 2 * radius + window - 1) / window * window
    var forward = [FloatPixel](repeating: FloatPixel(repeating: 0), count: padded)
    var backward = forward
    for line in 0..<lines {
      let from = source + line * lineStep, to = target + line * lineStep
      func pixel(_ index: Int) -> FloatPixel {
        let place = index - radius
        return place >= 0 && place < length ? from[place * step] : FloatPixel(repeating: 0)
      }
      for index in 0..<padded {
        forward[index] = index % window == 0 ? pixel(index) : better(forward[index - 1], pixel(index))
      }
      for index in stride(from: padded - 1, through: 0, by: -1) {
        backward[index] = index % window == window - 1 ? pixel(index) : better(backward[index + 1], pixel(index))
      }
      for index in 0..<length { to[index * step] = better(backward[index], forward[index + window - 1]) }
    }
  }
}
