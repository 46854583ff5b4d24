// The memory of a match: what to undo and where to go on when a way fails. On the heap, so no input can exhaust the native stack.

/// One thing to do on failure.
struct BacktrackEntry {
  enum Kind: Int32 {
    /// Go on at instruction `a` and position `b`.
    case choice
    /// Put `b` back into register `a` and fail on.
    case restore
    /// Go on at instruction `a` one unit (or code point) before `c`, but not before `b`.
    case giveBack
    case giveBackCodePoint
    /// Take one more character with the lazy loop at instruction `a`, at position `b`; `c` more may follow.
    case takeMore
  }

  var kind: Kind
  var a: Int32
  var b: Int32
  var c: Int32 = 0
}

/// Registers and backtrack stack, kept by a regular expression between its matches.
struct BacktrackStack {
  private(set) var entries: UnsafeMutablePointer<BacktrackEntry>
  private(set) var capacity: Int
  var count = 0
  var registers: UnsafeMutablePointer<Int32>

  /// 64 MiB of entries.
  static let mostEntries = 1 << 22
  private static let initialCapacity = 128

  init(registerCount: Int) {
    capacity = BacktrackStack.initialCapacity
    entries = .allocate(capacity: capacity)
    registers = .allocate(capacity: max(1, registerCount))
  }

  func deallocate() {
    entries.deallocate()
    registers.deallocate()
  }

  @inline(__always)
  mutating func push(_ entry: BacktrackEntry) throws {
    if count == capacity { try grow() }
    entries[count] = entry
    count += 1
  }

  @inline(never)
  private mutating func grow() throws {
    guard capacity < BacktrackStack.mostEntries else { throw RegularExpressionMatchError.tooMuchBacktracking }
    let grown = UnsafeMutablePointer<BacktrackEntry>.allocate(capacity: capacity * 2)
    grown.update(from: entries, count: count)
    entries.deallocate()
    entries = grown
    capacity *= 2
  }

  /// Gives back what an unusually hungry match needed.
  mutating func shrink() {
    count = 0
    guard capacity > 1 << 14 else { return }
    entries.deallocate()
    capacity = BacktrackStack.initialCapacity
    entries = .allocate(capacity: capacity)
  }
}

/// Why a match could not be decided.
enum RegularExpressionMatchError: Error, Equatable {
  /// The backtrack stack reached its limit.
  case tooMuchBacktracking
}
