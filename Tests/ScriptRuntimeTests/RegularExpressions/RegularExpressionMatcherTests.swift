import Testing

@testable import ScriptRuntime

@Suite struct RegularExpressionMatcherTests {
  /// Pattern, flags, text, captures.
  struct Case: Sendable {
    var pattern: String
    var flags: String
    var text: String
    var expected: [String]?

    init(_ pattern: String, _ flags: String, _ text: String, _ expected: [String]?) {
      (self.pattern, self.flags, self.text, self.expected) = (pattern, flags, text, expected)
    }
  }

  private func check(_ cases: [Case]) throws {
    for one in cases {
      #expect(try firstMatch(one.pattern, one.flags, in: one.text) == one.expected, "/\(one.pattern)/\(one.flags) on \(one.text)")
    }
  }

  @Test func charactersAndClasses() throws {
    try check([
      Case("abc", "", "xabcx", ["abc"]), Case("", "", "abc", [""]), Case("[a-c]+", "", "xxcab", ["cab"]),
      Case("[^a-c]", "", "abcd", ["d"]),
      Case("[]", "", "a", nil), Case("[^]", "", "\n", ["\n"]), Case(".", "", "\n\u{2028}a", ["a"]), Case(".", "s", "\n", ["\n"]),
      Case("\\d+\\D", "", "a12b", ["12b"]), Case("[\\w-]+", "", "  a-b_9 ", ["a-b_9"]),
      Case("\\s", "", "a\u{FEFF}", ["\u{FEFF}"]),
      Case("[\\d-z]+", "", "a1-z", ["1-z"]), Case("\\x41\\u0042\\103", "", "ABC", ["ABC"]), Case("[\\b]", "", "\u{8}", ["\u{8}"]),
      Case("\\cJ", "", "\n", ["\n"]), Case("\\c", "", "\\c", ["\\c"]), Case("[\\c_]", "", "\u{1F}", ["\u{1F}"]),
      Case("\\0", "", "\u{0}", ["\u{0}"]),
      Case("[é-ü]", "", "aö", ["ö"]), Case("日本", "", "は日本", ["日本"]), Case("[日月]+", "", "a月日b", ["月日"]),
    ])
  }

  @Test func quantifiers() throws {
    try check([
      Case("a*", "", "aaa", ["aaa"]), Case("a*?", "", "aaa", [""]), Case("a+?b", "", "aaab", ["aaab"]),
      Case("a{2}", "", "aaa", ["aa"]),
      Case("a{2,}?", "", "aaaa", ["aa"]), Case("(a|ab)(c|bcd)(d*)", "", "abcd", ["abcd", "a", "bcd", ""]),
      Case("(?:ab){2,3}", "", "abababab", ["ababab"]),
      Case("(?:ab){2,3}?", "", "abababab", ["abab"]),
      Case("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", ["zaacbbbcac", "z", "ac", "a", "-", "c"]),
      Case("(a*)*", "", "b", ["", "-"]), Case("(a*)+", "", "b", ["", ""]), Case("(?:a*?)*?b", "", "aab", ["aab"]),
      Case("(a?){3}", "", "a", ["a", ""]),
      Case("(?:){1000000000}a", "", "a", ["a"]), Case("x{0}y", "", "xy", ["y"]), Case("(?:a|b)*?c", "", "abc", ["abc"]),
      Case(".*\\.js", "", "a.js.jsx", ["a.js.js"]), Case("(?=(a+))a*b\\1", "", "baaabac", ["aba", "a"]),
      Case("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", ["baaabaac", "ba", "-", "abaac"]),
      Case("a{,2}", "", "a{,2}", ["a{,2}"]), Case("x{1", "", "x{1", ["x{1"]),
      Case("\\d{4}-\\d{2}", "", "on 2024-05", ["2024-05"]),
      Case("(?:(a)|b)*", "", "ab", ["ab", "-"]), Case("(?:a+)+b", "", "aaab", ["aaab"]),
      Case("[ab]{2,4}?c", "", "abbac", ["abbac"]),
    ])
  }

