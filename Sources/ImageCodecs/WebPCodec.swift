// WebP through libwebp. Of an animated file the first frame.

import CWebP
import Drawing
import Glibc

enum WebPCodec {
  // MARK: Reading

  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    var outcome = Result<DecodedImage, CodecError>.failure(.outOfMemory)
    bytes.withUnsafeBufferPointer { buffer in
      outcome = Result { () throws(CodecError) in try decode(buffer, limits: limits) }
    }
    return try outcome.get()
  }

  private static func decode(_ buffer: UnsafeBufferPointer<UInt8>, limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(buffer.baseAddress, buffer.count, &features)
    guard status == VP8_STATUS_OK else { throw .malformed(.webp, detail: "the header is damaged or incomplete") }
    try limits.check(width: Int(features.width), height: Int(features.height), format: .webp)
    guard let pixmap = Pixmap(width: Int(features.width), height: Int(features.height)) else { throw .outOfMemory }
    let isPartial =
      features.has_animation != 0
      ? try decodeFirstFrame(buffer, into: pixmap)
      : try decodeFrame(buffer, into: pixmap, x: 0, y: 0, width: pixmap.width, height: pixmap.height)
    let isOpaque = StraightAlpha.premultiply(pixmap)
    return DecodedImage(pixmap: pixmap, isOpaque: isOpaque, format: .webp, orientation: .upright, isPartial: isPartial)
  }

  private static func decodeFirstFrame(_ buffer: UnsafeBufferPointer<UInt8>, into pixmap: Pixmap) throws(CodecError) -> Bool {
    var data = WebPData(bytes: buffer.baseAddress, size: buffer.count)
    // A file that breaks off in a later frame is fine: only the first is wanted.
    guard let demuxer = WebPDemuxInternal(&data, 1, nil, WEBP_DEMUX_ABI_VERSION) else {
      throw .malformed(.webp, detail: "the animation is damaged")
    }
    defer { WebPDemuxDelete(demuxer) }
    var frame = WebPIterator()
    guard WebPDemuxGetFrame(demuxer, 1, &frame) != 0 else { throw .malformed(.webp, detail: "the animation has no frame") }
    defer { WebPDemuxReleaseIterator(&frame) }
    return try decodeFrame(
      UnsafeBufferPointer(start: frame.fragment.bytes, count: frame.fragment.size), into: pixmap, x: Int(frame.x_offset),
      y: Int(frame.y_offset), width: Int(frame.width), height: Int(frame.height))
  }

  /// Decodes a still picture to a place in `pixmap`. Returns whether the data broke off.
  private static func decodeFrame(
    _ buffer: UnsafeBufferPointer<UInt8>, into pixmap: Pixmap, x: Int, y: Int, width: Int, height: Int
  ) throws(CodecError) -> Bool {
    var config = WebPDecoderConfig()
    guard WebPInitDecoderConfigInternal(&config, WEBP_DECODER_ABI_VERSION) != 0 else { throw .outOfMemory }
    guard WebPGetFeatures(buffer.baseAddress, buffer.count, &config.input) == VP8_STATUS_OK,
      Int(config.input.width) == width, Int(config.input.height) == height,
      x >= 0, y >= 0, x + width <= pixmap.width, y + height <= pixmap.height
    else { throw .malformed(.webp, detail: "a frame is damaged") }
    config.output.colorspace = MODE_RGBA
    config.output.is_external_memory = 1
    config.output.u.RGBA.rgba = pixmap.rowAddress(y).assumingMemoryBound(to: UInt8.self) + x * 4
    config.output.u.RGBA.stride = Int32(pixmap.bytesPerRow)
    config.output.u.RGBA.size = (height - 1) * pixmap.bytesPerRow + width * 4
    guard let decoder = WebPIDecode(nil, 0, &config) else { throw .outOfMemory }
    defer { WebPIDelete(decoder) }
    let status = WebPIUpdate(decoder, buffer.baseAddress, buffer.count)
    if status == VP8_STATUS_OK { return false }
    var lastRow: Int32 = 0
    let hasRows = WebPIDecGetRGB(decoder, &lastRow, nil, nil, nil) != nil && lastRow > 0
    guard hasRows else { throw .malformed(.webp, detail: "the data are damaged or incomplete") }
    return true
  }

  // MARK: Writing

  /// `quality` 0...1; 1 is lossless, as in Chromium.
  static func encode(_ pixmap: Pixmap, quality: Double) throws(CodecError) -> [UInt8] {
    guard pixmap.width <= 16383, pixmap.height <= 16383 else {
      throw .notEncodable(.webp, detail: "a WebP has at most 16383 pixels a side")
    }
    var config = WebPConfig(), picture = WebPPicture()
    let isLossless = quality >= 1
    guard WebPConfigInitInternal(&config, WEBP_PRESET_DEFAULT, Float(isLossless ? 75 : quality * 100), WEBP_ENCODER_ABI_VERSION) != 0,
      WebPPictureInitInternal(&picture, WEBP_ENCODER_ABI_VERSION) != 0
    else { throw .outOfMemory }
    config.lossless = isLossless ? 1 : 0
    config.method = 3
    picture.use_argb = isLossless ? 1 : 0
    picture.width = Int32(pixmap.width)
    picture.height = Int32(pixmap.height)
    defer { WebPPictureFree(&picture) }
    try importPixels(of: pixmap, into: &picture)

    var writer = WebPMemoryWriter()
    WebPMemoryWriterInit(&writer)
    defer { WebPMemoryWriterClear(&writer) }
    let isEncoded = withUnsafeMutablePointer(to: &writer) { writer in
      picture.writer = WebPMemoryWrite
      picture.custom_ptr = UnsafeMutableRawPointer(writer)
      return WebPEncode(&config, &picture) != 0
    }
    guard isEncoded, let memory = writer.mem else { throw .outOfMemory }
    return Array(UnsafeBufferPointer(start: memory, count: writer.size))
  }

  private static func importPixels(of pixmap: Pixmap, into picture: inout WebPPicture) throws(CodecError) {
    let stride = pixmap.width * 4
    guard let pixels = malloc(stride * pixmap.height)?.assumingMemoryBound(to: UInt8.self) else { throw .outOfMemory }
    defer { free(pixels) }
    for y in 0..<pixmap.height { StraightAlpha.copyRow(y, of: pixmap, into: pixels + y * stride) }
    guard WebPPictureImportRGBA(&picture, pixels, Int32(stride)) != 0 else { throw .outOfMemory }
  }
}
