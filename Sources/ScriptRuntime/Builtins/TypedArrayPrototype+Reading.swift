// Methods of typed arrays that look for elements or turn them into text.

extension TypedArrayPrototype {
  static func at(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let relative = try realm.toIntegerOrInfinity(arguments[0])
    let position = relative < 0 ? Double(count) + relative : relative
    guard position >= 0, position < Double(count) else { return .undefined }
    return array.value(at: Int(position), realm)
  }

  static func includes(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    if count == 0 { return .boolean(false) }
    let start = try realm.toRelativeIndex(arguments[1], length: count, default: 0)
    for index in start..<max(start, count) where Value.sameZero(array.value(at: index, realm), arguments[0]) {
      return .boolean(true)
    }
    return .boolean(false)
  }

  static func indexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    if array.count == 0 { return Value(-1) }
    let count = array.count
    let start = try realm.toRelativeIndex(arguments[1], length: count, default: 0)
    // The conversion may have made the array shorter.
    let end = min(count, array.count)
    for index in start..<max(start, end) where Value.strictlyEqual(array.value(at: index, realm), arguments[0]) {
      return Value(index)
    }
    return Value(-1)
  }

  static func lastIndexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    if count == 0 { return Value(-1) }
    let relative = arguments.count > 1 ? try realm.toIntegerOrInfinity(arguments[1]) : Double(count) - 1
    let start = relative < 0 ? Double(count) + relative : min(relative, Double(count) - 1)
    guard start >= 0 else { return Value(-1) }
    var index = min(Int(start), array.count - 1)
    while index >= 0 {
      if Value.strictlyEqual(array.value(at: index, realm), arguments[0]) { return Value(index) }
      index -= 1
    }
    return Value(-1)
  }

  static func join(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let separator = arguments[0].isUndefined ? realm.unitString(44) : try realm.toString(arguments[0])
    return try joined(realm, count, separator) { index throws(Thrown) in
      let value = array.value(at: index, realm)
      return value.isUndefined ? realm.emptyString : try realm.toString(value)
    }
  }

  /// https://tc39.es/ecma402/#sup-%typedarray%.prototype.tolocalestring is that of arrays.
  static func toLocaleString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    return try joined(realm, array.count, realm.unitString(44)) { index throws(Thrown) in
      let value = array.value(at: index, realm)
      if value.isNullish { return realm.emptyString }
      let text = try realm.invoke(value, realm.key("toLocaleString"), [arguments[0], arguments[1]])
      return try realm.toString(text)
    }
  }

  private static func joined(
    _ realm: Realm, _ count: Int, _ separator: ScriptString, _ text: (Int) throws(Thrown) -> ScriptString
  ) throws(Thrown) -> Value {
    var builder = StringBuilder()
    for index in 0..<count {
      if index > 0 { builder.append(separator) }
      builder.append(try text(index))
      try realm.checkLength(builder.count)
      try realm.safePoint()
    }
    return Value(builder.build(realm.heap))
  }
}

extension Realm {
  /// Throws a RangeError where a string would become too long.
  @inline(__always)
  func checkLength(_ length: Int) throws(Thrown) {
    if length > ScriptString.maximumLength { throw rangeError("Invalid string length") }
  }
}
