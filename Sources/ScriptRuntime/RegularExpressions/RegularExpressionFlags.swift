/// The flags after the closing slash.
struct RegularExpressionFlags: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  static let hasIndices = RegularExpressionFlags(rawValue: 1)  // d
  static let global = RegularExpressionFlags(rawValue: 2)  // g
  static let ignoreCase = RegularExpressionFlags(rawValue: 4)  // i
  static let multiline = RegularExpressionFlags(rawValue: 8)  // m
  static let dotAll = RegularExpressionFlags(rawValue: 16)  // s
  static let unicode = RegularExpressionFlags(rawValue: 32)  // u
  static let unicodeSets = RegularExpressionFlags(rawValue: 64)  // v
  static let sticky = RegularExpressionFlags(rawValue: 128)  // y

  /// nil for an unknown or repeated letter, and for `u` together with `v`.
  init?(_ letters: some Sequence<UInt16>) {
    self = []
    for letter in letters {
      guard let flag = RegularExpressionFlags(letter: letter), isDisjoint(with: flag) else { return nil }
      insert(flag)
    }
    if isSuperset(of: [.unicode, .unicodeSets]) { return nil }
  }

  private init?(letter: UInt16) {
    switch letter {
    case 0x64: self = .hasIndices
    case 0x67: self = .global
    case 0x69: self = .ignoreCase
    case 0x6D: self = .multiline
    case 0x73: self = .dotAll
    case 0x75: self = .unicode
    case 0x76: self = .unicodeSets
    case 0x79: self = .sticky
    default: return nil
    }
  }

  /// Whether characters are code points rather than code units.
  var matchesCodePoints: Bool { isDisjoint(with: [.unicode, .unicodeSets]) == false }
}
