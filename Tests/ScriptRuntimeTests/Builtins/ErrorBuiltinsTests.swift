import Testing

@testable import ScriptRuntime

@Suite struct ErrorBuiltinsTests {
  @Test func stackNamesCallsInnermostFirst() {
    let outcome = ScriptOutcome(
      """
      function inner() { return new TypeError('bad'); }
      function outer() {
        return inner();
      }
      var result = outer().stack.split('\\n').slice(0, 2).join('|');
      """)
    guard case .value(let text) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(text.hasPrefix("TypeError: bad|    at inner (test.js:1:"))
  }

  @Test func errorsOfTheRuntimeHaveAStackToo() {
    #expect(
      ScriptOutcome("var result; try { null.x } catch (e) { result = typeof e.stack + Object.keys(e).length }") == .value("string0"))
  }

  @Test func boundChainsEndInARangeError() {
    let outcome = ScriptOutcome(
      "function f() {} for (var i = 0; i < 1e6; i++) f = f.bind(); var result; try { f() } catch (e) { result = e.name }")
    #expect(outcome == .value("RangeError"))
  }

  @Test func proxyChainsEndInARangeError() {
    let outcome = ScriptOutcome(
      "var p = {}; for (var i = 0; i < 1e6; i++) p = new Proxy(p, {}); var result; try { p.x } catch (e) { result = e.name }")
    #expect(outcome == .value("RangeError"))
  }
}
