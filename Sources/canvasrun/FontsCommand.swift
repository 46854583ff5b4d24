// canvasrun fonts

import ArgumentParser
import CanvasHost

struct FontsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fonts", abstract: "List the font families that scripts can name, and their files.")

  @Option(help: ArgumentHelp("Add a font. Repeatable.", valueName: "file[=family]"), completion: .file())
  var font: [String] = []

  @Option(name: .customLong("font-dir"), help: "Add the fonts of a folder. Repeatable.", completion: .directory)
  var fontFolders: [String] = []

  @Flag(name: .customLong("no-system-fonts"), help: "Leave out the fonts of the system.")
  var noSystemFonts = false

  func run() throws {
    var options = RunOptions(scripts: [])
    options.fonts = font.map { FontFile(argument: $0) }
    options.fontFolders = fontFolders
    options.usesSystemFonts = !noSystemFonts
    let console = ConsoleSink(logsToStandardError: false)
    do throws(HostError) {
      console.log(try FontSources.list(options).trimmedLineEnd)
      console.flush()
    } catch {
      finish(Reporter(console: console, usesColor: false).report(error))
    }
  }
}

extension String {
  fileprivate var trimmedLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
