import Testing

@testable import ScriptRuntime

@Suite struct ArrayBuiltinsTests {
  private func result(_ text: String) -> ScriptOutcome { ScriptOutcome("var result = (function () { \(text) })();") }

  @Test(arguments: [0, 1, 2, 5, 6, 7, 12, 13, 100, 1000])
  func sortingIsStable(count: Int) {
    let script = """
      var a = []; for (var i = 0; i < \(count); i++) a.push({k: (i * 7919) % 13, i: i});
      a.sort((x, y) => x.k - y.k);
      for (var i = 1; i < a.length; i++) if (a[i-1].k > a[i].k || (a[i-1].k === a[i].k && a[i-1].i > a[i].i)) return 'unstable at ' + i;
      return a.length
      """
    #expect(result(script) == .value("\(count)"))
  }

  @Test func holesAndUndefinedSortLast() {
    #expect(result("var a = [3, , undefined, 1]; a.sort(); return JSON.stringify(a) + (3 in a)") == .value("[1,3,null,null]false"))
  }

  @Test func arrayInItselfJoinsAsNothing() {
    #expect(result("var a = [1, 2]; a.push(a); return a.join()") == .value("1,2,"))
  }

  @Test func fillReachesAllOfALongArray() {
    #expect(result("var a = new Array(3e6).fill(7); return a.length + ' ' + a[0] + a[2999999]") == .value("3000000 77"))
  }

  @Test func elementsOfThePrototypeShineThroughHoles() {
    let script = "Array.prototype[1] = 'p'; var a = [1, , 3]; return a.slice().join() + a.concat([4]).join() + a.shift() + a.join()"
    #expect(result(script) == .value("1,p,31,p,3,41p,3"))
  }

  @Test func callbackMayShortenTheArray() {
    #expect(result("var a = [1,2,3,4], n = 0; a.forEach(x => { n++; a.length = 2 }); return n") == .value("2"))
  }

  @Test func replacedIteratorIsUsed() {
    let script = """
      var p = Object.getPrototypeOf([][Symbol.iterator]()); var next = p.next;
      p.next = function () { var r = next.call(this); if (!r.done) r.value *= 2; return r; };
      var out = []; for (var x of [1, 2, 3]) out.push(x);
      return out + ' ' + [...[4]]
      """
    #expect(result(script) == .value("2,4,6 8"))
  }

  @Test func endlessLoopsOfBuiltinsEndWithTheTime() {
    #expect(ScriptOutcome("Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1)", milliseconds: 100) == .ended(.timeout))
    #expect(ScriptOutcome("[3, 1, 2].sort(() => { for (;;); })", milliseconds: 100) == .ended(.timeout))
  }

  @Test func argumentsFollowTheirParameters() {
    let script = """
      function f(a, b) { a = 10; arguments[1] = 20; arguments[2] = 30; delete arguments[0]; a = 11;
        return [arguments[0], b, arguments.length, Object.keys(arguments), [].slice.call(arguments, 1)].join(' '); }
      return f(1, 2)
      """
    #expect(result(script) == .value(" 20 2 1,2 20"))
  }
}
