// Character classes: the plain ones, and those of the `v` flag with nesting, set operations and strings.

/// What a class or a part of one stands for.
struct ClassValue {
  var set = CodePointSet.empty
  /// Strings of no or several characters, folded where case is ignored. Only under the `v` flag.
  var strings: Set<[UInt32]> = []
  /// Decided by the syntax alone, as the early error about negated classes asks.
  var mayContainStrings = false
}

extension RegularExpressionParser {
  // MARK: - Without the v flag

  /// A class from after its opening bracket.
  mutating func parseClass() throws(RegularExpressionSyntaxError) -> CodePointSet {
    let start = position - 1
    let isNegated = consume("^")
    var ranges: [ClosedRange<UInt32>] = []
    while true {
      guard position < units.count else { throw error("Unterminated character class", at: start) }
      if consume("]") { break }
      let lower = try parseClassAtom()
      guard peek() == 0x2D, position + 1 < units.count, peek(1) != 0x5D else {
        ranges += lower.ranges
        continue
      }
      position += 1
      let upper = try parseClassAtom()
      guard case .point(let first) = lower, case .point(let last) = upper else {
        if matchesCodePoints { throw error("Invalid character class") }
        ranges += lower.ranges + [0x2D...0x2D] + upper.ranges
        continue
      }
      if first > last { throw error("Range out of order in character class") }
      ranges.append(first...last)
    }
    let set = closed(CodePointSet(ranges))
    return isNegated ? set.inverted() : set
  }

  private enum ClassAtom {
    case point(UInt32)
    case set(CodePointSet)

    var ranges: [ClosedRange<UInt32>] {
      switch self {
      case .point(let point): [point...point]
      case .set(let set): set.ranges
      }
    }
  }

  private mutating func parseClassAtom() throws(RegularExpressionSyntaxError) -> ClassAtom {
    guard peek() == 0x5C else { return .point(takeCharacter()) }
    position += 1
    guard position < units.count else { throw error("\\ at end of pattern") }
    if peek() == 0x62 {
      position += 1
      return .point(0x08)
    }
    if let value = try parseClassEscape() { return .set(value.set) }
    return .point(try parseCharacterEscape(inClass: true))
  }

  // MARK: - With the v flag

