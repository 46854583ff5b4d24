// Which names are declared where, and the early errors about names declared twice.
// https://tc39.es/ecma262/#sec-block-static-semantics-early-errors and its siblings for functions, switches, loops and scripts

/// A scope while its text is being parsed.
struct ParserScope {
  enum Kind {
    case script
    /// The body of a function or a static block.
    case function
    case block
    /// The parameter of a `catch`; `var` may repeat a plain name (Annex B.3.4).
    case simpleCatchParameter, catchParameter
    /// The block of a `catch`: may not repeat the names of the scope around it.
    case catchBody
  }

  let kind: Kind
  var lexical = DeclaredNames()
  /// Names declared by `var` here or in blocks inside that have ended.
  var variables = DeclaredNames()
  /// Names of parameters, in function scopes.
  var parameters = DeclaredNames()
  var functions: [FunctionNode] = []
  /// Functions in blocks inside that would be `var`s here too (Annex B.3.2).
  var annexBCandidates: [FunctionNode] = []

  init(kind: Kind) {
    self.kind = kind
  }

  /// Whether functions declared here are like `var`s.
  var isVariableScope: Bool { kind == .script || kind == .function }
}

/// Names with where and how they were declared; each once.
struct DeclaredNames {
  private(set) var entries: [LexicalDeclaration] = []
  /// Positions in `entries`, once there are many.
  private var positions: [NameID: Int] = [:]
  private static let linearLimit = 12

  func find(_ name: NameID) -> LexicalDeclaration? {
    if entries.count > Self.linearLimit { return positions[name].map { entries[$0] } }
    return entries.first { $0.name == name }
  }

  /// Adds what is not there yet.
  mutating func merge(_ others: DeclaredNames) {
    if entries.isEmpty {
      self = others
    } else {
      for entry in others.entries where find(entry.name) == nil { append(entry) }
    }
  }

  /// Adds what is known not to be there.
  mutating func append(_ declaration: LexicalDeclaration) {
    entries.append(declaration)
    if entries.count == Self.linearLimit + 1 {
      for (index, entry) in entries.enumerated() { positions[entry.name] = index }
    } else if entries.count > Self.linearLimit {
      positions[declaration.name] = entries.count - 1
    }
  }
}

extension Parser {
  mutating func pushScope(_ kind: ParserScope.Kind) {
    scopes.append(ParserScope(kind: kind))
  }

  /// Ends the innermost scope.
  mutating func popScope() -> ScopeDeclarations {
    guard let scope = scopes.popLast() else { return ScopeDeclarations() }
    var result = ScopeDeclarations()
    result.lexical = scope.lexical.entries
    result.functions = scope.functions
    let candidates = scope.annexBCandidates.filter { candidate in
      guard let name = candidate.name else { return false }
      if scope.kind != .simpleCatchParameter, scope.lexical.find(name) != nil { return false }
      return scope.parameters.find(name) == nil
    }
    if scope.isVariableScope {
      result.variables = scope.variables.entries.map(\.name)
      result.annexBFunctions = candidates.sorted { $0.range.start < $1.range.start }
      for function in result.annexBFunctions { function.isAnnexBHoisted = true }
    } else if let outer = scopes.indices.last {
      scopes[outer].annexBCandidates += candidates
      if !function.isStrict { scopes[outer].annexBCandidates += scope.functions.filter { !$0.isAsync && !$0.isGenerator } }
      scopes[outer].variables.merge(scope.variables)
    }
    return result
  }

  mutating func declareLexical(_ name: Identifier, _ kind: LexicalKind) {
    declareLexical(LexicalDeclaration(name: name.name, kind: kind, range: name.range))
  }

  mutating func declareLexical(_ declaration: LexicalDeclaration) {
    let innermost = scopes.count - 1
    guard innermost >= 0 else { return }
    let name = declaration.name
    var first = scopes[innermost].lexical.find(name) ?? scopes[innermost].variables.find(name)
    if first == nil, scopes[innermost].kind == .function { first = scopes[innermost].parameters.find(name) }
    if first == nil, scopes[innermost].kind == .catchBody, innermost > 0 { first = scopes[innermost - 1].lexical.find(name) }
    if let first {
      reportRedeclaration(name, at: declaration.range, first: first.range)
    } else {
      scopes[innermost].lexical.append(declaration)
    }
  }

  /// Declares a `var`: it must not meet a lexical declaration from here up to the function.
  mutating func declareVariable(_ name: Identifier) {
    guard let innermost = scopes.indices.last, scopes[innermost].variables.find(name.name) == nil else { return }
    for index in scopes.indices.reversed() {
      if scopes[index].kind != .simpleCatchParameter, let first = scopes[index].lexical.find(name.name) {
        return reportRedeclaration(name.name, at: name.range, first: first.range)
      }
      if scopes[index].isVariableScope { break }
    }
    scopes[innermost].variables.append(LexicalDeclaration(name: name.name, kind: .let, range: name.range))
  }

  mutating func declareFunction(_ node: FunctionNode) {
    guard let name = node.name, !scopes.isEmpty else { return }
    let innermost = scopes.count - 1
    if scopes[innermost].isVariableScope {
      declareVariable(Identifier(node.nameRange, name: name))
    } else {
      // Annex B.3.2.4: plain functions of one name may stand together in a sloppy block.
      let isPlain = !node.isAsync && !node.isGenerator
      let first = scopes[innermost].lexical.find(name)
      let mayRepeat =
        !function.isStrict && isPlain && first?.kind == .function
        && scopes[innermost].functions.allSatisfy { $0.name != name || (!$0.isAsync && !$0.isGenerator) }
      if !mayRepeat { declareLexical(LexicalDeclaration(name: name, kind: .function, range: node.nameRange)) }
    }
    scopes[innermost].functions.append(node)
  }

  /// Declares the names of a `var`, `let` or `const`.
  mutating func declare(_ names: [Identifier], _ kind: VariableKind) {
    for name in names {
      switch kind {
      case .var: declareVariable(name)
      case .let: declareLexical(name, .let)
      case .const: declareLexical(name, .const)
      }
    }
  }

  private mutating func reportRedeclaration(_ name: NameID, at range: SourceRange, first: SourceRange) {
    let text = names.text(name)
    report(.alreadyDeclared(text), at: range, notes: [Diagnostic.Note(.firstDeclaredHere(text), at: first)])
  }
}
