// https://tc39.es/ecma262/#sec-object-initializer

extension Parser {
  mutating func parseObjectLiteral() throws(ParseFailure) -> Expression {
    let start = token.start
    try open(.braceOpen)
    let allowedIn = function.allowsIn
    function.allowsIn = true
    var properties: [Property] = []
    var hasPrototypeSetter = false
    while token.kind != .braceClose {
      if take(.ellipsis) {
        properties.append(.spread(try parseAssignmentCover()))
        if token.kind == .comma { literalsWithCommaAfterSpread.insert(start) }
      } else {
        let property = try parseProperty()
        if case .value(let value) = property, value.isPrototypeSetter {
          if hasPrototypeSetter, pendingCover == nil {
            pendingCover = PendingCover(kind: .duplicateProto, range: value.key.range)
          }
          hasPrototypeSetter = true
        }
        properties.append(property)
      }
      if !take(.comma) { break }
    }
    function.allowsIn = allowedIn
    try close(.braceClose, expected: "',' or '}'")
    return .object(ObjectLiteral(range(from: start), properties: properties))
  }

  private mutating func parseProperty() throws(ParseFailure) -> Property {
    let start = token
    let modifiers = try parseMethodModifiers()
    if let modifiers, modifiers.hasKeyNext {
      let key = try parsePropertyName()
      let (kind, function) = try parseMethod(modifiers, from: start.start)
      return .method(MethodProperty(range(from: start.start), key: key, kind: kind, function: function))
    }
    let key: PropertyName
    if modifiers != nil {
      key = PropertyName(kind: .named(start.name), range: start.range)
    } else {
      key = try parsePropertyName()
    }
    switch token.kind {
    case .parenthesisOpen:
      let (kind, function) = try parseMethod(MethodModifiers(), from: start.start)
      return .method(MethodProperty(range(from: start.start), key: key, kind: kind, function: function))
    case .colon:
      advance()
      let value = try parseAssignmentCover()
      return .value(
        ValueProperty(range(from: start.start), key: key, value: value, isShorthand: false, isPrototypeSetter: key.isProto))
    default: return try parseShorthand(start, key)
    }
  }

  /// `{ name }`, `{ name = default }`.
  private mutating func parseShorthand(_ name: Token, _ key: PropertyName) throws(ParseFailure) -> Property {
    guard name.kind == .identifier else {
      if name.kind == .escapedKeyword { throw failure(.escapedKeyword(names.text(name.name)), at: name.range) }
      if name.kind.isReservedWord, token.kind == .comma || token.kind == .braceClose || token.kind == .assign {
        throw unexpected(name)
      }
      throw unexpected(expected: "':'")
    }
    guard token.kind == .comma || token.kind == .braceClose || token.kind == .assign else {
      throw unexpected(expected: "':', ',' or '}'")
    }
    let value = Expression.identifier(identifierReference(name))
    var initializer: Expression?
    if token.kind == .assign {
      let cover = PendingCover(kind: .shorthandInitializer, range: token.range)
      advance()
      initializer = try parseAssignment()
      if pendingCover == nil { pendingCover = cover }
    }
    return .value(
      ValueProperty(
        range(from: name.start), key: key, value: value, isShorthand: true, isPrototypeSetter: false,
        coverInitializer: initializer))
  }
}

// MARK: - Methods and keys, in objects and classes

/// What stands before the key of a method.
struct MethodModifiers {
  var kind = MethodKind.method
  var isAsync = false
  var isGenerator = false
  /// Whether a key follows; otherwise the modifier is itself the key.
  var hasKeyNext = true
}

extension Parser {
  /// `async`, `get`, `set` and `*` before a key; `nil` if there are none.
  mutating func parseMethodModifiers(isInClass: Bool = false) throws(ParseFailure) -> MethodModifiers? {
    if take(.star) { return MethodModifiers(isGenerator: true) }
    let word = token
    guard word.isContextual(.async) || word.isContextual(.get) || word.isContextual(.set) else { return nil }
    advance()
    var result = MethodModifiers()
    switch token.kind {
    case .comma, .colon, .parenthesisOpen, .braceClose, .assign, .semicolon, .end: result.hasKeyNext = false
    case .star:
      // `get` on a line of its own before a generator is a field.
      if word.name != .async, isInClass, token.newlineBefore { result.hasKeyNext = false }
    default: break
    }
    if word.name == .async {
      // `async` on a line of its own is a field (or, in an object, a mistake).
      if token.newlineBefore { result.hasKeyNext = false }
      guard result.hasKeyNext else { return result }
      result.isAsync = true
      result.isGenerator = take(.star)
    } else {
      result.kind = word.name == .get ? .getter : .setter
    }
    return result
  }

  /// https://tc39.es/ecma262/#prod-PropertyName
  mutating func parsePropertyName() throws(ParseFailure) -> PropertyName {
    let start = token
    switch start.kind {
    case .string:
      if start.flags.contains(.legacyOctal), function.isStrict { report(.legacyOctalInStrictMode, at: start.range) }
      advance()
      return PropertyName(kind: .string(lexer.stringValue(of: start)), range: start.range)
    case .number:
      if start.flags.contains(.legacyOctal), function.isStrict { report(.legacyOctalInStrictMode, at: start.range) }
      advance()
      return PropertyName(kind: .number(NumberValue.parse(start, in: source.bytes)), range: start.range)
    case .bigInt:
      advance()
      return PropertyName(kind: .bigInt(NumberValue.parseBigInt(start, in: source.bytes)), range: start.range)
    case .bracketOpen:
      try open(.bracketOpen)
      let allowedIn = function.allowsIn
      function.allowsIn = true
      let key = try parseAssignment()
      function.allowsIn = allowedIn
      try close(.bracketClose)
      return PropertyName(kind: .computed(key), range: range(from: start.start))
    default:
      guard start.kind.isName else { throw unexpected(expected: "a property name") }
      advance()
      return PropertyName(kind: .named(start.name), range: start.range)
    }
  }
}

extension PropertyName {
  /// Whether this key, before a colon, sets the prototype.
  var isProto: Bool { isText("__proto__", name: .proto) }

  /// Whether this is a plain name or string with the given text.
  func isText(_ text: StaticString, name: NameID) -> Bool {
    switch kind {
    case .named(let own): return own == name
    case .string(.latin1(let units)): return units.elementsEqual("\(text)".utf8)
    default: return false
    }
  }
}
