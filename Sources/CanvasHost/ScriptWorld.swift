// The world of one run: realm, canvas, event loop, and turning it.

import CanvasBindings
import CanvasCore
import Canvas2D
import Drawing
import Glibc
import Raster
import ScriptRuntime
import ScriptSyntax
import Typography

/// Runs parsed scripts until nothing is left to do.
final class ScriptWorld {
  private let options: RunOptions
  private let realm: Realm
  private let environment: ScriptEnvironment
  private let host: ScriptHost
  private let loader: ResourceLoader
  private let reporter: Reporter
  private let scriptName: String
  private var memory: MemoryGuard
  private var failure: RunFailure?
  private var animation = AnimationWatch()

  private var loop: EventLoop { host.loop }

  /// - Parameter startedAt: when the time of `--timeout` began to count, on the monotonic clock.
  init(
    _ options: RunOptions, names: NameTable, console: ConsoleSink, reporter: Reporter, stack: ScriptStack, startedAt: UInt64,
    threads: Int
  ) throws(HostError) {
    self.options = options
    self.reporter = reporter
    scriptName = options.scripts.last?.displayName ?? ""
    let folder = Self.folder(of: options.scripts)
    loader = try ResourceLoader(
      scriptFolder: folder, root: options.root ?? folder, readableFolders: options.readableFolders,
      byteLimit: options.limits.memory > 0 ? options.limits.memory : Int.max)
    let fonts = try FontSources.library(options) { [reporter, scriptName] in
      if options.verbosity > .quiet { reporter.warn($0, at: nil, scriptName: scriptName) }
    }
    let clock = VirtualClock(origin: options.startTime == .real ? WallClock.now : 0)
    host = ScriptHost(
      loop: EventLoop(clock: clock, framesPerSecond: options.recording?.rate ?? 60), loader: loader, fonts: fonts,
      maximumPixels: options.limits.pixels)
    realm = Realm(names: names, machineStackBase: stack.base, machineStackSize: stack.size)
    memory = MemoryGuard(limit: options.limits.memory)

    let canvases = CanvasEnvironment.raster(RasterOptions(threadCount: threads)) { [scale = options.scale] size, settings, raster in
      if scale == 1 {
        if settings.usesFloatPixels { return FloatRasterSurface(size: size, settings: settings, options: raster) }
        return RasterSurface(size: size, settings: settings, options: raster)
      }
      return ScaledSurface(size: size, settings: settings, options: RasterOptions(threadCount: raster.threadCount, scale: scale))
    }
    canvases.textShaping = fonts
    canvases.maximumPixels = options.limits.pixels
    var environmentOptions = ScriptEnvironmentOptions()
    environmentOptions.width = options.width
    environmentOptions.height = options.height
    environmentOptions.scriptURL = loader.baseURL + URLText.encodePath(PathText.name(of: scriptName))
    environmentOptions.warns = options.verbosity > .quiet
    environmentOptions.exposesTestHooks = options.exposesTestHooks
    environment = ScriptEnvironment(
      realm: realm, host: host, canvasEnvironment: canvases, options: environmentOptions)
    connect(canvases, clock, startedAt: startedAt)
    realm.console.output = { level, text in
      switch level {
      case .debug, .log, .info: console.log(text)
      case .warn, .error: console.message(text + "\n")
      }
    }
    try installData()
    try setStartTime(clock)
  }

  private static func folder(of scripts: [ScriptSource]) -> String {
    guard case .file(let path)? = scripts.last else { return "." }
    let folder = PathText.folder(of: path)
    return folder.isEmpty ? "." : folder
  }

  // MARK: - Setting up

