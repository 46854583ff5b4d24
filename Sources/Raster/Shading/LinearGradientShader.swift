// Colours along a line.

import Geometry

struct LinearGradientShader {
  private let colors: PixelPointer
  private let count: Int
  private let first: UInt32
  private let last: UInt32
  // Place in the table, in 1/2^24 entries, of the centre of pixel 0,0 and its change from pixel to pixel.
  private let origin: Int64
  private let stepX: Int64
  private let stepY: Int64
  // The same as numbers, for gradients so steep that the integers would overflow.
  private let exact: (origin: Double, stepX: Double, stepY: Double)
  private let isSteep: Bool

  /// `inverse` maps device space to the space of `start` and `end`.
  init(table: GradientTable, start: Point, end: Point, inverse: AffineTransform) {
    colors = table.colors
    count = table.count
    first = table.first
    last = table.last
    let direction = end - start
    let factor = Double(table.count) / direction.lengthSquared
    let gx = (inverse.a * direction.dx + inverse.b * direction.dy) * factor
    let gy = (inverse.c * direction.dx + inverse.d * direction.dy) * factor
    let center = inverse.apply(Point(0.5, 0.5))
    let place = (center - start).dot(direction) * factor
    exact = (place, gx, gy)
    let unit = 16_777_216.0, limit = 36_028_797_018_963_968.0
    isSteep = !(abs(place * unit) < limit && abs(gx * unit) < limit / 65536 && abs(gy * unit) < limit / 65536)
    origin = isSteep ? 0 : Int64(place * unit)
    stepX = isSteep ? 0 : Int64((gx * unit).rounded())
    stepY = isSteep ? 0 : Int64((gy * unit).rounded())
  }

  func fetch(x: Int, y: Int, count pixelCount: Int, into row: PixelPointer) {
    if isSteep {
      fetchExactly(x: x, y: y, count: pixelCount, into: row)
      return
    }
    let limit = Int64(count) &<< 24
    var place = origin &+ stepY &* Int64(y) &+ stepX &* Int64(x)
    if stepX == 0 {
      SolidRows.fill(row, count: pixelCount, color: color(at: place))
      return
    }
    let lastPlace = place &+ stepX &* Int64(pixelCount &- 1)
    var index = 0
    var end = pixelCount
    // What lies before the first and after the last stop is cut off at both ends of the run.
    if place < 0 || place >= limit {
      if (place < 0) == (stepX < 0) {
        SolidRows.fill(row, count: pixelCount, color: place < 0 ? first : last)
        return
      }
      let distance = place < 0 ? -place : place &- limit &+ 1
      let speed = abs(stepX)
      let skipped = Int(min(Int64(pixelCount), (distance &+ speed &- 1) / speed))
      SolidRows.fill(row, count: skipped, color: place < 0 ? first : last)
      index = skipped
      place &+= stepX &* Int64(skipped)
    }
    if lastPlace < 0 || lastPlace >= limit, index < pixelCount {
      let room = stepX > 0 ? limit &- 1 &- place : place
      let inside = room < 0 ? 0 : Int(min(Int64(pixelCount &- index), room / abs(stepX) &+ 1))
      end = index &+ inside
      if end < pixelCount { SolidRows.fill(row + end, count: pixelCount &- end, color: lastPlace < 0 ? first : last) }
    }
    while index < end {
      row[index] = colors[Int(truncatingIfNeeded: place &>> 24)]
      place &+= stepX
      index &+= 1
    }
  }

  @inline(__always)
  private func color(at place: Int64) -> UInt32 {
    let entry = place &>> 24
    return entry < 0 ? first : entry >= Int64(count) ? last : colors[Int(entry)]
  }

  private func fetchExactly(x: Int, y: Int, count pixelCount: Int, into row: PixelPointer) {
    for index in 0..<pixelCount {
      let place = exact.origin + exact.stepX * Double(x + index) + exact.stepY * Double(y)
      row[index] = place >= Double(count) ? last : place >= 0 ? colors[min(count - 1, Int(place))] : first
    }
  }
}
