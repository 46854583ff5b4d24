// Patterns as text to patterns as trees, with the early errors.
//
// Without the `u` and `v` flags the grammar of Annex B holds, which gives most malformed constructs a literal meaning.
// https://tc39.es/ecma262/#sec-patterns and https://tc39.es/ecma262/#sec-regular-expressions-patterns

/// Parses one pattern.
struct RegularExpressionParser {
  let units: [UInt16]
  let flags: RegularExpressionFlags
  /// Code points with `u` and `v`, code units without.
  let matchesCodePoints: Bool
  var position = 0
  /// Flags a modifier group may have changed.
  var ignoresCase: Bool
  var isMultiline: Bool
  var dotMatchesAll: Bool

  /// Names in the order of their groups; a name may stand for several groups of different alternatives.
  var groupNames: [(name: [UInt16], index: Int)] = []
  /// Number of capturing groups in the whole pattern, counted ahead of parsing.
  var groupCount = 0
  var hasNamedGroups = false
  var nextGroup = 1
  var depth = 0
  var nameReferences: [(name: [UInt16], offset: Int)] = []
  /// The disjunctions around the current position, each with the number of its alternative.
  var alternativePath: [(disjunction: Int, alternative: Int)] = []
  var groupPaths: [[(disjunction: Int, alternative: Int)]] = []
  var disjunctionCount = 0

  /// Deep enough for any real pattern, shallow enough for the stack of a coroutine.
  static let deepestNesting = 200
  /// Registers are counted in 32 bits; nobody writes more groups than this.
  static let mostGroups = 32767

  init(_ units: [UInt16], flags: RegularExpressionFlags) {
    self.units = units
    self.flags = flags
    matchesCodePoints = flags.matchesCodePoints
    ignoresCase = flags.contains(.ignoreCase)
    isMultiline = flags.contains(.multiline)
    dotMatchesAll = flags.contains(.dotAll)
  }

