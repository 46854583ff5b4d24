// canvasrun batch DIR|SCRIPT... -o DIR

import ArgumentParser
import CanvasHost
import Glibc

struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Render many scripts at once, with a gallery page.",
    discussion: """
      Every *.cvs and *.js of a folder is rendered. Beside the pictures, index.html shows them and report.json says how each went. \
      Pictures whose script and inputs have not changed since are left as they are.
      """)

  @Argument(help: "Folders and scripts.", completion: .file())
  var sources: [String]

  @Option(name: [.short, .long], help: "The folder for the pictures; made if need be.", completion: .directory)
  var output: String

  @Flag(help: "Render also what has not changed.")
  var force = false

  @OptionGroup(title: "Picture") var picture: PictureOptions
  @OptionGroup(title: "Script") var script: ScriptOptions
  @OptionGroup(title: "Messages") var messages: MessageOptions

  func run() throws {
    var options = BatchOptions(sources: sources, outputFolder: output)
    options.fileExtension = picture.format?.fileExtension ?? "png"
    options.runArguments = picture.arguments + script.arguments + ["--color", messages.color.usesColor ? "always" : "never"]
    options.processes = script.threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    options.isForced = force
    let console = ConsoleSink(logsToStandardError: true)
    var bar = ProgressBar(isVisible: isatty(STDERR_FILENO) == 1 && !messages.quiet)
    do throws(HostError) {
      let results = try Batch.perform(options) { progress in
        if !progress.latest.messages.isEmpty, progress.latest.isFailure || messages.verbose {
          bar.clear()
          console.message(progress.latest.messages)
        }
        bar.show(progress.finished, of: progress.total, PathText.name(of: progress.latest.item.script))
      }
      bar.clear()
      let failures = results.count(where: \.isFailure), skipped = results.count(where: \.wasSkipped)
      if !messages.quiet {
        console.message("\(results.count - failures - skipped) rendered, \(skipped) unchanged, \(failures) failed: \(output)/index.html\n")
      }
      finish(failures > 0 ? .scriptFailed : .success)
    } catch {
      bar.clear()
      finish(Reporter(console: console, usesColor: messages.color.usesColor).report(error))
    }
  }
}
