// Text as the shaper gets it: white space and invisible characters as browsers hand them on.

struct NormalizedText {
  /// As long as the text itself.
  let units: [UInt16]
  /// Whether all characters lie below U+0100. Browsers keep such texts in bytes, and take all of it for Latin.
  let isLatin1: Bool

  init(_ text: [UInt16]) {
    var highest: UInt16 = 0
    var needsChange = false
    for unit in text {
      highest = max(highest, unit)
      if NormalizedText.replacement(for: unit) != unit { needsChange = true }
    }
    isLatin1 = highest < 0x100
    units = needsChange ? text.map(NormalizedText.replacement) : text
  }

  /// White space becomes a space; what has no glyph and joins nothing U+200B.
  @inline(__always)
  private static func replacement(for unit: UInt16) -> UInt16 {
    switch unit {
    case 0x09...0x0D: 0x20
    case 0x0E..<0xAD: unit
    case 0xAD, 0x200E, 0x200F, 0x202A...0x202E, 0xFEFF, 0xFFFC: 0x200B
    default: unit
    }
  }
}
