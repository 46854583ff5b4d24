// https://tc39.es/ecma262/#sec-class-definitions

/// The private names of a class while it is being parsed.
struct ClassContext {
  var declarations: [PrivateNameDeclaration] = []
  var positions: [NameID: Int] = [:]
  /// Uses that may be of this class's names, or of those around it.
  var references: [Identifier] = []
}

/// The parts of a class body, as they come.
private struct ClassBody {
  var constructor: FunctionNode?
  var members: [ClassMember] = []
  let hasSuperclass: Bool
}

extension Parser {
  /// A class; does not declare its name.
  mutating func parseClass(requiresName: Bool) throws(ParseFailure) -> ClassNode {
    try enter()
    let wasStrict = function.isStrict
    function.isStrict = true
    defer {
      function.isStrict = wasStrict
      depth -= 1
    }
    let start = token.start
    advance()
    var name: Identifier?
    if requiresName || (token.kind != .braceOpen && token.kind != .extends) { name = try parseBindingIdentifier() }
    var superclass: Expression?
    if take(.extends) { superclass = try parseLeftHandSide() }
    classes.append(ClassContext())
    var body = ClassBody(hasSuperclass: superclass != nil)
    let allowedIn = function.allowsIn
    function.allowsIn = true
    try open(.braceOpen)
    while token.kind != .braceClose {
      if take(.semicolon) { continue }
      try parseMember(&body)
    }
    function.allowsIn = allowedIn
    try close(.braceClose)
    let context = classes.removeLast()
    resolvePrivateNames(context)
    return ClassNode(
      range(from: start), name: name?.name, nameRange: name?.range ?? SourceRange(at: start), superclass: superclass,
      constructor: body.constructor, members: body.members, privateNames: context.declarations)
  }

  /// A member expression or call, as after `extends`.
  private mutating func parseLeftHandSide() throws(ParseFailure) -> Expression {
    let primary = try parsePrimary()
    let result = try parseMemberChain(primary, allowsCalls: true).expression
    reportPendingCover()
    return result
  }

  private mutating func resolvePrivateNames(_ context: ClassContext) {
    for reference in context.references where context.positions[reference.name] == nil {
      if let outer = classes.indices.last {
        classes[outer].references.append(reference)
      } else if !options.privateNamesInScope.contains(reference.name) {
        report(.undeclaredPrivateName(names.text(reference.name)), at: reference.range)
      }
    }
  }

  private mutating func parseMember(_ body: inout ClassBody) throws(ParseFailure) {
    let first = token
    var isStatic = false
    var start = token
    if first.isContextual(.static) {
      advance()
      switch token.kind {
      case .parenthesisOpen, .assign, .semicolon, .braceClose:
        return try parseMember(
          &body, from: first, modifiers: nil, key: PropertyName(kind: .named(first.name), range: first.range), isStatic: false)
      case .braceOpen:
        body.members.append(.staticBlock(try parseStaticBlock(from: first.start)))
        return
      default:
        isStatic = true
        start = token
      }
    }
    let modifiers = try parseMethodModifiers(isInClass: true)
    if let modifiers, !modifiers.hasKeyNext {
      let key = PropertyName(kind: .named(start.name), range: start.range)
      return try parseMember(&body, from: start, modifiers: nil, key: key, isStatic: isStatic)
    }
    let key: PropertyName
    if token.kind == .privateName {
      key = PropertyName(kind: .private(token.name), range: token.range)
      advance()
    } else {
      key = try parsePropertyName()
    }
    try parseMember(&body, from: start, modifiers: modifiers, key: key, isStatic: isStatic)
  }

  /// What follows the key of a member.
  private mutating func parseMember(
    _ body: inout ClassBody, from start: Token, modifiers: MethodModifiers?, key: PropertyName, isStatic: Bool
  ) throws(ParseFailure) {
    if modifiers != nil || token.kind == .parenthesisOpen {
      try parseMethod(&body, from: start, modifiers ?? MethodModifiers(), key, isStatic: isStatic)
    } else {
      try parseField(&body, from: start, key, isStatic: isStatic)
    }
  }

