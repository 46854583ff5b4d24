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
}

extension ParsableCommand {
  /// Ends the process with a status. Everything has been written by then, and nobody needs the memory back.
  func finish(_ status: ExitStatus) -> Never { _exit(status.rawValue) }
}
