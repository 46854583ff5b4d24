// https://tc39.es/ecma262/#sec-ecmascript-language-expressions
// From the comma operator down to binary operators, by precedence climbing.

/// An expression just parsed, with what the tree does not keep.
struct Operand {
  var expression: Expression
  /// Where it begins, its opening parenthesis included.
  let start: Int32
  var isParenthesized = false
}

/// A mistake unless an object literal turns out to be a pattern.
struct PendingCover {
  let kind: DiagnosticKind
  let range: SourceRange
}

extension Parser {
  /// `a, b`; a whole expression as a value.
  mutating func parseExpression() throws(ParseFailure) -> Expression {
    let start = token.start
    let first = try parseAssignment()
    guard token.kind == .comma else { return first }
    return try parseSequence(first, from: start)
  }

  /// An expression in brackets of some kind, where `in` is an operator again.
  mutating func parseBracketedExpression() throws(ParseFailure) -> Expression {
    let allowedIn = function.allowsIn
    function.allowsIn = true
    let result = try parseExpression()
    function.allowsIn = allowedIn
    return result
  }

  mutating func parseSequence(_ first: Expression, from start: Int32) throws(ParseFailure) -> Expression {
    var expressions = [first]
    while take(.comma) { expressions.append(try parseAssignment()) }
    return .sequence(SequenceExpression(range(from: start), expressions: expressions))
  }

  /// An assignment expression as a value: an object literal in it is no pattern.
  @inline(__always)
  mutating func parseAssignment() throws(ParseFailure) -> Expression {
    let outer = pendingCover
    pendingCover = nil
    let result = try parseAssignmentCover()
    reportPendingCover()
    pendingCover = outer
    return result
  }

  mutating func reportPendingCover() {
    if let cover = pendingCover { report(cover.kind, at: cover.range) }
    pendingCover = nil
  }

  /// An assignment expression that may still become (part of) a pattern: then `pendingCover` is to be cleared, else reported.
  mutating func parseAssignmentCover() throws(ParseFailure) -> Expression {
    let outerDeepest = deepest
    deepest = depth
    try enter()
    defer {
      depth -= 1
      deepest = max(deepest, outerDeepest)
    }
    let outerCover = pendingCover
    pendingCover = nil
    var seed: Operand?
    if token.kind == .identifier || token.kind == .parenthesisOpen {
      switch try parseArrowHead() {
      case .arrow(let function): return finishCover(.function(function), outerCover)
      case .yield: return finishCover(try parseYield(), outerCover)
      case .operand(let operand): seed = operand
      case .none: break
      }
    }
    var left = try parseBinary(0, seed)
    if token.kind == .question { left = try parseConditional(left) }
    if let assignment = token.kind.assignmentOperator {
      return finishCover(try parseAssignment(to: left, assignment), outerCover)
    }
    if pendingCover != nil, left.isParenthesized || !left.expression.isPatternLiteral { reportPendingCover() }
    return finishCover(left.expression, outerCover)
  }

  @inline(__always)
  private mutating func finishCover(_ result: Expression, _ outerCover: PendingCover?) -> Expression {
    if let outerCover { pendingCover = outerCover }
    return result
  }

  private mutating func parseConditional(_ test: Operand) throws(ParseFailure) -> Operand {
    try raise()
    advance()
    let allowedIn = function.allowsIn
    function.allowsIn = true
    let consequent = try parseAssignment()
    function.allowsIn = allowedIn
    try expect(.colon)
    let alternate = try parseAssignment()
    let node = ConditionalExpression(
      range(from: test.start), test: test.expression, consequent: consequent, alternate: alternate)
    return Operand(expression: .conditional(node), start: test.start)
  }

  private mutating func parseAssignment(
    to left: Operand, _ assignment: AssignmentOperator
  ) throws(ParseFailure) -> Expression {
    let operatorRange = token.range
    advance()
    if assignment == .assign, token.kind == .greater, token.start == operatorRange.end + 1 {
      throw failure(.unexpectedToken(describe(token), expected: nil), at: token.range, hints: [.didYouMean("=>")])
    }
    let target: Pattern
    if assignment == .assign, !left.isParenthesized, left.expression.isPatternLiteral {
      pendingCover = nil
      target = assignmentPattern(left.expression)
    } else {
      reportPendingCover()
      var isLogical = false
      if case .logical = assignment { isLogical = true }
      target = simpleTarget(left, .invalidAssignmentTarget, allowsCall: !isLogical)
    }
    let value = try parseAssignment()
    return .assignment(
      AssignmentExpression(
        range(from: left.start), operator: assignment, target: target, hasParenthesizedTarget: left.isParenthesized,
        value: value, operatorRange: operatorRange))
  }

  private mutating func parseYield() throws(ParseFailure) -> Expression {
    let start = token
    if start.hasEscape { report(.escapedKeyword("yield"), at: start.range) }
    if function.isInParameters { report(.yieldInParameters, at: start.range) }
    if function.firstYield < 0 { function.firstYield = start.start }
    advance()
    var isDelegating = false
    var argument: Expression?
    if !token.newlineBefore {
      isDelegating = take(.star)
      if isDelegating || !token.kind.endsYield { argument = try parseAssignment() }
    }
    return .yield(YieldExpression(range(from: start.start), argument: argument, isDelegating: isDelegating))
  }
}

