// Everything that the program says to the user about a run.

import Glibc
import ScriptRuntime
import ScriptSyntax

/// Why a script came to no good end.
enum RunFailure {
  /// Something around the script, or a limit of the run; with the place in the script where it is known.
  case host(HostError, at: ScriptPosition?)
  case uncaught(ThrownReport)
  case unhandledRejection(ThrownReport)
}

/// Writes diagnostics to standard error and answers with the exit status they mean.
public struct Reporter {
  private let console: ConsoleSink
  private let renderer: DiagnosticRenderer

  public init(console: ConsoleSink, usesColor: Bool) {
    self.console = console
    renderer = DiagnosticRenderer(usesColor: usesColor)
  }

  /// A mistake that has no place in a script.
  @discardableResult
  public func report(_ error: HostError) -> ExitStatus {
    console.message(Self.line(error))
    return error.status
  }

  func report(_ failure: RunFailure, scriptName: String) -> ExitStatus {
    switch failure {
    case .host(let error, let position):
      if let position {
        let range = SourceRange.word(at: position.offset, in: position.source)
        console.message(renderer.render(.error, error.message, at: range, in: position.source))
        return error.status
      }
      return report(error)
    case .uncaught(let thrown):
      console.message(thrown.render(renderer, fallbackName: scriptName))
      return thrown.isStackOverflow ? .limitReached : .scriptFailed
    case .unhandledRejection(let thrown):
      console.message(thrown.render(renderer, prefix: "unhandled rejection: ", fallbackName: scriptName))
      return .scriptFailed
    }
  }

  func report(_ diagnostic: Diagnostic, in source: SourceText) {
    console.message(renderer.render(diagnostic, in: source))
  }

  public func warn(_ message: String, at position: ScriptPosition?, scriptName: String) {
    if let position {
      let range = SourceRange.word(at: position.offset, in: position.source)
      console.message(renderer.render(.warning, message, at: range, in: position.source))
    } else {
      console.message("\(scriptName): warning: \(message)\n")
    }
  }

  private static func line(_ error: HostError) -> String { "canvasrun: error: \(error.message)\n" }

  /// Writes past all buffers, where another thread may be using them.
  static func writeRaw(_ error: HostError) {
    try? FileSystem.write(Array(line(error).utf8), to: STDERR_FILENO)
  }
}
