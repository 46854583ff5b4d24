// Reading and writing variables: in slots of the frame, in scopes, in the global environment.

import ScriptSyntax

/// A variable in the frame that is known to be initialised.
final class LocalRead: ExecutableNode {
  let slot: Int

  init(slot: Int) { self.slot = slot }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { frame.pointee.slots[slot] }
  override var localSlot: Int { slot }
}

/// A variable in the frame that may be in its dead zone.
final class CheckedLocalRead: ExecutableNode {
  let slot: Int
  let name: NameID
  let position: Int32

  init(slot: Int, name: NameID, position: Int32) {
    self.slot = slot
    self.name = name
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = frame.pointee.slots[slot]
    if value.isEmpty { throw frame.deadZone(name, position) }
    return value
  }
}

final class LocalWrite: ExecutableNode {
  let slot: Int
  let value: Operand

  init(slot: Int, value: ExecutableNode) {
    self.slot = slot
    self.value = Operand(value)
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    frame.pointee.slots[slot] = result
    return result
  }
}

/// A captured variable, `depth` scopes out.
final class ScopeRead: ExecutableNode {
  let depth: Int
  let index: Int
  let name: NameID
  let position: Int32

  init(depth: Int, index: Int, name: NameID, position: Int32) {
    self.depth = depth
    self.index = index
    self.name = name
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = frame.scopeValues(depth)[index]
    if value.isEmpty { throw frame.deadZone(name, position) }
    return value
  }
}

final class ScopeWrite: ExecutableNode {
  let depth: Int
  let index: Int
  let value: ExecutableNode
  /// The name to complain about when the variable is in its dead zone; nil for its initialisation.
  let checkedName: NameID?
  let position: Int32

  init(depth: Int, index: Int, value: ExecutableNode, checkedName: NameID?, position: Int32) {
    self.depth = depth
    self.index = index
    self.value = value
    self.checkedName = checkedName
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    let values = frame.scopeValues(depth)
    if let checkedName, values[index].isEmpty { throw frame.deadZone(checkedName, position) }
    values[index] = result
    return result
  }
}

extension FramePointer {
  /// The variables of the scope `depth` steps out.
  @inline(__always)
  func scopeValues(_ depth: Int) -> UnsafeMutablePointer<Value> {
    guard var scope = pointee.scope else { return pointee.slots }
    var remaining = depth
    while remaining > 0 {
      guard let parent = scope.with({ $0.parent }) else { return pointee.slots }
      scope = parent
      remaining -= 1
    }
    return scope.with { $0.values }
  }

  func scopeCell(_ depth: Int) -> Scope? {
    var scope = pointee.scope
    for _ in 0..<depth { scope = scope?.cell.parent }
    return scope?.cell
  }

  @inline(never)
  func deadZone(_ name: NameID, _ position: Int32) -> Thrown {
    pointee.position = position
    let realm = pointee.realm
    return realm.referenceError("Cannot access '\(realm.names.text(name))' before initialization")
  }

  /// A TypeError whose place is `position`.
  @inline(never)
  func typeError(_ message: String, _ position: Int32) -> Thrown {
    pointee.position = position
    return pointee.realm.typeError(message)
  }
}

/// Evaluates a value, then refuses to store it in a constant.
final class ConstantWrite: ExecutableNode {
  let value: ExecutableNode
  let target: ExecutableNode
  let position: Int32

  init(value: ExecutableNode, target: ExecutableNode, position: Int32) {
    self.value = value
    self.target = target
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    _ = try value.evaluate(frame)
    // A constant in its dead zone is reported as such.
    _ = try target.evaluate(frame)
    throw frame.typeError("Assignment to constant variable.", position)
  }
}

// MARK: - The global environment

/// A name that no enclosing scope declares: a global `let`, `const` or `class`, or a property of the global object.
final class GlobalRead: ExecutableNode {
  let name: NameID
  let key: PropertyKey
  let position: Int32
  /// `typeof name` is undefined instead of an error.
  let toleratesAbsence: Bool
  // Where the value of a global `let` lies; the binding is kept alive beside it.
  private var storage: UnsafeMutablePointer<Value>?
  private var binding: GlobalBinding?
  private var cache = PropertyCache()
  private var cachedShape: Shape?

  init(name: NameID, key: PropertyKey, position: Int32, toleratesAbsence: Bool = false) {
    self.name = name
    self.key = key
    self.position = position
    self.toleratesAbsence = toleratesAbsence
  }

  /// The value of a global `let` or `const` that was found earlier; else `.empty`.
  @inline(__always)
  var knownValue: Value {
    guard let storage else { return .empty }
    return storage.pointee
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if let storage {
      let value = storage.pointee
      if value.isEmpty { throw frame.deadZone(name, position) }
      return value
    }
    let state = frame.pointee.state
    if cache.epoch == state.pointee.globalEpoch, let global = state.pointee.globalObject,
      let slots = global.with({ cache.matches($0) ? $0.slots : nil })
    {
      return slots[cache.slot]
    }
    return try find(frame, frame.pointee.realm)
  }

  @inline(never)
  private func find(_ frame: FramePointer, _ realm: Realm) throws(Thrown) -> Value {
    if let found = realm.globalLexicals[key] {
      binding = found
      storage = found.storage
      return try evaluate(frame)
    }
    let global = realm.globalObject
    let slot = global.shape.find(key)
    if slot >= 0, !global.shape.flags(at: slot).contains(.accessor), let slots = global.slots {
      cachedShape = cache.remember(global, slot: slot) ?? cachedShape
      cache.epoch = realm.globalEpoch
      return slots[slot]
    }
    frame.pointee.position = position
    if try global.hasProperty(key, realm) { return try global.get(key, receiver: Value(global), realm) }
    if toleratesAbsence { return .undefined }
    throw realm.undefinedName(name)
  }
}

