// Which scripts a face can set, for people.

import CHarfBuzz

enum ScriptCoverage {
  /// Fewer characters of a script are strays: the Greek letters of formulae, say.
  private static let leastCharacters = 10

  /// The scripts of a face, those with most characters first, in Unicode's words; emoji count as one.
  static func scripts(of location: FaceLocation) -> [String] {
    let data: FontData?, index: UInt32
    switch location {
    case .file(let path, let faceIndex): (data, index) = (try? FontData(path: path), faceIndex)
    case .memory(let held, let faceIndex): (data, index) = (held, faceIndex)
    }
    guard let data, let face = hb_face_create(data.blob, index), let characters = hb_set_create() else { return [] }
    defer {
      hb_set_destroy(characters)
      hb_face_destroy(face)
    }
    hb_face_collect_unicodes(face, characters)
    var counts: [String: Int] = [:]
    var scriptCounts: [UInt32: Int] = [:]
    let functions = hb_unicode_funcs_get_default()
    var scalar = hb_codepoint_t.max  // HB_SET_VALUE_INVALID begins the iteration
    while hb_set_next(characters, &scalar) != 0 {
      if let character = Unicode.Scalar(scalar), character.properties.isEmojiPresentation { counts["Emoji", default: 0] += 1 }
      scriptCounts[hb_unicode_script(functions, scalar).rawValue, default: 0] += 1
    }
    for (script, count) in scriptCounts {
      if let name = names[FontTag(value: script).text] { counts[name] = count }
    }
    let common = counts.filter { $0.value >= leastCharacters }
    return (common.isEmpty ? counts : common).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// The names of https://www.unicode.org/Public/UCD/latest/ucd/PropertyValueAliases.txt by their four letters.
  private static let names: [String: String] = {
    var names: [String: String] = [:]
    for entry in list.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
      let words = entry.split(separator: " ", maxSplits: 1)
      if words.count == 2 { names[String(words[0])] = String(words[1]) }
    }
    return names
  }()

  private static let list = """
    Adlm Adlam, Aghb Caucasian Albanian, Ahom Ahom, Arab Arabic, Armi Imperial Aramaic, Armn Armenian, Avst Avestan,
    Bali Balinese, Bamu Bamum, Bass Bassa Vah, Batk Batak, Beng Bengali, Berf Beria Erfe, Bhks Bhaiksuki, Bopo Bopomofo,
    Brah Brahmi, Brai Braille, Bugi Buginese, Buhd Buhid, Cakm Chakma, Cans Canadian Aboriginal, Cari Carian, Cham Cham,
    Cher Cherokee, Chrs Chorasmian, Copt Coptic, Cpmn Cypro Minoan, Cprt Cypriot, Cyrl Cyrillic, Deva Devanagari,
    Diak Dives Akuru, Dogr Dogra, Dsrt Deseret, Dupl Duployan, Egyp Egyptian Hieroglyphs, Elba Elbasan, Elym Elymaic,
    Ethi Ethiopic, Gara Garay, Geor Georgian, Glag Glagolitic, Gong Gunjala Gondi, Gonm Masaram Gondi, Goth Gothic,
    Gran Grantha, Grek Greek, Gujr Gujarati, Gukh Gurung Khema, Guru Gurmukhi, Hang Hangul, Hani Han, Hano Hanunoo,
    Hatr Hatran, Hebr Hebrew, Hira Hiragana, Hluw Anatolian Hieroglyphs, Hmng Pahawh Hmong, Hmnp Nyiakeng Puachue Hmong,
    Hung Old Hungarian, Ital Old Italic, Java Javanese, Jurc Jurchen, Kali Kayah Li, Kana Katakana, Kawi Kawi,
    Khar Kharoshthi, Khmr Khmer, Khoj Khojki, Kits Khitan Small Script, Knda Kannada, Krai Kirat Rai, Kthi Kaithi,
    Lana Tai Tham, Laoo Lao, Latn Latin, Lepc Lepcha, Limb Limbu, Lina Linear A, Linb Linear B, Lisu Lisu, Lyci Lycian,
    Lydi Lydian, Mahj Mahajani, Maka Makasar, Mand Mandaic, Mani Manichaean, Marc Marchen, Medf Medefaidrin,
    Mend Mende Kikakui, Merc Meroitic Cursive, Mero Meroitic Hieroglyphs, Mlym Malayalam, Modi Modi, Mong Mongolian,
    Mroo Mro, Mtei Meetei Mayek, Mult Multani, Mymr Myanmar, Nagm Nag Mundari, Nand Nandinagari, Narb Old North Arabian,
    Nbat Nabataean, Newa Newa, Nkoo Nko, Nshu Nushu, Ogam Ogham, Olck Ol Chiki, Onao Ol Onal, Orkh Old Turkic, Orya Oriya,
    Osge Osage, Osma Osmanya, Ougr Old Uyghur, Palm Palmyrene, Pauc Pau Cin Hau, Pcun Proto Cuneiform, Perm Old Permic,
    Phag Phags Pa, Phli Inscriptional Pahlavi, Phlp Psalter Pahlavi, Phnx Phoenician, Plrd Miao, Prti Inscriptional Parthian,
    Rjng Rejang, Rohg Hanifi Rohingya, Runr Runic, Samr Samaritan, Sarb Old South Arabian, Saur Saurashtra, Seal Seal,
    Sgnw SignWriting, Shaw Shavian, Shrd Sharada, Sidd Siddham, Sidt Sidetic, Sind Khudawadi, Sinh Sinhala, Sogd Sogdian,
    Sogo Old Sogdian, Sora Sora Sompeng, Soyo Soyombo, Sund Sundanese, Sunu Sunuwar, Sylo Syloti Nagri, Syrc Syriac,
    Tagb Tagbanwa, Takr Takri, Tale Tai Le, Talu New Tai Lue, Taml Tamil, Tang Tangut, Tavt Tai Viet, Tayo Tai Yo,
    Telu Telugu, Tfng Tifinagh, Tglg Tagalog, Thaa Thaana, Thai Thai, Tibt Tibetan, Tirh Tirhuta, Tnsa Tangsa, Todr Todhri,
    Tols Tolong Siki, Toto Toto, Tutg Tulu Tigalari, Ugar Ugaritic, Vaii Vai, Vith Vithkuqi, Wara Warang Citi, Wcho Wancho,
    Xpeo Old Persian, Xsux Cuneiform, Yezi Yezidi, Yiii Yi, Zanb Zanabazar Square
    """
}
