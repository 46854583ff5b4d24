// Trees to programs.
//
// While code is laid out forwards the compiler knows with which units the rest of the pattern can begin. From that come the
// filters of splits and the loops that never need to give a character back.

/// Compiles one pattern.
struct RegularExpressionCompiler {
  private let program = RegularExpressionProgram()
  private let groupNames: [(name: [UInt16], index: Int)]
  private let matchesCodePoints: Bool
  private var sets: [CodePointSet] = []
  private var filters: [RegularExpressionFilter] = []

  /// The program for the tree of a pattern with `captureCount` groups besides the whole match.
  static func compile(
    _ node: RegularExpressionNode, captureCount: Int, groupNames: [(name: [UInt16], index: Int)], matchesCodePoints: Bool
  ) -> RegularExpressionProgram {
    var compiler = RegularExpressionCompiler(groupNames: groupNames, matchesCodePoints: matchesCodePoints)
    compiler.program.captureCount = captureCount + 1
    compiler.program.registerCount = (captureCount + 1) * 2
    compiler.program.matchesCodePoints = matchesCodePoints
    compiler.chooseStart(node)
    compiler.emit(node, backwards: false, next: nil)
    compiler.append(.match)
    return compiler.program
  }

  private init(groupNames: [(name: [UInt16], index: Int)], matchesCodePoints: Bool) {
    self.groupNames = groupNames
    self.matchesCodePoints = matchesCodePoints
  }

  // MARK: - Emitting

  private var here: Int32 { Int32(program.instructions.count) }

  private mutating func append(
    _ operation: RegularExpressionInstruction.Operation, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0
  ) {
    program.instructions.append(RegularExpressionInstruction(operation: operation, a: a, b: b, c: c))
  }

  /// An instruction whose target `patch` fills in.
  private mutating func hole(_ operation: RegularExpressionInstruction.Operation, _ a: Int32 = 0) -> Int {
    append(operation, a)
    return program.instructions.count - 1
  }

  private mutating func newRegisters(_ count: Int) -> Int32 {
    program.registerCount += count
    return Int32(program.registerCount - count)
  }

  /// `next` is how what follows can begin; nil when that is unknown or may be nothing.
  private mutating func emit(_ node: RegularExpressionNode, backwards: Bool, next: RegularExpressionFilter?) {
    switch node {
    case .empty: break
    case .character(let point): emitCharacter(point, backwards: backwards)
    case .set(let set): emitSet(set, backwards: backwards)
    case .sequence(let nodes): emitSequence(nodes, backwards: backwards, next: next)
    case .alternation(let nodes): emitAlternation(nodes, backwards: backwards, next: next)
    case .capture(let index, let body):
      append(.save, Int32(index * 2 + (backwards ? 1 : 0)))
      emit(body, backwards: backwards, next: next)
      append(.save, Int32(index * 2 + (backwards ? 0 : 1)))
    case .backreference(let index, let ignoringCase):
      emitBackreference([Int32(index)], ignoringCase: ignoringCase, backwards: backwards)
    case .namedBackreference(let name, let ignoringCase):
      let indices = groupNames.filter { $0.name == name }.map { Int32($0.index) }
      emitBackreference(indices, ignoringCase: ignoringCase, backwards: backwards)
    case .repetition(let repetition): emitRepetition(repetition, backwards: backwards, next: next)
    case .look(let body, let isBehind, let isNegative): emitLook(body, isBehind: isBehind, isNegative: isNegative)
    case .lineStart(let isMultiline): append(isMultiline ? .lineStartMultiline : .lineStart)
    case .lineEnd(let isMultiline): append(isMultiline ? .lineEndMultiline : .lineEnd)
    case .wordBoundary(let set, let isNegated): append(isNegated ? .notWordBoundary : .wordBoundary, index(of: set))
    }
  }

  private mutating func emitCharacter(_ point: UInt32, backwards: Bool) {
    if point > 0xFFFF || (matchesCodePoints && point & 0xF800 == 0xD800) {
      // A pair, or half of one that must not be part of a pair.
      return emitSet(CodePointSet(sortedRanges: [point...point]), backwards: backwards)
    }
    append(backwards ? .characterBackward : .character, Int32(point))
  }

