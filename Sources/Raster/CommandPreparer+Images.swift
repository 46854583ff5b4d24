// Images onto device pixels.

import Drawing
import Geometry
import Glibc

extension CommandPreparer {
  func drawImage(
    _ image: ImageSnapshot, source: Rect, destination: Rect, transform: AffineTransform, clip: ResolvedClip,
    compositing: Compositing
  ) {
    guard source.isFinite, destination.isFinite, !source.isEmpty, !destination.isEmpty, let pixmap = readable(image) else { return }
    // Image pixels → device pixels.
    let sx = destination.width / source.width, sy = destination.height / source.height
    let placed = transform.concatenating(
      AffineTransform(a: sx, b: 0, c: 0, d: sy, e: destination.x - source.x * sx, f: destination.y - source.y * sy))
    guard let inverse = placed.inverted() else { return }
    let part = PixelRect(covering: source, within: PixelRect(x: 0, y: 0, width: pixmap.width, height: pixmap.height))
    guard !part.isEmpty else { return }
    let sampled = sampling(pixmap, part: part, inverse: inverse, smoothing: compositing.smoothing)
    plan.keep(sampled.image, bytes: sampled.image.byteCount)
    let shader = ImageShader(
      base: UnsafeRawPointer(sampled.image.rowAddress(0)), bytesPerRow: sampled.image.bytesPerRow, readable: sampled.part,
      tilingX: .clamp, tilingY: .clamp, mode: sampled.mode, inverse: sampled.inverse)
    let ink = Ink(
      compositeOperator: compositing.compositeOperator, color: 0,
      shader: Shader(kind: .image(shader), isOpaque: image.isOpaque, alpha: byte(compositing.alpha)))
    fill(destination, transform, ink, clip)
  }

  /// Pixels that shaders can read: bytes, in the surface's colour space. They stay as they are until the plan has been played.
  func readable(_ image: ImageSnapshot) -> Pixmap? {
    plan.keep(image)
    if image.pixmap.format == .rgba8, image.pixmap.colorSpace == settings.colorSpace { return image.pixmap }
    return mipmaps.converted(image.pixmap, to: settings.colorSpace)
  }

  /// How an image is read: the pixels (perhaps a smaller version), the part of them, the map to them.
  struct Sampling {
    var image: Pixmap
    var part: PixelRect
    var inverse: AffineTransform
    var mode: ImageShader.Mode
  }

  func sampling(_ image: Pixmap, part: PixelRect, inverse: AffineTransform, smoothing: ImageSmoothing) -> Sampling {
    var result = Sampling(image: image, part: part, inverse: inverse, mode: .bilinear)
    switch smoothing {
    case .none:
      result.mode = .nearest
      return result
    case .low:
      return result
    case .high where inverse.maximumScale < 1:
      result.mode = .bicubic
      return result
    case .medium, .high:
      break
    }
    // The side that is reduced least decides, so that nothing gets blurred: the nearest power of two of its reduction.
    guard let toDevice = inverse.inverted() else { return result }
    let scale = toDevice.longestAxis
    guard scale > 0, scale < 1 else { return result }
    let halvings = min(12, Int((-log2(scale)).rounded()))
    var level = 0
    while level < halvings, result.image.width > 1 || result.image.height > 1 {
      guard let half = mipmaps.half(of: result.image) else { break }
      let fx = Double(half.width) / Double(result.image.width), fy = Double(half.height) / Double(result.image.height)
      let p = result.part
      result.part = PixelRect(
        covering: Rect(x: Double(p.x) * fx, y: Double(p.y) * fy, width: Double(p.width) * fx, height: Double(p.height) * fy),
        within: PixelRect(x: 0, y: 0, width: half.width, height: half.height))
      result.inverse = AffineTransform.scale(fx, fy).concatenating(result.inverse)
      result.image = half
      level += 1
    }
    return result
  }

  // MARK: - Pixels as they are

  func putPixels(_ image: ImageSnapshot, source: PixelRect, x: Int, y: Int) {
    guard let pixmap = readable(image) else { return }
    let whole = PixelRect(x: 0, y: 0, width: pixmap.width, height: pixmap.height)
    let part = source.intersection(whole)
    guard !part.isEmpty, abs(x) < 1 << 40, abs(y) < 1 << 40 else { return }
    let left = x + (part.x - source.x), top = y + (part.y - source.y)
    plan.keep(pixmap, bytes: pixmap.byteCount)
    let destination = Rect(x: Double(left), y: Double(top), width: Double(part.width), height: Double(part.height))
    let placed = deviceTransform.concatenating(.translation(Double(left - part.x), Double(top - part.y)))
    guard let inverse = placed.inverted() else { return }
    let isPlain = deviceTransform.isTranslation
    let shader = ImageShader(
      base: UnsafeRawPointer(pixmap.rowAddress(0)), bytesPerRow: pixmap.bytesPerRow, readable: part, tilingX: .clamp,
      tilingY: .clamp, mode: isPlain ? .copy : .nearest, inverse: inverse)
    let rect = deviceTransform.boundingBox(of: destination)
    let bounds = PixelRect(
      covering: Rect(Point(rect.minX.rounded(), rect.minY.rounded()), Point(rect.maxX.rounded(), rect.maxY.rounded())),
      within: PixelRect(plan.size))
    guard !bounds.isEmpty else { return }
    var command = RasterCommand(kind: .putPixels, bounds: bounds)
    command.compositeOperator = .copy
    command.shader = plan.add(Shader(kind: .image(shader), isOpaque: false, alpha: 255))
    plan.append(command)
  }

  /// Draws a finished group with the compositing of the command that began it. The group's pixels are device pixels.
  func prepareLayer(_ image: ImageSnapshot, command: DrawCommand) {
    let clip = clips.resolve(command.clip)
    guard !clip.bounds.isEmpty else { return }
    let whole = Rect(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
    var compositing = command.compositing
    compositing.smoothing = .none
    if let effects = compositing.effects {
      var source = SourceLayer(pixmap: image.pixmap, x: 0, y: 0)
      source.scaleAlpha(by: compositing.alpha)
      composite(source, effects: effects, compositeOperator: compositing.compositeOperator, clip: clip)
      return
    }
    drawImage(image, source: whole, destination: whole, transform: .identity, clip: clip, compositing: compositing)
  }
}