  @Test func assertions() throws {
    try check([
      Case("^b", "", "a\nb", nil), Case("^b", "m", "a\nb", ["b"]), Case("a$", "", "a\nb", nil), Case("a$", "m", "a\nb", ["a"]),
      Case("\\bfoo\\b", "", "a foo.", ["foo"]), Case("\\Boo", "", "foo", ["oo"]), Case("a(?=b)", "", "acab", ["a"]),
      Case("a(?!b)", "", "abac", ["a"]),
      Case("(?<=\\$)\\d+", "", "a12 $34", ["34"]), Case("(?<!\\$)\\b\\d+", "", "$12 34", ["34"]),
      Case("(?<=(\\d+)(\\d+))$", "", "1053", ["", "1", "053"]),
      Case("(?<=\\1(.))x", "", "aax", ["x", "a"]), Case("(?<=a{2})b", "", "abaab", ["b"]), Case("(?<=^|,)b", "", "a,b", ["b"]),
      Case("(?<=(?=b).)c", "", "bc", ["c"]),
      Case("(?=(a))\\1", "", "ba", ["a", "a"]), Case("(?!(a))b", "", "b", ["b", "-"]), Case("(?=a)*b", "", "b", ["b"]),
      Case("(?:^|x)a|b", "", "cxa", ["xa"]),
    ])
  }

  @Test func backreferences() throws {
    try check([
      Case("(a)\\1", "", "aa", ["aa", "a"]), Case("\\1(a)", "", "a", ["a", "a"]), Case("(?:(a)|b)\\1", "", "b", ["b", "-"]),
      Case("(.)\\1", "i", "aA", ["aA", "a"]),
      Case("(?<x>a)\\k<x>", "", "aa", ["aa", "a"]), Case("\\k<x>", "", "k<x>", ["k<x>"]),
      Case("(a)\\2", "", "a\u{2}", ["a\u{2}", "a"]),
      Case("(?<x>a)|(?<x>b)\\k<x>", "", "bb", ["bb", "-", "b"]), Case("(?:(?<x>a)|(?<x>b))\\k<x>", "", "abb", ["bb", "-", "b"]),
      Case("(?<𝒜>.)\\k<𝒜>", "", "xx", ["xx", "x"]), Case("(?<\\u{61}>.)\\k<a>", "", "xx", ["xx", "x"]),
    ])
  }

  @Test func caseInsensitivity() throws {
    try check([
      Case("hello", "i", "HeLLo", ["HeLLo"]), Case("[a-z]+", "i", "ABC", ["ABC"]), Case("[^x]", "i", "X", nil),
      Case("é", "i", "É", ["É"]),
      Case("\u{212A}", "i", "k", nil), Case("\u{212A}", "iu", "k", ["k"]), Case("ſ", "i", "s", nil), Case("ſ", "iu", "S", ["S"]),
      Case("ß", "iu", "ẞ", ["ẞ"]),
      Case("σ", "i", "ς", ["ς"]), Case("\\w", "iu", "ſ", ["ſ"]), Case("\\W", "iu", "ſ", nil), Case("\\w", "i", "ſ", nil),
      Case("I", "iu", "i", ["i"]), Case("ı", "i", "I", nil),
      Case("𐐀", "iu", "𐐨", ["𐐨"]), Case("(?i:a)b", "", "Ab", ["Ab"]), Case("(?i:a)b", "", "AB", nil),
      Case("(?-i:a)b", "i", "aB", ["aB"]), Case("(?s:.)(?-s:.)", "s", "\na", ["\na"]),
      Case("\\P{Lu}", "iu", "A", ["A"]), Case("[^\\P{Lu}]", "iu", "a", nil), Case("\\P{Lu}", "iv", "A", nil),
    ])
  }

