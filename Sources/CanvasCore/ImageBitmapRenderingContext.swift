// https://html.spec.whatwg.org/multipage/canvas.html#the-imagebitmaprenderingcontext-interface

import Drawing
import Geometry

/// Shows an ImageBitmap as the contents of a canvas.
public final class ImageBitmapRenderingContext {
  /// "Bitmap mode".
  public enum BitmapMode: Sendable {
    case valid, blank
  }

  /// The canvas, as long as somebody keeps it.
  public private(set) weak var canvas: Canvas?
  public let bitmap: CanvasBitmap
  public let alpha: Bool
  public private(set) var bitmapMode = BitmapMode.blank

  init(canvas: Canvas, alpha: Bool) {
    self.canvas = canvas
    self.alpha = alpha
    bitmap = canvas.bitmap
    setOutputBitmap(nil)
  }

  /// Nil makes the canvas blank.
  public func transferFromImageBitmap(_ image: ImageBitmap?) throws(CanvasError) {
    // 2.
    guard let image else { return setOutputBitmap(nil) }
    // 3. 5. 6.
    let isOriginClean = image.isOriginClean
    let snapshot = try image.detach()
    // 4.
    setOutputBitmap(snapshot, isOriginClean: isOriginClean)
  }

  /// "Set an ImageBitmapRenderingContext's output bitmap".
  private func setOutputBitmap(_ snapshot: ImageSnapshot?, isOriginClean: Bool = true) {
    guard let snapshot else {
      // 1.
      bitmapMode = .blank
      let size = canvas.map { PixelSize(width: $0.width, height: $0.height) }
      bitmap.reset(size: size, settings: SurfaceSettings(isOpaque: !alpha))
      return
    }
    // 2. The picture is drawn over a blank bitmap of its own size, opaque black where there is no alpha.
    bitmapMode = .valid
    let size = PixelSize(width: snapshot.width, height: snapshot.height)
    bitmap.reset(size: size, settings: SurfaceSettings(isOpaque: !alpha))
    let all = Rect(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
    bitmap.draw(
      DrawCommand(
        operation: .drawImage(snapshot, source: all, destination: all), compositing: Compositing(smoothing: .none)))
    bitmap.isOriginClean = isOriginClean
  }
}
