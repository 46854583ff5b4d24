// The languages that write the same ideographs in their own ways, and for which browsers have fonts of their own.

enum HanRegion {
  case japan, korea, mainland, taiwan

  /// From a BCP 47 tag; nil for all other languages.
  init?(language: String?) {
    guard let language else { return nil }
    let parts = language.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
    guard let primary = parts.first else { return nil }
    if let script = parts.dropFirst().first(where: { $0.utf8.count == 4 }) {
      switch script {
      case "hant": self = .taiwan
      case "hans": self = .mainland
      case "jpan", "hira", "kana": self = .japan
      case "kore", "hang": self = .korea
      default: return nil
      }
      return
    }
    switch primary {
    case "ja": self = .japan
    case "ko": self = .korea
    case "yue", "hak", "nan": self = .taiwan
    case "cmn", "wuu": self = .mainland
    case "zh": self = parts.contains { ["tw", "hk", "mo"].contains($0) } ? .taiwan : .mainland
    default: return nil
    }
  }

  /// Chromium's settings on Linux; the last two letters of the names tell the regions apart.
  private var suffix: String {
    switch self {
    case .japan: "JP"
    case .korea: "KR"
    case .mainland: "SC"
    case .taiwan: "TC"
    }
  }

  /// The font of texts whose own fonts are not there.
  var standardFont: String { "Noto Sans CJK \(suffix)" }

  /// Nil where a generic family is the same for all regions.
  func font(for family: GenericFontFamily) -> String? {
    switch family {
    case .serif, .uiSerif: "Noto Serif CJK \(suffix)"
    case .sansSerif: "Noto Sans CJK \(suffix)"
    case .monospace, .uiMonospace: self == .japan ? "Noto Sans Mono CJK JP" : nil
    default: nil
    }
  }
}
