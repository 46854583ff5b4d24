// What a call needs to know of a function's code, as plain memory: a call then touches no reference count.

/// Filled when the code is lowered. Owned by its `FunctionCode`, which outlives every activation.
struct CodeRecord {
  /// Whether a call may go the short way: lowered, no generator or async function, no class constructor.
  var isPlain = false
  /// Whether `new` may: lowered, and the constructor of a class without parent or an ordinary function.
  var isBaseConstructor = false
  var coercesThis = false
  var needsSetup = false
  var hasPrologue = false
  var hasResultExpression = false
  var slotCount = 0
  var parameterCount = 0
  let code: Unmanaged<FunctionCode>
  var body: Unmanaged<FunctionBody>?
  /// The statements, or the expression whose value is the result.
  var content: Unmanaged<ExecutableNode>?

  init(code: FunctionCode) { self.code = .passUnretained(code) }

  mutating func fill(_ body: FunctionBody, isPlain: Bool, isBaseConstructor: Bool) {
    self.isPlain = isPlain
    self.isBaseConstructor = isBaseConstructor
    coercesThis = body.coercesThis
    needsSetup = body.needsSetup
    hasPrologue = body.prologue.count > 0
    hasResultExpression = body.hasResultExpression
    slotCount = body.slotCount
    parameterCount = body.parameterCount
    self.body = .passUnretained(body)
    content = .passUnretained(body.hasResultExpression ? body.resultExpression : body.statements)
  }
}

extension FramePointer {
  /// Calls a function whose arguments are the top `count` values of the stack. The caller restores the stack pointer.
  @inline(__always)
  func call(_ function: Ref<ScriptObject>, this: Value, base: UnsafeMutablePointer<Value>, count: Int) throws(Thrown) -> Value {
    switch function.with({ $0.kind }) {
    case .scriptFunction:
      let target = function.asScriptFunction
      let record = target.with { $0.record }
      guard record.pointee.isPlain, !record.pointee.coercesThis || this.isObject else {
        return try callSlowly(function, this, base, count)
      }
      return try activate(target, record, this: this, newTarget: .undefined, base: base, count: count)
    case .nativeFunction:
      return try callNative(function.reinterpreted(as: NativeFunction.self), this, base, count)
    default:
      return try callSlowly(function, this, base, count)
    }
  }

  @inline(never)
  private func callNative(
    _ function: Ref<NativeFunction>, _ this: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(Thrown) -> Value {
    // The frame is as good a measure of the stack's depth as the native's own activation.
    if UInt(bitPattern: self) < pointee.state.pointee.machineLimit { throw stackOverflow() }
    return try pointee.withRealm { realm throws(Thrown) in
      try function.with { function throws(Thrown) in try function.body(realm, this, Arguments(base: base, count: count)) }
    }
  }

  @inline(never)
  private func callSlowly(
    _ function: Ref<ScriptObject>, _ this: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(Thrown) -> Value {
    try pointee.realm.callOnStack(function, this: this, base: base, count: count)
  }

  /// Calls a constructor whose record says that it is a base constructor, with the new object as `this`.
  @inline(__always)
  func construct(
    _ target: Ref<ScriptFunction>, this: Value, newTarget: Value, base: UnsafeMutablePointer<Value>, count: Int
  ) throws(Thrown) -> Value {
    let result = try activate(target, target.with { $0.record }, this: this, newTarget: newTarget, base: base, count: count)
    return result.isObject ? result : this
  }

  @inline(__always)
  private func activate(
    _ function: Ref<ScriptFunction>, _ record: UnsafeMutablePointer<CodeRecord>, this: Value, newTarget: Value,
    base: UnsafeMutablePointer<Value>, count: Int
  ) throws(Thrown) -> Value {
    let state = pointee.state
    let slotCount = Swift.max(record.pointee.slotCount, count)
    guard base + slotCount + 16 < state.pointee.stackLimit else { throw stackOverflow() }
    var index = count
    while index < slotCount {
      base[index] = .undefined
      index += 1
    }
    state.pointee.stackPointer = base + slotCount
    var frame = Frame(
      caller: self, slots: base, scope: function.with { $0.scope }, this: this, function: function,
      newTarget: newTarget, code: record.pointee.code, argumentCount: count)
    return try withUnsafeMutablePointer(to: &frame) { frame throws(Thrown) in
      if UInt(bitPattern: frame) < state.pointee.machineLimit { throw frame.stackOverflow() }
      try frame.safePoint()
      state.pointee.currentFrame = frame
      defer { state.pointee.currentFrame = self }
      if record.pointee.needsSetup || record.pointee.hasPrologue || count > record.pointee.parameterCount {
        try record.enter(frame)
      }
      guard let content = record.pointee.content else { return .undefined }
      return try content.with { content throws(Thrown) in
        if record.pointee.hasResultExpression { return try content.evaluate(frame) }
        return try content.execute(frame) == .returning ? frame.pointee.result : .undefined
      }
    }
  }
}

extension Realm {
  /// Calls a function whose arguments are the top `count` values of the stack, for built-in functions that call back. The caller
  /// restores the stack pointer.
  @inline(never)
  func callBack(_ function: ScriptObject, this: Value, base: UnsafeMutablePointer<Value>, count: Int) throws(Thrown) -> Value {
    guard let frame = currentFrame else {
      return try function.call(this: this, arguments: Arguments(base: base, count: count), self)
    }
    return try frame.call(Ref(function), this: this, base: base, count: count)
  }
}

extension UnsafeMutablePointer<CodeRecord> {
  @inline(never)
  fileprivate func enter(_ frame: FramePointer) throws(Thrown) {
    try pointee.body?.with { body throws(Thrown) in try body.enter(frame) }
  }
}

extension Ref where Cell == ScriptObject {
  /// The same object as a function of the script, which its kind has shown it to be.
  @inline(__always)
  var asScriptFunction: Ref<ScriptFunction> { reinterpreted(as: ScriptFunction.self) }
}
