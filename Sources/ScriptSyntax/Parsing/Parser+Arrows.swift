// https://tc39.es/ecma262/#sec-arrow-function-definitions and #sec-async-arrow-function-definitions
// Parameters are parsed as an expression in parentheses or as the arguments of a call of `async`, and converted at the `=>`.

extension Parser {
  /// What an assignment expression begins with.
  enum ArrowHead {
    /// A whole arrow function.
    case arrow(FunctionNode)
    /// A primary expression.
    case operand(Operand)
    /// A `yield` expression, not yet passed.
    case yield
    /// Nothing was passed.
    case none
  }

  /// Parses the beginning of an assignment expression, at a name or parenthesis.
  mutating func parseArrowHead() throws(ParseFailure) -> ArrowHead {
    if token.kind == .parenthesisOpen { return try parseParenthesizedOrArrow() }
    let name = token
    if name.name == .yield, function.isGenerator { return .yield }
    if name.name == .await, function.isAsync { return .none }
    advance()
    if token.kind == .arrow {
      return .arrow(try parseArrow(from: name.start, singleParameter: name, isAsync: false))
    }
    if name.isContextual(.async), !token.newlineBefore {
      switch token.kind {
      case .function:
        let function = try parseFunctionExpression(from: name.start, isAsync: true)
        return .operand(Operand(expression: .function(function), start: name.start))
      case .identifier where peek().kind == .arrow:
        let parameter = token
        advance()
        return .arrow(try parseArrow(from: name.start, singleParameter: parameter, isAsync: true))
      case .parenthesisOpen: return try parseAsyncCallOrArrow(name)
      default: break
      }
    }
    return .operand(Operand(expression: .identifier(identifierReference(name)), start: name.start))
  }

  /// `name => …`; the current token is the arrow.
  private mutating func parseArrow(from start: Int32, singleParameter name: Token, isAsync: Bool) throws(ParseFailure)
    -> FunctionNode
  {
    var parameters = ParameterList()
    let identifier = Identifier(name.range, name: name.name)
    checkBindingName(name)
    if isAsync, name.name == .await { report(.reservedName("await"), at: name.range) }
    parameters.names = [identifier]
    parameters.elements = [PatternElement(name.range, target: .identifier(identifier), initializer: nil)]
    return try parseArrowBody(from: start, parameters, isAsync: isAsync, uses: [])
  }

  /// A parenthesis where no arrow function may begin.
  mutating func parseParenthesized() throws(ParseFailure) -> Operand {
    let cover = try parseParenthesizedCover()
    return try operand(of: cover)
  }

  private mutating func parseParenthesizedOrArrow() throws(ParseFailure) -> ArrowHead {
    let cover = try parseParenthesizedCover()
    guard token.kind == .arrow else { return .operand(try operand(of: cover)) }
    pendingCover = nil
    if cover.firstYield >= 0 { report(.yieldInParameters, at: SourceRange(start: cover.firstYield, end: cover.firstYield + 5)) }
    if cover.firstAwait >= 0, function.isAsync {
      report(.awaitInParameters, at: SourceRange(start: cover.firstAwait, end: cover.firstAwait + 5))
    }
    let parameters = arrowParameters(cover.elements.map { .expression($0) }, rest: cover.rest)
    return .arrow(try parseArrowBody(from: cover.start, parameters, isAsync: false, uses: cover.uses))
  }

  /// What stands in parentheses: one expression, several, or parameters.
  struct ParenthesizedCover {
    let start: Int32
    var elements: [Expression] = []
    /// Set for parameters only.
    var rest: BoundPattern?
    /// What makes this good for parameters only: the `...`, or the parenthesis of `()` or `(a,)`.
    var offender: Token?
    var uses: FunctionUses = []
    var firstYield: Int32 = -1
    var firstAwait: Int32 = -1
  }

  private mutating func parseParenthesizedCover() throws(ParseFailure) -> ParenthesizedCover {
    var cover = ParenthesizedCover(start: token.start)
    let outer = (function.uses, function.firstYield, function.firstAwait, function.allowsIn)
    function.uses = []
    function.firstYield = -1
    function.firstAwait = -1
    function.allowsIn = true
    try open(.parenthesisOpen)
    while true {
      if token.kind == .parenthesisClose {
        cover.offender = token
        break
      }
      if token.kind == .ellipsis {
        cover.offender = token
        advance()
        cover.rest = try parseBoundPattern()
        if token.kind == .assign { throw failure(.restWithInitializer, at: token.range) }
        if token.kind == .comma { throw failure(.restNotLast, at: token.range) }
        break
      }
      cover.elements.append(try parseAssignmentCover())
      if !take(.comma) { break }
    }
    try close(.parenthesisClose, expected: cover.elements.count > 1 ? "',' or ')'" : "')'")
    cover.uses = function.uses
    cover.firstYield = function.firstYield
    cover.firstAwait = function.firstAwait
    function.uses.formUnion(outer.0)
    if outer.1 >= 0 { function.firstYield = outer.1 }
    if outer.2 >= 0 { function.firstAwait = outer.2 }
    function.allowsIn = outer.3
    return cover
  }

