// The OpenType features that a style switches on or off.

import CHarfBuzz

enum ShapingFeatures {
  static func feature(_ tag: FontTag, _ value: UInt32) -> hb_feature_t {
    hb_feature_t(tag: tag.value, value: value, start: 0, end: UInt32.max)
  }

  static func features(of style: TextStyle) -> [hb_feature_t] {
    var features: [hb_feature_t] = []
    if style.kerning == .none { features += [feature(.kern, 0), feature(.vkrn, 0)] }
    // Spaced letters must not join (https://drafts.csswg.org/css-text-3/#letter-spacing-property). In browsers speed costs
    // ligatures as well, and only them.
    if style.letterSpacing != 0 || style.textRendering == .optimizeSpeed {
      features += [feature(.liga, 0), feature(.clig, 0), feature(.calt, 0)]
    }
    // The initial value of text-spacing-trim; see HanKerning.
    features.append(feature(.chws, 1))
    // The style's own settings come last, so that they win.
    features += style.features.map { feature($0.tag, $0.value) }
    return features
  }
}

extension FontTag {
  static let smcp = FontTag(value: 0x736D_6370), c2sc = FontTag(value: 0x6332_7363)
  static let pcap = FontTag(value: 0x7063_6170), c2pc = FontTag(value: 0x6332_7063)
  static let unic = FontTag(value: 0x756E_6963), titl = FontTag(value: 0x7469_746C)
  static let kern = FontTag(value: 0x6B65_726E), vkrn = FontTag(value: 0x766B_726E)
  static let liga = FontTag(value: 0x6C69_6761), clig = FontTag(value: 0x636C_6967), calt = FontTag(value: 0x6361_6C74)
  static let chws = FontTag(value: 0x6368_7773), halt = FontTag(value: 0x6861_6C74)
}
