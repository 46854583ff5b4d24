// The declarations of a scope, gathered while parsing.
// https://tc39.es/ecma262/#sec-syntax-directed-operations-scope-analysis

/// How a name of a block-level scope was declared.
public enum LexicalKind: UInt8, Sendable {
  case `let`, const, `class`
  /// A function in a block: initialised on entry of the scope.
  case function
  /// The parameter of a `catch` clause.
  case catchParameter
}

/// A name declared in one scope and its blocks.
public struct LexicalDeclaration: Sendable {
  public let name: NameID
  public let kind: LexicalKind
  /// Where the name stands in the declaration.
  public let range: SourceRange
}

/// What a scope declares: on a `Script`, a function body, a block, a loop head, a `catch` or a `switch`.
public struct ScopeDeclarations {
  /// `let`, `const`, `class` (and, in blocks, function) names in source order. A name is listed once.
  public internal(set) var lexical: [LexicalDeclaration] = []
  /// Function declarations to instantiate on entry, in source order; where two have a name, the last one wins.
  public internal(set) var functions: [FunctionNode] = []
  /// Scripts and function bodies only: names declared by `var` here or in nested blocks and by top-level functions, in source
  /// order, each once. Names of `annexBFunctions` are not among them unless they are also declared by `var`.
  public internal(set) var variables: [NameID] = []
  /// Scripts and function bodies only: functions in nested blocks that are also `var`s here (Annex B.3.2), initially undefined,
  /// set when the declaration is evaluated. In a function with such a parameter name the function is not listed.
  /// https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
  public internal(set) var annexBFunctions: [FunctionNode] = []

  /// Whether entering the scope need not create anything.
  public var isEmpty: Bool { lexical.isEmpty && functions.isEmpty && variables.isEmpty && annexBFunctions.isEmpty }
}