  /// The expression a cover turned out to be.
  private mutating func operand(of cover: ParenthesizedCover) throws(ParseFailure) -> Operand {
    if let offender = cover.offender { throw unexpected(offender, expected: cover.elements.isEmpty ? "an expression" : nil) }
    reportPendingCover()
    guard let first = cover.elements.first else { throw unexpected() }
    if cover.elements.count > 1 {
      let range = first.range.extended(to: cover.elements[cover.elements.count - 1].range)
      let sequence = SequenceExpression(range, expressions: cover.elements)
      return Operand(expression: .sequence(sequence), start: cover.start, isParenthesized: true)
    }
    switch first {
    case .identifier, .member, .superMember, .call, .object, .array, .assignment: parenthesized.append(first.range)
    default: break
    }
    return Operand(expression: first, start: cover.start, isParenthesized: true)
  }

  /// Whether `expression` stood in parentheses; for those that might be targets only.
  func isParenthesized(_ expression: Expression) -> Bool {
    let range = expression.range
    var low = 0
    var high = parenthesized.count
    while low < high {
      let middle = (low + high) / 2
      if parenthesized[middle].end < range.end { low = middle + 1 } else { high = middle }
    }
    while low < parenthesized.count, parenthesized[low].end == range.end {
      if parenthesized[low].start == range.start { return true }
      low += 1
    }
    return false
  }

  /// `async (…)`, a call or the head of an arrow function.
  private mutating func parseAsyncCallOrArrow(_ name: Token) throws(ParseFailure) -> ArrowHead {
    let open = token
    let outer = (function.uses, function.firstYield, function.firstAwait)
    function.uses = []
    function.firstYield = -1
    function.firstAwait = -1
    let arguments = try parseArgumentsCover()
    let cover = (function.uses, function.firstYield, function.firstAwait)
    function.uses.formUnion(outer.0)
    if outer.1 >= 0 { function.firstYield = outer.1 }
    if outer.2 >= 0 { function.firstAwait = outer.2 }
    guard token.kind == .arrow, !token.newlineBefore else {
      reportPendingCover()
      let callee = Expression.identifier(identifierReference(name))
      let call = call(of: callee, from: name.start, arguments, argumentsStart: open.start, isOptional: false)
      try raise()
      return .operand(Operand(expression: call, start: name.start))
    }
    pendingCover = nil
    if cover.1 >= 0 { report(.yieldInParameters, at: SourceRange(start: cover.1, end: cover.1 + 5)) }
    if cover.2 >= 0 { report(.awaitInParameters, at: SourceRange(start: cover.2, end: cover.2 + 5)) }
    if literalsWithCommaAfterSpread.contains(open.start) { report(.restNotLast, at: previous.range) }
    let parameters = arrowParameters(arguments.elements, rest: nil)
    return .arrow(try parseArrowBody(from: name.start, parameters, isAsync: true, uses: cover.0))
  }

  /// From the arrow on. `uses` is what the parameters refer to.
  private mutating func parseArrowBody(
    from start: Int32, _ parameters: ParameterList, isAsync: Bool, uses: FunctionUses
  ) throws(ParseFailure) -> FunctionNode {
    if token.newlineBefore { report(.lineEndBeforeArrow, at: token.range) }
    let allowsIn = function.allowsIn
    let outer = enterFunction(function.arrow(isAsync: isAsync))
    defer { leaveFunction(outer) }
    function.uses = uses
    var signature = FunctionSignature(kind: .normal, position: .expression)
    signature.isArrow = true
    signature.isAsync = isAsync
    checkParameters(parameters, allowsDuplicates: false)
    advance()
    let body: FunctionNode.Body
    let scope: ScopeDeclarations
    if token.kind == .braceOpen {
      (body, scope) = try parseFunctionBody(signature, parameters)
    } else {
      function.allowsIn = allowsIn
      body = .expression(try parseAssignment())
      scope = ScopeDeclarations()
    }
    return FunctionNode(
      range(from: start), signature: signature, parameters: parameters, body: body, scope: scope, isStrict: function.isStrict,
      uses: function.uses)
  }
}
