// What the operators mean beyond two numbers.

import CRuntimeShims
import Glibc

extension Realm {
  /// https://tc39.es/ecma262/#sec-applystringornumericbinaryoperator for `+`.
  @inline(never)
  func add(_ left: Value, _ right: Value) throws(Thrown) -> Value {
    if case .number(let x) = left, case .number(let y) = right { return .number(x + y) }
    if case .string(let x) = left {
      if case .string(let y) = right { return Value(try concatenate(x.cell, y.cell)) }
      if case .number(let y) = right { return Value(try concatenate(x.cell, string(number: y))) }
    } else if case .number(let x) = left, case .string(let y) = right {
      return Value(try concatenate(string(number: x), y.cell))
    }
    let a = try toPrimitive(left), b = try toPrimitive(right)
    if a.asString != nil || b.asString != nil {
      let x = try toString(a)
      return Value(try concatenate(x, try toString(b)))
    }
    return try arithmetic(.add, a, b)
  }

  func concatenate(_ left: ScriptString, _ right: ScriptString) throws(Thrown) -> ScriptString {
    guard left.length + right.length <= ScriptString.maximumLength else { throw rangeError("Invalid string length") }
    return ScriptString.concatenate(heap: heap, left, right)
  }

  /// Arithmetic and bit operators on anything; `add` has dealt with strings.
  @inline(never)
  func arithmetic(_ operation: ArithmeticOperator, _ left: Value, _ right: Value) throws(Thrown) -> Value {
    let a = try toNumeric(left), b = try toNumeric(right)
    if case .bigInt(let x) = a, case .bigInt(let y) = b {
      return try bigIntArithmetic(operation, x.cell.value, y.cell.value)
    }
    guard case .number(let x) = a, case .number(let y) = b else {
      throw typeError("Cannot mix BigInt and other types, use explicit conversions")
    }
    return .number(operation.apply(x, y))
  }

  func bigInt(_ value: BigInteger) -> Value { .bigInt(Ref(BigIntCell(realm: self, value))) }

  private func bigIntArithmetic(_ operation: ArithmeticOperator, _ x: BigInteger, _ y: BigInteger) throws(Thrown) -> Value {
    do throws(BigIntegerError) {
      switch operation {
      case .add: return bigInt(try x.adding(y))
      case .subtract: return bigInt(try x.subtracting(y))
      case .multiply: return bigInt(try x.multiplied(by: y))
      case .divide: return bigInt(try x.divided(by: y))
      case .remainder: return bigInt(try x.remainder(dividingBy: y))
      case .exponentiate: return bigInt(try x.power(y))
      case .shiftLeft: return bigInt(try x.shiftedLeft(by: y))
      case .shiftRight: return bigInt(try x.shiftedRight(by: y))
      case .bitAnd: return bigInt(x.bitwiseAnd(y))
      case .bitOr: return bigInt(x.bitwiseOr(y))
      case .bitXor: return bigInt(x.bitwiseXor(y))
      case .shiftRightUnsigned: break
      }
    } catch {
      switch error {
      case .divisionByZero: throw rangeError("Division by zero")
      case .negativeExponent: throw rangeError("Exponent must be non-negative")
      case .tooLarge: throw rangeError("Maximum BigInt size exceeded")
      }
    }
    throw typeError("BigInts have no unsigned right shift, use >> instead")
  }

  /// Unary minus, `~`, `++`, `--` beyond numbers.
  func negate(_ value: Value) throws(Thrown) -> Value {
    switch try toNumeric(value) {
    case .number(let number): .number(-number)
    case .bigInt(let integer): bigInt(integer.cell.value.negated)
    default: .nan
    }
  }

  func bitNot(_ value: Value) throws(Thrown) -> Value {
    switch try toNumeric(value) {
    case .number(let number): .number(Double(~Realm.int32(number)))
    case .bigInt(let integer): bigInt(integer.cell.value.bitwiseNot)
    default: .nan
    }
  }

