// All fonts that a library knows, asked by family: the added ones first, then the system's.

import CHarfBuzz

/// Where families come from.
final class FontSources {
  private let includesSystemFonts: Bool
  private var startedSystem: SystemFonts??
  var userFonts = UserFonts()
  /// Told of characters that no font has.
  var missing: (UInt32) -> Void = { _ in }

  init(includesSystemFonts: Bool) {
    self.includesSystemFonts = includesSystemFonts
  }

  /// Started on first use: reading the configuration costs more than a small drawing.
  var system: SystemFonts? {
    if let startedSystem { return startedSystem }
    let system = includesSystemFonts ? SystemFonts() : nil
    startedSystem = .some(system)
    return system
  }

  /// The faces of a family and the name under which they were found; nil when there is none.
  func faces(of family: FontFamily, in region: HanRegion? = nil) -> (name: String, faces: [FontRecord])? {
    switch family {
    case .named(let name): return faces(named: name)
    case .generic(let generic):
      if let found = region?.font(for: generic).flatMap({ installed($0) }) { return found }
      for name in FontSources.preferredNames(generic) {
        if let found = faces(named: name) { return found }
      }
      guard let system, let name = FontSources.fontconfigName(generic) else { return nil }
      let matched = system.matchedFamily(for: name)
      // fontconfig always answers; its default sans-serif is no fantasy face.
      if FontSources.isDecorative(generic), matched == system.matchedFamily(for: "sans-serif") { return nil }
      return matched.flatMap { installed($0) }
    }
  }

  /// The faces of a family as fontconfig alone would choose it.
  func plainFaces(of family: FontFamily) -> (name: String, faces: [FontRecord])? {
    guard case .generic(let generic) = family, let name = FontSources.fontconfigName(generic) else { return faces(of: family) }
    return system?.matchedFamily(for: name).flatMap { installed($0) }
  }

  private func faces(named name: String) -> (name: String, faces: [FontRecord])? {
    if let found = installed(name) { return found }
    for alias in system?.strongAliases(of: name) ?? [] {
      if let found = installed(alias) { return found }
    }
    // fontconfig keeps these pairs of like widths apart; browsers do not.
    let likeness: String? =
      switch name.lowercased() {
      case "helvetica": "Arial"
      case "times": "Times New Roman"
      case "courier": "Courier New"
      default: nil
      }
    return likeness.flatMap { faces(named: $0) }
  }

  private func installed(_ name: String) -> (name: String, faces: [FontRecord])? {
    let own = userFonts.faces(ofFamily: name)
    if !own.isEmpty { return (name, own) }
    let installed = system?.faces(ofFamily: name) ?? []
    return installed.isEmpty ? nil : (name, installed)
  }

  /// What text is set in when nothing of its list is there: browsers' standard font, then whatever there is.
  func lastResorts(in region: HanRegion? = nil) -> [(name: String, faces: [FontRecord])] {
    if let found = region.flatMap({ installed($0.standardFont) }) { return [found] }
    if let standard = faces(of: .generic(.serif)) ?? faces(of: .generic(.sansSerif)) { return [standard] }
    if let first = userFonts.all.first { return [(first.family, userFonts.faces(ofFamily: first.family))] }
    return system?.allFamilies().first.map { [$0] } ?? []
  }

  /// Faces for a character that no family of the style has: the added ones, then the system's first.
  func fallback(for scalar: UInt32, language: String?) -> [FontRecord] {
    let own = userFonts.all.filter { $0.allows(scalar) }
    // Nobody but their makers knows what characters for private use look like.
    guard let properties = Unicode.Scalar(scalar)?.properties, properties.generalCategory != .privateUse,
      !properties.isNoncharacterCodePoint, scalar != 0
    else { return own }
    return own + (system?.fallback(for: scalar, language: language).map { [$0] } ?? [])
  }

  /// The system's font for emoji in colour.
  func emojiFallback() -> FontRecord? { system?.emojiFont() }

  /// Chromium's settings on Linux, so that scripts look as they did where they were written.
  private static func preferredNames(_ generic: GenericFontFamily) -> [String] {
    switch generic {
    case .serif, .uiSerif: ["Times New Roman"]
    case .sansSerif: ["Arial"]
    case .cursive: ["Comic Sans MS"]
    case .fantasy: ["Impact"]
    default: []
    }
  }

  private static func fontconfigName(_ generic: GenericFontFamily) -> String? {
    switch generic {
    case .serif, .uiSerif: "serif"
    case .sansSerif, .uiSansSerif, .uiRounded, .systemUI: "sans-serif"
    case .monospace, .uiMonospace: "monospace"
    case .cursive: "cursive"
    case .fantasy: "fantasy"
    case .math: "math"
    case .emoji: "emoji"
    case .fangsong: "FangSong"
    }
  }

  private static func isDecorative(_ generic: GenericFontFamily) -> Bool {
    switch generic {
    case .cursive, .fantasy, .math, .emoji, .fangsong: true
    default: false
    }
  }
}
