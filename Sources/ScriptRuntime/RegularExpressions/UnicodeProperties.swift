// The properties that \p{…} may name, as sets.
//
// The standard library knows general categories and binary properties of each scalar; scripts and emoji data come from
// generated tables.
// https://tc39.es/ecma262/#table-nonbinary-unicode-properties

/// Finds properties by the names of ECMA-262.
enum UnicodeProperties {
  /// The set for `name=value`, or for a lone general category or binary property; nil when there is none.
  static func set(name: String, value: String?) -> CodePointSet? {
    guard let value else {
      return generalCategory(name) ?? binary(name)
    }
    switch name {
    case "General_Category", "gc": return generalCategory(value)
    case "Script", "sc": return script(value, withExtensions: false)
    case "Script_Extensions", "scx": return script(value, withExtensions: true)
    default: return nil
    }
  }

  private static func script(_ name: String, withExtensions: Bool) -> CodePointSet? {
    if name == "Unknown" || name == "Zzzz" {
      var known = CodePointSet.empty.ranges
      for row in ScriptPropertyTables.rows { known += CodePointSet(packed: row.script).ranges }
      return CodePointSet(known).inverted()
    }
    for row in ScriptPropertyTables.rows where name == row.short.description || name == row.long.description {
      return CodePointSet(packed: withExtensions ? row.extensions ?? row.script : row.script)
    }
    return nil
  }

  /// All code points whose scalar satisfies `predicate`; surrogates never do.
  ///
  /// Large stretches without differences are asked about once.
  private static func scalars(where predicate: (Unicode.Scalar.Properties) -> Bool) -> CodePointSet {
    var ranges: [ClosedRange<UInt32>] = []
    func examine(_ range: ClosedRange<UInt32>, by sample: UInt32) {
      guard let scalar = Unicode.Scalar(sample), predicate(scalar.properties) else { return }
      if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound...range.upperBound
      } else {
        ranges.append(range)
      }
    }
    for point in UInt32(0)...0x33FFF where point & 0x3FF800 != 0xD800 { examine(point...point, by: point) }
    examine(0x34000...0x3FFFD, by: 0x34000)
    for point in UInt32(0x3FFFE)...0x3FFFF { examine(point...point, by: point) }
    for plane in UInt32(4)...16 {
      var start = plane << 16
      if plane == 14 {
        for point in start...(start + 0xFFF) { examine(point...point, by: point) }
        start += 0x1000
      }
      let end = plane << 16 + 0xFFFD
      examine(start...end, by: start)
      for point in (end + 1)...(end + 2) { examine(point...point, by: point) }
    }
    return CodePointSet(ranges)
  }

  private static let surrogates = CodePointSet(sortedRanges: [0xD800...0xDFFF])
}

// MARK: - General categories

extension UnicodeProperties {
  private static func generalCategory(_ name: String) -> CodePointSet? {
    guard let categories = categories(name) else { return nil }
    let set = scalars { categories.contains($0.generalCategory) }
    return categories.contains(.surrogate) ? set.union(surrogates) : set
  }

  private static func categories(_ name: String) -> [Unicode.GeneralCategory]? {
    switch name {
    case "Lu", "Uppercase_Letter": [.uppercaseLetter]
    case "Ll", "Lowercase_Letter": [.lowercaseLetter]
    case "Lt", "Titlecase_Letter": [.titlecaseLetter]
    case "LC", "Cased_Letter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    case "Lm", "Modifier_Letter": [.modifierLetter]
    case "Lo", "Other_Letter": [.otherLetter]
    case "L", "Letter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]
    case "Mn", "Nonspacing_Mark": [.nonspacingMark]
    case "Mc", "Spacing_Mark": [.spacingMark]
    case "Me", "Enclosing_Mark": [.enclosingMark]
    case "M", "Mark", "Combining_Mark": [.nonspacingMark, .spacingMark, .enclosingMark]
    case "Nd", "Decimal_Number", "digit": [.decimalNumber]
    case "Nl", "Letter_Number": [.letterNumber]
    case "No", "Other_Number": [.otherNumber]
    case "N", "Number": [.decimalNumber, .letterNumber, .otherNumber]
    case "Pc", "Connector_Punctuation": [.connectorPunctuation]
    case "Pd", "Dash_Punctuation": [.dashPunctuation]
    case "Ps", "Open_Punctuation": [.openPunctuation]
    case "Pe", "Close_Punctuation": [.closePunctuation]
    case "Pi", "Initial_Punctuation": [.initialPunctuation]
    case "Pf", "Final_Punctuation": [.finalPunctuation]
    case "Po", "Other_Punctuation": [.otherPunctuation]
    case "P", "Punctuation", "punct":
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
        .otherPunctuation,
      ]
    case "Sm", "Math_Symbol": [.mathSymbol]
    case "Sc", "Currency_Symbol": [.currencySymbol]
    case "Sk", "Modifier_Symbol": [.modifierSymbol]
    case "So", "Other_Symbol": [.otherSymbol]
    case "S", "Symbol": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
    case "Zs", "Space_Separator": [.spaceSeparator]
    case "Zl", "Line_Separator": [.lineSeparator]
    case "Zp", "Paragraph_Separator": [.paragraphSeparator]
    case "Z", "Separator": [.spaceSeparator, .lineSeparator, .paragraphSeparator]
    case "Cc", "Control", "cntrl": [.control]
    case "Cf", "Format": [.format]
    case "Cs", "Surrogate": [.surrogate]
    case "Co", "Private_Use": [.privateUse]
    case "Cn", "Unassigned": [.unassigned]
    case "C", "Other": [.control, .format, .surrogate, .privateUse, .unassigned]
    default: nil
    }
  }
}

