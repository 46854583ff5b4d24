// What can go wrong between bytes and pixels.

/// Why a picture could not be read or written.
public enum CodecError: Error, Equatable, Sendable {
  /// The first bytes belong to no known format.
  case unknownFormat
  /// The data break the rules of `format`; `detail` says how, in a few words.
  case malformed(ImageFormat, detail: String)
  /// The data are sound as far as can be seen, but use what is not supported.
  case unsupported(ImageFormat, detail: String)
  case tooLarge(width: Int, height: Int, maxPixels: Int)
  case outOfMemory
  /// The format cannot hold such a picture, for example one wider than it can count.
  case notEncodable(ImageFormat, detail: String)
}

/// How much a decoder may take on.
public struct DecodeLimits: Equatable, Sendable {
  public var maxPixels: Int

  /// By default 2^28 pixels: 1 GiB.
  public init(maxPixels: Int = 268_435_456) {
    self.maxPixels = maxPixels
  }

  /// Throws when a picture of this size may not be made; also on empty ones.
  func check(width: Int, height: Int, format: ImageFormat) throws(CodecError) {
    guard width > 0, height > 0 else { throw .malformed(format, detail: "it has no pixels") }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= maxPixels else { throw .tooLarge(width: width, height: height, maxPixels: maxPixels) }
  }
}
