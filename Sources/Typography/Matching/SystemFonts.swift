// The fonts of the machine, through fontconfig.

import CFontconfig
import CHarfBuzz
import Synchronization

/// A view on fontconfig's current configuration. Making one reads the configuration and the font caches, a few milliseconds.
final class SystemFonts: @unchecked Sendable {
  // Safe: a configuration that no longer changes may be read by several threads; released in deinit.
  private let config: OpaquePointer
  private let state = Mutex(State())

  private struct State {
    var families: [String: [FontRecord]] = [:]
    var aliases: [String: [String]] = [:]
    var matches: [String: String?] = [:]
    var emojiFont: FontRecord??
    /// By language; the empty one for none.
    var fallbacks: [String: FallbackOrder] = [:]
  }

  /// A font with the characters it has. The pattern belongs to the configuration, which outlives this.
  private struct FallbackFont: @unchecked Sendable {
    let record: FontRecord
    let characters: OpaquePointer
  }

  private struct FallbackOrder {
    var fonts: [FallbackFont]
    var found: [UInt32: FontRecord?] = [:]
  }

  init?() {
    guard let config = SystemFonts.readConfiguration() else { return nil }
    self.config = config
  }

  /// What FcInitLoadConfigAndFonts does, but for the templates of rules that are not in use, which it reads to describe them:
  /// that takes as long as all the rest.
  private static func readConfiguration() -> OpaquePointer? {
    if let config = FcConfigCreate() {
      if FcConfigParseAndLoad(config, nil, 1) != 0, let folders = FcConfigGetCacheDirs(config) {
        defer { FcStrListDone(folders) }
        if FcStrListNext(folders) != nil, FcConfigBuildFonts(config) != 0 { return config }
      }
      FcConfigDestroy(config)
    }
    // There is no configuration, or one without a cache: fontconfig knows what to do without.
    return FcInitLoadConfigAndFonts()
  }

  deinit { FcConfigDestroy(config) }

  // MARK: Families

  /// The faces of a family under one of its names; empty when it is not installed.
  func faces(ofFamily name: String) -> [FontRecord] {
    let key = name.lowercased()
    return state.withLock { state in
      if let known = state.families[key] { return known }
      let found = patterns().compactMap { record($0, ifNamed: name) }
      // Scripts may make up names without end.
      if state.families.count > 4096 { state.families.removeAll() }
      state.families[key] = found
      return found
    }
  }

  /// The families that fontconfig binds to `name` as strongly as the name itself, such as metric-compatible replacements.
  func strongAliases(of name: String) -> [String] {
    if let known = state.withLock({ $0.aliases[name] }) { return known }
    let found = findStrongAliases(of: name)
    state.withLock { state in
      if state.aliases.count > 4096 { state.aliases.removeAll() }
      state.aliases[name] = found
    }
    return found
  }

  private func findStrongAliases(of name: String) -> [String] {
    withSubstitutedPattern(name) { pattern in
      var aliases: [String] = []
      var value = FcValue(), binding = FcValueBindingWeak, index: Int32 = 0
      while FcPatternGetWithBinding(pattern, FC_FAMILY, index, &value, &binding) == FcResultMatch, index < 64 {
        index += 1
        guard binding != FcValueBindingWeak, value.type == FcTypeString, let text = value.u.s else { continue }
        let alias = String(cString: text)
        if alias.lowercased() != name.lowercased() { aliases.append(alias) }
      }
      return aliases
    }
  }

  /// The family that fontconfig answers with when it is asked for `name`, whatever it finds.
  func matchedFamily(for name: String) -> String? {
    if let known = state.withLock({ $0.matches[name] }) { return known }
    let found = findMatchedFamily(for: name)
    state.withLock { state in
      if state.matches.count > 4096 { state.matches.removeAll() }
      state.matches[name] = .some(found)
    }
    return found
  }

  private func findMatchedFamily(for name: String) -> String? {
    withSubstitutedPattern(name) { pattern in
      var result = FcResultMatch
      guard let match = FcFontMatch(config, pattern, &result) else { return nil }
      defer { FcPatternDestroy(match) }
      return string(match, FC_FAMILY)
    }
  }

  /// The file of the face with a full or PostScript name, which are compared without regard to case.
  func file(ofFontNamed name: String) -> (path: String, index: UInt32)? {
    let wanted = name.lowercased()
    for pattern in patterns() {
      for object in [FC_FULLNAME, FC_POSTSCRIPT_NAME] where string(pattern, object)?.lowercased() == wanted {
        if let record = record(pattern, ifNamed: nil), case .file(let path, let index) = record.location { return (path, index) }
      }
    }
    return nil
  }

