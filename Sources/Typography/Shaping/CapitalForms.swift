// font-variant-caps: by the face's own features, or by smaller capitals (https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop).

import CHarfBuzz

/// How the characters of a run get their capital forms.
enum CapitalForms {
  /// The face does it.
  case features([FontTag])
  /// Small letters are set as capitals of a smaller size.
  case smallLetters
  /// Everything is set smaller, letters as capitals.
  case everything
  /// Everything but small letters is set smaller.
  case allButSmallLetters

  /// Browsers' size for capitals made up from full-size ones: seven tenths, in whole units.
  static func size(for size: Double) -> Double { Double((Float(size) * 0.7).rounded()) }

  init(_ caps: FontVariantCaps, face: FontFace, script: hb_script_t) {
    func has(_ tags: FontTag...) -> Bool { tags.allSatisfy { face.hasSubstitution($0, script: script) } }
    switch caps {
    case .normal: self = .features([])
    case .titlingCaps: self = .features([.titl])
    case .smallCaps: self = has(.smcp) ? .features([.smcp]) : .smallLetters
    case .petiteCaps: self = has(.pcap) ? .features([.pcap]) : has(.smcp) ? .features([.smcp]) : .smallLetters
    case .allSmallCaps: self = has(.smcp, .c2sc) ? .features([.smcp, .c2sc]) : .everything
    case .allPetiteCaps:
      self = has(.pcap, .c2pc) ? .features([.pcap, .c2pc]) : has(.smcp, .c2sc) ? .features([.smcp, .c2sc]) : .everything
    case .unicase: self = has(.unic) ? .features([.unic]) : .allButSmallLetters
    }
  }

  var tags: [FontTag] {
    if case .features(let tags) = self { return tags }
    return []
  }

  var areFeatures: Bool {
    if case .features = self { return true }
    return false
  }

  /// Whether a character is set smaller; marks go with the character before them.
  func reduces(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .features: false
    case .smallLetters: scalar.properties.changesWhenUppercased
    case .everything: true
    case .allButSmallLetters: !scalar.properties.changesWhenUppercased
    }
  }
}

extension FontTag {
  static let smcp = FontTag(value: 0x736D_6370), c2sc = FontTag(value: 0x6332_7363)
  static let pcap = FontTag(value: 0x7063_6170), c2pc = FontTag(value: 0x6332_7063)
  static let unic = FontTag(value: 0x756E_6963), titl = FontTag(value: 0x7469_746C)
  static let kern = FontTag(value: 0x6B65_726E), vkrn = FontTag(value: 0x766B_726E)
  static let liga = FontTag(value: 0x6C69_6761), clig = FontTag(value: 0x636C_6967)
}
