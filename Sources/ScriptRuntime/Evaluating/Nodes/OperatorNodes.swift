// Operators. Two numbers are dealt with in place; everything else goes to the realm.

import ScriptSyntax

/// Two operands.
class BinaryNode: ExecutableNode {
  final let left: Operand
  final let right: Operand
  final let position: Int32

  required init(_ left: ExecutableNode, _ right: ExecutableNode, position: Int32) {
    self.left = Operand(left)
    self.right = Operand(right)
    self.position = position
  }

  /// Records the place before anything that may throw or call.
  @inline(__always)
  final func realm(_ frame: FramePointer) -> Realm {
    frame.pointee.position = position
    return frame.pointee.realm
  }
}

final class AddNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(x + y) }
    return try realm(frame).add(a, b)
  }
}

final class SubtractNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(x - y) }
    return try realm(frame).arithmetic(.subtract, a, b)
  }
}

/// `a + b - c` and the like in one node.
final class SumNode: ExecutableNode {
  private let first: Operand
  private let second: Operand
  private let third: Operand
  private let takesSecondAway: Bool
  private let takesThirdAway: Bool
  private let positions: (second: Int32, third: Int32)

  /// `sum + third` or `sum - third`; nil where `sum` is neither sum nor difference of two.
  init?(_ sum: ExecutableNode, _ third: ExecutableNode, takesThirdAway: Bool, position: Int32) {
    guard sum is AddNode || sum is SubtractNode, let sum = sum as? BinaryNode else { return nil }
    first = sum.left
    second = sum.right
    self.third = Operand(third)
    takesSecondAway = sum is SubtractNode
    self.takesThirdAway = takesThirdAway
    positions = (sum.position, position)
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try first.evaluate(frame), b = try second.evaluate(frame)
    guard case .number(let x) = a, case .number(let y) = b else {
      let total = try combine(a, b, takesSecondAway, positions.second, frame)
      return try combine(total, try third.evaluate(frame), takesThirdAway, positions.third, frame)
    }
    let total = takesSecondAway ? x - y : x + y
    let c = try third.evaluate(frame)
    guard case .number(let z) = c else { return try combine(.number(total), c, takesThirdAway, positions.third, frame) }
    return .number(takesThirdAway ? total - z : total + z)
  }

  @inline(never)
  private func combine(
    _ total: Value, _ value: Value, _ takesAway: Bool, _ position: Int32, _ frame: FramePointer
  ) throws(Thrown) -> Value {
    frame.pointee.position = position
    let realm = frame.pointee.realm
    return takesAway ? try realm.arithmetic(.subtract, total, value) : try realm.add(total, value)
  }
}

final class MultiplyNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(x * y) }
    return try realm(frame).arithmetic(.multiply, a, b)
  }
}

final class DivideNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(x / y) }
    return try realm(frame).arithmetic(.divide, a, b)
  }
}

final class RemainderNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(ArithmeticOperator.remainder(x, y)) }
    return try realm(frame).arithmetic(.remainder, a, b)
  }
}

final class ExponentiateNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(ArithmeticOperator.power(x, y)) }
    return try realm(frame).arithmetic(.exponentiate, a, b)
  }
}

final class BitAndNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(Double(Realm.int32(x) & Realm.int32(y))) }
    return try realm(frame).arithmetic(.bitAnd, a, b)
  }
}

final class BitOrNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(Double(Realm.int32(x) | Realm.int32(y))) }
    return try realm(frame).arithmetic(.bitOr, a, b)
  }
}

final class BitXorNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(Double(Realm.int32(x) ^ Realm.int32(y))) }
    return try realm(frame).arithmetic(.bitXor, a, b)
  }
}

final class ShiftLeftNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(ArithmeticOperator.shiftLeft.apply(x, y)) }
    return try realm(frame).arithmetic(.shiftLeft, a, b)
  }
}