/// Assignment to a name that no enclosing scope declares.
final class GlobalWrite: ExecutableNode {
  let name: NameID
  let key: PropertyKey
  let value: Operand
  let isStrict: Bool
  let position: Int32
  // Where the value of a global `let` lies; nil for constants.
  private var storage: UnsafeMutablePointer<Value>?
  private var binding: GlobalBinding?
  private var cache = PropertyCache()
  private var cachedShape: Shape?

  init(name: NameID, key: PropertyKey, value: ExecutableNode, isStrict: Bool, position: Int32) {
    self.name = name
    self.key = key
    self.value = Operand(value)
    self.isStrict = isStrict
    self.position = position
  }

  /// Stores in the property of the global object that was found earlier; false where it may not be the same any more.
  @inline(__always)
  private func replace(_ result: Value, _ frame: FramePointer) -> Bool {
    let state = frame.pointee.state
    guard cache.epoch == state.pointee.globalEpoch, let global = state.pointee.globalObject,
      let slots = global.with({ cache.matches($0) ? $0.slots : nil })
    else { return false }
    slots[cache.slot] = result
    return true
  }

  private func isFound(_ frame: FramePointer) -> Bool {
    let state = frame.pointee.state
    guard cache.epoch == state.pointee.globalEpoch, let global = state.pointee.globalObject else { return false }
    return global.with { cache.matches($0) }
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if let storage {
      let result = try value.evaluate(frame)
      if storage.pointee.isEmpty { throw frame.deadZone(name, position) }
      storage.pointee = result
      return result
    }
    let existed = isFound(frame) || !isStrict ? true : try exists(frame.pointee.realm)
    let result = try value.evaluate(frame)
    if replace(result, frame) { return result }
    try store(result, existed: existed, frame, frame.pointee.realm)
    return result
  }

  private func exists(_ realm: Realm) throws(Thrown) -> Bool {
    if cache.epoch == realm.globalEpoch, cache.matches(realm.globalObject) { return true }
    if realm.globalLexicals[key] != nil { return true }
    return try realm.globalObject.hasProperty(key, realm)
  }

  private func refuse(_ binding: GlobalBinding, _ frame: FramePointer) throws(Thrown) -> Thrown {
    if binding.value.isEmpty { return frame.deadZone(name, position) }
    return frame.typeError("Assignment to constant variable.", position)
  }

  @inline(never)
  private func store(_ result: Value, existed: Bool, _ frame: FramePointer, _ realm: Realm) throws(Thrown) {
    frame.pointee.position = position
    if let found = realm.globalLexicals[key] {
      if found.isConstant || found.value.isEmpty { throw try refuse(found, frame) }
      binding = found
      storage = found.storage
      found.value = result
      return
    }
    let global = realm.globalObject
    if isStrict {
      guard existed else { throw realm.undefinedName(name) }
      guard try global.hasProperty(key, realm) else { throw realm.undefinedName(name) }
    }
    guard try global.set(key, result, receiver: Value(global), realm) || !isStrict else {
      throw realm.typeError("Cannot assign to read only property '\(realm.names.text(name))' of object")
    }
    let slot = global.shape.find(key)
    if slot >= 0, global.shape.flags(at: slot).contains(.writable), !global.shape.flags(at: slot).contains(.accessor) {
      cachedShape = cache.remember(global, slot: slot) ?? cachedShape
      cache.epoch = realm.globalEpoch
    }
  }
}

/// Gives a global `let`, `const` or `class` its first value.
final class GlobalInitialization: ExecutableNode {
  let binding: GlobalBinding
  let value: ExecutableNode

  init(binding: GlobalBinding, value: ExecutableNode) {
    self.binding = binding
    self.value = value
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    binding.value = result
    return result
  }
}

/// What a node remembers of the object it met last. Plain memory, so that looking at it counts no references: the node itself keeps
/// the shape that `remember` returns, lest its address be used again.
struct PropertyCache {
  private(set) var shapeAddress: UnsafeRawPointer?
  private(set) var slot = 0
  var epoch = 0

  @inline(__always)
  func matches(_ object: ScriptObject) -> Bool { object.shapeAddress == shapeAddress }

  @inline(__always)
  func read(_ object: ScriptObject) -> Value? {
    guard matches(object), let slots = object.slots else { return nil }
    return slots[slot]
  }

  @inline(__always)
  func write(_ object: ScriptObject, _ value: Value) -> Bool {
    guard matches(object), let slots = object.slots else { return false }
    slots[slot] = value
    return true
  }

  mutating func remember(_ object: ScriptObject, slot: Int) -> Shape? {
    let shape = object.shape
    guard !shape.isUnique else { return nil }
    shapeAddress = object.shapeAddress
    self.slot = slot
    return shape
  }
}

extension Realm {
  @inline(never)
  func undefinedName(_ name: NameID) -> Thrown {
    let text = names.text(name)
    let candidates = globalLexicals.keys.map { describe($0) } + globalObject.ordinaryOwnKeys().map { describe($0) }
    return referenceError("\(text) is not defined" + Spelling.hint(for: text, among: candidates))
  }
}
