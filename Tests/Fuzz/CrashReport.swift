// Says which input was under way when the process crashed or hung.

import Glibc

/// What the signal handler prints. It may do nothing but write bytes that lie ready.
enum CrashReport {
  // Safe: one thread runs cases, and the handler interrupts that thread.
  nonisolated(unsafe) private static var headline = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)
  nonisolated(unsafe) private static var headlineLength = 0
  nonisolated(unsafe) private static var input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4 * Mutator.longestInput)
  nonisolated(unsafe) private static var inputLength = 0
  private static let stackSize = 64 << 10
  /// Seconds that one case may take.
  static let patience: UInt32 = 20

  /// Call on the thread that runs the cases: the handler has a stack of its own, since the thread's may be what overflowed.
  static func install() {
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    stack.ss_size = stackSize
    sigaltstack(&stack, nil)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGALRM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { CrashReport.handle($0) }
      action.sa_flags = Int32(truncatingIfNeeded: SA_ONSTACK) | Int32(truncatingIfNeeded: SA_RESETHAND)
      sigaction(signal, &action, nil)
    }
  }

  /// Notes the case that begins.
  static func begin(target: String, seed: UInt64, caseNumber: UInt64, input bytes: [UInt8]) {
    headlineLength = fill(headline, "fuzz \(target) --seed \(seed) --case \(caseNumber)\n".utf8)
    inputLength = min(bytes.count, input.count)
    for index in 0..<inputLength { input[index] = bytes[index] }
    alarm(patience)
  }

  private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ text: String.UTF8View) -> Int {
    var count = 0
    for byte in text.prefix(buffer.count) {
      buffer[count] = byte
      count += 1
    }
    return count
  }

  private static func handle(_ signal: Int32) {
    let cause: StaticString = signal == SIGALRM ? "HANG. Again with: " : "CRASH. Again with: "
    write(STDERR_FILENO, cause.utf8Start, cause.utf8CodeUnitCount)
    write(STDERR_FILENO, headline.baseAddress, headlineLength)
    let label: StaticString = "--- input\n"
    write(STDERR_FILENO, label.utf8Start, label.utf8CodeUnitCount)
    write(STDERR_FILENO, input.baseAddress, inputLength)
    let end: StaticString = "\n--- end of input\n"
    write(STDERR_FILENO, end.utf8Start, end.utf8CodeUnitCount)
    if signal == SIGALRM { _exit(1) }
    raise(signal)
  }
}