  @Test func codePoints() throws {
    try check([
      Case("^.$", "", "😀", nil), Case("^.$", "u", "😀", ["😀"]), Case("😀{2}", "u", "😀😀", ["😀😀"]), Case("[😀-😂]", "u", "😁", ["😁"]),
      Case("\\u{1F600}", "u", "😀", ["😀"]), Case("\\ud83d\\ude00", "u", "😀", ["😀"]), Case("^[^x]$", "u", "😀", ["😀"]),
      Case("(?<=😀)a", "u", "😀a", ["a"]),
      Case("\\p{L}+", "u", "12äж漢", ["äж漢"]), Case("\\p{Script=Greek}+", "u", "aαβ", ["αβ"]),
      Case("\\p{scx=Hira}", "u", "ー", ["ー"]), Case("\\p{Nd}", "u", "٣", ["٣"]),
      Case("\\P{ASCII}", "u", "aé", ["é"]), Case("\\p{Emoji_Presentation}", "u", "😀", ["😀"]),
      Case("\\p{Lu}", "", "p{Lu}", ["p{Lu}"]),
    ])
    #expect(try firstMatch("\\ud83d", "u", in: [0xD83D, 0xDE00]) == nil)
    #expect(try firstMatch("\\ud83d", "u", in: [0xD83D, 0x61]) != nil)
    #expect(try firstMatch("\\ude00", "", in: [0xD83D, 0xDE00]) != nil)
    #expect(try firstMatch("^😀", "u", in: "😀", from: 1) == ["😀"])
  }

  @Test func unicodeSets() throws {
    try check([
      Case("[\\w--\\d]+", "v", "12ab3", ["ab"]), Case("[[a-z]&&[aeiou]]+", "v", "xyzaeb", ["ae"]),
      Case("[\\q{abc|d|}x]", "v", "abcd", ["abc"]),
      Case("^[\\q{abc|d|}]$", "v", "", [""]), Case("[^\\d]", "v", "1a", ["a"]),
      Case("\\p{RGI_Emoji_Flag_Sequence}", "v", "x🇩🇪", ["🇩🇪"]),
      Case("^\\p{RGI_Emoji}$", "v", "👨‍👩‍👧‍👦", ["👨‍👩‍👧‍👦"]), Case("^\\p{Emoji_Keycap_Sequence}$", "v", "1️⃣", ["1️⃣"]),
      Case("[\\p{L}--[a-z]]", "v", "abcD", ["D"]),
      Case("[\\q{AB}--\\q{ab}]", "iv", "ab", nil), Case("[a\\-c]+", "v", "a-c", ["a-c"]), Case("[\\&\\&]", "v", "&", ["&"]),
    ])
  }

  @Test func positionsAndStickiness() throws {
    #expect(try firstMatch("a", "", in: "aba", from: 1) == ["a"])
    #expect(try firstMatch("a", "y", in: "aba", from: 1) == nil)
    #expect(try firstMatch("b", "y", in: "aba", from: 1) == ["b"])
    #expect(try firstMatch("^a", "", in: "aa", from: 1) == nil)
    #expect(try firstMatch("", "", in: "ab", from: 2) == [""])
    #expect(try firstMatch("a", "", in: "ab", from: 3) == nil)
    #expect(try firstMatch("a|$", "", in: "") == [""])
  }

  @Test func runawayPatternsAreInterrupted() throws {
    struct Stop: Error {}
    let expression = try regularExpression("(?:a+)+$")
    var captures: [Int32] = []
    var calls = 0
    let text = [UInt8](repeating: 0x61, count: 60) + [0x62]
    #expect(throws: Stop.self) {
      try text.withUnsafeBufferPointer {
        try expression.match(in: $0, startingAt: 0, isSticky: false, captures: &captures) {
          calls += 1
          if calls > 20 { throw Stop() }
        }
      }
    }
    // The expression is usable afterwards.
    let found = try [0x61].withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) in
      try expression.match(in: bytes, startingAt: 0, isSticky: false, captures: &captures)
    }
    #expect(found)
    #expect(captures == [0, 1])
  }

  @Test func memoryIsBounded() throws {
    let expression = try regularExpression("(?:a|b|(c))*")
    var captures: [Int32] = []
    let text = [UInt8](repeating: 0x61, count: 4_300_000)
    #expect(throws: RegularExpressionMatchError.tooMuchBacktracking) {
      try text.withUnsafeBufferPointer { try expression.match(in: $0, startingAt: 0, isSticky: true, captures: &captures) }
    }
  }

  @Test func longTextsNeedNoNativeStack() throws {
    let text = [UInt16](repeating: 0x61, count: 300_000) + [0x62]
    #expect(try firstMatch("^(?:a|c)*b$", in: text) != nil)
    #expect(try firstMatch("(a*?)b", in: text)?.count == 2)
  }
}
