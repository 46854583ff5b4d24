// https://tc39.es/ecma262/#sec-primary-expression

/// The UTF-16 code units of a string in a script, one byte each where all are below 256. Scripts may hold lone surrogates.
public enum StringValue: Hashable, Sendable {
  case latin1([UInt8])
  /// At least one unit is above 255.
  case utf16([UInt16])

  /// The length in code units.
  public var count: Int {
    switch self {
    case .latin1(let units): units.count
    case .utf16(let units): units.count
    }
  }

  /// The text for messages; lone surrogates become U+FFFD.
  public var description: String {
    switch self {
    case .latin1(let units): String(decoding: units.map(UInt16.init), as: UTF16.self)
    case .utf16(let units): String(decoding: units, as: UTF16.self)
    }
  }
}

public final class NullLiteral: Node {}

public final class BooleanLiteral: Node {
  public let value: Bool

  init(_ range: SourceRange, value: Bool) {
    self.value = value
    super.init(range)
  }
}

public final class NumberLiteral: Node {
  public let value: Double

  init(_ range: SourceRange, value: Double) {
    self.value = value
    super.init(range)
  }
}

/// `12n`, `0xFFn`.
public final class BigIntLiteral: Node {
  public let value: BigIntDigits

  init(_ range: SourceRange, value: BigIntDigits) {
    self.value = value
    super.init(range)
  }
}

/// The digits of a BigInt as written, without prefix, separators and `n`.
public struct BigIntDigits: Hashable, Sendable {
  /// 2, 8, 10 or 16.
  public let radix: Int
  /// ASCII digits, most significant first; hexadecimal ones in either case.
  public let digits: [UInt8]

  init(radix: Int, digits: [UInt8]) {
    self.radix = radix
    self.digits = digits
  }
}

public final class StringLiteral: Node {
  public let value: StringValue

  init(_ range: SourceRange, value: StringValue) {
    self.value = value
    super.init(range)
  }
}

/// `/pattern/flags`. The flags are known to be valid; the pattern is if `ParseOptions.regularExpressionValidator` was given.
public final class RegularExpressionLiteral: Node {
  public let pattern: StringValue
  public let flags: StringValue

  init(_ range: SourceRange, pattern: StringValue, flags: StringValue) {
    self.pattern = pattern
    self.flags = flags
    super.init(range)
  }
}

/// A stretch of literal text in a template.
public struct TemplateElement {
  /// `nil` where an escape is invalid, which tagged templates allow.
  public let cooked: StringValue?
  public let raw: StringValue
  public let range: SourceRange
}

/// `` `a${b}c` ``: one element more than there are expressions.
public final class TemplateLiteral: Node {
  public let elements: [TemplateElement]
  public let expressions: [Expression]

  init(_ range: SourceRange, elements: [TemplateElement], expressions: [Expression]) {
    self.elements = elements
    self.expressions = expressions
    super.init(range)
  }
}

/// `` tag`template` ``. The tag supplies `this` as the callee of a call does.
public final class TaggedTemplateExpression: Node {
  public let tag: Expression
  public let template: TemplateLiteral

  init(_ range: SourceRange, tag: Expression, template: TemplateLiteral) {
    self.tag = tag
    self.template = template
    super.init(range)
  }
}

/// `[a, , ...b]`.
public final class ArrayLiteral: Node {
  public let elements: [ListElement]

  init(_ range: SourceRange, elements: [ListElement]) {
    self.elements = elements
    super.init(range)
  }
}

/// The key of a property in an object literal, pattern or class.
public struct PropertyName {
  public enum Kind {
    /// `name: …`, also keywords.
    case named(NameID)
    /// `"text": …`
    case string(StringValue)
    /// `1.5: …`; the key is the number converted to a string.
    case number(Double)
    /// `1n: …`; the key is the integer in decimal.
    case bigInt(BigIntDigits)
    /// `[expression]: …`
    case computed(Expression)
    /// `#name`, with its `#`; in classes only.
    case `private`(NameID)
  }

  public let kind: Kind
  /// Includes the brackets of a computed name.
  public let range: SourceRange
}

/// `{ a: 1, b, get c() {}, ...d }`.
public final class ObjectLiteral: Node {
  public let properties: [Property]

  init(_ range: SourceRange, properties: [Property]) {
    self.properties = properties
    super.init(range)
  }
}

/// One entry of an object literal.
public enum Property {
  /// `key: value`, or `name` for short.
  case value(ValueProperty)
  /// `key() {}`, `get key() {}`, `set key(v) {}`; which one says `MethodProperty.kind`.
  case method(MethodProperty)
  /// `...expression`.
  case spread(Expression)
}

public final class ValueProperty: Node {
  public let key: PropertyName
  public let value: Expression
  /// `{ name }`.
  public let isShorthand: Bool
  /// `__proto__: value`, which sets the prototype instead of a property.
  public let isPrototypeSetter: Bool
  /// The default of `{ name = 1 }`, which only a pattern can have; never set in a finished tree.
  let coverInitializer: Expression?

  init(
    _ range: SourceRange, key: PropertyName, value: Expression, isShorthand: Bool, isPrototypeSetter: Bool,
    coverInitializer: Expression? = nil
  ) {
    self.key = key
    self.value = value
    self.isShorthand = isShorthand
    self.isPrototypeSetter = isPrototypeSetter
    self.coverInitializer = coverInitializer
    super.init(range)
  }
}

public final class MethodProperty: Node {
  public let key: PropertyName
  public let kind: MethodKind
  public let function: FunctionNode

  init(_ range: SourceRange, key: PropertyName, kind: MethodKind, function: FunctionNode) {
    self.key = key
    self.kind = kind
    self.function = function
    super.init(range)
  }
}

/// How a method of an object or class is defined.
public enum MethodKind: UInt8, Sendable {
  case method, getter, setter
}
