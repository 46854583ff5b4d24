// JSON text to values, in one pass over the units of a string.
//
// Objects are laid out on the value stack while their shape is followed from one property to the next, so that those of one
// kind share a shape and need no look-ups. No script code runs here.

/// Reads one JSON text.
struct JSONParser<Unit: FixedWidthInteger & UnsignedInteger> {
  private let realm: Realm
  private let units: UnsafeBufferPointer<Unit>
  private var position = 0
  /// Keys seen lately by a hash of their units, so that each name is interned once. Zero raw means none.
  private var recentKeys = [PropertyKey](repeating: PropertyKey(raw: 0), count: 128)

  init(_ realm: Realm, _ units: UnsafeBufferPointer<Unit>) {
    self.realm = realm
    self.units = units
  }

  /// The whole text as one value.
  mutating func parseText() throws(Thrown) -> Value {
    skipWhiteSpace()
    let value = try parseValue()
    skipWhiteSpace()
    guard position == units.count else { throw unexpected() }
    return value
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while position < units.count {
      switch units[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func parseValue() throws(Thrown) -> Value {
    guard position < units.count else { throw unexpected() }
    switch units[position] {
    case 0x22:
      position += 1
      return Value(try parseString())
    case 0x7B: return try parseObject()
    case 0x5B: return try parseArray()
    case 0x2D, 0x30...0x39: return .number(try parseNumber())
    case 0x74: return try parseWord("true", .boolean(true))
    case 0x66: return try parseWord("false", .boolean(false))
    case 0x6E: return try parseWord("null", .null)
    default: throw unexpected()
    }
  }

  private mutating func parseWord(_ word: StaticString, _ value: Value) throws(Thrown) -> Value {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < units.count, units[position] == Unit(word.utf8Start[index]) else { throw unexpected() }
      position += 1
    }
    return value
  }

  // MARK: Arrays and objects

  private mutating func parseArray() throws(Thrown) -> Value {
    try realm.checkDepth()
    try realm.safePoint()
    position += 1
    let array = realm.makeArray()
    skipWhiteSpace()
    if position < units.count, units[position] == 0x5D {
      position += 1
      return Value(array)
    }
    while true {
      skipWhiteSpace()
      array.append(try parseValue(), realm)
      skipWhiteSpace()
      guard position < units.count else { throw unexpected() }
      if units[position] == 0x5D {
        position += 1
        return Value(array)
      }
      guard units[position] == 0x2C else { throw unexpected() }
      position += 1
    }
  }

  private mutating func parseObject() throws(Thrown) -> Value {
    try realm.checkDepth()
    try realm.safePoint()
    position += 1
    let base = realm.stackPointer
    guard base + 80 < realm.stackLimit else { throw realm.stackOverflow() }
    defer { realm.stackPointer = base }
    var shape = realm.shapes.plainObject
    var count = 0
    skipWhiteSpace()
    if position < units.count, units[position] == 0x7D {
      position += 1
      return Value(realm.makeObject())
    }
    while true {
      let key = try parseKey()
      let value = try parseValue()
      let known = key.isIndex ? -1 : shape.find(key)
      if known >= 0 {
        base[known] = value
      } else if key.isIndex || count == 64 {
        // Not an object of few names: built the general way from here on.
        return try parseRest(of: makeObject(shape, base), key, value)
      } else {
        shape = shape.adding(key, flags: .all)
        base[count] = value
        count += 1
        realm.stackPointer = base + count
      }
      if try endsObject() { return Value(makeObject(shape, base)) }
    }
  }

  /// After a member: true at the closing brace, false after a comma.
  private mutating func endsObject() throws(Thrown) -> Bool {
    skipWhiteSpace()
    guard position < units.count, units[position] == 0x7D || units[position] == 0x2C else { throw unexpected() }
    let ends = units[position] == 0x7D
    position += 1
    return ends
  }

  private func makeObject(_ shape: Shape, _ values: UnsafeMutablePointer<Value>) -> ScriptObject {
    let object = realm.makeObject()
    object.adoptLiteralShape(shape, values: values, realm)
    return object
  }

  private mutating func parseRest(of object: ScriptObject, _ firstKey: PropertyKey, _ firstValue: Value) throws(Thrown) -> Value {
    var key = firstKey, value = firstValue
    while true {
      if object.ordinaryOwnSlot(key).value.isEmpty {
        object.createDataSlot(key, value, realm)
      } else {
        object.storeExisting(key, value, realm)
      }
      if try endsObject() { return Value(object) }
      key = try parseKey()
      value = try parseValue()
    }
  }

  /// A member's name, up to where its value begins.
  private mutating func parseKey() throws(Thrown) -> PropertyKey {
    skipWhiteSpace()
    guard position < units.count, units[position] == 0x22 else { throw unexpected() }
    position += 1
    let key = try keyOfString()
    skipWhiteSpace()
    guard position < units.count, units[position] == 0x3A else { throw unexpected() }
    position += 1
    skipWhiteSpace()
    return key
  }

  private mutating func keyOfString() throws(Thrown) -> PropertyKey {
    let start = position
    var hash: UInt32 = 0x811C_9DC5
    var end = position
    while end < units.count, units[end] != 0x22, units[end] != 0x5C, units[end] >= 0x20 {
      hash = (hash ^ UInt32(truncatingIfNeeded: units[end])) &* 0x0100_0193
      end += 1
    }
    guard end < units.count, units[end] == 0x22 else { return realm.keys.key(for: try parseString()) }
    let place = Int((hash ^ hash >> 15) & 127)
    let recent = recentKeys[place]
    if recent.raw != 0, isText(realm.keys.text(of: recent), equalFrom: start, to: end) {
      position = end + 1
      return recent
    }
    let key = realm.keys.key(for: try parseString())
    if !key.isIndex { recentKeys[place] = key }
    return key
  }

  private func isText(_ text: ScriptString, equalFrom start: Int, to end: Int) -> Bool {
    guard text.length == end - start else { return false }
    return text.withUnits(
      latin1: { known in
        for index in 0..<known.count where Unit(known[index]) != units[start + index] { return false }
        return true
      },
      utf16: { known in
        for index in 0..<known.count where UInt32(known[index]) != UInt32(truncatingIfNeeded: units[start + index]) {
          return false
        }
        return true
      })
  }

  // MARK: Strings

  /// The string whose opening quote has been read.
  private mutating func parseString() throws(Thrown) -> ScriptString {
    let start = position
    while position < units.count, units[position] != 0x22, units[position] != 0x5C, units[position] >= 0x20 {
      position += 1
    }
    guard position < units.count, units[position] >= 0x20 else { throw unexpected() }
    if units[position] == 0x22 {
      position += 1
      return makeString(UnsafeBufferPointer(rebasing: units[start..<position - 1]))
    }
    return try parseEscapedString(from: start)
  }

  private func makeString(_ text: UnsafeBufferPointer<Unit>) -> ScriptString {
    if text.count == 0 { return realm.emptyString }
    if text.count == 1 { return realm.unitString(UInt16(truncatingIfNeeded: text[0])) }
    if Unit.self == UInt8.self, let base = text.baseAddress {
      let bytes = UnsafeRawPointer(base).assumingMemoryBound(to: UInt8.self)
      return ScriptString(heap: realm.heap, latin1: UnsafeBufferPointer(start: bytes, count: text.count))
    }
    return ScriptString(heap: realm.heap, utf16: text.map { UInt16(truncatingIfNeeded: $0) })
  }

  private mutating func parseEscapedString(from start: Int) throws(Thrown) -> ScriptString {
    var text: [UInt16] = []
    text.reserveCapacity(position - start + 16)
    for index in start..<position { text.append(UInt16(truncatingIfNeeded: units[index])) }
    while position < units.count {
      let unit = units[position]
      if unit == 0x22 {
        position += 1
        return ScriptString(heap: realm.heap, utf16: text)
      }
      guard unit >= 0x20 else { throw unexpected() }
      if unit == 0x5C {
        position += 1
        text.append(try parseEscape())
      } else {
        text.append(UInt16(truncatingIfNeeded: unit))
        position += 1
      }
    }
    throw unexpected()
  }

  private mutating func parseEscape() throws(Thrown) -> UInt16 {
    guard position < units.count else { throw unexpected() }
    let result: UInt16
    switch units[position] {
    case 0x22: result = 0x22
    case 0x5C: result = 0x5C
    case 0x2F: result = 0x2F
    case 0x62: result = 0x08
    case 0x66: result = 0x0C
    case 0x6E: result = 0x0A
    case 0x72: result = 0x0D
    case 0x74: result = 0x09
    case 0x75: return try parseUnicodeEscape()
    default: throw unexpected()
    }
    position += 1
    return result
  }

  private mutating func parseUnicodeEscape() throws(Thrown) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      position += 1
      guard position < units.count else { throw unexpected() }
      let digit: UInt16
      switch units[position] {
      case 0x30...0x39: digit = UInt16(truncatingIfNeeded: units[position]) - 0x30
      case 0x41...0x46: digit = UInt16(truncatingIfNeeded: units[position]) - 0x37
      case 0x61...0x66: digit = UInt16(truncatingIfNeeded: units[position]) - 0x57
      default: throw unexpected()
      }
      value = value << 4 | digit
    }
    position += 1
    return value
  }

