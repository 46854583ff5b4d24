// Private names of classes: the name is a symbol that nothing else can have.

import ScriptSyntax

/// `object.#name`; the name's symbol is the value of a variable of the class.
final class PrivateRead: ExecutableNode {
  let object: ExecutableNode
  let name: ExecutableNode
  let text: String
  let position: Int32

  init(object: ExecutableNode, name: ExecutableNode, text: String, position: Int32) {
    self.object = object
    self.name = name
    self.text = text
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try read(try object.evaluate(frame), frame)
  }

  func read(_ base: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    guard case .symbol(let symbol) = try name.evaluate(frame), case .object(let reference) = base else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    let slot = reference.with { object in symbol.with { object.shape.find($0.key) } }
    guard slot >= 0, let slots = reference.with({ $0.slots }) else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    if let pair = slots[slot].accessorPair {
      guard pair.getter.isObject else { throw frame.typeError("'\(text)' was defined without a getter", position) }
      frame.pointee.position = position
      return try realm.callGetter(pair.getter, this: base)
    }
    return slots[slot]
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
      result = try operation.apply(old, try value.evaluate(frame), frame.pointee.realm)
    } else {
      result = try value.evaluate(frame)
    }
    try store(base, result, frame)
    return result
  }

  func store(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    let message = "Cannot write private member \(read.text) to an object whose class did not declare it"
    guard case .symbol(let symbol) = try read.name.evaluate(frame), case .object(let reference) = base else {
      throw frame.typeError(message, read.position)
    }
    let object = reference.cell
    let slot = object.shape.find(symbol.cell.key)
    guard slot >= 0 else { throw frame.typeError(message, read.position) }
    let flags = object.shape.flags(at: slot)
    if flags.contains(.accessor), let pair = object.slots?[slot].accessorPair {
      guard pair.setter.isObject else { throw frame.typeError("'\(read.text)' was defined without a setter", read.position) }
      frame.pointee.position = read.position
      _ = try realm.callSetter(pair.setter, this: base, result)
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
    let realm = frame.pointee.realm
    let old = try realm.toNumeric(try write.read.read(base, frame))
    let new = try realm.increment(old, by: step)
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
