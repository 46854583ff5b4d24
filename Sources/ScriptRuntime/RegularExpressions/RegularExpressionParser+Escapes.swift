// What a backslash can begin.

extension RegularExpressionParser {
  mutating func parseAtomEscape() throws(RegularExpressionSyntaxError) -> RegularExpressionNode {
    let start = position
    position += 1
    guard position < units.count else { throw error("\\ at end of pattern") }
    switch peek() {
    case 0x31...0x39:
      if let number = parseDecimal() {
        if number <= groupCount { return .backreference(Int(number), ignoringCase: ignoresCase) }
        if matchesCodePoints { throw error("Invalid escape", at: start) }
        position = start + 1
      }
    case 0x6B where matchesCodePoints || hasNamedGroups:
      position += 1
      guard consume("<") else { throw error("Invalid named reference", at: start) }
      let name = try parseGroupName()
      nameReferences.append((name, start))
      return .namedBackreference(name, ignoringCase: ignoresCase)
    default: break
    }
    if let value = try parseClassEscape() { return node(for: value) }
    return character(try parseCharacterEscape(inClass: false))
  }

  /// The escapes that stand for sets: `\d`, `\p{…}` and so on, from the letter on; nil when another escape stands there.
  mutating func parseClassEscape() throws(RegularExpressionSyntaxError) -> ClassValue? {
    let letter = peek()
    let set: CodePointSet
    switch letter {
    case 0x64: set = .digits
    case 0x44: set = CodePointSet.digits.inverted()
    case 0x73: set = .whiteSpace
    case 0x53: set = CodePointSet.whiteSpace.inverted()
    case 0x77: set = wordCharacters
    case 0x57: set = wordCharacters.inverted()
    case 0x70 where matchesCodePoints, 0x50 where matchesCodePoints:
      position += 1
      return try parseProperty(isNegated: letter == 0x50)
    default: return nil
    }
    position += 1
    return ClassValue(set: set)
  }

  private mutating func parseProperty(isNegated: Bool) throws(RegularExpressionSyntaxError) -> ClassValue {
    let start = position
    guard consume("{") else { throw error("Invalid property name") }
    var name = ""
    var value: String?
    while position < units.count, peek() != 0x7D {
      let unit = peek()
      if unit == 0x3D, value == nil {
        value = ""
      } else if let scalar = Unicode.Scalar(unit),
        unit == 0x5F || (unit < 0x80 && scalar.properties.isAlphabetic) || (0x30...0x39).contains(unit)
      {
        if value == nil { name.unicodeScalars.append(scalar) } else { value?.unicodeScalars.append(scalar) }
      } else {
        throw error("Invalid property name", at: start)
      }
      position += 1
    }
    guard consume("}") else { throw error("Invalid property name", at: start) }
    if let set = UnicodeProperties.set(name: name, value: value) {
      // Under `v` the set is folded before it is complemented, under `u` after.
      let own = flags.contains(.unicodeSets) ? closed(set) : set
      return ClassValue(set: isNegated ? own.inverted() : own)
    }
    if flags.contains(.unicodeSets), value == nil, isNegated == false, let found = UnicodeProperties.strings(name: name) {
      var result = ClassValue(set: closed(found.set))
      result.mayContainStrings = true
      for string in found.strings { result.strings.insert(folded(string)) }
      return result
    }
    throw error("Invalid property name", at: start)
  }

  /// CharacterEscape, from the character after the backslash on.
  mutating func parseCharacterEscape(inClass: Bool) throws(RegularExpressionSyntaxError) -> UInt32 {
    let start = position
    let letter = peek()
    switch letter {
    case 0x66: return takeEscape(0x0C)
    case 0x6E: return takeEscape(0x0A)
    case 0x72: return takeEscape(0x0D)
    case 0x74: return takeEscape(0x09)
    case 0x76: return takeEscape(0x0B)
    case 0x63:
      let next = peek(1)
      let isLetter = (0x41...0x5A).contains(next & 0xFFDF) && next < 0x80
      let isExtended = inClass && matchesCodePoints == false && ((0x30...0x39).contains(next) || next == 0x5F)
      if isLetter || isExtended {
        position += 2
        return UInt32(next & 31)
      }
      if matchesCodePoints { throw error("Invalid unicode escape", at: start) }
      return 0x5C  // the backslash alone; the c comes next
    case 0x30...0x37:
      if matchesCodePoints {
        guard letter == 0x30, (0x30...0x39).contains(peek(1)) == false else {
          throw error(inClass ? "Invalid class escape" : "Invalid decimal escape", at: start)
        }
        return takeEscape(0)
      }
      return parseLegacyOctal()
    case 0x78:
      position += 1
      if let value = parseHex(count: 2) { return value }
      if matchesCodePoints { throw error("Invalid escape", at: start) }
      position = start + 1
      return 0x78
    case 0x75:
      position += 1
      if let value = parseUnicodeEscape(allowsCodePoints: matchesCodePoints) { return value }
      if matchesCodePoints { throw error("Invalid Unicode escape", at: start) }
      position = start + 1
      return 0x75
    default:
      guard position < units.count else { throw error("\\ at end of pattern") }
      let point = takeCharacter()
      if matchesCodePoints {
        if isSyntaxCharacter(point) || point == 0x2F || (inClass && point == 0x2D) { return point }
        throw error("Invalid escape", at: start)
      }
      if point == 0x6B, hasNamedGroups { throw error("Invalid named reference", at: start) }
      return point
    }
  }

  private mutating func takeEscape(_ point: UInt32) -> UInt32 {
    position += 1
    return point
  }

  private mutating func parseLegacyOctal() -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < 3, (0x30...0x37).contains(peek()), value * 8 + UInt32(peek() - 0x30) <= 0xFF {
      value = value * 8 + UInt32(peek() - 0x30)
      position += 1
      count += 1
    }
    return value
  }

  private mutating func parseHex(count: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<count {
      guard let digit = hexDigit(peek(index)) else { return nil }
      value = value << 4 | digit
    }
    position += count
    return value
  }

  private func hexDigit(_ unit: UInt16) -> UInt32? {
    switch unit {
    case 0x30...0x39: UInt32(unit) - 0x30
    case 0x41...0x46: UInt32(unit) - 0x37
    case 0x61...0x66: UInt32(unit) - 0x57
    default: nil
    }
  }

  /// What follows `\u`: four digits, a pair of such escapes, or digits in braces. nil at an undefined position when malformed.
  mutating func parseUnicodeEscape(allowsCodePoints: Bool) -> UInt32? {
    if allowsCodePoints, consume("{") {
      var value: UInt32 = 0
      let start = position
      while let digit = hexDigit(peek()) {
        value = value << 4 | digit
        if value > CodePointSet.greatest { return nil }
        position += 1
      }
      return position > start && consume("}") ? value : nil
    }
    guard let lead = parseHex(count: 4) else { return nil }
    if allowsCodePoints, lead & 0xFC00 == 0xD800, looksAt("\\u") {
      let start = position
      position += 2
      if let trail = parseHex(count: 4), trail & 0xFC00 == 0xDC00 { return 0x10000 + ((lead & 0x3FF) << 10 | trail & 0x3FF) }
      position = start
    }
    return lead
  }

  func isSyntaxCharacter(_ point: UInt32) -> Bool {
    switch point {
    case 0x5E, 0x24, 0x5C, 0x2E, 0x2A, 0x2B, 0x3F, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x7C: true
    default: false
    }
  }
}
