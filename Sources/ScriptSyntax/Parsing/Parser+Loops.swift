// https://tc39.es/ecma262/#sec-iteration-statements

extension Parser {
  /// A loop's body.
  private mutating func parseLoopBody(_ labels: Range<Int>) throws(ParseFailure) -> Statement {
    for index in labels where index < function.labels.count { function.labels[index].isLoop = true }
    function.loopDepth += 1
    function.breakableDepth += 1
    let body = try parseSubstatement()
    rejectLabelledFunction(body)
    function.loopDepth -= 1
    function.breakableDepth -= 1
    return body
  }

  /// The labels right before the current statement.
  private var labelSet: Range<Int> {
    min(function.labelSetStart, function.labels.count)..<function.labels.count
  }

  mutating func parseWhile() throws(ParseFailure) -> Statement {
    let start = token.start
    let labels = labelSet
    advance()
    let test = try parseCondition()
    let body = try parseLoopBody(labels)
    return .while(WhileStatement(range(from: start), test: test, body: body))
  }

  mutating func parseDoWhile() throws(ParseFailure) -> Statement {
    let start = token.start
    let labels = labelSet
    advance()
    let body = try parseLoopBody(labels)
    try expect(.while)
    let test = try parseCondition()
    _ = take(.semicolon)
    return .doWhile(DoWhileStatement(range(from: start), body: body, test: test))
  }

  /// What the parser knows of a `for` when it has read the first part of its head.
  private struct ForHead {
    let start: Int32
    let labels: Range<Int>
    let isAwait: Bool
  }

  mutating func parseFor() throws(ParseFailure) -> Statement {
    let start = token.start
    let labels = labelSet
    advance()
    var isAwait = false
    if token.isContextual(.await) {
      if !function.isAsync { report(.awaitOutsideAsync, at: token.range, hints: [.makeFunctionAsync]) }
      isAwait = true
      advance()
    }
    let head = ForHead(start: start, labels: labels, isAwait: isAwait)
    try open(.parenthesisOpen)
    pushScope(.block)
    switch token.kind {
    case .semicolon: return try parseClassicFor(head, .none)
    case .var: return try parseForDeclaration(head, .var)
    case .const: return try parseForDeclaration(head, .const)
    case .identifier where token.isContextual(.let) && isLexicalDeclarationNext: return try parseForDeclaration(head, .let)
    default: return try parseForExpression(head)
    }
  }

  private mutating func parseForDeclaration(_ head: ForHead, _ kind: VariableKind) throws(ParseFailure) -> Statement {
    let start = token.start
    advance()
    var declarators: [ParsedDeclarator] = []
    function.allowsIn = false
    repeat { declarators.append(try parseDeclarator(kind)) } while take(.comma)
    function.allowsIn = true
    if token.kind == .in || token.isContextual(.of), let only = declarators.first {
      let isOf = token.kind != .in
      if declarators.count > 1 { throw unexpected() }
      declare(only.names, kind)
      if only.node.initializer != nil, !mayHaveInitializer(only.node, kind, isOf: isOf) {
        report(.loopInitializer, at: only.node.range)
      }
      return try parseForInOf(head, .declaration(kind, only.node.target), initializer: only.node.initializer)
    }
    for declarator in declarators {
      checkInitializer(declarator, kind)
      declare(declarator.names, kind)
    }
    let declaration = VariableDeclaration(range(from: start), kind: kind, declarations: declarators.map(\.node))
    return try parseClassicFor(head, .declaration(declaration))
  }

  /// `for (var name = value in object)`, kept for old pages (Annex B.3.5).
  private func mayHaveInitializer(_ node: VariableDeclarator, _ kind: VariableKind, isOf: Bool) -> Bool {
    guard case .identifier = node.target else { return false }
    return kind == .var && !isOf && !function.isStrict
  }

  private mutating func parseForExpression(_ head: ForHead) throws(ParseFailure) -> Statement {
    let start = token
    function.allowsIn = false
    let outerCover = pendingCover
    pendingCover = nil
    var expression = try parseAssignmentCover()
    if token.kind == .comma {
      reportPendingCover()
      expression = try parseSequence(expression, from: start.start)
    }
    function.allowsIn = true
    let isOf = token.isContextual(.of)
    guard isOf || token.kind == .in else {
      reportPendingCover()
      pendingCover = outerCover
      return try parseClassicFor(head, .expression(expression))
    }
    if isOf, isForbiddenBeforeOf(start, expression, isAwait: head.isAwait) { report(.invalidLoopTarget, at: start.range) }
    let target: Pattern
    if expression.isPatternLiteral, start.kind != .parenthesisOpen {
      pendingCover = nil
      target = assignmentPattern(expression)
    } else {
      reportPendingCover()
      target = simpleTarget(Operand(expression: expression, start: start.start), .invalidLoopTarget, allowsCall: true)
    }
    pendingCover = outerCover
    return try parseForInOf(head, .target(target), initializer: nil)
  }

  /// `let` may not begin, and a plain `async` may not be, what stands before `of`.
  private func isForbiddenBeforeOf(_ start: Token, _ expression: Expression, isAwait: Bool) -> Bool {
    if start.isContextual(.let) { return true }
    guard start.isContextual(.async), !isAwait, case .identifier = expression else { return false }
    return true
  }

  /// From `in` or `of` on.
  private mutating func parseForInOf(
    _ head: ForHead, _ binding: ForBinding, initializer: Expression?
  ) throws(ParseFailure) -> Statement {
    let isOf = token.kind != .in
    if head.isAwait, !isOf { throw unexpected(expected: "'of'") }
    advance()
    let object = isOf ? try parseAssignment() : try parseExpression()
    try close(.parenthesisClose)
    let body = try parseLoopBody(head.labels)
    let scope = popScope()
    let range = range(from: head.start)
    if isOf {
      return .forOf(ForOfStatement(range, isAwait: head.isAwait, binding: binding, iterable: object, body: body, scope: scope))
    }
    return .forIn(ForInStatement(range, binding: binding, initializer: initializer, object: object, body: body, scope: scope))
  }

  /// From the first semicolon on.
  private mutating func parseClassicFor(
    _ head: ForHead, _ initializer: ForStatement.Initializer
  ) throws(ParseFailure) -> Statement {
    if head.isAwait { throw unexpected(expected: "'of'") }
    try expect(.semicolon)
    let test = token.kind == .semicolon ? nil : try parseExpression()
    try expect(.semicolon)
    let update = token.kind == .parenthesisClose ? nil : try parseExpression()
    try close(.parenthesisClose)
    let body = try parseLoopBody(head.labels)
    let scope = popScope()
    return .for(
      ForStatement(
        range(from: head.start), initializer: initializer, test: test, update: update, body: body, scope: scope))
  }
}
