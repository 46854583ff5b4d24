// https://tc39.es/ecma262/#sec-ecmascript-language-expressions

/// An expression that yields a value.
public enum Expression {
  case identifier(Identifier)
  case this(ThisExpression)
  case null(NullLiteral)
  case boolean(BooleanLiteral)
  case number(NumberLiteral)
  case string(StringLiteral)
  case bigInt(BigIntLiteral)
  case regularExpression(RegularExpressionLiteral)
  case template(TemplateLiteral)
  case taggedTemplate(TaggedTemplateExpression)
  case array(ArrayLiteral)
  case object(ObjectLiteral)
  /// A function expression or an arrow function, see `FunctionNode.kind` and `FunctionNode.isArrow`.
  case function(FunctionNode)
  case `class`(ClassNode)
  case unary(UnaryExpression)
  case update(UpdateExpression)
  case binary(BinaryExpression)
  case binaryChain(BinaryChainExpression)
  case logical(LogicalExpression)
  case conditional(ConditionalExpression)
  case assignment(AssignmentExpression)
  case sequence(SequenceExpression)
  case member(MemberExpression)
  case superMember(SuperMemberExpression)
  case call(CallExpression)
  case superCall(SuperCallExpression)
  case new(NewExpression)
  case optionalChain(OptionalChainExpression)
  case privateIn(PrivateInExpression)
  case yield(YieldExpression)
  case await(AwaitExpression)
  case newTarget(NewTargetExpression)
}

extension Expression {
  /// The node inside.
  public var node: Node {
    switch self {
    case .identifier(let node): node
    case .this(let node): node
    case .null(let node): node
    case .boolean(let node): node
    case .number(let node): node
    case .string(let node): node
    case .bigInt(let node): node
    case .regularExpression(let node): node
    case .template(let node): node
    case .taggedTemplate(let node): node
    case .array(let node): node
    case .object(let node): node
    case .function(let node): node
    case .class(let node): node
    case .unary(let node): node
    case .update(let node): node
    case .binary(let node): node
    case .binaryChain(let node): node
    case .logical(let node): node
    case .conditional(let node): node
    case .assignment(let node): node
    case .sequence(let node): node
    case .member(let node): node
    case .superMember(let node): node
    case .call(let node): node
    case .superCall(let node): node
    case .new(let node): node
    case .optionalChain(let node): node
    case .privateIn(let node): node
    case .yield(let node): node
    case .await(let node): node
    case .newTarget(let node): node
    }
  }

  public var range: SourceRange { node.range }
}

public final class ThisExpression: Node {}

/// `new.target`.
public final class NewTargetExpression: Node {}

/// `-x`, `typeof x`, `delete x.y`, …
public final class UnaryExpression: Node {
  public let `operator`: UnaryOperator
  public let operand: Expression

  init(_ range: SourceRange, operator: UnaryOperator, operand: Expression) {
    self.operator = `operator`
    self.operand = operand
    super.init(range)
  }
}

/// `++x`, `x--`, …
public final class UpdateExpression: Node {
  public let `operator`: UpdateOperator
  public let isPrefix: Bool
  /// `.identifier`, `.member`, `.superMember`, or `.call` (a ReferenceError when evaluated; sloppy mode only).
  public let target: Pattern

  init(_ range: SourceRange, operator: UpdateOperator, isPrefix: Bool, target: Pattern) {
    self.operator = `operator`
    self.isPrefix = isPrefix
    self.target = target
    super.init(range)
  }
}

/// `left operator right`.
public final class BinaryExpression: Node {
  public let `operator`: BinaryOperator
  public let left: Expression
  public let right: Expression
  /// Where the operator stands.
  public let operatorRange: SourceRange

  init(_ range: SourceRange, operator: BinaryOperator, left: Expression, right: Expression, operatorRange: SourceRange) {
    self.operator = `operator`
    self.left = left
    self.right = right
    self.operatorRange = operatorRange
    super.init(range)
  }
}

/// A long left-associative run of operators of one precedence, flat: `((first op₀ operand₀) op₁ operand₁) …`.
///
/// Runs of up to `minimumOperands` operands are nested `BinaryExpression`s instead.
public final class BinaryChainExpression: Node {
  /// A run with fewer operands than this is nested.
  public static let minimumOperands = 24

  public struct Link {
    public let `operator`: BinaryOperator
    public let operand: Expression
    public let operatorRange: SourceRange

    init(operator: BinaryOperator, operand: Expression, operatorRange: SourceRange) {
      self.operator = `operator`
      self.operand = operand
      self.operatorRange = operatorRange
    }
  }

  public let first: Expression
  /// In source order, never empty.
  public let links: [Link]

  init(_ range: SourceRange, first: Expression, links: [Link]) {
    self.first = first
    self.links = links
    super.init(range)
  }
}

/// `a && b && c`, `a || b`, `a ?? b`: at least two operands of one operator, evaluated left to right until one decides.
public final class LogicalExpression: Node {
  public let `operator`: LogicalOperator
  public let operands: [Expression]

  init(_ range: SourceRange, operator: LogicalOperator, operands: [Expression]) {
    self.operator = `operator`
    self.operands = operands
    super.init(range)
  }
}

/// `test ? consequent : alternate`.
public final class ConditionalExpression: Node {
  public let test: Expression
  public let consequent: Expression
  public let alternate: Expression

  init(_ range: SourceRange, test: Expression, consequent: Expression, alternate: Expression) {
    self.test = test
    self.consequent = consequent
    self.alternate = alternate
    super.init(range)
  }
}

