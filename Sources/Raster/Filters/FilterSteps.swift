// The steps of a filter list, carried out on a layer.

import Drawing
import Geometry
import Glibc

extension SourceLayer {
  /// Applies one step. `scale` turns canvas units into pixels; colours are brought into `colorSpace`. SVG filters work inside
  /// `area`.
  mutating func apply(_ filter: Filter, scale: Double, colorSpace: ColorSpace, within area: PixelRect) {
    switch filter {
    case .graph(let graph):
      // A filter without primitives is as good as none.
      guard !graph.primitives.isEmpty else { return }
      var player = FilterGraphPlayer(graph, source: self, scale: scale, colorSpace: colorSpace, within: area)
      if let filtered = player?.play() { self = filtered }
    case .blur(let x, let y):
      blur(x: x * scale, y: y * scale)
    case .dropShadow(let offset, let blur, let color):
      dropShadow(offset: offset * scale, deviation: blur * scale, color: color.converted(to: colorSpace))
    case .colorMatrix(let matrix):
      guard matrix.values.count == 20 else { return }
      applyMatrix(matrix.values)
    case .componentTransfer(let red, let green, let blue, let alpha):
      applyTables([red, green, blue, alpha].map(TransferTable.init))
    }
  }

  /// The whole of `other` in one row-wise pass is what source-over does.
  private mutating func dropShadow(offset: Vector, deviation: Double, color: Color) {
    let dx = Int(clamping: offset.dx.rounded()), dy = Int(clamping: offset.dy.rounded())
    guard abs(dx) < 1 << 15, abs(dy) < 1 << 15, let mask = alphaMask(blurX: deviation, blurY: deviation) else { return }
    let alpha = max(0, min(1, color.alpha))
    let ink = packed(FloatPixel(color.red * alpha, color.green * alpha, color.blue * alpha, alpha))
    let reach = BlurPass(deviation: deviation).reach
    guard grow(x: reach + abs(dx), y: reach + abs(dy)) else { return }
    let originX = mask.bounds.x + dx - x, originY = mask.bounds.y + dy - y
    var line = 0
    changeRows { row in
      let maskRow = line - originY
      line += 1
      guard maskRow >= 0, maskRow < mask.bounds.height else { return }
      let coverage = mask.bytes + maskRow * mask.bounds.width
      for column in 0..<mask.bounds.width where coverage[column] != 0 {
        let under = scaled(ink, by: UInt32(coverage[column]))
        row[originX + column] = over(row[originX + column], under)
      }
    }
  }

  private mutating func applyMatrix(_ m: [Float]) {
    let columns = (0..<4).map { FloatPixel(m[$0], m[5 + $0], m[10 + $0], m[15 + $0]) }
    let offset = FloatPixel(m[4], m[9], m[14], m[19])
    let zero = FloatPixel(repeating: 0), one = FloatPixel(repeating: 1)
    let (c0, c1, c2, c3) = (columns[0], columns[1], columns[2], columns[3])
    func map(_ pixel: UInt32) -> UInt32 {
      var p = floatPixel(pixel)
      let alpha = p.w
      if alpha > 0 {
        p = p / alpha
        p.w = alpha
      }
      var result = c0 * p.x + c1 * p.y + c2 * p.z + c3 * p.w + offset
      result = result.clamped(lowerBound: zero, upperBound: one)
      let resultAlpha = result.w
      result = result * resultAlpha
      result.w = resultAlpha
      return packed(result)
    }
    mapPixels(map)
  }

  /// Maps every pixel; neighbours are often alike, so the last answer is kept.
  private mutating func mapPixels(_ map: (UInt32) -> UInt32) {
    var last: UInt32 = 0
    var answer = map(0)
    changeRows { row in
      for column in 0..<row.count {
        let pixel = row[column]
        if pixel != last {
          last = pixel
          answer = map(pixel)
        }
        row[column] = answer
      }
    }
  }

  private mutating func applyTables(_ tables: [TransferTable]) {
    mapPixels { pixel in
      let straight = PixelRows.straight(pixel)
      func transferred(_ component: Int, _ shift: UInt32) -> UInt32 {
        UInt32(tables[component].bytes[Int(straight &>> shift & 255)]) &<< shift
      }
      return PixelRows.premultiplied(transferred(0, 0) | transferred(1, 8) | transferred(2, 16) | transferred(3, 24))
    }
  }
}

/// A transfer function on bytes (https://www.w3.org/TR/filter-effects-1/#feComponentTransferElement). Like browsers, it cuts off
/// fractions.
struct TransferTable {
  let bytes: [UInt8]

  init(_ function: TransferFunction) {
    bytes = (0..<256).map { byte in
      if case .identity = function { return UInt8(byte) }
      let value = TransferTable.map(Double(byte) / 255, function) * 255
      return UInt8(max(0, min(255, value.isNaN ? 0 : value)))
    }
  }

  private static func map(_ c: Double, _ function: TransferFunction) -> Double {
    switch function {
    case .identity: return c
    case .table(let values):
      guard !values.isEmpty else { return c }
      let n = values.count - 1
      let k = min(n, Int(c * Double(n)))
      let low = Double(values[k]), high = Double(values[min(k + 1, n)])
      return low + (c * Double(n) - Double(k)) * (high - low)
    case .discrete(let values):
      guard !values.isEmpty else { return c }
      return Double(values[min(values.count - 1, Int(c * Double(values.count)))])
    case .linear(let slope, let intercept): return Double(slope) * c + Double(intercept)
    case .gamma(let amplitude, let exponent, let offset): return Double(amplitude) * pow(c, Double(exponent)) + Double(offset)
    }
  }
}
