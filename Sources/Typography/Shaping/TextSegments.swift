// Cuts a word into stretches of one script and one presentation.

import CHarfBuzz

struct TextSegment {
  /// UTF-16 units.
  var range: Range<Int>
  var script: hb_script_t
  var presentation: Presentation
}

/// Cuts words; keeps its memory from one to the next.
struct TextSegments {
  private var scalars: [UInt32] = []
  private var offsets: [Int] = []

  mutating func segments(of text: [UInt16], in word: Range<Int>) -> [TextSegment] {
    scalars.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var index = word.lowerBound
    while index < word.upperBound {
      offsets.append(index)
      scalars.append(WordBoundaries.next(in: text, at: &index, limit: word.upperBound))
    }
    offsets.append(word.upperBound)

    let presentations = EmojiRuns.runs(of: scalars[...])
    var segments: [TextSegment] = []
    var start = 0, presentation = 0
    for run in ScriptRuns.runs(of: scalars[...]) {
      while start < run.end {
        let end = min(run.end, presentations[presentation].end)
        segments.append(
          TextSegment(
            range: offsets[start]..<offsets[end], script: run.script, presentation: presentations[presentation].presentation))
        start = end
        if end == presentations[presentation].end, presentation + 1 < presentations.count { presentation += 1 }
      }
    }
    return segments
  }
}
