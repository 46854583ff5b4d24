// Generators and async functions run on a machine stack and a value stack of their own, so that the tree can be left and
// re-entered in the middle of any expression.

import CRuntimeShims
import Glibc

/// A suspended or running activation with its own stacks.
final class Coroutine: HeapCell {
  enum State { case fresh, suspended, running, finished }

  /// What a resumed coroutine finds at its `yield` or `await`.
  enum Resumption { case next, exception, returning, abandoned }

  private(set) var state = State.fresh
  let function: Ref<ScriptFunction>
  let body: FunctionBody
  private let this: Value
  private let argumentCount: Int
  /// Nil once the coroutine has finished: the next one can have it at once.
  private var memory: CoroutineMemory?
  private let context: UnsafeMutablePointer<runtime_coroutine>
  private let resumer: UnsafeMutablePointer<runtime_coroutine>
  unowned(unsafe) private let realm: Realm
  /// The value that passes in or out at a switch.
  private var transferred = Value.undefined
  private var resumption = Resumption.next
  private var thrown: Thrown?
  private var valuePointer: UnsafeMutablePointer<Value>
  /// The activation's frame; its caller changes with each resumption.
  fileprivate var frame: FramePointer?
  /// Set when what passes out is an `await` rather than a `yield`.
  private(set) var isAwaiting = false
  /// Set when what passes out is an iterator result already (`yield*`).
  var passesResultThrough = false

  init?(realm: Realm, function: ScriptFunction, body: FunctionBody, this: Value, arguments: Arguments) {
    guard let memory = realm.coroutinePool.take() else { return nil }
    self.memory = memory
    self.function = Ref(function)
    self.body = body
    self.this = this
    self.realm = realm
    argumentCount = min(arguments.count, memory.valueCapacity / 2)
    context = .allocate(capacity: 1)
    context.initialize(to: runtime_coroutine())
    resumer = .allocate(capacity: 1)
    resumer.initialize(to: runtime_coroutine())
    valuePointer = memory.values
    super.init(heap: realm.heap)
    let count = argumentCount
    for index in 0..<count { memory.values[index] = arguments.base[index] }
    valuePointer = memory.values + count
    runtime_coroutine_prepare(
      context, memory.top, { Unmanaged<Coroutine>.fromOpaque($0!).takeUnretainedValue().main() },
      Unmanaged.passUnretained(self).toOpaque())
    realm.heap.coroutines.append(.passUnretained(self))
    realm.heap.charge(Coroutine.stackCharge)
  }

  deinit {
    context.deallocate()
    resumer.deallocate()
    memory?.release()
  }

  /// What the touched part of the stacks counts for the collector's pace.
  private static let stackCharge = 16384

  override func visitChildren(_ marker: Marker) {
    marker.visit(function.cell)
    marker.visit(this)
    marker.visit(transferred)
    if let thrown { marker.visit(thrown.value) }
    switch state {
    case .fresh, .suspended:
      guard let memory else { return }
      marker.visitStack(from: UInt(bitPattern: context.pointee.saved_stack_pointer), to: UInt(bitPattern: memory.top))
      marker.visit(memory.values, count: valuePointer - memory.values)
    case .running, .finished: break
    }
  }

  override var byteSize: Int { state == .finished ? 256 : 16384 }

  // MARK: From outside

  /// Runs until the next `yield`, `await` or the end. Nil means that the coroutine has suspended itself with `value`.
  func resume(_ how: Resumption, _ value: Value) throws(Thrown) -> (value: Value, isFinished: Bool) {
    guard let memory else { return (.undefined, true) }
    let saved = (
      stackPointer: realm.stackPointer, stackLimit: realm.stackLimit, machineLimit: realm.machineLimit, frame: realm.currentFrame,
      segment: realm.heap.stacks.running, coroutine: realm.currentCoroutine
    )
    var outer = saved.segment
    outer.context = resumer
    outer.valuePointer = UInt(bitPattern: saved.stackPointer)
    realm.heap.stacks.resumers.append(outer)
    realm.heap.stacks.running = StackSet.Segment(
      machineBase: UInt(bitPattern: memory.top), machinePointer: 0, valueBase: UInt(bitPattern: memory.values), valuePointer: 0)
    realm.stackPointer = valuePointer
    realm.stackLimit = memory.values + memory.valueCapacity
    realm.machineLimit = memory.machineLimit
    realm.currentCoroutine = self
    if let frame {
      frame.pointee.caller = saved.frame
      realm.currentFrame = frame
    }
    transferred = value
    resumption = how
    state = .running
    runtime_coroutine_switch(resumer, context)
    valuePointer = realm.stackPointer
    realm.stackPointer = saved.stackPointer
    realm.stackLimit = saved.stackLimit
    realm.machineLimit = saved.machineLimit
    realm.currentFrame = saved.frame
    realm.currentCoroutine = saved.coroutine
    realm.heap.stacks.running = saved.segment
    realm.heap.stacks.resumers.removeLast()
    if state == .finished {
      self.memory = nil
      memory.release()
      realm.heap.discharge(Coroutine.stackCharge)
    }
    if let error = thrown {
      thrown = nil
      throw error
    }
    return (transferred, state == .finished)
  }

