// What filter primitives work on: float pixels of one part of device space.

import Drawing
import Geometry
import Glibc

/// Premultiplied float pixels, transparent black at first. Freed with this object; changed by its maker only.
final class FilterLayer {
  /// In device pixels; the same for all layers of one filter.
  let bounds: PixelRect
  let pixels: UnsafeMutablePointer<FloatPixel>
  /// Whether components are light intensities (`linearRGB`) rather than encoded.
  var isLinear: Bool
  /// The part outside of which all is transparent black, inside `bounds`.
  var extent: PixelRect

  /// Nil without memory.
  init?(bounds: PixelRect, extent: PixelRect, isLinear: Bool) {
    let (count, overflow) = bounds.width.multipliedReportingOverflow(by: bounds.height)
    guard !bounds.isEmpty, !overflow, count <= 1 << 28, let memory = calloc(count, MemoryLayout<FloatPixel>.stride) else { return nil }
    self.bounds = bounds
    self.extent = extent
    self.isLinear = isLinear
    pixels = memory.bindMemory(to: FloatPixel.self, capacity: count)
  }

  deinit { free(pixels) }

  var width: Int { bounds.width }
  var height: Int { bounds.height }
  var count: Int { bounds.width * bounds.height }

  /// The first pixel of device row `y`, which lies inside `bounds`.
  @inline(__always) func row(_ y: Int) -> UnsafeMutablePointer<FloatPixel> { pixels + (y &- bounds.y) &* bounds.width }

  /// The pixel at a place in device space, transparent black outside.
  @inline(__always) func pixel(_ x: Int, _ y: Int) -> FloatPixel {
    guard x >= bounds.x, x < bounds.maxX, y >= bounds.y, y < bounds.maxY else { return FloatPixel(repeating: 0) }
    return row(y)[x &- bounds.x]
  }

  /// Clears what lies outside `area` and notes it.
  func cut(to area: PixelRect) {
    let area = area.intersection(bounds)
    extent = extent.intersection(area)
    for y in bounds.y..<bounds.maxY {
      let row = row(y)
      if y < area.y || y >= area.maxY || area.isEmpty {
        row.update(repeating: FloatPixel(repeating: 0), count: width)
        continue
      }
      row.update(repeating: FloatPixel(repeating: 0), count: area.x - bounds.x)
      (row + (area.maxX - bounds.x)).update(repeating: FloatPixel(repeating: 0), count: bounds.maxX - area.maxX)
    }
  }

  /// A copy with components in the other or the same encoding; this layer where nothing changes. Nil without memory.
  func converted(toLinear wantsLinear: Bool) -> FilterLayer? {
    guard wantsLinear != isLinear else { return self }
    guard let result = FilterLayer(bounds: bounds, extent: extent, isLinear: wantsLinear) else { return nil }
    let curve = wantsLinear ? TransferCurve.toLinear : TransferCurve.toEncoded
    curve.table.withUnsafeBufferPointer { table in
      var last = FloatPixel(repeating: 0), answer = FloatPixel(repeating: 0)
      for index in 0..<count {
        let pixel = pixels[index]
        // Neighbours are often alike.
        if pixel != last {
          last = pixel
          answer = curve.map(pixel, table)
        }
        result.pixels[index] = answer
      }
    }
    return result
  }
}

/// The transfer curve of sRGB or its inverse as a table that is read between its entries.
struct TransferCurve {
  let table: [Float]
  private let isIndexedByRoot: Bool
  private static let size = 4096

  static let toLinear = TransferCurve(isIndexedByRoot: false) { Color.linear($0) }
  /// Steep near 0, so its table is indexed by the square root.
  static let toEncoded = TransferCurve(isIndexedByRoot: true) { Color.encoded($0 * $0) }

  private init(isIndexedByRoot: Bool, _ function: (Float) -> Float) {
    self.isIndexedByRoot = isIndexedByRoot
    table = (0...TransferCurve.size + 1).map { function(min(1, Float($0) / Float(TransferCurve.size))) }
  }

  @inline(__always) private func map(_ component: Float, _ table: UnsafeBufferPointer<Float>) -> Float {
    guard component > 0 else { return 0 }
    let argument = min(1, component)
    let place = (isIndexedByRoot ? argument.squareRoot() : argument) * Float(TransferCurve.size)
    let index = Int(place)
    let low = table[index]
    return low + (table[index + 1] - low) * (place - Float(index))
  }

  /// Maps a premultiplied pixel.
  @inline(__always) func map(_ pixel: FloatPixel, _ table: UnsafeBufferPointer<Float>) -> FloatPixel {
    let alpha = pixel.w
    guard alpha > 0 else { return pixel }
    let straight = pixel / alpha
    return FloatPixel(
      map(straight.x, table) * alpha, map(straight.y, table) * alpha, map(straight.z, table) * alpha, alpha)
  }

  /// Maps a colour's components, gamma-encoded or linear as the curve goes.
  static func premultiplied(_ color: Color, isLinear: Bool) -> FloatPixel {
    let alpha = max(0, min(1, color.alpha))
    func component(_ value: Float) -> Float {
      let value = max(0, min(1, value))
      return (isLinear ? Color.linear(value) : value) * alpha
    }
    return FloatPixel(component(color.red), component(color.green), component(color.blue), alpha)
  }
}
