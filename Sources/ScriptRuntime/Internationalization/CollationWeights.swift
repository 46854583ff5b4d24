// The weights behind Collator: groups of characters in the order of CLDR's root collation, letters within theirs.

enum CollationWeights {
  struct Element {
    /// 0 for marks, which only have a secondary weight.
    var primary: UInt32
    var secondary: UInt32 = 0
    var tertiary: UInt32 = 0
  }

  // Groups are 2^24 apart; code points order what no list does.
  private static let whiteSpace: UInt32 = 1 << 24
  private static let punctuation: UInt32 = 2 << 24
  static let firstSymbol: UInt32 = 3 << 24
  private static let currency: UInt32 = 4 << 24
  static let digits: UInt32 = 5 << 24
  private static let latin: UInt32 = 6 << 24
  private static let greek: UInt32 = 7 << 24
  private static let cyrillic: UInt32 = 8 << 24
  private static let others: UInt32 = 9 << 24

  private static let punctuationOrder = Array("_-–—,;:!¡?¿.…·'‘’\"“”«»()[]{}§¶@*/\\&#%•".unicodeScalars)
  private static let symbolOrder = Array("`´^¯¨¸°©®+±÷×<=>¬|¦~".unicodeScalars)
  private static let currencyOrder = Array("¤¢$£¥€".unicodeScalars)

  /// Primary weights of the printable ASCII characters, 0 for the rest.
  static let ascii: [UInt32] = (0..<128).map { point in
    (0x20..<0x7F).contains(point) ? elements(of: UInt32(point))[0].primary : 0
  }

  /// The weights of one code point of decomposed text: none for what is ignored, several for ligatures.
  static func elements(of point: UInt32) -> [Element] {
    guard let scalar = Unicode.Scalar(point) else { return [Element(primary: others + point)] }
    switch point {
    case 0x30...0x39: return [Element(primary: digits + (point - 0x30))]
    case 0x61...0x7A: return [letter(point)]
    case 0x41...0x5A: return [letter(point + 32, isCapital: true)]
    case 0x09...0x0D: return [Element(primary: whiteSpace + (point - 0x08))]
    case 0x00...0x1F, 0x7F...0x9F, 0xAD: return []
    case 0xB2, 0xB3: return [Element(primary: digits + (point - 0xB0), tertiary: 2)]
    case 0xB9: return [Element(primary: digits + 1, tertiary: 2)]
    case 0xAA: return [Element(primary: letter(0x61).primary, tertiary: 2)]
    case 0xBA: return [Element(primary: letter(0x6F).primary, tertiary: 2)]
    default: break
    }
    if let special = specialLetter(scalar) { return special }
    if let index = punctuationOrder.firstIndex(of: scalar) { return [Element(primary: punctuation + 1 + UInt32(index))] }
    if let index = symbolOrder.firstIndex(of: scalar) { return [Element(primary: firstSymbol + 1 + UInt32(index))] }
    if let index = currencyOrder.firstIndex(of: scalar) { return [Element(primary: currency + 1 + UInt32(index))] }
    return [general(scalar)]
  }

  private static func letter(_ lowercase: UInt32, isCapital: Bool = false, accent: UInt32 = 0) -> Element {
    Element(primary: latin + (lowercase - 0x60) * 16, secondary: accent, tertiary: isCapital ? 1 : 0)
  }

  /// Letters of the Latin script that do not decompose but sort with others. U+0338 stands for a stroke.
  private static func specialLetter(_ scalar: Unicode.Scalar) -> [Element]? {
    switch scalar {
    case "æ", "Æ":
      [letter(0x61, isCapital: scalar == "Æ", accent: 0x338), letter(0x65, isCapital: scalar == "Æ")]
    case "œ", "Œ":
      [letter(0x6F, isCapital: scalar == "Œ", accent: 0x338), letter(0x65, isCapital: scalar == "Œ")]
    case "ß", "ẞ": [letter(0x73, isCapital: scalar == "ẞ", accent: 0x338), letter(0x73, isCapital: scalar == "ẞ")]
    case "ø", "Ø": [letter(0x6F, isCapital: scalar == "Ø", accent: 0x338)]
    case "đ", "Đ": [letter(0x64, isCapital: scalar == "Đ", accent: 0x338)]
    case "ð", "Ð": [letter(0x64, isCapital: scalar == "Ð", accent: 0x339)]
    case "ħ", "Ħ": [letter(0x68, isCapital: scalar == "Ħ", accent: 0x338)]
    case "ł", "Ł": [letter(0x6C, isCapital: scalar == "Ł", accent: 0x338)]
    case "ı": [Element(primary: letter(0x69).primary + 1)]
    case "ŋ", "Ŋ": [Element(primary: letter(0x6E).primary + 1, tertiary: scalar == "Ŋ" ? 1 : 0)]
    case "ſ": [Element(primary: letter(0x73).primary, tertiary: 2)]
    case "þ", "Þ": [Element(primary: letter(0x7A).primary + 16, tertiary: scalar == "Þ" ? 1 : 0)]
    default: nil
    }
  }

  private static func general(_ scalar: Unicode.Scalar) -> Element {
    let point = scalar.value
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return Element(primary: 0, secondary: point)
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return Element(primary: whiteSpace + 0x20)
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .otherPunctuation:
      return Element(primary: punctuation + 0x1000 + point)
    case .mathSymbol, .modifierSymbol, .otherSymbol: return Element(primary: firstSymbol + 0x1000 + point)
    case .currencySymbol: return Element(primary: currency + 0x1000 + point)
    case .decimalNumber, .otherNumber, .letterNumber:
      guard let value = properties.numericValue, value >= 0, value <= 9 else { return Element(primary: digits + 0x1000 + point) }
      let isWhole = value == value.rounded()
      return Element(primary: digits + UInt32(value), secondary: isWhole ? 0 : point, tertiary: 2)
    default: break
    }
    let lowercase = properties.lowercaseMapping.unicodeScalars.first ?? scalar
    let tertiary: UInt32 = lowercase == scalar ? 0 : 1
    switch lowercase.value {
    case 0xB5: return Element(primary: greek + 0x3BC, tertiary: 2)
    case 0x3C2: return Element(primary: greek + 0x3C3, secondary: point, tertiary: 0)
    case 0x180..<0x250, 0x1E00..<0x1F00: return Element(primary: latin + 0x1000 + lowercase.value, tertiary: tertiary)
    case 0x370..<0x400, 0x1F00..<0x2000: return Element(primary: greek + lowercase.value, tertiary: tertiary)
    case 0x400..<0x530: return Element(primary: cyrillic + lowercase.value, tertiary: tertiary)
    default: return Element(primary: others + lowercase.value, tertiary: tertiary)
    }
  }
}
