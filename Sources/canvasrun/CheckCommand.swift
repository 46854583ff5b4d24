// canvasrun check SCRIPT...

import ArgumentParser
import CanvasHost

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: "Parse scripts and print their mistakes.")

  @Argument(help: "Scripts to parse; - is standard input.", completion: .file(extensions: ["cvs", "js"]))
  var scripts: [String]

  @Option(help: "Colours in messages: auto, always or never.")
  var color = ColorChoice.auto

  func run() throws {
    finish(ScriptReader.check(scripts.map { $0 == "-" ? .standardInput : .file($0) }, usesColor: color.usesColor))
  }
}
