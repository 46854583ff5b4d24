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

  static func style(_ family: String, _ size: Double = 40, _ change: (inout TextStyle) -> Void = { _ in }) -> TextStyle {
    var style = TextStyle(families: [.named(family)], size: size)
    change(&style)
    return style
  }
}