final class ShiftRightNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return .number(ArithmeticOperator.shiftRight.apply(x, y)) }
    return try realm(frame).arithmetic(.shiftRight, a, b)
  }
}

final class ShiftRightUnsignedNode: BinaryNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b {
      return .number(ArithmeticOperator.shiftRightUnsigned.apply(x, y))
    }
    return try realm(frame).arithmetic(.shiftRightUnsigned, a, b)
  }
}

// MARK: - Comparisons

/// An operator whose result is a truth.
class ComparisonNode: BinaryNode {
  override final func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { .boolean(try evaluateBoolean(frame)) }
}

final class LessNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x < y }
    return try realm(frame).isLess(a, b, leftFirst: true) ?? false
  }
}

final class LessEqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x <= y }
    return try realm(frame).isLess(b, a, leftFirst: false) == false
  }
}

final class GreaterNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x > y }
    return try realm(frame).isLess(b, a, leftFirst: false) ?? false
  }
}

final class GreaterEqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x >= y }
    return try realm(frame).isLess(a, b, leftFirst: true) == false
  }
}

final class StrictEqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x == y }
    return Value.strictlyEqual(a, b)
  }
}

final class StrictNotEqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x != y }
    return !Value.strictlyEqual(a, b)
  }
}

final class EqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x == y }
    return try realm(frame).looselyEqual(a, b)
  }
}

final class NotEqualNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    if case .number(let x) = a, case .number(let y) = b { return x != y }
    return try !realm(frame).looselyEqual(a, b)
  }
}

final class InstanceOfNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    return try realm(frame).isInstance(a, of: b)
  }
}

final class InNode: ComparisonNode {
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let a = try left.evaluate(frame), b = try right.evaluate(frame)
    let realm = realm(frame)
    guard case .object(let reference) = b else {
      throw realm.typeError("Cannot use 'in' operator to search for \(realm.describeForMessage(a)) in \(realm.describeForMessage(b))")
    }
    return try reference.cell.hasProperty(realm.toPropertyKey(a), realm)
  }
}

// MARK: - Unary

final class NotNode: ExecutableNode {
  let operand: ExecutableNode

  init(_ operand: ExecutableNode) { self.operand = operand }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { .boolean(try !operand.evaluateBoolean(frame)) }
  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool { try !operand.evaluateBoolean(frame) }
}

/// `-x`, `+x`, `~x`.
final class UnaryNumericNode: ExecutableNode {
  let operation: UnaryOperator
  let operand: Operand
  let position: Int32

  init(_ operation: UnaryOperator, _ operand: ExecutableNode, position: Int32) {
    self.operation = operation
    self.operand = Operand(operand)
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try operand.evaluate(frame)
    if case .number(let number) = value {
      switch operation {
      case .minus: return .number(-number)
      case .bitNot: return .number(Double(~Realm.int32(number)))
      default: return value
      }
    }
    frame.pointee.position = position
    let realm = frame.pointee.realm
    switch operation {
    case .minus: return try realm.negate(value)
    case .bitNot: return try realm.bitNot(value)
    default: return .number(try realm.toNumber(value))
    }
  }
}

final class TypeOfNode: ExecutableNode {
  let operand: ExecutableNode

  init(_ operand: ExecutableNode) { self.operand = operand }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try operand.evaluate(frame)
    return Value(frame.pointee.realm.typeName(of: value))
  }
}

final class VoidNode: ExecutableNode {
  let operand: ExecutableNode

  init(_ operand: ExecutableNode) { self.operand = operand }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    _ = try operand.evaluate(frame)
    return .undefined
  }
}

// MARK: - Short circuits

/// Operands of which the later ones may not be evaluated.
class LogicalNode: ExecutableNode {
  /// All but the last.
  final let leading: NodeList
  final let last: ExecutableNode

  /// - Parameter operands: two or more.
  init(_ operands: [ExecutableNode]) {
    leading = NodeList(Array(operands.dropLast()))
    last = operands.last ?? EmptyNode()
  }
}

