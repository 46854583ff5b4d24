// What the process tells its parent.

/// The exit statuses of the program.
public enum ExitStatus: Int32, Sendable {
  case success = 0
  /// The script ended in an uncaught exception or an unhandled rejection.
  case scriptFailed = 1
  /// The command line is wrong.
  case usage = 64
  /// The script does not parse, or a data file does not.
  case malformedInput = 65
  /// An input file is missing or unreadable.
  case missingInput = 66
  case outputFailed = 73
  case timedOut = 124
  /// A limit other than time: memory, pixels, call depth.
  case limitReached = 125
  case interrupted = 130
}
