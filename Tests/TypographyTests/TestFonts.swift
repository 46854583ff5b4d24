// The fonts that the tests rely on: DejaVu and Liberation, as every Linux distribution packages them.

import Foundation
import Testing

@testable import Typography

enum TestFonts {
  static let dejaVuFolder = "/usr/share/fonts/truetype/dejavu"
  static let sans = dejaVuFolder + "/DejaVuSans.ttf"
  static let areInstalled =
    FileManager.default.fileExists(atPath: sans)
    && FileManager.default.fileExists(atPath: "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")

  /// Whether fontconfig offers these fonts alone (`make test` sees to it): others would take part in fallback and generic families.
  static let areAlone =
    areInstalled
    && (ProcessInfo.processInfo.environment["FONTCONFIG_FILE"] != nil
      || (try? FileManager.default.contentsOfDirectory(atPath: "/usr/share/fonts/truetype"))?.allSatisfy {
        $0 == "dejavu" || $0 == "liberation"
      } == true)

  static func style(_ family: String, _ size: Double = 40, _ change: (inout TextStyle) -> Void = { _ in }) -> TextStyle {
    var style = TextStyle(families: [.named(family)], size: size)
    change(&style)
    return style
  }
}