  private func connect(_ canvases: CanvasEnvironment, _ clock: VirtualClock, startedAt: UInt64) {
    realm.currentTime = { clock.origin + clock.read().rounded(.down) }
    realm.seedRandom(options.seed)
    realm.heap.byteLimit = options.limits.memory
    let deadline = options.limits.timeout > 0 ? startedAt + UInt64(min(options.limits.timeout * 1e6, 1e18)) : UInt64.max
    realm.shouldStop = { [unowned self] in
      // The place in the script is known here, before the calls are unwound.
      if MonotonicClock.now >= deadline {
        fail(.host(.timedOut(milliseconds: options.limits.timeout), at: position))
        realm.terminate(.timeout)
      } else if memory.isOverLimit() {
        fail(.host(memoryExceeded, at: position))
        realm.terminate(.memory(""))
      }
      return HeldInterrupts.arePending
    }
    realm.warn = { [unowned self] message, position in
      if options.verbosity > .quiet { reporter.warn(message, at: position, scriptName: scriptName) }
    }
    host.uncaught = { [unowned self] in note($0) }
    canvases.limitReached = { [unowned self] limit in
      guard case .bitmapTooLarge(let size) = limit else { return }
      fail(.host(.bitmapTooLarge(size, maximumPixels: options.limits.pixels), at: position))
      realm.terminate(.stopped)
    }
  }

  private var memoryExceeded: HostError {
    let usage = realm.heap.largestUse()
    // What the collector does not know of is pixels.
    let isOutside = memory.residentBytes - usage.total > usage.bytes
    return .memoryExceeded(bytes: options.limits.memory, mostly: isOutside ? "canvases and images" : usage.noun)
  }

  /// Where the script is at present.
  private var position: ScriptPosition? {
    (realm.makeError(.error, "").value.asObject as? ErrorObject)?.stackEntries.first?.location
  }

  /// The global `data`.
  private func installData() throws(HostError) {
    var value = Value.undefined
    if let source = options.data { value = try DataValue.parse(source, in: realm) }
    for (name, text) in options.dataMembers {
      if value.isUndefined { value = Value(realm.makeObject()) }
      guard let object = value.asObject else {
        throw .badOption(name: "--set", value: "\(name)=\(text)", reason: "the value of --data is no object")
      }
      let member = DecimalText.parse(text).map { Value.number($0) } ?? Value(realm.string(text))
      try? realm.createDataProperty(object, realm.key(name), member)
    }
    realm.defineValue(realm.globalObject, "data", value)
  }

  private func setStartTime(_ clock: VirtualClock) throws(HostError) {
    guard case .text(let text) = options.startTime else { return }
    let date = try? realm.get(Value(realm.globalObject), realm.key("Date"))
    let parsed = try? realm.invoke(date ?? .undefined, realm.key("parse"), [Value(realm.string(text))]).asNumber
    guard let milliseconds = parsed ?? nil, milliseconds.isFinite else {
      throw .badOption(name: "--now", value: text, reason: "it is no date such as 2024-05-17T12:00:00Z, nor 'real'")
    }
    clock.origin = milliseconds
  }

  // MARK: - Results

  /// The real paths of the files that the script read.
  var filesRead: [String] { loader.filesRead }

  /// The picture on the default canvas; nil where it has no pixels.
  var picture: ImageSnapshot? {
    environment.canvas.bitmap.detailedSnapshot()
  }

  /// Why the run failed, if it did.
  var currentFailure: RunFailure? { failure }

  // MARK: - Running

  /// Runs the scripts and what they have started. `onFrame` takes the picture of each recorded animation frame.
  func run(_ scripts: [Script], onFrame: (ImageSnapshot?) throws(HostError) -> Void) throws(HostError) -> RunFailure? {
    for script in scripts {
      perform { () throws(Thrown) in try realm.evaluate(script) }
      if failure != nil { return failure }
    }
    perform { () throws(Thrown) in environment.fireLoadEvents() }
    try turnLoop(onFrame)
    if failure == nil { environment.warnAboutUnknownProperties(in: scripts.map(\.source)) }
    return failure
  }

