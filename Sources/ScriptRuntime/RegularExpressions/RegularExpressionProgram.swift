// The form in which a regular expression runs: a flat list of instructions and the tables they index.

/// One step of a program. What `a`, `b` and `c` mean depends on the operation.
struct RegularExpressionInstruction {
  enum Operation: UInt8 {
    case match
    case fail
    /// One unit equal to `a`.
    case character
    case characterBackward
    /// One character of set `a`; the `CodePoint` forms read surrogate pairs.
    case set
    case setCodePoint
    case setBackward
    case setCodePointBackward
    /// To instruction `a`.
    case jump
    /// On to the next instruction, and to `a` should that fail. Filters `b` and `c` (or -1) hold the units with which the
    /// two ways can begin; a way that cannot is not tried.
    case split
    /// Notes the position in register `a`.
    case save
    /// Fails if the position is still that of register `a`.
    case checkProgress
    /// Clears the registers from `a` to before `b`.
    case clear
    /// `b` to `c` characters of set `a`, as many as possible, giving back one at a time; `possessive` gives none back.
    case greedy
    case greedyCodePoint
    case possessive
    case possessiveCodePoint
    /// `b` to `c` characters of set `a`, as few as possible.
    case lazy
    case lazyCodePoint
    /// Counted loop `a`: begin, decide between another turn and `b`, and end a turn by going back to `b`.
    case loopBegin
    case loopTest
    case loopNext
    case lineStart
    case lineStartMultiline
    case lineEnd
    case lineEndMultiline
    /// Set `a` holds the word characters.
    case wordBoundary
    case notWordBoundary
    /// The text of the one group of list `a` that took part; `b` 1 ignores case, `c` 1 reads backwards.
    case backreference
    /// Begins a lookaround that remembers the state in registers `a` and `a + 1`; the negative one continues at `b`.
    case lookBegin
    case lookNegativeBegin
    case lookEnd
    case lookNegativeEnd
  }

  var operation: Operation
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
}

/// A compiled pattern. Nobody changes it once the compiler has made it; a class, so that a search need not copy it.
final class RegularExpressionProgram {
  /// A loop that counts its turns because its body is more than one character.
  struct Loop {
    var counter: Int32
    /// Position register, or -1 when the body always consumes something.
    var progress: Int32
    var minimum: Int32
    var maximum: Int32
    var isGreedy: Bool
    /// Registers of the captures inside.
    var captures: Range<Int32>
  }

  /// What is known about the first characters of any match.
  enum Start {
    case anything
    /// Only the start of the input, or position zero's successor never.
    case inputStart
    /// A literal of at least one unit.
    case literal([UInt16])
    /// A unit of the filter.
    case filter(Int)
  }

  var instructions: [RegularExpressionInstruction] = []
  var loops: [Loop] = []
  var backreferences: [[Int32]] = []
  /// 256 bytes per set: whether the Latin-1 character belongs.
  var setBitmaps: [UInt8] = []
  /// The ranges at and above 256 of all sets, as pairs of bounds.
  var setRanges: [UInt32] = []
  /// Per set, where its pairs begin in `setRanges`; one more entry ends the last.
  var setRangeStarts: [Int32] = [0]
  /// 257 bytes per filter: the Latin-1 units, and whether any greater one belongs.
  var filters: [UInt8] = []
  var start = Start.anything
  var registerCount = 0
  var captureCount = 0
  var matchesCodePoints = false
  static let filterSize = 257
}

/// The units with which a match of something can begin.
struct RegularExpressionFilter: Equatable {
  private(set) var words: SIMD4<UInt64> = .zero
  private(set) var hasGreater = false

  init() {}

  init(_ set: CodePointSet) {
    for range in set.ranges {
      if range.upperBound > 255 { hasGreater = true }
      guard range.lowerBound <= 255 else { break }
      for point in range.lowerBound...min(255, range.upperBound) { insert(point) }
    }
  }

  init(_ point: UInt32) {
    if point > 255 { hasGreater = true } else { insert(point) }
  }

  private mutating func insert(_ point: UInt32) {
    words[Int(point >> 6)] |= 1 << UInt64(point & 63)
  }

  func contains(_ unit: Int) -> Bool {
    words[unit >> 6] >> UInt64(unit & 63) & 1 == 1
  }

  var includesGreater: Bool { hasGreater }

  /// Nothing is left out, so asking is a waste of time.
  var isUseless: Bool { hasGreater && words == SIMD4(repeating: .max) }

  mutating func formUnion(_ other: RegularExpressionFilter) {
    words |= other.words
    hasGreater = hasGreater || other.hasGreater
  }

  func isDisjoint(with other: RegularExpressionFilter) -> Bool {
    (words & other.words) == .zero && (hasGreater && other.hasGreater) == false
  }
}
