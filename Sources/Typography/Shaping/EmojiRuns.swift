// Which characters are coloured pictures rather than text, by the grammar of emoji sequences
// (https://www.unicode.org/reports/tr51/#Presentation_Style).

/// How a stretch of text wants to look.
enum Presentation {
  case text
  /// An emoji by itself or as a sequence.
  case emoji
  /// U+FE0E asks for text.
  case requestedText
  /// U+FE0F asks for colours.
  case requestedEmoji

  /// Whether the system's font for emoji is asked before its others.
  var isEmoji: Bool { self == .emoji || self == .requestedEmoji }
}

struct EmojiRuns {
  private let scalars: ArraySlice<UInt32>

  /// Runs of one presentation with their ends as indices into `scalars`.
  static func runs(of scalars: ArraySlice<UInt32>) -> [(end: Int, presentation: Presentation)] {
    // Nothing else begins or takes part in a sequence.
    let isPossible = scalars.contains { $0 >= 0x200D && ($0 < 0x3400 || $0 >= 0xFE0E) || $0 == 0xA9 || $0 == 0xAE }
    guard isPossible else { return [(scalars.endIndex, .text)] }
    let finder = EmojiRuns(scalars: scalars)
    var runs: [(end: Int, presentation: Presentation)] = []
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let token = finder.token(at: index)
      index += max(1, token.length)
      if let last = runs.last, last.presentation == token.presentation {
        runs[runs.count - 1].end = index
      } else {
        runs.append((index, token.presentation))
      }
    }
    return runs
  }

  // MARK: Grammar

  private static let joiner: UInt32 = 0x200D, textSelector: UInt32 = 0xFE0E, emojiSelector: UInt32 = 0xFE0F
  private static let enclosingKeycap: UInt32 = 0x20E3, enclosingProhibition: UInt32 = 0x20E0
  private static let flagBase: UInt32 = 0x1F3F4, tagEnd: UInt32 = 0xE007F

  private func scalar(_ index: Int) -> UInt32 { index < scalars.endIndex ? scalars[index] : 0 }

  /// The longest sequence that begins at a place.
  private func token(at start: Int) -> (length: Int, presentation: Presentation) {
    let first = scalars[start], second = scalar(start + 1)
    let isKeycapBase = EmojiRuns.isKeycapBase(first)
    let isEmoji = isKeycapBase || EmojiRuns.isEmoji(first)
    if isEmoji, second == EmojiRuns.textSelector {
      return (isKeycapBase && scalar(start + 2) == EmojiRuns.enclosingKeycap ? 3 : 2, .requestedText)
    }
    let sequence = isEmoji ? joinedSequence(from: start) : 0
    if isEmoji, second == EmojiRuns.emojiSelector {
      let length = isKeycapBase && scalar(start + 2) == EmojiRuns.enclosingKeycap ? 3 : 2
      return sequence > length ? (sequence, .emoji) : (length, .requestedEmoji)
    }
    var length = sequence
    if isEmoji, second == EmojiRuns.enclosingProhibition { length = max(length, 2) }
    if first == EmojiRuns.flagBase { length = max(length, tagSequence(from: start)) }
    if EmojiRuns.isRegionalIndicator(first) { length = max(length, EmojiRuns.isRegionalIndicator(second) ? 2 : 1) }
    if EmojiRuns.isEmojiByItself(first) { length = max(length, 1) }
    if length > 0 { return (length, .emoji) }
    return (isKeycapBase && second == EmojiRuns.enclosingKeycap ? 2 : 1, .text)
  }

  /// The length of a sequence with a skin tone or joiners; 0 when there is none.
  private func joinedSequence(from start: Int) -> Int {
    var index = element(from: start)
    var count = 1
    while scalar(index) == EmojiRuns.joiner, index + 1 < scalars.endIndex, EmojiRuns.isAnyEmoji(scalars[index + 1]) {
      index = element(from: index + 1)
      count += 1
    }
    let hasSkinTone = EmojiRuns.isModifierBase(scalars[start]) && EmojiRuns.isModifier(scalar(start + 1))
    return count > 1 || hasSkinTone ? index - start : 0
  }

  /// The end of an emoji with its selector or skin tone.
  private func element(from start: Int) -> Int {
    let next = scalar(start + 1)
    let isLonger = next == EmojiRuns.emojiSelector || EmojiRuns.isModifierBase(scalars[start]) && EmojiRuns.isModifier(next)
    return start + (isLonger ? 2 : 1)
  }

  private func tagSequence(from start: Int) -> Int {
    var index = start + 1
    while (0xE0030...0xE0039).contains(scalar(index)) || (0xE0061...0xE007A).contains(scalar(index)) { index += 1 }
    return index > start + 1 && scalar(index) == EmojiRuns.tagEnd ? index + 1 - start : 0
  }

  // MARK: Characters

  private static func isKeycapBase(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 || scalar == 0x23 || scalar == 0x2A }

  static func isRegionalIndicator(_ scalar: UInt32) -> Bool { scalar &- 0x1F1E6 < 26 }

  private static func isModifier(_ scalar: UInt32) -> Bool { scalar &- 0x1F3FB < 5 }

  private static func isModifierBase(_ scalar: UInt32) -> Bool {
    scalar >= 0x261D && Unicode.Scalar(scalar)?.properties.isEmojiModifierBase ?? false
  }

  /// Emoji that may begin sequences, other than signs for keycaps.
  private static func isEmoji(_ scalar: UInt32) -> Bool {
    guard scalar >= 0xA9, let properties = Unicode.Scalar(scalar)?.properties else { return false }
    return properties.isEmoji && !isModifier(scalar) && !isRegionalIndicator(scalar)
  }

  private static func isAnyEmoji(_ scalar: UInt32) -> Bool { isKeycapBase(scalar) || isEmoji(scalar) }

  private static func isEmojiByItself(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x231A, let properties = Unicode.Scalar(scalar)?.properties else { return false }
    // Departure: people and hands that are text by themselves are emoji to browsers.
    return properties.isEmojiPresentation || isModifier(scalar) || isModifierBase(scalar)
  }
}
