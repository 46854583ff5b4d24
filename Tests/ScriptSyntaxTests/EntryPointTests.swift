import Testing

@testable import ScriptSyntax

struct EntryPointTests {
  private func function(_ parameters: String, _ body: String, _ kind: DynamicFunctionKind = .normal) -> FunctionParseResult {
    parseFunction(parameters: Array(parameters.utf8), body: Array(body.utf8), kind: kind, names: NameTable())
  }

  @Test func dynamicFunctionsHaveTheTextTheStandardGivesThem() throws {
    let result = function("a,b", "return a")
    let node = try #require(result.function)
    #expect(result.source.text(node.range) == "function anonymous(a,b\n) {\nreturn a\n}")
    #expect(node.parameterNames.count == 2)
    #expect(function("", "yield 1", .generator).function?.isGenerator == true)
    #expect(function("", "await 1", .async).function?.isAsync == true)
    #expect(function("", "await (yield)", .asyncGenerator).function?.isAsync == true)
  }

  @Test(arguments: [
    ("/*", "*/){"), ("a", "}, function () {"), (") { }, function (", ""), ("", "}"), ("", "{"), ("a = super()", ""),
    ("a, a", "'use strict'"),
    ("a) {", ""), ("", "} + function () {"), ("", "#!x"),
  ])
  func textsOfDynamicFunctionsMayNotReachIntoEachOther(parameters: String, body: String) {
    let result = function(parameters, body)
    #expect(result.function == nil)
    #expect(result.hasErrors)
  }

  @Test func lineCommentsInPartsAreHarmless() {
    #expect(function("a // one", "return a // two").function != nil)
    #expect(function("a -->", "").function == nil)
    #expect(function("", "--> comment").function != nil)
  }

  @Test func evalInheritsWhatIsAllowed() {
    var options = ParseOptions()
    #expect(!isAccepted("new.target", options))
    options.allowsNewTarget = true
    #expect(isAccepted("() => new.target", options))
    #expect(!isAccepted("super.a", options))
    options.allowsSuperProperty = true
    #expect(isAccepted("super.a", options))
    #expect(!isAccepted("super()", options))
    options.allowsSuperCall = true
    #expect(isAccepted("super()", options))
    options.forbidsArguments = true
    #expect(!isAccepted("() => arguments", options))
    #expect(isAccepted("(function () { arguments })", options))
    options.isStrict = true
    #expect(!isAccepted("with (a) b", options))
    options.allowsReturn = true
    #expect(isAccepted("return 1", options))
  }

  @Test func privateNamesOfOuterClassesAreKnown() {
    let names = NameTable()
    var options = ParseOptions()
    options.privateNamesInScope = [names.intern("#a")]
    let source = SourceText(name: "test", text: "this.#a; class B { m() { this.#a } }")
    #expect(!parseScript(source, names: names, options: options).hasErrors)
    #expect(parseScript(source, names: names).diagnostics.count == 2)
  }
}