  /// `value + step` where `value` is already numeric.
  func increment(_ numeric: Value, by step: Double) throws(Thrown) -> Value {
    if case .number(let number) = numeric { return .number(number + step) }
    return try arithmetic(.add, numeric, bigInt(BigInteger(Int(step))))
  }

  // MARK: Comparison

  /// https://tc39.es/ecma262/#sec-islooselyequal
  @inline(never)
  func looselyEqual(_ left: Value, _ right: Value) throws(Thrown) -> Bool {
    switch (left, right) {
    case (.number(let x), .number(let y)): return x == y
    case (.undefined, .null), (.null, .undefined): return true
    case (.number(let x), .string(let y)): return x == Realm.number(of: y.cell)
    case (.string(let x), .number(let y)): return Realm.number(of: x.cell) == y
    case (.bigInt(let x), .string(let y)): return Realm.bigInteger(of: y.cell).map { x.cell.value == $0 } ?? false
    case (.string, .bigInt): return try looselyEqual(right, left)
    case (.boolean(let x), .boolean(let y)): return x == y
    case (.boolean(let x), _): return try looselyEqual(.number(x ? 1 : 0), right)
    case (_, .boolean(let y)): return try looselyEqual(left, .number(y ? 1 : 0))
    case (.object, .object): return Value.strictlyEqual(left, right)
    case (.object, .undefined), (.object, .null), (.undefined, .object), (.null, .object): return false
    case (.object, _): return try looselyEqual(toPrimitive(left), right)
    case (_, .object): return try looselyEqual(left, toPrimitive(right))
    case (.bigInt(let x), .number(let y)), (.number(let y), .bigInt(let x)):
      return x.cell.value.compare(y) == 0
    default: return Value.strictlyEqual(left, right)
    }
  }

  static func bigInteger(of string: ScriptString) -> BigInteger? {
    string.withUnits(latin1: { BigInteger(text: $0) }, utf16: { BigInteger(text: $0) })
  }

  /// `left < right`; nil where one of them is not a number. `leftFirst` is the order in which the operands are converted.
  @inline(never)
  func isLess(_ left: Value, _ right: Value, leftFirst: Bool) throws(Thrown) -> Bool? {
    var a = left, b = right
    if leftFirst {
      a = try toPrimitive(left, preferring: .number)
      b = try toPrimitive(right, preferring: .number)
    } else {
      b = try toPrimitive(right, preferring: .number)
      a = try toPrimitive(left, preferring: .number)
    }
    if case .string(let x) = a, case .string(let y) = b { return x.cell.isLess(than: y.cell) }
    if case .bigInt(let x) = a, case .string(let y) = b {
      guard let other = Realm.bigInteger(of: y.cell) else { return nil }
      return x.cell.value < other
    }
    if case .string(let x) = a, case .bigInt(let y) = b {
      guard let other = Realm.bigInteger(of: x.cell) else { return nil }
      return other < y.cell.value
    }
    let x = try toNumeric(a), y = try toNumeric(b)
    switch (x, y) {
    case (.number(let x), .number(let y)): return x.isNaN || y.isNaN ? nil : x < y
    case (.bigInt(let x), .bigInt(let y)): return x.cell.value < y.cell.value
    case (.bigInt(let x), .number(let y)):
      return x.cell.value.compare(y).map { $0 < 0 }
    case (.number(let x), .bigInt(let y)):
      return y.cell.value.compare(x).map { $0 > 0 }
    default: return nil
    }
  }

  // MARK: Objects

  /// https://tc39.es/ecma262/#sec-instanceofoperator
  func isInstance(_ value: Value, of target: Value) throws(Thrown) -> Bool {
    guard case .object(let reference) = target else {
      throw typeError("Right-hand side of 'instanceof' is not an object")
    }
    let handler = try get(target, .hasInstanceSymbol)
    if !handler.isNullish {
      if case .object(let function) = handler, function.cell === hasInstanceFunction {
        return try ordinaryHasInstance(reference.cell, value)
      }
      return try call(handler, this: target, [value]).isTruthy
    }
    guard reference.cell.isCallable else { throw typeError("Right-hand side of 'instanceof' is not callable") }
    return try ordinaryHasInstance(reference.cell, value)
  }

