import Testing

@testable import ScriptRuntime

@Suite struct JSONTests {
  private func result(_ text: String) -> ScriptOutcome { ScriptOutcome("var result = (function () { \(text) })();") }

  @Test func laterMembersOfOneNameWin() {
    #expect(result("return JSON.stringify(JSON.parse('{\"a\":1,\"b\":2,\"a\":3}'))") == .value(#"{"a":3,"b":2}"#))
  }

  @Test func indexNamesComeFirst() {
    #expect(result("return JSON.stringify(JSON.parse('{\"b\":1,\"2\":2,\"1\":3,\"c\":4}'))") == .value(#"{"1":3,"2":2,"b":1,"c":4}"#))
  }

  @Test func protoIsAnOrdinaryName() {
    #expect(result("var o = JSON.parse('{\"__proto__\":[1]}'); return Object.keys(o) + (o instanceof Array)") == .value("__proto__false"))
  }

  @Test func objectsOfManyNamesKeepThemAll() {
    let script = """
      var o = {}; for (var i = 0; i < 700; i++) o['k' + i] = i;
      var back = JSON.parse(JSON.stringify(o)); var sum = 0;
      for (var k in back) sum += back[k];
      return Object.keys(back).length + ' ' + sum
      """
    #expect(result(script) == .value("700 244650"))
  }

  @Test(arguments: [
    ("0.1", "0.1"), ("-0", "0"), ("1e3", "1000"), ("123456789012345", "123456789012345"),
    ("12345678901234567890", "12345678901234567000"), ("0.30000000000000004", "0.30000000000000004"), ("1E-7", "1e-7"),
    ("-1.5e+2", "-150"), ("4.35", "4.35"), ("100.0000001", "100.0000001"),
  ])
  func numbersAreReadToTheLastDigit(text: String, expected: String) {
    #expect(result("return JSON.stringify(JSON.parse('\(text)'))") == .value(expected))
  }

  @Test(arguments: ["", "{", "[1,]", "01", "1.", ".5", "+1", "{a:1}", "'a'", "[1] 2", "\\u00a0 1", "{\"a\":1,}", "nul", "\"\\n\""])
  func otherTextIsASyntaxError(text: String) {
    #expect(result("try { JSON.parse(`\(text)`) } catch (e) { return e.name } return 'read'") == .value("SyntaxError"))
  }

  @Test func wideAndNarrowTextMix() {
    #expect(result(#"return JSON.stringify(['a\u20ac', '\ud800', '\u0001', '"', '\u00ff'])"#) == .value("[\"a€\",\"\\ud800\",\"\\u0001\",\"\\\"\",\"ÿ\"]"))
  }

  @Test func gapsIndentEachLevel() {
    #expect(result("return JSON.stringify({a:[1,{}],b:[]}, null, 2)") == .value("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"))
  }

  @Test func getterThatChangesTheObjectDoesNotAddMembers() {
    let script = "var o = {get a() { delete o.b; o.z = 1; return 1 }, b: 2, c: 3}; return JSON.stringify(o)"
    #expect(result(script) == .value(#"{"a":1,"c":3}"#))
  }

  @Test func circlesAreATypeError() {
    #expect(result("var o = {}; o.o = [o]; try { JSON.stringify(o) } catch (e) { return e.name }") == .value("TypeError"))
  }

  @Test func deepTextEndsInARangeError() {
    #expect(result("try { JSON.parse('['.repeat(1e6)) } catch (e) { return e.name }") == .value("RangeError"))
  }
}
