// Runs a program over a text: a backtracking matcher, specialised for Latin-1 bytes and UTF-16 units.
//
// Positions count units. `step` runs until the program matches or fails; a failure takes the last entry off the backtrack
// stack, so nothing here recurses.

import Glibc

/// The state of one search.
struct RegularExpressionMatcher<Unit: FixedWidthInteger & UnsignedInteger> {
  let input: UnsafePointer<Unit>
  let end: Int
  let program: RegularExpressionProgram
  let instructions: UnsafePointer<RegularExpressionInstruction>
  let bitmaps: UnsafePointer<UInt8>
  let filters: UnsafePointer<UInt8>
  let ranges: UnsafePointer<UInt32>
  let rangeStarts: UnsafePointer<Int32>
  let interrupt: (() throws -> Void)?
  var stack: BacktrackStack
  /// Steps until the interrupt is asked again.
  var fuel = fuelBetweenInterrupts

  static var fuelBetweenInterrupts: Int { 10_000 }

  /// The first match at or after `start` (only at it when sticky). Its captures are then in the registers.
  mutating func search(from start: Int, isSticky: Bool) throws -> Bool {
    var position = start
    // A start inside a surrogate pair means the pair.
    if isInsidePair(position) { position -= 1 }
    if isSticky { return try match(at: position) }
    switch program.start {
    case .inputStart:
      return position == 0 ? try match(at: 0) : false
    case .anything:
      while position <= end {
        if try match(at: position) { return true }
        position = next(after: position)
      }
    case .literal(let literal):
      while let found = find(literal, from: position) {
        if isInsidePair(found) == false, try match(at: found) { return true }
        position = found + 1
      }
    case .filter(let index):
      let filter = filters + index * RegularExpressionProgram.filterSize
      while position < end {
        let begin = position
        while position < end, admits(filter, input[position]) == false { position += 1 }
        try spend((position - begin) >> 4)
        guard position < end else { break }
        if isInsidePair(position) == false, try match(at: position) { return true }
        position += 1
      }
    }
    return false
  }

  // MARK: - Reading

