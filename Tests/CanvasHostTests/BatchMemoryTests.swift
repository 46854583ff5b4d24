import Testing

@testable import CanvasHost

@Suite struct BatchMemoryTests {
  @Test func notesSurviveWritingAndReading() {
    let text = """
      picture a b.png
      options --scale 2
      made 12 345 6.7
      input 1 2 /with space/a.cvs
      input 3 4 /b

      """
    let memory = BatchMemory(text: text)
    #expect(memory.text == text)
    #expect(memory.entries["a b.png"]?.inputs.first?.path == "/with space/a.cvs")
  }

  @Test(arguments: ["", "input 1 2 /x", "picture", "made x y z", "picture a\nmade 1", "\u{0}\u{1}picture a\ninput - - -"])
  func damagedNotesSayNothing(text: String) {
    #expect(BatchMemory(text: text).upToDate("a", at: "/nosuch", options: "") == nil)
  }
}

@Suite struct TextEscapeTests {
  @Test func stringsBecomeJSON() {
    #expect(JSONText.string("a\"b\\c\n\u{1}é") == "\"a\\\"b\\\\c\\n\\u0001é\"")
  }

  @Test func pathsBecomeAddressesAndBack() {
    let path = "/a b/ü%/c?d#e"
    #expect(!URLText.encodePath(path).contains { " ü?#".contains($0) })
    #expect(URLText.decodePercent(URLText.encodePath(path)) == path)
    #expect(URLText.decodePercent("%zz%4") == "%zz%4")
  }
}
