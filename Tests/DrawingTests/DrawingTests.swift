import Drawing
import Geometry
import Testing

@Suite struct DrawingTests {
  @Test func aPixmapWithoutAreaIsRefused() {
    #expect(Pixmap(width: 0, height: 5) == nil)
    #expect(Pixmap(width: 5, height: -1) == nil)
    #expect(Pixmap(width: 1 << 30, height: 1 << 30) == nil)
  }

  @Test func aPixmapBeginsTransparentAndItsCopyIsItsOwn() throws {
    let pixmap = try #require(Pixmap(width: 3, height: 2))
    #expect(pixmap[2, 1] == 0)
    let copy = try #require(pixmap.copy())
    pixmap[2, 1] = 0xFF00_00FF
    #expect(copy[2, 1] == 0 && pixmap[2, 1] == 0xFF00_00FF)
  }

  @Test func aColorSurvivesTheWayToDisplayP3AndBack() {
    let color = Color(red: 0.2, green: 0.5, blue: 0.9)
    let back = color.converted(to: .displayP3).converted(to: .srgb)
    #expect(abs(back.red - 0.2) < 1e-4 && abs(back.green - 0.5) < 1e-4 && abs(back.blue - 0.9) < 1e-4)
  }

  @Test func aLongChainOfClipsIsReleasedWithoutDeepRecursion() {
    var clip: ClipStack?
    for _ in 0..<300_000 {
      clip = ClipStack(parent: clip, path: .rectangle(Rect(x: 0, y: 0, width: 1, height: 1)), rule: .nonzero, transform: .identity)
    }
    #expect(clip?.depth == 300_000)
    clip = nil
    #expect(clip == nil)
  }

  @Test func shadowsWithoutColorOrExtentAreNotDrawn() {
    #expect(!Shadow(color: .transparent, offset: Vector(3, 3), blur: 4).isDrawn)
    #expect(!Shadow(color: .black, offset: .zero, blur: 0).isDrawn)
    #expect(Shadow(color: .black, offset: .zero, blur: 1).isDrawn)
  }
}
