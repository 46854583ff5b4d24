import Drawing
import Testing

@testable import Raster

struct GlyphContrastTests {
  @Test func lightTextIsFattenedAndDarkTextIsNot() {
    let black = GlyphContrast.table(level: 0), white = GlyphContrast.table(level: 7)
    #expect(white[128] > black[128])
    // Where Chromium's black text covers 128, its white text covers 146.
    let twin = black.firstIndex { $0 >= 128 }.map { Int(white[$0]) } ?? 0
    #expect((143...149).contains(twin))
  }

  @Test(arguments: 0..<8) func emptyAndFullPixelsStayAsTheyAre(level: Int) {
    let table = GlyphContrast.table(level: UInt8(level))
    #expect(table[0] == 0)
    #expect(table[255] == 255)
    #expect(zip(table, table.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func lightnessIsLinearAndIgnoresOpacity() {
    func level(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
      GlyphContrast.level(of: .color(Color(red8: red, green8: green, blue8: blue, alpha8: 10)))
    }
    #expect(level(0, 0, 0) == 0)
    #expect(level(255, 255, 255) == 7)
    #expect(level(255, 0, 0) == 1)
    #expect(level(0, 255, 0) == 5)
    #expect(level(0, 255, 255) == 6)
    #expect(GlyphContrast.level(of: .color(Color(red: .nan, green: -3, blue: 0))) == 0)
  }
}
