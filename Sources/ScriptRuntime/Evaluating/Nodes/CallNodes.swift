// Calls: arguments are evaluated straight onto the value stack, where the callee's parameters begin.

import ScriptSyntax

/// The arguments of a call.
struct ArgumentNodes {
  private let operands: OperandList
  /// For each operand whether it is spread; empty where none is.
  private let spreads: [Bool]
  private let hasSpreads: Bool

  /// - Parameter spreads: for each node whether it is spread; empty where none is.
  init(nodes: ContiguousArray<Operand>, spreads: [Bool]) {
    operands = OperandList(nodes)
    self.spreads = spreads
    hasSpreads = !spreads.isEmpty
  }

  /// Pushes the values and returns how many; the stack pointer then stands behind them.
  @inline(__always)
  func push(_ frame: FramePointer) throws(Thrown) -> Int {
    if hasSpreads { return try pushSpreading(frame, frame.pointee.realm) }
    let state = frame.pointee.state
    let start = state.pointee.stackPointer
    let count = operands.count
    guard start + count + 8 < state.pointee.stackLimit else { throw frame.stackOverflow() }
    var index = 0
    while index < count {
      let value = try operands.evaluate(index, frame)
      start[index] = value
      index &+= 1
      state.pointee.stackPointer = start + index
    }
    return count
  }

  @inline(never)
  private func pushSpreading(_ frame: FramePointer, _ realm: Realm) throws(Thrown) -> Int {
    let start = realm.stackPointer
    for index in 0..<operands.count {
      let value = try operands.evaluate(index, frame)
      if spreads[index] {
        try realm.forEach(in: value) { element throws(Thrown) in
          try realm.push(element)
          return true
        }
      } else {
        try realm.push(value)
      }
    }
    return realm.stackPointer - start
  }
}

extension Realm {
  @inline(__always)
  func push(_ value: Value) throws(Thrown) {
    guard stackPointer + 8 < stackLimit else { throw stackOverflow() }
    stackPointer.pointee = value
    stackPointer += 1
  }

  /// Calls `function` with the `count` values on top of the stack.
  @inline(never)
  func callOnStack(
    _ function: Ref<ScriptObject>, this: Value, base: UnsafeMutablePointer<Value>, count: Int
  ) throws(Thrown) -> Value {
    switch function.with({ $0.kind }) {
    case .scriptFunction:
      let target = function.downcast(to: ScriptFunction.self)
      if target.code.isClassConstructor {
        throw typeError("Class constructor \(target.code.displayName(self)) cannot be invoked without 'new'")
      }
      return try runOnStack(target, this: this, base: base, count: count, newTarget: .undefined)
    case .nativeFunction:
      try checkDepth()
      return try function.downcast(to: NativeFunction.self).body(self, this, Arguments(base: base, count: count))
    default:
      return try function.cell.call(this: this, arguments: Arguments(base: base, count: count), self)
    }
  }
}

/// `callee(arguments)` without a receiver.
final class CallNode: ExecutableNode {
  let callee: Operand
  let arguments: ArgumentNodes
  let position: Int32
  let calleeText: String
  let isOptional: Bool

  init(callee: ExecutableNode, arguments: ArgumentNodes, position: Int32, calleeText: String, isOptional: Bool) {
    self.callee = Operand(callee)
    self.arguments = arguments
    self.position = position
    self.calleeText = calleeText
    self.isOptional = isOptional
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let function = try callee.evaluate(frame)
    if isOptional, function.isNullish { return .empty }
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    defer { state.pointee.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    guard case .object(let reference) = function, reference.with({ $0.isCallable }) else {
      throw notAFunction(function, frame)
    }
    return try frame.call(reference, this: .undefined, base: base, count: count)
  }

  @inline(never)
  private func notAFunction(_ function: Value, _ frame: FramePointer) -> Thrown {
    frame.pointee.realm.notAFunction(function, calleeText)
  }
}

/// `object.name(arguments)`.
final class MethodCallNode: ExecutableNode {
  let object: Operand
  let method: MemberRead
  let arguments: ArgumentNodes
  let position: Int32
  let calleeText: String
  /// `object?.name()`, `object.name?.()`
  let isOptionalMember: Bool
  let isOptionalCall: Bool

