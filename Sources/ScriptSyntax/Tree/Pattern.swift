// https://tc39.es/ecma262/#sec-destructuring-assignment and #sec-destructuring-binding-patterns

/// What a value is bound or assigned to.
///
/// In declarations and parameters only `.identifier`, `.object` and `.array` occur.
public enum Pattern {
  case identifier(Identifier)
  case member(MemberExpression)
  case superMember(SuperMemberExpression)
  case object(ObjectPattern)
  case array(ArrayPattern)
  /// A call used as a target, which the grammar keeps for old pages: evaluate it, then throw a ReferenceError. Sloppy mode only.
  case call(CallExpression)
}

extension Pattern {
  /// The node inside.
  public var node: Node {
    switch self {
    case .identifier(let node): node
    case .member(let node): node
    case .superMember(let node): node
    case .object(let node): node
    case .array(let node): node
    case .call(let node): node
    }
  }

  public var range: SourceRange { node.range }
}

/// A target with its default: `target = initializer`.
public final class PatternElement: Node {
  public let target: Pattern
  public let initializer: Expression?
  /// Whether an assignment target stood in parentheses: then an anonymous function in `initializer` gets no name.
  public let hasParenthesizedTarget: Bool

  init(_ range: SourceRange, target: Pattern, initializer: Expression?, hasParenthesizedTarget: Bool = false) {
    self.target = target
    self.initializer = initializer
    self.hasParenthesizedTarget = hasParenthesizedTarget
    super.init(range)
  }
}

/// `{ key: target = initializer, name, ...rest }`.
public final class ObjectPattern: Node {
  public struct Property {
    public let key: PropertyName
    public let value: PatternElement
    public let isShorthand: Bool
  }

  public let properties: [Property]
  public let rest: Pattern?

  init(_ range: SourceRange, properties: [Property], rest: Pattern?) {
    self.properties = properties
    self.rest = rest
    super.init(range)
  }
}

/// `[a, , b = 1, ...rest]`; a skipped element is `nil`.
public final class ArrayPattern: Node {
  public let elements: [PatternElement?]
  public let rest: Pattern?

  init(_ range: SourceRange, elements: [PatternElement?], rest: Pattern?) {
    self.elements = elements
    self.rest = rest
    super.init(range)
  }
}
