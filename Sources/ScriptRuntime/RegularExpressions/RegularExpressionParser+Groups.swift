// Parentheses: groups with and without a name, lookarounds, modifiers.

extension RegularExpressionParser {
  mutating func parseGroup() throws(RegularExpressionSyntaxError) -> (RegularExpressionNode, isQuantifiable: Bool) {
    let start = position
    if consume("(?:") { return (try closeGroup(try parseDisjunction(), start), true) }
    if consume("(?=") { return (try look(start, isBehind: false, isNegative: false), matchesCodePoints == false) }
    if consume("(?!") { return (try look(start, isBehind: false, isNegative: true), matchesCodePoints == false) }
    if consume("(?<=") { return (try look(start, isBehind: true, isNegative: false), false) }
    if consume("(?<!") { return (try look(start, isBehind: true, isNegative: true), false) }
    if consume("(?<") {
      let nameStart = position
      let name = try parseGroupName()
      for (index, other) in groupNames.enumerated() where other.name == name {
        if mayBothTakePart(groupPaths[index], alternativePath) { throw error("Duplicate capture group name", at: nameStart) }
      }
      groupNames.append((name, nextGroup))
      groupPaths.append(alternativePath)
      return (try capture(start), true)
    }
    if looksAt("(?") { return (try parseModifiers(start), true) }
    position += 1
    return (try capture(start), true)
  }

  private mutating func capture(_ start: Int) throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    let index = nextGroup
    nextGroup += 1
    return .capture(index, try closeGroup(try parseDisjunction(), start))
  }

  private mutating func look(_ start: Int, isBehind: Bool, isNegative: Bool) throws(RegularExpressionSyntaxError)
    -> RegularExpressionNode
  {
    .look(try closeGroup(try parseDisjunction(), start), isBehind: isBehind, isNegative: isNegative)
  }

  private mutating func closeGroup(
    _ node: RegularExpressionNode, _ start: Int
  ) throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    guard consume(")") else { throw error("Unterminated group", at: start) }
    return node
  }

  /// Two groups of one name are allowed when a disjunction keeps them apart.
  private func mayBothTakePart(_ one: [(disjunction: Int, alternative: Int)], _ other: [(disjunction: Int, alternative: Int)])
    -> Bool
  {
    for (left, right) in zip(one, other) {
      if left.disjunction != right.disjunction { return true }
      if left.alternative != right.alternative { return false }
    }
    return true
  }

  /// `(?ims-ims:`, whose flags hold for the group.
  private mutating func parseModifiers(_ start: Int) throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    position += 2
    var seen: [UInt16] = []
    var isRemoving = false
    let before = (ignoresCase, isMultiline, dotMatchesAll)
    while position < units.count, peek() != 0x3A {
      let letter = peek()
      if letter == 0x2D, isRemoving == false {
        isRemoving = true
      } else {
        guard letter == 0x69 || letter == 0x6D || letter == 0x73 else { throw error("Invalid group", at: start) }
        if seen.contains(letter) { throw error("Repeated flag in modifiers") }
        seen.append(letter)
        switch letter {
        case 0x69: ignoresCase = isRemoving == false
        case 0x6D: isMultiline = isRemoving == false
        default: dotMatchesAll = isRemoving == false
        }
      }
      position += 1
    }
    guard consume(":"), seen.isEmpty == false else { throw error("Invalid group", at: start) }
    let node = try closeGroup(try parseDisjunction(), start)
    (ignoresCase, isMultiline, dotMatchesAll) = before
    return node
  }

  /// RegExpIdentifierName and the closing `>`.
  mutating func parseGroupName() throws(RegularExpressionSyntaxError) -> [UInt16] {
    var name: [UInt16] = []
    while position < units.count, peek() != 0x3E {
      var point: UInt32
      if peek() == 0x5C {
        guard peek(1) == 0x75 else { throw error("Invalid capture group name") }
        position += 2
        guard let escaped = parseUnicodeEscape(allowsCodePoints: true) else { throw error("Invalid Unicode escape") }
        point = escaped
      } else {
        point = takeCodePoint()
      }
      guard isIdentifier(point, isFirst: name.isEmpty) else { throw error("Invalid capture group name") }
      if point > 0xFFFF {
        point -= 0x10000
        name.append(UInt16(0xD800 + (point >> 10)))
        name.append(UInt16(0xDC00 + (point & 0x3FF)))
      } else {
        name.append(UInt16(point))
      }
    }
    guard consume(">"), name.isEmpty == false else { throw error("Invalid capture group name") }
    return name
  }

  private func isIdentifier(_ point: UInt32, isFirst: Bool) -> Bool {
    if point == 0x24 || point == 0x5F { return true }
    guard let scalar = Unicode.Scalar(point) else { return false }
    if isFirst { return scalar.properties.isIDStart }
    return scalar.properties.isIDContinue || point == 0x200C || point == 0x200D
  }
}
