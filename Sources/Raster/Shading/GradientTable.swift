// A gradient's colours, premultiplied, at equal steps of its offset.

import Drawing
import Geometry

/// `count` colours; entry i is the colour at (i + 0.5) / count. Entries -1 and `count` hold the colours of the first and last stop,
/// for places beyond the gradient's ends, and entry -2 is clear, for points that have no place.
final class GradientTable: @unchecked Sendable {
  let gradient: Gradient
  let count: Int
  let colors: PixelPointer
  let isOpaque: Bool
  let first: UInt32
  let last: UInt32

  init(_ gradient: Gradient, count: Int, colorSpace: ColorSpace) {
    self.gradient = gradient
    self.count = count
    colors = .allocate(capacity: count + 3) + 2
    let stops = gradient.stops.map { stop in
      let color = stop.color.converted(to: colorSpace)
      return (Float(min(1, max(0, stop.offset))), FloatPixel(color.red, color.green, color.blue, color.alpha))
    }
    isOpaque = stops.allSatisfy { $0.1.w >= 1 }
    var index = 0
    func pack(_ c: FloatPixel) -> UInt32 {
      let alpha = min(1, max(0, c.w))
      return packed(FloatPixel(c.x * alpha, c.y * alpha, c.z * alpha, alpha))
    }
    first = pack(stops[0].1)
    last = pack(stops[stops.count - 1].1)
    colors[-2] = 0
    colors[-1] = first
    colors[count] = last
    var next = 0
    let step = 1 / Float(count)
    while index < count {
      let t = (Float(index) + 0.5) * step
      while next < stops.count, stops[next].0 <= t { next += 1 }
      if next == 0 {
        colors[index] = first
      } else if next == stops.count {
        colors[index] = last
      } else {
        let (start, from) = stops[next - 1], (end, to) = stops[next]
        colors[index] = pack(from + (to - from) * ((t - start) / (end - start)))
      }
      index += 1
    }
  }

  deinit { (colors - 2).deallocate() }
}

/// Turning places along a gradient into colours, a row at a time.
enum GradientPlaces {
  /// What a place is raised by, so that the lowest entry (clear) has place 0.
  static let offset: Float = 2
  /// The place of points without colour, after raising. A half, because rounding to nearest then serves as rounding down.
  static let clear: Float = 0.5

  /// Looks up `count` raised places in the table that begins with the clear entry. Places are cut to the table's ends first; the
  /// loop that does it is apart from the look-up so that it becomes vector instructions.
  @inline(__always)
  static func look(
    _ places: UnsafeMutablePointer<Float>, count: Int, colors: PixelPointer, colorCount: Int, into row: PixelPointer
  ) {
    let highest = Float(colorCount) + 2.5, lowest = clear
    let table = colors - 2
    // Adding 2^23 leaves the integer nearest to the sum in the low bits of a float.
    let bits = UnsafeMutableRawPointer(places).assumingMemoryBound(to: UInt32.self)
    var index = 0
    while index < count {
      let place = places[index]
      let low = place > lowest ? place : lowest
      let cut = low < highest ? low : highest
      places[index] = cut - 0.5 + 8_388_608
      index &+= 1
    }
    index = 0
    while index < count {
      row[index] = table[Int(bits[index] & 0x7F_FFFF)]
      index &+= 1
    }
  }
}

/// Tables by gradient, size and colour space.
struct GradientTables {
  private struct Key: Hashable {
    let gradient: ObjectIdentifier
    let count: Int
    let colorSpace: ColorSpace
  }

  private var tables: [Key: GradientTable] = [:]
  private var latest: GradientTable?

  /// The table with at least two entries a pixel for a gradient `length` pixels long.
  mutating func table(_ gradient: Gradient, length: Double, colorSpace: ColorSpace) -> GradientTable {
    var count = 256
    while count < 4096, Double(count) < length * 2 { count *= 2 }
    if let latest, latest.gradient === gradient, latest.count == count { return latest }
    let key = Key(gradient: ObjectIdentifier(gradient), count: count, colorSpace: colorSpace)
    if let known = tables[key] {
      latest = known
      return known
    }
    if tables.count >= 128 { tables.removeAll() }
    let table = GradientTable(gradient, count: count, colorSpace: colorSpace)
    tables[key] = table
    latest = table
    return table
  }
}
