// What can go wrong around a script, and the sentences for it.

import Drawing
import Geometry
import Glibc

/// A failure of the system, by its number.
public struct SystemError: Error, Equatable, Sendable {
  public let code: Int32

  public init(_ code: Int32) { self.code = code }

  /// The failure of the call that was just made.
  static var latest: SystemError { SystemError(errno) }

  public var message: String { String(cString: strerror(code)) }
}

/// Why a run ended without its picture, apart from mistakes in the script.
public enum HostError: Error, Equatable, Sendable {
  case unreadable(path: String, SystemError)
  case unwritable(path: String, SystemError)
  /// A folder was given where one font is wanted.
  case fontIsFolder(path: String)
  /// The value of an option cannot be used; the reason is a few words.
  case badOption(name: String, value: String, reason: String)
  /// The value of `--data`, with the parser's sentence.
  case badData(source: String, reason: String)
  case unsupportedFormat(OutputFormat)
  /// The canvas has no pixels: its width or height is 0.
  case emptyCanvas
  case unencodable(path: String, reason: String)
  case noScript
  case timedOut(milliseconds: Double)
  /// The limit, and what took the most, as a noun: "strings".
  case memoryExceeded(bytes: Int, mostly: String)
  case bitmapTooLarge(PixelSize, maximumPixels: Int)
  case interrupted
  case noThread(SystemError)
}

extension HostError {
  /// One sentence, without a full stop.
  public var message: String {
    switch self {
    case .unreadable(let path, let error): "cannot read \(path): \(error.message)"
    case .fontIsFolder(let path): "cannot read \(path): it is a folder; --font-dir adds the fonts of one"
    case .unwritable(let path, let error): "cannot write \(path): \(error.message)"
    case .badOption(let name, let value, let reason): "'\(value)' is no value for \(name): \(reason)"
    case .badData(let source, let reason): "\(source) is not JSON: \(reason)"
    case .unsupportedFormat(let format): "writing \(format.displayName) is not supported yet; use png, jpeg or webp"
    case .emptyCanvas: "the canvas has no pixels: its width or height is 0"
    case .unencodable(let path, let reason): "cannot encode \(path): \(reason)"
    case .noScript: "no script was given"
    case .timedOut(let milliseconds):
      "the script ran out of time: more than \(TimeSpan(milliseconds: milliseconds)) (see --timeout)"
    case .memoryExceeded(let bytes, let mostly):
      "the script used more than \(ByteCount(bytes)) of memory, most of it for \(mostly) (see --max-memory)"
    case .bitmapTooLarge(let size, let maximum):
      "a canvas of \(size.width) x \(size.height) pixels is too large: at most \(maximum) pixels are allowed (see --max-pixels)"
    case .interrupted: "interrupted"
    case .noThread(let error): "cannot start a thread: \(error.message)"
    }
  }

  public var status: ExitStatus {
    switch self {
    case .unreadable, .fontIsFolder: .missingInput
    case .unwritable: .outputFailed
    case .badOption, .unsupportedFormat, .noScript: .usage
    case .badData: .malformedInput
    case .emptyCanvas, .unencodable: .outputFailed
    case .timedOut: .timedOut
    case .memoryExceeded, .bitmapTooLarge, .noThread: .limitReached
    case .interrupted: .interrupted
    }
  }
}
