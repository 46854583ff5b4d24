// Nodes that the lowering puts between others.

import ScriptSyntax

/// An expression statement, or a declaration: its value is dropped.
final class EffectNode: ExecutableNode {
  let expression: ExecutableNode

  init(_ expression: ExecutableNode) { self.expression = expression }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { try expression.evaluate(frame) }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    _ = try expression.evaluate(frame)
    return .normal
  }
}

/// Stands between the levels of a deep tree, lest evaluating it use up the stack.
final class DepthCheckNode: ExecutableNode {
  let node: ExecutableNode

  init(_ node: ExecutableNode) { self.node = node }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try frame.pointee.realm.checkDepth()
    return try node.evaluate(frame)
  }

  override func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    try frame.pointee.realm.checkDepth()
    return try node.evaluateBoolean(frame)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    try frame.pointee.realm.checkDepth()
    return try node.execute(frame)
  }
}

/// A temporary of the lowering's own.
final class SlotNode: ExecutableNode {
  let slot: Int

  init(slot: Int) { self.slot = slot }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { frame.pointee.slots[slot] }
  override var localSlot: Int { slot }
}

/// `a + b + c + …` in a loop.
final class BinaryChainNode: ExecutableNode {
  let first: ExecutableNode
  let slot: Int
  let links: [ExecutableNode]

  init(first: ExecutableNode, slot: Int, links: [ExecutableNode]) {
    self.first = first
    self.slot = slot
    self.links = links
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var value = try first.evaluate(frame)
    for link in links {
      frame.pointee.slots[slot] = value
      value = try link.evaluate(frame)
    }
    return value
  }
}

/// Assignment to a local variable that may be in its dead zone.
final class CheckedLocalWrite: ExecutableNode {
  let slot: Int
  let value: ExecutableNode
  let name: NameID
  let position: Int32

  init(slot: Int, value: ExecutableNode, name: NameID, position: Int32) {
    self.slot = slot
    self.value = value
    self.name = name
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    if frame.pointee.slots[slot].isEmpty { throw frame.deadZone(name, position) }
    frame.pointee.slots[slot] = result
    return result
  }
}

/// A computed key, converted where it stands.
final class PropertyKeyNode: ExecutableNode {
  let value: ExecutableNode
  let position: Int32

  init(_ value: ExecutableNode, position: Int32) {
    self.value = value
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let given = try value.evaluate(frame)
    guard given.isObject else { return given }
    frame.pointee.position = position
    let realm = frame.pointee.realm
    return realm.value(of: try realm.toPropertyKey(given))
  }
}

/// A call whose callee is inside an optional chain and may have stopped.
final class StoppableCall: ExecutableNode {
  let call: CallNode

  init(_ call: CallNode) { self.call = call }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let function = try call.callee.evaluate(frame)
    if function.isEmpty || (call.isOptional && function.isNullish) { return .empty }
    let realm = frame.pointee.realm
    let base = realm.stackPointer
    defer { realm.stackPointer = base }
    let count = try call.arguments.push(frame)
    frame.pointee.position = call.position
    guard case .object(let reference) = function, reference.cell.isCallable else {
      throw realm.notAFunction(function, call.calleeText)
    }
    return try realm.callOnStack(reference, this: .undefined, base: base, count: count)
  }
}

/// `f() = 1`: allowed by the grammar, an error when reached.
final class CallAssignmentNode: ExecutableNode {
  let call: ExecutableNode
  let position: Int32

  init(_ call: ExecutableNode, position: Int32) {
    self.call = call
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    _ = try call.evaluate(frame)
    frame.pointee.position = position
    throw frame.pointee.realm.referenceError("Invalid left-hand side in assignment")
  }
}

/// `delete super.x`
final class SuperDeleteNode: ExecutableNode {
  let read: SuperRead
  let position: Int32

