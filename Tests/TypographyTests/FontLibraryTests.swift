import Foundation
import Testing

@testable import Typography

@Suite(.enabled(if: TestFonts.areInstalled))
struct FontLibraryTests {
  @Test func withoutFontsTextIsEmptyAndOneWarningIsGiven() {
    nonisolated(unsafe) var warnings: [String] = []
    let library = FontLibrary(includesSystemFonts: false) { warnings.append($0) }
    #expect(library.shape("text", style: TestFonts.style("Arial")).width == 0)
    #expect(library.shape("more", style: TestFonts.style("Arial", 9)).runs.isEmpty)
    #expect(library.metrics(of: TestFonts.style("Arial")) == .zero)
    #expect(warnings.count == 1)
  }

  @Test func addedFilesAreFoundByTheirOwnName() throws {
    let library = FontLibrary(includesSystemFonts: false)
    try library.addFontFile(TestFonts.sans)
    #expect(library.describeFamilies().map(\.name) == ["DejaVu Sans"])
    #expect(abs(library.shape("Hamburgefonstiv 123, AVATAR Ta", style: TestFonts.style("dejavu SANS")).width - 665.13671875) < 0.05)
    // The last resort without system fonts is what was added.
    #expect(library.shape("a", style: TestFonts.style("Arial")).width > 0)
  }

  @Test func addedDataGoesBeforeTheSystem() throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: TestFonts.sans)))
    let library = FontLibrary()
    let before = library.shape("WWW", style: TestFonts.style("Arial")).width
    let id = try library.addFontData(bytes, name: "mine", family: "Arial")
    let during = library.shape("WWW", style: TestFonts.style("Arial")).width
    library.removeFont(id)
    #expect(before != during)
    #expect(library.shape("WWW", style: TestFonts.style("Arial")).width == before)
  }

  @Test func unicodeRangesDivideTheWork() throws {
    let library = FontLibrary()
    try library.addFontFile(TestFonts.sans, family: "Mix")
    try library.addFontFile(
      TestFonts.dejaVuFolder + "/DejaVuSansMono.ttf", family: "Mix", descriptors: FontDescriptors(unicodeRanges: [0x30...0x39]))
    let shaped = library.shape("a1", style: TestFonts.style("Mix"))
    #expect(shaped.runs.count == 2)
    #expect(library.metrics(of: TestFonts.style("Mix")) == library.metrics(of: TestFonts.style("DejaVu Sans")))
  }

  @Test func descriptorsOverrideTheFile() throws {
    let library = FontLibrary()
    try library.addFontFile(TestFonts.sans, family: "Odd", descriptors: FontDescriptors(weight: 700...700))
    #expect(library.shape("a", style: TestFonts.style("Odd") { $0.weight = 700 }).runs.first?.emboldening == 0)
  }

  @Test func foldersAreRead() throws {
    let library = FontLibrary(includesSystemFonts: false)
    #expect(try library.addFontDirectory(TestFonts.dejaVuFolder) > 10)
    #expect(library.describeFamilies().contains { $0.name == "DejaVu Serif" })
    #expect(throws: FontError.unreadable(path: "/no/such")) { try library.addFontDirectory("/no/such") }
  }

  @Test func whatIsNoFontIsRefused() {
    let library = FontLibrary(includesSystemFonts: false)
    #expect(throws: FontError.notAFont("junk")) { try library.addFontData(Array("not a font at all".utf8), name: "junk") }
    #expect(throws: FontError.notAFont("none")) { try library.addFontData([], name: "none") }
    #expect(throws: FontError.unreadable(path: "/no/such.ttf")) { try library.addFontFile("/no/such.ttf") }
  }

  @Test func damagedFontsNeverCrash() throws {
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: TestFonts.dejaVuFolder + "/DejaVuSansMono-Oblique.ttf")))
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<40 {
      var bytes = original
      // The table directory and the tables' heads hurt most.
      for _ in 0..<12 { bytes[random(round % 2 == 0 ? 2000 : bytes.count)] = UInt8(random(256)) }
      if round % 5 == 0 { bytes.removeLast(random(bytes.count)) }
      let library = FontLibrary(includesSystemFonts: false)
      guard (try? library.addFontData(bytes, name: "damaged", family: "X")) != nil else { continue }
      let shaped = library.shape("Hamburg fi 123 é ß", style: TestFonts.style("X"))
      #expect(shaped.width.isFinite)
      for run in shaped.runs { for glyph in run.glyphs { _ = run.source.outline(of: glyph.glyph) } }
      _ = shaped.inkBox()
    }
  }

  @Test func matchesAreExplained() throws {
    let library = FontLibrary()
    let style = TextStyle(families: [.named("NoSuch"), .named("Helvetica"), .generic(.monospace)], size: 10, weight: 700)
    let explanations = library.explainMatch(style)
    #expect(explanations.map(\.requested).prefix(3) == ["NoSuch", "Helvetica", "monospace"])
    #expect(explanations[0].family == nil)
    #expect(explanations[1].family == "Liberation Sans")
    #expect(explanations[1].face?.weight == 700...700)
    #expect(explanations[2].face?.source.hasSuffix("DejaVuSansMono-Bold.ttf") == true)
  }
}

struct FontMatchingTests {
  private func record(_ weight: Double, _ stretch: Double = 100, _ style: FaceStyle = .normal) -> FontRecord {
    FontRecord(
      family: "F", weight: weight...weight, stretch: stretch...stretch, style: style, location: .file(path: "", index: 0),
      isVariable: false, unicodeRanges: nil, styleName: "\(weight) \(stretch) \(style)")
  }

  private func chosen(_ records: [FontRecord], weight: Double = 400, stretch: Double = 100, slant: FontSlant = .normal) -> FontRecord? {
    FontMatching.bestFaces(records, style: TextStyle(weight: weight, stretch: stretch, slant: slant)).first
  }

  @Test func weightsBetween400And500LookUpTo500First() {
    let faces = [300, 400, 500, 900].map { record($0) }
    #expect(chosen(faces, weight: 450)?.weight == 500...500)
    #expect(chosen([record(300), record(900)], weight: 450)?.weight == 300...300)
    #expect(chosen([record(500), record(300)], weight: 400)?.weight == 500...500)
  }

  @Test func lightLooksLighterAndBoldBolder() {
    let faces = [100, 400, 800].map { record($0) }
    #expect(chosen(faces, weight: 300)?.weight == 100...100)
    #expect(chosen(faces, weight: 600)?.weight == 800...800)
    #expect(chosen([record(100), record(400)], weight: 900)?.weight == 400...400)
  }

  @Test func stretchGoesBeforeStyleAndWeight() {
    let faces = [record(400, 75), record(700, 100, .italic)]
    #expect(chosen(faces, weight: 700, stretch: 80, slant: .italic)?.stretch == 75...75)
    #expect(chosen([record(400, 75), record(400, 125)], stretch: 110)?.stretch == 125...125)
  }

  @Test func italicPrefersObliqueToUpright() {
    #expect(chosen([record(400), record(400, 100, .oblique)], slant: .italic)?.style == .oblique)
    #expect(chosen([record(400, 100, .italic), record(400, 100, .oblique)], slant: .oblique(degrees: 14))?.style == .oblique)
    #expect(chosen([record(400, 100, .italic)])?.style == .italic)
  }
}