  private mutating func emitSet(_ set: CodePointSet, backwards: Bool) {
    if set.isEmpty { return append(.fail) }
    if matchesCodePoints {
      append(backwards ? .setCodePointBackward : .setCodePoint, index(of: set))
    } else {
      append(backwards ? .setBackward : .set, index(of: set))
    }
  }

  private mutating func emitSequence(_ nodes: [RegularExpressionNode], backwards: Bool, next: RegularExpressionFilter?) {
    if backwards {
      for node in nodes.reversed() { emit(node, backwards: true, next: nil) }
      return
    }
    var followers: [RegularExpressionFilter?] = []
    var follower = next
    for node in nodes.reversed() {
      followers.append(follower)
      follower = first(of: node, next: follower)
    }
    for (node, follower) in zip(nodes, followers.reversed()) { emit(node, backwards: false, next: follower) }
  }

  private mutating func emitAlternation(_ nodes: [RegularExpressionNode], backwards: Bool, next: RegularExpressionFilter?) {
    var jumps: [Int] = []
    let starts = backwards ? nodes.map { _ in nil } : nodes.map { first(of: $0, next: next) }
    var rest: [RegularExpressionFilter?] = starts
    for index in nodes.indices.dropLast().reversed() { rest[index] = union(starts[index], rest[index + 1]) }
    for (index, node) in nodes.enumerated() {
      guard index + 1 < nodes.count else {
        emit(node, backwards: backwards, next: next)
        break
      }
      let split = emitSplit(preferred: starts[index], other: rest[index + 1])
      emit(node, backwards: backwards, next: next)
      jumps.append(hole(.jump))
      program.instructions[split].a = here
    }
    for jump in jumps { program.instructions[jump].a = here }
  }

  /// A split whose other target is still to be filled in.
  private mutating func emitSplit(preferred: RegularExpressionFilter?, other: RegularExpressionFilter?) -> Int {
    append(.split, 0, filterIndex(preferred), filterIndex(other))
    return program.instructions.count - 1
  }

  private mutating func emitBackreference(_ indices: [Int32], ignoringCase: Bool, backwards: Bool) {
    program.backreferences.append(indices)
    append(.backreference, Int32(program.backreferences.count - 1), ignoringCase ? 1 : 0, backwards ? 1 : 0)
  }

  private mutating func emitLook(_ body: RegularExpressionNode, isBehind: Bool, isNegative: Bool) {
    let state = newRegisters(2)
    let begin = hole(isNegative ? .lookNegativeBegin : .lookBegin, state)
    emit(body, backwards: isBehind, next: nil)
    append(isNegative ? .lookNegativeEnd : .lookEnd, state)
    program.instructions[begin].b = here
  }

  // MARK: - Repetitions

  private mutating func emitRepetition(_ repetition: RegularExpressionRepetition, backwards: Bool, next: RegularExpressionFilter?)
  {
    guard repetition.maximum > 0 else { return }
    if repetition.minimum == 1, repetition.maximum == 1 { return emit(repetition.body, backwards: backwards, next: next) }
    if backwards == false, let set = singleCharacter(repetition.body) {
      return emitCharacterLoop(set, repetition, next: next)
    }
    let isNullable = repetition.body.isNullable
    if repetition.minimum == 0, repetition.maximum == 1 || repetition.maximum == .max {
      return emitSimpleLoop(repetition, isNullable: isNullable, backwards: backwards, next: next)
    }
    if repetition.minimum == 1, repetition.maximum == .max, isNullable == false {
      return emitOnceOrMore(repetition, backwards: backwards, next: next)
    }
    emitCountedLoop(repetition, isNullable: isNullable, backwards: backwards, next: next)
  }

