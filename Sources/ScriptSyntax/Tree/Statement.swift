// https://tc39.es/ecma262/#sec-ecmascript-language-statements-and-declarations

/// A statement or declaration.
public enum Statement {
  case block(BlockStatement)
  case variable(VariableDeclaration)
  /// A function declaration: instantiated on entry of its scope (see `ScopeDeclarations`). Evaluated, it does nothing,
  /// or copies its value to the var scope where `FunctionNode.isAnnexBHoisted`.
  case function(FunctionNode)
  case `class`(ClassNode)
  case empty(EmptyStatement)
  case expression(ExpressionStatement)
  case `if`(IfStatement)
  case doWhile(DoWhileStatement)
  case `while`(WhileStatement)
  case `for`(ForStatement)
  case forIn(ForInStatement)
  case forOf(ForOfStatement)
  case `continue`(ContinueStatement)
  case `break`(BreakStatement)
  case `return`(ReturnStatement)
  case with(WithStatement)
  case `switch`(SwitchStatement)
  case labelled(LabelledStatement)
  case `throw`(ThrowStatement)
  case `try`(TryStatement)
  case debugger(DebuggerStatement)
}

extension Statement {
  /// The node inside.
  public var node: Node {
    switch self {
    case .block(let node): node
    case .variable(let node): node
    case .function(let node): node
    case .class(let node): node
    case .empty(let node): node
    case .expression(let node): node
    case .if(let node): node
    case .doWhile(let node): node
    case .while(let node): node
    case .for(let node): node
    case .forIn(let node): node
    case .forOf(let node): node
    case .continue(let node): node
    case .break(let node): node
    case .return(let node): node
    case .with(let node): node
    case .switch(let node): node
    case .labelled(let node): node
    case .throw(let node): node
    case .try(let node): node
    case .debugger(let node): node
    }
  }

  public var range: SourceRange { node.range }
}

public final class EmptyStatement: Node {}
public final class DebuggerStatement: Node {}

/// `{ … }`, also the implied block around the function of `if (x) function f() {}`.
public final class BlockStatement: Node {
  public let body: [Statement]
  public let scope: ScopeDeclarations

  init(_ range: SourceRange, body: [Statement], scope: ScopeDeclarations) {
    self.body = body
    self.scope = scope
    super.init(range)
  }
}

public enum VariableKind: UInt8, Sendable {
  case `var`, `let`, const
}

/// `var a = 1, { b } = c;`
public final class VariableDeclaration: Node {
  public let kind: VariableKind
  public let declarations: [VariableDeclarator]

  init(_ range: SourceRange, kind: VariableKind, declarations: [VariableDeclarator]) {
    self.kind = kind
    self.declarations = declarations
    super.init(range)
  }
}

/// One `target = initializer`. Destructuring and `const` always have an initializer.
public final class VariableDeclarator: Node {
  public let target: Pattern
  public let initializer: Expression?

  init(_ range: SourceRange, target: Pattern, initializer: Expression?) {
    self.target = target
    self.initializer = initializer
    super.init(range)
  }
}

public final class ExpressionStatement: Node {
  public let expression: Expression

  init(_ range: SourceRange, expression: Expression) {
    self.expression = expression
    super.init(range)
  }
}

/// An `if` with its whole `else if` ladder.
public final class IfStatement: Node {
  public struct Clause {
    public let test: Expression
    public let consequent: Statement
    public let range: SourceRange
  }

  /// In order, never empty. The completion value of the statement is that of the clause taken.
  public let clauses: [Clause]
  public let alternate: Statement?

  init(_ range: SourceRange, clauses: [Clause], alternate: Statement?) {
    self.clauses = clauses
    self.alternate = alternate
    super.init(range)
  }
}

public final class DoWhileStatement: Node {
  public let body: Statement
  public let test: Expression

  init(_ range: SourceRange, body: Statement, test: Expression) {
    self.body = body
    self.test = test
    super.init(range)
  }
}

public final class WhileStatement: Node {
  public let test: Expression
  public let body: Statement

  init(_ range: SourceRange, test: Expression, body: Statement) {
    self.test = test
    self.body = body
    super.init(range)
  }
}

/// `for (initializer; test; update) body`.
public final class ForStatement: Node {
  public enum Initializer {
    case none
    case declaration(VariableDeclaration)
    case expression(Expression)
  }

  public let initializer: Initializer
  public let test: Expression?
  public let update: Expression?
  public let body: Statement
  /// The `let` and `const` names of `initializer`; copied for each turn if any is a `let`.
  public let scope: ScopeDeclarations

