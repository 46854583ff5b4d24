// What a text is set in: the properties that choose faces and steer shaping.

/// One entry of a `font-family` list.
public enum FontFamily: Hashable, Sendable {
  /// A name, compared without regard to case.
  case named(String)
  case generic(GenericFontFamily)
}

/// The generic families of https://drafts.csswg.org/css-fonts-4/#generic-font-families.
public enum GenericFontFamily: String, CaseIterable, Sendable {
  case serif
  case sansSerif = "sans-serif"
  case monospace
  case cursive
  case fantasy
  case systemUI = "system-ui"
  case uiSerif = "ui-serif"
  case uiSansSerif = "ui-sans-serif"
  case uiMonospace = "ui-monospace"
  case uiRounded = "ui-rounded"
  case math
  case emoji
  case fangsong
}

/// The `font-style` property.
public enum FontSlant: Hashable, Sendable {
  case normal
  case italic
  /// -90...90 degrees, positive leans to the right; CSS's plain `oblique` is 14.
  case oblique(degrees: Double)
}

/// The `font-variant-caps` property; raw values are CSS keywords.
public enum FontVariantCaps: String, CaseIterable, Sendable {
  case normal
  case smallCaps = "small-caps"
  case allSmallCaps = "all-small-caps"
  case petiteCaps = "petite-caps"
  case allPetiteCaps = "all-petite-caps"
  case unicase
  case titlingCaps = "titling-caps"
}

/// The `font-kerning` property.
public enum FontKerning: String, CaseIterable, Sendable {
  case auto, normal, none
}

/// The `text-rendering` property; raw values are the canvas's keywords.
public enum TextRendering: String, CaseIterable, Sendable {
  case auto, optimizeSpeed, optimizeLegibility, geometricPrecision
}

/// The base direction of a text.
public enum TextDirection: String, Sendable {
  case leftToRight = "ltr"
  case rightToLeft = "rtl"
}

/// An OpenType feature or variation axis: four ASCII characters.
public struct FontTag: Hashable, Sendable {
  public let value: UInt32

  /// Nil unless `text` has four characters from U+20 to U+7E.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 4, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    value = bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  init(value: UInt32) { self.value = value }

  /// The four characters.
  var text: String {
    String(decoding: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }, as: UTF8.self)
  }

  static let weight = FontTag(value: 0x7767_6874)
  static let width = FontTag(value: 0x7764_7468)
  static let slant = FontTag(value: 0x736C_6E74)
  static let italic = FontTag(value: 0x6974_616C)
  static let opticalSize = FontTag(value: 0x6F70_737A)
  static let colorTable = FontTag(value: 0x434F_4C52)  // COLR
  static let sbix = FontTag(value: 0x7362_6978)
  /// How the sbix table marks the kinds of pictures.
  static let pngPicture = FontTag(value: 0x706E_6720)
  static let jpegPicture = FontTag(value: 0x6A70_6720)
}

/// A feature switched on (1), off (0) or to an alternative (2, 3, …), as in `font-feature-settings`.
public struct FontFeature: Hashable, Sendable {
  public var tag: FontTag
  public var value: UInt32

  public init(tag: FontTag, value: UInt32) {
    self.tag = tag
    self.value = value
  }
}

/// A place on a variation axis, as in `font-variation-settings`.
public struct FontVariation: Hashable, Sendable {
  public var tag: FontTag
  public var value: Double

  public init(tag: FontTag, value: Double) {
    self.tag = tag
    self.value = value
  }
}

/// Everything besides the characters that decides how a text looks. Lengths are in user space units.
public struct TextStyle: Hashable, Sendable {
  /// In order of preference. Characters that none of them has are looked for in the system's other fonts.
  public var families: [FontFamily]
  /// Length of an em; what is negative or not finite counts as 0, and nothing is larger than `TextStyle.largestSize`.
  public var size: Double
  /// 1...1000; 400 is regular, 700 bold.
  public var weight: Double
  /// Per cent; 100 is normal, 75 condensed.
  public var stretch: Double
  public var slant: FontSlant
  public var variantCaps: FontVariantCaps
  public var kerning: FontKerning
  /// Added after every cluster. Any other value than 0 switches common ligatures off.
  public var letterSpacing: Double
  /// Added after every word separator.
  public var wordSpacing: Double
  public var direction: TextDirection
  /// A BCP 47 tag, or nil.
  public var language: String?
  public var textRendering: TextRendering
  public var features: [FontFeature]
  public var variations: [FontVariation]

  public static let largestSize = 1_000_000.0

  public init(
    families: [FontFamily] = [.generic(.sansSerif)], size: Double = 10, weight: Double = 400, stretch: Double = 100,
    slant: FontSlant = .normal, variantCaps: FontVariantCaps = .normal, kerning: FontKerning = .auto,
    letterSpacing: Double = 0, wordSpacing: Double = 0, direction: TextDirection = .leftToRight, language: String? = nil,
    textRendering: TextRendering = .auto, features: [FontFeature] = [], variations: [FontVariation] = []
  ) {
    self.families = families
    self.size = size
    self.weight = weight
    self.stretch = stretch
    self.slant = slant
    self.variantCaps = variantCaps
    self.kerning = kerning
    self.letterSpacing = letterSpacing
    self.wordSpacing = wordSpacing
    self.direction = direction
    self.language = language
    self.textRendering = textRendering
    self.features = features
    self.variations = variations
  }
}
