// The thread that a run has to itself, and the one that looks after it.
//
// Scripts may call deep, so the thread has a large stack, of which only the touched pages cost anything. The first thread waits: for
// the end, for an interrupt, for the end of the time. A run that does not end by itself soon after (it is asked to at its safe
// points) ends with the process. No Swift object is used by both threads at once.

import Glibc

/// The memory of a thread's stack.
struct ScriptStack {
  /// The highest address.
  let base: UInt
  let size: Int
}

enum ScriptThread {
  /// Bytes of the stack.
  static let stackSize = 512 << 20
  /// How long a run may take to notice that it must end, in milliseconds.
  private static let patience = 1500.0

  /// Why a run had to be given up.
  enum Abandonment { case timedOut, interrupted }

  private final class Work {
    let body: (ScriptStack) -> ExitStatus
    let stack: ScriptStack
    let doneDescriptor: Int32
    var status = ExitStatus.success

    init(body: @escaping (ScriptStack) -> ExitStatus, stack: ScriptStack, doneDescriptor: Int32) {
      self.body = body
      self.stack = stack
      self.doneDescriptor = doneDescriptor
    }
  }

  /// Runs `body` on a thread of its own and waits for it.
  ///
  /// - Parameters:
  ///   - timeout: milliseconds; 0 for no limit.
  ///   - giveUp: called on the waiting thread when the run does not end although it should; it ends the process.
  static func run(
    timeout: Double, giveUp: (Abandonment) -> Never, _ body: @escaping (ScriptStack) -> ExitStatus
  ) throws(HostError) -> ExitStatus {
    let ends = try FileSystem.makePipe()
    defer {
      close(ends.reading)
      close(ends.writing)
    }
    let stack = try makeStack()

    let interrupts = HeldInterrupts()
    defer { interrupts.release() }
    let work = Work(body: body, stack: stack, doneDescriptor: ends.writing)
    let thread = try start(work)
    wait(done: ends.reading, timeout: timeout, giveUp: giveUp)
    pthread_join(thread, nil)
    munmap(UnsafeMutableRawPointer(bitPattern: stack.base - UInt(stack.size)), stack.size)
    return work.status
  }

  private static func makeStack() throws(HostError) -> ScriptStack {
    let memory = mmap(
      nil, stackSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0)
    guard let memory, memory != MAP_FAILED else { throw .noThread(.latest) }
    // Whoever gets past the checks meets this page.
    mprotect(memory, 4096, PROT_NONE)
    return ScriptStack(base: UInt(bitPattern: memory) + UInt(stackSize), size: stackSize)
  }

  private static func start(_ work: Work) throws(HostError) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    let lowest = UnsafeMutableRawPointer(bitPattern: work.stack.base - UInt(work.stack.size))
    guard let lowest, pthread_attr_setstack(&attributes, lowest, work.stack.size) == 0 else { throw .noThread(.latest) }
    var thread = pthread_t()
    // Safe: `work` is kept by the caller, who waits for the thread to end and touches nothing of it meanwhile.
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
        work.status = work.body(work.stack)
        try? FileSystem.write([1], to: work.doneDescriptor)
        return nil
      }, Unmanaged.passUnretained(work).toOpaque())
    guard code == 0 else { throw .noThread(SystemError(code)) }
    return thread
  }

  /// Returns when the run has ended.
  private static func wait(done: Int32, timeout: Double, giveUp: (Abandonment) -> Never) {
    let start = MonotonicClock.now
    func elapsed() -> Double { Double(MonotonicClock.now - start) / 1e6 }
    var interruptedAt: Double?
    while true {
      var descriptor = pollfd(fd: done, events: Int16(POLLIN), revents: 0)
      // The run sees interrupts by itself; this is for runs that are stuck.
      if poll(&descriptor, 1, 100) > 0 { return }
      if interruptedAt == nil, HeldInterrupts.arePending { interruptedAt = elapsed() }
      let end: Double? = interruptedAt.map { $0 + patience } ?? (timeout > 0 ? timeout + patience : nil)
      if let end, elapsed() > end { giveUp(interruptedAt == nil ? .timedOut : .interrupted) }
    }
  }
}

/// SIGINT and SIGTERM kept back while something is under way that should end in order: they stay pending and can be asked for.
/// Threads that are started meanwhile inherit this.
struct HeldInterrupts {
  private var held = sigset_t()
  private var former = sigset_t()

  init() {
    sigemptyset(&held)
    sigaddset(&held, SIGINT)
    sigaddset(&held, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &held, &former)
  }

  /// Whether an interrupt has arrived.
  static var arePending: Bool {
    var pending = sigset_t()
    sigemptyset(&pending)
    sigpending(&pending)
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1
  }

  /// Lets interrupts through again; those that came meanwhile count as dealt with.
  func release() {
    var held = held, former = former, none = timespec()
    while sigtimedwait(&held, nil, &none) > 0 {}
    pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}
