// https://html.spec.whatwg.org/multipage/canvas.html#canvasimagedata

import Drawing
import Geometry

extension CanvasRenderingContext2D {
  /// Negative sizes count as positive ones.
  public func createImageData(
    _ sw: Int, _ sh: Int, _ settings: ImageDataSettings = ImageDataSettings()
  ) throws(CanvasError) -> ImageData {
    // 1. – 4.
    try ImageData(
      width: magnitude(sw), height: magnitude(sh), settings: settings, defaultColorSpace: self.settings.colorSpace,
      maximumPixels: environment.maximumPixels)
  }

  /// Of the same size, colour space and format, but blank.
  public func createImageData(_ imageData: ImageData) throws(CanvasError) -> ImageData {
    try ImageData(
      width: imageData.width, height: imageData.height,
      settings: ImageDataSettings(colorSpace: imageData.colorSpace, pixelFormat: imageData.pixelFormat),
      maximumPixels: environment.maximumPixels)
  }

  /// Canvas pixels, transparent black outside the bitmap. Negative sizes reach to the left and up.
  public func getImageData(
    _ sx: Int, _ sy: Int, _ sw: Int, _ sh: Int, _ settings: ImageDataSettings = ImageDataSettings()
  ) throws(CanvasError) -> ImageData {
    // 1.
    guard sw != 0 else { throw .indexSize("The width of getImageData must not be 0.") }
    guard sh != 0 else { throw .indexSize("The height of getImageData must not be 0.") }
    // 2.
    guard bitmap.isOriginClean else { throw .security("The canvas holds pixels of another origin and cannot be read.") }
    // 3. 4.
    let imageData = try createImageData(sw, sh, settings)
    // 5. – 7.
    let rect = PixelRect(
      x: bounded(sw < 0 ? bounded(sx) + bounded(sw) : sx), y: bounded(sh < 0 ? bounded(sy) + bounded(sh) : sy),
      width: imageData.width, height: imageData.height)
    if !contextIsLost, !rect.intersection(PixelRect(bitmap.size)).isEmpty, let surface = surfaceForReading(),
      let pixels = surface.pixels(in: rect)
    {
      imageData.copyPixels(from: pixels)
    }
    // 8.
    return imageData
  }

  /// A bitmap that nothing was drawn on is blank: only an opaque one has pixels to read.
  private func surfaceForReading() -> (any DrawingSurface)? {
    bitmap.surface ?? (settings.alpha ? nil : bitmap.openSurface())
  }

  public func putImageData(_ imageData: ImageData, _ dx: Int, _ dy: Int) {
    putImageData(imageData, dx, dy, 0, 0, imageData.width, imageData.height)
  }

  /// Transform, clip, shadow, alpha and operator do not matter. Callers have thrown for a detached array.
  public func putImageData(
    _ imageData: ImageData, _ dx: Int, _ dy: Int, _ dirtyX: Int, _ dirtyY: Int, _ dirtyWidth: Int, _ dirtyHeight: Int
  ) {
    guard !contextIsLost else { return }
    // 3. – 6. Both axes alike: the dirty interval, turned forward and cut to the image.
    func interval(_ start: Int, _ length: Int, limit: Int) -> Range<Int>? {
      let a = bounded(start), b = bounded(start) + bounded(length)
      let low = max(0, min(a, b)), high = min(limit, max(a, b))
      return low < high ? low..<high : nil
    }
    guard let columns = interval(dirtyX, dirtyWidth, limit: imageData.width),
      let rows = interval(dirtyY, dirtyHeight, limit: imageData.height)
    else { return }
    // 7. Only what lands on the bitmap is converted.
    let left = max(columns.lowerBound, -bounded(dx)), right = min(columns.upperBound, bitmap.size.width - bounded(dx))
    let top = max(rows.lowerBound, -bounded(dy)), bottom = min(rows.upperBound, bitmap.size.height - bounded(dy))
    guard left < right, top < bottom else { return }
    let rect = PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    guard
      let pixmap = imageData.premultipliedPixels(
        in: rect, format: settings.usesFloatPixels ? .rgbaFloat : .rgba8, space: settings.colorSpace, isOpaque: !settings.alpha)
    else { return }
    bitmap.draw(
      DrawCommand(
        operation: .putPixels(
          ImageSnapshot(pixmap: pixmap, isOpaque: !settings.alpha), source: PixelRect(pixmap.size), x: bounded(dx) + left,
          y: bounded(dy) + top)))
  }

  // IDL gives 32 bits; library callers may pass anything.
  private func bounded(_ value: Int) -> Int { max(-(1 << 40), min(1 << 40, value)) }
  private func magnitude(_ value: Int) -> Int { abs(bounded(value)) }
}
