// Where console.log and messages go.

import Glibc

/// Lines for standard output and standard error, in the order in which they were written.
public final class ConsoleSink {
  /// Where `console.log` goes.
  private let logDescriptor: Int32
  private let messageDescriptor: Int32
  /// What `console.log` has written and nobody has seen yet.
  private var pending: [UInt8] = []
  private let isInteractive: Bool

  /// - Parameter logsToStandardError: true where standard output carries a picture.
  public init(logsToStandardError: Bool) {
    logDescriptor = logsToStandardError ? STDERR_FILENO : STDOUT_FILENO
    messageDescriptor = STDERR_FILENO
    isInteractive = isatty(logDescriptor) == 1
  }

  /// For tests: everything goes to two open files.
  public init(logDescriptor: Int32, messageDescriptor: Int32) {
    self.logDescriptor = logDescriptor
    self.messageDescriptor = messageDescriptor
    isInteractive = false
  }

  /// Writes a line of `console.log`.
  public func log(_ line: String) {
    pending += line.utf8
    pending.append(UInt8(ascii: "\n"))
    if isInteractive || pending.count > 32_768 { flush() }
  }

  /// Writes text to standard error as it is.
  public func message(_ text: String) {
    flush()
    try? FileSystem.write(Array(text.utf8), to: messageDescriptor)
  }

  public func flush() {
    guard !pending.isEmpty else { return }
    // A reader that has gone away is no reason to end the run.
    try? FileSystem.write(pending, to: logDescriptor)
    pending.removeAll(keepingCapacity: true)
  }
}
