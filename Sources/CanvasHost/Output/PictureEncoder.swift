// From the canvas's pixels to the bytes of a file.

import CSSValues
import Canvas2D
import Drawing
import ImageCodecs

/// Encodes pictures as the options say.
struct PictureEncoder {
  let quality: Double?
  let threads: Int
  /// Nil: transparent pixels stay as they are.
  let background: Color?

  init(_ options: RunOptions, threads: Int) throws(HostError) {
    quality = options.quality
    self.threads = threads
    guard let text = options.background else {
      background = nil
      return
    }
    guard let color = PictureBackground.color(text) else {
      throw .badOption(name: "--background", value: text, reason: "it is not a CSS colour")
    }
    background = color
  }

  /// The picture on the background.
  func composited(_ snapshot: ImageSnapshot) -> ImageSnapshot {
    guard let background, !snapshot.isOpaque else { return snapshot }
    return PictureBackground.composite(snapshot, on: background) ?? snapshot
  }

  func encode(_ snapshot: ImageSnapshot, for target: OutputTarget) throws(HostError) -> [UInt8] {
    guard let format = target.format.encoderFormat else { throw .unsupportedFormat(target.format) }
    do {
      return try ImageEncoder.encode(
        snapshot.pixmap, as: format, options: ImageEncodeOptions(quality: quality, threads: threads))
    } catch {
      throw .unencodable(path: target.path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: CodecError) -> String {
    switch error {
    case .unknownFormat: "the format is not known"
    case .malformed(_, let detail), .unsupported(_, let detail), .notEncodable(_, let detail): detail
    case .tooLarge(let width, let height, _): "\(width) x \(height) pixels are too many"
    case .outOfMemory: "there is not enough memory"
    }
  }
}

/// Pictures on a colour.
enum PictureBackground {
  static func color(_ text: String) -> Color? { ColorParser.parse(text)?.color(in: .srgb) }

  /// Nil where there is no memory for the result, or the pixels are not bytes.
  static func composite(_ snapshot: ImageSnapshot, on color: Color) -> ImageSnapshot? {
    guard snapshot.pixmap.format == .rgba8, let result = snapshot.pixmap.copy() else { return nil }
    let alpha = min(max(color.alpha, 0), 1)
    let background = [color.red, color.green, color.blue, 1].map { UInt32((min(max($0, 0), 1) * alpha * 255).rounded()) }
    for y in 0..<result.height {
      result.withRow(y) { row in
        for x in 0..<row.count { row[x] = over(row[x], background[0], background[1], background[2], background[3]) }
      }
    }
    return ImageSnapshot(pixmap: result, isOpaque: background[3] == 255)
  }

  /// Source over for one premultiplied pixel.
  private static func over(_ pixel: UInt32, _ red: UInt32, _ green: UInt32, _ blue: UInt32, _ alpha: UInt32) -> UInt32 {
    let rest = 255 - (pixel >> 24)
    func channel(_ shift: UInt32, _ value: UInt32) -> UInt32 {
      min(255, ((pixel >> shift) & 255) + (value * rest + 127) / 255) << shift
    }
    return channel(0, red) | channel(8, green) | channel(16, blue) | channel(24, alpha)
  }
}
