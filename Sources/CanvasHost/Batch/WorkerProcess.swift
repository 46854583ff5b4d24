// A run in a process of its own: the interpreter of a run shares its process with no other.

import Glibc

/// A child process that runs one script, and what it has said so far.
final class WorkerProcess {
  let item: BatchItem
  let identifier: pid_t
  private let startedAt = MonotonicClock.now
  /// Standard output and standard error; closed when -1.
  private(set) var messageDescriptor: Int32
  /// The list of files that the script reads.
  private(set) var inputDescriptor: Int32
  private var messages: [UInt8] = []
  private var inputs: [UInt8] = []

  /// More than this of a run's messages is dropped.
  private static let messageLimit = 1 << 20
  private static let inputListNumber: Int32 = 3

  /// - Parameter arguments: of the run, without the script.
  init(_ item: BatchItem, arguments: [String]) throws(HostError) {
    self.item = item
    let messageEnds = try FileSystem.makePipe()
    messageDescriptor = messageEnds.reading
    defer { close(messageEnds.writing) }
    let inputEnds = try FileSystem.makePipe()
    inputDescriptor = inputEnds.reading
    defer { close(inputEnds.writing) }
    let words = ["canvasrun", "run"] + arguments + ["--list-inputs", "\(Self.inputListNumber)", "--", item.script]
    identifier = try Self.spawn(words, messages: messageEnds.writing, inputs: inputEnds.writing)
  }

  private static func spawn(_ words: [String], messages: Int32, inputs: Int32) throws(HostError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, messages, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, inputs, inputListNumber)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The batch keeps signals back for itself.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let code = posix_spawn(&child, "/proc/self/exe", &actions, &attributes, arguments, environ)
    guard code == 0 else { throw .noThread(SystemError(code)) }
    return child
  }

  var descriptors: [Int32] { [messageDescriptor, inputDescriptor].filter { $0 >= 0 } }
  var hasEnded: Bool { messageDescriptor < 0 && inputDescriptor < 0 }

  /// Takes what a readable descriptor has to give.
  func take(from descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0, errno == EINTR { return }
    if count > 0 {
      if descriptor == messageDescriptor {
        if messages.count < Self.messageLimit { messages += buffer[..<count] }
      } else {
        inputs += buffer[..<count]
      }
      return
    }
    close(descriptor)
    if descriptor == messageDescriptor { messageDescriptor = -1 } else { inputDescriptor = -1 }
  }

  /// Waits for the end of a process whose descriptors are closed.
  func finish() -> BatchResult {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    // The low seven bits are the signal that ended it, if any.
    let signal = status & 0x7F
    var result = BatchResult(item: item)
    result.status = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    result.milliseconds = Double(MonotonicClock.now - startedAt) / 1e6
    result.messages = String(decoding: messages, as: UTF8.self)
    if signal != 0 { result.messages += "canvasrun: error: the run was ended by signal \(signal)\n" }
    result.inputs = String(decoding: inputs, as: UTF8.self).split(separator: "\n").map(String.init)
    return result
  }
}
