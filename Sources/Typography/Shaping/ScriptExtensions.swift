// Characters that belong to several scripts: https://www.unicode.org/Public/UCD/latest/ucd/ScriptExtensions.txt.

import CHarfBuzz

/// The scripts that a character may be written in, the preferred one first.
struct ScriptSet {
  var first: hb_script_t
  var others: [hb_script_t]

  init(_ first: hb_script_t, _ others: [hb_script_t] = []) {
    self.first = first
    self.others = others
  }

  var count: Int { 1 + others.count }
  /// Whether the character takes the script of its neighbours.
  var isShared: Bool { ScriptSet.isShared(first) }

  static func isShared(_ script: hb_script_t) -> Bool { script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED }

  func contains(_ script: hb_script_t) -> Bool { first == script || others.contains(script) }

  /// Whether the members from the second on, or from the first, have a script.
  func contains(_ script: hb_script_t, from start: Int) -> Bool { start == 0 ? contains(script) : others.contains(script) }
}

enum ScriptExtensions {
  static func scripts(of scalar: UInt32, _ functions: OpaquePointer?) -> ScriptSet {
    if scalar < 0x80 {
      return ScriptSet((scalar | 0x20) &- 0x61 < 26 ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON)
    }
    if let list = list(of: scalar) { return sets[list] }
    let script = hb_unicode_script(functions, scalar)
    // OpenType has one script for both kinds of kana.
    return ScriptSet(script == HB_SCRIPT_KATAKANA ? HB_SCRIPT_HIRAGANA : script)
  }

  /// What East Asian brackets without extensions belong to.
  static let eastAsianPunctuation: ScriptSet = list(of: 0x300C).map { sets[$0] } ?? ScriptSet(HB_SCRIPT_HAN)

  private static func list(of scalar: UInt32) -> Int? {
    if scalar < 0x2BC { return scalar == 0xB7 ? 0 : nil }
    if scalar >= 0x3400, scalar < 0xA66F { return nil }
    var low = 0, high = ranges.count / 3
    while low < high {
      let middle = (low + high) / 2
      if scalar < ranges[3 * middle] {
        high = middle
      } else if scalar > ranges[3 * middle + 1] {
        low = middle + 1
      } else {
        return Int(ranges[3 * middle + 2])
      }
    }
    return nil
  }

  private static let sets: [ScriptSet] = lists.map { list in
    let scripts = list.split(separator: " ").map { hb_script_from_string(String($0), -1) }
    return ScriptSet(scripts.first ?? HB_SCRIPT_COMMON, Array(scripts.dropFirst()))
  }

