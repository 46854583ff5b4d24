// Expressions that turn out to be assignment patterns or parameters.
// https://tc39.es/ecma262/#sec-destructuring-assignment
// https://tc39.es/ecma262/#prod-CoverParenthesizedExpressionAndArrowParameterList

/// Whether an expression becomes an assignment pattern or a parameter.
private enum CoverTarget {
  case assignment
  case parameter
}

// MARK: - Assignment targets

extension Parser {
  /// The target of an assignment, update or loop that is no pattern; reports `mistake` if it cannot be one.
  /// https://tc39.es/ecma262/#sec-static-semantics-static-semantics-assignmenttargettype
  mutating func simpleTarget(_ operand: Operand, _ mistake: DiagnosticKind, allowsCall: Bool) -> Pattern {
    simpleTarget(operand.expression, at: operand.start, mistake, allowsCall: allowsCall)
  }

  private mutating func simpleTarget(
    _ expression: Expression, at start: Int32, _ mistake: DiagnosticKind, allowsCall: Bool
  ) -> Pattern {
    switch expression {
    case .identifier(let name):
      checkAssignedName(name)
      return .identifier(name)
    case .member(let node): return .member(node)
    case .superMember(let node): return .superMember(node)
    case .call(let node) where allowsCall && !function.isStrict: return .call(node)
    default:
      report(mistake, at: SourceRange(start: start, end: max(start, expression.range.end)))
      return .identifier(Identifier(expression.range, name: .undefined))
    }
  }

  private mutating func checkAssignedName(_ name: Identifier) {
    if function.isStrict, name.name.isRestrictedInStrictMode { report(.strictAssignment(names.text(name.name)), at: name.range) }
  }

  /// The pattern an object or array literal before `=` (or `in`, `of`) is.
  mutating func assignmentPattern(_ expression: Expression) -> Pattern {
    var bound = BoundNames()
    return convert(expression, .assignment, &bound)
  }

  /// Parameters from the expressions in the parentheses before `=>`.
  mutating func arrowParameters(_ arguments: [ListElement], rest: BoundPattern?) -> ParameterList {
    var list = ParameterList()
    var bound = BoundNames()
    for (index, argument) in arguments.enumerated() {
      switch argument {
      case .expression(let expression): list.elements.append(element(expression, .parameter, &bound))
      case .spread(let expression):
        if index < arguments.count - 1 { report(.restNotLast, at: expression.range) }
        list.rest = restTarget(expression, .parameter, &bound)
      case .hole: break
      }
    }
    if let rest {
      list.rest = rest.pattern
      bound.names += rest.names.names
      bound.hasExpressions = bound.hasExpressions || rest.names.hasExpressions
    }
    list.finish(bound)
    return list
  }
}

extension ParameterList {
  /// Sets what follows from the elements.
  mutating func finish(_ bound: BoundNames) {
    names = bound.names
    hasExpressions = bound.hasExpressions
    isSimple =
      rest == nil
      && elements.allSatisfy { element in
        guard case .identifier = element.target else { return false }
        return element.initializer == nil
      }
  }
}

// MARK: - Conversion

extension Parser {
  /// The target that `expression` is.
  private mutating func convert(_ expression: Expression, _ target: CoverTarget, _ bound: inout BoundNames) -> Pattern {
    let isInParentheses = isParenthesized(expression)
    switch expression {
    case .object(let node) where !isInParentheses: return .object(convertObject(node, target, &bound))
    case .array(let node) where !isInParentheses: return .array(convertArray(node, target, &bound))
    case .identifier(let name) where target == .parameter && !isInParentheses:
      checkAssignedName(name)
      bound.names.append(name)
      return .identifier(name)
    default:
      if target == .assignment {
        return simpleTarget(expression, at: expression.range.start, .invalidDestructuringTarget, allowsCall: false)
      }
      report(.invalidDestructuringTarget, at: expression.range)
      return .identifier(Identifier(expression.range, name: .undefined))
    }
  }