  init(
    object: ExecutableNode, method: MemberRead, arguments: ArgumentNodes, position: Int32, calleeText: String,
    isOptionalMember: Bool, isOptionalCall: Bool
  ) {
    self.object = Operand(object)
    self.method = method
    self.arguments = arguments
    self.position = position
    self.calleeText = calleeText
    self.isOptionalMember = isOptionalMember
    self.isOptionalCall = isOptionalCall
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let this = try object.evaluate(frame)
    if this.isEmpty { return .empty }
    if isOptionalMember, this.isNullish { return .empty }
    let function = try method.read(from: this, frame)
    if isOptionalCall, function.isNullish { return .empty }
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    defer { state.pointee.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    guard case .object(let reference) = function, reference.with({ $0.isCallable }) else {
      throw notAMethod(function, this, frame)
    }
    return try frame.call(reference, this: this, base: base, count: count)
  }

  @inline(never)
  private func notAMethod(_ function: Value, _ this: Value, _ frame: FramePointer) -> Thrown {
    frame.pointee.realm.notAMethod(function, of: this, method.key, calleeText)
  }
}

/// A call whose receiver is made by a node that leaves it in a slot: `object[key]()`, `super.name()`, `object.#name()`.
final class ReceiverCallNode: ExecutableNode {
  /// Evaluates the receiver into `slot` and yields the function.
  let callee: ExecutableNode
  let slot: Int
  let arguments: ArgumentNodes
  let position: Int32
  let calleeText: String
  let isOptional: Bool

  init(
    callee: ExecutableNode, slot: Int, arguments: ArgumentNodes, position: Int32, calleeText: String, isOptional: Bool
  ) {
    self.callee = callee
    self.slot = slot
    self.arguments = arguments
    self.position = position
    self.calleeText = calleeText
    self.isOptional = isOptional
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let function = try callee.evaluate(frame)
    if function.isEmpty { return .empty }
    let this = frame.pointee.slots[slot]
    if isOptional, function.isNullish { return .empty }
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    defer { state.pointee.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    guard case .object(let reference) = function, reference.with({ $0.isCallable }) else {
      throw frame.pointee.realm.notAFunction(function, calleeText)
    }
    return try frame.call(reference, this: this, base: base, count: count)
  }
}

/// Stores a value in a slot on the way.
final class KeepNode: ExecutableNode {
  let slot: Int
  let value: ExecutableNode

  init(slot: Int, value: ExecutableNode) {
    self.slot = slot
    self.value = value
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    frame.pointee.slots[slot] = result
    return result
  }
}

/// The extent of an optional chain: turns "stopped" into undefined.
final class OptionalChainNode: ExecutableNode {
  let expression: ExecutableNode
  let whenStopped: Value

  init(_ expression: ExecutableNode, whenStopped: Value = .undefined) {
    self.expression = expression
    self.whenStopped = whenStopped
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try expression.evaluate(frame)
    return value.isEmpty ? whenStopped : value
  }
}

/// Reads further along an optional chain unless it has stopped (`.empty`) or stops here.
final class ChainLink: ExecutableNode {
  let object: ExecutableNode
  let slot: Int
  /// Reads the object from `slot`.
  let rest: ExecutableNode
  let isOptional: Bool

  init(object: ExecutableNode, slot: Int, rest: ExecutableNode, isOptional: Bool) {
    self.object = object
    self.slot = slot
    self.rest = rest
    self.isOptional = isOptional
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    if base.isEmpty || (isOptional && base.isNullish) { return .empty }
    frame.pointee.slots[slot] = base
    return try rest.evaluate(frame)
  }
}

/// `new callee(arguments)`.
final class NewNode: ExecutableNode {
  let callee: Operand
  let arguments: ArgumentNodes
  let position: Int32
  let calleeText: String
  // The prototype that the last constructor gave its objects, and the shape of those.
  private var prototypeCache = ReadCache()
  private var cachedFunctionShape: Shape?
  private var prototype: Ref<ScriptObject>?
  private var instanceShape: Shape?

  init(callee: ExecutableNode, arguments: ArgumentNodes, position: Int32, calleeText: String) {
    self.callee = Operand(callee)
    self.arguments = arguments
    self.position = position
    self.calleeText = calleeText
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let function = try callee.evaluate(frame)
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    defer { state.pointee.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    if case .object(let reference) = function, reference.with({ $0.kind == .scriptFunction }) {
      let target = reference.asScriptFunction
      if target.with({ $0.record.pointee.isBaseConstructor }),
        case .object(let found)? = prototypeCache.read(reference, frame), let prototype, found == prototype, let instanceShape
      {
        let this = Value(ScriptObject(heap: frame.pointee.realm.heap, shape: instanceShape))
        if target.with({ $0.fields != nil }) { try initializeFields(of: this, target, frame) }
        return try frame.construct(target, this: this, newTarget: function, base: base, count: count)
      }
    }
    return try constructSlowly(function, base, count, frame)
  }

  @inline(never)
  private func constructSlowly(
    _ function: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, _ frame: FramePointer
  ) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    guard case .object(let reference) = function, reference.cell.isConstructor else {
      let text = calleeText.isEmpty ? realm.describeForMessage(function) : calleeText
      throw realm.typeError("\(text) is not a constructor")
    }
    remember(reference.cell, realm)
    return try reference.cell.construct(
      arguments: Arguments(base: base, count: count), newTarget: reference.cell, realm)
  }

