// The fonts that a run starts with.

import CSSValues
import CanvasCore
import Glibc
import Typography

public enum FontSources {
  static func library(_ options: RunOptions, warn: @escaping (String) -> Void) throws(HostError) -> FontLibrary {
    let library = FontLibrary(includesSystemFonts: options.usesSystemFonts, warn: warn)
    for font in options.fonts {
      guard !font.path.isEmpty else { throw .badOption(name: "--font", value: font.argument, reason: "it names no file") }
      if font.family?.isEmpty == true {
        throw .badOption(name: "--font", value: font.argument, reason: "a family's name is missing after the equals sign")
      }
      if FileSystem.isFolder(font.path) {
        throw .fontIsFolder(path: font.path)
      }
      do {
        try library.addFontFile(font.path, family: font.family)
      } catch {
        throw failure(error, option: "--font", value: font.path)
      }
    }
    for folder in options.fontFolders {
      if FileSystem.stamp(folder) != nil, !FileSystem.isFolder(folder) {
        throw .unreadable(path: folder, SystemError(ENOTDIR))
      }
      do {
        if try library.addFontDirectory(folder) == 0 { warn("\(folder) has no fonts that can be used") }
      } catch {
        throw failure(error, option: "--font-dir", value: folder)
      }
    }
    return library
  }

  private static func failure(_ error: FontError, option: String, value: String) -> HostError {
    switch error {
    case .unreadable(let path): .unreadable(path: path, FileSystem.readFailure(path))
    case .notAFont: .badOption(name: option, value: value, reason: "the file holds no font that can be used")
    }
  }

  /// `canvasrun fonts`: every family with its faces, files and scripts, as text. `warn` receives a sentence about each font that is
  /// left out.
  public static func list(_ options: RunOptions, warn: @escaping (String) -> Void) throws(HostError) -> String {
    let library = try library(options, warn: warn)
    var text = ""
    for family in library.describeFamilies() {
      text += family.name + "\n"
      for face in family.faces {
        let weight =
          face.weight.lowerBound == face.weight.upperBound
          ? DecimalText.short(face.weight.lowerBound)
          : "\(DecimalText.short(face.weight.lowerBound))-\(DecimalText.short(face.weight.upperBound))"
        let axes = face.axes.map { axis in
          " \(axis.tag) \(DecimalText.short(axis.range.lowerBound))-\(DecimalText.short(axis.range.upperBound))"
        }
        text += "  \(face.styleName.isEmpty ? face.style : face.styleName), weight \(weight): \(face.source)"
        text += axes.isEmpty ? "\n" : " (axes:\(axes.joined(separator: ",")))\n"
      }
      if !family.scripts.isEmpty { text += "  scripts: \(family.scripts.joined(separator: ", "))\n" }
    }
    if text.isEmpty { warn(noFonts) }
    return text
  }

  private static let noFonts = "no fonts were found; install some, or name a file with --font"

  /// `canvasrun fonts --match '600 italic 20px Georgia'`: what each family of a `font` value stands for, the one in use first marked.
  public static func explain(_ font: String, _ options: RunOptions, warn: @escaping (String) -> Void) throws(HostError) -> String {
    guard let parsed = FontShorthand.parse(font) else {
      throw .badOption(name: "--match", value: font, reason: "a font needs a size and a family, like \"16px sans-serif\"")
    }
    let library = try library(options, warn: warn)
    let style = TextStyle(parsed)
    var text = parsed.serialized + "\n"
    var isChosen = false
    for match in library.explainMatch(style) {
      guard let face = match.face, let family = match.family else {
        text += "  \(match.requested): no such family\n"
        continue
      }
      var notes: [String] = []
      if match.requested == "(last resort)" {
        notes.append("last resort")
      } else if family.lowercased() != match.requested.lowercased() {
        notes.append("stands in for \(match.requested)")
      }
      if match.isEmboldened { notes.append("bold is made up") }
      if match.isSlanted { notes.append("the slant is made up") }
      if !isChosen { notes.append("used first") }
      isChosen = true
      text += "  \(family) \(face.styleName.isEmpty ? face.style : face.styleName): \(face.source)"
      text += notes.isEmpty ? "\n" : " (\(notes.joined(separator: "; ")))\n"
    }
    if !isChosen { warn(noFonts) }
    return text
  }
}
