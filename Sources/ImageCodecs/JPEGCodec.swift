// JPEG through libjpeg-turbo.

import CImageShims
import Drawing
import Glibc

enum JPEGCodec {
  // MARK: Reading

  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    let metadata = JPEGMetadata(ByteReader(bytes))
    var outcome = Result<DecodedImage, CodecError>.failure(.outOfMemory)
    bytes.withUnsafeBufferPointer { buffer in
      outcome = Result { () throws(CodecError) in try decode(buffer, metadata: metadata, limits: limits) }
    }
    return try outcome.get()
  }

  private static func decode(
    _ buffer: UnsafeBufferPointer<UInt8>, metadata: JPEGMetadata, limits: DecodeLimits
  ) throws(CodecError) -> DecodedImage {
    guard let start = buffer.baseAddress else { throw .unknownFormat }
    var header = jpeg_shim_header(), result = image_shims_ok
    guard let reader = jpeg_shim_open(start, buffer.count, &header, &result) else { throw .outOfMemory }
    defer { jpeg_shim_close(reader) }
    guard result == image_shims_ok else { throw .malformed(.jpeg, detail: String(cString: jpeg_shim_message(reader))) }
    try limits.check(width: Int(header.width), height: Int(header.height), format: .jpeg)
    let space: ColorSpace = metadata.isDisplayP3 ? .displayP3 : .srgb
    guard let pixmap = Pixmap(width: Int(header.width), height: Int(header.height), colorSpace: space) else {
      throw .outOfMemory
    }
    var rows: UInt32 = 0
    let pixels = pixmap.rowAddress(0).assumingMemoryBound(to: UInt8.self)
    result = jpeg_shim_read(reader, pixels, pixmap.bytesPerRow, &rows)
    guard result == image_shims_ok || result == image_shims_partial else {
      throw .malformed(.jpeg, detail: String(cString: jpeg_shim_message(reader)))
    }
    if !metadata.isDisplayP3 { metadata.transform?.apply(to: pixmap) }
    return DecodedImage(
      pixmap: pixmap, isOpaque: Int(rows) == pixmap.height, format: .jpeg, orientation: metadata.orientation,
      isPartial: result == image_shims_partial)
  }

  // MARK: Writing

  /// `quality` 0...1. As in Chromium, chroma keeps its full resolution at the highest quality only.
  static func encode(_ pixmap: Pixmap, quality: Double) throws(CodecError) -> [UInt8] {
    guard pixmap.width <= 65500, pixmap.height <= 65500 else {
      throw .notEncodable(.jpeg, detail: "a JPEG has at most 65500 pixels a side")
    }
    let percent = Int32(quality * 100 + 0.5)
    let source = try eightBit(pixmap)
    let profile = pixmap.colorSpace == .displayP3 ? ICCProfile.displayP3 : []
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    // Premultiplied components are the picture composited on black.
    let result = profile.withUnsafeBufferPointer { profile in
      jpeg_shim_write(
        source.rowAddress(0).assumingMemoryBound(to: UInt8.self), source.bytesPerRow, UInt32(source.width),
        UInt32(source.height), percent, percent >= 100 ? 1 : 0, profile.baseAddress, profile.count, &output, &length)
    }
    guard result == image_shims_ok, let output else { throw .outOfMemory }
    defer { free(output) }
    return Array(UnsafeBufferPointer(start: output, count: length))
  }

  /// The pixmap itself, or an 8-bit premultiplied copy of a float one.
  private static func eightBit(_ pixmap: Pixmap) throws(CodecError) -> Pixmap {
    guard pixmap.format != .rgba8 else { return pixmap }
    guard let copy = Pixmap(width: pixmap.width, height: pixmap.height, colorSpace: pixmap.colorSpace) else { throw .outOfMemory }
    for y in 0..<pixmap.height {
      StraightAlpha.copyRow(y, of: pixmap, into: copy.rowAddress(y).assumingMemoryBound(to: UInt8.self))
    }
    _ = StraightAlpha.premultiply(copy)
    return copy
  }
}

/// What the application segments before the pixels say.
struct JPEGMetadata {
  private(set) var orientation = ImageOrientation.upright
  private(set) var isDisplayP3 = false
  /// Of a profile that is not Display P3's, where it lies in one segment, as matrix profiles do.
  private(set) var transform: ICCTransform?

  init(_ file: ByteReader) {
    var offset = 2
    while file.byte(offset) == 0xFF, let marker = file.byte(offset + 1) {
      if marker == 0xFF {  // fill bytes
        offset += 1
        continue
      }
      guard marker != 0xDA, marker != 0xD9, let length = file.u16(offset + 2, bigEndian: true), length >= 2 else { return }
      let segment = file.window(offset + 4, length - 2)
      if marker == 0xE1, segment.starts(with: "Exif\0\0") {
        orientation = ImageOrientation(tiff: segment.window(6)) ?? orientation
      } else if marker == 0xE2, segment.starts(with: "ICC_PROFILE\0") {
        isDisplayP3 = isDisplayP3 || segment.bytes.withUnsafeBufferPointer(ICCProfile.isDisplayP3)
        // The name is followed by the number of the segment and the count of segments.
        if segment.byte(13) == 1 { transform = ICCTransform(segment.window(14)) }
      }
      offset += 2 + length
    }
  }
}
