// Immutable pictures: what drawImage and patterns read from.

import Geometry

/// A picture that no longer changes. Identity (`===`) may be used as a cache key.
public final class ImageSnapshot: Sendable {
  /// Nobody writes to it any more.
  public let pixmap: Pixmap
  /// Whether every pixel is known to have full alpha.
  public let isOpaque: Bool
  /// The same pixels as floats, where the picture has them; `pixmap` then has what bytes can hold.
  public let floatPixmap: Pixmap?

  public init(pixmap: Pixmap, isOpaque: Bool = false, floatPixmap: Pixmap? = nil) {
    self.pixmap = pixmap
    self.isOpaque = isOpaque
    self.floatPixmap = floatPixmap
  }

  public var width: Int { pixmap.width }
  public var height: Int { pixmap.height }
}
