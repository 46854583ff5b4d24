// https://tc39.es/ecma262/#sec-global-object: its values and functions, save `eval` and the constructors.

extension Realm {
  func installGlobalFunctions() {
    let global = globalObject
    defineHidden(global, .known(.globalThis), Value(global))
    defineHidden(global, .known(.Infinity), .number(.infinity), flags: .constant)
    defineHidden(global, .known(.NaN), .nan, flags: .constant)
    defineHidden(global, .known(.undefined_), .undefined, flags: .constant)
    defineMethod(global, "parseFloat", length: 1, GlobalFunctions.parseFloat)
    defineMethod(global, "parseInt", length: 2, GlobalFunctions.parseInt)
    defineMethod(global, "isFinite", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      Value(try realm.toNumber(arguments[0]).isFinite)
    }
    defineMethod(global, "isNaN", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      Value(try realm.toNumber(arguments[0]).isNaN)
    }
    defineMethod(global, "decodeURI", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try URICoding.decode(realm, try realm.toString(arguments[0]), keepsReserved: true)
    }
    defineMethod(global, "decodeURIComponent", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try URICoding.decode(realm, try realm.toString(arguments[0]), keepsReserved: false)
    }
    defineMethod(global, "encodeURI", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try URICoding.encode(realm, try realm.toString(arguments[0]), keepsReserved: true)
    }
    defineMethod(global, "encodeURIComponent", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try URICoding.encode(realm, try realm.toString(arguments[0]), keepsReserved: false)
    }
    defineMethod(global, "escape", length: 1, GlobalFunctions.escape)
    defineMethod(global, "unescape", length: 1, GlobalFunctions.unescape)
  }
}

private enum GlobalFunctions {
  static func parseFloat(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if case .number(let number) = arguments[0], number != 0 || number.sign == .plus { return .number(number) }
    let text = try realm.toString(arguments[0])
    return .number(text.withUnits(latin1: { NumberParsing.parseFloat($0) }, utf16: { NumberParsing.parseFloat($0) }))
  }

  static func parseInt(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if case .number(let number) = arguments[0], abs(number) < 1e15, number == number.rounded(.towardZero),
      arguments[1].isUndefined
    {
      return .number(number + 0)
    }
    let text = try realm.toString(arguments[0])
    let radix = Int(try realm.toInt32(arguments[1]))
    return .number(
      text.withUnits(
        latin1: { NumberParsing.parseInt($0, radix: radix) }, utf16: { NumberParsing.parseInt($0, radix: radix) }))
  }

  /// https://tc39.es/ecma262/#sec-escape-string
  static func escape(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let text = try realm.toString(arguments[0])
    var result = StringBuilder()
    for index in 0..<text.length {
      let unit = text.unit(at: index)
      if unit < 128, URICoding.isAlphanumeric(UInt8(unit)) || "@*_+-./".utf8.contains(UInt8(unit)) {
        result.append(unit: unit)
      } else {
        result.append(unit: 0x25)
        if unit >= 256 { result.append(unit: 0x75) }
        for shift in stride(from: unit >= 256 ? 12 : 4, through: 0, by: -4) {
          result.append(unit: URICoding.hexadecimalDigit(UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 15)))
        }
      }
    }
    guard result.count <= ScriptString.maximumLength else { throw realm.rangeError("Invalid string length") }
    return Value(result.build(realm.heap))
  }

  /// https://tc39.es/ecma262/#sec-unescape-string
  static func unescape(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let text = try realm.toString(arguments[0])
    func hexadecimal(_ start: Int, _ count: Int) -> UInt16? {
      guard start + count <= text.length else { return nil }
      var value: UInt16 = 0
      for index in start..<start + count {
        guard let digit = URICoding.hexadecimalValue(text.unit(at: index)) else { return nil }
        value = value << 4 | digit
      }
      return value
    }
    var result = StringBuilder()
    var index = 0
    while index < text.length {
      let unit = text.unit(at: index)
      if unit == 0x25, index + 1 < text.length, text.unit(at: index + 1) == 0x75, let wide = hexadecimal(index + 2, 4) {
        result.append(unit: wide)
        index += 6
      } else if unit == 0x25, let narrow = hexadecimal(index + 1, 2) {
        result.append(unit: narrow)
        index += 3
      } else {
        result.append(unit: unit)
        index += 1
      }
    }
    return Value(result.build(realm.heap))
  }
}

