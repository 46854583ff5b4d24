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
      let position = Realm.elementIndex(number)
      if position >= 0 {
        let element: Value
        if reference.with({ $0.kind == .typedArray }) {
          element = reference.reinterpreted(as: TypedArrayObject.self).with { $0.element(position) }
        } else {
          element = reference.with { $0.denseElement(position) }
        }
        if !element.isEmpty { return element }
      }
    }
    return try readSlowly(base, index, frame)
  }

  @inline(never)
  private func readSlowly(_ base: Value, _ index: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    if case .object(let object) = base, case .string(let name) = index, name.with({ $0.cachedKey != UInt32.max }) {
      // An own, plain property under a key that has been interned.
      let key = PropertyKey(raw: name.with { $0.cachedKey })
      let value = object.with { object -> Value in
        guard !object.isExotic, !key.isIndex else { return .empty }
        let slot = object.shape.find(key)
        guard slot >= 0, let slots = object.slots, !object.shape.flags(at: slot).contains(.accessor) else { return .empty }
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
    let realm = frame.pointee.realm
    if realm.setElementQuickly(base, index, result) { return result }
    frame.pointee.position = position
    try realm.setElement(base, index, result, isStrict: isStrict)
    return result
  }
}

/// `object[key] op= value`.
final class ElementCompound: ExecutableNode {
  let read: ElementRead
  let operation: CompoundOperation
  let value: Operand
  let isStrict: Bool

  init(read: ElementRead, operation: CompoundOperation, value: ExecutableNode, isStrict: Bool) {
    self.read = read
    self.operation = operation
    self.value = Operand(value)
    self.isStrict = isStrict
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    let realm = frame.pointee.realm
    let index = try realm.keyValue(base, try read.key.evaluate(frame), read, frame)
    let old = try read.read(base, index, frame)
    if operation.stops(at: old) { return old }
    let operand = try value.evaluate(frame)
    frame.pointee.position = read.position
    let result = try operation.apply(old, operand, realm)
    if !realm.setElementQuickly(base, index, result) { try realm.setElement(base, index, result, isStrict: isStrict) }
    return result
  }
}

extension Realm {
  /// A computed key that is used twice is converted once.
  @inline(__always)
  func keyValue(_ base: Value, _ index: Value, _ node: ElementRead, _ frame: FramePointer) throws(Thrown) -> Value {
    guard index.isObject else { return index }
    if base.isNullish { return index }
    frame.pointee.position = node.position
    return value(of: try toPropertyKey(index))
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
    let realm = frame.pointee.realm
    let index = try realm.keyValue(base, try read.key.evaluate(frame), read, frame)
    let old = try realm.toNumeric(try read.read(base, index, frame))
    let new = try realm.increment(old, by: step)
    if !realm.setElementQuickly(base, index, new) { try realm.setElement(base, index, new, isStrict: isStrict) }
    return isPrefix ? new : old
  }
}
