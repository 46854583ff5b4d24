// The faces that are tried for a stretch of text, one after the other, until one has every glyph: those of the style's list, the
// system's choice for characters that are still missing, and at last the first one again, to show that something is missing.

import CHarfBuzz

struct FontFallback {
  private enum Stage { case listed, emoji, system, lastResort, first, exhausted }

  private let style: ResolvedStyle
  private let presentation: Presentation
  private var stage = Stage.listed
  private var index = 0
  private var tried: [FaceInstance] = []
  private var askedFor: [UInt32] = []
  private var offered: ArraySlice<FaceInstance> = []

  init(style: ResolvedStyle, presentation: Presentation) {
    self.style = style
    self.presentation = presentation
  }

  /// Whether the face that `next` gave last is not the last one.
  var hasNext: Bool { stage != .exhausted }

  mutating func reset() { self = FontFallback(style: style, presentation: presentation) }

  /// `missing` are the characters that no face has had yet. Nil only when there is no font at all.
  mutating func next(for missing: [UInt32]) -> FaceInstance? {
    while true {
      guard let candidate = candidate(for: missing) else {
        if stage == .exhausted { return nil }
        continue
      }
      if stage == .exhausted { return candidate }
      // A face for a part of Unicode only may come again for another part.
      if candidate.record.unicodeRanges == nil {
        if tried.contains(where: { $0.face === candidate.face }) { continue }
      }
      tried.append(candidate)
      return candidate
    }
  }

  /// One step on; nil when it has led to another stage or to no face.
  private mutating func candidate(for missing: [UInt32]) -> FaceInstance? {
    switch stage {
    case .listed:
      guard style.hasCandidate(index) else {
        stage = presentation == .text ? .system : .emoji
        return nil
      }
      defer { index += 1 }
      guard style.candidate(index, servesAnyOf: missing) else { return nil }
      return style.candidate(index)
    case .emoji:
      stage = .system
      return presentation.isEmoji ? style.emojiFallback() : nil
    case .system:
      if let next = offered.popFirst() { return next }
      guard let hint = FontFallback.tellingCharacter(of: missing), !askedFor.contains(hint) else {
        stage = .lastResort
        return nil
      }
      askedFor.append(hint)
      offered = style.systemFallbacks(for: hint)[...]
      return nil
    case .lastResort:
      stage = .first
      return style.lastResort()
    case .first:
      stage = .exhausted
      return tried.first ?? style.primary
    case .exhausted:
      return nil
    }
  }

  /// The character whose font is asked for: the first, unless one after it tells more about the script of what is missing.
  private static func tellingCharacter(of missing: [UInt32]) -> UInt32? {
    guard let first = missing.first, !hasScript(first) else { return missing.first }
    for scalar in missing.dropFirst() {
      if hasScript(scalar) || isInScriptBlock(scalar) { return scalar }
    }
    return first
  }

  private static func hasScript(_ scalar: UInt32) -> Bool {
    !ScriptSet.isShared(hb_unicode_script(hb_unicode_funcs_get_default(), scalar))
  }

  /// Signs that several scripts share, but that stand among the letters of one.
  private static func isInScriptBlock(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Greek, Armenian, Arabic, Devanagari, Kannada, Thai, Georgian, East Asian punctuation and kana, Gothic
    case 0x370...0x3FF, 0x530...0x58F, 0x600...0x6FF, 0x900...0x97F, 0xC80...0xCFF, 0xE00...0xE7F, 0x10A0...0x10FF,
      0x3000...0x30FF,
      0x10330...0x1034F:
      true
    default: false
    }
  }
}
