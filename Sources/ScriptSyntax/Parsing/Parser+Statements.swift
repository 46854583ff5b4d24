// https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations

/// Where a list of statements stands.
enum StatementListKind {
  case script, braces, switchCase
}

extension Parser {
  /// Statements up to the end of the list; mistakes inside are recovered from.
  mutating func parseStatementList(into statements: inout [Statement], _ list: StatementListKind) throws(ParseFailure) {
    while true {
      switch token.kind {
      case .end: return
      case .braceClose:
        if list != .script { return }
        // After a mistake, a brace too many may well be our own doing.
        if failureCount == 0 { _ = unexpected() }
        advance()
        continue
      case .case, .default:
        if list == .switchCase { return }
      default: break
      }
      if let statement = try parseListItem(list) { statements.append(statement) }
    }
  }

  /// One statement or declaration of a list; `nil` after a mistake.
  mutating func parseListItem(_ list: StatementListKind) throws(ParseFailure) -> Statement? {
    let point = recoveryPoint
    do throws(ParseFailure) {
      return try parseDeclarationOrStatement()
    } catch {
      recover(to: point, list)
      if isAborted { throw error }
      return nil
    }
  }

  private mutating func parseDeclarationOrStatement() throws(ParseFailure) -> Statement {
    let start = token
    switch token.kind {
    case .function: return .function(try parseFunctionDeclaration(from: start.start, isAsync: false))
    case .class:
      let node = try parseClass(requiresName: true)
      if let name = node.name { declareLexical(LexicalDeclaration(name: name, kind: .class, range: node.nameRange)) }
      return .class(node)
    case .const: return try parseVariableStatement(.const)
    case .identifier:
      if start.isContextual(.let), isLexicalDeclarationNext { return try parseVariableStatement(.let) }
      if start.isContextual(.async), isAsyncFunctionNext {
        advance()
        return .function(try parseFunctionDeclaration(from: start.start, isAsync: true))
      }
      return try parseStatement()
    default: return try parseStatement()
    }
  }

  /// Whether the `let` at the current token begins a declaration.
  var isLexicalDeclarationNext: Bool {
    mutating get {
      let next = peek()
      switch next.kind {
      case .identifier, .braceOpen, .bracketOpen, .escapedKeyword: return true
      default: return next.kind.isReservedWord && next.kind != .in && next.kind != .instanceof && !next.newlineBefore
      }
    }
  }

  private var isAsyncFunctionNext: Bool {
    mutating get {
      let next = peek()
      return next.kind == .function && !next.newlineBefore
    }
  }

  mutating func parseStatement(isLabelled: Bool = false) throws(ParseFailure) -> Statement {
    try enter()
    defer { depth -= 1 }
    if !isLabelled { function.labelSetStart = function.labels.count }
    let start = token
    switch token.kind {
    case .braceOpen: return .block(try parseBlock(.block))
    case .semicolon:
      advance()
      return .empty(EmptyStatement(start.range))
    case .var: return try parseVariableStatement(.var)
    case .if: return try parseIf()
    case .for: return try parseFor()
    case .while: return try parseWhile()
    case .do: return try parseDoWhile()
    case .continue, .break: return try parseJump()
    case .return: return try parseReturn()
    case .with: return try parseWith()
    case .switch: return try parseSwitch()
    case .throw: return try parseThrow()
    case .try: return try parseTry()
    case .debugger:
      advance()
      try consumeSemicolon()
      return .debugger(DebuggerStatement(range(from: start.start)))
    case .else: throw failure(.elseWithoutIf, at: start.range)
    case .import, .export: throw failure(.importOrExport, at: start.range, hints: [.modulesAreNotSupported])
    default: return try parseExpressionStatement()
    }
  }

