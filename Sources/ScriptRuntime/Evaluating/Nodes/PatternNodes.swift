// Targets of assignments and bindings, destructuring included.
// https://tc39.es/ecma262/#sec-destructuring-assignment, #sec-runtime-semantics-bindinginitialization

import ScriptSyntax

/// Where a value goes.
class TargetNode {
  /// Evaluates the parts of a reference that come before the value (`object` and `key` of a member); else nothing.
  func prepare(_ frame: FramePointer) throws(Thrown) -> (Value, Value) { (.undefined, .undefined) }

  func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {}

  /// For targets without parts of their own.
  final func assign(_ value: Value, _ frame: FramePointer) throws(Thrown) {
    try assign(value, prepared: try prepare(frame), frame)
  }
}

/// A variable in the frame.
final class LocalTarget: TargetNode {
  let slot: Int

  init(slot: Int) { self.slot = slot }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    frame.pointee.slots[slot] = value
  }
}

/// Any other variable: the value is put into a slot from which `write` takes it.
final class WriteTarget: TargetNode {
  let slot: Int
  let write: ExecutableNode

  init(slot: Int, write: ExecutableNode) {
    self.slot = slot
    self.write = write
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    frame.pointee.slots[slot] = value
    _ = try write.evaluate(frame)
  }
}

/// `object.name` or `object[key]`.
final class MemberTarget: TargetNode {
  let object: ExecutableNode
  let key: ExecutableNode
  let isStrict: Bool
  let position: Int32

  init(object: ExecutableNode, key: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = object
    self.key = key
    self.isStrict = isStrict
    self.position = position
  }

  override func prepare(_ frame: FramePointer) throws(Thrown) -> (Value, Value) {
    let base = try object.evaluate(frame)
    return (base, try key.evaluate(frame))
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    frame.pointee.position = position
    try frame.pointee.realm.setElement(prepared.0, prepared.1, value, isStrict: isStrict)
  }
}

/// `super.name`, `object.#name`.
final class SpecialTarget: TargetNode {
  let receiver: ExecutableNode
  let key: ExecutableNode?
  let store: (Value, Value, Value, FramePointer) throws(Thrown) -> Void

  init(
    receiver: ExecutableNode, key: ExecutableNode?, store: @escaping (Value, Value, Value, FramePointer) throws(Thrown) -> Void
  ) {
    self.receiver = receiver
    self.key = key
    self.store = store
  }

  override func prepare(_ frame: FramePointer) throws(Thrown) -> (Value, Value) {
    let base = try receiver.evaluate(frame)
    return (base, try key?.evaluate(frame) ?? .undefined)
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    try store(prepared.0, prepared.1, value, frame)
  }
}

/// A call as a target: evaluated, then refused.
final class CallTarget: TargetNode {
  let call: ExecutableNode

  init(call: ExecutableNode) { self.call = call }

  override func prepare(_ frame: FramePointer) throws(Thrown) -> (Value, Value) {
    _ = try call.evaluate(frame)
    throw frame.pointee.realm.referenceError("Invalid left-hand side in assignment")
  }
}

/// A target with its default.
struct TargetElement {
  let target: TargetNode
  let initializer: ExecutableNode?

  /// The value or, for undefined, the default.
  @inline(__always)
  func resolved(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    guard let initializer, value.isUndefined else { return value }
    return try initializer.evaluate(frame)
  }
}

/// `{ a, b: c = 1, ...rest }`.
final class ObjectPatternTarget: TargetNode {
  struct Property {
    let key: ExecutableNode
    let element: TargetElement
  }

  let properties: [Property]
  let rest: TargetNode?
  let position: Int32

  init(properties: [Property], rest: TargetNode?, position: Int32) {
    self.properties = properties
    self.rest = rest
    self.position = position
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    try realm.checkDepth()
    if value.isNullish {
      throw frame.typeError("Cannot destructure '\(realm.describeForMessage(value))' as it is \(realm.describeForMessage(value)).", position)
    }
    var used: [PropertyKey] = []
    for property in properties {
      let key = try realm.toPropertyKey(try property.key.evaluate(frame))
      if rest != nil { used.append(key) }
      let place = try property.element.target.prepare(frame)
      frame.pointee.position = position
      let found = try realm.get(value, key)
      try property.element.target.assign(try property.element.resolved(found, frame), prepared: place, frame)
    }
    if let rest {
      let place = try rest.prepare(frame)
      let copy = realm.makeObject()
      try realm.copyDataProperties(to: copy, from: value, excluding: used)
      try rest.assign(Value(copy), prepared: place, frame)
    }
  }
}

/// `[a, , b = 1, ...rest]`.
final class ArrayPatternTarget: TargetNode {
  let elements: [TargetElement?]
  let rest: TargetNode?
  let position: Int32

  init(elements: [TargetElement?], rest: TargetNode?, position: Int32) {
    self.elements = elements
    self.rest = rest
    self.position = position
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    try realm.checkDepth()
    frame.pointee.position = position
    var iterator = try realm.iterator(of: value)
    do throws(Thrown) {
      for element in elements {
        guard let element else {
          _ = try iterator.next(realm)
          continue
        }
        let place = try element.target.prepare(frame)
        let found = try iterator.next(realm) ?? .undefined
        let resolved = try element.resolved(found, frame)
        try element.target.assign(resolved, prepared: place, frame)
      }
      if let rest {
        let place = try rest.prepare(frame)
        let array = realm.makeArray()
        while let next = try iterator.next(realm) { array.append(next, realm) }
        try rest.assign(Value(array), prepared: place, frame)
      }
    } catch {
      // An error of the iterator itself has already finished it.
      if !iterator.isDone { try iterator.closeAfterThrow(error, realm) }
      throw error
    }
    if !iterator.isDone { try iterator.close(realm) }
  }
}

/// `pattern = value` as an expression.
final class DestructuringNode: ExecutableNode {
  let target: TargetNode
  let value: ExecutableNode

  init(target: TargetNode, value: ExecutableNode) {
    self.target = target
    self.value = value
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    try target.assign(result, frame)
    return result
  }
}

/// A parameter's or declaration's binding: takes the value, applies the default, stores it.
final class BindNode: ExecutableNode {
  let element: TargetElement
  let value: ExecutableNode

  init(element: TargetElement, value: ExecutableNode) {
    self.element = element
    self.value = value
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let given = try value.evaluate(frame)
    try element.target.assign(try element.resolved(given, frame), frame)
    return .normal
  }
}