  @inline(__always)
  private func unit(_ position: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: input[position])
  }

  @inline(__always)
  private func isInsidePair(_ position: Int) -> Bool {
    guard Unit.bitWidth > 8, program.matchesCodePoints, position > 0, position < end else { return false }
    return unit(position) & 0xFC00 == 0xDC00 && unit(position - 1) & 0xFC00 == 0xD800
  }

  @inline(__always)
  private func next(after position: Int) -> Int {
    isInsidePair(position + 1) ? position + 2 : position + 1
  }

  /// The code point at a position before the end, and the position behind it.
  @inline(__always)
  private func codePoint(_ position: Int) -> (UInt32, Int) {
    let lead = unit(position)
    if Unit.bitWidth > 8, lead & 0xFC00 == 0xD800, position + 1 < end {
      let trail = unit(position + 1)
      if trail & 0xFC00 == 0xDC00 { return (0x10000 + ((lead & 0x3FF) << 10 | trail & 0x3FF), position + 2) }
    }
    return (lead, position + 1)
  }

  /// The code point before a position after the start, and where it begins.
  @inline(__always)
  private func codePoint(before position: Int) -> (UInt32, Int) {
    let trail = unit(position - 1)
    if Unit.bitWidth > 8, trail & 0xFC00 == 0xDC00, position >= 2 {
      let lead = unit(position - 2)
      if lead & 0xFC00 == 0xD800 { return (0x10000 + ((lead & 0x3FF) << 10 | trail & 0x3FF), position - 2) }
    }
    return (trail, position - 1)
  }

  @inline(__always)
  private func contains(_ set: Int32, _ point: UInt32) -> Bool {
    if Unit.bitWidth == 8 || point < 256 { return bitmaps[Int(set) << 8 | Int(point & 0xFF)] != 0 }
    return containsGreater(set, point)
  }

  private func containsGreater(_ set: Int32, _ point: UInt32) -> Bool {
    var low = Int(rangeStarts[Int(set)]) / 2
    let stop = Int(rangeStarts[Int(set) + 1]) / 2
    var high = stop
    while low < high {
      let middle = (low + high) >> 1
      if ranges[middle * 2 + 1] < point { low = middle + 1 } else { high = middle }
    }
    return low < stop && ranges[low * 2] <= point
  }

  @inline(__always)
  private func admits(_ filter: UnsafePointer<UInt8>, _ unit: Unit) -> Bool {
    filter[Unit.bitWidth == 8 || unit < 256 ? Int(truncatingIfNeeded: unit) : 256] != 0
  }

  private func admits(_ filter: Int32, at position: Int) -> Bool {
    position < end && admits(filters + Int(filter) * RegularExpressionProgram.filterSize, input[position])
  }

  private func find(_ literal: [UInt16], from start: Int) -> Int? {
    let first = literal[0]
    guard end - start >= literal.count, let sought = Unit(exactly: first) else { return nil }
    var position = start
    let last = end - literal.count
    while position <= last {
      if Unit.bitWidth == 8 {
        guard let found = memchr(UnsafeRawPointer(input + position), Int32(first), last - position + 1) else { return nil }
        position = UnsafeRawPointer(input).distance(to: UnsafeRawPointer(found))
      } else if input[position] != sought {
        position += 1
        continue
      }
      var index = 1
      while index < literal.count, unit(position + index) == UInt32(literal[index]) { index += 1 }
      if index == literal.count { return position }
      position += 1
    }
    return nil
  }

  private func isLineTerminator(_ point: UInt32) -> Bool {
    point == 0x0A || point == 0x0D || (Unit.bitWidth > 8 && (point == 0x2028 || point == 0x2029))
  }

  private func isAtWordBoundary(_ position: Int, _ set: Int32) -> Bool {
    let before = position > 0 && contains(set, unit(position - 1))
    let after = position < end && contains(set, unit(position))
    return before != after
  }

  @inline(__always)
  private mutating func spend(_ amount: Int) throws {
    fuel &-= amount
    if fuel < 0 {
      fuel = Self.fuelBetweenInterrupts
      try interrupt?()
    }
  }

  // MARK: - Matching at one position

  /// Whether the program matches at `start`.
  private mutating func match(at start: Int) throws -> Bool {
    let registers = stack.registers
    for index in 0..<program.registerCount { registers[index] = -1 }
    stack.count = 0
    var position = start
    var counter = 0
    try spend(1)
    while true {
      execution: while true {
        let instruction = instructions[counter]
        counter += 1
        switch instruction.operation {
        case .match:
          registers[0] = Int32(truncatingIfNeeded: start)
          registers[1] = Int32(truncatingIfNeeded: position)
          return true
        case .fail:
          break execution

        case .character:
          guard position < end, unit(position) == UInt32(bitPattern: instruction.a) else { break execution }
          position += 1
        case .characterBackward:
          guard position > 0, unit(position - 1) == UInt32(bitPattern: instruction.a) else { break execution }
          position -= 1
        case .set:
          guard position < end, contains(instruction.a, unit(position)) else { break execution }
          position += 1
        case .setCodePoint:
          guard position < end else { break execution }
          let (point, behind) = codePoint(position)
          guard contains(instruction.a, point) else { break execution }
          position = behind
        case .setBackward:
          guard position > 0, contains(instruction.a, unit(position - 1)) else { break execution }
          position -= 1
        case .setCodePointBackward:
          guard position > 0 else { break execution }
          let (point, before) = codePoint(before: position)
          guard contains(instruction.a, point) else { break execution }
          position = before

        case .jump:
          counter = Int(instruction.a)
          try spend(1)
        case .split:
          if instruction.b >= 0, admits(instruction.b, at: position) == false {
            counter = Int(instruction.a)
          } else if instruction.c < 0 || admits(instruction.c, at: position) {
            try stack.push(BacktrackEntry(kind: .choice, a: instruction.a, b: Int32(truncatingIfNeeded: position)))
          }
        case .save:
          try stack.push(BacktrackEntry(kind: .restore, a: instruction.a, b: registers[Int(instruction.a)]))
          registers[Int(instruction.a)] = Int32(truncatingIfNeeded: position)
        case .checkProgress:
          if registers[Int(instruction.a)] == Int32(truncatingIfNeeded: position) { break execution }
        case .clear:
          try clear(instruction.a..<instruction.b)

        case .greedy, .possessive:
          let limit = instruction.c == .max ? end : min(end, position + Int(instruction.c))
          let begin = position
          while position < limit, contains(instruction.a, unit(position)) { position += 1 }
          try spend((position - begin) >> 4)
          let least = begin + Int(instruction.b)
          if position < least { break execution }
          if position > least, instruction.operation == .greedy {
            try stack.push(
              BacktrackEntry(
                kind: .giveBack, a: Int32(truncatingIfNeeded: counter), b: Int32(truncatingIfNeeded: least),
                c: Int32(truncatingIfNeeded: position)))
          }
        case .greedyCodePoint, .possessiveCodePoint:
          let begin = position
          var least = position
          var count: Int32 = 0
          while position < end, count < instruction.c {
            let (point, behind) = codePoint(position)
            guard contains(instruction.a, point) else { break }
            position = behind
            count += 1
            if count == instruction.b { least = position }
          }
          try spend((position - begin) >> 4)
          if count < instruction.b { break execution }
          if position > least, instruction.operation == .greedyCodePoint {
            try stack.push(
              BacktrackEntry(
                kind: .giveBackCodePoint, a: Int32(truncatingIfNeeded: counter), b: Int32(truncatingIfNeeded: least),
                c: Int32(truncatingIfNeeded: position)))
          }
        case .lazy, .lazyCodePoint:
          var count: Int32 = 0
          while count < instruction.b {
            guard position < end else { break execution }
            let (point, behind) = instruction.operation == .lazy ? (unit(position), position + 1) : codePoint(position)
            guard contains(instruction.a, point) else { break execution }
            position = behind
            count += 1
          }
          if count < instruction.c {
            let more = instruction.c == .max ? Int32.max : instruction.c - count
            try stack.push(
              BacktrackEntry(
                kind: .takeMore, a: Int32(truncatingIfNeeded: counter - 1), b: Int32(truncatingIfNeeded: position), c: more))
          }

        case .loopBegin:
          try set(program.loops[Int(instruction.a)].counter, to: 0)
        case .loopTest:
          let loop = program.loops[Int(instruction.a)]
          let turns = registers[Int(loop.counter)]
          if turns >= loop.maximum {
            counter = Int(instruction.b)
            continue execution
          }
          if turns >= loop.minimum {
            let here = Int32(truncatingIfNeeded: position)
            if loop.isGreedy {
              try stack.push(BacktrackEntry(kind: .choice, a: instruction.b, b: here))
            } else {
              // Back here with a turn owed: the same place, entered behind the test.
              try stack.push(BacktrackEntry(kind: .choice, a: Int32(truncatingIfNeeded: -counter), b: here))
              counter = Int(instruction.b)
              continue execution
            }
          }
          try beginTurn(loop, position)
        case .loopNext:
          try spend(1)
          let loop = program.loops[Int(instruction.a)]
          var turns = registers[Int(loop.counter)]
          if loop.progress >= 0, registers[Int(loop.progress)] == Int32(truncatingIfNeeded: position) {
            if turns >= loop.minimum { break execution }
            // Every turn still owed could match nothing in the same way.
            turns = loop.minimum - 1
          }
          try set(loop.counter, to: turns == .max ? turns : turns + 1)
          counter = Int(instruction.b)

        case .lineStart:
          if position != 0 { break execution }
        case .lineStartMultiline:
          guard position == 0 || isLineTerminator(unit(position - 1)) else { break execution }
        case .lineEnd:
          if position != end { break execution }
        case .lineEndMultiline:
          guard position == end || isLineTerminator(unit(position)) else { break execution }
        case .wordBoundary:
          guard isAtWordBoundary(position, instruction.a) else { break execution }
        case .notWordBoundary:
          if isAtWordBoundary(position, instruction.a) { break execution }
        case .backreference:
          guard let behind = matchBackreference(instruction, position) else { break execution }
          try spend((behind > position ? behind - position : position - behind) >> 4)
          position = behind

        case .lookBegin:
          registers[Int(instruction.a)] = Int32(truncatingIfNeeded: stack.count)
          registers[Int(instruction.a) + 1] = Int32(truncatingIfNeeded: position)
        case .lookNegativeBegin:
          registers[Int(instruction.a)] = Int32(truncatingIfNeeded: stack.count)
          try stack.push(BacktrackEntry(kind: .choice, a: instruction.b, b: Int32(truncatingIfNeeded: position)))
        case .lookEnd:
          dropChoices(above: Int(registers[Int(instruction.a)]))
          position = Int(registers[Int(instruction.a) + 1])
        case .lookNegativeEnd:
          undo(to: Int(registers[Int(instruction.a)]))
          break execution
        }
      }

      // Failed: take up the last alternative.
      try spend(1)
      resumption: while true {
        guard stack.count > 0 else { return false }
        let top = stack.count - 1
        let entry = stack.entries[top]
        switch entry.kind {
        case .restore:
          stack.count = top
          registers[Int(entry.a)] = entry.b
        case .choice:
          stack.count = top
          position = Int(entry.b)
          if entry.a >= 0 {
            counter = Int(entry.a)
          } else {
            counter = -Int(entry.a)
            try beginTurn(program.loops[Int(instructions[counter - 1].a)], position)
          }
          break resumption
        case .giveBack:
          counter = Int(entry.a)
          position = Int(entry.c) - 1
          let follower = instructions[counter]
          if follower.operation == .character {
            // Skip the places where the next instruction is sure to fail.
            let sought = UInt32(bitPattern: follower.a)
            let least = Int(entry.b)
            while position > least, unit(position) != sought { position -= 1 }
            try spend((Int(entry.c) - position) >> 4)
          }
          if position > Int(entry.b) {
            stack.entries[top].c = Int32(truncatingIfNeeded: position)
          } else {
            stack.count = top
          }
          break resumption
        case .giveBackCodePoint:
          counter = Int(entry.a)
          position = codePoint(before: Int(entry.c)).1
          if position > Int(entry.b) {
            stack.entries[top].c = Int32(truncatingIfNeeded: position)
          } else {
            stack.count = top
          }
          break resumption
        case .takeMore:
          counter = Int(entry.a)
          let instruction = instructions[counter]
          position = Int(entry.b)
          guard position < end else {
            stack.count = top
            continue resumption
          }
          let (point, behind) = instruction.operation == .lazy ? (unit(position), position + 1) : codePoint(position)
          guard contains(instruction.a, point) else {
            stack.count = top
            continue resumption
          }
          position = behind
          counter += 1
          let more = entry.c == .max ? Int32.max : entry.c - 1
          if more > 0 {
            stack.entries[top].b = Int32(truncatingIfNeeded: position)
            stack.entries[top].c = more
          } else {
            stack.count = top
          }
          break resumption
        }
      }
    }
  }

  // MARK: - Registers

  private mutating func set(_ register: Int32, to value: Int32) throws {
    try stack.push(BacktrackEntry(kind: .restore, a: register, b: stack.registers[Int(register)]))
    stack.registers[Int(register)] = value
  }

  private mutating func clear(_ range: Range<Int32>) throws {
    for register in range where stack.registers[Int(register)] != -1 { try set(register, to: -1) }
  }

  private mutating func beginTurn(_ loop: RegularExpressionProgram.Loop, _ position: Int) throws {
    if loop.progress >= 0 { try set(loop.progress, to: Int32(truncatingIfNeeded: position)) }
    try clear(loop.captures)
  }

  /// Commits to what a lookaround found: its alternatives go, its captures can still be undone.
  private mutating func dropChoices(above height: Int) {
    var kept = height
    var index = height
    while index < stack.count {
      if stack.entries[index].kind == .restore {
        stack.entries[kept] = stack.entries[index]
        kept += 1
      }
      index += 1
    }
    stack.count = kept
  }

  private mutating func undo(to height: Int) {
    while stack.count > height {
      stack.count -= 1
      let entry = stack.entries[stack.count]
      if entry.kind == .restore { stack.registers[Int(entry.a)] = entry.b }
    }
  }

  // MARK: - Backreferences

  /// The position behind the repeated text (before it when reading backwards); nil when it is not there.
  private func matchBackreference(_ instruction: RegularExpressionInstruction, _ position: Int) -> Int? {
    for group in program.backreferences[Int(instruction.a)] {
      let start = Int(stack.registers[Int(group) * 2])
      let stop = Int(stack.registers[Int(group) * 2 + 1])
      guard start >= 0, stop >= start else { continue }
      let length = stop - start
      let isBackward = instruction.c == 1
      let begin = isBackward ? position - length : position
      guard begin >= 0, begin + length <= end else { return nil }
      let isEqual = instruction.b == 1 ? equalsIgnoringCase(start, begin, length) : equals(start, begin, length)
      return isEqual ? (isBackward ? begin : begin + length) : nil
    }
    return position
  }

  private func equals(_ one: Int, _ other: Int, _ length: Int) -> Bool {
    for index in 0..<length where input[one + index] != input[other + index] { return false }
    return true
  }

  private func equalsIgnoringCase(_ one: Int, _ other: Int, _ length: Int) -> Bool {
    let canonicalization = program.matchesCodePoints ? CaseCanonicalization.unicode : .legacy
    var left = one
    var right = other
    while left < one + length {
      var (leftPoint, leftBehind) = (unit(left), left + 1)
      var (rightPoint, rightBehind) = (unit(right), right + 1)
      if program.matchesCodePoints {
        (leftPoint, leftBehind) = codePoint(left)
        (rightPoint, rightBehind) = codePoint(right)
      }
      guard leftPoint == rightPoint || canonicalization.canonical(leftPoint) == canonicalization.canonical(rightPoint) else {
        return false
      }
      left = leftBehind
      right = rightBehind
    }
    return true
  }
}