/// `target = value`, `target += value`, `target ??= value`.
public final class AssignmentExpression: Node {
  public let `operator`: AssignmentOperator
  /// `.object` and `.array` with plain `=` only; `.call` throws a ReferenceError when evaluated (sloppy mode only).
  public let target: Pattern
  /// Whether the target stood in parentheses: then an anonymous function in `value` gets no name.
  public let hasParenthesizedTarget: Bool
  public let value: Expression
  public let operatorRange: SourceRange

  init(
    _ range: SourceRange, operator: AssignmentOperator, target: Pattern, hasParenthesizedTarget: Bool, value: Expression,
    operatorRange: SourceRange
  ) {
    self.operator = `operator`
    self.target = target
    self.hasParenthesizedTarget = hasParenthesizedTarget
    self.value = value
    self.operatorRange = operatorRange
    super.init(range)
  }
}

/// `a, b, c`: at least two expressions.
public final class SequenceExpression: Node {
  public let expressions: [Expression]

  init(_ range: SourceRange, expressions: [Expression]) {
    self.expressions = expressions
    super.init(range)
  }
}

/// What stands after the dot or in the brackets of a member expression.
public enum MemberProperty {
  case named(NameID)
  case computed(Expression)
  /// `object.#name`; the name includes the `#`.
  case `private`(NameID)
}

/// `object.name`, `object[key]`, `object.#name`; with `?.` where optional.
public final class MemberExpression: Node {
  public let object: Expression
  public let property: MemberProperty
  /// The name after the dot, or the expression in the brackets.
  public let propertyRange: SourceRange
  /// Whether `?.` stands before the property: then the enclosing `OptionalChainExpression` ends when `object` is nullish.
  public let isOptional: Bool

  init(
    _ range: SourceRange, object: Expression, property: MemberProperty, propertyRange: SourceRange, isOptional: Bool
  ) {
    self.object = object
    self.property = property
    self.propertyRange = propertyRange
    self.isOptional = isOptional
    super.init(range)
  }
}

/// `super.name`, `super[key]`. The property is never private.
public final class SuperMemberExpression: Node {
  public let property: MemberProperty
  public let propertyRange: SourceRange

  init(_ range: SourceRange, property: MemberProperty, propertyRange: SourceRange) {
    self.property = property
    self.propertyRange = propertyRange
    super.init(range)
  }
}

/// One element of a list that allows spreading: of arguments or of an array literal.
public enum ListElement {
  /// A missing array element (`[a, , b]`); never in arguments.
  case hole
  case expression(Expression)
  /// `...expression`.
  case spread(Expression)
}

/// `callee(arguments)`, `callee?.(arguments)`.
///
/// A callee that is `.member`, `.superMember`, or an `.optionalChain` around a `.member`, supplies `this`.
public final class CallExpression: Node {
  public let callee: Expression
  public let arguments: [ListElement]
  public let hasSpread: Bool
  /// Whether `?.` stands before the parenthesis.
  public let isOptional: Bool
  /// Whether this is a call of the plain name `eval`, hence a direct eval if that is the built-in function.
  public let isPossibleDirectEval: Bool
  /// From the opening to the closing parenthesis.
  public let argumentsRange: SourceRange

  init(
    _ range: SourceRange, callee: Expression, arguments: [ListElement], hasSpread: Bool, isOptional: Bool,
    isPossibleDirectEval: Bool, argumentsRange: SourceRange
  ) {
    self.callee = callee
    self.arguments = arguments
    self.hasSpread = hasSpread
    self.isOptional = isOptional
    self.isPossibleDirectEval = isPossibleDirectEval
    self.argumentsRange = argumentsRange
    super.init(range)
  }
}

/// `super(arguments)`.
public final class SuperCallExpression: Node {
  public let arguments: [ListElement]
  public let hasSpread: Bool

  init(_ range: SourceRange, arguments: [ListElement], hasSpread: Bool) {
    self.arguments = arguments
    self.hasSpread = hasSpread
    super.init(range)
  }
}

/// `new callee(arguments)`, or `new callee` with no arguments.
public final class NewExpression: Node {
  public let callee: Expression
  public let arguments: [ListElement]
  public let hasSpread: Bool

  init(_ range: SourceRange, callee: Expression, arguments: [ListElement], hasSpread: Bool) {
    self.callee = callee
    self.arguments = arguments
    self.hasSpread = hasSpread
    super.init(range)
  }
}

/// The extent of an optional chain: when an `isOptional` link inside, reached through objects and callees, meets a nullish value,
/// this whole expression is `undefined`.
public final class OptionalChainExpression: Node {
  /// A `.member` or `.call`, or a `.taggedTemplate` never.
  public let expression: Expression

  init(_ range: SourceRange, expression: Expression) {
    self.expression = expression
    super.init(range)
  }
}

/// `#name in object`.
public final class PrivateInExpression: Node {
  /// The name with its `#`.
  public let name: NameID
  public let nameRange: SourceRange
  public let object: Expression

  init(_ range: SourceRange, name: NameID, nameRange: SourceRange, object: Expression) {
    self.name = name
    self.nameRange = nameRange
    self.object = object
    super.init(range)
  }
}

/// `yield`, `yield argument`, `yield* argument`.
public final class YieldExpression: Node {
  public let argument: Expression?
  public let isDelegating: Bool

  init(_ range: SourceRange, argument: Expression?, isDelegating: Bool) {
    self.argument = argument
    self.isDelegating = isDelegating
    super.init(range)
  }
}

/// `await argument`.
public final class AwaitExpression: Node {
  public let argument: Expression

  init(_ range: SourceRange, argument: Expression) {
    self.argument = argument
    super.init(range)
  }
}
