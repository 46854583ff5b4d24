// FontFace descriptors, from the words of CSS: https://drafts.csswg.org/css-font-loading/#dictdef-fontfacedescriptors.

import CSSValues
import CanvasBindings
import Typography

extension FontDescriptors {
  /// From the words of CSS; `auto` is read from the file.
  init(_ words: FontFaceDescriptors) {
    self.init()
    weight = FontDescriptor.weights(words[.weight])
    stretch = FontDescriptor.stretches(words[.stretch])
    switch FontDescriptor.style(words[.style]) {
    case nil: break
    case .normal?: slant = .normal
    case .italic?: slant = .italic
    case .oblique(let degrees)?: slant = .oblique(degrees: degrees)
    }
    let ranges = FontDescriptor.unicodeRanges(words[.unicodeRange])
    unicodeRanges = ranges == [0...0x10FFFF] ? nil : ranges
    adjustments.features = FontDescriptor.settings(words[.featureSettings]).compactMap { tag, value in
      guard let tag = FontTag(tag), (0...65_535).contains(value) else { return nil }
      return FontFeature(tag: tag, value: UInt32(value))
    }
    adjustments.variations = FontDescriptor.settings(words[.variationSettings]).compactMap { tag, value in
      FontTag(tag).map { FontVariation(tag: $0, value: value) }
    }
    adjustments.ascent = Self.fraction(words[.ascentOverride])
    adjustments.descent = Self.fraction(words[.descentOverride])
    adjustments.lineGap = Self.fraction(words[.lineGapOverride])
    adjustments.size = Self.fraction(words[.sizeAdjust]) ?? 1
  }

  /// Bounded, so that nothing overflows that is multiplied by it.
  private static func fraction(_ text: String) -> Double? { FontDescriptor.fraction(text).map { min($0, 1000) } }
}