  private mutating func emitCharacterLoop(
    _ set: CodePointSet, _ repetition: RegularExpressionRepetition, next: RegularExpressionFilter?
  ) {
    if set.isEmpty {
      if repetition.minimum > 0 { append(.fail) }
      return
    }
    let operation: RegularExpressionInstruction.Operation
    if repetition.isGreedy == false, repetition.minimum < repetition.maximum {
      operation = matchesCodePoints ? .lazyCodePoint : .lazy
    } else if repetition.minimum == repetition.maximum
      || (next.map { RegularExpressionFilter(set).isDisjoint(with: $0) } ?? false)
    {
      operation = matchesCodePoints ? .possessiveCodePoint : .possessive
    } else {
      operation = matchesCodePoints ? .greedyCodePoint : .greedy
    }
    append(operation, index(of: set), repetition.minimum, repetition.maximum)
  }

  /// `?` and `*`.
  private mutating func emitSimpleLoop(
    _ repetition: RegularExpressionRepetition, isNullable: Bool, backwards: Bool, next: RegularExpressionFilter?
  ) {
    let isLoop = repetition.maximum == .max
    let top = here
    let ownStart = backwards ? nil : first(of: repetition.body, next: isNullable ? nil : RegularExpressionFilter())
    // After one turn of a loop comes another turn or what follows.
    let follower = isLoop ? (isNullable ? nil : union(ownStart, next)) : next
    let exit: Int
    if repetition.isGreedy {
      exit = emitSplit(preferred: isNullable ? nil : ownStart, other: backwards ? nil : next)
    } else {
      let split = emitSplit(preferred: backwards ? nil : next, other: isNullable ? nil : ownStart)
      exit = hole(.jump)
      program.instructions[split].a = here
    }
    let progress = isNullable ? newRegisters(1) : -1
    if isNullable { append(.save, progress) }
    emitClear(repetition.captures, when: isLoop)
    emit(repetition.body, backwards: backwards, next: backwards ? nil : follower)
    if isNullable { append(.checkProgress, progress) }
    if isLoop { append(.jump, top) }
    program.instructions[exit].a = here
  }

  /// `+` around something that always consumes.
  private mutating func emitOnceOrMore(_ repetition: RegularExpressionRepetition, backwards: Bool, next: RegularExpressionFilter?)
  {
    let top = here
    let ownStart = backwards ? nil : first(of: repetition.body, next: RegularExpressionFilter())
    emitClear(repetition.captures, when: true)
    emit(repetition.body, backwards: backwards, next: backwards ? nil : union(ownStart, next))
    if repetition.isGreedy {
      let split = emitSplit(preferred: ownStart, other: backwards ? nil : next)
      append(.jump, top)
      program.instructions[split].a = here
    } else {
      let split = emitSplit(preferred: backwards ? nil : next, other: ownStart)
      let exit = hole(.jump)
      program.instructions[split].a = here
      append(.jump, top)
      program.instructions[exit].a = here
    }
  }

  private mutating func emitCountedLoop(
    _ repetition: RegularExpressionRepetition, isNullable: Bool, backwards: Bool, next: RegularExpressionFilter?
  ) {
    let loop = Int32(program.loops.count)
    program.loops.append(
      RegularExpressionProgram.Loop(
        counter: newRegisters(1), progress: isNullable ? newRegisters(1) : -1, minimum: repetition.minimum,
        maximum: repetition.maximum, isGreedy: repetition.isGreedy,
        captures: Int32(repetition.captures.lowerBound * 2)..<Int32(repetition.captures.upperBound * 2)))
    append(.loopBegin, loop)
    let top = here
    let test = hole(.loopTest, loop)
    let ownStart = backwards || isNullable ? nil : first(of: repetition.body, next: RegularExpressionFilter())
    emit(repetition.body, backwards: backwards, next: backwards ? nil : union(ownStart, next))
    append(.loopNext, loop, top)
    program.instructions[test].b = here
  }

  private mutating func emitClear(_ captures: Range<Int>, when condition: Bool) {
    guard condition, captures.isEmpty == false else { return }
    append(.clear, Int32(captures.lowerBound * 2), Int32(captures.upperBound * 2))
  }