// MARK: - Binary properties

extension UnicodeProperties {
  private static func binary(_ name: String) -> CodePointSet? {
    switch name {
    case "ASCII": CodePointSet(sortedRanges: [0...0x7F])
    case "Any": .all
    case "Assigned": generalCategory("Cn")?.inverted()
    case "Regional_Indicator", "RI": CodePointSet(sortedRanges: [0x1F1E6...0x1F1FF])
    case "Extended_Pictographic", "ExtPict": CodePointSet(packed: EmojiSequenceTables.pictographic)
    case "Emoji_Component", "EComp":
      CodePointSet(sortedRanges: [
        0x23...0x23, 0x2A...0x2A, 0x30...0x39, 0x200D...0x200D, 0x20E3...0x20E3, 0xFE0F...0xFE0F, 0x1F1E6...0x1F1FF,
        0x1F3FB...0x1F3FF, 0x1F9B0...0x1F9B3, 0xE0020...0xE007F,
      ])
    default:
      if let predicate = predicate(name) { scalars(where: predicate) } else { nil }
    }
  }

  private static func predicate(_ name: String) -> ((Unicode.Scalar.Properties) -> Bool)? {
    switch name {
    case "ASCII_Hex_Digit", "AHex": { $0.isASCIIHexDigit }
    case "Alphabetic", "Alpha": { $0.isAlphabetic }
    case "Bidi_Control", "Bidi_C": { $0.isBidiControl }
    case "Bidi_Mirrored", "Bidi_M": { $0.isBidiMirrored }
    case "Case_Ignorable", "CI": { $0.isCaseIgnorable }
    case "Cased": { $0.isCased }
    case "Changes_When_Casefolded", "CWCF": { $0.changesWhenCaseFolded }
    case "Changes_When_Casemapped", "CWCM": { $0.changesWhenCaseMapped }
    case "Changes_When_Lowercased", "CWL": { $0.changesWhenLowercased }
    case "Changes_When_NFKC_Casefolded", "CWKCF": { $0.changesWhenNFKCCaseFolded }
    case "Changes_When_Titlecased", "CWT": { $0.changesWhenTitlecased }
    case "Changes_When_Uppercased", "CWU": { $0.changesWhenUppercased }
    case "Dash": { $0.isDash }
    case "Default_Ignorable_Code_Point", "DI": { $0.isDefaultIgnorableCodePoint }
    case "Deprecated", "Dep": { $0.isDeprecated }
    case "Diacritic", "Dia": { $0.isDiacritic }
    case "Emoji": { $0.isEmoji }
    case "Emoji_Modifier", "EMod": { $0.isEmojiModifier }
    case "Emoji_Modifier_Base", "EBase": { $0.isEmojiModifierBase }
    case "Emoji_Presentation", "EPres": { $0.isEmojiPresentation }
    case "Extender", "Ext": { $0.isExtender }
    case "Grapheme_Base", "Gr_Base": { $0.isGraphemeBase }
    case "Grapheme_Extend", "Gr_Ext": { $0.isGraphemeExtend }
    case "Hex_Digit", "Hex": { $0.isHexDigit }
    case "IDS_Binary_Operator", "IDSB": { $0.isIDSBinaryOperator }
    case "IDS_Trinary_Operator", "IDST": { $0.isIDSTrinaryOperator }
    case "ID_Continue", "IDC": { $0.isIDContinue }
    case "ID_Start", "IDS": { $0.isIDStart }
    case "Ideographic", "Ideo": { $0.isIdeographic }
    case "Join_Control", "Join_C": { $0.isJoinControl }
    case "Logical_Order_Exception", "LOE": { $0.isLogicalOrderException }
    case "Lowercase", "Lower": { $0.isLowercase }
    case "Math": { $0.isMath }
    case "Noncharacter_Code_Point", "NChar": { $0.isNoncharacterCodePoint }
    case "Pattern_Syntax", "Pat_Syn": { $0.isPatternSyntax }
    case "Pattern_White_Space", "Pat_WS": { $0.isPatternWhitespace }
    case "Quotation_Mark", "QMark": { $0.isQuotationMark }
    case "Radical": { $0.isRadical }
    case "Sentence_Terminal", "STerm": { $0.isSentenceTerminal }
    case "Soft_Dotted", "SD": { $0.isSoftDotted }
    case "Terminal_Punctuation", "Term": { $0.isTerminalPunctuation }
    case "Unified_Ideograph", "UIdeo": { $0.isUnifiedIdeograph }
    case "Uppercase", "Upper": { $0.isUppercase }
    case "Variation_Selector", "VS": { $0.isVariationSelector }
    case "White_Space", "space": { $0.isWhitespace }
    case "XID_Continue", "XIDC": { $0.isXIDContinue }
    case "XID_Start", "XIDS": { $0.isXIDStart }
    default: nil
    }
  }
}

