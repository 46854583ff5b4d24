// https://tc39.es/ecma262/#sec-if-statement and the statements after it, without loops

extension Parser {
  mutating func parseIf() throws(ParseFailure) -> Statement {
    let start = token.start
    var clauses: [IfStatement.Clause] = []
    var alternate: Statement?
    while true {
      let clauseStart = token.start
      advance()
      let test = try parseCondition()
      let consequent = try parseSubstatement(mayBeFunction: true)
      rejectLabelledFunction(consequent)
      clauses.append(IfStatement.Clause(test: test, consequent: consequent, range: range(from: clauseStart)))
      guard take(.else) else { break }
      if token.kind == .if { continue }
      let body = try parseSubstatement(mayBeFunction: true)
      rejectLabelledFunction(body)
      alternate = body
      break
    }
    return .if(IfStatement(range(from: start), clauses: clauses, alternate: alternate))
  }

  mutating func parseReturn() throws(ParseFailure) -> Statement {
    let start = token
    if !function.allowsReturn { report(.returnOutsideFunction, at: start.range) }
    advance()
    var argument: Expression?
    if token.kind != .semicolon, token.kind != .braceClose, token.kind != .end, !token.newlineBefore {
      argument = try parseExpression()
    }
    try consumeSemicolon()
    return .return(ReturnStatement(range(from: start.start), argument: argument))
  }

  mutating func parseThrow() throws(ParseFailure) -> Statement {
    let start = token
    advance()
    if token.newlineBefore { throw failure(.newlineAfterThrow, at: start.range) }
    let argument = try parseExpression()
    try consumeSemicolon()
    return .throw(ThrowStatement(range(from: start.start), argument: argument))
  }

  mutating func parseWith() throws(ParseFailure) -> Statement {
    let start = token
    if function.isStrict { report(.withInStrictMode, at: start.range) }
    function.uses.insert(.containedWith)
    advance()
    let object = try parseCondition()
    let body = try parseSubstatement()
    rejectLabelledFunction(body)
    return .with(WithStatement(range(from: start.start), object: object, body: body))
  }

  /// `break` and `continue`.
  mutating func parseJump() throws(ParseFailure) -> Statement {
    let start = token
    let isContinue = start.kind == .continue
    advance()
    var label: NameID?
    if token.kind == .identifier, !token.newlineBefore {
      label = token.name
      checkName(token)
      let text = names.text(token.name)
      if let target = function.labels.last(where: { $0.name == token.name }) {
        if isContinue, !target.isLoop { report(.labelIsNotALoop(text), at: token.range) }
      } else {
        report(.undefinedLabel(text), at: token.range)
      }
      advance()
    } else if isContinue, function.loopDepth == 0 {
      report(.continueOutsideLoop, at: start.range)
    } else if !isContinue, function.breakableDepth == 0 {
      report(.breakOutsideLoop, at: start.range)
    }
    try consumeSemicolon()
    let range = range(from: start.start)
    return isContinue ? .continue(ContinueStatement(range, label: label)) : .break(BreakStatement(range, label: label))
  }

  mutating func parseSwitch() throws(ParseFailure) -> Statement {
    let start = token.start
    advance()
    let discriminant = try parseCondition()
    try open(.braceOpen)
    pushScope(.block)
    function.breakableDepth += 1
    var cases: [SwitchStatement.Case] = []
    var hasDefault = false
    while token.kind != .braceClose {
      let caseStart = token
      var test: Expression?
      if take(.case) {
        test = try parseExpression()
      } else {
        guard take(.default) else { throw unexpected(expected: "'case', 'default' or '}'") }
        if hasDefault { report(.duplicateDefault, at: caseStart.range) }
        hasDefault = true
      }
      try expect(.colon)
      var body: [Statement] = []
      try parseStatementList(into: &body, .switchCase)
      cases.append(SwitchStatement.Case(test: test, body: body, range: range(from: caseStart.start)))
    }
    function.breakableDepth -= 1
    let scope = popScope()
    try close(.braceClose)
    return .switch(SwitchStatement(range(from: start), discriminant: discriminant, cases: cases, scope: scope))
  }

  mutating func parseTry() throws(ParseFailure) -> Statement {
    let start = token
    advance()
    let block = try parseBlock(.block)
    var handler: CatchClause?
    if token.kind == .catch { handler = try parseCatch() }
    var finalizer: BlockStatement?
    if take(.finally) { finalizer = try parseBlock(.block) }
    if handler == nil, finalizer == nil { report(.tryWithoutCatch, at: start.range) }
    return .try(TryStatement(range(from: start.start), block: block, handler: handler, finalizer: finalizer))
  }

  private mutating func parseCatch() throws(ParseFailure) -> CatchClause {
    let start = token.start
    advance()
    guard token.kind == .parenthesisOpen else {
      let body = try parseBlock(.block)
      return CatchClause(range(from: start), parameter: nil, body: body, scope: ScopeDeclarations())
    }
    try open(.parenthesisOpen)
    pushScope(token.kind == .identifier ? .simpleCatchParameter : .catchParameter)
    let parameter = try parseBoundPattern()
    for name in parameter.names.names { declareLexical(name, .catchParameter) }
    try close(.parenthesisClose)
    let body = try parseBlock(.catchBody)
    return CatchClause(range(from: start), parameter: parameter.pattern, body: body, scope: popScope())
  }
}
