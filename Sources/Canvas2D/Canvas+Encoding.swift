// A canvas in one line, and its picture as a file.

import CanvasCore
import Drawing
import ImageCodecs
import Raster
import Typography

extension Canvas {
  /// A canvas of its own with the system's fonts. Width and height are in pixels.
  public convenience init(width: Int = Canvas.defaultWidth, height: Int = Canvas.defaultHeight) {
    let environment = CanvasEnvironment.raster()
    environment.textShaping = FontLibrary()
    self.init(width: width, height: height, environment: environment)
  }

  /// The picture as the bytes of a file.
  ///
  /// - Parameter quality: 0...1 for lossy formats; nil is the format's default.
  public func encode(as format: ImageFormat = .png, quality: Double? = nil) throws(CodecError) -> [UInt8] {
    guard let snapshot = imageSnapshot() else { throw .notEncodable(format, detail: "the canvas has no pixels") }
    return try ImageEncoder.encode(snapshot.pixmap, as: format, options: ImageEncodeOptions(quality: quality))
  }
}
