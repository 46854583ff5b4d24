// The descriptors of an @font-face rule, after https://drafts.csswg.org/css-fonts-4/#font-resources.

/// A descriptor that a FontFace takes; raw values are the names that scripts use.
public enum FontDescriptor: String, CaseIterable, Sendable {
  case style, weight, stretch, unicodeRange, variant, featureSettings, variationSettings, display
  case ascentOverride, descentOverride, lineGapOverride, sizeAdjust

  public var initialText: String {
    switch self {
    case .unicodeRange: "U+0-10FFFF"
    case .display: "auto"
    case .sizeAdjust: "100%"
    default: "normal"
    }
  }

  /// The text as scripts read it back; nil when it is no value of the descriptor.
  public func serialized(_ text: String) -> String? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    let result: String? =
      switch self {
      case .style: parser.fontStyleDescriptor()?.text
      case .weight: parser.numberRange(["auto", "normal", "bold"], .number, 1...1000)?.text
      case .stretch:
        parser.numberRange(["auto"] + CSSFontStretch.allCases.map(\.rawValue), .percentage, 0...Double.greatestFiniteMagnitude)?.text
      case .unicodeRange: FontDescriptor.unicodeRanges(text).map(FontDescriptor.serialized)
      case .variant: parser.words(among: FontDescriptor.variants)
      case .featureSettings: parser.fontSettings(areIntegers: true)?.text
      case .variationSettings: parser.fontSettings(areIntegers: false)?.text
      case .display: parser.keyword(among: ["auto", "block", "swap", "fallback", "optional"])
      case .ascentOverride, .descentOverride, .lineGapOverride:
        parser.keyword(among: ["normal"]) ?? parser.bounded(.percentage, 0...Double.greatestFiniteMagnitude)?.text
      case .sizeAdjust: parser.bounded(.percentage, 0...Double.greatestFiniteMagnitude)?.text
      }
    // Ranges of characters are not made of tokens.
    return self == .unicodeRange || parser.isAtEnd() ? result : nil
  }

  /// The keywords of `font-variant`.
  private static let variants: Set<String> = [
    "normal", "none", "small-caps", "all-small-caps", "petite-caps", "all-petite-caps", "unicase", "titling-caps", "common-ligatures",
    "no-common-ligatures", "discretionary-ligatures", "no-discretionary-ligatures", "historical-ligatures",
    "no-historical-ligatures", "contextual", "no-contextual", "lining-nums", "oldstyle-nums", "proportional-nums", "tabular-nums",
    "diagonal-fractions", "stacked-fractions", "ordinal", "slashed-zero", "jis78", "jis83", "jis90", "jis04", "simplified",
    "traditional", "full-width", "proportional-width", "ruby", "sub", "super",
  ]

  /// A family name as FontFace shows it: quoted unless it is an identifier that means nothing else.
  public static func serializedFamily(_ name: String) -> String {
    var bytes = Array(name.utf8)[...]
    if bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) }
    let isIdentifier =
      bytes.first.map(isLetter) == true
      && bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    let keyword = CSSTokenizer.asciiLowercased(name)
    if isIdentifier, !FontShorthand.genericFamilies.contains(keyword), !FontShorthand.reservedWords.contains(keyword) { return name }
    let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }

  // MARK: - Values

  /// Nil for `auto`.
  public static func weights(_ text: String) -> ClosedRange<Double>? {
    var parser = CSSParser(text)
    switch text {
    case "normal": return 400...400
    case "bold": return 700...700
    default: return parser.numberRange([], .number, 1...1000)?.range
    }
  }

  /// Per cent; nil for `auto`.
  public static func stretches(_ text: String) -> ClosedRange<Double>? {
    if let word = CSSFontStretch(rawValue: text) { return word.percentage...word.percentage }
    var parser = CSSParser(text)
    return parser.numberRange([], .percentage, 0...Double.greatestFiniteMagnitude)?.range
  }

  /// The largest angle of a range; nil for `auto`.
  public static func style(_ text: String) -> CSSFontStyle? {
    var parser = CSSParser(text)
    return parser.fontStyleDescriptor()?.style
  }

  /// Tags of four characters with their values.
  public static func settings(_ text: String) -> [(tag: String, value: Double)] {
    var parser = CSSParser(text)
    return parser.fontSettings(areIntegers: false)?.values ?? []
  }

  /// A fraction; nil for `normal`.
  public static func fraction(_ text: String) -> Double? {
    var parser = CSSParser(text)
    return parser.bounded(.percentage, 0...Double.greatestFiniteMagnitude).map { $0.value / 100 }
  }

  /// https://drafts.csswg.org/css-syntax-3/#urange; nil where one is malformed.
  public static func unicodeRanges(_ text: String) -> [ClosedRange<UInt32>]? {
    var ranges: [ClosedRange<UInt32>] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      var bytes = part[...]
      while let first = bytes.first, CSSTokenizer.isWhitespace(first) { bytes.removeFirst() }
      while let last = bytes.last, CSSTokenizer.isWhitespace(last) { bytes.removeLast() }
      guard let range = unicodeRange(Array(bytes)) else { return nil }
      ranges.append(range)
    }
    return ranges
  }

  private static func unicodeRange(_ bytes: [UInt8]) -> ClosedRange<UInt32>? {
    guard bytes.count > 2, bytes[0] | 0x20 == UInt8(ascii: "u"), bytes[1] == UInt8(ascii: "+") else { return nil }
    let ends = bytes[2...].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    /// Question marks, which only a lone number may end in, stand for `digit`.
    func number(_ digits: ArraySlice<UInt8>, unknown digit: UInt32?) -> UInt32? {
      guard (1...6).contains(digits.count) else { return nil }
      var value: UInt32 = 0, hasUnknown = false
      for byte in digits {
        if byte == UInt8(ascii: "?"), let digit {
          hasUnknown = true
          value = value << 4 | digit
        } else {
          guard !hasUnknown, let known = CSSTokenizer.hexadecimalValue(UInt32(byte)) else { return nil }
          value = value << 4 | known
        }
      }
      return value
    }
    let isRange = ends.count == 2
    guard let first = ends.first, ends.count <= 2, let low = number(first, unknown: isRange ? nil : 0),
      let high = isRange ? number(ends[1], unknown: nil) : number(first, unknown: 15), low <= high, high <= 0x10FFFF
    else { return nil }
    return low...high
  }

  private static func serialized(_ ranges: [ClosedRange<UInt32>]) -> String {
    ranges.map { range in
      let low = String(range.lowerBound, radix: 16, uppercase: true), high = String(range.upperBound, radix: 16, uppercase: true)
      return low == high ? "U+\(low)" : "U+\(low)-\(high)"
    }.joined(separator: ", ")
  }
}

