import Testing

@testable import CanvasHost

/// Turns a loop until it is dry, or `limit` events have been; frame callbacks are run as the run does it.
private func turn(_ loop: EventLoop, limit: Int = 1000) {
  for _ in 0..<limit {
    switch loop.next() {
    case .task(let body)?, .timer(let body)?: body()
    case .frame(let time)?:
      for number in loop.waitingFrameCallbacks { loop.takeFrameCallback(number)?(time) }
    case nil: return
    }
  }
}

@Suite struct EventLoopTests {
  private let loop = EventLoop(clock: VirtualClock())

  @Test func tasksComeBeforeTimersAndInOrder() {
    var log: [String] = []
    _ = loop.startTimer(afterMilliseconds: 0, repeats: false) { log.append("timer") }
    loop.enqueue { log.append("a") }
    loop.enqueue { log.append("b") }
    turn(loop)
    #expect(log == ["a", "b", "timer"])
    #expect(loop.isDry)
  }

  @Test func timersFireByDueTimeAndThenInTheOrderOfSetting() {
    var log: [Int] = []
    for (name, delay) in [(1, 30.0), (2, 10), (3, 20), (4, 10), (5, -5), (6, .nan)] {
      _ = loop.startTimer(afterMilliseconds: delay, repeats: false) { log.append(name) }
    }
    turn(loop)
    #expect(log == [5, 6, 2, 4, 3, 1])
    #expect(loop.clock.now == 30)
  }

  @Test func cancelledTimersDoNotFire() {
    var log: [Int] = []
    let first = loop.startTimer(afterMilliseconds: 1, repeats: false) { log.append(1) }
    var interval = 0
    interval = loop.startTimer(afterMilliseconds: 10, repeats: true) { [loop] in
      log.append(2)
      if log.count == 3 { loop.cancelTimer(interval) }
    }
    loop.cancelTimer(first)
    loop.cancelTimer(12345)
    turn(loop)
    #expect(log == [2, 2, 2])
    #expect(loop.clock.now == 30)
    #expect(loop.isDry)
  }

  @Test func intervalsWithoutAWaitSlowDown() {
    var times: [Double] = []
    _ = loop.startTimer(afterMilliseconds: 0, repeats: true) { [loop] in times.append(loop.clock.now) }
    turn(loop, limit: 8)
    #expect(times.first == 0)
    #expect((times.last ?? 0) > 4)
  }

  @Test func framesComeSixtyTimesASecondAndAfterTimersThatAreDue() {
    var log: [String] = []
    let period = loop.framePeriod
    _ = loop.requestFrame { _ in log.append("frame") }
    _ = loop.startTimer(afterMilliseconds: period, repeats: false) { log.append("due") }
    _ = loop.startTimer(afterMilliseconds: period + 1, repeats: false) { log.append("later") }
    turn(loop)
    #expect(log == ["due", "frame", "later"])
    var time = 0.0
    _ = loop.requestFrame { time = $0 }
    turn(loop)
    #expect(abs(time - 2 * period) < 1e-9)
  }

  @Test func aCallbackRequestedDuringAFrameWaitsForTheNext() {
    var times: [Double] = []
    func request() {
      _ = loop.requestFrame { time in
        times.append(time)
        if times.count < 3 { request() }
      }
    }
    request()
    turn(loop)
    #expect(times.map { ($0 / loop.framePeriod).rounded() } == [1, 2, 3])
  }

  @Test func aCallbackCancelledDuringItsFrameIsNotCalled() {
    var log: [Int] = []
    var second = 0
    _ = loop.requestFrame { [loop] _ in
      log.append(1)
      loop.cancelFrame(second)
    }
    second = loop.requestFrame { _ in log.append(2) }
    turn(loop)
    #expect(log == [1])
  }

  @Test func aFrameAskedForLongAfterTheLastIsTheNextOne() {
    var time = 0.0
    _ = loop.startTimer(afterMilliseconds: 100, repeats: false) { [loop] in _ = loop.requestFrame { time = $0 } }
    turn(loop)
    #expect(abs(time - 7 * loop.framePeriod) < 1e-9)
  }

  @Test func repetitionIsToldFromWorkToDo() {
    #expect(loop.hasOnlyRepetitionLeft)
    _ = loop.startTimer(afterMilliseconds: 10, repeats: true) {}
    #expect(!loop.hasOnlyRepetitionLeft)
    turn(loop, limit: 1)
    #expect(loop.hasOnlyRepetitionLeft)
    loop.enqueue {}
    #expect(!loop.hasOnlyRepetitionLeft)
    turn(loop, limit: 1)
    _ = loop.startTimer(afterMilliseconds: 1000, repeats: false) {}
    #expect(!loop.hasOnlyRepetitionLeft)
  }

  @Test func aLongChainOfTimersIsARepetition() {
    func step() { _ = loop.startTimer(afterMilliseconds: 20, repeats: false) { step() } }
    step()
    turn(loop, limit: 3)
    #expect(!loop.hasOnlyRepetitionLeft)
    turn(loop, limit: 10)
    #expect(loop.hasOnlyRepetitionLeft)
  }

  @Test func recordingTakesFramesAsLongAsWorkIsLeft() {
    _ = loop.startTimer(afterMilliseconds: 40, repeats: false) {}
    var frames = 0
    while let event = loop.next(framesAlways: true) {
      if case .frame = event { frames += 1 } else if case .timer(let body) = event { body() }
    }
    #expect(frames == 2)
  }
}

@Suite struct VirtualClockTests {
  @Test func lookingTakesAMicrosecondAndAdvancingNeverGoesBack() {
    let clock = VirtualClock()
    #expect(clock.read() == 0.001)
    #expect(clock.read() == 0.002)
    clock.advance(to: 5)
    clock.advance(to: 3)
    #expect(clock.now == 5)
  }
}
