// Many scripts, many processes, one gallery.

import Glibc

/// Renders scripts side by side and writes the gallery.
public enum Batch {
  /// How far a batch is.
  public struct Progress: Sendable {
    public let finished: Int
    public let total: Int
    public let latest: BatchResult
  }

  /// Runs everything. `onProgress` is called after each picture.
  public static func perform(_ options: BatchOptions, onProgress: (Progress) -> Void) throws(HostError) -> [BatchResult] {
    let items = try BatchItem.plan(options)
    do {
      try FileSystem.makeFolder(options.outputFolder)
    } catch {
      throw .unwritable(path: options.outputFolder, error)
    }
    let memoryPath = PathText.join(options.outputFolder, BatchMemory.fileName)
    var memory = (try? FileSystem.read(memoryPath)).map { BatchMemory(text: String(decoding: $0, as: UTF8.self)) } ?? BatchMemory()
    let fingerprint = Self.fingerprint(options)

    var results: [String: BatchResult] = [:]
    var waiting: [BatchItem] = []
    func finish(_ result: BatchResult) {
      results[result.item.outputName] = result
      onProgress(Progress(finished: results.count, total: items.count, latest: result))
    }
    for item in items {
      let path = PathText.join(options.outputFolder, item.outputName)
      if !options.isForced, let known = memory.upToDate(item.outputName, at: path, options: fingerprint) {
        var result = BatchResult(item: item)
        result.milliseconds = known.milliseconds
        result.bytes = known.output.size
        finish(result)
      } else {
        waiting.append(item)
      }
    }
    try run(waiting, options) { result in
      let path = PathText.join(options.outputFolder, result.item.outputName)
      var result = result
      result.bytes = result.isFailure ? 0 : FileSystem.stamp(path)?.size ?? 0
      memory.remember(result, at: path, options: fingerprint)
      finish(result)
    }
    let ordered = items.compactMap { results[$0.outputName] }
    let gallery = Gallery(ordered)
    try OutputWriter.write(Array(gallery.page.utf8), to: PathText.join(options.outputFolder, "index.html"))
    try OutputWriter.write(Array(gallery.report.utf8), to: PathText.join(options.outputFolder, "report.json"))
    try OutputWriter.write(Array(memory.text.utf8), to: memoryPath)
    return ordered
  }

  /// Changes when the pictures would: with the options and with the program itself.
  private static func fingerprint(_ options: BatchOptions) -> String {
    let program = FileSystem.stamp("/proc/self/exe")
    let words = options.runArguments + ["\(program?.size ?? 0)", "\(program?.modified ?? 0)"]
    return words.map { $0.split(separator: "\n").joined(separator: " ") }.joined(separator: " ")
  }

  /// Keeps as many processes at work as there may be. An interrupt ends them all.
  private static func run(_ items: [BatchItem], _ options: BatchOptions, _ finish: (BatchResult) -> Void) throws(HostError) {
    let interrupts = HeldInterrupts()
    defer { interrupts.release() }
    var next = 0
    var workers: [WorkerProcess] = []
    defer {
      for worker in workers {
        kill(worker.identifier, SIGTERM)
        _ = worker.finish()
      }
    }
    while next < items.count || !workers.isEmpty {
      while next < items.count, workers.count < max(1, options.processes) {
        let output = PathText.join(options.outputFolder, items[next].outputName)
        workers.append(try WorkerProcess(items[next], arguments: options.runArguments + ["-j", "1", "-o", output]))
        next += 1
      }
      var polled = workers.flatMap { $0.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) } }
      let readable = poll(&polled, nfds_t(polled.count), 100)
      if HeldInterrupts.arePending { throw .interrupted }
      guard readable > 0 else { continue }
      for entry in polled where entry.revents != 0 {
        workers.first { $0.descriptors.contains(entry.fd) }?.take(from: entry.fd)
      }
      for worker in workers where worker.hasEnded { finish(worker.finish()) }
      workers.removeAll(where: \.hasEnded)
    }
  }
}
