// Private names of classes: the name is a symbol that nothing else can have.

import ScriptSyntax

/// `object.#name`; the name's symbol is the value of a variable of the class.
final class PrivateRead: ExecutableNode {
  let object: Operand
  let name: ExecutableNode
  let text: String
  let position: Int32
  // Where objects of one shape have the private name with this key.
  private var cachedKey: PropertyKey?
  private var cachedAddress: UnsafeRawPointer?
  private var cachedSlot = 0
  // Keeps the shape's address from being used again.
  private var cachedShape: Shape?

  init(object: ExecutableNode, name: ExecutableNode, text: String, position: Int32) {
    self.object = Operand(object)
    self.name = name
    self.text = text
    self.position = position
  }

  /// The slot of the private name, or -1.
  @inline(__always)
  func find(_ key: PropertyKey, in object: ScriptObject) -> Int {
    if object.shapeAddress == cachedAddress, key == cachedKey { return cachedSlot }
    return findSlowly(key, object)
  }

  @inline(never)
  private func findSlowly(_ key: PropertyKey, _ object: ScriptObject) -> Int {
    let shape = object.shape
    let slot = shape.find(key)
    if slot >= 0, !shape.isUnique {
      cachedKey = key
      cachedAddress = object.shapeAddress
      cachedSlot = slot
      cachedShape = shape
    }
    return slot
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try read(try object.evaluate(frame), frame)
  }

  func read(_ base: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    guard case .symbol(let symbol) = try name.evaluate(frame), case .object(let reference) = base else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    let slot = reference.with { find(symbol.with { $0.key }, in: $0) }
    guard slot >= 0, let slots = reference.with({ $0.slots }) else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    let value = slots[slot]
    guard case .internal = value else { return value }
    if let pair = value.accessorPair {
      guard pair.getter.isObject else { throw frame.typeError("'\(text)' was defined without a getter", position) }
      frame.pointee.position = position
      return try frame.pointee.realm.callGetter(pair.getter, this: base)
    }
    return value
  }
}

/// `object.#name = value`, `object.#name op= value`.
final class PrivateWrite: ExecutableNode {
  let read: PrivateRead
  let operation: CompoundOperation?
  let value: ExecutableNode

  init(read: PrivateRead, operation: CompoundOperation?, value: ExecutableNode) {
    self.read = read
    self.operation = operation
    self.value = value
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    var result: Value
    if let operation {
      let old = try read.read(base, frame)
      if operation.stops(at: old) { return old }
      let operand = try value.evaluate(frame)
      if case .number(let x) = old, case .number(let y) = operand, case .arithmetic(let arithmetic) = operation {
        result = .number(arithmetic.apply(x, y))
      } else {
        result = try operation.apply(old, operand, frame.pointee.realm)
      }
    } else {
      result = try value.evaluate(frame)
    }
    try store(base, result, frame)
    return result
  }

  func store(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    guard case .symbol(let symbol) = try read.name.evaluate(frame), case .object(let reference) = base else {
      throw undeclared(frame)
    }
    let slot = reference.with { read.find(symbol.with { $0.key }, in: $0) }
    guard slot >= 0 else { throw undeclared(frame) }
    let flags = reference.with { $0.withShape { $0.flags(at: slot) } }
    if flags == .writable {
      reference.with { $0.slots?[slot] = result }
      return
    }
    try storeSlowly(reference.cell, slot, flags, result, frame)
  }

  @inline(never)
  private func undeclared(_ frame: FramePointer) -> Thrown {
    frame.typeError("Cannot write private member \(read.text) to an object whose class did not declare it", read.position)
  }

  @inline(never)
  private func storeSlowly(
    _ object: ScriptObject, _ slot: Int, _ flags: PropertyFlags, _ result: Value, _ frame: FramePointer
  ) throws(Thrown) {
    if flags.contains(.accessor), let pair = object.slots?[slot].accessorPair {
      guard pair.setter.isObject else { throw frame.typeError("'\(read.text)' was defined without a setter", read.position) }
      frame.pointee.position = read.position
      _ = try frame.pointee.realm.callSetter(pair.setter, this: Value(object), result)
    } else if flags.contains(.writable) {
      object.slots?[slot] = result
    } else {
      throw frame.typeError("Private method '\(read.text)' is not writable", read.position)
    }
  }
}

/// `object.#name++` and the like.
final class PrivateUpdate: ExecutableNode {
  let write: PrivateWrite
  let step: Double
  let isPrefix: Bool

  init(write: PrivateWrite, step: Double, isPrefix: Bool) {
    self.write = write
    self.step = step
    self.isPrefix = isPrefix
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try write.read.object.evaluate(frame)
    var old = try write.read.read(base, frame)
    let new: Value
    if case .number(let number) = old {
      new = .number(number + step)
    } else {
      let realm = frame.pointee.realm
      old = try realm.toNumeric(old)
      new = try realm.increment(old, by: step)
    }
    try write.store(base, new, frame)
    return isPrefix ? new : old
  }
}

/// `#name in object`.
final class PrivateInNode: ExecutableNode {
  let name: ExecutableNode
  let object: ExecutableNode
  let position: Int32

  init(name: ExecutableNode, object: ExecutableNode, position: Int32) {
    self.name = name
    self.object = object
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    guard case .object(let reference) = try object.evaluate(frame) else {
      throw frame.typeError("Cannot use 'in' operator to search for a private name in what is no object", position)
    }
    guard case .symbol(let symbol) = try name.evaluate(frame) else { return .boolean(false) }
    return .boolean(reference.cell.shape.find(symbol.cell.key) >= 0)
  }
}