  // MARK: Numbers

  @inline(__always)
  private func isDigit(at index: Int) -> Bool {
    index < units.count && units[index] >= 0x30 && units[index] <= 0x39
  }

  private mutating func parseNumber() throws(Thrown) -> Double {
    let start = position
    let isNegative = units[position] == 0x2D
    if isNegative { position += 1 }
    guard isDigit(at: position) else { throw unexpected() }
    var significand: UInt64 = 0
    let digitsStart = position
    if units[position] == 0x30 {
      position += 1
      if isDigit(at: position) { throw unexpected() }
    } else {
      while isDigit(at: position) {
        significand = significand &* 10 &+ UInt64(truncatingIfNeeded: units[position] &- 0x30)
        position += 1
      }
    }
    var digitCount = position - digitsStart
    var fractionDigits = 0
    if position < units.count, units[position] == 0x2E {
      position += 1
      let fractionStart = position
      while isDigit(at: position) {
        significand = significand &* 10 &+ UInt64(truncatingIfNeeded: units[position] &- 0x30)
        position += 1
      }
      fractionDigits = position - fractionStart
      guard fractionDigits > 0 else { throw unexpected() }
      digitCount += fractionDigits
    }
    var hasExponent = false
    if position < units.count, units[position] | 0x20 == 0x65 {
      hasExponent = true
      position += 1
      if position < units.count, units[position] == 0x2B || units[position] == 0x2D { position += 1 }
      guard isDigit(at: position) else { throw unexpected() }
      while isDigit(at: position) { position += 1 }
    }
    // Up to 15 digits and a power of ten that is exact: one correctly rounded division (Clinger 1990).
    if !hasExponent, digitCount <= 15 {
      let magnitude = fractionDigits == 0 ? Double(significand) : Double(significand) / JSONParser.power(fractionDigits)
      return isNegative ? -magnitude : magnitude
    }
    return NumberParsing.decimal(units, from: start, to: position).value
  }

  /// 10 to a power up to 15.
  private static func power(_ exponent: Int) -> Double {
    switch exponent {
    case 1: return 1e1
    case 2: return 1e2
    case 3: return 1e3
    case 4: return 1e4
    case 5: return 1e5
    case 6: return 1e6
    default:
      var result = 1e7
      for _ in 7..<max(exponent, 7) { result *= 10 }
      return result
    }
  }

  // MARK: Errors

  private func unexpected() -> Thrown {
    guard position < units.count else { return realm.syntaxError("Unexpected end of JSON input") }
    let token = String(decoding: [UInt16(truncatingIfNeeded: units[position])], as: UTF16.self)
    return realm.syntaxError("Unexpected token '\(token)' in JSON at position \(position)")
  }
}
