// https://tc39.es/ecma262/#sec-ecmascript-language-functions-and-classes

/// What a function is defined as.
public enum FunctionKind: UInt8, Sendable {
  /// A function declaration or expression, or an arrow function.
  case normal
  case getter
  case setter
  /// A method of an object literal or class, other than the constructor.
  case method
  /// The constructor of a class without `extends`.
  case constructor
  /// The constructor of a class with `extends`.
  case derivedConstructor
  /// The expression after `=` of a class field; called with `this` as the object, or the class where static.
  case classFieldInitializer
  /// `static { … }`.
  case classStaticBlock
}

/// A function in any of its spellings.
public final class FunctionNode: Node {
  public enum Body {
    case statements([Statement])
    /// The body of `x => expression`, and of a field initializer: its value is returned.
    case expression(Expression)
  }

  /// Where the function stands.
  public enum Position: UInt8, Sendable {
    case declaration
    /// A function expression or arrow function.
    case expression
    /// In an object literal or class.
    case member
  }

  public let kind: FunctionKind
  public let position: Position
  /// The name after `function`. An expression with a name sees itself under it in a scope of its own; what is anonymous may still
  /// be named by where it stands.
  public let name: NameID?
  public let nameRange: SourceRange

  public let parameters: [PatternElement]
  /// `...rest`.
  public let rest: Pattern?
  /// All names bound by parameters in order, duplicates included.
  public let parameterNames: [NameID]
  /// The `length` property: the parameters before the first with a default.
  public let expectedArgumentCount: Int
  /// Whether all parameters are plain names: then `arguments` is mapped in sloppy mode.
  public let hasSimpleParameters: Bool
  /// Whether a default or a computed key stands among the parameters: then the body's variables live in a scope of their own.
  public let hasParameterExpressions: Bool

  public let body: Body
  /// The declarations of the body.
  public let scope: ScopeDeclarations
  public let isArrow: Bool
  public let isAsync: Bool
  public let isGenerator: Bool
  public let isStrict: Bool

  /// Whether `arguments` is named here or in arrow functions inside, or a direct eval might.
  public let usesArguments: Bool
  /// Whether `this` (or `super`) is used here or in arrow functions inside, or a direct eval might.
  public let usesThis: Bool
  /// Whether `super.x` or `super()` is used here or in arrow functions inside, or a direct eval might.
  public let usesSuper: Bool
  /// Whether `new.target` is used here or in arrow functions inside, or a direct eval might.
  public let usesNewTarget: Bool
  /// Whether a direct eval stands in this function itself (parameters included): in sloppy mode it may add variables.
  public let hasDirectEval: Bool
  /// Whether a direct eval stands in this function or in any function inside.
  public let containsDirectEval: Bool
  /// Whether a `with` statement stands in this function or in any function inside.
  public let containsWith: Bool
  /// A function in a block that also sets a `var` of the enclosing function or script when its declaration is evaluated.
  public internal(set) var isAnnexBHoisted = false

  init(
    _ range: SourceRange, signature: FunctionSignature, parameters: ParameterList, body: Body, scope: ScopeDeclarations,
    isStrict: Bool, uses: FunctionUses
  ) {
    kind = signature.kind
    position = signature.position
    name = signature.name
    nameRange = signature.nameRange
    isArrow = signature.isArrow
    isAsync = signature.isAsync
    isGenerator = signature.isGenerator
    self.parameters = parameters.elements
    rest = parameters.rest
    parameterNames = parameters.names.map(\.name)
    expectedArgumentCount = parameters.elements.firstIndex { $0.initializer != nil } ?? parameters.elements.count
    hasSimpleParameters = parameters.isSimple
    hasParameterExpressions = parameters.hasExpressions
    self.body = body
    self.scope = scope
    self.isStrict = isStrict
    usesArguments = uses.contains(.arguments)
    usesThis = uses.contains(.this)
    usesSuper = uses.contains(.super)
    usesNewTarget = uses.contains(.newTarget)
    hasDirectEval = uses.contains(.directEval)
    containsDirectEval = uses.contains(.containedDirectEval)
    containsWith = uses.contains(.containedWith)
    super.init(range)
  }
}

/// What is known of a function before its parameters.
struct FunctionSignature {
  var kind = FunctionKind.normal
  var position = FunctionNode.Position.expression
  var name: NameID?
  var nameRange = SourceRange(at: 0)
  var isArrow = false
  var isAsync = false
  var isGenerator = false
}

/// Parameters as parsed.
struct ParameterList {
  var elements: [PatternElement] = []
  var rest: Pattern?
  /// Bound names in order, with their places.
  var names: [Identifier] = []
  var isSimple = true
  var hasExpressions = false
}

/// What a function's code refers to.
struct FunctionUses: OptionSet {
  let rawValue: UInt8

  static let arguments = FunctionUses(rawValue: 1)
  static let this = FunctionUses(rawValue: 2)
  static let `super` = FunctionUses(rawValue: 4)
  static let newTarget = FunctionUses(rawValue: 8)
  static let directEval = FunctionUses(rawValue: 16)
  static let containedDirectEval = FunctionUses(rawValue: 32)
  static let containedWith = FunctionUses(rawValue: 64)

  /// What an arrow function takes from the function around it.
  static let lexical: FunctionUses = [.arguments, .this, .super, .newTarget]
  /// What any function passes on to the one around it.
  static let contained: FunctionUses = [.containedDirectEval, .containedWith]
}
