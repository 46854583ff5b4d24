// Gradients and pictures in float components.

import Drawing
import Geometry
import Glibc

/// The colour of a gradient at each device pixel.
struct FloatGradient {
  private let geometry: GradientGeometry
  /// Straight colours in the canvas's space.
  private let stops: [(offset: Double, color: FloatPixel)]
  /// Device space → user space.
  private let inverse: AffineTransform

  init(_ gradient: Gradient, inverse: AffineTransform, colorSpace: ColorSpace) {
    geometry = gradient.geometry
    self.inverse = inverse
    stops = gradient.stops.map { stop in
      let color = stop.color.converted(to: colorSpace)
      return (stop.offset, FloatPixel(color.red, color.green, color.blue, max(0, min(1, color.alpha))))
    }
  }

  func pixel(_ x: Int, _ y: Int) -> FloatPixel {
    guard let place = place(inverse.apply(Point(Double(x) + 0.5, Double(y) + 0.5))) else { return FloatPixel(repeating: 0) }
    let color = color(at: place)
    var result = color * color.w
    result.w = color.w
    return result
  }

  private func color(at place: Double) -> FloatPixel {
    guard let first = stops.first, let last = stops.last else { return FloatPixel(repeating: 0) }
    if place < first.offset { return first.color }
    // The last stop at or before the place; of several at one offset, the last.
    guard let index = stops.lastIndex(where: { $0.offset <= place }), index + 1 < stops.count else { return last.color }
    let low = stops[index], high = stops[index + 1]
    return low.color + (high.color - low.color) * Float((place - low.offset) / (high.offset - low.offset))
  }

  /// The place along the gradient; nil where it paints nothing.
  private func place(_ point: Point) -> Double? {
    switch geometry {
    case .linear(let start, let end):
      let way = end - start, length = way.dot(way)
      return length > 0 ? (point - start).dot(way) / length : nil
    case .conic(let center, let startAngle):
      let turn = (atan2(point.y - center.y, point.x - center.x) - startAngle) / (2 * Double.pi)
      return turn - turn.rounded(.down)
    case .radial(let startCenter, let startRadius, let endCenter, let endRadius):
      // The largest circle through the point whose radius is not negative.
      let way = endCenter - startCenter, arm = point - startCenter, growth = endRadius - startRadius
      let a = way.dot(way) - growth * growth
      let b = arm.dot(way) + startRadius * growth
      let c = arm.dot(arm) - startRadius * startRadius
      if abs(a) < 1e-12 {
        guard b != 0 else { return nil }
        let place = c / (2 * b)
        return startRadius + place * growth >= 0 ? place : nil
      }
      let discriminant = b * b - a * c
      guard discriminant >= 0 else { return nil }
      let root = discriminant.squareRoot()
      let places = [(b + root) / a, (b - root) / a].sorted(by: >)
      return places.first { startRadius + $0 * growth >= 0 }
    }
  }
}

/// Reads a picture of floats.
struct FloatImageSampler {
  private let pixels: Pixmap
  private let source: Rect
  private let destination: Rect
  private let isSmooth: Bool
  private let inverse: AffineTransform

  /// Nil for pictures of bytes.
  init?(_ image: ImageSnapshot, source: Rect, destination: Rect, smoothing: ImageSmoothing, inverse: AffineTransform) {
    guard let pixels = image.floatPixmap, destination.width != 0, destination.height != 0 else { return nil }
    self.pixels = pixels
    self.source = source
    self.destination = destination
    self.inverse = inverse
    isSmooth = smoothing != .none
  }

  func pixel(_ x: Int, _ y: Int) -> FloatPixel {
    let point = inverse.apply(Point(Double(x) + 0.5, Double(y) + 0.5))
    let u = source.x + (point.x - destination.x) / destination.width * source.width
    let v = source.y + (point.y - destination.y) / destination.height * source.height
    guard isSmooth else { return texel(u, v) }
    let left = (u - 0.5).rounded(.down), top = (v - 0.5).rounded(.down)
    let fx = Float(u - 0.5 - left), fy = Float(v - 0.5 - top)
    let upper = texel(left + 0.5, top + 0.5) * (1 - fx) + texel(left + 1.5, top + 0.5) * fx
    let lower = texel(left + 0.5, top + 1.5) * (1 - fx) + texel(left + 1.5, top + 1.5) * fx
    return upper * (1 - fy) + lower * fy
  }

  /// The pixel that holds a point, the nearest one of the source outside.
  private func texel(_ u: Double, _ v: Double) -> FloatPixel {
    let x = max(source.minX, min(source.maxX - 1, u.rounded(.down))), y = max(source.minY, min(source.maxY - 1, v.rounded(.down)))
    return pixels.floatPixel(
      max(0, min(pixels.width - 1, Int(clamping: x))), max(0, min(pixels.height - 1, Int(clamping: y))))
  }
}
