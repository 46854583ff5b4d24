// The program: its commands, and what becomes of their results.

import ArgumentParser
import CanvasHost
import Glibc

@main
struct CanvasRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canvasrun",
    abstract: "Draws pictures with JavaScript written for the HTML canvas, without a browser.",
    discussion: """
      canvasrun script.cvs -o out.png   renders one picture
      canvasrun batch examples -o out   renders a folder, with a gallery page

      The manual page, canvasrun(1), explains everything.
      """,
    version: Version.text,
    subcommands: [RunCommand.self, BatchCommand.self, CheckCommand.self, FontsCommand.self],
    defaultSubcommand: RunCommand.self)

  /// Hands the arguments to the run command at once where no other can be meant: looking from the root, the parser would put
  /// together every option three times. Whatever is not plainly a run (mistakes, help, the version) goes the whole way and is told
  /// from there.
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "run" { arguments.removeFirst() }
    let isRun = arguments.first.map { !commandNames.contains($0) } ?? true
    guard isRun, let run = try? RunCommand.parse(arguments) else { return main(nil) }
    do {
      try run.run()
    } catch {
      exit(withError: error)
    }
  }

  private static let commandNames = ["run", "batch", "check", "fonts", "help"]
}

extension ParsableCommand {
  /// Ends the process with a status. Everything has been written by then, and nobody needs the memory back.
  func finish(_ status: ExitStatus) -> Never { _exit(status.rawValue) }
}
