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

/// A `url()` in a `filter` list, and the context that it is used in.
public struct FilterReference: Equatable, Sendable {
  public var url: String
  /// In canvas units: the box that percentages and bounding boxes refer to.
  public var canvasSize: PixelSize
  /// What FillPaint and StrokePaint stand for.
  public var fillColor: Color
  public var strokeColor: Color
}

/// An SVG filter that was found.
public struct ResolvedFilter: Sendable {
  public var graph: FilterGraph
  /// False where it shows pictures that scripts must not read.
  public var isOriginClean: Bool

  public init(graph: FilterGraph, isOriginClean: Bool) {
    self.graph = graph
    self.isOriginClean = isOriginClean
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
  /// Finds the SVG filter behind a reference; nil where there is none. Asked at each drawing, as filters may change.
  public var resolveFilter: ((FilterReference) -> ResolvedFilter?)?
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
