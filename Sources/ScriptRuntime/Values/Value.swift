// The values of the language.

/// A script value: 16 bytes, copied without reference counting.
@frozen @safe
public enum Value: BitwiseCopyable, @unchecked Sendable {
  case undefined
  case null
  case boolean(Bool)
  case number(Double)
  case string(Ref<ScriptString>)
  case symbol(Ref<Symbol>)
  case bigInt(Ref<BigIntCell>)
  case object(Ref<ScriptObject>)
  /// A cell that scripts never see: the pair of an accessor property and the like.
  case `internal`(Ref<HeapCell>)
  /// No value at all: a binding before its initialisation, a hole in an array, a property that was not found.
  case empty
}

extension Value {
  @inlinable @inline(__always)
  public init(_ object: ScriptObject) { self = .object(Ref(object)) }

  @inlinable @inline(__always)
  public init(_ string: ScriptString) { self = .string(Ref(string)) }

  @inlinable @inline(__always)
  public init(_ number: Int) { self = .number(Double(number)) }

  @inlinable @inline(__always)
  public init(_ flag: Bool) { self = .boolean(flag) }

  @inlinable public static var nan: Value { .number(.nan) }

  @inlinable @inline(__always)
  public var isUndefined: Bool { if case .undefined = self { true } else { false } }

  @inlinable @inline(__always)
  public var isNullish: Bool {
    switch self {
    case .undefined, .null: true
    default: false
    }
  }

  @inlinable @inline(__always)
  public var isEmpty: Bool { if case .empty = self { true } else { false } }

  @inlinable @inline(__always)
  public var isObject: Bool { if case .object = self { true } else { false } }

  @inlinable @inline(__always)
  public var asObject: ScriptObject? { if case .object(let reference) = self { reference.cell } else { nil } }

  @inlinable @inline(__always)
  public var asString: ScriptString? { if case .string(let reference) = self { reference.cell } else { nil } }

  @inlinable @inline(__always)
  public var asNumber: Double? { if case .number(let number) = self { number } else { nil } }

  /// The function behind a value that can be called, else nil.
  public var asCallable: ScriptObject? {
    guard case .object(let reference) = self, reference.cell.isCallable else { return nil }
    return reference.cell
  }

  /// `undefined` in place of "no value".
  @inlinable @inline(__always)
  var orUndefined: Value { isEmpty ? .undefined : self }
}

/// A value thrown by a script, or the end of the run. The only error that the interpreter's functions throw.
///
/// A run that is ended from outside (time, memory, an interrupt) travels as `.empty`, which no `catch` clause and no
/// `finally` block sees; the reason is kept in `Realm.termination`.
@frozen
public struct Thrown: Error, BitwiseCopyable {
  public let value: Value

  @inlinable public init(_ value: Value) { self.value = value }

  @inlinable public var isTermination: Bool { value.isEmpty }
}

/// A unique symbol.
public final class Symbol: HeapCell {
  /// Nil for `Symbol()`.
  public let descriptionText: ScriptString?
  public let key: PropertyKey
  /// The key under which `Symbol.for` found it, if any.
  let isRegistered: Bool

  init(realm: Realm, description: ScriptString?, isRegistered: Bool = false, isPrivate: Bool = false) {
    descriptionText = description
    self.isRegistered = isRegistered
    key = realm.keys.makeSymbolKey(isPrivate: isPrivate)
    super.init(heap: realm.heap)
    realm.keys.setSymbol(self, for: key)
  }
}

/// The memory of a BigInt.
public final class BigIntCell: HeapCell {
  let value: BigInteger

  init(realm: Realm, _ value: BigInteger) {
    self.value = value
    super.init(heap: realm.heap)
  }
}
