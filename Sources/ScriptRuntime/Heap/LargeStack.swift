// A stack for work that recurses as deep as a script nests: reading it, lowering it, freeing its tree.
//
// A generator's stack may be too small for that, and the main one nearly used up. No script code runs on this stack.

import CRuntimeShims
import Glibc

/// Mapped when it is first needed; only touched pages cost anything.
final class LargeStack {
  /// Enough for the deepest tree that the parser makes.
  static let size = 64 << 20
  private let memory: UnsafeMutableRawPointer
  private let context: UnsafeMutablePointer<runtime_coroutine>
  private let caller: UnsafeMutablePointer<runtime_coroutine>
  private var work: (() -> Void)?
  private(set) var isRunning = false

  /// The lowest address that work may reach.
  var limit: UInt { UInt(bitPattern: memory) + 256 * 1024 }

  init?() {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let memory = mmap(nil, LargeStack.size, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else { return nil }
    self.memory = memory
    context = .allocate(capacity: 1)
    context.initialize(to: runtime_coroutine())
    caller = .allocate(capacity: 1)
    caller.initialize(to: runtime_coroutine())
    runtime_coroutine_prepare(
      context, memory + LargeStack.size,
      { argument in
        guard let argument else { return }
        Unmanaged<LargeStack>.fromOpaque(argument).takeUnretainedValue().serve()
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    context.deallocate()
    caller.deallocate()
    munmap(memory, LargeStack.size)
  }

  func run(_ body: () -> Void) {
    isRunning = true
    withoutActuallyEscaping(body) { body in
      work = body
      runtime_coroutine_switch(caller, context)
    }
    isRunning = false
  }

  private func serve() -> Never {
    while true {
      serveOnce()
      runtime_coroutine_switch(context, caller)
    }
  }

  /// Apart, so that nothing of the work is held when the stack is left.
  @inline(never)
  private func serveOnce() {
    let body = work
    work = nil
    body?()
  }
}

extension Heap {
  /// Runs `body` where there is room for deep recursion: here, if there is, else on the large stack.
  @inline(never)
  func withLargeStack<Result>(_ body: () -> Result) -> Result {
    var marker: UInt8 = 0
    let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    guard let state, here < state.pointee.machineLimit &+ UInt(LargeStack.size) / 2 else { return body() }
    if largeStack == nil { largeStack = LargeStack() }
    guard let largeStack, !largeStack.isRunning else { return body() }
    let limit = state.pointee.machineLimit
    state.pointee.machineLimit = largeStack.limit
    defer { state.pointee.machineLimit = limit }
    var result: Result?
    largeStack.run { result = body() }
    // Set by now: the switch comes back when the work is done.
    return result ?? body()
  }
}
