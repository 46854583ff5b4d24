// canvasrun fonts

import ArgumentParser
import CanvasHost

struct FontsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fonts", abstract: "List the font families that scripts can name, with their faces, files, axes and scripts.")

  @Option(help: ArgumentHelp("Add a font. Repeatable.", valueName: "file[=family]"), completion: .file())
  var font: [String] = []

  @Option(name: .customLong("font-dir"), help: "Add the fonts of a folder. Repeatable.", completion: .directory)
  var fontFolders: [String] = []

  @Flag(name: .customLong("no-system-fonts"), help: "Leave out the fonts of the system.")
  var noSystemFonts = false

  @Option(help: ArgumentHelp("Say what a script would get that sets this font.", valueName: "css font"))
  var match: String?

  func run() throws {
    var options = RunOptions(scripts: [])
    options.fonts = font.map { FontFile(argument: $0) }
    options.fontFolders = fontFolders
    options.usesSystemFonts = !noSystemFonts
    let console = ConsoleSink(logsToStandardError: false)
    let reporter = Reporter(console: console, usesColor: false)
    let warn: (String) -> Void = { reporter.warn($0, at: nil, scriptName: "canvasrun") }
    do throws(HostError) {
      let text: String
      if let match {
        text = try FontSources.explain(match, options, warn: warn)
      } else {
        text = try FontSources.list(options, warn: warn)
      }
      if !text.isEmpty { console.log(text.trimmedLineEnd) }
      console.flush()
    } catch {
      finish(reporter.report(error))
    }
  }
}

extension String {
  fileprivate var trimmedLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
