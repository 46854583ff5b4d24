import Foundation
import Testing

@testable import ScriptSyntax

struct DiagnosticTests {
  @Test(arguments: [
    ("let x = 2;\n5 = x;", "2:1 cannot assign to this: the left side must be a variable or a property"),
    (
      "function load(u) {\n  const img = await fetchIt(u);\n}",
      "2:15 'await' is allowed only inside an async function; write 'async' before the function"
    ),
    ("\u{FEFF}let a = ) + 1;", "1:9 unexpected ')'"),
    ("{\n\t\tlet k = 1;\n\t\tk = k k;\n}", "3:9 unexpected identifier 'k'"),
    ("const size;", "1:7 the constant 'size' needs an initial value"),
    ("let a = 1;\r\nlet b = 2;\r\n\r\nlet c = a b;", "4:11 unexpected identifier 'b'"),
    ("let h = w */ 2;\n", "1:12 the regular expression is not terminated: its closing / is missing on this line"),
    ("if (n > 2) f(); g();\nelse h();", "2:1 'else' without a matching 'if'"),
    ("for (;;) {\n}\n}", "3:1 unexpected '}'"),
    ("function f() {\n  if (x) {\n  }\n\ng();\n", "6:1 unexpected end of script; expected '}'"),
    ("ctx.arc(50 60, 10);", "1:12 unexpected number 60; expected ',' or ')'"),
    ("f(0,\n10\n", "3:1 unexpected end of script; expected ',' or ')'"),
    ("fucntion star(n) {\n  return n;\n}", "1:10 unexpected identifier 'star'; did you mean 'function'?"),
    ("let b = \0 a;", "1:9 unexpected character NUL (U+0000)"),
    ("const dot = { x: 5, y 7 };", "1:23 unexpected number 7; expected ':', ',' or '}'"),
    ("a;\nif (ok) return 5;", "2:9 'return' is allowed only inside a function"),
    ("ctx.font = “20px serif”;", "1:12 unexpected character '“' (U+201C); use plain quotes ' or \""),
    ("a();\n/* not closed\nb();\n", "2:1 the comment is not terminated: its closing */ is missing"),
    ("ctx.fillStyle = 'red;\n", "1:17 the string is not terminated: its closing quote is missing on this line"),
    ("var s = \"abc\ndef ghi\";\n", "1:9 the string is not terminated: its closing quote is missing on this line"),
    ("const f = (a, b) = > a;\n", "1:20 unexpected '>'; did you mean =>?"),
    ("ctx.fillRect(0, 0, 10, 10));\n", "1:27 unexpected ')'"),
    ("let a = 3px;\n", "1:10 a name or digit may not directly follow a number"),
    ("f(1 +);\n", "1:6 unexpected ')'"),
    (
      "import a from 'b';\nlet c = 1;\n",
      "1:1 'import' and 'export' are not supported: scripts are not modules; put everything into one script"
    ),
    ("x = `abc\n", "1:5 the template is not terminated: its closing ` is missing"),
  ])
  func mistakesAreReportedOnceAndWhereTheyAre(text: String, expected: String) {
    #expect(mistakes(text) == [expected])
  }

  @Test func regularExpressionsAreCheckedByTheValidator() {
    var options = ParseOptions()
    options.regularExpressionValidator = { pattern, flags in
      pattern.description == "(ab|c" && flags.description == "g" ? ("missing ) of a group", 0) : nil
    }
    #expect(mistakes("const re = /(ab|c/g;", options) == ["1:12 invalid regular expression: missing ) of a group"])
    #expect(mistakes("const re = /(ab|c)/g;", options) == [])
  }

  @Test(arguments: [
    ("f(a\n", "(", 1), ("x = [1, 2", "[", 4), ("{ {} a", "{", 0), ("`a${b", "${", 0), ("f(a]", "(", 1),
  ])
  func unclosedBracketsAreNoted(text: String, bracket: String, offset: Int32) throws {
    let result = parseScript(SourceText(name: "test", text: text), names: NameTable())
    let note = try #require(result.diagnostics.first?.notes.first)
    #expect(note.kind == .openedHere(bracket))
    #expect(note.range.start == offset)
  }

  @Test func parsingGoesOnAtTheNextStatement() {
    let text = """
      let a = ;
      let b = 1 2;
      function f() {
        x y;
        if (b { g(); }
      }
      const c;
      f(1, 2;
      var d = e f;
      class C { m() { a b } n( }
      g();
      """
    #expect(
      mistakes(text).map { String($0.prefix { $0 != " " }) } == [
        "1:9", "2:11", "4:5", "5:9", "7:7", "8:7", "9:11", "10:19", "10:26",
      ])
  }

  @Test(arguments: [
    "f(a b,\n  c,\n  d);\ng();", "if (a b) {\n  c();\n}\nelse {\n  d();\n}", "function f(a b) {\n  return a;\n}",
    "for (let i = 0 i < 3; i++) {\n  break;\n}",
    "x = { a 1,\n b: 2,\n c() { return 1 } };", "`a${b c}d` + e;\nf()", "class A { m( { return 1 } }\nx = 1",
    "var a = 'x\nvar b = 1", "functio f() {\n  return 1;\n}",
    "switch (a) {\n  case 1: b c; break;\n  case 2: d;\n}", "foo(function () {\n  a b;\n  return c;\n});\n",
    "x = a ? b;\ny = 1;",
  ])
  func oneMistakeIsReportedOnce(text: String) {
    #expect(mistakes(text).count == 1, "\(mistakes(text))")
  }

  @Test func noMoreThanTwentyMistakesAreReported() {
    #expect(mistakes(String(repeating: "a b;\n", count: 50)).count == 20)
  }

  @Test func shortRandomTextsDoNotTrap() {
    let parts = [
      "a", "(", ")", "[", "]", "{", "}", "=>", "=", ",", ";", "...", "async ", "function ", "class ", "let ", "for", " of ",
      " in ", "`", "${", "/", "\n",
      "'", "#x", "yield ", "await ", "get ", "static ", "super", "new ", ".", "?.", "1", "if", "else ", "return ", ":", "?", "*",
      "extends ", "case ",
    ]
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(state >> 33) % parts.count]
      }
      let result = parseScript(SourceText(name: "test", text: text), names: NameTable())
      #expect((result.script == nil) == result.hasErrors, "\(text)")
    }
  }
}
