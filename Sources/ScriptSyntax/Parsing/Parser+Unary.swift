// https://tc39.es/ecma262/#sec-unary-operators and #sec-left-hand-side-expressions

extension Parser {
  mutating func parseUnary() throws(ParseFailure) -> Operand {
    switch token.kind {
    case .minus, .plus, .exclamation, .tilde, .typeof, .void, .delete: return try parsePrefix()
    case .plusPlus, .minusMinus: return try parsePrefixUpdate()
    case .identifier:
      if token.name == .await, function.isAsync { return try parseAwait() }
      return try parseSuffixes(try parsePrimary())
    default:
      return try parseSuffixes(try parsePrimary())
    }
  }

  /// The operand of a prefix operator; one level down.
  private mutating func parseUnaryOperand() throws(ParseFailure) -> Operand {
    try enter()
    let result = try parseUnary()
    depth -= 1
    if pendingCover != nil { reportPendingCover() }
    return result
  }

  private mutating func parsePrefix() throws(ParseFailure) -> Operand {
    let start = token
    advance()
    let operand = try parseUnaryOperand()
    let unary = start.kind.unaryOperator ?? .plus
    if unary == .delete { checkDelete(operand.expression) }
    let node = UnaryExpression(range(from: start.start), operator: unary, operand: operand.expression)
    return Operand(expression: .unary(node), start: start.start)
  }

  private mutating func checkDelete(_ operand: Expression) {
    switch operand {
    case .identifier(let node):
      if function.isStrict { report(.deletedNameInStrictMode, at: node.range) }
    case .member(let node):
      if case .private = node.property { report(.deletedPrivateName, at: node.propertyRange) }
    case .optionalChain(let chain): checkDelete(chain.expression)
    default: break
    }
  }

  private mutating func parsePrefixUpdate() throws(ParseFailure) -> Operand {
    let start = token
    advance()
    let operand = try parseUnaryOperand()
    let target = simpleTarget(operand, .invalidUpdateTarget, allowsCall: true)
    let update: UpdateOperator = start.kind == .plusPlus ? .increment : .decrement
    let node = UpdateExpression(range(from: start.start), operator: update, isPrefix: true, target: target)
    return Operand(expression: .update(node), start: start.start)
  }

  private mutating func parseAwait() throws(ParseFailure) -> Operand {
    let start = token
    if start.hasEscape { report(.escapedKeyword("await"), at: start.range) }
    if function.isInParameters { report(.awaitInParameters, at: start.range) }
    if function.firstAwait < 0 { function.firstAwait = start.start }
    advance()
    let operand = try parseUnaryOperand()
    return Operand(
      expression: .await(AwaitExpression(range(from: start.start), argument: operand.expression)), start: start.start)
  }

  /// What may follow a primary expression: properties, calls, templates and `++` or `--`.
  mutating func parseSuffixes(_ primary: Operand) throws(ParseFailure) -> Operand {
    var operand = primary
    switch token.kind {
    case .dot, .questionDot, .bracketOpen, .parenthesisOpen, .template, .templateHead:
      operand = try parseMemberChain(primary, allowsCalls: true)
    default: break
    }
    guard token.kind == .plusPlus || token.kind == .minusMinus, !token.newlineBefore else { return operand }
    if pendingCover != nil { reportPendingCover() }
    try raise()
    let target = simpleTarget(operand, .invalidUpdateTarget, allowsCall: true)
    let update: UpdateOperator = token.kind == .plusPlus ? .increment : .decrement
    advance()
    let node = UpdateExpression(range(from: operand.start), operator: update, isPrefix: false, target: target)
    return Operand(expression: .update(node), start: operand.start)
  }

  /// Links of properties, calls and templates, without recursion. After `new`, calls belong to the `new`.
  mutating func parseMemberChain(_ primary: Operand, allowsCalls: Bool) throws(ParseFailure) -> Operand {
    if pendingCover != nil { reportPendingCover() }
    var result = primary.expression
    var isOptionalChain = false
    var hasLinks = false
    links: while true {
      var isOptional = false
      if token.kind == .questionDot {
        guard allowsCalls else { throw failure(.newWithOptionalChain, at: token.range) }
        advance()
        isOptional = true
        isOptionalChain = true
      }
      switch token.kind {
      case .dot:
        if isOptional { throw unexpected() }
        advance()
        result = try parseNamedProperty(of: result, from: primary.start, isOptional: false)
      case .bracketOpen: result = try parseComputedProperty(of: result, from: primary.start, isOptional: isOptional)
      case .parenthesisOpen:
        guard allowsCalls else { break links }
        result = try parseCall(of: result, from: primary.start, isOptional: isOptional)
      case .template, .templateHead:
        if isOptionalChain { report(.optionalChainTemplate, at: token.range) }
        let template = try parseTemplate(isTagged: true)
        result = .taggedTemplate(TaggedTemplateExpression(range(from: primary.start), tag: result, template: template))
      default:
        guard isOptional else { break links }
        result = try parseNamedProperty(of: result, from: primary.start, isOptional: true)
      }
      hasLinks = true
      try raise()
    }
    if !hasLinks { return primary }
    if isOptionalChain { result = .optionalChain(OptionalChainExpression(range(from: primary.start), expression: result)) }
    return Operand(expression: result, start: primary.start)
  }

