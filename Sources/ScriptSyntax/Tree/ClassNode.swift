// https://tc39.es/ecma262/#sec-class-definitions

/// A class declaration or expression. All its code is strict, `superclass` included.
public final class ClassNode: Node {
  /// The name after `class`: bound inside the class in a scope of its own, immutable there.
  public let name: NameID?
  public let nameRange: SourceRange
  public let superclass: Expression?
  /// The explicit constructor, not among `members`.
  public let constructor: FunctionNode?
  /// In source order.
  public let members: [ClassMember]
  /// Each once; a getter and setter pair is one name.
  public let privateNames: [PrivateNameDeclaration]

  init(
    _ range: SourceRange, name: NameID?, nameRange: SourceRange, superclass: Expression?, constructor: FunctionNode?,
    members: [ClassMember], privateNames: [PrivateNameDeclaration]
  ) {
    self.name = name
    self.nameRange = nameRange
    self.superclass = superclass
    self.constructor = constructor
    self.members = members
    self.privateNames = privateNames
    super.init(range)
  }
}

/// A `#name` declared by a class.
public struct PrivateNameDeclaration: Sendable {
  public enum Kind: UInt8, Sendable {
    case field, method, getter, setter
    /// A getter and a setter of one name.
    case accessor
  }

  /// With its `#`.
  public let name: NameID
  public internal(set) var kind: Kind
  public let isStatic: Bool
}

public enum ClassMember {
  /// A method, getter or setter.
  case method(ClassMethod)
  case field(ClassField)
  /// `static { … }`; its `kind` is `.classStaticBlock`.
  case staticBlock(FunctionNode)
}

public final class ClassMethod: Node {
  public let key: PropertyName
  public let kind: MethodKind
  public let isStatic: Bool
  public let function: FunctionNode

  init(_ range: SourceRange, key: PropertyName, kind: MethodKind, isStatic: Bool, function: FunctionNode) {
    self.key = key
    self.kind = kind
    self.isStatic = isStatic
    self.function = function
    super.init(range)
  }
}

public final class ClassField: Node {
  public let key: PropertyName
  public let isStatic: Bool
  /// The value as a function without parameters of kind `.classFieldInitializer`.
  public let initializer: FunctionNode?

  init(_ range: SourceRange, key: PropertyName, isStatic: Bool, initializer: FunctionNode?) {
    self.key = key
    self.isStatic = isStatic
    self.initializer = initializer
    super.init(range)
  }
}
