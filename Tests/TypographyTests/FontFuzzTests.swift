// Damaged fonts: cut off, overwritten, spliced. Whatever they do to the text, they must not end the program.

import Foundation
import Testing

@testable import Typography

@Suite(.enabled(if: TestFonts.areInstalled))
struct FontFuzzTests {
  /// A linear congruential generator: the same damage on every run.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, sides)
    }
  }

  /// Small installed fonts, the coloured one of the script tests among them.
  private static let originals: [[UInt8]] = {
    let colour = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("ScriptTests/Text/colour-test.ttf").path
    var paths = [colour]
    for root in ["/usr/share/fonts/truetype", "/usr/share/fonts/opentype"] {
      let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      paths += names.filter { $0.hasSuffix(".ttf") || $0.hasSuffix(".otf") }.sorted().map { root + "/" + $0 }
    }
    let small = paths.compactMap { FileManager.default.contents(atPath: $0) }.filter { $0.count < 400_000 }.map { [UInt8]($0) }
    return Array(small.prefix(24))
  }()

  private static func damaged(_ original: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = original
    switch dice.roll(4) {
    case 0: bytes.removeLast(dice.roll(bytes.count))
    case 1:
      // Lengths and offsets of tables.
      for _ in 0..<8 { bytes[dice.roll(min(bytes.count, 600))] = UInt8(dice.roll(256)) }
    case 2:
      let from = dice.roll(bytes.count), to = dice.roll(bytes.count)
      for index in 0..<min(64, bytes.count - max(from, to)) { bytes[to + index] = bytes[from + index] }
    default:
      for _ in 0..<40 { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(2) == 0 ? 255 : dice.roll(256)) }
    }
    return bytes
  }

  @Test func damagedFontsEndInNothingWorseThanOddGlyphs() {
    var dice = Dice(state: 2024)
    let end = Date().addingTimeInterval(12)
    var rounds = 0
    while Date() < end, rounds < 1500 {
      rounds += 1
      let bytes = Self.damaged(Self.originals[dice.roll(Self.originals.count)], &dice)
      let library = FontLibrary(includesSystemFonts: false)
      guard (try? library.addFontData(bytes, name: "damaged", family: "X")) != nil else { continue }
      let shaped = library.shape("AFLHfi é 1 שלא", style: TestFonts.style("X") { $0.variantCaps = .smallCaps })
      #expect(shaped.width.isFinite)
      #expect(library.metrics(of: TestFonts.style("X")).ascent.isFinite)
      _ = shaped.inkBox(rounding: .wholeUnits)
      for run in shaped.runs {
        for glyph in run.glyphs.prefix(20) {
          _ = run.source.outline(of: glyph.glyph)
          _ = run.source.colorGlyph(glyph.glyph)?.bounds
          _ = run.source.bitmap(of: glyph.glyph, pixelsPerEm: 40)
        }
      }
    }
    #expect(rounds > 10)
  }

  @Test func vanishedFilesAreWarnedOfAndReplaced() throws {
    nonisolated(unsafe) var warnings: [String] = []
    let path = NSTemporaryDirectory() + "vanishing-\(ProcessInfo.processInfo.processIdentifier).ttf"
    try FileManager.default.copyItem(atPath: TestFonts.sans, toPath: path)
    let library = FontLibrary { warnings.append($0) }
    try library.addFontFile(path, family: "Vanishing")
    try FileManager.default.removeItem(atPath: path)
    #expect(library.shape("still here", style: TestFonts.style("Vanishing")).width > 0)
  }

  @Test func characterThatNoFontHasIsReportedOnce() throws {
    nonisolated(unsafe) var warnings: [String] = []
    let library = FontLibrary(includesSystemFonts: false) { warnings.append($0) }
    try library.addFontFile(TestFonts.sans)
    let style = TestFonts.style("DejaVu Sans")
    _ = library.shape("漢", style: style)
    _ = library.shape("漢字 again", style: style)
    _ = library.shape("plain \u{200D}\u{7F}", style: style)
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("'漢' (U+6F22)") == true)
    #expect(warnings.first?.contains("--font FILE") == true)
  }
}