  /// The set of a node that always matches exactly one character.
  private func singleCharacter(_ node: RegularExpressionNode) -> CodePointSet? {
    switch node {
    case .character(let point): CodePointSet(sortedRanges: [point...point])
    case .set(let set): set
    default: nil
    }
  }
}

// MARK: - What a match can begin with

extension RegularExpressionCompiler {
  private func union(_ one: RegularExpressionFilter?, _ other: RegularExpressionFilter?) -> RegularExpressionFilter? {
    guard var result = one, let other else { return nil }
    result.formUnion(other)
    return result
  }

  private func first(of node: RegularExpressionNode, next: RegularExpressionFilter?) -> RegularExpressionFilter? {
    switch node {
    case .empty, .lineStart, .lineEnd, .wordBoundary, .look: return next
    case .character(let point): return RegularExpressionFilter(point)
    case .set(let set): return RegularExpressionFilter(set)
    case .sequence(let nodes):
      var result = next
      for node in nodes.reversed() { result = first(of: node, next: result) }
      return result
    case .alternation(let nodes):
      var result: RegularExpressionFilter? = RegularExpressionFilter()
      for node in nodes { result = union(result, first(of: node, next: next)) }
      return result
    case .capture(_, let body): return first(of: body, next: next)
    case .backreference, .namedBackreference: return nil
    case .repetition(let repetition):
      if repetition.maximum == 0 { return next }
      let body = first(of: repetition.body, next: next)
      return repetition.minimum == 0 ? union(body, next) : body
    }
  }

  private mutating func chooseStart(_ node: RegularExpressionNode) {
    if startsAtInputStart(node) {
      program.start = .inputStart
      return
    }
    var literal: [UInt16] = []
    _ = appendLiteral(node, to: &literal)
    if literal.isEmpty == false {
      program.start = .literal(literal)
    } else if let filter = first(of: node, next: nil), filter.isUseless == false {
      program.start = .filter(Int(filterIndex(filter)))
    }
  }

  private func startsAtInputStart(_ node: RegularExpressionNode) -> Bool {
    switch node {
    case .lineStart(let isMultiline): isMultiline == false
    case .sequence(let nodes): nodes.first.map(startsAtInputStart) ?? false
    case .alternation(let nodes): nodes.allSatisfy(startsAtInputStart)
    case .capture(_, let body): startsAtInputStart(body)
    default: false
    }
  }

  /// Collects the units every match begins with. False once something else stands in the way.
  private func appendLiteral(_ node: RegularExpressionNode, to literal: inout [UInt16]) -> Bool {
    switch node {
    case .character(let point):
      guard point <= 0xFFFF, point & 0xF800 != 0xD800 || matchesCodePoints == false, literal.count < 32 else { return false }
      literal.append(UInt16(point))
      return true
    case .sequence(let nodes):
      for node in nodes where appendLiteral(node, to: &literal) == false { return false }
      return true
    case .capture(_, let body): return appendLiteral(body, to: &literal)
    case .empty: return true
    default: return false
    }
  }

  // MARK: - Tables

  private mutating func index(of set: CodePointSet) -> Int32 {
    if let index = sets.firstIndex(of: set) { return Int32(index) }
    sets.append(set)
    var bitmap = [UInt8](repeating: 0, count: 256)
    for range in set.ranges {
      if range.lowerBound <= 255 {
        for point in range.lowerBound...min(255, range.upperBound) { bitmap[Int(point)] = 1 }
      }
      if range.upperBound > 255 { program.setRanges += [max(256, range.lowerBound), range.upperBound] }
    }
    program.setBitmaps += bitmap
    program.setRangeStarts.append(Int32(program.setRanges.count))
    return Int32(sets.count - 1)
  }

  /// -1 for no filter.
  private mutating func filterIndex(_ filter: RegularExpressionFilter?) -> Int32 {
    guard let filter, filter.isUseless == false else { return -1 }
    if let index = filters.firstIndex(of: filter) { return Int32(index) }
    filters.append(filter)
    program.filters += (0..<256).map { filter.contains($0) ? 1 : 0 }
    program.filters.append(filter.includesGreater ? 1 : 0)
    return Int32(filters.count - 1)
  }
}
