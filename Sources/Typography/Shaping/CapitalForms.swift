// font-variant-caps: by the face's own features, or by smaller capitals (https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop).

import CHarfBuzz

/// How a face gives letters their capital forms.
struct CapitalForms {
  /// What letters of a stretch are like.
  enum Letters { case none, small, others }

  enum Mapping {
    case none, uppercase, lowercase
  }

  /// What becomes of a stretch of like letters.
  struct Setting {
    var features: [hb_feature_t] = []
    var mapping = Mapping.none
    var isReduced = false
  }

  /// Whether small letters and others are shaped apart.
  private(set) var splitsByCase = false
  private var small = Setting()
  private var others = Setting()

  /// Browsers' size for capitals made up from full-size ones: seven tenths, in whole units.
  static func size(for size: Double) -> Double { Double((Float(size) * 0.7).rounded()) }

  init(_ caps: FontVariantCaps, face: FontFace, script: hb_script_t) {
    func has(_ tags: FontTag...) -> Bool { tags.allSatisfy { face.hasSubstitution($0, script: script) } }
    switch caps {
    case .normal: break
    case .titlingCaps: if has(.titl) { setAll(.titl) }
    case .smallCaps: if has(.smcp) { setAll(.smcp) } else { reduce(small: true) }
    case .allSmallCaps: if has(.smcp, .c2sc) { setAll(.smcp, .c2sc) } else { reduce(small: true, others: true) }
    case .petiteCaps:
      if has(.pcap) {
        setAll(.pcap)
      } else if has(.smcp) {
        setAll(.smcp)
        splitsByCase = true
      } else {
        reduce(small: true)
      }
    case .allPetiteCaps:
      if has(.pcap, .c2pc) {
        setAll(.pcap, .c2pc)
      } else if has(.smcp, .c2sc) {
        setAll(.smcp, .c2sc)
        splitsByCase = true
      } else {
        reduce(small: true, others: true)
      }
    case .unicase:
      if has(.unic) {
        setAll(.unic)
      } else if has(.smcp) {
        splitsByCase = true
        others = Setting(features: [ShapingFeatures.feature(.smcp, 1)], mapping: .lowercase)
      } else {
        splitsByCase = true
        others.isReduced = true
      }
    }
  }

  func setting(of letters: Letters) -> Setting {
    letters == .small ? small : letters == .others || !splitsByCase ? others : Setting()
  }

  private mutating func setAll(_ tags: FontTag...) {
    let features = tags.map { ShapingFeatures.feature($0, 1) }
    small.features = features
    others.features = features
  }

  /// Small letters as capitals of a smaller size; everything else in that size, too, if need be.
  private mutating func reduce(small isSmallReduced: Bool, others isOtherReduced: Bool = false) {
    splitsByCase = true
    small = Setting(mapping: .uppercase, isReduced: isSmallReduced)
    others.isReduced = isOtherReduced
  }
}

extension CapitalForms.Mapping {
  /// A character in the other case, after the rules of a language.
  func mapped(_ character: Unicode.Scalar, language: String?) -> String {
    switch self {
    case .none: return String(character)
    case .lowercase:
      if isTurkic(language) {
        if character == "I" { return "ı" }
        if character == "İ" { return "i" }
      }
      return character.properties.lowercaseMapping
    case .uppercase:
      if isTurkic(language), character == "i" { return "İ" }
      return character.properties.uppercaseMapping
    }
  }

  private func isTurkic(_ language: String?) -> Bool {
    guard let language = language?.lowercased() else { return false }
    return ["tr", "az"].contains { language == $0 || language.hasPrefix($0 + "-") }
  }
}
