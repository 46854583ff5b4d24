// The formats that pictures can be asked for in.

import ImageCodecs

public enum OutputFormat: String, CaseIterable, Sendable {
  case png, jpeg, webp, svg, pdf, apng, gif, y4m

  public var displayName: String {
    switch self {
    case .webp: "WebP"
    case .y4m: "YUV4MPEG2"
    default: rawValue.uppercased()
    }
  }

  public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

  /// The encoder's name for it; nil for what cannot be written yet.
  public var encoderFormat: ImageFormat? {
    switch self {
    case .png: .png
    case .jpeg: .jpeg
    case .webp: .webp
    case .svg, .pdf, .apng, .gif, .y4m: nil
    }
  }

  /// By a name as `--format` takes it.
  public init?(name: String) {
    let name = name.lowercased()
    self.init(rawValue: name == "jpg" ? "jpeg" : name)
  }

  /// What the extension of a path asks for; PNG where there is none that we know.
  public init(path: String) {
    self = OutputFormat(name: PathText.fileExtension(of: path)) ?? .png
  }

  /// Extensions of picture formats that are not written: better an error than a PNG under a false name.
  public static func isForeign(path: String) -> Bool {
    ["bmp", "tif", "tiff", "ico", "avif", "heic", "jxl", "eps", "ps", "mp4", "webm", "mov", "mkv", "avi"]
      .contains(PathText.fileExtension(of: path))
  }
}

/// Where a picture goes, and as what.
public struct OutputTarget: Equatable, Sendable {
  /// The path that means standard output.
  public static let standardOutput = "-"

  public var path: String
  public var format: OutputFormat

  public init(path: String, format: OutputFormat? = nil) {
    self.path = path
    self.format = format ?? OutputFormat(path: path)
  }

  /// Whether the path numbers frames (`%04d`).
  public var isSequence: Bool { FrameNumberPattern(path) != nil }

  /// The path of a frame, counted from 1.
  public func path(frame: Int) -> String { FrameNumberPattern(path)?.path(frame: frame) ?? path }
}

/// A path with `%d`, `%4d` or `%04d` in it.
struct FrameNumberPattern {
  private let head: Substring
  private let tail: Substring
  private let width: Int
  private let fill: Character

  init?(_ path: String) {
    var index = path.startIndex
    while let percent = path[index...].firstIndex(of: "%") {
      let rest = path[path.index(after: percent)...]
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      if rest.dropFirst(digits.count).first == "d", let width = digits.isEmpty ? 0 : Int(digits), width <= 64 {
        head = path[..<percent]
        tail = rest.dropFirst(digits.count + 1)
        self.width = width
        fill = digits.first == "0" ? "0" : " "
        return
      }
      index = path.index(after: percent)
    }
    return nil
  }

  func path(frame: Int) -> String {
    let number = String(frame)
    return head + String(repeating: fill, count: max(0, width - number.count)) + number + tail
  }
}
