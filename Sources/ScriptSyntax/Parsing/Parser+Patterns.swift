// Binding patterns, parsed as such.
// https://tc39.es/ecma262/#sec-destructuring-binding-patterns

/// A binding pattern with what it binds.
struct BoundPattern {
  let pattern: Pattern
  let names: BoundNames
}

/// What the patterns of a declaration or parameter list contain.
struct BoundNames {
  var names: [Identifier] = []
  /// Whether there is a default or a computed key.
  var hasExpressions = false
}

extension Parser {
  /// A name, or a pattern in braces or brackets.
  mutating func parseBoundPattern() throws(ParseFailure) -> BoundPattern {
    var bound = BoundNames()
    let pattern = try parseBindingTarget(&bound)
    return BoundPattern(pattern: pattern, names: bound)
  }

  mutating func parseBindingTarget(_ bound: inout BoundNames) throws(ParseFailure) -> Pattern {
    switch token.kind {
    case .braceOpen: return .object(try parseObjectBindingPattern(&bound))
    case .bracketOpen: return .array(try parseArrayBindingPattern(&bound))
    default:
      let name = try parseBindingIdentifier()
      bound.names.append(name)
      return .identifier(name)
    }
  }

  /// A target with an optional default.
  mutating func parseBindingElement(_ bound: inout BoundNames) throws(ParseFailure) -> PatternElement {
    let start = token.start
    let target = try parseBindingTarget(&bound)
    let initializer = try parseInitializer(&bound)
    return PatternElement(range(from: start), target: target, initializer: initializer)
  }

  private mutating func parseInitializer(_ bound: inout BoundNames) throws(ParseFailure) -> Expression? {
    guard take(.assign) else { return nil }
    bound.hasExpressions = true
    let allowedIn = function.allowsIn
    function.allowsIn = true
    let result = try parseAssignment()
    function.allowsIn = allowedIn
    return result
  }

  private mutating func parseArrayBindingPattern(_ bound: inout BoundNames) throws(ParseFailure) -> ArrayPattern {
    try enter()
    let start = token.start
    try open(.bracketOpen)
    var elements: [PatternElement?] = []
    var rest: Pattern?
    while token.kind != .bracketClose {
      if take(.comma) {
        elements.append(nil)
        continue
      }
      if take(.ellipsis) {
        rest = try parseBindingTarget(&bound)
        try checkAfterRest()
        break
      }
      elements.append(try parseBindingElement(&bound))
      if !take(.comma) { break }
    }
    try close(.bracketClose, expected: "',' or ']'")
    depth -= 1
    return ArrayPattern(range(from: start), elements: elements, rest: rest)
  }

  private mutating func parseObjectBindingPattern(_ bound: inout BoundNames) throws(ParseFailure) -> ObjectPattern {
    try enter()
    let start = token.start
    try open(.braceOpen)
    var properties: [ObjectPattern.Property] = []
    var rest: Pattern?
    while token.kind != .braceClose {
      if take(.ellipsis) {
        let name = try parseBindingIdentifier()
        bound.names.append(name)
        rest = .identifier(name)
        try checkAfterRest()
        break
      }
      properties.append(try parseBindingProperty(&bound))
      if !take(.comma) { break }
    }
    try close(.braceClose, expected: "',' or '}'")
    depth -= 1
    return ObjectPattern(range(from: start), properties: properties, rest: rest)
  }

  private mutating func checkAfterRest() throws(ParseFailure) {
    if token.kind == .assign { throw failure(.restWithInitializer, at: token.range) }
    if token.kind == .comma { throw failure(.restNotLast, at: token.range) }
  }

  private mutating func parseBindingProperty(_ bound: inout BoundNames) throws(ParseFailure) -> ObjectPattern.Property {
    let start = token
    let key = try parsePropertyName()
    if case .computed = key.kind { bound.hasExpressions = true }
    if take(.colon) {
      let value = try parseBindingElement(&bound)
      return ObjectPattern.Property(key: key, value: value, isShorthand: false)
    }
    // Shorthand: the key is a name that may be bound.
    guard start.kind == .identifier else {
      if start.kind == .escapedKeyword { throw failure(.escapedKeyword(names.text(start.name)), at: start.range) }
      if start.kind.isReservedWord { throw failure(.reservedName(names.text(start.name)), at: start.range) }
      throw unexpected(expected: "':'")
    }
    checkBindingName(start)
    let name = Identifier(start.range, name: start.name)
    bound.names.append(name)
    let initializer = try parseInitializer(&bound)
    let value = PatternElement(range(from: start.start), target: .identifier(name), initializer: initializer)
    return ObjectPattern.Property(key: key, value: value, isShorthand: true)
  }

  /// A name to be bound.
  mutating func parseBindingIdentifier() throws(ParseFailure) -> Identifier {
    let name = token
    switch name.kind {
    case .identifier: break
    case .escapedKeyword: throw failure(.escapedKeyword(names.text(name.name)), at: name.range)
    default:
      if name.kind.isReservedWord { throw failure(.reservedName(names.text(name.name)), at: name.range) }
      throw unexpected(expected: "a name")
    }
    checkBindingName(name)
    advance()
    return Identifier(name.range, name: name.name)
  }

  /// Checks that the name `token` may be bound in the current context.
  mutating func checkBindingName(_ token: Token) {
    checkName(token)
    if function.isStrict, token.name.isRestrictedInStrictMode {
      report(.strictAssignment(names.text(token.name)), at: token.range)
    }
  }
}
