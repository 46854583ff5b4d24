// Calls: script functions on the value stack, natives by view, getters and setters, safe points.

import Glibc

extension Realm {
  // MARK: Safe points

  /// Called at every call and loop turn; nearly always one subtraction.
  @inline(__always)
  func safePoint() throws(Thrown) {
    state.pointee.pollCountdown &-= 1
    if state.pointee.pollCountdown < 0 { try poll() }
  }

  /// Collects garbage when due and ends the run when its time or memory is up.
  @inline(never)
  public func poll() throws(Thrown) {
    state.pointee.pollCountdown = 4096
    heap.collectIfDue()
    while let coroutine = heap.abandonedCoroutines.popLast() { coroutine.abandon() }
    if heap.isOverLimit { terminate(.memory("script objects")) }
    if let deadline, termination == nil {
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      if UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) >= deadline { terminate(.timeout) }
    }
    if termination == nil, shouldStop() { terminate(.interrupted) }
    if termination != nil { throw Thrown(.empty) }
  }

  /// Ends the run at the next safe point; the first reason counts.
  public func terminate(_ reason: Termination) {
    if termination == nil { termination = reason }
    state.pointee.pollCountdown = 0
  }

  /// Throws a RangeError when the machine stack is nearly used up.
  @inline(__always)
  func checkDepth() throws(Thrown) {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    if here < machineLimit { throw stackOverflow() }
  }

  @inline(never)
  func stackOverflow() -> Thrown { rangeError("Maximum call stack size exceeded") }

  // MARK: Calling

  /// Calls any value; throws a TypeError where it is no function.
  public func call(_ callee: Value, this: Value, _ arguments: [Value] = []) throws(Thrown) -> Value {
    guard case .object(let reference) = callee, reference.cell.isCallable else {
      throw typeError("\(describeForMessage(callee)) is not a function")
    }
    let function = reference.cell
    return try withArguments(arguments) { view throws(Thrown) in
      try function.call(this: this, arguments: view, self)
    }
  }

  /// Calls a function with one or two arguments without building an array.
  func call(_ function: ScriptObject, this: Value, _ first: Value, _ second: Value = .empty, _ third: Value = .empty) throws(Thrown)
    -> Value
  {
    let base = stackPointer
    guard base + 4 < stackLimit else { throw stackOverflow() }
    base[0] = first
    var count = 1
    if !second.isEmpty {
      base[1] = second
      count = 2
      if !third.isEmpty {
        base[2] = third
        count = 3
      }
    }
    stackPointer = base + count
    defer { stackPointer = base }
    return try callBack(function, this: this, base: base, count: count)
  }

  public func construct(_ callee: Value, _ arguments: [Value] = [], newTarget: ScriptObject? = nil) throws(Thrown) -> Value {
    guard case .object(let reference) = callee, reference.cell.isConstructor else {
      throw typeError("\(describeForMessage(callee)) is not a constructor")
    }
    let constructor = reference.cell
    return try withArguments(arguments) { view throws(Thrown) in
      try constructor.construct(arguments: view, newTarget: newTarget ?? constructor, self)
    }
  }

  /// Lays values on the value stack while `body` runs.
  func withArguments<Result>(
    _ values: [Value], then more: Arguments? = nil, _ body: (Arguments) throws(Thrown) -> Result
  ) throws(Thrown) -> Result {
    let base = stackPointer
    let count = values.count + (more?.count ?? 0)
    guard base + count < stackLimit else { throw stackOverflow() }
    for (index, value) in values.enumerated() { base[index] = value }
    if let more { for index in 0..<more.count { base[values.count + index] = more.base[index] } }
    stackPointer = base + count
    defer { stackPointer = base }
    return try body(Arguments(base: base, count: count))
  }

  func callGetter(_ getter: Value, this: Value) throws(Thrown) -> Value {
    guard case .object(let reference) = getter else { return .undefined }
    return try reference.cell.call(this: this, arguments: Arguments(base: stackPointer, count: 0), self)
  }

  func callSetter(_ setter: Value, this: Value, _ value: Value) throws(Thrown) -> Bool {
    guard case .object(let reference) = setter else { return false }
    _ = try call(reference.cell, this: this, value)
    return true
  }

  // MARK: Script functions

  /// Calls a function of the script with arguments that lie anywhere.
  func callScriptFunction(
    _ function: ScriptFunction, this: Value, arguments: UnsafeMutablePointer<Value>, count: Int
  ) throws(Thrown) -> Value {
    if function.code.isClassConstructor {
      throw typeError("Class constructor \(function.code.displayName(self)) cannot be invoked without 'new'")
    }
    return try run(function, this: this, arguments: arguments, count: count, newTarget: .undefined)
  }

  /// https://tc39.es/ecma262/#sec-ecmascript-function-objects-construct-argumentslist-newtarget
  func constructScriptFunction(
    _ function: ScriptFunction, arguments: Arguments, newTarget: ScriptObject
  ) throws(Thrown) -> Value {
    guard function.isConstructor else { throw typeError("\(function.code.displayName(self)) is not a constructor") }
    if function.code.isDerivedConstructor {
      return try run(
        function, this: .empty, arguments: arguments.base, count: arguments.count, newTarget: Value(newTarget))
    }
    let prototype = try prototypeForConstruction(newTarget, fallback: intrinsics.objectPrototype)
    let object = ScriptObject(heap: heap, shape: rootShape(for: prototype))
    if let fields = function.fields { try fields.initialize(object, self) }
    let result = try run(
      function, this: Value(object), arguments: arguments.base, count: arguments.count, newTarget: Value(newTarget))
    return result.isObject ? result : Value(object)
  }

  /// https://tc39.es/ecma262/#sec-getprototypefromconstructor
  func prototypeForConstruction(_ newTarget: ScriptObject, fallback: ScriptObject) throws(Thrown) -> ScriptObject {
    let prototype = try newTarget.get(.prototype, receiver: Value(newTarget), self)
    if let object = prototype.asObject { return object }
    // GetFunctionRealm, which a proxy no longer has once it has been revoked.
    if newTarget.kind == .proxy, (newTarget as? ProxyObject)?.target == nil {
      throw typeError("Cannot construct with a proxy that has been revoked as new.target")
    }
    return fallback
  }

  /// Runs a function's code. The result is what it returned, or for a derived constructor the object.
  func run(
    _ function: ScriptFunction, this: Value, arguments: UnsafeMutablePointer<Value>, count: Int, newTarget: Value
  ) throws(Thrown) -> Value {
    let base = stackPointer
    if arguments + count == base && count > 0 {
      // Just evaluated by a call node: the arguments become the first slots where they are.
      return try runOnStack(function, this: this, base: arguments, count: count, newTarget: newTarget)
    }
    guard base + count < stackLimit else { throw stackOverflow() }
    for index in 0..<count { base[index] = arguments[index] }
    stackPointer = base + count
    defer { stackPointer = base }
    return try runOnStack(function, this: this, base: base, count: count, newTarget: newTarget)
  }

  /// Runs a function whose arguments are the top `count` values of the stack, beginning at `base`.
  @inline(__always)
  func runOnStack(
    _ function: ScriptFunction, this: Value, base: UnsafeMutablePointer<Value>, count: Int, newTarget: Value
  ) throws(Thrown) -> Value {
    let code = function.code
    let body = code.body ?? code.lowered(self)
    if body.isCoroutine {
      return try startCoroutine(function, body, this: this, arguments: Arguments(base: base, count: count))
    }
    let saved = stackPointer
    defer { stackPointer = saved }
    return try activate(function, code, body, this: this, base: base, count: count, newTarget: newTarget, coroutine: nil)
  }

  /// Makes the frame and runs the body in it; the stack pointer is left for the caller to restore.
  @inline(__always)
  func activate(
    _ function: ScriptFunction, _ code: FunctionCode, _ body: FunctionBody, this: Value, base: UnsafeMutablePointer<Value>,
    count: Int, newTarget: Value, coroutine: Coroutine?
  ) throws(Thrown) -> Value {
    let slotCount = max(body.slotCount, count)
    guard base + slotCount + 16 < stackLimit else { throw stackOverflow() }
    var index = count
    while index < slotCount {
      base[index] = .undefined
      index += 1
    }
    stackPointer = base + slotCount
    var thisValue = this
    if body.coercesThis, !this.isObject { thisValue = try coerceThis(this) }
    var frame = Frame(
      slots: base, scope: function.scope, this: thisValue, function: Ref(function), newTarget: newTarget, code: code, realm: self,
      caller: currentFrame, coroutine: coroutine, argumentCount: count)
    return try withUnsafeMutablePointer(to: &frame) { frame throws(Thrown) in
      if UInt(bitPattern: frame) < machineLimit { throw stackOverflow() }
      try safePoint()
      let outer = currentFrame
      currentFrame = frame
      defer { currentFrame = outer }
      return try body.run(frame)
    }
  }

  /// https://tc39.es/ecma262/#sec-ordinarycallbindthis for sloppy functions.
  func coerceThis(_ this: Value) throws(Thrown) -> Value {
    switch this {
    case .undefined, .null: Value(globalObject)
    case .empty: this
    default: Value(try toObject(this))
    }
  }
}