  // Sorted triples of first, last and list. A character's own script comes first, or the script that browsers prefer for it.
  private static let ranges: [UInt32] = [
    0xB7, 0xB7, 0, 0x2BC, 0x2BC, 1, 0x2C7, 0x2C7, 2, 0x2C9, 0x2CB, 2, 0x2CD, 0x2CD, 3, 0x2D7, 0x2D7, 4,
    0x2D9, 0x2D9, 2, 0x300, 0x300, 5, 0x301, 0x301, 6, 0x302, 0x302, 7, 0x303, 0x303, 8, 0x304, 0x304, 9,
    0x305, 0x305, 10, 0x306, 0x306, 11, 0x307, 0x307, 12, 0x308, 0x308, 13, 0x309, 0x309, 14, 0x30A, 0x30A, 15,
    0x30B, 0x30B, 16, 0x30C, 0x30C, 17, 0x30D, 0x30D, 18, 0x30E, 0x30E, 19, 0x310, 0x310, 18, 0x311, 0x311, 20,
    0x313, 0x313, 21, 0x323, 0x323, 22, 0x324, 0x324, 23, 0x325, 0x325, 24, 0x32D, 0x32D, 25, 0x32E, 0x32E, 24,
    0x330, 0x330, 26, 0x331, 0x331, 27, 0x342, 0x342, 28, 0x345, 0x345, 28, 0x358, 0x358, 29, 0x35E, 0x35E, 30,
    0x363, 0x36F, 31, 0x374, 0x374, 32, 0x375, 0x375, 33, 0x483, 0x483, 34, 0x484, 0x484, 35, 0x485, 0x486, 36,
    0x487, 0x487, 35, 0x589, 0x589, 37, 0x60C, 0x60C, 38, 0x61B, 0x61B, 38, 0x61C, 0x61C, 39, 0x61F, 0x61F, 40,
    0x640, 0x640, 41, 0x64B, 0x655, 42, 0x660, 0x669, 43, 0x670, 0x670, 42, 0x6D4, 0x6D4, 44, 0x951, 0x951, 45,
    0x952, 0x952, 46, 0x964, 0x964, 47, 0x965, 0x965, 48, 0x966, 0x96F, 49, 0x9E6, 0x9EF, 50, 0xA66, 0xA6F, 51,
    0xAE6, 0xAEF, 52, 0xB83, 0xB83, 53, 0xBE6, 0xBF3, 54, 0xCE6, 0xCEF, 55, 0x1040, 0x1049, 56, 0x10FB, 0x10FB, 57,
    0x16EB, 0x16ED, 58, 0x1735, 0x1736, 59, 0x1802, 0x1803, 60, 0x1805, 0x1805, 60, 0x1CD0, 0x1CD0, 61,
    0x1CD1, 0x1CD1, 62, 0x1CD2, 0x1CD2, 61, 0x1CD3, 0x1CD3, 63, 0x1CD4, 0x1CD4, 62, 0x1CD5, 0x1CD5, 64,
    0x1CD6, 0x1CD6, 65, 0x1CD7, 0x1CD7, 66, 0x1CD8, 0x1CD8, 67, 0x1CD9, 0x1CD9, 68, 0x1CDA, 0x1CDA, 69,
    0x1CDB, 0x1CDB, 62, 0x1CDC, 0x1CDD, 68, 0x1CDE, 0x1CDF, 62, 0x1CE0, 0x1CE0, 68, 0x1CE1, 0x1CE1, 70,
    0x1CE2, 0x1CE2, 71, 0x1CE3, 0x1CE8, 62, 0x1CE9, 0x1CE9, 72, 0x1CEA, 0x1CEA, 73, 0x1CEB, 0x1CEB, 74,
    0x1CEC, 0x1CEC, 75, 0x1CED, 0x1CED, 76, 0x1CEE, 0x1CF1, 75, 0x1CF2, 0x1CF2, 77, 0x1CF3, 0x1CF3, 78,
    0x1CF4, 0x1CF4, 79, 0x1CF5, 0x1CF7, 80, 0x1CF8, 0x1CF9, 81, 0x1CFA, 0x1CFA, 82, 0x1DC0, 0x1DC1, 28,
    0x1DF8, 0x1DF8, 83, 0x1DFA, 0x1DFA, 84, 0x202F, 0x202F, 85, 0x204F, 0x204F, 86, 0x205A, 0x205A, 87,
    0x205D, 0x205D, 88, 0x20F0, 0x20F0, 89, 0x2E17, 0x2E17, 90, 0x2E30, 0x2E30, 91, 0x2E31, 0x2E31, 92,
    0x2E3C, 0x2E3C, 93, 0x2E41, 0x2E41, 94, 0x2E43, 0x2E43, 35, 0x2FF0, 0x2FFF, 95, 0x3001, 0x3001, 96,
    0x3002, 0x3002, 97, 0x3003, 0x3003, 98, 0x3006, 0x3006, 99, 0x3008, 0x3009, 100, 0x300A, 0x300B, 101,
    0x300C, 0x3011, 102, 0x3013, 0x3013, 98, 0x3014, 0x301B, 102, 0x301C, 0x301F, 98, 0x302A, 0x302D, 103,
    0x3030, 0x3030, 98, 0x3031, 0x3035, 104, 0x3037, 0x3037, 98, 0x303C, 0x303D, 105, 0x303E, 0x303F, 99,
    0x3099, 0x309A, 106, 0x309B, 0x309C, 104, 0x30A0, 0x30A0, 104, 0x30FB, 0x30FB, 102, 0x30FC, 0x30FC, 104,
    0x3190, 0x319F, 99, 0x31C0, 0x31E5, 99, 0x31EF, 0x31EF, 95, 0x3220, 0x3247, 99, 0x3280, 0x32B0, 99,
    0x32C0, 0x32CB, 99, 0x32FF, 0x32FF, 99, 0x3358, 0x3370, 99, 0x337B, 0x337F, 99, 0x33E0, 0x33FE, 99,
    0xA66F, 0xA66F, 35, 0xA700, 0xA707, 107, 0xA830, 0xA832, 108, 0xA833, 0xA835, 109, 0xA836, 0xA837, 110,
    0xA838, 0xA838, 111, 0xA839, 0xA839, 110, 0xA8F1, 0xA8F1, 112, 0xA8F3, 0xA8F3, 113, 0xA92E, 0xA92E, 114,
    0xA9CF, 0xA9CF, 115, 0xFD3E, 0xFD3F, 116, 0xFDF2, 0xFDF2, 117, 0xFDFD, 0xFDFD, 117, 0xFE45, 0xFE46, 98,
    0xFF61, 0xFF65, 102, 0xFF70, 0xFF70, 104, 0xFF9E, 0xFF9F, 104, 0x10100, 0x10101, 118, 0x10102, 0x10102, 119,
    0x10107, 0x10133, 120, 0x10137, 0x1013F, 119, 0x102E0, 0x102E0, 121, 0x102E1, 0x102FB, 122, 0x10AF2, 0x10AF2, 123,
    0x11301, 0x11301, 124, 0x11303, 0x11303, 124, 0x1133B, 0x1133B, 125, 0x1133C, 0x1133C, 124, 0x11FD0, 0x11FD1, 54,
    0x11FD3, 0x11FD3, 54, 0x12550, 0x12586, 126, 0x1258C, 0x1258D, 126, 0x1259A, 0x125A7, 126, 0x1BCA0, 0x1BCA3, 93,
    0x1D360, 0x1D371, 99, 0x1F250, 0x1F251, 99,
  ]