// MARK: - Properties of strings

extension UnicodeProperties {
  /// The single code points and the longer sequences of a property of strings (only under the `v` flag); nil when there is none.
  static func strings(name: String) -> (set: CodePointSet, strings: [[UInt32]])? {
    switch name {
    case "Basic_Emoji":
      let presentation = scalars { $0.isEmojiPresentation }.subtracting(regionalIndicators)
      let text = scalars { $0.isEmoji && $0.isEmojiPresentation == false }.subtracting(keycapBases)
      return (presentation, points(text).map { [$0, 0xFE0F] })
    case "Emoji_Keycap_Sequence":
      return (.empty, points(keycapBases).map { [$0, 0xFE0F, 0x20E3] })
    case "RGI_Emoji_Modifier_Sequence":
      // The family is a base by its property only; no sequence with it is recommended.
      let bases = points(scalars { $0.isEmojiModifierBase }).filter { $0 != 0x1F46A }
      return (.empty, bases.flatMap { base in (UInt32(0x1F3FB)...0x1F3FF).map { [base, $0] } })
    case "RGI_Emoji_Flag_Sequence":
      return (.empty, flags)
    case "RGI_Emoji_Tag_Sequence":
      return (.empty, ["gbeng", "gbsct", "gbwls"].map { [0x1F3F4] + $0.unicodeScalars.map { 0xE0000 + $0.value } + [0xE007F] })
    case "RGI_Emoji_ZWJ_Sequence":
      return (.empty, joined)
    case "RGI_Emoji":
      var set = CodePointSet.empty
      var strings: [[UInt32]] = []
      for part in [
        "Basic_Emoji", "Emoji_Keycap_Sequence", "RGI_Emoji_Modifier_Sequence", "RGI_Emoji_Flag_Sequence",
        "RGI_Emoji_Tag_Sequence", "RGI_Emoji_ZWJ_Sequence",
      ] {
        guard let found = self.strings(name: part) else { continue }
        set = set.union(found.set)
        strings += found.strings
      }
      return (set, strings)
    default:
      return nil
    }
  }

  private static let regionalIndicators = CodePointSet(sortedRanges: [0x1F1E6...0x1F1FF])
  private static let keycapBases = CodePointSet(sortedRanges: [0x23...0x23, 0x2A...0x2A, 0x30...0x39])

  private static func points(_ set: CodePointSet) -> [UInt32] {
    set.ranges.flatMap { Array($0) }
  }

  private static var flags: [[UInt32]] {
    let letters = EmojiSequenceTables.flags.description.utf8.filter { $0 >= 0x41 }.map { UInt32($0) - 0x41 + 0x1F1E6 }
    return stride(from: 0, to: letters.count - 1, by: 2).map { [letters[$0], letters[$0 + 1]] }
  }

  private static var joined: [[UInt32]] {
    var integers = PackedIntegers(EmojiSequenceTables.joined)
    var result: [[UInt32]] = []
    while let count = integers.next() {
      var point = 0x1F468
      var sequence: [UInt32] = []
      for _ in 0..<count {
        guard let difference = integers.nextSigned() else { return result }
        point += difference
        sequence.append(UInt32(point))
      }
      result.append(sequence)
    }
    return result
  }
}