  init(_ read: SuperRead, position: Int32) {
    self.read = read
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    _ = try read.this.evaluate(frame)
    _ = try read.key.evaluate(frame)
    frame.pointee.position = position
    throw frame.pointee.realm.referenceError("Unsupported reference to 'super'")
  }
}

// MARK: - with

extension FramePointer {
  /// The object of a `with` statement `depth` scopes out, if it has the name and does not hide it.
  func withObject(_ depth: Int, _ key: PropertyKey) throws(Thrown) -> ScriptObject? {
    guard let scope = scopeCell(depth), case .object(let reference) = scope.withObject else { return nil }
    let object = reference.cell
    let realm = pointee.realm
    guard try object.hasProperty(key, realm) else { return nil }
    if case .object(let hidden) = try object.get(.unscopablesSymbol, receiver: Value(object), realm),
      try hidden.cell.get(key, receiver: .object(hidden), realm).isTruthy
    {
      return nil
    }
    return object
  }
}

/// A name read inside `with`.
final class WithRead: ExecutableNode {
  let depths: [Int]
  let key: PropertyKey
  let otherwise: ExecutableNode

  init(depths: [Int], key: PropertyKey, otherwise: ExecutableNode) {
    self.depths = depths
    self.key = key
    self.otherwise = otherwise
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    for depth in depths {
      if let object = try frame.withObject(depth, key) {
        return try object.get(key, receiver: Value(object), frame.pointee.realm)
      }
    }
    return try otherwise.evaluate(frame)
  }
}

/// A function named inside `with`: the object becomes `this`.
final class WithCallee: ExecutableNode {
  let depths: [Int]
  let key: PropertyKey
  let slot: Int
  let otherwise: ExecutableNode

  init(depths: [Int], key: PropertyKey, slot: Int, otherwise: ExecutableNode) {
    self.depths = depths
    self.key = key
    self.slot = slot
    self.otherwise = otherwise
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    for depth in depths {
      if let object = try frame.withObject(depth, key) {
        let isVariable = frame.scopeCell(depth)?.holdsEvalVariables ?? false
        frame.pointee.slots[slot] = isVariable ? .undefined : Value(object)
        return try object.get(key, receiver: Value(object), frame.pointee.realm)
      }
    }
    frame.pointee.slots[slot] = .undefined
    return try otherwise.evaluate(frame)
  }
}

/// A name assigned inside `with`.
final class WithWrite: ExecutableNode {
  let depths: [Int]
  let key: PropertyKey
  let value: ExecutableNode
  let isStrict: Bool
  let slot: Int
  private let otherwise: ExecutableNode

  init(
    depths: [Int], key: PropertyKey, value: ExecutableNode, isStrict: Bool, otherwise: (ExecutableNode) -> ExecutableNode, slot: Int
  ) {
    self.depths = depths
    self.key = key
    self.value = value
    self.isStrict = isStrict
    self.slot = slot
    self.otherwise = otherwise(SlotNode(slot: slot))
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    for depth in depths {
      if let object = try frame.withObject(depth, key) {
        let result = try value.evaluate(frame)
        try frame.pointee.realm.set(object, key, result, isStrict: isStrict)
        return result
      }
    }
    frame.pointee.slots[slot] = try value.evaluate(frame)
    return try otherwise.evaluate(frame)
  }
}

/// `delete name` in sloppy code.
final class DeleteNameNode: ExecutableNode {
  let depths: [Int]
  let key: PropertyKey
  let isDeclared: Bool

  init(depths: [Int], key: PropertyKey, isDeclared: Bool = false) {
    self.depths = depths
    self.key = key
    self.isDeclared = isDeclared
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    for depth in depths {
      if let object = try frame.withObject(depth, key) { return .boolean(try object.delete(key, realm)) }
    }
    if isDeclared || realm.globalLexicals[key] != nil { return .boolean(false) }
    return .boolean(try realm.globalObject.delete(key, realm))
  }
}
