// Bytes to pixels, whatever the format.

import Drawing

/// Choices of a caller of `ImageDecoder`.
public struct ImageDecodeOptions: Equatable, Sendable {
  public var limits: DecodeLimits
  /// Whether the picture is turned upright as its EXIF orientation asks (`imageOrientation: "from-image"`).
  public var appliesOrientation: Bool
  /// Whether Display P3 pictures are converted to sRGB; otherwise their pixmap is marked `.displayP3`.
  public var convertsToSRGB: Bool

  public init(limits: DecodeLimits = DecodeLimits(), appliesOrientation: Bool = true, convertsToSRGB: Bool = true) {
    self.limits = limits
    self.appliesOrientation = appliesOrientation
    self.convertsToSRGB = convertsToSRGB
  }
}

/// A decoded picture; of an animation the first frame.
public struct DecodedImage: Sendable {
  /// Premultiplied, 8 bits a component.
  public var pixmap: Pixmap
  public var isOpaque: Bool
  public var format: ImageFormat
  /// What the file asks for, applied or not.
  public var orientation: ImageOrientation
  /// Whether the data ended or broke off after some rows; like browsers we show what there is. The rest is transparent
  /// (or, in a JPEG, grey).
  public var isPartial: Bool
}

/// Decodes pictures held in memory. A pure function of the bytes.
public enum ImageDecoder {
  /// The size, in pixels, that a picture claims in a sound header, whether or not its pixels can be decoded: browsers take such a
  /// picture as loaded, but draw nothing of it. Known for PNG; nil for other formats.
  public static func declaredSize(of bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard let format = ImageFormat(sniffing: bytes), format == .png || format == .apng else { return nil }
    return PNGDecoder.declaredSize(ByteReader(bytes))
  }

  public static func decode(_ bytes: [UInt8], options: ImageDecodeOptions = ImageDecodeOptions()) throws(CodecError) -> DecodedImage {
    guard let format = ImageFormat(sniffing: bytes) else { throw .unknownFormat }
    var image: DecodedImage
    switch format {
    case .png, .apng: image = try PNGDecoder.decode(bytes, limits: options.limits)
    case .jpeg: image = try JPEGCodec.decode(bytes, limits: options.limits)
    case .webp: image = try WebPCodec.decode(bytes, limits: options.limits)
    case .gif: image = try GIFDecoder.decode(bytes, limits: options.limits)
    case .bmp: image = try BMPDecoder.decode(bytes, limits: options.limits)
    case .ico: image = try ICODecoder.decode(bytes, limits: options.limits)
    }
    if options.convertsToSRGB, image.pixmap.colorSpace != .srgb {
      image.pixmap = try StraightAlpha.converted(image.pixmap, to: .srgb)
    }
    if options.appliesOrientation, image.orientation != .upright {
      image.pixmap = try image.orientation.applied(to: image.pixmap)
    }
    return image
  }
}