  private static let lists: [String] = [
    "Copt Geor Goth Grek Hani Latn Shaw Glag Perm Avst Elba Mahj Gong Cari Dupl Lydi",
    "Beng Cyrl Deva Latn Thai Lisu Toto", "Bopo Latn", "Lisu Latn", "Thai Latn",
    "Zinh Cher Cyrl Grek Latn Tale Perm Sunu Copt", "Zinh Cher Grek Latn Tale Osge Sunu Todr Cyrl",
    "Zinh Cher Latn Tfng Cyrl", "Zinh Latn Thai Glag Sunu Syrc",
    "Zinh Cher Cyrl Goth Grek Latn Syrc Tfng Aghb Osge Todr Copt", "Zinh Copt Kana Latn Glag Elba Goth",
    "Zinh Cyrl Latn Tfng Perm Grek", "Zinh Copt Latn Syrc Tale Tfng Perm Dupl Todr Hebr",
    "Zinh Armn Goth Grek Hebr Latn Syrc Tale Tfng Perm Dupl Cyrl", "Zinh Latn Tfng", "Zinh Latn Dupl Syrc",
    "Zinh Cher Latn Osge Cyrl", "Zinh Cher Latn Tale", "Zinh Latn Sunu", "Zinh Ethi Latn", "Zinh Cyrl Latn Todr",
    "Zinh Grek Latn Todr Perm", "Zinh Cher Latn Syrc Tfng Dupl Kana", "Zinh Cher Latn Dupl Syrc", "Zinh Latn Syrc",
    "Zinh Latn Sunu Syrc", "Zinh Cher Latn Syrc", "Zinh Cher Latn Syrc Thai Aghb Sunu Goth", "Zinh Grek",
    "Zinh Latn Osge", "Zinh Latn Todr Aghb", "Zinh Latn", "Copt Grek", "Grek Copt", "Cyrl Perm", "Cyrl Glag",
    "Zinh Cyrl Latn", "Armn Geor Glag", "Arab Syrc Thaa Nkoo Rohg Yezi Gara", "Arab Syrc Thaa",
    "Arab Syrc Thaa Nkoo Adlm Rohg Yezi Gara", "Arab Syrc Mand Mani Phlp Adlm Rohg Sogd Ougr", "Zinh Arab Syrc",
    "Arab Thaa Yezi", "Arab Rohg", "Zinh Beng Gujr Guru Knda Latn Mlym Orya Taml Telu Gran Shrd Tirh Newa Nand Deva",
    "Zinh Beng Gujr Guru Knda Latn Mlym Orya Taml Telu Gran Tirh Newa Deva",
    "Beng Deva Gujr Guru Knda Mlym Orya Sinh Taml Telu Sylo Gran Sind Takr Tirh Mahj Gonm Dogr Gong Nand Onao",
    "Beng Deva Gujr Guru Knda Mlym Orya Sinh Taml Telu Limb Sylo Gran Sind Takr Tirh Mahj Gonm Dogr Gong Nand Gukh Onao",
    "Deva Kthi Mahj Dogr", "Beng Sylo Cakm", "Guru Mult", "Gujr Khoj", "Taml Mlym Knda Telu", "Taml Gran",
    "Knda Nand Tutg", "Mymr Tale Cakm", "Geor Latn Glag", "Zyyy Runr", "Tglg Hano Buhd Tagb", "Mong Phag",
    "Zinh Beng Knda Gran Deva", "Zinh Deva", "Deva Knda Gran", "Zinh Beng Telu Tirh Newa Deva", "Zinh Beng Telu Deva",
    "Zinh Deva Newa Shrd", "Zinh Beng Telu Newa Deva", "Zinh Deva Shrd", "Zinh Deva Mlym Orya Taml Telu Knda",
    "Beng Deva", "Zinh Deva Newa Tirh", "Deva Newa Nand", "Beng Deva Shrd", "Deva Newa", "Zyyy Deva",
    "Zinh Beng Shrd Newa Deva", "Beng Deva Knda Mlym Orya Sinh Telu Gran Tirh Nand Tutg", "Deva Gran",
    "Zinh Deva Gran Tutg Knda", "Zyyy Beng", "Zinh Deva Gran", "Zyyy Nand", "Zinh Cyrl Latn Syrc", "Zinh Syrc",
    "Mong Latn Phag", "Arab Adlm", "Geor Glag Hung Orkh Cari Lyci", "Grek Hung Cari Mero", "Zinh Deva Latn Gran",
    "Copt Latn", "Orkh Avst", "Geor Hung Avst Kthi Samr Cari Lydi", "Zyyy Dupl", "Arab Hung Adlm", "Hani Tang",
    "Bopo Hani Hang Hira Kana Mong Yiii", "Bopo Hani Hang Hira Kana Mong Yiii Phag", "Bopo Hani Hang Hira Kana",
    "Zyyy Hani", "Bopo Hani Hang Hira Kana Mong Tibt Yiii", "Bopo Hani Hang Hira Kana Mong Tibt Yiii Lisu",
    "Bopo Hani Hang Hira Kana Yiii", "Zinh Bopo Hani", "Hira Kana", "Hani Hira Kana", "Zinh Hira Kana", "Hani Latn",
    "Deva Gujr Guru Knda Mlym Kthi Sind Shrd Takr Khoj Tirh Mahj Modi Dogr Nand Tutg",
    "Deva Gujr Guru Knda Kthi Sind Shrd Takr Khoj Tirh Mahj Modi Dogr Nand Tutg",
    "Deva Gujr Guru Kthi Sind Takr Khoj Tirh Mahj Modi Dogr",
    "Deva Gujr Guru Kthi Sind Shrd Takr Khoj Tirh Mahj Modi Dogr", "Deva Beng Tutg", "Deva Taml", "Mymr Latn Kali",
    "Bugi Java", "Arab Nkoo", "Arab Thaa", "Cprt Linb Cpmn", "Cprt Linb", "Cprt Linb Lina", "Zinh Arab Copt",
    "Arab Copt", "Mani Ougr", "Gran Taml", "Zinh Taml Gran", "Xsux Pcun",
  ]
}
