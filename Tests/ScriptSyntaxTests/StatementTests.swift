import Testing

@testable import ScriptSyntax

struct StatementTests {
  @Test(arguments: [
    (
      "var a, b = 1; let {c, d: [e]} = f; const g = 2",
      "(var a (= b 1))\n(let (= (object-pattern c (: d (array-pattern e))) f))\n(const (= g 2))"
    ),
    ("if (a) b; else if (c) d; else e", "(if a b c d e)"),
    ("if (a) if (b) c; else d", "(if a (if b c d))"),
    ("for (;;) ;", "(for _ _ _ (empty))"),
    ("for (let i = 0, n = 2; i < n; i++) f()", "(for (let (= i 0) (= n 2)) (< i n) (_++ i) (call f))"),
    ("for (var a in b, c) ;", "(for-in (var a) (, b c) (empty))"),
    ("for (var a = 1 in b) ;", "(for-in (var a 1) b (empty))"),
    ("for (const [a, b] of c) ;", "(for-of (const (array-pattern a b)) c (empty))"),
    ("for ([a, b.c] of d) ;", "(for-of (array-pattern a (. b c)) d (empty))"),
    ("for (let in b) ;", "(for-in let b (empty))"),
    ("for (let of of c) ;", "(for-of (let of) c (empty))"),
    ("for (async of => {}; ; ) break", "(for (async => [of]) _ _ (break))"),
    ("for (var i = (a in b); ; ) break", "(for (var (= i (in a b))) _ _ (break))"),
    ("while (a) b", "(while a b)"),
    ("do a; while (b) c", "(do a b)\nc"),
    ("a: b: for (;;) { continue a; break b }", "(label a (label b (for _ _ _ (block (continue a) (break b)))))"),
    ("switch (a) { case 1: b; default: c; case 2: }", "(switch a (case 1 b) (default c) (case 2))"),
    ("try { a } catch (e) { b } finally { c }", "(try a (catch e b) (finally c))"),
    ("try { a } catch { b }", "(try a (catch b))"),
    ("with (a) b", "(with a b)"),
    ("throw a; debugger;", "(throw a)\n(debugger)"),
    ("if (a) function f() {}", "(if a (block (function f [])))"),
    ("l: function f() {}", "(label l (function f []))"),
    ("async () => { for await (let x of y) ; }", "(async => [] (for-await (let x) y (empty)))"),
    ("{}\n/a/g", "(block)\n/a/g"),
  ])
  func statementsAreRead(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("a\nb", "a\nb"),
    ("a = b\n(c)", "(= a (call b c))"),
    ("() => { return\na }", "(=> [] (return) a)"),
    ("{ a }", "(block a)"),
    ("let\nx", "(let x)"),
    ("let\n= 1", "(= let 1)"),
    ("if (a) let\nx", "(if a let)\nx"),
    ("yield\n* 2", "(* yield 2)"),
    ("async\nfunction f() {}", "async\n(function f [])"),
    ("x /* \n */ y", "x\ny"),
  ])
  func semicolonsAreInserted(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    "a b", "{ a b }", "for (a; b) ;", "for (a\n;b) ;", "do a while (b)", "if (a) class C {}", "if (a) let b", "if (a) let\n[b]",
    "while (a) function f() {}",
    "if (a) async function f() {}", "if (a) function* g() {}", "l: let a", "if (a) l: function f() {}",
    "'use strict'; l: function f() {}",
    "'use strict'; if (a) function f() {}", "break", "continue", "l: { continue l }", "break l", "l: l: ;", "return",
    "throw\na",
    "for (let a = 1 of b) ;", "for (let a, b of c) ;", "for (var [a] = 1 in b) ;", "for (let of a) ;", "for (let.a of b) ;",
    "for (async of a) ;", "for (1 of a) ;", "for (a of b, c) ;", "for (let let of a) ;", "for await (a of b) ;", "const a",
    "let [b]", "let let = 1",
    "'use strict'; with (a) b", "'use strict'; let = 1", "'use strict'; yield = 1", "'use strict'; arguments = 1",
    "'use strict'; delete a",
    "'use strict'; 010", "'\\01'; 'use strict'", "function f() { '\\8'; 'use strict' }", "try {}",
    "switch (a) { default: default: }", "switch (a) { b }", "else a",
    "import a from 'b'", "export let a", "enum a", "var if", "v\\u0061r a", "({ a: 1", "f(", "}",
  ])
  func mistakenStatementsAreRejected(text: String) {
    #expect(!isAccepted(text))
  }

  @Test(arguments: [
    "#!/usr/bin/env canvasrun\na", "a <!-- b c\n--> d e", "/* \n */ --> a b", "let async; async: for (;;) break async",
    "var yield, await, let, static",
    "if (a) ; else function f() {}", "var a; var a", "function f() {} function f() {} var f", "for (let i of a) { let i }",
    "try {} catch (e) { var e }",
    "'\\07'", "'use strict'\n+ 010", "async function f() { for await (async of a) ; }", "for (let.a in b) ;",
    "switch (a) { case 1: let b }", "l\\u0065t\na", "a\u{2028}b",
  ])
  func oddScriptsAreAccepted(text: String) {
    #expect(mistakes(text) == [])
  }
}
