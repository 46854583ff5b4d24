// https://tc39.es/ecma262/#sec-let-and-const-declarations and #sec-variable-statement

/// One declarator and what it declares.
struct ParsedDeclarator {
  let node: VariableDeclarator
  let names: [Identifier]
}

extension Parser {
  mutating func parseVariableStatement(_ kind: VariableKind) throws(ParseFailure) -> Statement {
    let start = token.start
    advance()
    var declarations: [VariableDeclarator] = []
    repeat {
      let declarator = try parseDeclarator(kind)
      checkInitializer(declarator, kind)
      declare(declarator.names, kind)
      declarations.append(declarator.node)
    } while take(.comma)
    try consumeSemicolon()
    return .variable(VariableDeclaration(range(from: start), kind: kind, declarations: declarations))
  }

  /// One `target = initializer`; neither declared nor checked for an initializer.
  mutating func parseDeclarator(_ kind: VariableKind) throws(ParseFailure) -> ParsedDeclarator {
    let start = token.start
    let target = try parseBoundPattern()
    if kind != .var {
      for name in target.names.names where name.name == .let { report(.letAsLexicalName, at: name.range) }
    }
    var initializer: Expression?
    if take(.assign) { initializer = try parseAssignment() }
    let node = VariableDeclarator(range(from: start), target: target.pattern, initializer: initializer)
    return ParsedDeclarator(node: node, names: target.names.names)
  }

  /// Reports an initializer that is missing.
  mutating func checkInitializer(_ declarator: ParsedDeclarator, _ kind: VariableKind) {
    guard declarator.node.initializer == nil else { return }
    switch declarator.node.target {
    case .identifier(let name):
      if kind == .const { report(.missingInitializer(names.text(name.name)), at: name.range) }
    default: report(.missingPatternInitializer, at: declarator.node.range)
    }
  }
}