  /// Parses the whole pattern.
  mutating func parse() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    countGroups()
    if groupCount > RegularExpressionParser.mostGroups { throw error("Too many captures") }
    let node = try parseDisjunction()
    if position < units.count { throw error(units[position] == 0x29 ? "Unmatched ')'" : "Unexpected character") }
    for reference in nameReferences where groupNames.contains(where: { $0.name == reference.name }) == false {
      throw error("Invalid named capture referenced", at: reference.offset)
    }
    return node
  }

  // MARK: - Reading

  func error(_ message: String, at offset: Int? = nil) -> RegularExpressionSyntaxError {
    RegularExpressionSyntaxError(message: message, offset: offset ?? min(position, units.count))
  }

  /// The unit `distance` ahead, 0 beyond the end (a NUL in the pattern is nowhere special).
  func peek(_ distance: Int = 0) -> UInt16 {
    position + distance < units.count ? units[position + distance] : 0
  }

  func looksAt(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= units.count else { return false }
    for index in 0..<count where units[position + index] != UInt16(text.utf8Start[index]) { return false }
    return true
  }

  mutating func consume(_ text: StaticString) -> Bool {
    guard looksAt(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// The character at the position (a code point under `u` and `v`), consumed.
  mutating func takeCharacter() -> UInt32 {
    matchesCodePoints ? takeCodePoint() : takeUnit()
  }

  mutating func takeUnit() -> UInt32 {
    position += 1
    return UInt32(units[position - 1])
  }

  mutating func takeCodePoint() -> UInt32 {
    let unit = units[position]
    position += 1
    if unit & 0xFC00 == 0xD800, position < units.count, units[position] & 0xFC00 == 0xDC00 {
      position += 1
      return 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(units[position - 1] & 0x3FF))
    }
    return UInt32(unit)
  }

  /// Counts groups before parsing: whether `\2` is a reference, and whether `\k` is one, depends on what follows.
  private mutating func countGroups() {
    var index = 0
    var classDepth = 0
    while index < units.count {
      switch units[index] {
      case 0x5C: index += 1
      case 0x5B: if classDepth == 0 || flags.contains(.unicodeSets) { classDepth += 1 }
      case 0x5D: if classDepth > 0 { classDepth -= 1 }
      case 0x28 where classDepth == 0:
        if index + 1 < units.count, units[index + 1] == 0x3F {
          if index + 3 < units.count, units[index + 2] == 0x3C, units[index + 3] != 0x3D, units[index + 3] != 0x21 {
            groupCount += 1
            hasNamedGroups = true
          }
        } else {
          groupCount += 1
        }
      default: break
      }
      index += 1
    }
  }

  // MARK: - Disjunctions and terms

  mutating func parseDisjunction() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    depth += 1
    defer { depth -= 1 }
    if depth > RegularExpressionParser.deepestNesting { throw error("Regular expression too deeply nested") }
    disjunctionCount += 1
    alternativePath.append((disjunctionCount, 0))
    defer { alternativePath.removeLast() }
    var alternatives = [try parseAlternative()]
    while consume("|") {
      alternativePath[alternativePath.count - 1].alternative += 1
      alternatives.append(try parseAlternative())
    }
    return alternatives.count == 1 ? alternatives[0] : .alternation(alternatives)
  }

  private mutating func parseAlternative() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    var nodes: [RegularExpressionNode] = []
    while position < units.count, peek() != 0x7C, peek() != 0x29 {
      nodes.append(try parseTerm())
    }
    switch nodes.count {
    case 0: return .empty
    case 1: return nodes[0]
    default: return .sequence(nodes)
    }
  }

  private mutating func parseTerm() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    let firstCapture = nextGroup
    let start = position
    switch peek() {
    case 0x5E:
      position += 1
      return .lineStart(isMultiline: isMultiline)
    case 0x24:
      position += 1
      return .lineEnd(isMultiline: isMultiline)
    case 0x28:
      let (node, isQuantifiable) = try parseGroup()
      return isQuantifiable ? try parseQuantifier(after: node, firstCapture: firstCapture) : node
    case 0x2E:
      position += 1
      return try parseQuantifier(
        after: .set(dotMatchesAll ? .all : CodePointSet.lineTerminators.inverted()), firstCapture: firstCapture)
    case 0x5B:
      position += 1
      let node = flags.contains(.unicodeSets) ? try parseClassSet() : .set(try parseClass())
      return try parseQuantifier(after: node, firstCapture: firstCapture)
    case 0x5C:
      if peek(1) == 0x62 || peek(1) == 0x42 {
        position += 2
        return wordBoundary(isNegated: units[position - 1] == 0x42)
      }
      return try parseQuantifier(after: try parseAtomEscape(), firstCapture: firstCapture)
    case 0x2A, 0x2B, 0x3F:
      throw error("Nothing to repeat")
    case 0x7B:
      if matchesCodePoints { throw error("Nothing to repeat") }
      if try parseBraces() != nil { throw error("Nothing to repeat", at: start) }
      position = start + 1
      return try parseQuantifier(after: character(0x7B), firstCapture: firstCapture)
    case 0x7D, 0x5D:
      if matchesCodePoints { throw error("Lone quantifier brackets") }
      fallthrough
    default:
      return try parseQuantifier(after: character(takeCharacter()), firstCapture: firstCapture)
    }
  }

  /// A node for one character under the current flags.
  func character(_ point: UInt32) -> RegularExpressionNode {
    guard ignoresCase else { return .character(point) }
    let set = canonicalization.closure(of: point)
    return set.onlyElement.map { .character($0) } ?? .set(set)
  }

  var canonicalization: CaseCanonicalization {
    matchesCodePoints ? .unicode : .legacy
  }

  private func wordBoundary(isNegated: Bool) -> RegularExpressionNode {
    .wordBoundary(wordCharacters, isNegated: isNegated)
  }

  /// WordCharacters: under `iu` also what folds to a letter of the ASCII ones.
  var wordCharacters: CodePointSet {
    ignoresCase && matchesCodePoints ? CaseCanonicalization.unicode.closure(of: .wordCharacters) : .wordCharacters
  }

  // MARK: - Quantifiers

  private mutating func parseQuantifier(
    after node: RegularExpressionNode, firstCapture: Int
  ) throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    let minimum: Int32
    let maximum: Int32
    switch peek() {
    case 0x2A:
      position += 1
      (minimum, maximum) = (0, .max)
    case 0x2B:
      position += 1
      (minimum, maximum) = (1, .max)
    case 0x3F where position < units.count:
      position += 1
      (minimum, maximum) = (0, 1)
    case 0x7B:
      let start = position
      guard let bounds = try parseBraces() else {
        if matchesCodePoints { throw error("Incomplete quantifier") }
        position = start
        return node
      }
      (minimum, maximum) = bounds
    default: return node
    }
    let isGreedy = consume("?") == false
    return .repetition(
      RegularExpressionRepetition(
        body: node, minimum: minimum, maximum: maximum, isGreedy: isGreedy, captures: firstCapture..<nextGroup))
  }

  /// `{n}`, `{n,}` or `{n,m}`; nil, at an undefined position, for anything else.
  private mutating func parseBraces() throws(RegularExpressionSyntaxError) -> (Int32, Int32)? {
    position += 1
    guard let minimum = parseDecimal() else { return nil }
    if consume("}") { return (minimum, minimum) }
    guard consume(",") else { return nil }
    if consume("}") { return (minimum, .max) }
    guard let maximum = parseDecimal(), consume("}") else { return nil }
    if maximum < minimum { throw error("numbers out of order in {} quantifier") }
    return (minimum, maximum)
  }

  /// Decimal digits, clamped to what 32 bits hold.
  mutating func parseDecimal() -> Int32? {
    let start = position
    var value = 0
    while position < units.count, (0x30...0x39).contains(units[position]) {
      value = min(value * 10 + Int(units[position] - 0x30), Int(Int32.max))
      position += 1
    }
    return position > start ? Int32(value) : nil
  }
}
