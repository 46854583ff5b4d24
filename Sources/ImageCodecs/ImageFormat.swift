// The picture formats that are known by name.

/// A raster picture format.
public enum ImageFormat: String, CaseIterable, Sendable {
  case png, jpeg, webp, gif, apng, bmp, ico

  public var mimeType: String {
    switch self {
    case .png: "image/png"
    case .jpeg: "image/jpeg"
    case .webp: "image/webp"
    case .gif: "image/gif"
    case .apng: "image/apng"
    case .bmp: "image/bmp"
    case .ico: "image/x-icon"
    }
  }

  /// The format of a lower-case MIME type, or nil.
  public init?(mimeType: String) {
    switch mimeType {
    case "image/jpg": self = .jpeg
    case "image/vnd.microsoft.icon": self = .ico
    default:
      guard let format = ImageFormat.allCases.first(where: { $0.mimeType == mimeType }) else { return nil }
      self = format
    }
  }

  /// The format of a file name's extension (without the dot), or nil.
  public init?(fileExtension: String) {
    switch fileExtension.lowercased() {
    case "png": self = .png
    case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
    case "webp": self = .webp
    case "gif": self = .gif
    case "apng": self = .apng
    case "bmp": self = .bmp
    case "ico", "cur": self = .ico
    default: return nil
    }
  }

  /// The format that the first bytes of a file speak of (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern), or nil.
  public init?(sniffing bytes: [UInt8]) {
    func starts(_ pattern: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + pattern.count && bytes[offset..<(offset + pattern.count)].elementsEqual(pattern)
    }
    if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if starts([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if starts(Array("RIFF".utf8)), starts(Array("WEBPVP".utf8), at: 8) {
      self = .webp
    } else if starts(Array("GIF87a".utf8)) || starts(Array("GIF89a".utf8)) {
      self = .gif
    } else if starts([0x42, 0x4D]) {
      self = .bmp
    } else if starts([0, 0, 1, 0]) || starts([0, 0, 2, 0]) {
      self = .ico
    } else {
      return nil
    }
  }
}
