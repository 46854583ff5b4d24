// Time as scripts see it: it moves when the event loop says so, and a little with every look at it.

/// The clock of one run, in milliseconds since the run began.
public final class VirtualClock {
  /// Milliseconds since 1970 when the run began.
  public var origin: Double
  private var time = 0.0
  /// One microsecond a look, so that a loop that waits for time to pass comes to an end, always after the same number of turns.
  private static let tick = 0.001

  public init(origin: Double = 0) { self.origin = origin }

  /// The present moment; looking takes a microsecond.
  public func read() -> Double {
    time += Self.tick
    return time
  }

  /// The present moment, without a side effect.
  public var now: Double { time }

  /// Moves to a later moment; an earlier one changes nothing.
  public func advance(to moment: Double) { time = max(time, moment) }
}
