// Texts to glyphs in their places, by HarfBuzz: line by line, word by word, script by script, face by face.

import CHarfBuzz
import Drawing
import Geometry

/// Owns the HarfBuzz buffer that all texts pass through; use from one thread.
final class Shaper {
  private var words = WordShaper()
  private var segments = TextSegments()

  /// Sets a text in one line.
  func shape(_ text: [UInt16], style: ResolvedStyle) -> ShapedText {
    let normalized = NormalizedText(text)
    var line = LineBuilder(style: style, text: normalized.units)
    guard style.primary != nil, !text.isEmpty else { return line.finished() }
    words.begin(normalized.units, style: style)
    for run in BidirectionalRuns.visualRuns(of: text, direction: style.style.direction) {
      let words = wordRanges(of: normalized, in: run.range, style: style)
      for word in run.isRightToLeft ? words.reversed() : words {
        shape(word, of: normalized, isRightToLeft: run.isRightToLeft, into: &line)
      }
    }
    return line.finished()
  }

  private func wordRanges(of text: NormalizedText, in run: Range<Int>, style: ResolvedStyle) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    guard style.isShapedByWords else {
      WordBoundaries.append(run, of: text.units, to: &ranges)
      return ranges
    }
    var start = run.lowerBound
    while start < run.upperBound {
      let end = WordBoundaries.wordEnd(in: text.units, from: start, limit: run.upperBound, isLatin1: text.isLatin1)
      WordBoundaries.append(start..<end, of: text.units, to: &ranges)
      start = end
    }
    return ranges
  }

  private func shape(_ word: Range<Int>, of text: NormalizedText, isRightToLeft: Bool, into line: inout LineBuilder) {
    defer { line.endWord(word, isRightToLeft: isRightToLeft) }
    if text.isLatin1 {
      if text.units[word.lowerBound] == 0x20, word.count == 1, line.appendSpace(at: word.lowerBound, isRightToLeft: isRightToLeft)
      {
        return
      }
      words.shape(TextSegment(range: word, script: HB_SCRIPT_LATIN, presentation: .text), in: word, isRightToLeft: isRightToLeft)
    } else {
      for segment in segments.segments(of: text.units, in: word) { words.shape(segment, in: word, isRightToLeft: isRightToLeft) }
    }
    words.finish(isRightToLeft: isRightToLeft, into: &line)
  }
}