// MARK: - Binary operators

extension Parser {
  /// Operators of at least precedence `minimum`. `seed` is the first primary expression if it has been parsed.
  mutating func parseBinary(_ minimum: UInt8, _ seed: Operand? = nil) throws(ParseFailure) -> Operand {
    var left: Operand
    if let seed {
      left = try parseSuffixes(seed)
    } else if token.kind == .privateName {
      left = try parsePrivateIn(minimum)
    } else {
      left = try parseUnary()
    }
    while true {
      let precedence = token.kind.precedence
      if precedence == 0 || precedence < minimum { return left }
      if token.kind == .in, !function.allowsIn { return left }
      if pendingCover != nil { reportPendingCover() }
      if precedence <= Precedence.and {
        try parseLogical(&left, precedence)
      } else if precedence == Precedence.exponent {
        try parseExponent(&left)
      } else {
        try parseRun(&left, precedence)
      }
      left.isParenthesized = false
    }
  }

  /// The operand right of an operator; one level down.
  private mutating func parseRightOperand(_ minimum: UInt8) throws(ParseFailure) -> Expression {
    let outerDeepest = deepest
    deepest = depth
    try enter()
    defer {
      depth -= 1
      deepest = max(deepest, outerDeepest)
    }
    let result = try parseBinary(minimum).expression
    if pendingCover != nil { reportPendingCover() }
    return result
  }

  private mutating func parseLogical(_ left: inout Operand, _ precedence: UInt8) throws(ParseFailure) {
    try raise()
    let kind = token.kind
    let logical: LogicalOperator = precedence == Precedence.coalesce ? .coalesce : precedence == Precedence.or ? .or : .and
    if case .logical(let node) = left.expression, !left.isParenthesized, (node.operator == .coalesce) != (logical == .coalesce) {
      report(.mixedCoalesce, at: token.range)
    }
    var operands = [left.expression]
    // The operands of `??` have no `&&` and `||` in them without parentheses.
    let minimum = logical == .coalesce ? Precedence.and + 1 : precedence + 1
    while token.kind == kind {
      advance()
      operands.append(try parseRightOperand(minimum))
    }
    left.expression = .logical(LogicalExpression(range(from: left.start), operator: logical, operands: operands))
  }

  private mutating func parseExponent(_ left: inout Operand) throws(ParseFailure) {
    if !left.isParenthesized {
      switch left.expression {
      case .unary, .await: report(.unaryBeforeExponent, at: left.expression.range, hints: [.useParentheses])
      default: break
      }
    }
    try raise()
    let operatorRange = token.range
    advance()
    let right = try parseRightOperand(Precedence.exponent)
    left.expression = .binary(
      BinaryExpression(
        range(from: left.start), operator: .exponentiate, left: left.expression, right: right, operatorRange: operatorRange))
  }

  /// Left-associative operators of one precedence: nested while few, flat when many.
  private mutating func parseRun(_ left: inout Operand, _ precedence: UInt8) throws(ParseFailure) {
    var count = 1
    var links: [BinaryChainExpression.Link] = []
    let first = left.expression
    while token.kind.precedence == precedence, let binary = token.kind.binaryOperator {
      if token.kind == .in, !function.allowsIn { break }
      let operatorRange = token.range
      advance()
      let right = try parseRightOperand(precedence + 1)
      count += 1
      if count < BinaryChainExpression.minimumOperands {
        try raise()
        left.expression = .binary(
          BinaryExpression(
            range(from: left.start), operator: binary, left: left.expression, right: right, operatorRange: operatorRange))
        continue
      }
      if links.isEmpty { links = Self.unrolled(left.expression, count: count - 2) }
      links.append(BinaryChainExpression.Link(operator: binary, operand: right, operatorRange: operatorRange))
    }
    if !links.isEmpty {
      left.expression = .binaryChain(BinaryChainExpression(range(from: left.start), first: first, links: links))
    }
  }

  /// The operators and right operands of `count` nested binary expressions, leftmost first.
  private static func unrolled(_ expression: Expression, count: Int) -> [BinaryChainExpression.Link] {
    var links: [BinaryChainExpression.Link] = []
    var rest = expression
    while links.count < count, case .binary(let node) = rest {
      links.append(
        BinaryChainExpression.Link(operator: node.operator, operand: node.right, operatorRange: node.operatorRange))
      rest = node.left
    }
    return links.reversed()
  }

  /// `#name in object`.
  private mutating func parsePrivateIn(_ minimum: UInt8) throws(ParseFailure) -> Operand {
    let name = token
    guard minimum <= Precedence.relational, function.allowsIn else { throw unexpected() }
    advance()
    guard token.kind == .in else { throw unexpected(name) }
    referToPrivateName(name)
    advance()
    let object = try parseRightOperand(Precedence.relational + 1)
    let node = PrivateInExpression(range(from: name.start), name: name.name, nameRange: name.range, object: object)
    return Operand(expression: .privateIn(node), start: name.start)
  }
}

extension Expression {
  /// Whether this is an object or array literal.
  var isPatternLiteral: Bool {
    switch self {
    case .object, .array: true
    default: false
    }
  }
}
