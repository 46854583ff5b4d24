// Targets of assignments and bindings, destructuring included.
// https://tc39.es/ecma262/#sec-destructuring-assignment, #sec-runtime-semantics-bindinginitialization

import ScriptSyntax

/// Where a value goes.
class TargetNode {
  /// The local slot where the value goes without further ado; -1 for all others.
  var localSlot: Int { -1 }

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

  override var localSlot: Int { slot }

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
final class TargetElement {
  let target: TargetNode
  /// Nothing where there is no default.
  private let initializer: ExecutableNode
  private let hasInitializer: Bool
  private let localSlot: Int

  init(target: TargetNode, initializer: ExecutableNode?) {
    self.target = target
    self.initializer = initializer ?? EmptyNode()
    hasInitializer = initializer != nil
    localSlot = target.localSlot
  }

  /// The value or, for undefined, the default.
  @inline(__always)
  fileprivate func resolved(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    guard hasInitializer, value.isUndefined else { return value }
    return try initializer.evaluate(frame)
  }

  /// Stores a value for which the default has been considered.
  @inline(__always)
  func store(_ value: Value, _ frame: FramePointer) throws(Thrown) {
    if localSlot >= 0 {
      frame.pointee.slots[localSlot] = value
    } else {
      try target.assign(value, frame)
    }
  }

  /// Stores what `value` gives, between the parts of the target's reference and its assignment.
  @inline(__always)
  func assign(_ frame: FramePointer, _ value: () throws(Thrown) -> Value) throws(Thrown) {
    if localSlot >= 0 {
      let result = try resolved(try value(), frame)
      frame.pointee.slots[localSlot] = result
    } else {
      let place = try target.prepare(frame)
      try target.assign(try resolved(try value(), frame), prepared: place, frame)
    }
  }
}

/// The elements of a pattern in order, walked without reference counting.
private struct TargetElementList {
  private final class Storage {
    private let elements: [TargetElement?]
    let base: UnsafeMutablePointer<Unmanaged<TargetElement>?>

    init(_ elements: [TargetElement?]) {
      self.elements = elements
      base = .allocate(capacity: max(elements.count, 1))
      for (index, element) in elements.enumerated() { (base + index).initialize(to: element.map { .passUnretained($0) }) }
    }

    deinit { base.deallocate() }
  }

  private let owner: Storage
  // Safe: `owner` keeps the memory and the elements.
  private let base: UnsafeMutablePointer<Unmanaged<TargetElement>?>
  let count: Int

  init(_ elements: [TargetElement?]) {
    owner = Storage(elements)
    base = owner.base
    count = elements.count
  }

  /// The element at `index`, which must lie inside; nil for a hole.
  @inline(__always)
  subscript(index: Int) -> Unmanaged<TargetElement>? { base[index] }
}

/// `{ a, b: c = 1, ...rest }`.
final class ObjectPatternTarget: TargetNode {
  struct Property {
    let key: ExecutableNode
    let element: TargetElement
  }

  private let elements: TargetElementList
  /// The keys, and for those that are plain names what reads them.
  private let keys: NodeList
  private let reads: NodeList
  let rest: TargetNode?
  let position: Int32

  init(properties: [Property], rest: TargetNode?, position: Int32) {
    elements = TargetElementList(properties.map(\.element))
    keys = NodeList(properties.map(\.key))
    reads = NodeList(
      properties.map { property in
        guard let name = (property.key as? ConstantNode)?.value.asString, name.cachedKey != UInt32.max,
          case let key = PropertyKey(raw: name.cachedKey), !key.isIndex, rest == nil
        else { return EmptyNode() }
        return MemberRead(object: ConstantNode(.undefined), key: key, position: position, objectText: "")
      })
    self.rest = rest
    self.position = position
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    try frame.checkDepth()
    if value.isNullish { throw notDestructurable(value, frame) }
    var used: [PropertyKey] = []
    var index = 0
    while index < elements.count {
      if let read = reads.memberRead(index) {
        try elements[index]?.with { element throws(Thrown) in
          try element.assign(frame) { () throws(Thrown) in
            try read.with { read throws(Thrown) in try read.read(from: value, frame) }
          }
        }
      } else {
        try assignComputed(index, value, &used, frame)
      }
      index &+= 1
    }
    if let rest {
      let realm = frame.pointee.realm
      let place = try rest.prepare(frame)
      let copy = realm.makeObject()
      try realm.copyDataProperties(to: copy, from: value, excluding: used)
      try rest.assign(Value(copy), prepared: place, frame)
    }
  }

  @inline(never)
  private func assignComputed(
    _ index: Int, _ value: Value, _ used: inout [PropertyKey], _ frame: FramePointer
  ) throws(Thrown) {
    let realm = frame.pointee.realm
    let key = try realm.toPropertyKey(try keys.evaluate(index, frame))
    if rest != nil { used.append(key) }
    try elements[index]?.with { element throws(Thrown) in
      try element.assign(frame) { () throws(Thrown) in
        frame.pointee.position = position
        return try realm.get(value, key)
      }
    }
  }

  @inline(never)
  private func notDestructurable(_ value: Value, _ frame: FramePointer) -> Thrown {
    let text = frame.pointee.realm.describeForMessage(value)
    return frame.typeError("Cannot destructure '\(text)' as it is \(text).", position)
  }
}

/// `[a, , b = 1, ...rest]`.
final class ArrayPatternTarget: TargetNode {
  private let elements: TargetElementList
  let rest: TargetNode?
  let position: Int32

  init(elements: [TargetElement?], rest: TargetNode?, position: Int32) {
    self.elements = TargetElementList(elements)
    self.rest = rest
    self.position = position
  }

  override func assign(_ value: Value, prepared: (Value, Value), _ frame: FramePointer) throws(Thrown) {
    try frame.checkDepth()
    frame.pointee.position = position
    try frame.pointee.withRealm { realm throws(Thrown) in
      var iterator = try realm.iterator(of: value)
      do throws(Thrown) {
        var index = 0
        while index < elements.count {
          if let element = elements[index] {
            try element.with { element throws(Thrown) in
              try element.assign(frame) { () throws(Thrown) in try iterator.next(realm) ?? .undefined }
            }
          } else {
            _ = try iterator.next(realm)
          }
          index &+= 1
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
  let value: Operand

  init(element: TargetElement, value: ExecutableNode) {
    self.element = element
    self.value = Operand(value)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let given = try value.evaluate(frame)
    try element.store(try element.resolved(given, frame), frame)
    return .normal
  }
}