  /// Finishes without running any more of the script's code.
  func abandon() {
    guard state == .suspended else {
      if state == .fresh { state = .finished }
      return
    }
    _ = try? resume(.abandoned, .undefined)
  }

  // MARK: From inside

  private func main() -> Never {
    let values = valuePointer - argumentCount
    do throws(Thrown) {
      let function = self.function.cell
      transferred = try realm.activate(
        function, function.code, body, this: this, base: values, count: argumentCount, newTarget: .undefined, coroutine: self)
    } catch {
      if case .internal(let cell) = error.value, let signal = cell.cell as? GeneratorReturn {
        transferred = signal.value
      } else {
        thrown = error
      }
    }
    state = .finished
    realm.stackPointer = values
    frame = nil
    while true { runtime_coroutine_switch(context, resumer) }
  }

  /// Hands `value` out and waits to be resumed.
  func suspend(_ value: Value, isAwaiting: Bool, _ frame: FramePointer) throws(Thrown) -> (how: Resumption, value: Value) {
    self.frame = frame
    self.isAwaiting = isAwaiting
    transferred = value
    state = .suspended
    runtime_coroutine_switch(context, resumer)
    let received = transferred
    transferred = .undefined
    if resumption == .abandoned { throw Thrown(.empty) }
    return (resumption, received)
  }
}

/// Travels as `Thrown(.internal)` when a generator is made to return: runs `finally` blocks, escapes `catch`.
final class GeneratorReturn: HeapCell {
  let value: Value

  init(heap: Heap, value: Value) {
    self.value = value
    super.init(heap: heap)
  }

  override func visitChildren(_ marker: Marker) { marker.visit(value) }
}

/// The mapped memory of a coroutine: values from the bottom up, the machine stack from the top down.
final class CoroutineMemory {
  let base: UnsafeMutableRawPointer
  let size: Int
  private let pool: CoroutinePool

  init(base: UnsafeMutableRawPointer, size: Int, pool: CoroutinePool) {
    self.base = base
    self.size = size
    self.pool = pool
  }

  var values: UnsafeMutablePointer<Value> { base.assumingMemoryBound(to: Value.self) }
  var valueCapacity: Int { size / 4 / MemoryLayout<Value>.stride }
  var top: UnsafeMutableRawPointer { base + size }
  /// Leaves room for what runs between two depth checks.
  var machineLimit: UInt { UInt(bitPattern: base + size / 4) + 48 * 1024 }

  func release() { pool.giveBack(self) }
}

/// Keeps a few stacks for the next coroutine. The first ones are large; when there are many, smaller ones must do.
final class CoroutinePool {
  private var free: [(base: UnsafeMutableRawPointer, size: Int)] = []
  private var count = 0

  static let largeSize = 4 << 20
  static let smallSize = 256 << 10

  func take() -> CoroutineMemory? {
    if let reused = free.popLast() { return CoroutineMemory(base: reused.base, size: reused.size, pool: self) }
    let size = count < 48 ? CoroutinePool.largeSize : CoroutinePool.smallSize
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else { return nil }
    count += 1
    return CoroutineMemory(base: base, size: size, pool: self)
  }

  fileprivate func giveBack(_ memory: CoroutineMemory) {
    if free.count < 64 {
      free.append((memory.base, memory.size))
    } else {
      munmap(memory.base, memory.size)
      count -= 1
    }
  }

  deinit {
    for memory in free { munmap(memory.base, memory.size) }
  }
}

extension Realm {
  /// Calls a generator or async function.
  func startCoroutine(
    _ function: ScriptFunction, _ body: FunctionBody, this: Value, arguments: Arguments
  ) throws(Thrown) -> Value {
    guard let coroutine = Coroutine(realm: self, function: function, body: body, this: this, arguments: arguments) else {
      throw rangeError("Too many generators and async functions under way")
    }
    if body.isGenerator {
      // Parameters are bound now; the body waits for the first `next`.
      _ = try coroutine.resume(.next, .undefined)
      let fallback = body.isAsync ? intrinsics[.asyncGenerator] : intrinsics[.generator]
      let prototype = try function.get(.prototype, receiver: Value(function), self).asObject ?? fallback
      if body.isAsync { return Value(AsyncGeneratorObject(realm: self, prototype: prototype, coroutine: coroutine)) }
      return Value(GeneratorObject(realm: self, prototype: prototype, coroutine: coroutine))
    }
    let driver = AsyncFunctionDriver(realm: self, coroutine: coroutine)
    driver.step(.next, .undefined, self)
    if termination != nil { throw Thrown(.empty) }
    return Value(driver.promise.cell)
  }
}