  /// Every family with its faces, sorted by name.
  func allFamilies() -> [(name: String, faces: [FontRecord])] {
    var faces: [String: [FontRecord]] = [:]
    for pattern in patterns() {
      guard let record = record(pattern, ifNamed: nil) else { continue }
      faces[record.family, default: []].append(record)
    }
    return faces.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func withSubstitutedPattern<Result>(
    _ family: String?, language: String? = nil, _ body: (OpaquePointer) -> Result
  ) -> Result where Result: ExpressibleByNilLiteral {
    guard let pattern = FcPatternCreate() else { return nil }
    defer { FcPatternDestroy(pattern) }
    if let family { FcPatternAddString(pattern, FC_FAMILY, family) }
    if let language { FcPatternAddString(pattern, FC_LANG, language) }
    FcPatternAddBool(pattern, FC_SCALABLE, 1)
    FcConfigSubstitute(config, pattern, FcMatchPattern)
    FcDefaultSubstitute(pattern)
    return body(pattern)
  }

  private func withSubstitutedPattern(_ family: String, _ body: (OpaquePointer) -> [String]) -> [String] {
    withSubstitutedPattern(family) { Optional(body($0)) } ?? []
  }

  // MARK: Fallback

  /// The first font that has a character, in the system's order for a language.
  func fallback(for scalar: UInt32, language: String?) -> FontRecord? {
    let language = language ?? ""
    return state.withLock { state in
      if let known = state.fallbacks[language]?.found[scalar] { return known }
      // Scripts may make up languages without end.
      if state.fallbacks.count > 64 { state.fallbacks.removeAll() }
      if state.fallbacks[language] == nil {
        state.fallbacks[language] = FallbackOrder(fonts: makeFallbackOrder(language: language.isEmpty ? nil : language))
      }
      let found = state.fallbacks[language]?.fonts.first { FcCharSetHasChar($0.characters, scalar) != 0 }?.record
      state.fallbacks[language]?.found[scalar] = .some(found)
      return found
    }
  }

  /// The font for emoji in colour: the first with the character for a family, which browsers look for, in the order for emoji.
  func emojiFont() -> FontRecord? {
    state.withLock { state in
      if let known = state.emojiFont { return known }
      let found = makeFallbackOrder(language: "und-zsye").first { FcCharSetHasChar($0.characters, 0x1F46A) != 0 }?.record
      state.emojiFont = .some(found)
      return found
    }
  }

  private func makeFallbackOrder(language: String?) -> [FallbackFont] {
    withSubstitutedPattern(nil, language: language) { pattern -> [FallbackFont]? in
      var result = FcResultMatch
      guard let set = FcFontSort(config, pattern, 0, nil, &result) else { return nil }
      // The set only borrows patterns of the configuration.
      defer { FcFontSetSortDestroy(set) }
      return (0..<Int(set.pointee.nfont)).compactMap { index in
        guard let pattern = set.pointee.fonts[index], let record = record(pattern, ifNamed: nil) else { return nil }
        var characters: OpaquePointer?
        guard FcPatternGetCharSet(pattern, FC_CHARSET, 0, &characters) == FcResultMatch, let characters else { return nil }
        return FallbackFont(record: record, characters: characters)
      }
    } ?? []
  }

  // MARK: Patterns

  private func patterns() -> [OpaquePointer] {
    [FcSetSystem, FcSetApplication].flatMap { kind -> [OpaquePointer] in
      guard let set = FcConfigGetFonts(config, kind) else { return [] }
      return (0..<Int(set.pointee.nfont)).compactMap { set.pointee.fonts[$0] }
    }
  }

  /// Nil for fonts that we cannot use, and those without the name.
  private func record(_ pattern: OpaquePointer, ifNamed name: String?) -> FontRecord? {
    if let name, !hasFamily(pattern, name) { return nil }
    var index: Int32 = 0
    guard let path = string(pattern, FC_FILE), let family = string(pattern, FC_FAMILY),
      isUsable(string(pattern, FC_FONTFORMAT)), FcPatternGetInteger(pattern, FC_INDEX, 0, &index) == FcResultMatch,
      // The upper half numbers the named instances of a variable font, which its ranges describe better.
      index >> 16 == 0
    else { return nil }
    var slant: Int32 = 0, isVariable: FcBool = 0
    _ = FcPatternGetInteger(pattern, FC_SLANT, 0, &slant)
    _ = FcPatternGetBool(pattern, FC_VARIABLE, 0, &isVariable)
    let weight = range(pattern, FC_WEIGHT) ?? Double(FC_WEIGHT_REGULAR)...Double(FC_WEIGHT_REGULAR)
    let openTypeWeights = FcWeightToOpenTypeDouble(weight.lowerBound)...FcWeightToOpenTypeDouble(weight.upperBound)
    return FontRecord(
      family: family, weight: openTypeWeights, stretch: range(pattern, FC_WIDTH) ?? 100...100,
      style: slant >= FC_SLANT_OBLIQUE ? .oblique : slant >= FC_SLANT_ITALIC ? .italic : .normal,
      location: .file(path: path, index: UInt32(index)), isVariable: isVariable != 0, unicodeRanges: nil,
      styleName: string(pattern, FC_STYLE) ?? "")
  }

  private func isUsable(_ format: String?) -> Bool { format == "TrueType" || format == "CFF" }

  private func hasFamily(_ pattern: OpaquePointer, _ name: String) -> Bool {
    var text: UnsafeMutablePointer<FcChar8>?, index: Int32 = 0
    while FcPatternGetString(pattern, FC_FAMILY, index, &text) == FcResultMatch, let family = text {
      if FcStrCmpIgnoreCase(family, name) == 0 { return true }
      index += 1
    }
    return false
  }

  private func string(_ pattern: OpaquePointer, _ object: String) -> String? {
    var text: UnsafeMutablePointer<FcChar8>?
    guard FcPatternGetString(pattern, object, 0, &text) == FcResultMatch, let text else { return nil }
    return String(cString: text)
  }

  private func range(_ pattern: OpaquePointer, _ object: String) -> ClosedRange<Double>? {
    var value = 0.0, range: OpaquePointer?, low = 0.0, high = 0.0
    if FcPatternGetDouble(pattern, object, 0, &value) == FcResultMatch { return value...value }
    guard FcPatternGetRange(pattern, object, 0, &range) == FcResultMatch, let range,
      FcRangeGetDouble(range, &low, &high) != 0, low <= high
    else { return nil }
    return low...high
  }
}
