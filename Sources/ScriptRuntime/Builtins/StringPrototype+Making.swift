// Methods of strings that make other strings.

extension StringPrototype {
  static func concat(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var result = try Self.this(realm, this)
    for index in 0..<arguments.count { result = try realm.concatenate(result, try realm.toString(arguments[index])) }
    return Value(result)
  }

  static func slice(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let start = try realm.toRelativeIndex(arguments[0], length: string.length, default: 0)
    let end = try realm.toRelativeIndex(arguments[1], length: string.length, default: string.length)
    return Value(realm.substring(string, start, max(start, end)))
  }

  static func substring(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let first = try clamped(realm, arguments[0], string.length, default: 0)
    let second = try clamped(realm, arguments[1], string.length, default: string.length)
    return Value(realm.substring(string, min(first, second), max(first, second)))
  }

  /// https://tc39.es/ecma262/#sec-string.prototype.substr
  static func substr(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let start = try realm.toRelativeIndex(arguments[0], length: string.length, default: 0)
    let count = arguments[1].isUndefined ? Double(string.length) : try realm.toIntegerOrInfinity(arguments[1])
    let end = Int(max(Double(start), min(Double(start) + count, Double(string.length))))
    return Value(realm.substring(string, start, end))
  }

  static func `repeat`(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let count = try realm.toIntegerOrInfinity(arguments[0])
    guard count >= 0, count.isFinite else {
      throw realm.rangeError("Invalid count value: \(realm.describeForMessage(.number(count)))")
    }
    if string.length == 0 { return Value(realm.emptyString) }
    guard count * Double(string.length) <= Double(ScriptString.maximumLength) else {
      throw realm.rangeError("Invalid string length")
    }
    return Value(realm.repeated(string, toLength: string.length * Int(count)))
  }

  /// https://tc39.es/ecma262/#sec-stringpaddingbuiltinsimpl
  private static func pad(_ realm: Realm, _ this: Value, _ arguments: Arguments, atStart: Bool) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let length = try realm.toLength(arguments[0])
    guard length > string.length else { return Value(string) }
    let filler = arguments[1].isUndefined ? realm.unitString(32) : try realm.toString(arguments[1])
    if filler.length == 0 { return Value(string) }
    try realm.checkLength(length)
    let padding = realm.repeated(filler, toLength: length - string.length)
    return Value(atStart ? try realm.concatenate(padding, string) : try realm.concatenate(string, padding))
  }

  static func padStart(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try pad(realm, this, arguments, atStart: true)
  }

  static func padEnd(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try pad(realm, this, arguments, atStart: false)
  }

  // MARK: White space

  private static func trimmed(_ realm: Realm, _ this: Value, start: Bool, end: Bool) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let range = string.withUnits(
      latin1: { CodePoints.trimmed($0, start: start, end: end) }, utf16: { CodePoints.trimmed($0, start: start, end: end) })
    return Value(realm.substring(string, range.lowerBound, range.upperBound))
  }

  static func trim(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try trimmed(realm, this, start: true, end: true)
  }

  static func trimStart(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try trimmed(realm, this, start: true, end: false)
  }

  static func trimEnd(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try trimmed(realm, this, start: false, end: true)
  }

  // MARK: Case and normal forms

  static func toLowerCase(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    return Value(
      string.withUnits(
        latin1: { ScriptString(heap: realm.heap, latin1: CaseConversion.lowercased($0)) },
        utf16: { ScriptString(heap: realm.heap, utf16: CaseConversion.lowercased(Array($0))) }))
  }

  static func toUpperCase(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    return Value(
      string.withUnits(
        latin1: { bytes in
          if let upper = CaseConversion.uppercased(bytes) { return ScriptString(heap: realm.heap, latin1: upper) }
          return ScriptString(heap: realm.heap, utf16: CaseConversion.uppercased(bytes.map(UInt16.init)))
        },
        utf16: { ScriptString(heap: realm.heap, utf16: CaseConversion.uppercased(Array($0))) }))
  }

  /// The locale matters for a few languages only, none of which is supported; it is checked all the same.
  static func toLocaleLowerCase(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    _ = try realm.canonicalLocales(arguments[0])
    return try toLowerCase(realm, Value(string), arguments)
  }

  static func toLocaleUpperCase(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    _ = try realm.canonicalLocales(arguments[0])
    return try toUpperCase(realm, Value(string), arguments)
  }

  static func normalize(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    let name = arguments[0].isUndefined ? "NFC" : try realm.toText(arguments[0])
    guard let form = Normalization.Form(name: name) else {
      throw realm.rangeError("The normalization form should be one of NFC, NFD, NFKC, NFKD.")
    }
    return Value(ScriptString(heap: realm.heap, utf16: Normalization.normalized(string.utf16Units, form)))
  }

  static func toWellFormed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let string = try Self.this(realm, this)
    if string.isLatin1 { return Value(string) }
    return Value(ScriptString(heap: realm.heap, utf16: CodePoints.wellFormed(string.utf16Units)))
  }
}
