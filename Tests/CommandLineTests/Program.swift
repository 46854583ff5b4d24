// The program under test, started as users start it.

import Foundation
import Testing

/// What a finished run left behind.
struct Outcome {
  let status: Int32
  let output: Data
  let errorText: String

  var outputText: String { String(decoding: output, as: UTF8.self) }
  var outputLines: [String] { outputText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast() }
}

enum Program {
  /// The program named by the environment (`make test` names the release build), else the one built beside the tests.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["CANVASRUN"], !named.isEmpty { return named }
    return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("canvasrun").path
  }()

  /// Runs the program and waits for it.
  static func run(
    _ arguments: [String], input: String? = nil, in folder: URL? = nil, interruptedAfter delay: Double? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    // Files rather than pipes: nothing can fill up while nobody reads.
    let scratch = try Folder()
    defer { scratch.remove() }
    let outputURL = scratch.url.appendingPathComponent("out"), errorURL = scratch.url.appendingPathComponent("err")
    for url in [outputURL, errorURL] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    if let input {
      try scratch.write("in", input)
      process.standardInput = try FileHandle(forReadingFrom: scratch.url.appendingPathComponent("in"))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    if let delay {
      Thread.sleep(forTimeInterval: delay)
      process.interrupt()
    }
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: try Data(contentsOf: outputURL), errorText: String(decoding: try Data(contentsOf: errorURL), as: UTF8.self))
  }
}

/// A folder for one test.
struct Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("canvasrun-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, with its folders, and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file.path
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? [] }
}

/// Runs `body` with a folder that is gone afterwards.
func withFolder(_ body: (Folder) throws -> Void) throws {
  let folder = try Folder()
  defer { folder.remove() }
  try body(folder)
}

/// The top of the repository.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
