// Methods of typed arrays that call a function for each element.

extension TypedArrayPrototype {
  /// Calls back with (element, index, array) for the indices in order until `body` says stop.
  private static func visit(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, backwards: Bool = false,
    _ body: (_ result: Value, _ element: Value, _ index: Int) throws(Thrown) -> Bool
  ) throws(Thrown) {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let function = try realm.requireCallable(arguments[0])
    for step in 0..<count {
      let index = backwards ? count - 1 - step : step
      let element = array.value(at: index, realm)
      let result = try realm.call(function, this: arguments[1], element, Value(index), this)
      guard try body(result, element, index) else { return }
    }
  }

  static func every(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var all = true
    try visit(realm, this, arguments) { result, _, _ throws(Thrown) in
      all = result.isTruthy
      return all
    }
    return .boolean(all)
  }

  static func some(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var any = false
    try visit(realm, this, arguments) { result, _, _ throws(Thrown) in
      any = result.isTruthy
      return !any
    }
    return .boolean(any)
  }

  static func forEach(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try visit(realm, this, arguments) { _, _, _ throws(Thrown) in true }
    return .undefined
  }

  private static func search(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, backwards: Bool
  ) throws(Thrown) -> (element: Value, index: Int) {
    var found: (element: Value, index: Int) = (.undefined, -1)
    try visit(realm, this, arguments, backwards: backwards) { result, element, index throws(Thrown) in
      if result.isTruthy { found = (element, index) }
      return !result.isTruthy
    }
    return found
  }

  static func find(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try search(realm, this, arguments, backwards: false).element
  }

  static func findIndex(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try search(realm, this, arguments, backwards: false).index)
  }

  static func findLast(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try search(realm, this, arguments, backwards: true).element
  }

  static func findLastIndex(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try search(realm, this, arguments, backwards: true).index)
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.prototype.filter
  static func filter(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let kept = ValueList(realm)
    try visit(realm, this, arguments) { result, element, _ throws(Thrown) in
      if result.isTruthy { kept.values.append(element) }
      return true
    }
    let made = try realm.createTypedArray(like: array, [Value(kept.values.count)])
    for index in 0..<kept.values.count { made.store(try made.numeric(kept.values[index], realm), at: index) }
    return Value(made)
  }

  /// https://tc39.es/ecma262/#sec-%typedarray%.prototype.map
  static func map(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let function = try realm.requireCallable(arguments[0])
    let made = try realm.createTypedArray(like: array, [Value(count)])
    for index in 0..<count {
      let result = try realm.call(function, this: arguments[1], array.value(at: index, realm), Value(index), this)
      if case .number(let number) = result, made.setElement(index, number) { continue }
      made.store(try made.numeric(result, realm), at: index)
    }
    return Value(made)
  }

  private static func fold(
    _ realm: Realm, _ this: Value, _ arguments: Arguments, backwards: Bool
  ) throws(Thrown) -> Value {
    let array = try realm.validTypedArray(this)
    let count = array.count
    let function = try realm.requireCallable(arguments[0])
    var step = 0
    var accumulator = arguments[1]
    if arguments.count < 2 {
      guard count > 0 else { throw realm.typeError("Reduce of empty array with no initial value") }
      accumulator = array.value(at: backwards ? count - 1 : 0, realm)
      step = 1
    }
    while step < count {
      let index = backwards ? count - 1 - step : step
      accumulator = try realm.call(
        function, this: .undefined, accumulator, array.value(at: index, realm), Value(index), fourth: this)
      step += 1
    }
    return accumulator
  }

  static func reduce(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try fold(realm, this, arguments, backwards: false)
  }

  static func reduceRight(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try fold(realm, this, arguments, backwards: true)
  }
}
