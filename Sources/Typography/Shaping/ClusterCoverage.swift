// Whether a face may set a cluster that it has glyphs for.

enum ClusterCoverage {
  /// Whether all characters lie in the parts of Unicode that the face is for.
  static func isAllowed(_ text: [UInt16], _ range: Range<Int>, _ record: FontRecord) -> Bool {
    guard record.unicodeRanges != nil else { return true }
    var index = range.lowerBound
    while index < range.upperBound {
      let scalar = WordBoundaries.next(in: text, at: &index, limit: range.upperBound)
      if record.allows(scalar) { continue }
      // Joiners, variation selectors and the like need no glyph, and spaces are all made from one.
      guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
      let isSpace = properties.generalCategory == .spaceSeparator && record.allows(0x20)
      guard isSpace || properties.isDefaultIgnorableCodePoint else { return false }
    }
    return true
  }

  /// Whether a character has a variation selector that the face does not know, or an emoji not the looks that were asked for.
  static func lacksVariation(_ text: [UInt16], _ range: Range<Int>, _ face: FontFace) -> Bool {
    var index = range.lowerBound
    var base = WordBoundaries.next(in: text, at: &index, limit: range.upperBound)
    while index < range.upperBound {
      let selector = WordBoundaries.next(in: text, at: &index, limit: range.upperBound)
      defer { base = selector }
      guard isSelector(selector), let properties = Unicode.Scalar(base)?.properties else { continue }
      let isForEmoji = selector == 0xFE0E || selector == 0xFE0F
      guard isForEmoji ? properties.isEmoji : properties.isIdeographic else { continue }
      if face.hasVariation(base, selector: selector) { continue }
      if !isForEmoji || face.hasColor != (selector == 0xFE0F) { return true }
    }
    return false
  }

  private static func isSelector(_ scalar: UInt32) -> Bool {
    (0xFE00...0xFE0F).contains(scalar) || (0xE0100...0xE01EF).contains(scalar)
  }
}
