// https://tc39.es/ecma262/#sec-primary-expression

extension Parser {
  mutating func parsePrimary() throws(ParseFailure) -> Operand {
    let start = token
    let expression: Expression
    switch token.kind {
    case .identifier:
      advance()
      if start.isContextual(.async), token.kind == .function, !token.newlineBefore {
        expression = .function(try parseFunctionExpression(from: start.start, isAsync: true))
      } else {
        expression = .identifier(identifierReference(start))
      }
    case .this:
      advance()
      function.uses.insert(.this)
      expression = .this(ThisExpression(start.range))
    case .number, .bigInt: expression = parseNumber()
    case .string: expression = parseString()
    case .true, .false:
      advance()
      expression = .boolean(BooleanLiteral(start.range, value: start.kind == .true))
    case .null:
      advance()
      expression = .null(NullLiteral(start.range))
    case .slash, .slashAssign: expression = try parseRegularExpression()
    case .template, .templateHead: expression = .template(try parseTemplate(isTagged: false))
    case .bracketOpen: expression = try parseArrayLiteral()
    case .braceOpen: expression = try parseObjectLiteral()
    case .parenthesisOpen: return try parseParenthesized()
    case .function: expression = .function(try parseFunctionExpression(from: start.start, isAsync: false))
    case .class: expression = .class(try parseClass(requiresName: false))
    case .new: return try parseNew()
    case .super: return try parseSuper()
    case .import: throw failure(.importOrExport, at: start.range, hints: [.modulesAreNotSupported])
    case .escapedKeyword: throw failure(.escapedKeyword(names.text(start.name)), at: start.range)
    default: throw unexpected()
    }
    return Operand(expression: expression, start: start.start)
  }

  private mutating func parseNumber() -> Expression {
    let number = token
    if number.flags.contains(.legacyOctal), function.isStrict { report(.legacyOctalInStrictMode, at: number.range) }
    advance()
    if number.kind == .bigInt {
      return .bigInt(BigIntLiteral(number.range, value: NumberValue.parseBigInt(number, in: source.bytes)))
    }
    return .number(NumberLiteral(number.range, value: NumberValue.parse(number, in: source.bytes)))
  }

  private mutating func parseString() -> Expression {
    let string = token
    if string.flags.contains(.legacyOctal), function.isStrict { report(.legacyOctalInStrictMode, at: string.range) }
    advance()
    return .string(StringLiteral(string.range, value: lexer.stringValue(of: string)))
  }

  private mutating func parseRegularExpression() throws(ParseFailure) -> Expression {
    let literal = lexer.rescanRegularExpression(at: token)
    token = literal
    if literal.kind == .invalid { throw unexpected() }
    advance()
    let flagsStart = lexer.flagsStart(of: literal)
    let pattern = lexer.rawValue(SourceRange(start: literal.start + 1, end: flagsStart - 1))
    let flags = lexer.rawValue(SourceRange(start: flagsStart, end: literal.end))
    if let mistake = options.regularExpressionValidator?(pattern, flags) {
      report(.invalidRegularExpression(mistake.message), at: literal.range)
    }
    return .regularExpression(RegularExpressionLiteral(literal.range, pattern: pattern, flags: flags))
  }

  /// https://tc39.es/ecma262/#sec-template-literals
  mutating func parseTemplate(isTagged: Bool) throws(ParseFailure) -> TemplateLiteral {
    let start = token
    var elements = [templateElement(start, isTagged: isTagged)]
    var expressions: [Expression] = []
    guard start.kind == .templateHead else {
      advance()
      return TemplateLiteral(start.range, elements: elements, expressions: [])
    }
    openBrackets.append(OpenBracket(kind: .templateHead, range: start.range))
    while true {
      advance()
      expressions.append(try parseBracketedExpression())
      guard token.kind == .braceClose else { throw unexpected(expected: "'}'") }
      token = lexer.rescanTemplate(at: token, opening: start.start)
      guard token.kind != .invalid else { throw unexpected() }
      elements.append(templateElement(token, isTagged: isTagged))
      if token.kind == .templateTail { break }
    }
    openBrackets.removeLast()
    advance()
    return TemplateLiteral(range(from: start.start), elements: elements, expressions: expressions)
  }

  private mutating func templateElement(_ token: Token, isTagged: Bool) -> TemplateElement {
    if token.flags.contains(.invalidEscape), !isTagged { report(.invalidEscape, at: token.range) }
    return lexer.templateElement(of: token)
  }

  private mutating func parseArrayLiteral() throws(ParseFailure) -> Expression {
    let start = token.start
    try open(.bracketOpen)
    let allowedIn = function.allowsIn
    function.allowsIn = true
    var elements: [ListElement] = []
    while token.kind != .bracketClose {
      if take(.comma) {
        elements.append(.hole)
        continue
      }
      if take(.ellipsis) {
        elements.append(.spread(try parseAssignmentCover()))
        if token.kind == .comma { literalsWithCommaAfterSpread.insert(start) }
      } else {
        elements.append(.expression(try parseAssignmentCover()))
      }
      if !take(.comma) { break }
    }
    function.allowsIn = allowedIn
    try close(.bracketClose, expected: "',' or ']'")
    return .array(ArrayLiteral(range(from: start), elements: elements))
  }
}

// MARK: - Names

extension Parser {
  /// The name `token`, passed already, where a value is read or written.
  mutating func identifierReference(_ token: Token) -> Identifier {
    checkName(token)
    if token.name == .arguments {
      function.uses.insert(.arguments)
      if function.forbidsArguments { report(.argumentsInClassInitializer, at: token.range) }
    }
    return Identifier(token.range, name: token.name)
  }

  /// Checks a name against the words reserved in the current context.
  /// https://tc39.es/ecma262/#sec-identifiers-static-semantics-early-errors
  mutating func checkName(_ token: Token) {
    guard token.name.isSometimesReserved else { return }
    if token.name == .await {
      if function.firstAwait < 0 { function.firstAwait = token.start }
      if function.isAsync || function.reservesAwait { report(.reservedName("await"), at: token.range) }
    } else if token.name == .yield, function.isGenerator {
      report(.reservedName("yield"), at: token.range)
    } else if token.name.isReservedInStrictMode, function.isStrict {
      report(.strictReservedName(names.text(token.name)), at: token.range)
    }
  }

  mutating func referToPrivateName(_ token: Token) {
    if let innermost = classes.indices.last {
      classes[innermost].references.append(Identifier(token.range, name: token.name))
    } else if !options.privateNamesInScope.contains(token.name) {
      report(.undeclaredPrivateName(names.text(token.name)), at: token.range)
    }
  }
}

extension NameID {
  /// Whether this is a name, but not everywhere.
  @inline(__always)
  var isSometimesReserved: Bool { self == .await || isReservedInStrictMode }

  @inline(__always)
  var isReservedInStrictMode: Bool {
    switch self {
    case .implements, .interface, .let, .package, .private, .protected, .public, .static, .yield: true
    default: false
    }
  }

  /// Whether strict mode forbids to bind or assign this name.
  @inline(__always)
  var isRestrictedInStrictMode: Bool { self == .eval || self == .arguments }
}
