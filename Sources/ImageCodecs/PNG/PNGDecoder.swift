// PNG through libpng. Of an animated file the default image.

import CImageShims
import Drawing

enum PNGDecoder {
  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    let declared = declaredColorSpace(ByteReader(bytes))
    var outcome = Result<DecodedImage, CodecError>.failure(.outOfMemory)
    bytes.withUnsafeBufferPointer { buffer in
      outcome = Result { () throws(CodecError) in try decode(buffer, declared: declared, limits: limits) }
    }
    return try outcome.get()
  }

  private static func decode(
    _ buffer: UnsafeBufferPointer<UInt8>, declared: ColorSpace?, limits: DecodeLimits
  ) throws(CodecError) -> DecodedImage {
    guard let start = buffer.baseAddress else { throw .unknownFormat }
    var header = png_shim_header(), result = image_shims_ok
    guard let reader = png_shim_open(start, buffer.count, &header, &result) else { throw .outOfMemory }
    defer { png_shim_close(reader) }
    guard result == image_shims_ok else { throw .malformed(.png, detail: String(cString: png_shim_message(reader))) }
    try limits.check(width: Int(header.width), height: Int(header.height), format: .png)

    var space = declared ?? .srgb
    var transform: ICCTransform?
    if declared == nil, let start = header.icc_profile {
      let profile = UnsafeBufferPointer(start: start, count: header.icc_profile_length)
      if ICCProfile.isDisplayP3(profile) { space = .displayP3 } else { transform = ICCTransform(profile) }
    }
    guard let pixmap = Pixmap(width: Int(header.width), height: Int(header.height), colorSpace: space) else {
      throw .outOfMemory
    }
    var rows: UInt32 = 0
    let pixels = pixmap.rowAddress(0).assumingMemoryBound(to: UInt8.self)
    result = png_shim_read(reader, pixels, pixmap.bytesPerRow, &rows)
    guard result == image_shims_ok || result == image_shims_partial else {
      throw .malformed(.png, detail: String(cString: png_shim_message(reader)))
    }
    transform?.apply(to: pixmap)
    let isOpaque = StraightAlpha.premultiply(pixmap)
    return DecodedImage(
      pixmap: pixmap, isOpaque: isOpaque, format: .png, orientation: .upright, isPartial: result == image_shims_partial)
  }

  /// The size that a header gives, in pixels, of a file that goes on to its pixels, sound or not; else nil.
  static func declaredSize(_ reader: ByteReader) -> (width: Int, height: Int)? {
    guard reader.starts(with: "IHDR", at: 12), let width = reader.u32(16, bigEndian: true),
      let height = reader.u32(20, bigEndian: true), width > 0, height > 0, max(width, height) <= Int(Int32.max)
    else { return nil }
    var offset = 8
    while let length = reader.u32(offset, bigEndian: true) {
      if reader.starts(with: "IDAT", at: offset + 4) { return (width, height) }
      offset += 12 + length
    }
    return nil
  }

  /// The colour space that a cICP chunk names, which goes before any profile; nil without one.
  private static func declaredColorSpace(_ reader: ByteReader) -> ColorSpace? {
    var offset = 8
    while let length = reader.u32(offset, bigEndian: true), !reader.starts(with: "IDAT", at: offset + 4) {
      if reader.starts(with: "cICP", at: offset + 4), length == 4 {
        // ITU-T H.273: primaries 12 are Display P3's, transfer 13 is sRGB's.
        return reader.byte(offset + 8) == 12 && reader.byte(offset + 9) == 13 ? .displayP3 : .srgb
      }
      offset += 12 + length
    }
    return nil
  }
}
