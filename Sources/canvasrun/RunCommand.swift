// canvasrun [run] SCRIPT... [-o FILE]

import ArgumentParser
import CanvasHost
import Glibc

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scripts and write their picture (the default command).",
    discussion: "Several scripts run in order in one global environment: a library first, then the drawing.")

  @Argument(help: "Scripts to run; - is standard input.", completion: .file(extensions: ["cvs", "js"]))
  var scripts: [String] = []

  @Option(
    name: [.short, .long],
    help: "Where the picture goes; the extension chooses the format, - is standard output, %04d numbers frames. Repeatable. (default: NAME.png)",
    completion: .file())
  var output: [String] = []

  @Flag(name: .customLong("no-output"), help: "Run the script, write no picture.")
  var noOutput = false

  @Flag(help: "Print how long each phase took, on standard error.")
  var time = false

  @OptionGroup(title: "Picture") var picture: PictureOptions
  @OptionGroup(title: "Script") var script: ScriptOptions
  @OptionGroup(title: "Animation") var animation: AnimationOptions
  @OptionGroup(title: "Messages") var messages: MessageOptions

  @Option(name: .customLong("list-inputs"), help: .hidden)
  var inputListDescriptor: Int32?

  func validate() throws {
    if noOutput, !output.isEmpty { throw ValidationError("--no-output and --output exclude each other.") }
    if scripts.isEmpty, isatty(STDIN_FILENO) == 1 {
      throw ValidationError("No script was given. Name one, or pipe one in: canvasrun - < script.cvs")
    }
    if scripts.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    for path in output where picture.format == nil && OutputFormat.isForeign(path: path) {
      throw ValidationError("'\(path)' has the extension of a format that is not written; see --format.")
    }
  }

  func run() throws {
    let sources = scripts.isEmpty ? [ScriptSource.standardInput] : scripts.map { $0 == "-" ? .standardInput : .file($0) }
    var options = RunOptions(scripts: sources)
    try picture.apply(to: &options)
    try script.apply(to: &options)
    try animation.apply(to: &options)
    messages.apply(to: &options)
    options.outputs = targets(sources)
    options.printsPhases = time
    options.inputListDescriptor = inputListDescriptor
    finish(Run.perform(options))
  }

  private func targets(_ sources: [ScriptSource]) -> [OutputTarget] {
    if noOutput { return [] }
    if !output.isEmpty { return output.map { OutputTarget(path: $0, format: picture.format) } }
    let format = picture.format ?? .png
    switch sources.last {
    case .file(let path)?:
      return [OutputTarget(path: "\(PathText.stem(of: path)).\(format.fileExtension)", format: format)]
    default:
      let path = isatty(STDOUT_FILENO) == 1 ? "canvas.\(format.fileExtension)" : OutputTarget.standardOutput
      return [OutputTarget(path: path, format: format)]
    }
  }
}
