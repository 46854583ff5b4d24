import Testing

@testable import ScriptSyntax

struct ScopeTests {
  @Test(arguments: [
    "let a; let a", "let a; var a", "var a; let a", "let a; { var a }", "{ var a } let a", "let a; function a() {}",
    "{ function a() {} let a }",
    "'use strict'; { function a() {} function a() {} }", "{ function a() {} function* a() {} }", "{ function a() {} var a }",
    "class a {} let a",
    "try {} catch (e) { let e }", "try {} catch (e) { function e() {} }", "try {} catch ([e]) { var e }",
    "for (let a of b) { var a }", "for (let a;;) { var a }",
    "switch (b) { case 1: let a; case 2: let a }", "function f(a) { const a = 1 }", "(a) => { let a }", "let [a, a] = b",
    "for (const [a, a] of b) ;",
    "try {} catch ([a, a]) {}",
  ])
  func redeclarationsAreRejected(text: String) {
    #expect(!isAccepted(text))
  }

  @Test func redeclarationsPointAtTheFirstDeclaration() throws {
    let result = parseScript(SourceText(name: "test", text: "let a = 1;\nconst a = 2;"), names: NameTable())
    let diagnostic = try #require(result.diagnostics.first)
    #expect(diagnostic.kind == .alreadyDeclared("a"))
    #expect(diagnostic.range == SourceRange(start: 17, end: 18))
    #expect(diagnostic.notes == [Diagnostic.Note(.firstDeclaredHere("a"), at: SourceRange(start: 4, end: 5))])
  }

  @Test func scriptsListWhatTheyDeclare() throws {
    let (script, names) = try parsed("var a; let b; const c = 1; class d {} function e() {} { var f; let g } for (var h of i) ;")
    #expect(script.scope.lexical.map { names.text($0.name) } == ["b", "c", "d"])
    #expect(script.scope.lexical.map(\.kind) == [.let, .const, .class])
    #expect(script.scope.variables.map(names.text) == ["a", "e", "f", "h"])
    #expect(script.scope.functions.compactMap(\.name).map(names.text) == ["e"])
    guard case .block(let block) = script.body[5] else { throw Unexpected() }
    #expect(block.scope.lexical.map { names.text($0.name) } == ["g"])
    #expect(block.scope.variables.isEmpty)
  }

  @Test(arguments: [
    ("{ function f() {} }", ["f"]),
    ("{ { function f() {} } function g() {} }", ["f", "g"]),
    ("if (a) function f() {}", ["f"]),
    ("switch (a) { case 1: function f() {} }", ["f"]),
    ("let f; { function f() {} }", []),
    ("{ function f() {} } let f", []),
    ("{ let f; { function f() {} } }", []),
    ("for (let f;;) { function f() {} }", []),
    ("try {} catch (f) { { function f() {} } }", ["f"]),
    ("try {} catch ([f]) { { function f() {} } }", []),
    ("{ async function f() {} }", []),
    ("'use strict'; { function f() {} }", []),
  ])
  func functionsInBlocksAreHoistedAsInAnnexB(text: String, expected: [String]) throws {
    let (script, names) = try parsed(text)
    #expect(script.scope.annexBFunctions.compactMap(\.name).map(names.text) == expected)
    #expect(!script.scope.annexBFunctions.contains { !$0.isAnnexBHoisted })
    #expect(script.scope.variables.isEmpty)
  }

  @Test func parametersKeepFunctionsFromBeingHoisted() throws {
    let (script, _) = try parsed("function f(a) { { function a() {} } }")
    #expect(script.scope.functions[0].scope.annexBFunctions.isEmpty)
  }

  @Test func variablesOfNestedBlocksAreListedInOrder() throws {
    let (script, names) = try parsed("var a; { var b; { var c, a } var d } var b, e")
    #expect(script.scope.variables.map(names.text) == ["a", "b", "c", "d", "e"])
    #expect(kinds("{ { { var a } } let a }") == [.alreadyDeclared("a")])
    #expect(isAccepted("{ { { var a } } } { let a }"))
  }

  @Test func manyDeclarationsAreFoundAgain() {
    let declarations = (0..<100).map { "let name\($0);" }.joined()
    #expect(isAccepted(declarations))
    #expect(kinds(declarations + "var name50") == [.alreadyDeclared("name50")])
  }
}
