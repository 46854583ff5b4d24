// Colours around a point.

import Geometry
import Glibc

struct ConicGradientShader {
  private let colors: PixelPointer
  private let count: Int
  private let inverse: AffineTransform
  private let center: Point
  /// The start angle in turns, 0..<1.
  private let startTurns: Float

  /// `inverse` maps device space to the space of the centre.
  init(table: GradientTable, center: Point, startAngle: Double, inverse: AffineTransform) {
    colors = table.colors
    count = table.count
    self.inverse = inverse
    self.center = center
    let turns = fmod(startAngle / (2 * Double.pi), 1)
    startTurns = Float(turns < 0 ? turns + 1 : turns)
  }

  func fetch(x: Int, y: Int, count pixelCount: Int, into row: PixelPointer, places: UnsafeMutablePointer<Float>) {
    let origin = inverse.apply(Point(0.5, Double(y) + 0.5)) - center
    let px = Float(origin.dx), py = Float(origin.dy), dx = Float(inverse.a), dy = Float(inverse.b)
    let scale = Float(count), startTurns = self.startTurns
    let lowest = GradientPlaces.offset, highest = scale + GradientPlaces.offset - 0.01
    var index = 0
    while index < pixelCount {
      let column = Float(Int32(truncatingIfNeeded: x &+ index))
      let turns = ConicGradientShader.turns(px + column * dx, py + column * dy) - startTurns
      let place = (turns < 0 ? turns + 1 : turns) * scale + lowest
      places[index] = place < highest ? place : highest
      index &+= 1
    }
    GradientPlaces.look(places, count: pixelCount, colors: colors, colorCount: count, into: row)
  }

  /// The angle of a vector as a fraction of a turn, 0...1, within 3e-7.
  @inline(__always)
  static func turns(_ x: Float, _ y: Float) -> Float {
    let ax = abs(x), ay = abs(y)
    let large = ax > ay ? ax : ay, small = ax > ay ? ay : ax
    let ratio = small / (large + 1e-30)
    let s = ratio * ratio
    // atan(ratio) / 2π: the polynomial in ratio² with the least greatest error.
    let inner: Float = 0.030_802_903 + s * (-0.018_529_836 + s * (0.008_379_069_7 + s * -0.001_865_151_4))
    let first = ratio * (0.159_151_317 + s * (-0.052_938_567 + s * inner))
    let second = ay > ax ? 0.25 - first : first
    let third = x < 0 ? 0.5 - second : second
    return y < 0 ? 1 - third : third
  }
}
