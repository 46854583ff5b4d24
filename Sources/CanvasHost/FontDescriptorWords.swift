// FontFace descriptors, from the words of CSS: https://drafts.csswg.org/css-font-loading/#dictdef-fontfacedescriptors.

import CSSValues
import CanvasBindings
import Typography

extension FontDescriptors {
  /// From the words of CSS; what is not understood is read from the file instead.
  init(_ words: FontFaceDescriptors) {
    self.init()
    if let range = Self.numbers(words.weight) {
      weight = range
    } else if words.weight != "auto", let font = FontShorthand.parse("\(words.weight) 10px x") {
      weight = font.weight...font.weight
    }
    if words.stretch != "normal", let font = FontShorthand.parse("\(words.stretch) 10px x") {
      stretch = font.stretch.percentage...font.stretch.percentage
    }
    if let font = FontShorthand.parse("\(words.style) 10px x") {
      slant =
        switch font.style {
        case .normal: .normal
        case .italic: .italic
        case .oblique(let degrees): .oblique(degrees: degrees)
        }
    }
    unicodeRanges = Self.unicodeRanges(words.unicodeRange)
    adjustments.features = Self.settings(words.featureSettings).compactMap { tag, value in
      let number: Double? = value == "" || value == "on" ? 1 : value == "off" ? 0 : DecimalText.parse(value)
      guard let number, (0...65_535).contains(number) else { return nil }
      return FontFeature(tag: tag, value: UInt32(number))
    }
    adjustments.variations = Self.settings(words.variationSettings).compactMap { tag, value in
      DecimalText.parse(value).map { FontVariation(tag: tag, value: $0) }
    }
    adjustments.ascent = Self.fraction(words.ascentOverride)
    adjustments.descent = Self.fraction(words.descentOverride)
    adjustments.lineGap = Self.fraction(words.lineGapOverride)
    adjustments.size = Self.fraction(words.sizeAdjust) ?? 1
  }

  /// `90%`
  private static func fraction(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let number = DecimalText.parse(String(text.dropLast())), number >= 0, number <= 100_000 else { return nil }
    return number / 100
  }

  /// `"tag" value, "tag" value`
  private static func settings(_ text: String) -> [(tag: FontTag, value: String)] {
    text.split(separator: ",").compactMap { part in
      let words = part.split(separator: " ")
      guard let quoted = words.first, words.count <= 2, quoted.utf8.count == 6, let quote = quoted.first, quote == quoted.last,
        quote == "\"" || quote == "'", let tag = FontTag(String(quoted.dropFirst().dropLast()))
      else { return nil }
      return (tag, words.count == 2 ? String(words[1]) : "")
    }
  }

  /// `100 900`
  private static func numbers(_ text: String) -> ClosedRange<Double>? {
    let parts = text.split(separator: " ").map { DecimalText.parse($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1] else { return nil }
    return min(low, high)...max(low, high)
  }

  /// https://drafts.csswg.org/css-syntax-3/#urange; nil for all characters.
  private static func unicodeRanges(_ text: String) -> [ClosedRange<UInt32>]? {
    var ranges: [ClosedRange<UInt32>] = []
    for part in text.split(separator: ",") {
      let trimmed = part.filter { $0 != " " }.lowercased()
      guard trimmed.hasPrefix("u+") else { return nil }
      let ends = trimmed.dropFirst(2).split(separator: "-")
      guard let first = ends.first, ends.count <= 2, first.count <= 6 else { return nil }
      let low = UInt32(first.map { $0 == "?" ? "0" : String($0) }.joined(), radix: 16)
      let high = UInt32((ends.count == 2 ? ends[1] : first).map { $0 == "?" ? "f" : String($0) }.joined(), radix: 16)
      guard let low, let high, low <= high else { return nil }
      ranges.append(low...high)
    }
    return ranges.isEmpty || ranges == [0...0x10FFFF] ? nil : ranges
  }
}
