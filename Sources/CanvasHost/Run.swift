// One run, from script files to picture files.

import Drawing
import Glibc
import ScriptRuntime
import ScriptSyntax

/// Holds what a run leaves behind until the process ends. Written once, by the script's thread.
private nonisolated(unsafe) var finished: RunExecution?

/// Runs scripts and writes their picture. A process runs one script at a time.
public enum Run {
  /// Does everything, tells the user about mistakes, and says how it went. What the run held is left to the system to free: a
  /// process runs once, and giving back a large heap cell by cell only takes time.
  public static func perform(_ options: RunOptions) -> ExitStatus {
    let console = ConsoleSink(logsToStandardError: options.writesToStandardOutput)
    let reporter = Reporter(console: console, usesColor: options.usesColor)
    let timeout = options.limits.timeout
    AllocatorTuning.prepare()
    do throws(HostError) {
      return try ScriptThread.run(
        timeout: timeout,
        giveUp: { abandonment in
          // The other thread is still at work: nothing of its may be touched.
          let error: HostError = abandonment == .interrupted ? .interrupted : .timedOut(milliseconds: timeout)
          Reporter.writeRaw(error)
          _exit(error.status.rawValue)
        },
        { stack in
          AllocatorTuning.prepareScriptThread()
          let execution = RunExecution(options, console: console, reporter: reporter, stack: stack)
          finished = execution
          let status = execution.execute()
          console.flush()
          return status
        })
    } catch {
      return reporter.report(error)
    }
  }
}

/// The steps of a run, on its own thread.
private final class RunExecution {
  private let options: RunOptions
  private let console: ConsoleSink
  private let reporter: Reporter
  private let stack: ScriptStack
  private let startedAt = MonotonicClock.now
  private let timer = PhaseTimer()
  private var world: ScriptWorld?

  init(_ options: RunOptions, console: ConsoleSink, reporter: Reporter, stack: ScriptStack) {
    self.options = options
    self.console = console
    self.reporter = reporter
    self.stack = stack
  }

  func execute() -> ExitStatus {
    let status: ExitStatus
    do throws(HostError) {
      status = try perform()
    } catch {
      status = reporter.report(error)
    }
    if let world { listInputs(world.filesRead) }
    if options.printsPhases { console.message(timer.report) }
    return status
  }

  private func perform() throws(HostError) -> ExitStatus {
    for target in options.outputs where target.format.encoderFormat == nil { throw .unsupportedFormat(target.format) }
    let threads = options.threads > 0 ? options.threads : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var recorder = FrameRecorder(targets: options.outputs, encoder: try PictureEncoder(options, threads: threads))
    let sources = try timer.measure(.read) { () throws(HostError) in try ScriptReader.read(options.scripts) }
    let names = NameTable()
    guard let scripts = timer.measure(.parse, { ScriptReader.parse(sources, names: names, reporter) }) else { return .malformedInput }
    for target in options.outputs { try OutputWriter.check(target.path(frame: 1)) }

    let failure = try timer.measure(.run) { () throws(HostError) in
      let world = try ScriptWorld(
        options, names: names, console: console, reporter: reporter, stack: stack, startedAt: startedAt, threads: threads)
      self.world = world
      return try world.run(scripts) { (picture) throws(HostError) in try recorder.record(picture, timer) }
    }
    if let failure { return report(failure) }
    let picture = timer.measure(.raster) { world?.picture }
    // Making the pixels may have met a limit.
    if let failure = world?.currentFailure { return report(failure) }
    try recorder.finish(picture, timer)
    return .success
  }

  private func report(_ failure: RunFailure) -> ExitStatus {
    reporter.report(failure, scriptName: options.scripts.last?.displayName ?? "")
  }

  private func listInputs(_ paths: [String]) {
    guard let descriptor = options.inputListDescriptor else { return }
    // Nobody reads the list any more if this fails.
    try? FileSystem.write(Array(paths.map { $0 + "\n" }.joined().utf8), to: descriptor)
  }
}
