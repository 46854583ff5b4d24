// https://html.spec.whatwg.org/multipage/canvas.html#image-sources-for-2d-rendering-contexts

import Drawing
import Geometry

/// An `img` element as far as canvases ask: its current request. Whoever loads files changes it.
public final class HTMLImage {
  /// "Image request state".
  public enum State: Sendable {
    case unavailable, partiallyAvailable, completelyAvailable, broken
  }

  public private(set) var state = State.unavailable
  public private(set) var snapshot: ImageSnapshot?
  /// In image pixels; 0 until the image is there.
  public private(set) var naturalWidth = 0
  public private(set) var naturalHeight = 0
  /// Whether the image data is CORS-same-origin.
  public private(set) var isOriginClean = true

  public init() {}

  /// The image is decoded.
  public func complete(_ snapshot: ImageSnapshot, isOriginClean: Bool = true) {
    state = .completelyAvailable
    self.snapshot = snapshot
    naturalWidth = snapshot.width
    naturalHeight = snapshot.height
    self.isOriginClean = isOriginClean
  }

  /// The file is there and its header gives this size, but no pixel could be decoded: the image is not "fully decodable". It is
  /// loaded, yet draws nothing.
  public func completeUndecodable(width: Int, height: Int, isOriginClean: Bool = true) {
    reset()
    state = .completelyAvailable
    naturalWidth = width
    naturalHeight = height
    self.isOriginClean = isOriginClean
  }

  /// The image could not be fetched or decoded.
  public func fail() {
    reset()
    state = .broken
  }

  /// A new source was set: nothing is there yet.
  public func reset() {
    state = .unavailable
    snapshot = nil
    naturalWidth = 0
    naturalHeight = 0
    isOriginClean = true
  }
}

/// What can be drawn on a canvas.
public enum CanvasImageSource {
  case image(HTMLImage)
  /// An element or an OffscreenCanvas.
  case canvas(Canvas)
  case imageBitmap(ImageBitmap)

  /// "Check the usability of the image argument": whether it is good; false for bad.
  func checkUsability() throws(CanvasError) -> Bool {
    switch self {
    case .image(let image):
      guard image.state != .broken else { throw .invalidState("The image is broken: it could not be loaded or decoded.") }
      return image.state == .completelyAvailable && image.snapshot != nil && image.naturalWidth > 0 && image.naturalHeight > 0
    case .canvas(let canvas):
      guard canvas.contextMode != .detached else { throw .invalidState("The OffscreenCanvas is detached.") }
      guard canvas.width > 0, canvas.height > 0 else { throw .invalidState("The canvas has a width or height of 0.") }
      return true
    case .imageBitmap(let bitmap):
      guard !bitmap.isDetached else { throw .invalidState("The ImageBitmap is closed or was transferred.") }
      return true
    }
  }

  /// The pixels as they are now.
  func snapshot() -> ImageSnapshot? {
    switch self {
    case .image(let image): image.snapshot
    case .canvas(let canvas): canvas.imageSnapshot()
    case .imageBitmap(let bitmap): bitmap.snapshot
    }
  }

  /// The pixels as they are now, and the size that they stand for: a canvas may have more than one for each of its units.
  func detailedSnapshot() -> (image: ImageSnapshot, size: PixelSize)? {
    if case .canvas(let canvas) = self { return canvas.bitmap.detailedSnapshot().map { ($0, canvas.bitmap.size) } }
    return snapshot().map { ($0, $0.pixmap.size) }
  }

  var isOriginClean: Bool {
    switch self {
    case .image(let image): image.isOriginClean
    case .canvas(let canvas): canvas.isOriginClean
    case .imageBitmap(let bitmap): bitmap.isOriginClean
    }
  }
}
