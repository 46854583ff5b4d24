// Regular expressions of ECMA-262, from pattern to captures.
//
// Knows nothing of script values: patterns are UTF-16 units, texts are buffers of Latin-1 bytes or UTF-16 units, captures are
// offsets.

/// A compiled regular expression. Not for use from two threads: it keeps the memory of its last match for the next one.
final class RegularExpression {
  let flags: RegularExpressionFlags
  /// Groups counted with the whole match: a match writes twice as many offsets.
  let captureCount: Int
  /// Names in the order of their groups. A name occurs more than once when groups of different alternatives share it.
  let groupNames: [(name: [UInt16], index: Int)]
  private let program: RegularExpressionProgram
  private var memory: BacktrackStack?

  private init(flags: RegularExpressionFlags, groupNames: [(name: [UInt16], index: Int)], program: RegularExpressionProgram) {
    self.flags = flags
    self.groupNames = groupNames
    self.program = program
    captureCount = program.captureCount
  }

  deinit {
    memory?.deallocate()
  }

  /// Compiles a pattern, or says why it is none.
  static func compile(
    pattern: [UInt16], flags: RegularExpressionFlags
  ) throws(RegularExpressionSyntaxError) -> RegularExpression {
    var parser = RegularExpressionParser(pattern, flags: flags)
    let node = try parser.parse()
    let program = RegularExpressionCompiler.compile(
      node, captureCount: parser.groupCount, groupNames: parser.groupNames, matchesCodePoints: flags.matchesCodePoints)
    return RegularExpression(flags: flags, groupNames: parser.groupNames, program: program)
  }

  /// Finds the first match at or after `lastIndex`, or only at it for a sticky search.
  ///
  /// `captures` becomes the start and end of the match and of each group, -1 for groups that took no part; it is left alone
  /// when nothing matches. Throws `RegularExpressionMatchError`, or what `interrupt` throws, which is called every few thousand
  /// steps.
  /// Texts longer than `Int32.max` units do not match.
  func match(
    in text: UnsafeBufferPointer<UInt8>, startingAt lastIndex: Int, isSticky: Bool, captures: inout [Int32],
    interrupt: (() throws -> Void)? = nil
  ) throws -> Bool {
    try search(text, lastIndex, isSticky, &captures, interrupt)
  }

  /// The same for UTF-16 units.
  func match(
    in text: UnsafeBufferPointer<UInt16>, startingAt lastIndex: Int, isSticky: Bool, captures: inout [Int32],
    interrupt: (() throws -> Void)? = nil
  ) throws -> Bool {
    try search(text, lastIndex, isSticky, &captures, interrupt)
  }

  @inline(__always)
  private func search<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafeBufferPointer<Unit>, _ lastIndex: Int, _ isSticky: Bool, _ captures: inout [Int32],
    _ interrupt: (() throws -> Void)?
  ) throws -> Bool {
    guard lastIndex >= 0, lastIndex <= text.count, text.count < Int(Int32.max) else { return false }
    // Taken out for the time of the match: the interrupt may run another one.
    let memory = self.memory ?? BacktrackStack(registerCount: program.registerCount)
    self.memory = nil
    // An empty buffer may have no address; nothing is read from this one.
    let placeholder = UnsafeMutablePointer<Unit>(bitPattern: 16)
    guard let start = text.baseAddress ?? placeholder.map({ UnsafePointer($0) }) else { return false }
    return try program.instructions.withUnsafeBufferPointer { instructions in
      try program.setBitmaps.withUnsafeBufferPointer { bitmaps in
        try program.filters.withUnsafeBufferPointer { filters in
          try program.setRanges.withUnsafeBufferPointer { ranges in
            try program.setRangeStarts.withUnsafeBufferPointer { rangeStarts in
              let nowhere = UnsafeRawPointer(start)
              guard let first = instructions.baseAddress else { return false }
              var matcher = RegularExpressionMatcher(
                input: start, end: text.count, program: program, instructions: first,
                bitmaps: bitmaps.baseAddress ?? nowhere.assumingMemoryBound(to: UInt8.self),
                filters: filters.baseAddress ?? nowhere.assumingMemoryBound(to: UInt8.self),
                ranges: ranges.baseAddress ?? nowhere.assumingMemoryBound(to: UInt32.self),
                rangeStarts: rangeStarts.baseAddress ?? nowhere.assumingMemoryBound(to: Int32.self),
                interrupt: interrupt, stack: memory)
              defer {
                matcher.stack.shrink()
                if self.memory == nil { self.memory = matcher.stack } else { matcher.stack.deallocate() }
              }
              guard try matcher.search(from: lastIndex, isSticky: isSticky) else { return false }
              let count = captureCount * 2
              if captures.count != count { captures = [Int32](repeating: -1, count: count) }
              for index in 0..<count { captures[index] = matcher.stack.registers[index] }
              return true
            }
          }
        }
      }
    }
  }
}
