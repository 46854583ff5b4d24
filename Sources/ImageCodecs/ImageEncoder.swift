// Pixels to bytes, whatever the format.

import Drawing

/// Choices of a caller of `ImageEncoder`.
public struct ImageEncodeOptions: Equatable, Sendable {
  /// 0...1 for lossy formats; nil is the format's own default (JPEG 0.92, WebP 0.8), also used outside the range, as the
  /// canvas specification has it.
  public var quality: Double?
  public var pngEffort: PNGEffort
  /// How many threads may work on one picture; the bytes do not depend on it.
  public var threads: Int

  public init(quality: Double? = nil, pngEffort: PNGEffort = .standard, threads: Int = 1) {
    self.quality = quality
    self.pngEffort = pngEffort
    self.threads = threads
  }

  func quality(default fallback: Double) -> Double {
    guard let quality, quality >= 0, quality <= 1 else { return fallback }
    return quality
  }
}

/// Encodes pictures into memory.
public enum ImageEncoder {
  /// The formats that can be written.
  public static let formats: [ImageFormat] = [.png, .jpeg, .webp]

  /// Formats without alpha get the picture on black, as the canvas specification has it.
  public static func encode(
    _ pixmap: Pixmap, as format: ImageFormat, options: ImageEncodeOptions = ImageEncodeOptions()
  ) throws(CodecError) -> [UInt8] {
    switch format {
    case .png, .apng: try PNGEncoder.encode(pixmap, effort: options.pngEffort, threads: options.threads)
    case .jpeg: try JPEGCodec.encode(pixmap, quality: options.quality(default: 0.92))
    case .webp: try WebPCodec.encode(pixmap, quality: options.quality(default: 0.8))
    case .gif, .bmp, .ico: throw .notEncodable(format, detail: "this format is only read")
    }
  }
}
