import Testing

@testable import ScriptSyntax

struct ExpressionTests {
  @Test(arguments: [
    ("a + b * c - d", "(- (+ a (* b c)) d)"),
    ("a ** b ** c", "(** a (** b c))"),
    ("(-a) ** b", "(** (- a) b)"),
    ("a || b && c || d", "(|| a (&& b c) d)"),
    ("a ?? b ?? c", "(?? a b c)"),
    ("(a ?? b) || c", "(|| (?? a b) c)"),
    ("a < b === c instanceof d", "(=== (< a b) (instanceof c d))"),
    ("a | b ^ c & d << 1", "(| a (^ b (& c (<< d 1))))"),
    ("a ? b : c ? d : e", "(? a b (? c d e))"),
    ("a = b += c", "(= a (+= b c))"),
    ("a ||= b, c &&= d, e ??= f", "(, (||= a b) (&&= c d) (??= e f))"),
    ("!a, -b, +c, ~d, typeof e, void f", "(, (! a) (- b) (+ c) (~ d) (typeof e) (void f))"),
    ("++a, b--", "(, (++_ a) (_-- b))"),
    ("a\n++\nb", "a\n(++_ b)"),
  ])
  func operatorsBindAsTheGrammarSays(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("a.b[c](d, ...e)", "(call (. (. a b) [c]) d ...e)"),
    ("a?.b.c(d)?.[e]", "(chain? (?. (call (. (?. a b) c) d) [e]))"),
    ("(a?.b).c", "(. (chain? (?. a b)) c)"),
    ("a?.(1)", "(chain? (call? a 1))"),
    ("a?.5:b", "(? a 0.5 b)"),
    ("new a.b(c).d", "(. (new (. a b) c) d)"),
    ("new new a(b)(c)", "(new (new a b) c)"),
    ("new a", "(new a)"),
    ("a`x${b}y`.c", "(. (tagged a (template \"x\" b \"y\")) c)"),
    ("a.if.class", "(. (. a if) class)"),
  ])
  func membersAndCallsChain(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("0x10, 0b11, 0o17, 1_000.5e1", "(, 16 3 15 10005)"),
    ("017, 089", "(, 15 89)"),
    ("0xFFn", "FFn"),
    ("'a\\x41\\u{42}\\n'", "\"aAB\n\""),
    ("/[/]a\\/b/gi.test(x)", "(call (. /[/]a\\/b/gi test) x)"),
    ("a / b / c", "(/ (/ a b) c)"),
    ("a = /=b/", "(= a /=b/)"),
    ("[a, , ...b, ]", "(array a _ ...b)"),
    ("({a, b: 1, 'c': 2, 3: 4, [d]: e, ...f})", "(object a (: b 1) (: \"c\" 2) (: 3.0 4) (: [d] e) ...f)"),
    (
      "({get a() {}, set a(b) {}, async c() {}, *d() {}, async *e() {}})",
      "(object (member a (getter [])) (member a (setter [b])) (member c (async method [])) (member d (method* [])) "
        + "(member e (async method* [])))"
    ),
    (
      "({get, set: 1, async, async() {}, get() {}})",
      "(object get (: set 1) async (member async (method [])) (member get (method [])))"
    ),
    ("({__proto__: a, ['__proto__']: b, __proto__})", "(object (proto: __proto__ a) (: [\"__proto__\"] b) __proto__)"),
    ("`a${`b${c}`}d`", "(template \"a\" (template \"b\" c \"\") \"d\")"),
    ("x`\\u`", "(tagged x (template _))"),
  ])
  func literalsAreRead(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("x => x", "(=> [x] x)"),
    ("() => {}", "(=> [])"),
    ("(a, {b, c: [d] = e}, ...f) => { g }", "(=> [a (object-pattern b (: c (= (array-pattern d) e))) ...f] g)"),
    ("({a = 1} = {}) => a", "(=> [(= (object-pattern (= a 1)) (object))] a)"),
    ("async x => await x", "(async => [x] (await x))"),
    ("async (x, ...y) => x", "(async => [x ...y] x)"),
    ("async (x)", "(call async x)"),
    ("async\n(x)", "(call async x)"),
    ("async => 1", "(=> [async] 1)"),
    ("a ? (b) : c => d", "(? a b (=> [c] d))"),
    ("x => y => z", "(=> [x] (=> [y] z))"),
    ("(a, b)", "(, a b)"),
    ("f(x => x, y)", "(call f (=> [x] x) y)"),
  ])
  func arrowFunctionsAreToldFromParentheses(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("[a, b.c, , ...d] = e", "(= (array-pattern a (. b c) _ ...d) e)"),
    ("({a, b: c.d = 1, e = 2, ...f} = g)", "(= (object-pattern a (: b (= (. c d) 1)) (= e 2) ...f) g)"),
    ("[[a = 1] = [], {b}] = c", "(= (array-pattern (= (array-pattern (= a 1)) (array)) (object-pattern b)) c)"),
    ("[(a), (b.c)] = d", "(= (array-pattern a (. b c)) d)"),
    ("({__proto__: a, __proto__: b} = c)", "(= (object-pattern (: __proto__ a) (: __proto__ b)) c)"),
    ("f() = 1", "(= (call f) 1)"),
  ])
  func literalsBecomeAssignmentPatterns(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    "a ?? b || c", "a && b ?? c", "-a ** b", "({a = 1})", "f({a = 1})", "({a = 1}).b", "[{a = 1}].c", "({a = 1}) + 1", "() + 1",
    "(a,)",
    "(...a)", "(a, ...b)", "1 = a", "a + b = c", "({a}) = 1", "[(a = 1)] = b", "[([a])] = b", "[...a, b] = c", "[...a,] = c",
    "[...a = 1] = c", "({...{a}} = b)", "({a() {}} = b)", "[f()] = a", "f() &&= 1", "a?.b = 1", "a?.b++", "++a--", "this = 1",
    "new a?.b()", "a?.`x`", "`\\u`", "({__proto__: a, __proto__: b})", "x => {} + 1", "x => {}.y", "(x)\n=> x", "(a.b) => 1",
    "((a)) => 1", "([a.b]) => 1", "(a, a) => 1", "async (a, a) => 1", "async (x = await 1) => x", "async (await) => 1",
    "1 + x => x",
    "import('x')", "import.meta", "new.target", "super.x", "yield => { 'use strict' }", "a.#b", "#a in b", "let [a]", "({if})",
    "`a${b", "a ? b", "f(a b)", "[a b]", "({a b})", "3in []", "0_1", "1__0", "1_", "0b2", "08n", "'\n'", "'\\u{110000}'",
  ])
  func mistakenExpressionsAreRejected(text: String) {
    #expect(!isAccepted(text))
  }

  @Test func runsOfOperatorsAreFlatFromTheMinimumOn() {
    let count = BinaryChainExpression.minimumOperands
    let few = Array(repeating: "a", count: count - 1).joined(separator: " + ")
    let many = Array(repeating: "a", count: count).joined(separator: " - ")
    #expect(tree(few) == String(repeating: "(+ ", count: count - 2) + "a" + String(repeating: " a)", count: count - 2))
    #expect(tree(many) == "(chain a" + String(repeating: " - a", count: count - 1) + ")")
  }

  @Test func parenthesesAroundTargetsAreRemembered() throws {
    let (script, _) = try parsed("(a) = 1; [(b) = 2, c = 3] = d")
    guard case .expression(let first) = script.body[0], case .assignment(let plain) = first.expression,
      case .expression(let second) = script.body[1], case .assignment(let destructuring) = second.expression,
      case .array(let pattern) = destructuring.target
    else { throw Unexpected() }
    #expect(plain.hasParenthesizedTarget)
    #expect(pattern.elements[0]?.hasParenthesizedTarget == true)
    #expect(pattern.elements[1]?.hasParenthesizedTarget == false)
  }
}

/// Thrown by tests that find another tree than expected.
struct Unexpected: Error {}
