// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#imagebitmap

import Drawing

/// A picture that can be drawn without delay and handed over without a copy.
public final class ImageBitmap {
  /// The bitmap data; nil once detached.
  public private(set) var snapshot: ImageSnapshot?
  public let isOriginClean: Bool

  public init(snapshot: ImageSnapshot, isOriginClean: Bool = true) {
    self.snapshot = snapshot
    self.isOriginClean = isOriginClean
  }

  public var isDetached: Bool { snapshot == nil }
  /// 0 once detached.
  public var width: Int { snapshot?.width ?? 0 }
  public var height: Int { snapshot?.height ?? 0 }

  public func close() { snapshot = nil }

  /// Takes the bitmap data away: the transfer steps.
  public func detach() throws(CanvasError) -> ImageSnapshot {
    guard let taken = snapshot else { throw .invalidState("The ImageBitmap is closed or was transferred.") }
    snapshot = nil
    return taken
  }
}
