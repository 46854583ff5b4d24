// Which pictures a batch makes of which scripts.

import Glibc

/// What a batch is to do.
public struct BatchOptions: Sendable {
  /// Scripts, and folders whose scripts are taken.
  public var sources: [String]
  public var outputFolder: String
  /// Without the dot.
  public var fileExtension = "png"
  /// Options that each run is given.
  public var runArguments: [String] = []
  /// How many runs there are at once, at least 1.
  public var processes = 1
  /// Whether pictures are made again although nothing has changed.
  public var isForced = false
  public var usesColor = false

  public init(sources: [String], outputFolder: String) {
    self.sources = sources
    self.outputFolder = outputFolder
  }
}

/// One script and its picture.
public struct BatchItem: Equatable, Sendable {
  public let script: String
  /// The name of the picture in the output folder, unlike any other's.
  public let outputName: String

  /// The scripts of a batch in order, each once.
  static func plan(_ options: BatchOptions) throws(HostError) -> [BatchItem] {
    var scripts: [String] = []
    for source in options.sources {
      if FileSystem.isFolder(source) {
        do {
          let names = try FileSystem.names(in: source).filter { ["cvs", "js"].contains(PathText.fileExtension(of: $0)) }
          scripts += names.map { PathText.join(source, $0) }
        } catch {
          throw .unreadable(path: source, error)
        }
      } else {
        guard access(source, R_OK) == 0 else { throw .unreadable(path: source, .latest) }
        scripts.append(source)
      }
    }
    var taken: Set<String> = []
    return scripts.map { script in
      let stem = PathText.stem(of: script)
      var name = stem
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      return BatchItem(script: script, outputName: "\(name).\(options.fileExtension)")
    }
  }
}

/// How one item went.
public struct BatchResult: Sendable {
  public let item: BatchItem
  /// Nil: the picture was up to date.
  public var status: Int32?
  /// Of real time; of the run that made the picture where it was up to date.
  public var milliseconds = 0.0
  /// Of the picture's file.
  public var bytes = 0
  /// What the run wrote on its standard output and standard error.
  public var messages = ""
  /// Real paths of the files that the script read.
  public var inputs: [String] = []

  public var isFailure: Bool { (status ?? 0) != 0 }
  public var wasSkipped: Bool { status == nil }
}
