import Testing

@testable import ScriptSyntax

struct FunctionTests {
  @Test(arguments: [
    ("function f(a, b = 1, ...c) { return a }", "(function f [a (= b 1) ...c] (return a))"),
    ("function* g() { yield; yield a; yield* b }", "(function* g [] (yield) (yield a) (yield* b))"),
    ("async function f() { await a }", "(async function f [] (await a))"),
    ("async function* f() { await (yield a) }", "(async function* f [] (await (yield a)))"),
    ("(function f() {})", "(function f [])"),
    ("(async function () {})", "(async function [])"),
    ("function f([a], {b}) {}", "(function f [(array-pattern a) (object-pattern b)])"),
    ("function* g() { yield\na }", "(function* g [] (yield) a)"),
    ("function* g() { f(yield, [yield]) }", "(function* g [] (call f (yield) (array (yield))))"),
    ("function f() { return /a/ }", "(function f [] (return /a/))"),
  ])
  func functionsAreRead(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("class A {}", "(class A)"),
    ("class A extends f(B) { constructor() { super() } }", "(class A (extends (call f B)) (derivedConstructor [] (call super)))"),
    ("class A { m() { super.x } static s() {} }", "(class A (member m (method [] (. super x))) (static s (method [])))"),
    (
      "class A { a; b = 1; static c = this; 'd'\n[e] = 2 }",
      "(class A (field a) (field b (classFieldInitializer 1)) (static-field c (classFieldInitializer this)) (field \"d\") "
        + "(field [e] (classFieldInitializer 2)))"
    ),
    (
      "class A { #p = 1; get #q() {} set #q(v) {} has(o) { return #p in o && o.#q } }",
      "(class A (field #p (classFieldInitializer 1)) (member #q (getter [])) (member #q (setter [v])) "
        + "(member has (method [o] (return (&& (in #p o) (. o #q))))))"
    ),
    ("class A { static { a } }", "(class A (classStaticBlock a))"),
    (
      "class A { get; set; static; async; get\nx() {} static static() {} }",
      "(class A (field get) (field set) (field static) (field async) (member x (getter [])) (static static (method [])))"
    ),
    (
      "class A { async\nx() {} get\n*y() {} }",
      "(class A (field async) (member x (method [])) (field get) (member y (method* [])))"
    ),
    ("class A { static async *a() {} 'constructor'() {} }", "(class A (constructor []) (static a (async method* [])))"),
    ("(class extends null { })", "(class (extends null))"),
  ])
  func classesAreRead(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    "function f(a = 1) { 'use strict' }", "function f(a, a) { 'use strict' }", "function f(a, [a]) {}",
    "function eval() { 'use strict' }",
    "function f(yield) { 'use strict' }", "function f(a) { let a }", "function f(...a, b) {}", "function f(...a = 1) {}",
    "function* g(a = yield) {}",
    "async function f(a = await 1) {}", "function* g() { function yield() {} ; yield = 1 }", "async function f() { var await }",
    "(function* yield() {})",
    "(async function await() {})", "({get a(b) {}})", "({set a() {}})", "({set a(...b) {}})", "({a(b, b) {}})",
    "function f() { super.x }",
    "function f() { super() }", "class A { constructor() { super() } }", "class A { constructor() {} constructor() {} }",
    "class A { get constructor() {} }", "class A { *constructor() {} }", "class A { async constructor() {} }",
    "class A { constructor }",
    "class A { static prototype() {} }", "class A { static prototype }", "class A { #constructor }", "class A { #a; #a }",
    "class A { get #a() {} static set #a(v) {} }",
    "class A { a = arguments }", "class A { static { arguments } }", "class A { static { await } }",
    "class A { static { return } }", "class A { static { var a; let a } }",
    "class A { m() { this.#b } }", "class A { #a; m() { delete this.#a } }", "class A extends B.#a { #a }",
    "class A { #a; m() { super.#a } }",
    "class let {}", "class A { a b }", "class { }", "class A extends a => a {}", "function f() { new.target = 1 }",
    "() => { new.target }",
    "function f() { await a }", "function f() { break }", "while (a) { function f() { break } }",
    "async () => { function g() { await a } }",
  ])
  func mistakenFunctionsAreRejected(text: String) {
    #expect(!isAccepted(text))
  }

  @Test(arguments: [
    "function f(a, a) {}", "function f() { () => new.target }", "class A { a = () => super.b; static { this.c } }",
    "class A extends B { constructor() { () => super() } }",
    "class A { m() { this.#a } #a }", "class A { #a; m() { class B { n(o) { o.#a } } } }", "function yield() {}",
    "async function await() {}",
    "class A { static { (() => { let await })() } }", "function f(a) { var a; function a() {} }", "(function f() { let f })",
    "class A { 'a' = 1; 1 = 2; if = 3 }",
    "class A { static async = 1; static get = 2; static() {} }", "function* g() { (function () { yield = 1 }) }",
  ])
  func oddFunctionsAreAccepted(text: String) {
    #expect(mistakes(text) == [])
  }

  @Test func functionsKnowWhatTheyUse() throws {
    let (script, _) = try parsed(
      """
      function a() { return () => [this, arguments, new.target] }
      function b() { eval('x') }
      function c() { with (d) e }
      function d() { function inner() { eval('x'); this; arguments } }
      """)
    let functions = script.scope.functions
    #expect(functions[0].usesThis && functions[0].usesArguments && functions[0].usesNewTarget && !functions[0].usesSuper)
    #expect(functions[1].hasDirectEval && functions[1].containsDirectEval && functions[1].usesThis && functions[1].usesSuper)
    #expect(functions[2].containsWith && !functions[2].containsDirectEval)
    #expect(
      !functions[3].hasDirectEval && functions[3].containsDirectEval && !functions[3].usesThis && !functions[3].usesArguments)
    #expect(script.containsDirectEval && script.containsWith)
  }

  @Test func parametersAreSummarised() throws {
    let (script, names) = try parsed("function f(a, {b}, c = 1, d) {} function g(a, a) {} var h = ({[k]: b}) => b")
    let functions = script.scope.functions
    #expect(functions[0].expectedArgumentCount == 2)
    #expect(functions[0].parameterNames.map(names.text) == ["a", "b", "c", "d"])
    #expect(!functions[0].hasSimpleParameters && functions[0].hasParameterExpressions)
    #expect(functions[1].hasSimpleParameters && functions[1].parameterNames.count == 2)
    guard case .variable(let declaration) = script.body[2], case .function(let arrow) = declaration.declarations[0].initializer
    else { throw Unexpected() }
    #expect(arrow.hasParameterExpressions)
  }

  @Test func rangesAreThoseOfTheText() throws {
    let text = "x = { async *m(a) { } }; class A { static get b() {} }"
    let (script, _) = try parsed(text)
    let source = script.source
    guard case .expression(let statement) = script.body[0], case .assignment(let node) = statement.expression,
      case .object(let object) = node.value, case .method(let method) = object.properties[0],
      case .class(let classNode) = script.body[1], case .method(let getter) = classNode.members[0]
    else { throw Unexpected() }
    #expect(source.text(method.function.range) == "async *m(a) { }")
    #expect(source.text(getter.function.range) == "get b() {}")
    #expect(source.text(classNode.range) == "class A { static get b() {} }")
  }
}
