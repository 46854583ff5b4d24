import Testing

@testable import ScriptRuntime

@Suite struct RegularExpressionParserTests {
  @Test(arguments: [
    ("(", "", "Unterminated group"), (")", "", "Unmatched ')'"), ("*", "", "Nothing to repeat"), ("a**", "", "Nothing to repeat"),
    ("[b-a]", "", "Range out of order in character class"), ("[a", "", "Unterminated character class"),
    ("a{2,1}", "", "numbers out of order in {} quantifier"),
    ("\\", "", "\\ at end of pattern"), ("(?<a>.)(?<a>.)", "", "Duplicate capture group name"),
    ("(?<1a>.)", "", "Invalid capture group name"),
    ("(?<a>.)\\k<b>", "", "Invalid named capture referenced"), ("(?<a>.)\\k", "", "Invalid named reference"),
    ("\\1", "u", "Invalid escape"), ("\\-", "u", "Invalid escape"),
    ("{", "u", "Nothing to repeat"), ("a{", "u", "Incomplete quantifier"), ("]", "u", "Lone quantifier brackets"),
    ("[\\d-z]", "u", "Invalid character class"),
    ("(?=a)*", "u", "Nothing to repeat"), ("(?<=a)*", "", "Nothing to repeat"), ("\\u{110000}", "u", "Invalid Unicode escape"),
    ("\\p{Foo}", "u", "Invalid property name"),
    ("\\p{RGI_Emoji}", "u", "Invalid property name"), ("\\P{RGI_Emoji}", "v", "Invalid property name"),
    ("[^\\p{RGI_Emoji}]", "v", "Negated character class may contain strings"),
    ("[a-z--b]", "v", "Invalid set operation in character class"), ("[(]", "v", "Invalid character in character class"),
    ("[a&&&b]", "v", "Invalid character in character class"),
    ("(?ii:a)", "", "Repeated flag in modifiers"), ("(?-:a)", "", "Invalid group"), ("(?g:a)", "", "Invalid group"),
    ("(?<a", "", "Invalid capture group name"),
    ("\\00", "u", "Invalid decimal escape"), ("\\c", "u", "Invalid unicode escape"), ("x{1}{1}", "", "Nothing to repeat"),
  ])
  func malformedPatternsAreRejected(pattern: String, flags: String, message: String) {
    #expect { try regularExpression(pattern, flags) } throws: { ($0 as? RegularExpressionSyntaxError)?.message == message }
  }

  @Test(arguments: [
    ("]", ""), ("}", ""), ("{", ""), ("a{", ""), ("a{1", ""), ("\\-", ""), ("\\8", ""), ("[\\d-a]", ""), ("\\k", ""),
    ("\\u{1}", ""), ("(?=a)+", ""),
    ("(?:(?<a>.)|(?<a>.))", ""), ("(?<$>.)", ""), ("[a-]", "u"), ("[\\-]", "u"), ("\\/", "u"), ("[[a][b]]", "v"),
    ("[\\q{}]", "v"), ("[-a]", "u"), ("\\p{L}", ""),
  ])
  func lenientPatternsAreAccepted(pattern: String, flags: String) throws {
    _ = try regularExpression(pattern, flags)
  }

  @Test func flagsAreCheckedTogether() {
    #expect(RegularExpressionFlags("dgimsuy".utf16)?.contains(.sticky) == true)
    #expect(RegularExpressionFlags("gg".utf16) == nil)
    #expect(RegularExpressionFlags("uv".utf16) == nil)
    #expect(RegularExpressionFlags("x".utf16) == nil)
  }

  @Test func groupsAreCountedAndNamed() throws {
    let expression = try regularExpression("(a)(?<year>b)(?:c)[(](?<day>d)\\(")
    #expect(expression.captureCount == 4)
    #expect(expression.groupNames.map { String(decoding: $0.name, as: UTF16.self) } == ["year", "day"])
    #expect(expression.groupNames.map(\.index) == [2, 3])
  }

  @Test func nestingIsBounded() {
    let deep = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
    #expect(throws: RegularExpressionSyntaxError.self) { try regularExpression(deep) }
    let nested = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(throws: RegularExpressionSyntaxError.self) { try regularExpression(nested, "v") }
  }

  @Test func randomTextNeverCrashesTheParser() {
    let alphabet = Array("()[]{}?*+|^$.\\-,:=!<>abkpPqudcx0129&iLu/".utf16) + [0xD83D, 0xDE00]
    var state: UInt64 = 1
    func random(_ limit: Int) -> Int {
      state = state &* 6364136223846793005 &+ 1442695040888963407
      return Int(state >> 33) % limit
    }
    var accepted = 0
    for _ in 0..<20_000 {
      let pattern = (0..<random(14)).map { _ in alphabet[random(alphabet.count)] }
      guard let flags = RegularExpressionFlags(["", "u", "v", "i", "iu", "ms"][random(6)].utf16) else { continue }
      guard let expression = try? RegularExpression.compile(pattern: pattern, flags: flags) else { continue }
      accepted += 1
      var captures: [Int32] = []
      var fuel = 20
      struct Stop: Error {}
      let text: [UInt16] = [0x61, 0x62, 0xD83D, 0xDE00, 0x31, 0x61]
      _ = try? text.withUnsafeBufferPointer {
        try expression.match(in: $0, startingAt: 0, isSticky: false, captures: &captures) {
          fuel -= 1
          if fuel == 0 { throw Stop() }
        }
      }
    }
    #expect(accepted > 2000)
  }
}
