// Methods of Array.prototype that call a function for each element.
// https://tc39.es/ecma262/#sec-properties-of-the-array-prototype-object

extension ArrayPrototype {
  static func forEach(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try visit(realm, this, arguments) { _, _, _ in true }
    return .undefined
  }

  static func every(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var result = true
    try visit(realm, this, arguments) { _, _, answer in
      result = answer.isTruthy
      return result
    }
    return Value(result)
  }

  static func some(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var result = false
    try visit(realm, this, arguments) { _, _, answer in
      result = answer.isTruthy
      return !result
    }
    return Value(result)
  }

  /// Calls the function that is the first argument for each element that exists; `body` gets index, element and answer, and
  /// says whether to go on.
  @inline(__always)
  private static func visit(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, _ body: (Int, Value, Value) throws(Thrown) -> Bool
  ) throws(Thrown) {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let callback = try realm.requireCallable(arguments[0])
    let receiver = arguments[1], target = Value(object)
    for index in 0..<length {
      if let value = try realm.elementIfPresent(of: object, index) {
        let answer = try realm.call(callback, this: receiver, value, Value(index), target)
        guard try body(index, value, answer) else { return }
      }
      try realm.safePoint()
    }
  }

  static func map(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let callback = try realm.requireCallable(arguments[0])
    let result = try realm.arraySpeciesCreate(object, length: length)
    let receiver = arguments[1], target = Value(object)
    for index in 0..<length {
      if let value = try realm.elementIfPresent(of: object, index) {
        let mapped = try realm.call(callback, this: receiver, value, Value(index), target)
        try realm.createElement(of: result, index, mapped)
      }
      try realm.safePoint()
    }
    return Value(result)
  }

  static func filter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let callback = try realm.requireCallable(arguments[0])
    let result = try realm.arraySpeciesCreate(object, length: 0)
    let receiver = arguments[1], target = Value(object)
    var kept = 0
    for index in 0..<length {
      if let value = try realm.elementIfPresent(of: object, index),
        try realm.call(callback, this: receiver, value, Value(index), target).isTruthy
      {
        try realm.createElement(of: result, kept, value)
        kept += 1
      }
      try realm.safePoint()
    }
    return Value(result)
  }

  // MARK: Finding

  static func find(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try search(realm, this, arguments, backwards: false)?.value ?? .undefined
  }

  static func findIndex(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try search(realm, this, arguments, backwards: false)?.index ?? -1)
  }

  static func findLast(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try search(realm, this, arguments, backwards: true)?.value ?? .undefined
  }

  static func findLastIndex(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try search(realm, this, arguments, backwards: true)?.index ?? -1)
  }

  /// https://tc39.es/ecma262/#sec-findviapredicate
  private static func search(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, backwards: Bool
  ) throws(Thrown) -> (index: Int, value: Value)? {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let predicate = try realm.requireCallable(arguments[0])
    let receiver = arguments[1], target = Value(object)
    for step in 0..<length {
      let index = backwards ? length - 1 - step : step
      let value = try realm.element(of: object, index)
      if try realm.call(predicate, this: receiver, value, Value(index), target).isTruthy { return (index, value) }
      try realm.safePoint()
    }
    return nil
  }

  // MARK: Reducing

  static func reduce(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try reduce(realm, this, arguments, backwards: false)
  }

  static func reduceRight(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try reduce(realm, this, arguments, backwards: true)
  }

  private static func reduce(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, backwards: Bool
  ) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let callback = try realm.requireCallable(arguments[0])
    let target = Value(object)
    var accumulator: Value = arguments.count >= 2 ? arguments[1] : .empty
    for step in 0..<length {
      let index = backwards ? length - 1 - step : step
      if let value = try realm.elementIfPresent(of: object, index) {
        accumulator =
          accumulator.isEmpty
          ? value : try realm.call(callback, this: .undefined, accumulator, value, Value(index), fourth: target)
      }
      try realm.safePoint()
    }
    guard !accumulator.isEmpty else { throw realm.typeError("Reduce of empty array with no initial value") }
    return accumulator
  }
}
