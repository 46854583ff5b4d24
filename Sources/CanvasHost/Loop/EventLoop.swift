// What waits to be done, in the order in which a browser would do it.
// https://html.spec.whatwg.org/multipage/webappapis.html#event-loops and #timers
//
// Time is virtual: when no task is ready, the clock jumps to the next timer or frame.

/// Tasks, timers and animation frames of one run.
public final class EventLoop {
  /// The next thing to do.
  public enum Event {
    case task(() -> Void)
    /// The body of a timer.
    case timer(() -> Void)
    /// A frame of this time begins: see `waitingFrameCallbacks`.
    case frame(Double)
  }

  private struct Timer {
    let number: Int
    let body: () -> Void
    /// Nil for timers that fire once.
    let interval: Double?
    /// How many timers deep the timer was set; grows with each turn of an interval.
    var nesting: Int
    var hasFired = false
    /// Whether the script asked for a wait at all.
    let waits: Bool
  }

  public let clock: VirtualClock
  /// Milliseconds between frames.
  public let framePeriod: Double
  private var tasks: [() -> Void] = []
  private var nextTask = 0
  private var timers: [Int: Timer] = [:]
  private var dueTimes = DueTimes()
  private var nextNumber = 1
  private var frameCallbacks: [(number: Int, body: (Double) -> Void)] = []
  /// Which frame the callbacks wait for, and which was last; frame n is due n periods after the start.
  private var dueFrame = 1.0
  private var lastFrame = 0.0
  /// The timer whose task, with its microtasks, is under way.
  private var currentNesting = 0

  public init(clock: VirtualClock, framesPerSecond: Double = 60) {
    self.clock = clock
    framePeriod = 1000 / framesPerSecond
  }

  // MARK: - For the script

  public func enqueue(_ task: @escaping () -> Void) { tasks.append(task) }

  public func startTimer(afterMilliseconds delay: Double, repeats: Bool, _ body: @escaping () -> Void) -> Int {
    let number = nextNumber
    nextNumber += 1
    let delay = delay > 0 ? min(delay, Double(Int32.max)) : 0
    let timer = Timer(number: number, body: body, interval: repeats ? delay : nil, nesting: currentNesting + 1, waits: delay > 0)
    timers[number] = timer
    schedule(timer, after: delay)
    return number
  }

  public func cancelTimer(_ number: Int) { timers[number] = nil }

  public func requestFrame(_ body: @escaping (Double) -> Void) -> Int {
    let number = nextNumber
    nextNumber += 1
    if frameCallbacks.isEmpty { dueFrame = max(lastFrame, (clock.now / framePeriod + 1e-9).rounded(.down)) + 1 }
    frameCallbacks.append((number, body))
    return number
  }

  public func cancelFrame(_ number: Int) { frameCallbacks.removeAll { $0.number == number } }

  private func schedule(_ timer: Timer, after delay: Double) {
    // "If nesting level is greater than 5, and timeout is less than 4, then set timeout to 4."
    let wait = timer.nesting > Self.deepNesting ? max(delay, 4) : delay
    dueTimes.insert(time: clock.now + wait, number: timer.number)
  }

  private static let deepNesting = 5

  // MARK: - For who turns the loop

  /// The next thing to do; the clock has moved to its time. Nil when nothing is left.
  ///
  /// - Parameter framesAlways: whether frames come although no callback waits for one, as long as timers are left.
  public func next(framesAlways: Bool = false) -> Event? {
    currentNesting = 0
    if nextTask < tasks.count {
      let task = tasks[nextTask]
      nextTask += 1
      if nextTask == tasks.count {
        tasks.removeAll(keepingCapacity: true)
        nextTask = 0
      } else if nextTask == 1024 {
        tasks.removeFirst(nextTask)
        nextTask = 0
      }
      return .task(task)
    }
    while let due = dueTimes.first, timers[due.number] == nil { dueTimes.removeFirst() }
    // A recording leaves no frame out.
    let frame = framesAlways ? lastFrame + 1 : dueFrame
    let frameTime = frame * framePeriod
    if let due = dueTimes.first, due.time <= frameTime || (frameCallbacks.isEmpty && !framesAlways) {
      dueTimes.removeFirst()
      clock.advance(to: due.time)
      return .timer(fire(due.number))
    }
    guard !frameCallbacks.isEmpty || (framesAlways && dueTimes.first != nil) else { return nil }
    clock.advance(to: frameTime)
    lastFrame = frame
    return .frame(frameTime)
  }

  private func fire(_ number: Int) -> () -> Void {
    guard var timer = timers[number] else { return {} }
    currentNesting = timer.nesting
    guard let interval = timer.interval else {
      timers[number] = nil
      return timer.body
    }
    timer.nesting += 1
    timer.hasFired = true
    timers[number] = timer
    schedule(timer, after: interval)
    return timer.body
  }

  /// The callbacks that wait for the frame that begins, to be called one by one with `takeFrameCallback`.
  public var waitingFrameCallbacks: [Int] { frameCallbacks.map(\.number) }

  /// Takes a callback out; nil when it was cancelled meanwhile.
  public func takeFrameCallback(_ number: Int) -> ((Double) -> Void)? {
    guard let index = frameCallbacks.firstIndex(where: { $0.number == number }) else { return nil }
    let body = frameCallbacks.remove(at: index).body
    // Those that are requested from now on wait for the next frame.
    dueFrame = lastFrame + 1
    return body
  }

  /// Whether everything that is left has had its turn before: frame callbacks (ask after a frame), intervals that have fired, and
  /// timers that have long been setting each other.
  public var hasOnlyRepetitionLeft: Bool {
    guard nextTask == tasks.count else { return false }
    return timers.values.allSatisfy { timer in
      timer.interval != nil ? timer.hasFired : timer.nesting > Self.deepNesting && timer.waits
    }
  }

  /// Whether nothing is left to do.
  public var isDry: Bool { nextTask == tasks.count && timers.isEmpty && frameCallbacks.isEmpty }
}

/// Timers by due time, those of the same time in the order in which they were set: a binary heap.
private struct DueTimes {
  struct Entry {
    let time: Double
    let order: Int
    let number: Int

    static func < (left: Entry, right: Entry) -> Bool {
      left.time != right.time ? left.time < right.time : left.order < right.order
    }
  }

  private var entries: [Entry] = []
  private var nextOrder = 0

  var first: Entry? { entries.first }

  mutating func insert(time: Double, number: Int) {
    entries.append(Entry(time: time, order: nextOrder, number: number))
    nextOrder += 1
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child] < entries[parent] else { break }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() {
    guard let last = entries.popLast(), !entries.isEmpty else { return }
    entries[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child] < entries[least] {
        least = child
      }
      if least == parent { return }
      entries.swapAt(least, parent)
      parent = least
    }
  }
}
