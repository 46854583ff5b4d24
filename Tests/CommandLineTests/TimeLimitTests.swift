// --timeout reaches into the long work of built-in functions, which run no script code of their own.

import Foundation
import Testing

@Suite struct TimeLimitTests {
  @Test(arguments: [
    ("a match that goes back and forth", "/(x+x+)+y/.test('x'.repeat(40))"),
    ("a sort", "const a = Array.from({ length: 2e6 }, (_, i) => (i * 7919) % 2000003);\nfor (;;) a.sort().reverse();"),
    ("JSON.stringify", "let o = {};\nfor (let i = 0; i < 40; i++) o = { a: o, b: o };\nJSON.stringify(o)"),
    ("JSON.parse", "const text = '[' + '1,'.repeat(1e6) + '1]';\nfor (;;) JSON.parse(text)"),
    ("repeated strings", "for (;;) 'ab'.repeat(1 << 20).toUpperCase().split('A').length"),
    ("a replacement", "for (;;) 'a'.repeat(1e7).replace(/a/g, 'bb')"),
    ("a search along a made-up length", "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)"),
    ("nested arrays as text", "let o = [1];\nfor (let i = 0; i < 40; i++) o = [o, o];\nString(o)"),
    ("structuredClone", "let o = {};\nfor (let i = 0; i < 1000; i++) o = { o };\nfor (;;) structuredClone(o)"),
    ("microtasks without end", "(function f() { return Promise.resolve().then(f); })()"),
    ("eval", "for (;;) eval('1;'.repeat(10000))"),
    ("a generator", "for (const x of (function* () { for (;;) yield; })());"),
  ])
  func theTimeIsUp(work: String, script: String) throws {
    let begun = Date()
    let outcome = try Program.run(["-", "--no-output", "--timeout", "250ms"], input: script)
    #expect(outcome.status == 124, "\(work)")
    #expect(outcome.errorText.contains("error: the script ran out of time: more than 250 ms (see --timeout)"), "\(work)")
    // Long enough for a busy machine, and less than a run that has to be given up takes.
    #expect(Date().timeIntervalSince(begun) < 15, "\(work)")
  }
}
