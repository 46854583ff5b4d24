// How long the parts of a run took, for --time.

import Glibc

/// Adds up real time by phase. A phase inside another stops the outer one's clock.
public final class PhaseTimer {
  public enum Phase: String, CaseIterable, Sendable {
    case read, parse, run, raster, encode, write
  }

  private var nanoseconds: [Phase: UInt64] = [:]
  private var current: Phase?
  private var since: UInt64 = 0

  public init() {}

  /// Runs `body` and counts its time.
  public func measure<Result, Failure: Error>(_ phase: Phase, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let outer = current
    enter(phase)
    defer { enter(outer) }
    return try body()
  }

  private func enter(_ phase: Phase?) {
    let now = MonotonicClock.now
    if let current { nanoseconds[current, default: 0] += now - since }
    current = phase
    since = now
  }

  /// One line for each phase that took place.
  public var report: String {
    Phase.allCases.compactMap { phase in
      nanoseconds[phase].map { "\(phase.rawValue): \(DecimalText.fixed(Double($0) / 1e6)) ms\n" }
    }.joined()
  }
}

/// Real time that only moves forward.
public enum MonotonicClock {
  /// Nanoseconds since some moment.
  public static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// The time of day.
enum WallClock {
  /// Milliseconds since 1970.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec / 1_000_000)
  }
}