  /// The body of an `if`, loop, `with` or label: a statement, not a declaration.
  mutating func parseSubstatement(isLabelled: Bool = false, mayBeFunction: Bool = false) throws(ParseFailure) -> Statement {
    let start = token
    var misplaced: DiagnosticKind?
    switch token.kind {
    case .class, .const: misplaced = .declarationAsBody
    case .function:
      if mayBeFunction, !function.isStrict {
        if peek().kind == .star { misplaced = .asyncOrGeneratorAsBody }
      } else {
        misplaced = mayBeFunction ? .functionInStrictBody : .declarationAsBody
      }
      if misplaced == nil { return try parseFunctionBody(isLabelled: isLabelled) }
    case .identifier:
      if start.isContextual(.async), isAsyncFunctionNext { misplaced = .asyncOrGeneratorAsBody }
      if start.isContextual(.let) {
        let next = peek()
        // `let` alone is a name here, but `let [` never begins a statement.
        if next.kind == .bracketOpen || (!next.newlineBefore && (next.kind == .identifier || next.kind == .braceOpen)) {
          misplaced = .declarationAsBody
        }
      }
    default: break
    }
    guard let misplaced else { return try parseStatement(isLabelled: isLabelled) }
    report(misplaced, at: start.range)
    try enter()
    defer { depth -= 1 }
    pushScope(.block)
    let statement = try parseDeclarationOrStatement()
    _ = popScope()
    return statement
  }

  /// A function as the body of a label, or of an `if`, where it stands as in a block of its own (Annex B.3.3).
  private mutating func parseFunctionBody(isLabelled: Bool) throws(ParseFailure) -> Statement {
    try enter()
    defer { depth -= 1 }
    let start = token.start
    if isLabelled { return .function(try parseFunctionDeclaration(from: start, isAsync: false)) }
    pushScope(.block)
    let node = try parseFunctionDeclaration(from: start, isAsync: false)
    return .block(BlockStatement(node.range, body: [.function(node)], scope: popScope()))
  }

  mutating func parseBlock(_ kind: ParserScope.Kind) throws(ParseFailure) -> BlockStatement {
    let start = token.start
    try open(.braceOpen)
    pushScope(kind)
    var body: [Statement] = []
    try parseStatementList(into: &body, .braces)
    let scope = popScope()
    try close(.braceClose)
    return BlockStatement(range(from: start), body: body, scope: scope)
  }

  /// An expression in parentheses, as after `if` or `while`.
  mutating func parseCondition() throws(ParseFailure) -> Expression {
    try open(.parenthesisOpen)
    let result = try parseExpression()
    try close(.parenthesisClose)
    return result
  }

  /// An expression as a statement, or a label.
  private mutating func parseExpressionStatement() throws(ParseFailure) -> Statement {
    let start = token
    if start.kind == .privateName, peek().kind != .in { throw unexpected() }
    let expression = try parseExpression()
    if token.kind == .colon, start.kind == .identifier, previous.start == start.start, case .identifier(let label) = expression {
      return try parseLabelled(label)
    }
    try consumeSemicolon()
    return .expression(ExpressionStatement(range(from: start.start), expression: expression))
  }

  /// https://tc39.es/ecma262/#sec-labelled-statements
  private mutating func parseLabelled(_ label: Identifier) throws(ParseFailure) -> Statement {
    advance()
    let text = names.text(label.name)
    if let first = function.labels.first(where: { $0.name == label.name }) {
      report(.duplicateLabel(text), at: label.range, notes: [Diagnostic.Note(.firstDeclaredHere(text), at: first.range)])
    }
    let labelSetStart = function.labelSetStart
    function.labels.append(FunctionContext.Label(name: label.name, range: label.range, isLoop: false))
    let body = try parseSubstatement(isLabelled: true, mayBeFunction: true)
    function.labels.removeLast()
    function.labelSetStart = labelSetStart
    return .labelled(LabelledStatement(range(from: label.range.start), label: label.name, body: body))
  }

  /// Reports `statement` if it is a function under one label or more.
  mutating func rejectLabelledFunction(_ statement: Statement) {
    var body = statement
    while case .labelled(let node) = body { body = node.body }
    guard case .labelled = statement, case .function(let node) = body else { return }
    report(.declarationAsBody, at: SourceRange(at: node.range.start))
  }
}