  /// The name after a dot.
  private mutating func parseNamedProperty(
    of object: Expression, from start: Int32, isOptional: Bool
  ) throws(ParseFailure) -> Expression {
    let name = token
    let property: MemberProperty
    if name.kind == .privateName {
      referToPrivateName(name)
      property = .private(name.name)
    } else if name.kind.isName {
      property = .named(name.name)
    } else {
      throw unexpected(expected: "a property name")
    }
    advance()
    return .member(
      MemberExpression(range(from: start), object: object, property: property, propertyRange: name.range, isOptional: isOptional))
  }

  private mutating func parseComputedProperty(
    of object: Expression, from start: Int32, isOptional: Bool
  ) throws(ParseFailure) -> Expression {
    try open(.bracketOpen)
    let key = try parseBracketedExpression()
    try close(.bracketClose)
    return .member(
      MemberExpression(
        range(from: start), object: object, property: .computed(key), propertyRange: key.range, isOptional: isOptional))
  }

  private mutating func parseCall(
    of callee: Expression, from start: Int32, isOptional: Bool
  ) throws(ParseFailure) -> Expression {
    let argumentsStart = token.start
    let arguments = try parseArguments()
    return call(of: callee, from: start, arguments, argumentsStart: argumentsStart, isOptional: isOptional)
  }

  mutating func call(
    of callee: Expression, from start: Int32, _ arguments: ArgumentList, argumentsStart: Int32, isOptional: Bool
  ) -> Expression {
    var isEval = false
    if case .identifier(let name) = callee, name.name == .eval, !isOptional {
      isEval = true
      function.uses.formUnion([.directEval, .containedDirectEval, .lexical])
    }
    return .call(
      CallExpression(
        range(from: start), callee: callee, arguments: arguments.elements, hasSpread: arguments.hasSpread,
        isOptional: isOptional, isPossibleDirectEval: isEval, argumentsRange: range(from: argumentsStart)))
  }

  struct ArgumentList {
    var elements: [ListElement] = []
    var hasSpread = false
  }

  /// Arguments in parentheses, as values.
  mutating func parseArguments() throws(ParseFailure) -> ArgumentList {
    let outerCover = pendingCover
    pendingCover = nil
    let result = try parseArgumentsCover()
    reportPendingCover()
    pendingCover = outerCover
    return result
  }

  /// Arguments that may yet become the parameters of an async arrow function.
  mutating func parseArgumentsCover() throws(ParseFailure) -> ArgumentList {
    let start = token.start
    try open(.parenthesisOpen)
    let allowedIn = function.allowsIn
    function.allowsIn = true
    var result = ArgumentList()
    while token.kind != .parenthesisClose {
      if take(.ellipsis) {
        result.hasSpread = true
        result.elements.append(.spread(try parseAssignmentCover()))
        if token.kind == .comma { literalsWithCommaAfterSpread.insert(start) }
      } else {
        result.elements.append(.expression(try parseAssignmentCover()))
      }
      if !take(.comma) { break }
    }
    function.allowsIn = allowedIn
    try close(.parenthesisClose, expected: "',' or ')'")
    return result
  }

  /// `new X(…)`, `new X`, `new.target`.
  mutating func parseNew() throws(ParseFailure) -> Operand {
    let start = token
    advance()
    if take(.dot) { return try parseNewTarget(from: start.start) }
    try enter()
    let callee: Operand
    if token.kind == .import { throw unexpected() }
    callee = try parseMemberChain(try parsePrimary(), allowsCalls: false)
    depth -= 1
    var arguments = ArgumentList()
    if token.kind == .parenthesisOpen { arguments = try parseArguments() }
    let node = NewExpression(
      range(from: start.start), callee: callee.expression, arguments: arguments.elements, hasSpread: arguments.hasSpread)
    return Operand(expression: .new(node), start: start.start)
  }

  private mutating func parseNewTarget(from start: Int32) throws(ParseFailure) -> Operand {
    guard token.isContextual(.target) else { throw unexpected(expected: "'target'") }
    advance()
    let range = range(from: start)
    if !function.allowsNewTarget { report(.newTargetOutsideFunction, at: range) }
    function.uses.insert(.newTarget)
    return Operand(expression: .newTarget(NewTargetExpression(range)), start: start)
  }

  /// `super.x`, `super[x]`, `super(…)`.
  mutating func parseSuper() throws(ParseFailure) -> Operand {
    let start = token
    advance()
    function.uses.formUnion([.super, .this])
    let expression: Expression
    switch token.kind {
    case .parenthesisOpen:
      if !function.allowsSuperCall { report(.superCallOutsideConstructor, at: start.range) }
      let arguments = try parseArguments()
      expression = .superCall(
        SuperCallExpression(range(from: start.start), arguments: arguments.elements, hasSpread: arguments.hasSpread))
    case .dot, .bracketOpen:
      if !function.allowsSuperProperty { report(.superOutsideMethod, at: start.range) }
      let property: MemberProperty
      let propertyRange: SourceRange
      if take(.dot) {
        guard token.kind.isName else { throw unexpected(expected: "a property name") }
        property = .named(token.name)
        propertyRange = token.range
        advance()
      } else {
        try open(.bracketOpen)
        let key = try parseBracketedExpression()
        try close(.bracketClose)
        property = .computed(key)
        propertyRange = key.range
      }
      expression = .superMember(
        SuperMemberExpression(range(from: start.start), property: property, propertyRange: propertyRange))
    default:
      if function.allowsSuperProperty { throw unexpected(start) }
      throw failure(.superOutsideMethod, at: start.range)
    }
    return Operand(expression: expression, start: start.start)
  }
}