/// Percent-encoding of UTF-8. https://tc39.es/ecma262/#sec-uri-handling-functions
private enum URICoding {
  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: false
    }
  }

  private static func isReserved(_ byte: UInt8) -> Bool { ";/?:@&=+$,#".utf8.contains(byte) }

  static func hexadecimalDigit(_ value: UInt8) -> UInt16 { UInt16(value < 10 ? 48 + value : 55 + value) }

  static func hexadecimalValue(_ unit: UInt16) -> UInt16? {
    switch unit {
    case 48...57: unit - 48
    case 65...70: unit - 55
    case 97...102: unit - 87
    default: nil
    }
  }

  static func encode(_ realm: Realm, _ text: ScriptString, keepsReserved: Bool) throws(Thrown) -> Value {
    var result = StringBuilder()
    var index = 0
    while index < text.length {
      let unit = text.unit(at: index)
      index += 1
      if unit < 128 {
        let byte = UInt8(unit)
        if isAlphanumeric(byte) || "-_.!~*'()".utf8.contains(byte) || (keepsReserved && isReserved(byte)) {
          result.append(unit: unit)
          continue
        }
      }
      var scalar = UInt32(unit)
      if unit & 0xFC00 == 0xD800, index < text.length, text.unit(at: index) & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(text.unit(at: index) & 0x3FF)
        index += 1
      }
      guard let character = Unicode.Scalar(scalar) else { throw realm.makeError(.uriError, "URI malformed") }
      for byte in UTF8.encode(character) ?? .init() {
        result.append(unit: 0x25)
        result.append(unit: hexadecimalDigit(byte >> 4))
        result.append(unit: hexadecimalDigit(byte & 15))
      }
      guard result.count <= ScriptString.maximumLength else { throw realm.rangeError("Invalid string length") }
    }
    return Value(result.build(realm.heap))
  }

  static func decode(_ realm: Realm, _ text: ScriptString, keepsReserved: Bool) throws(Thrown) -> Value {
    var result = StringBuilder()
    var index = 0
    while index < text.length {
      let unit = text.unit(at: index)
      guard unit == 0x25 else {
        result.append(unit: unit)
        index += 1
        continue
      }
      let start = index
      let scalar = try decodedScalar(realm, text, &index)
      if keepsReserved, scalar < 128, isReserved(UInt8(scalar)) {
        for position in start..<index { result.append(unit: text.unit(at: position)) }
      } else if scalar < 0x10000 {
        result.append(unit: UInt16(scalar))
      } else {
        result.append(unit: UInt16(0xD800 + ((scalar - 0x10000) >> 10)))
        result.append(unit: UInt16(0xDC00 + (scalar & 0x3FF)))
      }
    }
    return Value(result.build(realm.heap))
  }

  /// Reads the escapes of one character from `index` on.
  private static func decodedScalar(_ realm: Realm, _ text: ScriptString, _ index: inout Int) throws(Thrown) -> UInt32 {
    let malformed = { realm.makeError(.uriError, "URI malformed") }
    func nextByte() -> UInt32? {
      guard index + 2 < text.length, text.unit(at: index) == 0x25, let high = hexadecimalValue(text.unit(at: index + 1)),
        let low = hexadecimalValue(text.unit(at: index + 2))
      else { return nil }
      index += 3
      return UInt32(high << 4 | low)
    }
    guard let first = nextByte() else { throw malformed() }
    if first < 0x80 { return first }
    let continuations: Int
    var scalar: UInt32
    switch first {
    case 0xC2...0xDF: (continuations, scalar) = (1, first & 0x1F)
    case 0xE0...0xEF: (continuations, scalar) = (2, first & 0x0F)
    case 0xF0...0xF4: (continuations, scalar) = (3, first & 0x07)
    default: throw malformed()
    }
    for _ in 0..<continuations {
      guard let byte = nextByte(), byte & 0xC0 == 0x80 else { throw malformed() }
      scalar = scalar << 6 | byte & 0x3F
    }
    let least: UInt32 = continuations == 1 ? 0x80 : continuations == 2 ? 0x800 : 0x10000
    guard scalar >= least, Unicode.Scalar(scalar) != nil else { throw malformed() }
    return scalar
  }
}
