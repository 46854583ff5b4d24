// The fonts that a run starts with.

import Glibc
import Typography

public enum FontSources {
  static func library(_ options: RunOptions, warn: @escaping (String) -> Void) throws(HostError) -> FontLibrary {
    let library = FontLibrary(includesSystemFonts: options.usesSystemFonts, warn: warn)
    for font in options.fonts {
      do {
        try library.addFontFile(font.path, family: font.family)
      } catch {
        throw failure(error, option: "--font", value: font.path)
      }
    }
    for folder in options.fontFolders {
      do {
        try library.addFontDirectory(folder)
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

  /// `canvasrun fonts`: every family with its faces and files, as text.
  public static func list(_ options: RunOptions) throws(HostError) -> String {
    let library = try library(options, warn: { _ in })
    var text = ""
    for family in library.describeFamilies() {
      text += family.name + "\n"
      for face in family.faces {
        let weight =
          face.weight.lowerBound == face.weight.upperBound
          ? DecimalText.short(face.weight.lowerBound)
          : "\(DecimalText.short(face.weight.lowerBound))-\(DecimalText.short(face.weight.upperBound))"
        text += "  \(face.styleName.isEmpty ? face.style : face.styleName), weight \(weight): \(face.source)\n"
      }
    }
    return text
  }
}
