// Paints into colours and shaders of device pixels.

import Drawing
import Geometry

extension CommandPreparer {
  /// The ink for `paint` under `transform` (paint's space → device space); nil when it paints nothing at all.
  func ink(_ paint: Paint, transform: AffineTransform, compositing: Compositing) -> Ink? {
    let compositeOperator = compositing.compositeOperator
    let alpha = max(0, min(1, compositing.alpha))
    switch paint {
    case .color(let color):
      return Ink(compositeOperator: compositeOperator, color: pack(color, alpha: alpha), shader: nil)
    case .gradient(let gradient):
      guard !gradient.paintsNothing, let shader = shader(gradient, transform: transform, alpha: alpha) else {
        return transparentInk(compositeOperator)
      }
      return Ink(compositeOperator: compositeOperator, color: 0, shader: shader)
    case .pattern(let pattern):
      guard let shader = shader(pattern, transform: transform, alpha: alpha, smoothing: compositing.smoothing) else {
        return transparentInk(compositeOperator)
      }
      return Ink(compositeOperator: compositeOperator, color: 0, shader: shader)
    }
  }

  private func transparentInk(_ compositeOperator: CompositeOperator) -> Ink? {
    compositeOperator.affectsWholeClip ? Ink(compositeOperator: compositeOperator, color: 0, shader: nil) : nil
  }

  /// Premultiplied bytes in the surface's colour space.
  func pack(_ color: Color, alpha: Float) -> UInt32 {
    let converted = color.space == settings.colorSpace ? color : color.converted(to: settings.colorSpace)
    let a = max(0, min(1, converted.alpha * alpha))
    @inline(__always) func clamped(_ value: Float) -> Float { max(0, min(1, value)) }
    return packed(FloatPixel(clamped(converted.red) * a, clamped(converted.green) * a, clamped(converted.blue) * a, a))
  }

  func byte(_ alpha: Float) -> UInt32 { UInt32((max(0, min(1, alpha)) * 255).rounded()) }

  // MARK: - Gradients

  private func shader(_ gradient: Gradient, transform: AffineTransform, alpha: Float) -> Shader? {
    guard let inverse = transform.inverted() else { return nil }
    let scale = transform.maximumScale
    let kind: Shader.Kind
    let table: GradientTable
    var leavesGaps = false
    switch gradient.geometry {
    case .linear(let start, let end):
      table = gradients.table(gradient, length: start.distance(to: end) * scale, colorSpace: settings.colorSpace)
      kind = .linear(LinearGradientShader(table: table, start: start, end: end, inverse: inverse))
    case .radial(let startCenter, let startRadius, let endCenter, let endRadius):
      let length = (abs(endRadius - startRadius) + startCenter.distance(to: endCenter)) * scale
      table = gradients.table(gradient, length: length, colorSpace: settings.colorSpace)
      // A circle that does not hold the other one leaves parts of the plane without colour.
      leavesGaps = startCenter.distance(to: endCenter) >= abs(endRadius - startRadius)
      kind = .radial(
        RadialGradientShader(
          table: table, startCenter: startCenter, startRadius: startRadius, endCenter: endCenter, endRadius: endRadius,
          inverse: inverse))
    case .conic(let center, let startAngle):
      table = gradients.table(gradient, length: 1024, colorSpace: settings.colorSpace)
      kind = .conic(ConicGradientShader(table: table, center: center, startAngle: startAngle, inverse: inverse))
    }
    plan.keep(table)
    return Shader(kind: kind, isOpaque: table.isOpaque && !leavesGaps, alpha: byte(alpha))
  }

  // MARK: - Patterns

  private func shader(_ pattern: Pattern, transform: AffineTransform, alpha: Float, smoothing: ImageSmoothing) -> Shader? {
    let toDevice = transform.concatenating(pattern.transform)
    guard let inverse = toDevice.inverted(), let image = readable(pattern.image) else { return nil }
    let whole = PixelRect(x: 0, y: 0, width: image.width, height: image.height)
    let sampled = sampling(image, part: whole, inverse: inverse, smoothing: smoothing)
    let shader = ImageShader(
      base: UnsafeRawPointer(sampled.image.rowAddress(0)), bytesPerRow: sampled.image.bytesPerRow, readable: sampled.part,
      tilingX: pattern.repeatsX ? .wrap : .clear, tilingY: pattern.repeatsY ? .wrap : .clear, mode: sampled.mode,
      inverse: sampled.inverse)
    plan.keep(sampled.image, bytes: sampled.image.byteCount)
    return Shader(
      kind: .image(shader), isOpaque: pattern.image.isOpaque && pattern.repeatsX && pattern.repeatsY, alpha: byte(alpha))
  }
}