  /// https://tc39.es/ecma262/#sec-ordinaryhasinstance
  func ordinaryHasInstance(_ constructor: ScriptObject, _ value: Value) throws(Thrown) -> Bool {
    guard constructor.isCallable else { return false }
    if constructor.kind == .boundFunction {
      try checkDepth()
      let target = unsafeDowncast(constructor, to: BoundFunction.self).target.cell
      return try isInstance(value, of: Value(target))
    }
    guard case .object(let reference) = value else { return false }
    guard case .object(let prototype) = try constructor.get(.prototype, receiver: Value(constructor), self) else {
      throw typeError("Function has non-object prototype in instanceof check")
    }
    var object = try reference.cell.getPrototype(self)
    while let ancestor = object {
      if ancestor === prototype.cell { return true }
      try safePoint()
      object = try ancestor.getPrototype(self)
    }
    return false
  }

  /// https://tc39.es/ecma262/#sec-typeof-operator
  func typeName(of value: Value) -> ScriptString {
    let name: WellKnownName =
      switch value {
      case .undefined, .empty, .internal: .undefined_
      case .null: .object
      case .boolean: .boolean
      case .number: .number
      case .string: .string
      case .symbol: .symbol
      case .bigInt: .bigint
      case .object(let reference): reference.cell.isCallable ? .function : .object
      }
    return keys.text(of: .known(name))
  }
}

/// Operators on two numbers.
enum ArithmeticOperator {
  case add, subtract, multiply, divide, remainder, exponentiate
  case shiftLeft, shiftRight, shiftRightUnsigned, bitAnd, bitOr, bitXor

  @inline(__always)
  func apply(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .remainder: ArithmeticOperator.remainder(x, y)
    case .exponentiate: ArithmeticOperator.power(x, y)
    case .shiftLeft: Double(Realm.int32(x) &<< (Realm.int32(y) & 31))
    case .shiftRight: Double(Realm.int32(x) &>> (Realm.int32(y) & 31))
    case .shiftRightUnsigned: Double(UInt32(bitPattern: Realm.int32(x)) &>> (UInt32(bitPattern: Realm.int32(y)) & 31))
    case .bitAnd: Double(Realm.int32(x) & Realm.int32(y))
    case .bitOr: Double(Realm.int32(x) | Realm.int32(y))
    case .bitXor: Double(Realm.int32(x) ^ Realm.int32(y))
    }
  }

  /// The same, quicker for what assignments mostly do.
  @inline(__always)
  func applyCommon(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    default: applyAny(x, y)
    }
  }

  @inline(never)
  private func applyAny(_ x: Double, _ y: Double) -> Double { apply(x, y) }

  /// fmod, by integers where both are small ones. -0 is none of those: it stays what it is.
  @inline(__always)
  static func remainder(_ x: Double, _ y: Double) -> Double {
    let a = runtime_clamped_integer_part(x), b = runtime_clamped_integer_part(y)
    if Double(a) == x, Double(b) == y, x.bitPattern >> 63 == 0, b > 0 {
      // Division of 32-bit numbers is several times quicker.
      if (a | b) >> 32 == 0 { return Double(UInt32(truncatingIfNeeded: a) % UInt32(truncatingIfNeeded: b)) }
      return Double(a % b)
    }
    return fmod(x, y)
  }

  /// https://tc39.es/ecma262/#sec-numeric-types-number-exponentiate
  static func power(_ x: Double, _ y: Double) -> Double {
    if y.isNaN { return .nan }
    if y == 0 { return 1 }
    if y == 2 { return x * x }
    if (x == 1 || x == -1) && y.isInfinite { return .nan }
    return pow(x, y)
  }
}
