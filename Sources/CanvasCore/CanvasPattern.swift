// https://html.spec.whatwg.org/multipage/canvas.html#canvaspattern

import Drawing
import Geometry

/// An image repeated over the plane. Later changes of the image do not show.
public final class CanvasPattern {
  private(set) var pattern: Pattern
  public let isOriginClean: Bool
  /// Image pixels → pattern space.
  private let pixelTransform: AffineTransform

  /// `size` is what the image's pixels stand for.
  init(image: ImageSnapshot, size: PixelSize, repeatsX: Bool, repeatsY: Bool, isOriginClean: Bool) {
    pixelTransform = .scale(Double(size.width) / Double(image.width), Double(size.height) / Double(image.height))
    pattern = Pattern(image: image, repeatsX: repeatsX, repeatsY: repeatsY, transform: pixelTransform)
    self.isOriginClean = isOriginClean
  }

  /// Pattern space → user space, from a DOMMatrix2DInit that was fixed up; ignored when it is not finite.
  public func setTransform(_ matrix: AffineTransform) {
    guard matrix.isFinite else { return }
    pattern.transform = matrix.concatenating(pixelTransform)
  }
}
