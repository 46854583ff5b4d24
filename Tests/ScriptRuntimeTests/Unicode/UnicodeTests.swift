import Testing

@testable import ScriptRuntime

@Suite struct UnicodeTests {
  private func upper(_ text: String) -> String { String(decoding: CaseConversion.uppercased(Array(text.utf16)), as: UTF16.self) }
  private func lower(_ text: String) -> String { String(decoding: CaseConversion.lowercased(Array(text.utf16)), as: UTF16.self) }

  @Test func fullMappingsMayLengthenText() {
    #expect(upper("straße ﬁ ŉ") == "STRASSE FI ʼN")
    #expect(lower("İ") == "i̇")
    #expect(upper("𐐨") == "𐐀")
  }

  @Test func sigmaIsFinalAtTheEndOfAWord() {
    #expect(lower("ΟΔΥΣΣΕΥΣ ΣΑΣ.") == "οδυσσευς σας.")
    #expect(lower("Σ") == "σ")
    #expect(lower("Α\u{AD}Σ'Β") == "α\u{AD}σ'β")
  }

  @Test func loneSurrogatesStay() {
    #expect(CaseConversion.uppercased([0xD800, 0x61, 0xDC00]) == [0xD800, 0x41, 0xDC00])
    #expect(CodePoints.wellFormed([0x61, 0xD800, 0xD83D, 0xDE00, 0xDC00]) == [0x61, 0xFFFD, 0xD83D, 0xDE00, 0xFFFD])
    #expect([0xD83D, 0xDE00].withUnsafeBufferPointer { CodePoints.isWellFormed($0) })
    #expect([0xDE00, 0xD83D].withUnsafeBufferPointer { CodePoints.isWellFormed($0) } == false)
    #expect(Normalization.normalized([0xD800, 0xE9], .nfd) == [0xD800, 0x65, 0x301])
  }

  @Test func latinBytesConvertWithoutWidening() {
    #expect(
      Array("aé".unicodeScalars.map { UInt8($0.value) }).withUnsafeBufferPointer { CaseConversion.uppercased($0) } == [
        0x41, 0xC9,
      ])
    #expect([0xFF].withUnsafeBufferPointer { CaseConversion.uppercased($0) } == nil)
    #expect([0xC9, 0xD7].withUnsafeBufferPointer { CaseConversion.lowercased($0) } == [0xE9, 0xD7])
  }

  @Test(arguments: [
    ("é", "é", "e\u{301}", "é", "e\u{301}"),
    ("ﬁ", "ﬁ", "ﬁ", "fi", "fi"),
    ("가", "가", "\u{1100}\u{1161}", "가", "\u{1100}\u{1161}"),
    ("\u{1E9B}\u{323}", "\u{1E9B}\u{323}", "\u{17F}\u{323}\u{307}", "\u{1E69}", "s\u{323}\u{307}"),
    ("q\u{307}\u{323}", "q\u{323}\u{307}", "q\u{323}\u{307}", "q\u{323}\u{307}", "q\u{323}\u{307}"),
    ("\u{212B}", "\u{C5}", "A\u{30A}", "\u{C5}", "A\u{30A}"),
    ("\u{958}", "\u{915}\u{93C}", "\u{915}\u{93C}", "\u{915}\u{93C}", "\u{915}\u{93C}"),
    ("²", "²", "²", "2", "2"),
  ])
  func normalizationForms(source: String, nfc: String, nfd: String, nfkc: String, nfkd: String) {
    for (form, expected) in [(Normalization.Form.nfc, nfc), (.nfd, nfd), (.nfkc, nfkc), (.nfkd, nfkd)] {
      #expect(Normalization.normalized(Array(source.utf16), form) == Array(expected.utf16))
    }
  }

  @Test func composedFormsAreStable() {
    for point in UInt32(0xA0)...0x2FFF {
      guard let scalar = Unicode.Scalar(point) else { continue }
      let source = Array(String(Character(scalar)).utf16)
      let decomposed = Normalization.normalized(source, .nfd)
      let composed = Normalization.normalized(source, .nfc)
      #expect(Normalization.normalized(decomposed, .nfc) == composed)
      #expect(Normalization.normalized(composed, .nfd) == decomposed)
    }
  }

  @Test func trimmingKeepsTheMiddle() {
    #expect(Array("\u{FEFF} a b\u{3000}\n".utf16).withUnsafeBufferPointer { CodePoints.trimmed($0) } == 2..<5)
    #expect(Array("  ".utf8).withUnsafeBufferPointer { CodePoints.trimmed($0) }.isEmpty)
    #expect(Array(" a ".utf8).withUnsafeBufferPointer { CodePoints.trimmed($0, end: false) } == 1..<3)
  }
}
