// What one activation of a function needs; it lives on the machine stack and is handed to every node by address.

/// The activation record of a function, script or eval.
struct Frame {
  /// Parameters first, then variables that no closure captures. Part of the value stack.
  let slots: UnsafeMutablePointer<Value>
  /// The innermost scope with captured variables.
  var scope: Ref<Scope>?
  var this: Value
  /// The function that runs; nil for scripts.
  let function: Ref<ScriptFunction>?
  var newTarget: Value = .undefined
  /// Where `return` leaves its value, and where scripts and eval keep their completion value.
  var result: Value = .undefined
  /// The label of a `break` or `continue` under way; 0 for the innermost target.
  var targetLabel: Int32 = 0
  /// Byte offset in the source of the call that is being made, for stack traces.
  var position: Int32 = 0
  // Safe: the function that runs is on the stack, and a script's code is held by whoever runs it.
  private let unmanagedCode: Unmanaged<FunctionCode>
  // Safe: the realm outlives every frame.
  private let unmanagedRealm: Unmanaged<Realm>
  /// The realm's registers.
  let state: UnsafeMutablePointer<RunState>
  var caller: UnsafeMutablePointer<Frame>?
  /// The generator or async function that runs here, if any.
  let coroutineReference: Ref<Coroutine>?
  /// Arguments as passed, for `arguments` and rest parameters; valid until the parameters have been bound.
  let argumentCount: Int

  @inline(__always)
  init(
    slots: UnsafeMutablePointer<Value>, scope: Ref<Scope>?, this: Value, function: Ref<ScriptFunction>?, newTarget: Value = .undefined,
    code: FunctionCode, realm: Realm, caller: UnsafeMutablePointer<Frame>?, coroutine: Coroutine?, argumentCount: Int = 0
  ) {
    self.slots = slots
    self.scope = scope
    self.this = this
    self.function = function
    self.newTarget = newTarget
    unmanagedCode = .passUnretained(code)
    unmanagedRealm = .passUnretained(realm)
    state = realm.state
    self.caller = caller
    coroutineReference = coroutine.map(Ref.init)
    self.argumentCount = argumentCount
  }

  /// The frame of a call from `caller`.
  @inline(__always)
  init(
    caller: UnsafeMutablePointer<Frame>, slots: UnsafeMutablePointer<Value>, scope: Ref<Scope>?, this: Value,
    function: Ref<ScriptFunction>, newTarget: Value, code: Unmanaged<FunctionCode>, argumentCount: Int
  ) {
    self.slots = slots
    self.scope = scope
    self.this = this
    self.function = function
    self.newTarget = newTarget
    unmanagedCode = code
    unmanagedRealm = caller.pointee.unmanagedRealm
    state = caller.pointee.state
    self.caller = caller
    coroutineReference = nil
    self.argumentCount = argumentCount
  }

  @inline(__always)
  var realm: Realm { unmanagedRealm._withUnsafeGuaranteedRef { $0 } }

  /// Uses the realm without touching its reference count.
  @inline(__always)
  func withRealm<Result>(_ body: (Realm) throws(Thrown) -> Result) throws(Thrown) -> Result {
    try unmanagedRealm.with { realm throws(Thrown) in try body(realm) }
  }

  @inline(__always)
  var code: FunctionCode { unmanagedCode._withUnsafeGuaranteedRef { $0 } }

  var coroutine: Coroutine? { coroutineReference?.cell }
}

typealias FramePointer = UnsafeMutablePointer<Frame>

extension FramePointer {
  /// The safe point of a loop turn.
  @inline(__always)
  func safePoint() throws(Thrown) {
    pointee.state.pointee.pollCountdown &-= 1
    if pointee.state.pointee.pollCountdown < 0 { try poll() }
  }

  @inline(never)
  private func poll() throws(Thrown) { try pointee.realm.poll() }

  /// Throws a RangeError when the machine stack is nearly used up.
  @inline(__always)
  func checkDepth() throws(Thrown) {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    if here < pointee.state.pointee.machineLimit { throw stackOverflow() }
  }

  @inline(never)
  func stackOverflow() -> Thrown { pointee.realm.stackOverflow() }
}

/// How a statement ended.
enum Completion: UInt8 {
  case normal
  /// To the enclosing statement whose label is `Frame.targetLabel`.
  case breaking
  case continuing
  /// With the value in `Frame.result`.
  case returning
}

/// Variables that closures have captured, or that a block declares anew for each turn of a loop.
final class Scope: HeapCell {
  let parent: Ref<Scope>?
  let values: UnsafeMutablePointer<Value>
  let count: Int
  /// The object of a `with` statement, or the one that holds the variables of direct evals once there are any.
  var withObject: Value = .undefined
  /// Whether the object holds variables, and so is nobody's `this`.
  var holdsEvalVariables = false

  init(heap: Heap, parent: Ref<Scope>?, count: Int, filledWith value: Value) {
    self.parent = parent
    self.count = count
    values = .allocate(capacity: max(count, 1))
    values.initialize(repeating: value, count: count)
    super.init(heap: heap)
    heap.charge(count * 16)
  }

  deinit { values.deallocate() }

  override func visitChildren(_ marker: Marker) {
    marker.visit(parent)
    marker.visit(values, count: count)
    marker.visit(withObject)
  }

  override var byteSize: Int { 64 + count * 16 }

  /// A copy for the next turn of a loop.
  func copied(_ heap: Heap) -> Scope {
    let copy = Scope(heap: heap, parent: parent, count: count, filledWith: .undefined)
    copy.values.update(from: values, count: count)
    return copy
  }
}