  @inline(never)
  private func initializeFields(of this: Value, _ function: Ref<ScriptFunction>, _ frame: FramePointer) throws(Thrown) {
    guard case .object(let object) = this else { return }
    try function.cell.fields?.initialize(object.cell, frame.pointee.realm)
  }

  private func remember(_ function: ScriptObject, _ realm: Realm) {
    guard function.kind == .scriptFunction, !function.shape.isUnique,
      unsafeDowncast(function, to: ScriptFunction.self).record.pointee.isBaseConstructor
    else { return }
    let slot = function.shape.find(.prototype)
    guard slot >= 0, !function.shape.flags(at: slot).contains(.accessor),
      case .object(let found)? = function.slots?[slot]
    else { return }
    prototype = found
    instanceShape = realm.rootShape(for: found.cell)
    cachedFunctionShape = function.shape
    prototypeCache.remember(function, slot: slot, holder: nil, epoch: realm.prototypeEpoch)
  }
}

/// `super(arguments)` in a derived constructor.
final class SuperCallNode: ExecutableNode {
  /// The constructor whose prototype is called.
  let function: ExecutableNode
  let newTarget: ExecutableNode
  let arguments: ArgumentNodes
  /// Reads and writes the variable that holds `this`.
  let thisRead: ExecutableNode
  private let thisWrite: ExecutableNode
  /// Where `thisWrite` finds what the parent made.
  private let temporary: Int
  let position: Int32

  init(
    function: ExecutableNode, newTarget: ExecutableNode, arguments: ArgumentNodes, thisRead: ExecutableNode, temporary: Int,
    thisWrite: ExecutableNode, position: Int32
  ) {
    self.function = function
    self.newTarget = newTarget
    self.arguments = arguments
    self.thisRead = thisRead
    self.thisWrite = thisWrite
    self.temporary = temporary
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    guard case .object(let active) = try function.evaluate(frame), case .object(let target) = try newTarget.evaluate(frame) else {
      throw frame.typeError("'super' called outside of a constructor", position)
    }
    let parent = try active.cell.getPrototype(realm)
    let base = realm.stackPointer
    defer { realm.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    guard let parent, parent.isConstructor else {
      throw realm.typeError("Super constructor \(realm.describeForMessage(parent.map(Value.init) ?? .null)) of anonymous class is not a constructor")
    }
    let result = try parent.construct(arguments: Arguments(base: base, count: count), newTarget: target.cell, realm)
    if !(try thisRead.evaluate(frame)).isEmpty { throw realm.referenceError("Super constructor may only be called once") }
    frame.pointee.slots[temporary] = result
    _ = try thisWrite.evaluate(frame)
    if case .object(let object) = result, active.cell.kind == .scriptFunction,
      let fields = active.downcast(to: ScriptFunction.self).fields
    {
      try fields.initialize(object.cell, realm)
    }
    return result
  }
}

extension Realm {
  @inline(never)
  func notAFunction(_ value: Value, _ text: String) -> Thrown {
    typeError("\(text.isEmpty ? describeForMessage(value) : text) is not a function")
  }

  /// Names the method, and the one that was probably meant.
  @inline(never)
  func notAMethod(_ value: Value, of this: Value, _ key: PropertyKey, _ text: String) -> Thrown {
    var hint = ""
    if value.isUndefined, case .object(let reference) = this {
      var names: [String] = []
      var object: ScriptObject? = reference.cell
      while let current = object, names.count < 2000, current.kind != .proxy {
        names += current.ordinaryOwnKeys().filter { !$0.isSymbol && !$0.isIndex }.map { describe($0) }
        object = current.shape.prototype
      }
      hint = Spelling.hint(for: describe(key), among: names)
    }
    return typeError("\(text.isEmpty ? describe(key) : text) is not a function\(hint)")
  }
}
