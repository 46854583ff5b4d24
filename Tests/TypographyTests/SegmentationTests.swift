// How texts are cut before they are shaped. Expectations were read from Chromium, or follow from Unicode's data.

import CHarfBuzz
import Testing

@testable import Typography

private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

@Suite struct ScriptRunsTests {
  private func runs(_ text: String) -> [String] {
    ScriptRuns.runs(of: scalars(text)[...]).map { run in
      let tag = run.script.rawValue
      return "\(run.end)" + String(decoding: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: tag >> $0) }, as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("abc", ["3Latn"]), ("12", ["2Zyyy"]), ("1a", ["2Latn"]), ("a1б", ["2Latn", "3Cyrl"]), ("日本ひらカナ", ["2Hani", "6Hira"]),
    // Brackets take the script outside of them, both of them.
    ("a(б)c", ["2Latn", "3Cyrl", "5Latn"]),
    // A mark hands its scripts to a shared character.
    ("1\u{301}", ["2Cher"]), ("a\u{301}", ["2Latn"]),
    // Shared by several scripts: what stands beside it decides.
    ("ب،ب", ["3Arab"]), ("、日", ["2Hani"]), ("、한", ["2Hang"]), ("॥अ", ["2Deva"]),
    ("（日）", ["3Hani"]),
  ])
  func scripts(_ text: String, _ expected: [String]) { #expect(runs(text) == expected) }

  @Test func manyOpenBracketsAreSurvived() {
    #expect(
      ScriptRuns.runs(of: scalars(String(repeating: "([{", count: 400) + "a" + String(repeating: "}])", count: 400))[...]).count
        == 1)
    #expect(ScriptRuns.runs(of: []).isEmpty)
  }
}

@Suite struct EmojiRunsTests {
  private func runs(_ text: String) -> [String] { EmojiRuns.runs(of: scalars(text)[...]).map { "\($0.end)\($0.presentation)" } }

  @Test(arguments: [
    ("abc", ["3text"]), ("😀", ["1emoji"]), ("a😀b", ["1text", "2emoji", "3text"]), ("☎", ["1text"]),
    ("☎\u{FE0F}", ["2requestedEmoji"]),
    ("😀\u{FE0E}", ["2requestedText"]), ("1\u{FE0F}\u{20E3}", ["3requestedEmoji"]), ("1\u{20E3}", ["2text"]), ("12", ["2text"]),
    ("👍🏽", ["2emoji"]), ("👨‍👩‍👧", ["5emoji"]), ("🇩🇪", ["2emoji"]), ("❤\u{FE0F}‍🔥", ["4emoji"]),
    ("🏴\u{E0067}\u{E0062}\u{E007F}", ["4emoji"]),
    ("⛹", ["1emoji"]), ("©", ["1text"]),
  ])
  func presentations(_ text: String, _ expected: [String]) { #expect(runs(text) == expected) }
}

@Suite struct WordBoundariesTests {
  private func words(_ text: String) -> [Int] {
    let units = Array(text.utf16)
    var ends: [Int] = []
    var start = 0
    while start < units.count {
      start = WordBoundaries.wordEnd(in: units, from: start, limit: units.count, isLatin1: units.allSatisfy { $0 < 0x100 })
      ends.append(start)
    }
    return ends
  }

  @Test(arguments: [
    ("ab cd", [2, 3, 5]), ("  a", [1, 2, 3]), ("ab\u{A0}cd", [5]), ("ā b", [1, 2, 3]), ("ā日本", [1, 2, 3]), ("日本", [1, 2]),
    ("「日本」", [2, 4]), ("か\u{3099}か", [2, 3]), ("😀😀", [4]), ("a😀b", [1, 3, 4]), ("āb\u{200B}c", [2, 3, 4]), ("한국어 말", [3, 4, 5]),
  ])
  func ends(_ text: String, _ expected: [Int]) { #expect(words(text) == expected) }

  @Test func noWordIsEmptyWhateverTheText() {
    let units: [UInt16] = [0xD83D, 0xDE00, 0xDE00, 0xD83D, 0x20, 0xD83D, 0x301, 0xFE0F, 0x3042, 0xDC00]
    var start = 0
    while start < units.count {
      let end = WordBoundaries.wordEnd(in: units, from: start, limit: units.count, isLatin1: false)
      #expect(end > start && end <= units.count)
      start = max(end, start + 1)
    }
  }
}

@Suite struct BidirectionalRunsTests {
  private func runs(_ text: String, _ direction: TextDirection = .leftToRight) -> [String] {
    BidirectionalRuns.visualRuns(of: Array(text.utf16), direction: direction).map {
      "\($0.range.lowerBound)-\($0.range.upperBound)/\($0.level)"
    }
  }

  @Test func runsAreSeenInOrder() {
    #expect(runs("abc") == ["0-3/0"])
    #expect(runs("ab אב cd") == ["0-3/0", "3-5/1", "5-8/0"])
    #expect(runs("אב ab", .rightToLeft) == ["3-5/2", "0-3/1"])
  }

  @Test func joinersGoWithWhatFollows() {
    #expect(runs("ب\u{200D}a") == ["0-1/1", "1-3/0"])
    #expect(runs("a\u{200D}ب") == ["0-1/0", "1-3/1"])
  }
}

@Suite struct HanRegionTests {
  @Test(arguments: [
    ("ja", HanRegion.japan), ("ja-JP", .japan), ("ko", .korea), ("zh", .mainland), ("zh-CN", .mainland), ("zh-TW", .taiwan),
    ("zh_HK", .taiwan), ("zh-Hant-CN", .taiwan), ("und-Hans", .mainland), ("yue", .taiwan),
  ])
  func regions(_ language: String, _ expected: HanRegion) { #expect(HanRegion(language: language) == expected) }

  @Test func otherLanguagesHaveNone() {
    #expect(HanRegion(language: nil) == nil && HanRegion(language: "") == nil && HanRegion(language: "en-JP") == nil)
    #expect(HanRegion(language: "ja-Latn") == nil)
  }
}
