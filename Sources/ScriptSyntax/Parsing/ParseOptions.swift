/// Answers what is wrong with a regular expression: a sentence, and the offset in code units into the pattern; or `nil`.
public typealias RegularExpressionValidator =
  (_ pattern: StringValue, _ flags: StringValue) -> (message: String, offset: Int)?

/// How to read a script. The defaults are those of a script file; direct `eval` inherits from where it stands.
public struct ParseOptions {
  /// Levels of nesting until the parser gives up. At the default, parsing fits into a stack of 8 MB.
  public var maximumDepth = 2500
  /// Whether the text is strict mode code from the start.
  public var isStrict = false
  /// Whether `new.target` may stand outside functions of the text.
  public var allowsNewTarget = false
  /// Whether `super.x` may stand outside methods of the text.
  public var allowsSuperProperty = false
  /// Whether `super()` may stand outside constructors of the text.
  public var allowsSuperCall = false
  /// Whether `arguments` is an error, as in the initializer of a class field.
  public var forbidsArguments = false
  /// Whether `return` may stand outside functions of the text.
  public var allowsReturn = false
  /// The private names (with their `#`) of classes around the text.
  public var privateNamesInScope: Set<NameID> = []
  /// Checks the patterns of regular expression literals; without it they are taken as they come.
  public var regularExpressionValidator: RegularExpressionValidator?

  public init() {}
}
