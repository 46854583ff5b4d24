// Options that several commands take.

import ArgumentParser
import CanvasHost
import Glibc

struct PictureOptions: ParsableArguments {
  @Option(help: "png, jpeg or webp; overrides the extension.")
  var format: OutputFormat?

  @Option(help: ArgumentHelp("Quality of lossy formats, 0 to 1.", valueName: "q"))
  var quality: Double?

  @Option(help: "Width of the default canvas.")
  var width: Int?

  @Option(help: "Height of the default canvas.")
  var height: Int?

  @Option(help: "Device pixels for each canvas unit: the same script, a sharper picture.")
  var scale: Double = 1

  @Option(help: "Put the picture on a colour.")
  var background: String?

  func validate() throws {
    if let quality, !(0...1).contains(quality) { throw ValidationError("--quality must lie between 0 and 1.") }
    for (name, value) in [("--width", width), ("--height", height)] {
      if let value, value < 0 || value > Int(Int32.max) { throw ValidationError("\(name) must lie between 0 and \(Int32.max).") }
    }
    if !(scale > 0 && scale <= 64) { throw ValidationError("--scale must be above 0 and at most 64.") }
  }

  func apply(to options: inout RunOptions) throws {
    options.quality = quality
    if let width { options.width = width }
    if let height { options.height = height }
    options.scale = scale
    options.background = background
  }

  /// The options again, as a child process takes them.
  var arguments: [String] {
    var list: [String] = []
    if let format { list += ["--format", format.rawValue] }
    if let quality { list += ["--quality", "\(quality)"] }
    if let width { list += ["--width", "\(width)"] }
    if let height { list += ["--height", "\(height)"] }
    if scale != 1 { list += ["--scale", "\(scale)"] }
    if let background { list += ["--background", background] }
    return list
  }
}

struct ScriptOptions: ParsableArguments {
  @Option(help: "The folder that scripts may read from. (default: the script's folder)", completion: .directory)
  var root: String?

  @Option(name: .customLong("allow-read"), help: "Another folder to read from, as another origin. Repeatable.", completion: .directory)
  var allowRead: [String] = []

  @Option(help: ArgumentHelp("Value of the global data: JSON, or @FILE.", valueName: "json|@file"))
  var data: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("Set one member of data. Repeatable.", valueName: "name=value"))
  var members: [String] = []

  @Option(help: ArgumentHelp("Add a font. Repeatable.", valueName: "file[=family]"), completion: .file())
  var font: [String] = []

  @Option(name: .customLong("font-dir"), help: "Add the fonts of a folder. Repeatable.", completion: .directory)
  var fontFolders: [String] = []

  @Flag(name: .customLong("no-system-fonts"), help: "Use no fonts of the system.")
  var noSystemFonts = false

  @Flag(
    name: .customLong("test-hooks"),
    help: ArgumentHelp("Give scripts canvasrunTesting, with which tests lose contexts on purpose.", visibility: .hidden))
  var testHooks = false

  @Option(help: "Seed of Math.random.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("What Date starts from: a date, or real. (default: 1970-01-01T00:00:00Z)", valueName: "iso8601"))
  var now: String?

  @Option(help: "Longest run: 500ms, 10s, 0 for no limit.")
  var timeout = TimeSpan(milliseconds: 60_000)

  @Option(name: .customLong("max-memory"), help: "Most memory of a script: 512M, 2GiB, 0 for no limit.")
  var maximumMemory = ByteCount(2 << 30)

  @Option(name: .customLong("max-pixels"), help: "Most pixels of a bitmap.")
  var maximumPixels = 268_435_456

  @Option(name: [.customShort("j"), .long], help: "Processors to use. (default: all)")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must lie between 1 and 1024.") }
    if maximumPixels < 1 { throw ValidationError("--max-pixels must be at least 1.") }
    for member in members where !member.dropFirst().contains("=") {
      throw ValidationError("--set takes NAME=VALUE, not '\(member)'.")
    }
  }

  func apply(to options: inout RunOptions) throws {
    options.root = root
    options.readableFolders = allowRead
    options.data = data.map { DataSource($0) }
    options.dataMembers = members.map { member in
      let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
    options.fonts = font.map { FontFile(argument: $0) }
    options.fontFolders = fontFolders
    options.usesSystemFonts = !noSystemFonts
    options.seed = seed
    options.startTime =
      switch now {
      case nil: .epoch
      case "real"?: .real
      case let text?: .text(text)
      }
    options.limits.timeout = timeout.milliseconds
    options.limits.memory = maximumMemory.bytes
    options.limits.pixels = maximumPixels
    options.threads = threads ?? 0
    options.exposesTestHooks = testHooks
  }

  /// The options again but for `-j`, as a child process takes them.
  var arguments: [String] {
    var list: [String] = []
    if let root { list += ["--root", root] }
    for folder in allowRead { list += ["--allow-read", folder] }
    if let data { list += ["--data", data] }
    for member in members { list += ["--set", member] }
    for file in font { list += ["--font", file] }
    for folder in fontFolders { list += ["--font-dir", folder] }
    if noSystemFonts { list.append("--no-system-fonts") }
    if seed != 1 { list += ["--seed", "\(seed)"] }
    if let now { list += ["--now", now] }
    if testHooks { list.append("--test-hooks") }
    list += ["--timeout", "\(timeout.milliseconds)ms", "--max-memory", "\(maximumMemory.bytes)", "--max-pixels", "\(maximumPixels)"]
    return list
  }
}

struct AnimationOptions: ParsableArguments {
  @Option(help: "Animation frames to record.")
  var frames: Int?

  @Option(help: "Frames a second. (default: 60)")
  var fps: Double?

  @Option(help: "How long to record: 2s, 500ms.")
  var duration: TimeSpan?

  func validate() throws {
    if let frames, !(1...10_000_000).contains(frames) { throw ValidationError("--frames must be at least 1.") }
    if let fps, !(fps > 0 && fps <= 1000) { throw ValidationError("--fps must be above 0 and at most 1000.") }
    if frames != nil, duration != nil { throw ValidationError("--frames and --duration exclude each other.") }
  }

  func apply(to options: inout RunOptions) throws {
    guard frames != nil || duration != nil || fps != nil else { return }
    let rate = fps ?? 60
    if let duration {
      options.recording = Recording(frameCount: max(1, Int(min(duration.milliseconds / 1000 * rate, 1e7).rounded())), rate: rate)
    } else {
      options.recording = Recording(frameCount: frames ?? 1, rate: rate)
    }
  }
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// Whether messages on standard error are coloured.
  var usesColor: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      isatty(STDERR_FILENO) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
        && getenv("TERM").map { String(cString: $0) } != "dumb"
    }
  }
}

struct MessageOptions: ParsableArguments {
  @Option(help: "Colours in messages: auto, always or never.")
  var color = ColorChoice.auto

  @Flag(name: [.short, .long], help: "Print errors only.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Print more.")
  var verbose = false

  func apply(to options: inout RunOptions) {
    options.usesColor = color.usesColor
    options.verbosity = quiet ? .quiet : verbose ? .verbose : .normal
  }
}

extension OutputFormat: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension TimeSpan: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public var defaultValueDescription: String { description.filter { $0 != " " } }
}

extension ByteCount: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public var defaultValueDescription: String { description }
}
