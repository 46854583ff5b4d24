// The pieces that are shaped by themselves. Browsers set canvas text word by word, so that the same word is as wide in every text:
// neither kerning nor ligatures reach over a space, or from one ideograph to the next.

import CHarfBuzz

enum WordBoundaries {
  /// The end of the word that begins at `start`, in UTF-16 units.
  static func wordEnd(in text: [UInt16], from start: Int, limit: Int, isLatin1: Bool) -> Int {
    guard start + 1 < limit, !isDelimiter(text[start]) else { return min(start + 1, limit) }
    var end = start
    if isLatin1 {
      end += 1
      while end < limit, text[end] != 0x20 { end += 1 }
      return end
    }
    let first = next(in: text, at: &end, limit: limit)
    guard isIdeographOrSymbol(first) else {
      while end < limit {
        var after = end
        let scalar = next(in: text, at: &after, limit: limit)
        if isDelimiter(text[end]) || isIdeographOrSymbol(scalar) && !isModifying(scalar) { return end }
        end = after
      }
      return limit
    }
    // Every ideograph is a word, with what belongs to it: signs that are no letters of a script, and the parts of emoji.
    var hasScript = !isShared(first)
    while end < limit {
      var after = end
      let scalar = next(in: text, at: &after, limit: limit)
      if !isModifying(scalar), !isEmojiPart(scalar) {
        guard isIdeographOrSymbol(scalar) else { return end }
        if !isShared(scalar) {
          guard !hasScript else { return end }
          hasScript = true
        }
      }
      end = after
    }
    return limit
  }

  /// HarfBuzz takes a time that grows with the square of the number of marks on one letter.
  private static let mostMarks = 256

  /// Adds a word, in pieces if it has more marks in a row than any letter needs.
  static func append(_ word: Range<Int>, of text: [UInt16], to words: inout [Range<Int>]) {
    guard word.count > mostMarks else { return words.append(word) }
    var start = word.lowerBound, index = start, marks = 0
    while index < word.upperBound {
      let before = index
      let scalar = next(in: text, at: &index, limit: word.upperBound)
      marks = scalar >= 0x300 && isModifying(scalar) ? marks + 1 : 0
      if marks > mostMarks {
        words.append(start..<before)
        (start, marks) = (before, 1)
      }
    }
    words.append(start..<word.upperBound)
  }

  /// Spaces and tabs, and what stands for invisible characters.
  private static func isDelimiter(_ unit: UInt16) -> Bool { unit == 0x20 || unit == 0x09 || unit == 0x200B }

  /// The character at a place, which moves behind it. Surrogates without partners stand for themselves.
  @inline(__always)
  static func next(in text: [UInt16], at index: inout Int, limit: Int) -> UInt32 {
    let unit = UInt32(text[index])
    index += 1
    guard unit & 0xFC00 == 0xD800, index < limit, text[index] & 0xFC00 == 0xDC00 else { return unit }
    defer { index += 1 }
    return 0x10000 + (unit & 0x3FF) << 10 + UInt32(text[index] & 0x3FF)
  }

  // MARK: Characters

  private static func isShared(_ scalar: UInt32) -> Bool {
    ScriptSet.isShared(hb_unicode_script(hb_unicode_funcs_get_default(), scalar))
  }