  private mutating func parseMethod(
    _ body: inout ClassBody, from start: Token, _ modifiers: MethodModifiers, _ key: PropertyName, isStatic: Bool
  ) throws(ParseFailure) {
    let isConstructor = !isStatic && key.isText("constructor", name: .constructor)
    if isStatic, key.isText("prototype", name: .prototype) { report(.staticPrototype, at: key.range) }
    if case .private(let name) = key.kind {
      let kind: PrivateNameDeclaration.Kind =
        modifiers.kind == .getter ? .getter : modifiers.kind == .setter ? .setter : .method
      declarePrivateName(name, kind, isStatic: isStatic, at: key.range)
    }
    if isConstructor { checkConstructor(modifiers, body, key) }
    let kind: FunctionKind? = isConstructor ? (body.hasSuperclass ? .derivedConstructor : .constructor) : nil
    let (method, node) = try parseMethod(modifiers, from: start.start, constructor: kind)
    if isConstructor {
      body.constructor = node
    } else {
      body.members.append(
        .method(ClassMethod(range(from: start.start), key: key, kind: method, isStatic: isStatic, function: node)))
    }
  }

  private mutating func checkConstructor(_ modifiers: MethodModifiers, _ body: ClassBody, _ key: PropertyName) {
    if modifiers.kind == .getter {
      report(.specialConstructor("a getter"), at: key.range)
    } else if modifiers.kind == .setter {
      report(.specialConstructor("a setter"), at: key.range)
    } else if modifiers.isGenerator {
      report(.specialConstructor("a generator"), at: key.range)
    } else if modifiers.isAsync {
      report(.specialConstructor("async"), at: key.range)
    } else if body.constructor != nil {
      report(.duplicateConstructor, at: key.range)
    }
  }

  private mutating func parseField(
    _ body: inout ClassBody, from start: Token, _ key: PropertyName, isStatic: Bool
  ) throws(ParseFailure) {
    if key.isText("constructor", name: .constructor) { report(.fieldNamed("constructor"), at: key.range) }
    if isStatic, key.isText("prototype", name: .prototype) { report(.staticPrototype, at: key.range) }
    if case .private(let name) = key.kind { declarePrivateName(name, .field, isStatic: isStatic, at: key.range) }
    var initializer: FunctionNode?
    if take(.assign) { initializer = try parseFieldInitializer() }
    let range = range(from: start.start)
    if token.kind != .semicolon, token.kind != .braceClose, !token.newlineBefore {
      throw unexpected(expected: initializer == nil ? "'(', '=' or ';'" : "';'")
    }
    _ = take(.semicolon)
    body.members.append(.field(ClassField(range, key: key, isStatic: isStatic, initializer: initializer)))
  }

  private mutating func parseFieldInitializer() throws(ParseFailure) -> FunctionNode {
    let signature = FunctionSignature(kind: .classFieldInitializer, position: .member)
    let outer = enterFunction(FunctionContext(signature, isStrict: true))
    defer { leaveFunction(outer) }
    let value = try parseAssignment()
    return FunctionNode(
      value.range, signature: signature, parameters: ParameterList(), body: .expression(value), scope: ScopeDeclarations(),
      isStrict: true, uses: function.uses)
  }

  private mutating func parseStaticBlock(from start: Int32) throws(ParseFailure) -> FunctionNode {
    try enter()
    defer { depth -= 1 }
    let signature = FunctionSignature(kind: .classStaticBlock, position: .member)
    let outer = enterFunction(FunctionContext(signature, isStrict: true))
    defer { leaveFunction(outer) }
    try open(.braceOpen)
    pushScope(.function)
    var statements: [Statement] = []
    try parseStatementList(into: &statements, .braces)
    let scope = popScope()
    try close(.braceClose)
    return FunctionNode(
      range(from: start), signature: signature, parameters: ParameterList(), body: .statements(statements), scope: scope,
      isStrict: true, uses: function.uses)
  }

  private mutating func declarePrivateName(
    _ name: NameID, _ kind: PrivateNameDeclaration.Kind, isStatic: Bool, at range: SourceRange
  ) {
    guard let innermost = classes.indices.last else { return }
    if name == .privateConstructor { report(.privateConstructor, at: range) }
    guard let position = classes[innermost].positions[name] else {
      classes[innermost].positions[name] = classes[innermost].declarations.count
      classes[innermost].declarations.append(PrivateNameDeclaration(name: name, kind: kind, isStatic: isStatic))
      return
    }
    let first = classes[innermost].declarations[position]
    let isPair = (first.kind == .getter && kind == .setter) || (first.kind == .setter && kind == .getter)
    if isPair, first.isStatic == isStatic {
      classes[innermost].declarations[position].kind = .accessor
    } else {
      report(.duplicatePrivateName(names.text(name)), at: range)
    }
  }
}