  /// The target, with its default, that `expression` is.
  private mutating func element(_ expression: Expression, _ target: CoverTarget, _ bound: inout BoundNames) -> PatternElement {
    let isInParentheses = isParenthesized(expression)
    guard case .assignment(let node) = expression, node.operator == .assign, !isInParentheses else {
      return PatternElement(
        expression.range, target: convert(expression, target, &bound), initializer: nil, hasParenthesizedTarget: isInParentheses)
    }
    bound.hasExpressions = true
    var pattern = node.target
    if target == .parameter {
      pattern = parameterTarget(pattern, isParenthesized: node.hasParenthesizedTarget, &bound)
    } else if case .call(let call) = pattern {
      report(.invalidDestructuringTarget, at: call.range)
    }
    return PatternElement(
      node.range, target: pattern, initializer: node.value, hasParenthesizedTarget: node.hasParenthesizedTarget)
  }

  /// The target of `target = default` in parameters, which has been converted to an assignment target already.
  private mutating func parameterTarget(_ pattern: Pattern, isParenthesized: Bool, _ bound: inout BoundNames) -> Pattern {
    switch pattern {
    case .identifier(let name) where !isParenthesized: bound.names.append(name)
    case .object(let node):
      for property in node.properties {
        if case .computed = property.key.kind { bound.hasExpressions = true }
        noteParameterElement(property.value, &bound)
      }
      if let rest = node.rest { _ = parameterTarget(rest, isParenthesized: self.isParenthesized(rest), &bound) }
    case .array(let node):
      for case .some(let element) in node.elements { noteParameterElement(element, &bound) }
      if let rest = node.rest { _ = parameterTarget(rest, isParenthesized: self.isParenthesized(rest), &bound) }
    default: report(.invalidDestructuringTarget, at: pattern.range)
    }
    return pattern
  }

  private mutating func noteParameterElement(_ element: PatternElement, _ bound: inout BoundNames) {
    _ = parameterTarget(element.target, isParenthesized: element.hasParenthesizedTarget, &bound)
    if element.initializer != nil { bound.hasExpressions = true }
  }

  private func isParenthesized(_ pattern: Pattern) -> Bool {
    switch pattern {
    case .identifier(let node): isParenthesized(Expression.identifier(node))
    default: false
    }
  }

  private mutating func restTarget(_ expression: Expression, _ target: CoverTarget, _ bound: inout BoundNames) -> Pattern {
    if case .assignment = expression {
      report(.restWithInitializer, at: expression.range)
      return .identifier(Identifier(expression.range, name: .undefined))
    }
    return convert(expression, target, &bound)
  }

  private mutating func convertArray(_ node: ArrayLiteral, _ target: CoverTarget, _ bound: inout BoundNames) -> ArrayPattern {
    var elements: [PatternElement?] = []
    var rest: Pattern?
    for (index, element) in node.elements.enumerated() {
      switch element {
      case .hole: elements.append(nil)
      case .expression(let expression): elements.append(self.element(expression, target, &bound))
      case .spread(let expression):
        if index < node.elements.count - 1 || literalsWithCommaAfterSpread.contains(node.range.start) {
          report(.restNotLast, at: expression.range)
        }
        rest = restTarget(expression, target, &bound)
      }
    }
    return ArrayPattern(node.range, elements: elements, rest: rest)
  }

  private mutating func convertObject(_ node: ObjectLiteral, _ target: CoverTarget, _ bound: inout BoundNames) -> ObjectPattern {
    var properties: [ObjectPattern.Property] = []
    var rest: Pattern?
    for (index, property) in node.properties.enumerated() {
      switch property {
      case .value(let value): properties.append(convertProperty(value, target, &bound))
      case .method(let method): report(.invalidDestructuringTarget, at: method.key.range)
      case .spread(let expression):
        if index < node.properties.count - 1 || literalsWithCommaAfterSpread.contains(node.range.start) {
          report(.restNotLast, at: expression.range)
        }
        if expression.isPatternLiteral { report(.invalidDestructuringTarget, at: expression.range) }
        rest = restTarget(expression, target, &bound)
      }
    }
    return ObjectPattern(node.range, properties: properties, rest: rest)
  }

  private mutating func convertProperty(
    _ node: ValueProperty, _ target: CoverTarget, _ bound: inout BoundNames
  ) -> ObjectPattern.Property {
    if case .computed = node.key.kind { bound.hasExpressions = true }
    let value: PatternElement
    if let initializer = node.coverInitializer {
      bound.hasExpressions = true
      value = PatternElement(node.range, target: convert(node.value, target, &bound), initializer: initializer)
    } else {
      value = element(node.value, target, &bound)
    }
    return ObjectPattern.Property(key: node.key, value: value, isShorthand: node.isShorthand)
  }
}
