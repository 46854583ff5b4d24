// https://tc39.es/ecma262/#sec-function-definitions and its siblings for generators, async functions and methods

extension Parser {
  /// `function name(…) {…}` as a declaration; the current token is `function`. Declares the name.
  mutating func parseFunctionDeclaration(from start: Int32, isAsync: Bool) throws(ParseFailure) -> FunctionNode {
    try expect(.function)
    var signature = FunctionSignature(kind: .normal, position: .declaration)
    signature.isAsync = isAsync
    signature.isGenerator = take(.star)
    let name = try parseBindingIdentifier()
    signature.name = name.name
    signature.nameRange = name.range
    let node = try parseFunctionRest(signature, from: start)
    declareFunction(node)
    return node
  }

  /// `function name(…) {…}` as an expression; the current token is `function`.
  mutating func parseFunctionExpression(from start: Int32, isAsync: Bool) throws(ParseFailure) -> FunctionNode {
    try expect(.function)
    var signature = FunctionSignature(kind: .normal, position: .expression)
    signature.isAsync = isAsync
    signature.isGenerator = take(.star)
    if token.kind != .parenthesisOpen {
      // The name is bound inside: it must suit the function itself, not what is around.
      var context = FunctionContext(signature, isStrict: function.isStrict)
      context.allowsIn = true
      let outer = enterFunction(context)
      defer { leaveFunction(outer) }
      let name = try parseBindingIdentifier()
      signature.name = name.name
      signature.nameRange = name.range
    }
    return try parseFunctionRest(signature, from: start)
  }

  /// A method after its key.
  mutating func parseMethod(
    _ modifiers: MethodModifiers, from start: Int32, constructor: FunctionKind? = nil
  ) throws(ParseFailure) -> (MethodKind, FunctionNode) {
    var signature = FunctionSignature(kind: constructor ?? .method, position: .member)
    if modifiers.kind == .getter { signature.kind = .getter }
    if modifiers.kind == .setter { signature.kind = .setter }
    signature.isAsync = modifiers.isAsync
    signature.isGenerator = modifiers.isGenerator
    return (modifiers.kind, try parseFunctionRest(signature, from: start))
  }

  /// Parameters and body.
  mutating func parseFunctionRest(_ signature: FunctionSignature, from start: Int32) throws(ParseFailure) -> FunctionNode {
    try enter()
    defer { depth -= 1 }
    let outer = enterFunction(FunctionContext(signature, isStrict: function.isStrict))
    defer { leaveFunction(outer) }
    let parameters = try parseParameters(signature)
    let (body, scope) = try parseFunctionBody(signature, parameters)
    return FunctionNode(
      range(from: start), signature: signature, parameters: parameters, body: body, scope: scope, isStrict: function.isStrict,
      uses: function.uses)
  }

  /// Parameters in parentheses, checked.
  private mutating func parseParameters(_ signature: FunctionSignature) throws(ParseFailure) -> ParameterList {
    function.isInParameters = true
    defer { function.isInParameters = false }
    let openRange = token.range
    var list = ParameterList()
    var bound = BoundNames()
    try open(.parenthesisOpen)
    while token.kind != .parenthesisClose {
      if take(.ellipsis) {
        list.rest = try parseBindingTarget(&bound)
        if token.kind == .assign { throw failure(.restWithInitializer, at: token.range) }
        if token.kind == .comma { throw failure(.restNotLast, at: token.range) }
        break
      }
      list.elements.append(try parseBindingElement(&bound))
      if !take(.comma) { break }
    }
    try close(.parenthesisClose, expected: "',' or ')'")
    list.finish(bound)
    let range = range(from: openRange.start)
    if signature.kind == .getter, !list.elements.isEmpty || list.rest != nil { report(.getterParameters, at: range) }
    if signature.kind == .setter, list.elements.count != 1 || list.rest != nil { report(.setterParameters, at: range) }
    checkParameters(list, allowsDuplicates: signature.kind == .normal && list.isSimple)
    return list
  }

  /// Reports parameters of one name, where they are not allowed.
  mutating func checkParameters(_ list: ParameterList, allowsDuplicates: Bool) {
    guard list.names.count > 1, function.isStrict || !allowsDuplicates else { return }
    var seen: Set<NameID> = []
    for name in list.names where !seen.insert(name.name).inserted {
      report(.duplicateParameter(names.text(name.name)), at: name.range)
    }
  }

  /// A body in braces, with its directives.
  mutating func parseFunctionBody(
    _ signature: FunctionSignature, _ parameters: ParameterList
  ) throws(ParseFailure) -> (FunctionNode.Body, ScopeDeclarations) {
    try open(.braceOpen)
    scopes.append(functionScope(parameters))
    let wasStrict = function.isStrict
    var statements: [Statement] = []
    try parseDirectives(into: &statements, parameters: parameters)
    if function.isStrict, !wasStrict { recheckInStrictMode(signature, parameters) }
    try parseStatementList(into: &statements, .braces)
    let scope = popScope()
    try close(.braceClose)
    return (.statements(statements), scope)
  }

  private func functionScope(_ parameters: ParameterList) -> ParserScope {
    var scope = ParserScope(kind: .function)
    for name in parameters.names where scope.parameters.find(name.name) == nil {
      scope.parameters.append(LexicalDeclaration(name: name.name, kind: .let, range: name.range))
    }
    return scope
  }

  /// Checks names that were read before a `"use strict"` made them part of strict mode code.
  private mutating func recheckInStrictMode(_ signature: FunctionSignature, _ parameters: ParameterList) {
    if let name = signature.name { recheck(Identifier(signature.nameRange, name: name)) }
    parameters.names.forEach { recheck($0) }
    checkParameters(parameters, allowsDuplicates: false)
  }

  private mutating func recheck(_ name: Identifier) {
    if name.name.isReservedInStrictMode { report(.strictReservedName(names.text(name.name)), at: name.range) }
    if name.name.isRestrictedInStrictMode { report(.strictAssignment(names.text(name.name)), at: name.range) }
  }

  /// The directive prologue and whatever statement ends it.
  /// https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive
  mutating func parseDirectives(into statements: inout [Statement], parameters: ParameterList?) throws(ParseFailure) {
    var octal: SourceRange?
    while token.kind == .string {
      let string = token
      guard let statement = try parseListItem(parameters == nil ? .script : .braces) else { return }
      statements.append(statement)
      guard case .expression(let node) = statement, case .string(let literal) = node.expression, literal.range == string.range,
        node.range.start == string.start
      else { return }
      if string.flags.contains(.legacyOctal), octal == nil { octal = string.range }
      guard !string.hasEscape, source.bytes[Int(string.start) + 1..<Int(string.end) - 1].elementsEqual("use strict".utf8) else {
        continue
      }
      if let parameters, !parameters.isSimple { report(.useStrictWithComplexParameters, at: string.range) }
      function.isStrict = true
      if let octal { report(.legacyOctalInStrictMode, at: octal) }
    }
  }

  /// A whole text made by a `Function` constructor.
  mutating func parseDynamicFunction(_ text: DynamicFunctionText) -> FunctionNode? {
    do throws(ParseFailure) {
      if text.kind.isAsync { advance() }
      try expect(.function)
      var signature = FunctionSignature(kind: .normal, position: .expression)
      signature.isAsync = text.kind.isAsync
      signature.isGenerator = take(.star)
      signature.name = token.name
      signature.nameRange = token.range
      advance()
      let node = try parseFunctionRest(signature, from: 0)
      if token.kind != .end { throw unexpected() }
      return node
    } catch {
      return nil
    }
  }
}
