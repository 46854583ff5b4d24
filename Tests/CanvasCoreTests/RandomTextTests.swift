import CSSValues
import CanvasCore
import Testing

/// A small generator, so that a failure comes again.
private struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

/// Texts put together from the words that the grammars know: most are wrong in some place.
@Suite struct RandomTextTests {
  private func texts(_ words: [String], count: Int, seed: UInt64) -> [String] {
    var random = Random(state: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...12, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
    }
  }

  @Test func coloursThatAreReadCanBeReadAgain() {
    let words = [
      "rgb(", "hsl(", "hwb(", "lab(", "oklch(", "color(", "color-mix(in ", "from ", "red", "none", "srgb ", "lch", ",", " ", " / ",
      "%", "1", "-2.5e3", "1e999", "deg", "calc(", "nan", "infinity", "(", ")", "+", "- ", "* ", "#", "f00", "\\", "\"", "/*", "é", "h", "l",
      "xyz ", "min(", "alpha", "\0", "turn", "in ", "longer hue",
    ]
    var read = 0
    for text in texts(words, count: 20_000, seed: 1) {
      guard let color = ColorParser.parse(text) else { continue }
      read += 1
      let written = color.serialized
      #expect(ColorParser.parse(written) != nil, "\(text) → \(written)")
    }
    #expect(read > 0)
  }

  @Test func fontsThatAreReadCanBeReadAgain() {
    let words = [
      "10px", " ", "serif", "italic", "bold", "/", "1.5", "'A b'", ",", "small-caps", "400", "%", "oblique", "20deg", "condensed", "inherit",
      "calc(", ")", "1em", "\\", "larger", "\"", "-", "é",
    ]
    var read = 0
    for text in texts(words, count: 20_000, seed: 2) {
      guard let font = FontShorthand.parse(text) else { continue }
      read += 1
      #expect(FontShorthand.parse(font.serialized) == font, "\(text) → \(font.serialized)")
    }
    #expect(read > 0)
  }

  @Test func pathsOnlyHoldFinitePoints() {
    let words = ["M", "m", "L", "h", "v", "C", "s", "Q", "t", "A", "z", " ", ",", "1", "-", ".5", "1e300", "1e999", "0", "10 ", "e", "+"]
    for text in texts(words, count: 20_000, seed: 3) {
      #expect(Path2D(svgPathData: "M0 0" + text).path.points.allSatisfy { $0.isFinite }, "\(text)")
    }
  }

  @Test func filtersAndTransformsEndWithoutHarm() {
    let words = [
      "blur(", "drop-shadow(", "url(", "#a", "1px", "red", ")", " ", "matrix(", "1,", "rotate3d(", "2turn", "none", "translate(", "'", "%",
      "scale(", "perspective(", "calc(", "1", "\\",
    ]
    var read = 0
    for text in texts(words, count: 20_000, seed: 4) {
      if FilterFunction.parseList(text) != nil { read += 1 }
      if (try? DOMMatrix(parsing: text)) != nil { read += 1 }
    }
    #expect(read > 0)
  }
}
