// feDiffuseLighting and feSpecularLighting: the alpha channel as a relief under a light.
// https://drafts.fxtf.org/filter-effects/#feDiffuseLightingElement

import Drawing
import Geometry
import Glibc

/// One lighting primitive, ready for device pixels.
struct FilterLighting {
  let reflection: FilterReflection
  let light: FilterLight
  /// Device pixels in a canvas unit.
  let scale: Double
  /// `lighting-color` in the encoding of the result.
  let color: FloatPixel
  /// Height in pixels of full alpha.
  let surfaceScale: Float

  private typealias Direction = SIMD3<Float>

  /// Lights `input` inside `area`; the relief ends at its edges.
  func light(_ input: FilterLayer, into result: FilterLayer, area: PixelRect) {
    let lamp = Lamp(light, scale: scale)
    for y in area.y..<area.maxY {
      let row = result.row(y)
      for x in area.x..<area.maxX {
        let normal = normal(input, x, y, area)
        let height = input.row(y)[x - input.bounds.x].w * surfaceScale
        let direction = lamp.direction(from: SIMD3(Float(x) + 0.5, Float(y) + 0.5, height))
        let light = lamp.color(color, direction)
        row[x - result.bounds.x] = reflected(light, normal, direction)
      }
    }
  }

  private func reflected(_ light: FloatPixel, _ normal: Direction, _ direction: Direction) -> FloatPixel {
    switch reflection {
    case .diffuse(let constant):
      let amount = Float(constant) * (normal * direction).sum()
      var pixel = (light * amount).clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 1))
      pixel.w = 1
      return pixel
    case .specular(let constant, let exponent):
      var half = direction + SIMD3(0, 0, 1)
      let length = (half * half).sum().squareRoot()
      if length > 0 { half /= length }
      let cosine = max(0, (normal * half).sum())
      let amount = Float(constant) * powf(cosine, Float(exponent))
      var pixel = (light * amount).clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 1))
      pixel.w = max(pixel.x, pixel.y, pixel.z)
      return pixel
    }
  }

  /// The relief's normal by Sobel's gradient, with what of it lies inside `area`.
  private func normal(_ input: FilterLayer, _ x: Int, _ y: Int, _ area: PixelRect) -> Direction {
    func alpha(_ dx: Int, _ dy: Int) -> Float { input.row(y + dy)[x + dx - input.bounds.x].w }
    let left = x > area.x ? -1 : 0, right = x < area.maxX - 1 ? 1 : 0
    let top = y > area.y ? -1 : 0, bottom = y < area.maxY - 1 ? 1 : 0
    guard left < right, top < bottom else { return Direction(0, 0, 1) }
    // Rows above and below count half as much as the pixel's own; at an edge the steps are one pixel, not two.
    func weight(_ offset: Int) -> Float { offset == 0 ? 2 : 1 }
    var sumX: Float = 0, totalX: Float = 0, sumY: Float = 0, totalY: Float = 0
    for offset in top...bottom {
      sumX += weight(offset) * (alpha(right, offset) - alpha(left, offset))
      totalX += weight(offset)
    }
    for offset in left...right {
      sumY += weight(offset) * (alpha(offset, bottom) - alpha(offset, top))
      totalY += weight(offset)
    }
    let gradientX = sumX / (totalX * Float(right - left)), gradientY = sumY / (totalY * Float(bottom - top))
    // The specification's factors are twice the slope.
    let normal = Direction(-2 * surfaceScale * gradientX, -2 * surfaceScale * gradientY, 1)
    return normal / (normal * normal).sum().squareRoot()
  }
}

/// A light in device space.
private struct Lamp {
  private let light: FilterLight
  private let position: SIMD3<Float>
  /// Distant: towards the light. Spot: from the light along its axis.
  private let axis: SIMD3<Float>

  init(_ light: FilterLight, scale: Double) {
    self.light = light
    func point(_ p: FilterPoint) -> SIMD3<Float> { SIMD3(Float(p.x * scale), Float(p.y * scale), Float(p.z * scale)) }
    switch light {
    case .distant(let azimuth, let elevation):
      position = .zero
      axis = SIMD3(
        Float(cos(azimuth) * cos(elevation)), Float(sin(azimuth) * cos(elevation)), Float(sin(elevation)))
    case .point(let p):
      position = point(p)
      axis = .zero
    case .spot(let p, let target, _, _):
      position = point(p)
      let way = point(target) - position
      let length = (way * way).sum().squareRoot()
      axis = length > 0 ? way / length : .zero
    }
  }

  /// The unit vector to the light.
  func direction(from point: SIMD3<Float>) -> SIMD3<Float> {
    if case .distant = light { return axis }
    let way = position - point
    let length = (way * way).sum().squareRoot()
    return length > 0 ? way / length : SIMD3(0, 0, 1)
  }

  /// What of `color` arrives from `direction`.
  func color(_ color: FloatPixel, _ direction: SIMD3<Float>) -> FloatPixel {
    guard case .spot(_, _, let exponent, let coneAngle) = light else { return color }
    let cosine = -(direction * axis).sum()
    guard cosine > 0 else { return FloatPixel(repeating: 0) }
    var amount = powf(cosine, Float(exponent))
    if let coneAngle {
      // The edge of the cone is soft over a small angle.
      let outer = Float(cos(coneAngle)), softness: Float = 0.016
      if cosine < outer { return FloatPixel(repeating: 0) }
      if cosine < outer + softness { amount *= (cosine - outer) / softness }
    }
    return color * amount
  }
}
