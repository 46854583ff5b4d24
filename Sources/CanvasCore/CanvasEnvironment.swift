// What canvases ask of the program around them.

import Drawing
import Geometry

/// A picture file that an encoder made.
public struct EncodedImage: Sendable {
  /// The type that was really written; PNG when the wanted one is not supported.
  public var mimeType: String
  public var bytes: [UInt8]

  public init(mimeType: String, bytes: [UInt8]) {
    self.mimeType = mimeType
    self.bytes = bytes
  }
}

/// A bound of the run that a canvas ran into.
public enum CanvasLimit: Error, Equatable, Sendable {
  /// A bitmap of this size is larger than allowed, or there is no memory for it.
  case bitmapTooLarge(PixelSize)
}

/// Surfaces, fonts, encoders and limits shared by all canvases of a run. Set up before the first canvas is made.
public final class CanvasEnvironment {
  public let makeSurface: SurfaceFactory
  /// The most pixels a bitmap may have.
  public var maximumPixels = 268_435_456
  /// The longest side a bitmap may have.
  public var maximumDimension = 1 << 20
  /// Nil where text draws nothing and measures zero.
  public var textShaping: (any TextShaping)?
  /// Writes a picture in the format of a MIME type (lower case), or as PNG when it does not know the type; nil when it fails.
  /// Quality is 0...1, nil for the format's default.
  public var encodeImage: ((ImageSnapshot, _ mimeType: String, _ quality: Double?) -> EncodedImage?)?
  /// Takes a sentence for the author of the script about something that was ignored.
  public var warn: ((String) -> Void)?
  /// Told when a limit was reached; drawing on that bitmap then does nothing.
  public var limitReached: ((CanvasLimit) -> Void)?

  public init(makeSurface: @escaping SurfaceFactory) {
    self.makeSurface = makeSurface
  }

  /// Whether a bitmap may have this size.
  func allows(_ size: PixelSize) -> Bool {
    let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    return !overflow && pixels <= maximumPixels && max(size.width, size.height) <= maximumDimension
  }
}