// MARK: - Grammar

extension CSSParser {
  fileprivate mutating func keyword(among words: [String]) -> String? {
    guard token.kind == .identifier, case let word = keyword(), words.contains(word) else { return nil }
    advance()
    return word
  }

  /// Keywords, each once, with single spaces between them.
  fileprivate mutating func words(among known: Set<String>) -> String? {
    var words: [String] = []
    while token.kind == .identifier {
      guard case let word = keyword(), known.contains(word), !words.contains(word) else { return nil }
      words.append(word)
      advance()
      skipWhitespace()
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// A number of one kind, or a function that gives one. Written numbers out of range are mistakes, calculated ones are brought into it.
  fileprivate mutating func bounded(_ kind: MathValue.Kind, _ range: ClosedRange<Double>) -> (text: String, value: Double)? {
    let isFunction = token.kind == .function, unit = token.kind == .dimension ? keyword() : ""
    let written = token.value
    guard let value = mathValue(MathContext()), value.kind == kind else { return nil }
    if isFunction {
      let suffix = kind == .percentage ? "%" : kind == .angle ? "deg" : ""
      let clamped = min(max(value.value, range.lowerBound), range.upperBound)
      return ("calc(\(CSSNumber.serialize(value.value))\(suffix))", clamped)
    }
    guard range.contains(value.value) else { return nil }
    return ("\(CSSNumber.serialize(written))\(kind == .percentage ? "%" : unit)", value.value)
  }

  /// One of some words, or one or two numbers.
  fileprivate mutating func numberRange(
    _ words: [String], _ kind: MathValue.Kind, _ range: ClosedRange<Double>
  ) -> (text: String, range: ClosedRange<Double>?)? {
    if let word = keyword(among: words) { return (word, nil) }
    guard let first = bounded(kind, range) else { return nil }
    skipWhitespace()
    guard token.kind != .end else { return (first.text, first.value...first.value) }
    guard let second = bounded(kind, range) else { return nil }
    return ("\(first.text) \(second.text)", min(first.value, second.value)...max(first.value, second.value))
  }

  fileprivate mutating func fontStyleDescriptor() -> (text: String, style: CSSFontStyle?)? {
    guard let word = keyword(among: ["auto", "normal", "italic", "oblique"]) else { return nil }
    switch word {
    case "auto": return (word, nil)
    case "normal": return (word, .normal)
    case "italic": return (word, .italic)
    default: break
    }
    var text = word, angle = 14.0
    for index in 0..<2 {
      skipWhitespace()
      if token.kind == .end { break }
      guard let next = bounded(.angle, -90...90) else { return nil }
      text += " " + next.text
      angle = index == 0 ? next.value : max(angle, next.value)
    }
    return (text, .oblique(angle))
  }

  /// `normal`, or tags with values.
  fileprivate mutating func fontSettings(areIntegers: Bool) -> (text: String, values: [(tag: String, value: Double)])? {
    if let word = keyword(among: ["normal"]) { return (word, []) }
    var texts: [String] = [], values: [(tag: String, value: Double)] = []
    repeat {
      skipWhitespace()
      guard token.kind == .string, case let tag = text(), tag.utf8.count == 4, tag.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
      else { return nil }
      advance()
      skipWhitespace()
      var value = 1.0, number = ""
      if let word = keyword(among: ["on", "off"]) {
        value = word == "on" ? 1 : 0
        number = word == "on" ? "1" : "0"
      } else if token.kind == .number || token.kind == .function {
        if areIntegers, token.kind == .number, !token.isInteger { return nil }
        guard let next = bounded(.number, -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude) else { return nil }
        (number, value) = (next.text, next.value)
      }
      // Features are on unless something else is said.
      texts.append(areIntegers && (number == "1" || number.isEmpty) ? "\"\(tag)\"" : "\"\(tag)\" \(number.isEmpty ? "1" : number)")
      values.append((tag, value))
      skipWhitespace()
    } while take(.comma)
    return (texts.joined(separator: ", "), values)
  }
}
