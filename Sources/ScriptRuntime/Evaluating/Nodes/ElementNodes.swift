// Properties by computed key, with quick paths for arrays, typed arrays and strings.

import ScriptSyntax

/// `object[key]`.
final class ElementRead: ExecutableNode {
  let object: Operand
  let key: Operand
  let position: Int32
  let objectText: String

  init(object: ExecutableNode, key: ExecutableNode, position: Int32, objectText: String) {
    self.object = Operand(object)
    self.key = Operand(key)
    self.position = position
    self.objectText = objectText
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    return try read(base, try key.evaluate(frame), frame)
  }

  @inline(__always)
  func read(_ base: Value, _ index: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = base, case .number(let number) = index {
      let element = ElementRead.element(of: reference, number)
      if !element.isEmpty { return element }
    }
    return try readSlowly(base, index, frame)
  }

  /// A plain element or one of a typed array; `.empty` where it takes more to find it.
  @inline(__always)
  static func element(of reference: Ref<ScriptObject>, _ number: Double) -> Value {
    let position = Realm.elementIndex(number)
    if reference.with({ $0.kind == .typedArray }) {
      return reference.reinterpreted(as: TypedArrayObject.self).with { $0.element(position) }
    }
    return reference.with { $0.denseElement(position) }
  }

  @inline(never)
  private func readSlowly(_ base: Value, _ index: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    frame.pointee.position = position
    let realm = frame.pointee.realm
    if case .object(let object) = base, case .string(let name) = index {
      // An own, plain property.
      let key = name.with { realm.keys.key(for: $0) }
      let value = object.with { object -> Value in
        guard !object.isExotic, !key.isIndex else { return .empty }
        let slot = object.withShape { $0.find(key) }
        guard slot >= 0, let slots = object.slots else { return .empty }
        if case .internal = slots[slot] { return .empty }
        return slots[slot]
      }
      if !value.isEmpty { return value }
    }
    if case .string(let string) = base, case .number(let number) = index, number >= 0, number < Double(string.cell.length) {
      let position = Int(number)
      if Double(position) == number { return Value(realm.unitString(string.cell.unit(at: position))) }
    }
    if base.isNullish {
      let text = index.isObject ? "" : " (reading '\(index.asString?.text ?? realm.describeForMessage(index))')"
      throw realm.typeError(
        "Cannot read properties of \(realm.describeForMessage(base))\(text)"
          + (objectText.isEmpty ? "" : ": \(objectText) is \(realm.describeForMessage(base))"))
    }
    return try realm.get(base, realm.toPropertyKey(index))
  }
}

/// `object[key]` of two local variables.
final class LocalElementRead: ExecutableNode {
  private let objectSlot: Int
  private let keySlot: Int
  private let general: ElementRead

  /// Nil where the operands are no local variables.
  init?(_ general: ElementRead) {
    guard general.object.slot >= 0, general.key.slot >= 0 else { return nil }
    objectSlot = general.object.slot
    keySlot = general.key.slot
    self.general = general
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = frame.pointee.slots[objectSlot], case .number(let number) = frame.pointee.slots[keySlot] {
      let element = ElementRead.element(of: reference, number)
      if !element.isEmpty { return element }
    }
    return try general.evaluate(frame)
  }
}

/// `object[key] = value`.
final class ElementWrite: ExecutableNode {
  let object: Operand
  let key: Operand
  let value: Operand
  let isStrict: Bool
  let position: Int32

  init(object: ExecutableNode, key: ExecutableNode, value: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = Operand(object)
    self.key = Operand(key)
    self.value = Operand(value)
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let index = try key.evaluate(frame)
    let result = try value.evaluate(frame)
    if frame.setElementQuickly(base, index, result) { return result }
    try frame.setElement(base, index, result, isStrict: isStrict, position)
    return result
  }
}

/// `object[key] op= value`.
final class ElementCompound: ExecutableNode {
  let read: ElementRead
  let operation: CompoundOperation
  /// Nil for logical assignments.
  private let arithmetic: ArithmeticOperator?
  let value: Operand
  let isStrict: Bool

  init(read: ElementRead, operation: CompoundOperation, value: ExecutableNode, isStrict: Bool) {
    self.read = read
    self.operation = operation
    arithmetic = operation.arithmeticOperator
    self.value = Operand(value)
    self.isStrict = isStrict
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    var index = try read.key.evaluate(frame)
    if index.isObject { index = try frame.keyValue(base, index, read.position) }
    let old = try read.read(base, index, frame)
    if arithmetic == nil, operation.stops(at: old) { return old }
    let operand = try value.evaluate(frame)
    let result: Value
    if case .number(let x) = old, case .number(let y) = operand, let arithmetic {
      result = .number(arithmetic.applyCommon(x, y))
    } else {
      frame.pointee.position = read.position
      result = try operation.apply(old, operand, frame.pointee.realm)
    }
    if !frame.setElementQuickly(base, index, result) {
      try frame.setElement(base, index, result, isStrict: isStrict, read.position)
    }
    return result
  }
}

extension FramePointer {
  /// A computed key that is used twice is converted once.
  @inline(never)
  fileprivate func keyValue(_ base: Value, _ index: Value, _ position: Int32) throws(Thrown) -> Value {
    if base.isNullish { return index }
    pointee.position = position
    let realm = pointee.realm
    return realm.value(of: try realm.toPropertyKey(index))
  }

  /// `base[index] = value` in general.
  @inline(never)
  fileprivate func setElement(
    _ base: Value, _ index: Value, _ value: Value, isStrict: Bool, _ position: Int32
  ) throws(Thrown) {
    pointee.position = position
    try pointee.realm.setElement(base, index, value, isStrict: isStrict)
  }
}

/// `object[key]++` and the like.
final class ElementUpdate: ExecutableNode {
  let read: ElementRead
  let step: Double
  let isPrefix: Bool
  let isStrict: Bool

  init(read: ElementRead, step: Double, isPrefix: Bool, isStrict: Bool) {
    self.read = read
    self.step = step
    self.isPrefix = isPrefix
    self.isStrict = isStrict
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    var index = try read.key.evaluate(frame)
    if index.isObject { index = try frame.keyValue(base, index, read.position) }
    var old = try read.read(base, index, frame)
    let new: Value
    if case .number(let number) = old {
      new = .number(number + step)
    } else {
      let realm = frame.pointee.realm
      old = try realm.toNumeric(old)
      new = try realm.increment(old, by: step)
    }
    if !frame.setElementQuickly(base, index, new) {
      try frame.setElement(base, index, new, isStrict: isStrict, read.position)
    }
    return isPrefix ? new : old
  }
}