  init(
    _ range: SourceRange, initializer: Initializer, test: Expression?, update: Expression?, body: Statement,
    scope: ScopeDeclarations
  ) {
    self.initializer = initializer
    self.test = test
    self.update = update
    self.body = body
    self.scope = scope
    super.init(range)
  }
}

/// What a `for-in` or `for-of` loop sets each turn.
public enum ForBinding {
  case declaration(VariableKind, Pattern)
  case target(Pattern)
}

public final class ForInStatement: Node {
  public let binding: ForBinding
  /// `for (var a = initializer in object)`: evaluated once before `object`. Sloppy mode only.
  public let initializer: Expression?
  public let object: Expression
  public let body: Statement
  /// The `let` or `const` names of `binding`; in their dead zone while `object` is evaluated, fresh each turn.
  public let scope: ScopeDeclarations

  init(
    _ range: SourceRange, binding: ForBinding, initializer: Expression?, object: Expression, body: Statement,
    scope: ScopeDeclarations
  ) {
    self.binding = binding
    self.initializer = initializer
    self.object = object
    self.body = body
    self.scope = scope
    super.init(range)
  }
}

/// `for (binding of iterable) body`, `for await (binding of iterable) body`.
public final class ForOfStatement: Node {
  public let isAwait: Bool
  public let binding: ForBinding
  public let iterable: Expression
  public let body: Statement
  /// The `let` or `const` names of `binding`; in their dead zone while `iterable` is evaluated, fresh each turn.
  public let scope: ScopeDeclarations

  init(
    _ range: SourceRange, isAwait: Bool, binding: ForBinding, iterable: Expression, body: Statement,
    scope: ScopeDeclarations
  ) {
    self.isAwait = isAwait
    self.binding = binding
    self.iterable = iterable
    self.body = body
    self.scope = scope
    super.init(range)
  }
}

public final class ContinueStatement: Node {
  public let label: NameID?

  init(_ range: SourceRange, label: NameID?) {
    self.label = label
    super.init(range)
  }
}

public final class BreakStatement: Node {
  public let label: NameID?

  init(_ range: SourceRange, label: NameID?) {
    self.label = label
    super.init(range)
  }
}

public final class ReturnStatement: Node {
  public let argument: Expression?

  init(_ range: SourceRange, argument: Expression?) {
    self.argument = argument
    super.init(range)
  }
}

public final class WithStatement: Node {
  public let object: Expression
  public let body: Statement

  init(_ range: SourceRange, object: Expression, body: Statement) {
    self.object = object
    self.body = body
    super.init(range)
  }
}

public final class SwitchStatement: Node {
  public struct Case {
    /// `nil` for `default`.
    public let test: Expression?
    public let body: [Statement]
    public let range: SourceRange
  }

  public let discriminant: Expression
  public let cases: [Case]
  /// One scope for all cases, entered after `discriminant` is evaluated.
  public let scope: ScopeDeclarations

  init(_ range: SourceRange, discriminant: Expression, cases: [Case], scope: ScopeDeclarations) {
    self.discriminant = discriminant
    self.cases = cases
    self.scope = scope
    super.init(range)
  }
}

/// `label: body`; several labels nest.
public final class LabelledStatement: Node {
  public let label: NameID
  /// May be a `.function` declaration in sloppy mode.
  public let body: Statement

  init(_ range: SourceRange, label: NameID, body: Statement) {
    self.label = label
    self.body = body
    super.init(range)
  }
}

public final class ThrowStatement: Node {
  public let argument: Expression

  init(_ range: SourceRange, argument: Expression) {
    self.argument = argument
    super.init(range)
  }
}

public final class TryStatement: Node {
  public let block: BlockStatement
  public let handler: CatchClause?
  public let finalizer: BlockStatement?

  init(_ range: SourceRange, block: BlockStatement, handler: CatchClause?, finalizer: BlockStatement?) {
    self.block = block
    self.handler = handler
    self.finalizer = finalizer
    super.init(range)
  }
}

/// `catch (parameter) { … }`.
public final class CatchClause: Node {
  public let parameter: Pattern?
  public let body: BlockStatement
  /// The names of `parameter`, around the scope of `body`.
  public let scope: ScopeDeclarations

  init(_ range: SourceRange, parameter: Pattern?, body: BlockStatement, scope: ScopeDeclarations) {
    self.parameter = parameter
    self.body = body
    self.scope = scope
    super.init(range)
  }
}
