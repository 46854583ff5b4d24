// Everything that a run can be told.

import CanvasCore

/// Where a script comes from.
public enum ScriptSource: Equatable, Sendable {
  case file(String)
  case standardInput

  /// How messages call it.
  public var displayName: String {
    switch self {
    case .file(let path): path
    case .standardInput: "<stdin>"
    }
  }
}

/// Where the value of the global `data` comes from.
public enum DataSource: Equatable, Sendable {
  case text(String)
  case file(String)

  /// Reads the command line's `JSON|@FILE`.
  public init(_ argument: String) {
    self = argument.hasPrefix("@") ? .file(String(argument.dropFirst())) : .text(argument)
  }
}

/// What the run's clock says at the start.
public enum StartTime: Equatable, Sendable {
  /// 1970-01-01T00:00:00Z.
  case epoch
  case real
  /// Text as `Date.parse` reads it.
  case text(String)
}

/// A font file that scripts may name.
public struct FontFile: Equatable, Sendable {
  public var path: String
  /// Nil: as the file says.
  public var family: String?

  public init(path: String, family: String? = nil) {
    self.path = path
    self.family = family
  }

  /// Reads the command line's `FILE[=FAMILY]`; what stands behind the last equals sign is the family, unless a file has all of the name.
  public init(argument: String) {
    guard let equals = argument.lastIndex(of: "="), FileSystem.stamp(argument) == nil else {
      self.init(path: argument)
      return
    }
    self.init(path: String(argument[..<equals]), family: String(argument[argument.index(after: equals)...]))
  }

  /// As it stands on the command line.
  var argument: String { family.map { "\(path)=\($0)" } ?? path }
}

/// How many animation frames are recorded.
public struct Recording: Equatable, Sendable {
  /// At least 1.
  public var frameCount: Int
  /// Frames a second, above 0.
  public var rate: Double

  public init(frameCount: Int, rate: Double) {
    self.frameCount = max(1, frameCount)
    self.rate = rate
  }
}

public enum Verbosity: Int, Comparable, Sendable {
  case quiet, normal, verbose

  public static func < (left: Verbosity, right: Verbosity) -> Bool { left.rawValue < right.rawValue }
}

/// How far a script may go.
public struct RunLimits: Equatable, Sendable {
  /// Milliseconds of real time; 0 is no limit.
  public var timeout = 60_000.0
  /// Bytes; 0 is no limit.
  public var memory = 2 << 30
  /// Pixels of one bitmap.
  public var pixels = 268_435_456

  public init() {}
}

public struct RunOptions: Sendable {
  /// They run in order in one global environment.
  public var scripts: [ScriptSource]
  public var outputs: [OutputTarget] = []
  /// 0...1 for lossy formats.
  public var quality: Double?
  /// Size of the default canvas in canvas units.
  public var width = Canvas.defaultWidth
  public var height = Canvas.defaultHeight
  /// Device pixels for each canvas unit, above 0.
  public var scale = 1.0
  /// A CSS colour that the picture is composited on.
  public var background: String?
  /// Nil: the script's folder.
  public var root: String?
  public var readableFolders: [String] = []
  public var data: DataSource?
  /// Members of `data`: name and value.
  public var dataMembers: [(name: String, value: String)] = []
  public var fonts: [FontFile] = []
  public var fontFolders: [String] = []
  public var usesSystemFonts = true
  public var recording: Recording?
  public var seed: UInt64 = 1
  public var startTime = StartTime.epoch
  public var limits = RunLimits()
  /// 0: as many as there are processors.
  public var threads = 0
  public var printsPhases = false
  public var usesColor = false
  public var verbosity = Verbosity.normal
  /// Whether scripts find `canvasrunTesting`.
  public var exposesTestHooks = false
  /// Receives the real paths of all files that were read, one a line; nil: nobody wants them.
  public var inputListDescriptor: Int32?

  public init(scripts: [ScriptSource]) { self.scripts = scripts }

  /// Whether the picture goes to standard output, which `console.log` then must not use.
  var writesToStandardOutput: Bool { outputs.contains { $0.path == OutputTarget.standardOutput } }
}