  /// Marks, letters and signs that change the character before them.
  private static func isModifying(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x2B0 || scalar < 0x100, let properties = Unicode.Scalar(scalar)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .modifierLetter, .modifierSymbol: return true
    default: return false
    }
  }

  private static func isEmojiPart(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x23, 0x2A, 0x30...0x39, 0x200D, 0x20E3, 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return true
    case ..<0xA9: return false
    default: break
    }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    // Extended_Pictographic: emoji, and what is set aside for more of them.
    return properties.isEmoji || (0x1F000...0x1FFFD).contains(scalar) && properties.generalCategory == .unassigned
  }

  static func isIdeographOrSymbol(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x2C7 else { return false }
    if scalar >= 0x3200, scalar < 0xA000 { return true }
    if scalar >= 0x231A, Unicode.Scalar(scalar)?.properties.isEmojiPresentation ?? false { return true }
    var low = 0, high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if scalar < ranges[2 * middle] {
        high = middle
      } else if scalar > ranges[2 * middle + 1] {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }

  // Sorted pairs of first and last, measured in Chromium with a font that kerns any two characters. Unassigned characters, marks and
  // characters that are emoji by themselves may lie within.
  private static let ranges: [UInt32] = [
    0x2C7, 0x2C7, 0x2CA, 0x2CB, 0x2D9, 0x2D9, 0x2020, 0x2021, 0x2030, 0x2030, 0x203B, 0x203C, 0x2042, 0x2042, 0x2047, 0x2049,
    0x2051, 0x2051, 0x20DD, 0x20DE, 0x2100, 0x2100,
    0x2103, 0x2103, 0x2105, 0x2105, 0x2109, 0x210A, 0x2113, 0x2113, 0x2116, 0x2116, 0x2121, 0x2121, 0x212B, 0x212B,
    0x213B, 0x213B, 0x2150, 0x2152, 0x2156, 0x215A, 0x2160, 0x216B, 0x2170, 0x217B, 0x217F, 0x217F, 0x2189, 0x2189,
    0x2194, 0x2195, 0x2307, 0x2307, 0x2312, 0x2312, 0x23BE, 0x23CC, 0x23CE, 0x23CE, 0x2423, 0x2423, 0x2460, 0x2492,
    0x249C, 0x24FF, 0x25A0, 0x25A2, 0x25AA, 0x25AB, 0x25B1, 0x25B3, 0x25B6, 0x25B7, 0x25BC, 0x25BD, 0x25C0, 0x25C1,
    0x25C6, 0x25C7, 0x25C9, 0x25C9, 0x25CB, 0x25CC, 0x25CE, 0x25D3, 0x25E2, 0x25E6, 0x25EF, 0x25EF, 0x2600, 0x2603,
    0x2605, 0x2606, 0x260E, 0x260E, 0x2616, 0x2617, 0x261D, 0x261D, 0x2620, 0x2620, 0x2640, 0x2640, 0x2642, 0x2642,
    0x2660, 0x266F, 0x2672, 0x267D, 0x2695, 0x2696, 0x26A0, 0x26A0, 0x26A7, 0x26A7, 0x26D3, 0x26D3, 0x26F9, 0x26F9,
    0x2708, 0x2708, 0x270C, 0x270D, 0x2713, 0x2713, 0x271A, 0x271A, 0x273F, 0x2740, 0x2744, 0x2744, 0x2756, 0x2756,
    0x2763, 0x2764, 0x2776, 0x277F, 0x27A1, 0x27A1, 0x2B1A, 0x2B1A, 0x2E80, 0x2FDF, 0x2FF0, 0x3029, 0x3036, 0x312F,
    0x3190, 0x31EF, 0x3200, 0x9FFF, 0xF860, 0xF862, 0xF900, 0xFAFF, 0xFE10, 0xFE12, 0xFE19, 0xFE19, 0xFE30, 0xFE6F,
    0xFF00, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1D, 0xFF1D, 0xFF1F, 0xFFEF, 0x16FE2, 0x16FEF, 0x16FF4, 0x18AFF, 0x1B000, 0x1B12F,
    0x1B170, 0x1B2FF, 0x1F100, 0x1F100, 0x1F110, 0x1F129, 0x1F130, 0x1F149, 0x1F150, 0x1F169, 0x1F170, 0x1F189,
    0x1F200, 0x1F6FF, 0x1F900, 0x1F946, 0x1FAC9, 0x1FACC, 0x20000, 0x2FFFF,
  ]
}
