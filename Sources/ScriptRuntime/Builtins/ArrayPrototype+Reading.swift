// Methods of Array.prototype that look at the array without changing it: searching, joining, copying.
// https://tc39.es/ecma262/#sec-properties-of-the-array-prototype-object

extension ArrayPrototype {
  static func at(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let relative = try realm.toIntegerOrInfinity(arguments[0])
    let index = relative >= 0 ? relative : Double(length) + relative
    guard index >= 0, index < Double(length) else { return .undefined }
    return try realm.element(of: object, Int(index))
  }

  // MARK: Searching

  static func includes(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    guard length > 0 else { return .boolean(false) }
    let start = try realm.toRelativeIndex(arguments[1], length: length, default: 0)
    for index in start..<max(start, length) {
      if Value.sameZero(try realm.element(of: object, index), arguments[0]) { return .boolean(true) }
      try realm.safePoint()
    }
    return .boolean(false)
  }

  static func indexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    guard length > 0 else { return .number(-1) }
    let start = try realm.toRelativeIndex(arguments[1], length: length, default: 0)
    for index in start..<max(start, length) {
      if let value = try realm.elementIfPresent(of: object, index), Value.strictlyEqual(value, arguments[0]) {
        return Value(index)
      }
      try realm.safePoint()
    }
    return .number(-1)
  }

  static func lastIndexOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    guard length > 0 else { return .number(-1) }
    let from = arguments.count > 1 ? try realm.toIntegerOrInfinity(arguments[1]) : Double(length - 1)
    let last = from >= 0 ? min(from, Double(length - 1)) : Double(length) + from
    guard last >= 0 else { return .number(-1) }
    var index = Int(last)
    while index >= 0 {
      if let value = try realm.elementIfPresent(of: object, index), Value.strictlyEqual(value, arguments[0]) {
        return Value(index)
      }
      try realm.safePoint()
      index -= 1
    }
    return .number(-1)
  }

  // MARK: Joining

  /// The arrays that are being joined, so that one that contains itself becomes an empty string there, as in browsers.
  private final class ActiveJoins {
    // Safe: an array is in the list only while a call to join holds it.
    var objects: [Unmanaged<ScriptObject>] = []

    func contains(_ object: ScriptObject) -> Bool {
      objects.contains { $0.toOpaque() == Unmanaged.passUnretained(object).toOpaque() }
    }
  }

  /// https://tc39.es/ecma262/#sec-array.prototype.join
  static func makeJoin() -> NativeCall {
    let active = ActiveJoins()
    return { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let object = try realm.toObject(this)
      let length = try realm.length(of: object)
      let separator = arguments[0].isUndefined ? realm.unitString(0x2C) : try realm.toString(arguments[0])
      return try join(realm, object, length, separator, active) { value throws(Thrown) in try realm.toString(value) }
    }
  }

  /// https://tc39.es/ecma402/#sup-array.prototype.tolocalestring
  static func makeToLocaleString() -> NativeCall {
    let active = ActiveJoins()
    return { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let object = try realm.toObject(this)
      let length = try realm.length(of: object)
      return try join(realm, object, length, realm.unitString(0x2C), active) { value throws(Thrown) in
        try realm.toString(try realm.invoke(value, realm.key("toLocaleString"), [arguments[0], arguments[1]]))
      }
    }
  }

  private static func join(
    _ realm: Realm, _ object: ScriptObject, _ length: Int, _ separator: ScriptString, _ active: ActiveJoins,
    _ text: (Value) throws(Thrown) -> ScriptString
  ) throws(Thrown) -> Value {
    guard length > 0, !active.contains(object) else { return Value(realm.emptyString) }
    active.objects.append(.passUnretained(object))
    defer { active.objects.removeLast() }
    let limit = ScriptString.maximumLength
    guard separator.length == 0 || length <= limit / separator.length + 1 else {
      throw realm.rangeError("Invalid string length")
    }
    if length == 1 {
      let value = try realm.element(of: object, 0)
      return value.isNullish ? Value(realm.emptyString) : Value(try text(value))
    }
    var builder = StringBuilder()
    for index in 0..<length {
      if index > 0 { builder.append(separator) }
      let value = try realm.element(of: object, index)
      if !value.isNullish {
        let part = try text(value)
        guard builder.count + part.length <= limit else { throw realm.rangeError("Invalid string length") }
        builder.append(part)
      }
      try realm.safePoint()
    }
    guard builder.count <= limit else { throw realm.rangeError("Invalid string length") }
    return Value(builder.build(realm.heap))
  }

  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    if let join = try object.get(.known(.join), receiver: Value(object), realm).asCallable {
      return try join.call(this: Value(object), arguments: Arguments(base: realm.stackPointer, count: 0), realm)
    }
    return try realm.objectToString(Value(object))
  }

  // MARK: Copying

  static func slice(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let start = try realm.toRelativeIndex(arguments[0], length: length, default: 0)
    let end = try realm.toRelativeIndex(arguments[1], length: length, default: length)
    let count = max(end - start, 0)
    let result = try realm.arraySpeciesCreate(object, length: count)
    if let source = object.asArray, end <= Int(source.elementCount), realm.holesAreAbsent(in: source),
      let target = realm.movableArray(result), target.arrayLength == count, target !== source
    {
      if let from = source.elements, let to = target.elements { to.update(from: from + start, count: count) }
      return Value(result)
    }
    for index in 0..<count {
      if let value = try realm.elementIfPresent(of: object, start + index) {
        try realm.createElement(of: result, index, value)
      }
      try realm.safePoint()
    }
    try realm.setLength(of: result, count)
    return Value(result)
  }

  /// https://tc39.es/ecma262/#sec-array.prototype.concat
  static func concat(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let result = try realm.arraySpeciesCreate(object, length: 0)
    var count = try append(realm, Value(object), to: result, at: 0)
    for index in 0..<arguments.count { count = try append(realm, arguments[index], to: result, at: count) }
    try realm.setLength(of: result, count)
    return Value(result)
  }

  /// Appends an item, or its elements where it is to be spread, and gives the length thereafter.
  private static func append(
    _ realm: Realm, _ item: Value, to result: ScriptObject, at start: Int
  ) throws(Thrown) -> Int {
    guard let source = item.asObject, try isConcatSpreadable(realm, source) else {
      guard start < greatestLength else { throw realm.typeError("Invalid array length") }
      try realm.createElement(of: result, start, item)
      return start + 1
    }
    let length = try realm.length(of: source)
    guard start + length <= greatestLength else { throw realm.typeError("Invalid array length") }
    if let source = source.asArray, source.isDense, realm.holesAreAbsent(in: source), let target = realm.movableArray(result),
      target.arrayLength == start, start + length < 1 << 28, target !== source
    {
      target.reserveElements(start + length, realm)
      if let from = source.elements, let to = target.elements { (to + start).update(from: from, count: length) }
      target.elementCount = Int32(truncatingIfNeeded: start + length)
      target.arrayLength = start + length
      return start + length
    }
    for index in 0..<length {
      if let value = try realm.elementIfPresent(of: source, index) {
        try realm.createElement(of: result, start + index, value)
      }
      try realm.safePoint()
    }
    return start + length
  }

  private static func isConcatSpreadable(_ realm: Realm, _ object: ScriptObject) throws(Thrown) -> Bool {
    let spreadable = try object.get(.isConcatSpreadableSymbol, receiver: Value(object), realm)
    return spreadable.isUndefined ? try realm.isArray(Value(object)) : spreadable.isTruthy
  }

  // MARK: Flattening

  static func flat(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let depth = arguments[0].isUndefined ? 1 : try realm.toIntegerOrInfinity(arguments[0])
    let result = try realm.arraySpeciesCreate(object, length: 0)
    _ = try flatten(realm, object, length, into: result, at: 0, depth: depth) { value, _ in value }
    return Value(result)
  }

  static func flatMap(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let mapper = try realm.requireCallable(arguments[0])
    let receiver = arguments[1], target = Value(object)
    let result = try realm.arraySpeciesCreate(object, length: 0)
    _ = try flatten(realm, object, length, into: result, at: 0, depth: 1) { value, index throws(Thrown) in
      try realm.call(mapper, this: receiver, value, Value(index), target)
    }
    return Value(result)
  }

  /// https://tc39.es/ecma262/#sec-flattenintoarray
  private static func flatten(
    _ realm: Realm, _ source: ScriptObject, _ length: Int, into result: ScriptObject, at start: Int, depth: Double,
    _ map: (Value, Int) throws(Thrown) -> Value
  ) throws(Thrown) -> Int {
    try realm.checkDepth()
    var count = start
    for index in 0..<length {
      try realm.safePoint()
      guard let found = try realm.elementIfPresent(of: source, index) else { continue }
      let value = try map(found, index)
      if depth > 0, let inner = value.asObject, try realm.isArray(value) {
        count = try flatten(
          realm, inner, try realm.length(of: inner), into: result, at: count, depth: depth - 1) { value, _ in value }
      } else {
        guard count < greatestLength else { throw realm.typeError("Invalid array length") }
        try realm.createElement(of: result, count, value)
        count += 1
      }
    }
    return count
  }

  // MARK: Changed copies

  static func toReversed(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let result = try realm.arrayCreate(length: length)
    for index in 0..<length {
      try realm.createElement(of: result, index, try realm.element(of: object, length - 1 - index))
      try realm.safePoint()
    }
    return Value(result)
  }

  static func toSpliced(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let start = try realm.toRelativeIndex(arguments[0], length: length, default: 0)
    let inserted = arguments.dropFirst(2)
    let skipCount =
      switch arguments.count {
      case 0: 0
      case 1: length - start
      default: Int(min(max(try realm.toIntegerOrInfinity(arguments[1]), 0), Double(length - start)))
      }
    let newLength = length + inserted.count - skipCount
    guard newLength <= greatestLength else { throw realm.typeError("Invalid array length") }
    let result = try realm.arrayCreate(length: newLength)
    for index in 0..<newLength {
      let value =
        index < start
        ? try realm.element(of: object, index)
        : index < start + inserted.count
          ? inserted[index - start] : try realm.element(of: object, index - inserted.count + skipCount)
      try realm.createElement(of: result, index, value)
      try realm.safePoint()
    }
    return Value(result)
  }

  static func with(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let relative = try realm.toIntegerOrInfinity(arguments[0])
    let index = relative >= 0 ? relative : Double(length) + relative
    guard index >= 0, index < Double(length) else { throw realm.rangeError("Invalid index") }
    let result = try realm.arrayCreate(length: length)
    for position in 0..<length {
      let value = Double(position) == index ? arguments[1] : try realm.element(of: object, position)
      try realm.createElement(of: result, position, value)
      try realm.safePoint()
    }
    return Value(result)
  }
}
