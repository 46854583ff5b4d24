// What to do about characters that no font has.

import CHarfBuzz

enum MissingCharacters {
  /// Nil for characters that need no glyph, and those that no font is expected to have.
  static func remedy(for scalar: UInt32, includesSystemFonts: Bool) -> String? {
    guard scalar >= 0x20, let character = Unicode.Scalar(scalar) else { return nil }
    let properties = character.properties
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: return nil
    default: break
    }
    if properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint { return nil }
    guard includesSystemFonts else { return "add one that has with --font FILE, or leave out --no-system-fonts" }
    return "install a font that has, such as Debian's \(package(for: character, script: script(of: scalar))), or add one with --font FILE"
  }

  static func description(of scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return Unicode.Scalar(scalar).map { "'\(Character($0))' (U+\(padded))" } ?? "U+\(padded)"
  }

  private static func script(of scalar: UInt32) -> hb_script_t { hb_unicode_script(hb_unicode_funcs_get_default(), scalar) }

  private static func package(for character: Unicode.Scalar, script: hb_script_t) -> String {
    if character.properties.isEmojiPresentation { return "fonts-noto-color-emoji" }
    switch script {
    case HB_SCRIPT_HAN, HB_SCRIPT_HIRAGANA, HB_SCRIPT_KATAKANA, HB_SCRIPT_HANGUL, HB_SCRIPT_BOPOMOFO: return "fonts-noto-cjk"
    case HB_SCRIPT_LATIN, HB_SCRIPT_GREEK, HB_SCRIPT_CYRILLIC: return "fonts-dejavu"
    default: return "fonts-noto-core"
    }
  }
}