  /// A class from after its opening bracket, as a node: one of its strings, longest first, or one of its characters.
  mutating func parseClassSet() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    node(for: try parseClassContents(depth: 0))
  }

  func node(for value: ClassValue) -> RegularExpressionNode {
    let set = closed(value.set)
    guard value.strings.isEmpty == false else { return .set(set) }
    // Strings of one length cannot both match at a place unless they are equal, so only the order of lengths counts.
    let strings = value.strings.sorted { length($0) != length($1) ? length($0) > length($1) : $0.lexicographicallyPrecedes($1) }
    var alternatives: [RegularExpressionNode] = []
    for string in strings where string.isEmpty == false { alternatives.append(.sequence(string.map(character))) }
    if set.isEmpty == false { alternatives.append(.set(set)) }
    if value.strings.contains([]) { alternatives.append(.empty) }
    return .alternation(alternatives)
  }

  private func length(_ string: [UInt32]) -> Int {
    string.reduce(0) { $0 + ($1 > 0xFFFF ? 2 : 1) }
  }

  /// The set with everything that matches it when case is ignored.
  func closed(_ set: CodePointSet) -> CodePointSet {
    ignoresCase ? canonicalization.closure(of: set) : set
  }

  func folded(_ string: [UInt32]) -> [UInt32] {
    ignoresCase ? string.map(canonicalization.canonical) : string
  }

  private mutating func parseClassContents(depth: Int) throws(RegularExpressionSyntaxError) -> ClassValue {
    if depth > RegularExpressionParser.deepestNesting { throw error("Regular expression too deeply nested") }
    let start = position - 1
    let isNegated = consume("^")
    var result = ClassValue()
    var isFirst = true
    var hasUnion = false
    var operation: StaticString?
    while true {
      guard position < units.count else { throw error("Unterminated character class", at: start) }
      if consume("]") { break }
      if isFirst == false, looksAt("--") || looksAt("&&") {
        let found: StaticString = looksAt("--") ? "--" : "&&"
        position += 2
        if found.utf8Start[0] == 0x26, peek() == 0x26 { throw error("Invalid character in character class") }
        if let operation, operation.utf8Start[0] != found.utf8Start[0] { throw error("Invalid set operation in character class") }
        if operation == nil, hasUnion { throw error("Invalid set operation in character class") }
        operation = found
        let (operand, _) = try parseClassSetOperand(depth: depth)
        if found.utf8Start[0] == 0x2D {
          result.set = result.set.subtracting(operand.set)
          result.strings.subtract(operand.strings)
        } else {
          result.set = result.set.intersection(operand.set)
          result.strings.formIntersection(operand.strings)
          result.mayContainStrings = result.mayContainStrings && operand.mayContainStrings
        }
        continue
      }
      if operation != nil { throw error("Invalid set operation in character class") }
      var (operand, point) = try parseClassSetOperand(depth: depth)
      if let first = point, peek() == 0x2D, peek(1) != 0x2D {
        position += 1
        guard position < units.count else { throw error("Unterminated character class", at: start) }
        guard case (_, let last?) = try parseClassSetOperand(depth: depth) else { throw error("Invalid character class") }
        if first > last { throw error("Range out of order in character class") }
        operand.set = closed(CodePointSet(sortedRanges: [first...last]))
        hasUnion = true
      } else {
        hasUnion = hasUnion || isFirst == false
      }
      result.set = result.set.union(operand.set)
      result.strings.formUnion(operand.strings)
      result.mayContainStrings = result.mayContainStrings || operand.mayContainStrings
      isFirst = false
    }
    if isNegated {
      if result.mayContainStrings { throw error("Negated character class may contain strings", at: start) }
      result.set = result.set.inverted()
    }
    return result
  }

  /// An operand, and the character it is if it is just one (and so can begin or end a range).
  private mutating func parseClassSetOperand(
    depth: Int
  ) throws(RegularExpressionSyntaxError) -> (ClassValue, point: UInt32?) {
    guard position < units.count else { throw error("Unterminated character class") }
    if consume("[") { return (try parseClassContents(depth: depth + 1), nil) }
    if consume("\\q{") { return (try parseClassStrings(), nil) }
    if peek() == 0x5C {
      position += 1
      guard position < units.count else { throw error("\\ at end of pattern") }
      if var value = try parseClassEscape() {
        value.set = closed(value.set)
        return (value, nil)
      }
      position -= 1
    }
    let point = try parseClassSetCharacter()
    return (ClassValue(set: closed(CodePointSet(sortedRanges: [point...point]))), point)
  }

  private mutating func parseClassSetCharacter() throws(RegularExpressionSyntaxError) -> UInt32 {
    if consume("\\") {
      guard position < units.count else { throw error("\\ at end of pattern") }
      if consume("b") { return 0x08 }
      if isReservedPunctuator(peek()) { return takeUnit() }
      return try parseCharacterEscape(inClass: true)
    }
    switch peek() {
    case 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x2D, 0x7C: throw error("Invalid character in character class")
    default: break
    }
    if peek() == peek(1), isDoublePunctuator(peek()) { throw error("Invalid set operation in character class") }
    return takeCodePoint()
  }

  /// ClassSetReservedPunctuator.
  private func isReservedPunctuator(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x26, 0x2D, 0x21, 0x23, 0x25, 0x2C, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x40, 0x60, 0x7E: true
    default: false
    }
  }

  /// ClassSetReservedDoublePunctuator, by its character.
  private func isDoublePunctuator(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x26, 0x21, 0x23, 0x24, 0x25, 0x2A, 0x2B, 0x2C, 0x2E, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0x40, 0x5E, 0x60, 0x7E: true
    default: false
    }
  }

  /// ClassStringDisjunction from after `\q{`.
  private mutating func parseClassStrings() throws(RegularExpressionSyntaxError) -> ClassValue {
    var result = ClassValue()
    var string: [UInt32] = []
    func finish() {
      if string.count == 1 {
        result.set = result.set.union(closed(CodePointSet(sortedRanges: [string[0]...string[0]])))
      } else {
        result.strings.insert(folded(string))
        result.mayContainStrings = true
      }
      string = []
    }
    while true {
      guard position < units.count else { throw error("Invalid escape") }
      if consume("}") { break }
      if consume("|") {
        finish()
      } else {
        string.append(try parseClassSetCharacter())
      }
    }
    finish()
    return result
  }
}