  private func turnLoop(_ onFrame: (ImageSnapshot?) throws(HostError) -> Void) throws(HostError) {
    var framesLeft = options.recording?.frameCount ?? 0
    let isRecording = framesLeft > 0
    while failure == nil, let event = loop.next(framesAlways: isRecording) {
      switch event {
      case .task(let body):
        perform { () throws(Thrown) in body() }
      case .timer(let body):
        if !isRecording { animation.begin(environment.canvas) }
        perform { () throws(Thrown) in body() }
        if !isRecording, loop.waitingFrameCallbacks.isEmpty, loop.hasOnlyRepetitionLeft, animation.endsHere(environment.canvas) {
          return
        }
      case .frame(let time):
        if !isRecording { animation.begin(environment.canvas) }
        for number in loop.waitingFrameCallbacks {
          guard failure == nil, let callback = loop.takeFrameCallback(number) else { continue }
          perform { () throws(Thrown) in callback(time) }
        }
        guard failure == nil else { return }
        if isRecording {
          try onFrame(picture)
          framesLeft -= 1
          if framesLeft == 0 { return }
        } else if loop.hasOnlyRepetitionLeft, !loop.isDry, animation.endsHere(environment.canvas) {
          return
        }
      }
    }
  }

  /// Runs a piece of the script, then the microtasks, then looks for rejections that nobody handles.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#perform-a-microtask-checkpoint
  private func perform(_ body: () throws(Thrown) -> Void) {
    do {
      try body()
      if failure == nil {
        try realm.runMicrotasks { value in
          if failure == nil { fail(.uncaught(ThrownReport(value, in: realm))) }
        }
      }
    } catch {
      note(error)
    }
    if realm.termination != nil { note(Thrown(.empty)) }
    if failure == nil, let reason = realm.takeUnhandledRejections().first {
      fail(.unhandledRejection(ThrownReport(reason, in: realm)))
    }
  }

  private func fail(_ reason: RunFailure) {
    if failure == nil { failure = reason }
  }

  private func note(_ thrown: Thrown) {
    guard failure == nil else { return }
    guard thrown.isTermination else { return fail(.uncaught(ThrownReport(thrown.value, in: realm))) }
    switch realm.termination {
    case .timeout: fail(.host(.timedOut(milliseconds: options.limits.timeout), at: nil))
    case .memory: fail(.host(memoryExceeded, at: position))
    case .interrupted, .stopped, nil: fail(.host(.interrupted, at: nil))
    }
  }
}

/// Tells when an endless animation has shown its first frame: what is left only repeats, and something was drawn meanwhile.
private struct AnimationWatch {
  /// The picture before the animation, while the canvas still shows it.
  private weak var before: ImageSnapshot?
  private var hasBegun = false
  private var idleTurns = 0
  /// An animation that draws nothing for so long after something was drawn before has nothing more to show: one second of frames.
  private static let patience = 60

  /// Call before the first frame or timer.
  mutating func begin(_ canvas: Canvas) {
    guard !hasBegun else { return }
    hasBegun = true
    before = canvas.bitmap.surface?.snapshot()
  }

  /// Whether the animation may end after the turn that has just been. One that has never drawn anything goes on.
  mutating func endsHere(_ canvas: Canvas) -> Bool {
    guard let surface = canvas.bitmap.surface else { return false }
    if surface.snapshot() !== before { return true }
    idleTurns += 1
    return idleTurns >= Self.patience
  }
}

/// The global `data`.
private enum DataValue {
  static func parse(_ source: DataSource, in realm: Realm) throws(HostError) -> Value {
    let text: String
    let name: String
    switch source {
    case .text(let json): (text, name) = (json, "the value of --data")
    case .file(let path):
      do {
        (text, name) = (String(decoding: try FileSystem.read(path), as: UTF8.self), path)
      } catch {
        throw .unreadable(path: path, error)
      }
    }
    do {
      let parser = try realm.get(Value(realm.globalObject), realm.key("JSON"))
      return try realm.invoke(parser, realm.key("parse"), [Value(realm.string(text))])
    } catch {
      throw .badData(source: name, reason: ThrownReport(error.value, in: realm).message)
    }
  }
}
