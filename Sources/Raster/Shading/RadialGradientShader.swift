// Colours between two circles, after https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-createradialgradient.
//
// A pixel has the colour of the largest ω for which the circle with centre c0 + ω(c1 - c0) and radius r0 + ω(r1 - r0) >= 0 passes
// through it; ω solves a quadratic. Circles with one centre need only a square root.

import Geometry

struct RadialGradientShader {
  private let colors: PixelPointer
  private let count: Int
  private let inverse: AffineTransform
  private let center: Point
  private let radius: Double
  private let centerStep: Vector
  private let radiusStep: Double
  private let isConcentric: Bool
  /// Whether one circle lies well inside the other.
  private let isNested: Bool

  /// `inverse` maps device space to the space of the circles.
  init(
    table: GradientTable, startCenter: Point, startRadius: Double, endCenter: Point, endRadius: Double, inverse: AffineTransform
  ) {
    colors = table.colors
    count = table.count
    self.inverse = inverse
    center = startCenter
    radius = startRadius
    centerStep = endCenter - startCenter
    radiusStep = endRadius - startRadius
    isConcentric = startCenter == endCenter
    isNested = startCenter.distance(to: endCenter) < abs(endRadius - startRadius) * 0.98
  }

  func fetch(x: Int, y: Int, count pixelCount: Int, into row: PixelPointer, places: UnsafeMutablePointer<Float>) {
    if isConcentric {
      placeConcentric(x: x, y: y, count: pixelCount, places)
    } else if isNested {
      placeBetween(x: x, y: y, count: pixelCount, places)
    } else {
      placeOnCone(x: x, y: y, count: pixelCount, places)
    }
    GradientPlaces.look(places, count: pixelCount, colors: colors, colorCount: count, into: row)
  }

  /// ω = (|p - c| - r0) / (r1 - r0).
  private func placeConcentric(x: Int, y: Int, count pixelCount: Int, _ places: UnsafeMutablePointer<Float>) {
    let origin = inverse.apply(Point(0.5, Double(y) + 0.5)) - center
    let scale = Double(count) / radiusStep
    let unit = abs(scale)
    let bias = Float(radius * scale) - GradientPlaces.offset, sign: Float = scale < 0 ? -1 : 1
    let px = Float(origin.dx * unit), py = Float(origin.dy * unit)
    let dx = Float(inverse.a * unit), dy = Float(inverse.b * unit)
    // The first colour goes no lower than its entry.
    let lowest = GradientPlaces.offset - 0.5
    var index = 0
    while index < pixelCount {
      let column = Float(Int32(truncatingIfNeeded: x &+ index))
      let vx = column * dx + px, vy = column * dy + py
      let place = (vx * vx + vy * vy).squareRoot() * sign - bias
      places[index] = place > lowest ? place : lowest
      index &+= 1
    }
  }

  /// One circle holds the other, so that every point has one place: with a ω² - 2 b ω + c = 0 it is the larger root while radii grow,
  /// the smaller one while they shrink.
  private func placeBetween(x: Int, y: Int, count pixelCount: Int, _ places: UnsafeMutablePointer<Float>) {
    let a = centerStep.lengthSquared - radiusStep * radiusStep
    let origin = inverse.apply(Point(0.5, Double(y) + 0.5)) - center
    // All in table entries: middle = b / a, and c / a = radius² / -a - |p|² / -a.
    let scale = Double(count)
    let middleStep = Float((inverse.a * centerStep.dx + inverse.b * centerStep.dy) / a * scale)
    let middleStart = Float((origin.dot(centerStep) + radius * radiusStep) / a * scale)
    let unit = scale / (-a).squareRoot()
    let px = Float(origin.dx * unit), py = Float(origin.dy * unit), dx = Float(inverse.a * unit), dy = Float(inverse.b * unit)
    let square = Float(radius * unit) * Float(radius * unit)
    let sign: Float = radiusStep > 0 ? 1 : -1
    let offset = GradientPlaces.offset, lowest = offset - 0.5
    var index = 0
    while index < pixelCount {
      let column = Float(Int32(truncatingIfNeeded: x &+ index))
      let vx = column * dx + px, vy = column * dy + py
      let middle = column * middleStep + middleStart
      let squared = middle * middle + (vx * vx + vy * vy) - square
      let root = (squared > 0 ? squared : 0).squareRoot()
      let place = middle + root * sign + offset
      places[index] = place > lowest ? place : lowest
      index &+= 1
    }
  }

  private func placeOnCone(x: Int, y: Int, count pixelCount: Int, _ places: UnsafeMutablePointer<Float>) {
    let a = centerStep.lengthSquared - radiusStep * radiusStep
    let isLinear = abs(a) < 1e-9 * max(1, centerStep.lengthSquared)
    let origin = inverse.apply(Point(0.5, Double(y) + 0.5)) - center
    let sx = centerStep.dx, sy = centerStep.dy, radius = self.radius, radiusStep = self.radiusStep
    let ox = origin.dx, oy = origin.dy, dx = inverse.a, dy = inverse.b
    let scale = Double(count), offset = Double(GradientPlaces.offset), lowest = offset - 0.5, highest = scale + offset + 0.5
    let clear = Double(GradientPlaces.clear)
    let inverseA = isLinear ? 0 : 1 / a, slope = abs(inverseA)
    var index = 0
    if isLinear {
      while index < pixelCount {
        let column = Double(Int32(truncatingIfNeeded: x &+ index))
        let px = column * dx + ox, py = column * dy + oy
        let b = px * sx + py * sy + radius * radiusStep
        let t = (px * px + py * py - radius * radius) / (2 * b)
        let place = t * scale + offset
        let cut = place > lowest ? (place < highest ? place : highest) : lowest
        places[index] = Float(radius + t * radiusStep >= 0 ? cut : clear)
        index &+= 1
      }
      return
    }
    while index < pixelCount {
      let column = Double(Int32(truncatingIfNeeded: x &+ index))
      let px = column * dx + ox, py = column * dy + oy
      let b = px * sx + py * sy + radius * radiusStep
      let c = px * px + py * py - radius * radius
      let discriminant = b * b - a * c
      // The square root of a negative number is NaN, for which all comparisons below fail.
      let root = discriminant.squareRoot() * slope
      let middle = b * inverseA
      let larger = middle + root, smaller = middle - root
      let t = radius + larger * radiusStep >= 0 ? larger : smaller
      let place = t * scale + offset
      let cut = place > lowest ? (place < highest ? place : highest) : lowest
      places[index] = Float(radius + t * radiusStep >= 0 ? cut : clear)
      index &+= 1
    }
  }
}