final class AndNode: LogicalNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var index = 0
    while index < leading.count {
      let value = try leading.evaluate(index, frame)
      if !value.isTruthy { return value }
      index &+= 1
    }
    return try last.evaluate(frame)
  }

  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    var index = 0
    while index < leading.count {
      if try !leading.evaluateBoolean(index, frame) { return false }
      index &+= 1
    }
    return try last.evaluateBoolean(frame)
  }
}

final class OrNode: LogicalNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var index = 0
    while index < leading.count {
      let value = try leading.evaluate(index, frame)
      if value.isTruthy { return value }
      index &+= 1
    }
    return try last.evaluate(frame)
  }

  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    var index = 0
    while index < leading.count {
      if try leading.evaluateBoolean(index, frame) { return true }
      index &+= 1
    }
    return try last.evaluateBoolean(frame)
  }
}

final class CoalesceNode: LogicalNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var index = 0
    while index < leading.count {
      let value = try leading.evaluate(index, frame)
      if !value.isNullish { return value }
      index &+= 1
    }
    return try last.evaluate(frame)
  }
}

final class ConditionalNode: ExecutableNode {
  let test: ExecutableNode
  let consequent: Operand
  let alternate: Operand

  init(test: ExecutableNode, consequent: ExecutableNode, alternate: ExecutableNode) {
    self.test = test
    self.consequent = Operand(consequent)
    self.alternate = Operand(alternate)
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try test.evaluateBoolean(frame) ? try consequent.evaluate(frame) : try alternate.evaluate(frame)
  }
}

final class SequenceNode: ExecutableNode {
  let leading: NodeList
  let last: ExecutableNode

  init(leading: [ExecutableNode], last: ExecutableNode) {
    self.leading = NodeList(leading)
    self.last = last
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var index = 0
    while index < leading.count {
      _ = try leading.evaluate(index, frame)
      index &+= 1
    }
    return try last.evaluate(frame)
  }
}

/// `++` and `--` on a local variable that holds a number.
final class LocalUpdate: ExecutableNode {
  let slot: Int
  let step: Double
  let isPrefix: Bool
  let position: Int32

  init(slot: Int, step: Double, isPrefix: Bool, position: Int32) {
    self.slot = slot
    self.step = step
    self.isPrefix = isPrefix
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let old = frame.pointee.slots[slot]
    if case .number(let number) = old {
      let new = Value.number(number + step)
      frame.pointee.slots[slot] = new
      return isPrefix ? new : old
    }
    frame.pointee.position = position
    let realm = frame.pointee.realm
    let numeric = try realm.toNumeric(old)
    let new = try realm.increment(numeric, by: step)
    frame.pointee.slots[slot] = new
    return isPrefix ? new : numeric
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    if case .number(let number) = frame.pointee.slots[slot] {
      frame.pointee.slots[slot] = .number(number + step)
      return .normal
    }
    _ = try evaluate(frame)
    return .normal
  }
}

/// Any other `++` and `--`: reads, adds one, hands the new value to `write`, which gets it from `slot`.
final class GeneralUpdate: ExecutableNode {
  let read: ExecutableNode
  let write: ExecutableNode
  let slot: Int
  let step: Double
  let isPrefix: Bool
  let position: Int32

  init(read: ExecutableNode, write: ExecutableNode, slot: Int, step: Double, isPrefix: Bool, position: Int32) {
    self.read = read
    self.write = write
    self.slot = slot
    self.step = step
    self.isPrefix = isPrefix
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let old = try read.evaluate(frame)
    var numeric = old
    let new: Value
    if case .number(let number) = old {
      new = .number(number + step)
    } else {
      frame.pointee.position = position
      let realm = frame.pointee.realm
      numeric = try realm.toNumeric(old)
      new = try realm.increment(numeric, by: step)
    }
    frame.pointee.slots[slot] = new
    _ = try write.evaluate(frame)
    return isPrefix ? new : numeric
  }
}
