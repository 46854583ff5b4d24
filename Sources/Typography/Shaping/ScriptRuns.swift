// Stretches of text in one script (UAX #24), as browsers find them: characters of several scripts decide for one that fits their
// neighbours, and closing brackets for that of the opening ones.

import CFriBidi
import CHarfBuzz

/// Finds the script runs of one piece of text after the other.
struct ScriptRuns {
  private struct Opening {
    let character: UInt32
    var script: hb_script_t
  }

  private static let mostOpenings = 32

  private let scalars: ArraySlice<UInt32>
  private let functions = hb_unicode_funcs_get_default()
  private var openings: [Opening] = []
  /// How many of the last openings still wait for the script of their run.
  private var unresolvedOpenings = 0
  private var current = ScriptSet(HB_SCRIPT_COMMON)
  private var next = ScriptSet(HB_SCRIPT_COMMON)
  private var ahead = ScriptSet(HB_SCRIPT_COMMON)
  /// What a run of shared characters alone would like to be.
  private var preferred = HB_SCRIPT_COMMON

  private init(_ scalars: ArraySlice<UInt32>) {
    self.scalars = scalars
    if let first = scalars.first { ahead = ScriptExtensions.scripts(of: first, functions) }
  }

  /// The runs with their ends as indices into `scalars`.
  static func runs(of scalars: ArraySlice<UInt32>) -> [(end: Int, script: hb_script_t)] {
    var runs = ScriptRuns(scalars)
    return runs.find()
  }

  private mutating func find() -> [(end: Int, script: hb_script_t)] {
    var runs: [(end: Int, script: hb_script_t)] = []
    for index in scalars.indices {
      advance(to: index)
      let isOpening = matchBracket(scalars[index])
      if !mergeNext() {
        let script = resolved()
        runs.append((index, script))
        resolveOpenings(script, exceptLast: isOpening)
        current = next
      }
    }
    if !scalars.isEmpty { runs.append((scalars.endIndex, resolved())) }
    return runs
  }

  private func resolved() -> hb_script_t { current.first == HB_SCRIPT_COMMON ? preferred : current.first }

  /// A mark with scripts of its own hands them to a shared character before it.
  private mutating func advance(to index: Int) {
    next = ahead
    guard index + 1 < scalars.endIndex else { return }
    ahead = ScriptExtensions.scripts(of: scalars[index + 1], functions)
    if ahead.first == HB_SCRIPT_INHERITED, let first = ahead.others.first {
      if next.first == HB_SCRIPT_COMMON { next = ScriptSet(first, Array(ahead.others.dropFirst())) }
      ahead = ScriptSet(HB_SCRIPT_INHERITED)
    }
  }

  /// Narrows the current scripts to those that the next character has, too; false when none remains, and a run ends.
  private mutating func mergeNext() -> Bool {
    var priority = current.first
    if next.isShared {
      if next.count == 2, current.isShared, preferred == HB_SCRIPT_COMMON { preferred = next.others[0] }
      return true
    }
    if current.isShared {
      current = next
      return true
    }
    var hasPriority = next.contains(priority)
    if current.others.isEmpty { return hasPriority }
    var start = 0
    if !hasPriority {
      priority = next.first
      start = 1
      hasPriority = current.others.contains(priority)
    }
    var common = hasPriority ? [priority] : []
    for script in current.others where next.contains(script, from: start) { common.append(script) }
    guard let first = common.first else { return false }
    current = ScriptSet(first, Array(common.dropFirst()))
    return true
  }

  // MARK: Brackets

  /// Returns whether the character opens a bracket.
  private mutating func matchBracket(_ character: UInt32) -> Bool {
    let bracket = fribidi_get_bracket(character)
    guard bracket != 0 else { return false }
    // FriBidi marks opening brackets with the highest bit.
    if bracket & 0x8000_0000 != 0 {
      open(character)
      return true
    }
    close(hb_unicode_mirroring(functions, character))
    return false
  }

  private mutating func open(_ character: UInt32) {
    if openings.count == ScriptRuns.mostOpenings {
      openings.removeFirst()
      unresolvedOpenings = min(unresolvedOpenings, ScriptRuns.mostOpenings - 1)
    }
    if next.count == 1, next.first == HB_SCRIPT_COMMON, ScriptRuns.isEastAsian(character) {
      next = ScriptExtensions.eastAsianPunctuation
    }
    openings.append(Opening(character: character, script: HB_SCRIPT_COMMON))
    unresolvedOpenings += 1
  }

  private mutating func close(_ opening: UInt32) {
    guard let index = openings.lastIndex(where: { $0.character == opening }) else { return }
    var script = openings[index].script
    // Signs that all East Asian scripts share need not break a run of one of them.
    if ScriptRuns.isHan(script) {
      if ScriptRuns.isHan(current.first) {
        script = current.first
      } else if let other = current.others.first(where: ScriptRuns.isHan) {
        script = other
      }
    }
    if script != HB_SCRIPT_COMMON { next = ScriptSet(script) }
    unresolvedOpenings = max(0, unresolvedOpenings - (openings.count - 1 - index))
    openings.removeSubrange((index + 1)...)
  }

  /// Tells the openings of a run its script. The one that begins the next run is left out.
  private mutating func resolveOpenings(_ script: hb_script_t, exceptLast: Bool) {
    var count = min(unresolvedOpenings, openings.count)
    guard count > 0 else { return }
    var last = openings.count - 1
    if exceptLast {
      last -= 1
      count -= 1
    }
    unresolvedOpenings = exceptLast ? 1 : 0
    for index in stride(from: last, to: last - count, by: -1) { openings[index].script = script }
  }

  private static func isHan(_ script: hb_script_t) -> Bool {
    script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA || script == HB_SCRIPT_BOPOMOFO
  }

  /// Opening brackets of East Asian width outside the blocks that name their scripts.
  private static func isEastAsian(_ character: UInt32) -> Bool {
    switch character {
    case 0x2329, 0xFE59, 0xFE5B, 0xFE5D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62: true
    default: false
    }
  }

  /// Scripts whose letters join: letter spacing would tear them apart (https://drafts.csswg.org/css-text-4/#cursive-script).
  static func isCursive(_ script: hb_script_t) -> Bool {
    switch script {
    case HB_SCRIPT_ARABIC, HB_SCRIPT_SYRIAC, HB_SCRIPT_MONGOLIAN, HB_SCRIPT_NKO, HB_SCRIPT_PHAGS_PA, HB_SCRIPT_MANDAIC,
      HB_SCRIPT_HANIFI_ROHINGYA:
      true
    default: false
    }
  }
}
