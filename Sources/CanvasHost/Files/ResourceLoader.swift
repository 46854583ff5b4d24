// Which files a script may read, and reading them.

import CanvasBindings
import Glibc

/// Finds the file behind a URL: relative ones from the script's folder, `/…` from the root. Only files below the root and the
/// folders that were allowed besides are given out, wherever links lead.
public final class ResourceLoader {
  private let scriptFolder: String
  // Real paths.
  private let root: String
  private let readableFolders: [String]
  private let byteLimit: Int
  /// The real paths of the files that were read, in order, each once.
  public private(set) var filesRead: [String] = []

  /// - Parameters:
  ///   - root: the folder that may be read; it must exist.
  ///   - readableFolders: may be read too, as other origins.
  public init(scriptFolder: String, root: String, readableFolders: [String] = [], byteLimit: Int = Int(Int32.max))
    throws(HostError)
  {
    self.scriptFolder = try Self.realFolder(scriptFolder)
    self.root = try Self.realFolder(root)
    var folders: [String] = []
    for folder in readableFolders { folders.append(try Self.realFolder(folder)) }
    self.readableFolders = folders
    self.byteLimit = byteLimit
  }

  private static func realFolder(_ path: String) throws(HostError) -> String {
    let path = path.isEmpty ? "." : path
    guard let real = FileSystem.realPath(path) else { throw .unreadable(path: path, .latest) }
    guard FileSystem.isFolder(real) else { throw .unreadable(path: path, SystemError(ENOTDIR)) }
    return real
  }

  /// The address of the folder that relative URLs resolve against.
  public var baseURL: String { "file://" + URLText.encodePath(scriptFolder == "/" ? "" : scriptFolder) + "/" }

  public func load(_ url: String) throws(ResourceFailure) -> LoadedResource {
    let path = try path(of: url)
    guard let real = FileSystem.realPath(path) else {
      throw ResourceFailure("cannot read \(url): \(SystemError.latest.message)")
    }
    let isSameOrigin = PathText.isBelow(real, root)
    guard isSameOrigin || readableFolders.contains(where: { PathText.isBelow(real, $0) }) else {
      throw ResourceFailure("\(url) is outside the folder that the script may read (see --root and --allow-read)")
    }
    do {
      let bytes = try FileSystem.read(real, limit: byteLimit)
      if !filesRead.contains(real) { filesRead.append(real) }
      return LoadedResource(
        bytes: bytes, mimeType: MIMETypes.type(ofExtension: PathText.fileExtension(of: real)), isSameOrigin: isSameOrigin,
        url: "file://" + URLText.encodePath(real))
    } catch {
      throw ResourceFailure("cannot read \(url): \(error.message)")
    }
  }

  /// The path that a URL names; links have not been followed yet.
  private func path(of url: String) throws(ResourceFailure) -> String {
    let bare = url.prefix { $0 != "?" && $0 != "#" }
    guard let scheme = URLText.scheme(of: bare) else {
      let decoded = try decode(bare, url)
      return PathText.join(decoded.hasPrefix("/") ? root : scriptFolder, String(decoded.drop { $0 == "/" }))
    }
    guard scheme == "file" else {
      throw ResourceFailure("\(url) cannot be loaded: scripts read files only, not \(scheme): addresses")
    }
    var rest = bare.dropFirst(5)
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      if rest.hasPrefix("localhost/") { rest = rest.dropFirst(9) }
      guard rest.hasPrefix("/") else { throw ResourceFailure("\(url) is on another machine") }
    }
    let decoded = try decode(rest, url)
    // An absolute path given by `new URL("/a.png", location)` means the root, as `/a.png` alone does.
    if FileSystem.realPath(decoded) == nil { return PathText.join(root, String(decoded.drop { $0 == "/" })) }
    return decoded
  }

  private func decode(_ text: some StringProtocol, _ url: String) throws(ResourceFailure) -> String {
    let decoded = URLText.decodePercent(text)
    guard !decoded.utf8.contains(0) else { throw ResourceFailure("\(url) contains a NUL") }
    return decoded
  }
}

/// The parts of URLs that files need.
enum URLText {
  /// In lower case; nil for relative URLs.
  static func scheme(of text: some StringProtocol) -> String? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = text[..<colon].utf8
    guard let first = name.first, (first | 0x20) &- 97 < 26 else { return nil }
    let isScheme = name.allSatisfy { byte in
      (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
    return isScheme ? text[..<colon].lowercased() : nil
  }

  static func decodePercent(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    if byte &- 48 < 10 { return byte &- 48 }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? letter &+ 10 : nil
  }

  /// Escapes what a URL's path cannot hold.
  static func encodePath(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      let isPlain =
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "/-._~!$&'()*+,;=:@".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}

/// The types of files that scripts load.
enum MIMETypes {
  static func type(ofExtension name: String) -> String {
    switch name {
    case "png", "apng": "image/png"
    case "jpg", "jpeg", "jfif": "image/jpeg"
    case "webp": "image/webp"
    case "gif": "image/gif"
    case "bmp": "image/bmp"
    case "ico": "image/x-icon"
    case "svg": "image/svg+xml"
    case "json": "application/json"
    case "txt", "csv": "text/plain"
    case "html", "htm": "text/html"
    case "js", "cvs": "text/javascript"
    case "ttf": "font/ttf"
    case "otf": "font/otf"
    case "woff": "font/woff"
    case "woff2": "font/woff2"
    default: ""
    }
  }
}
