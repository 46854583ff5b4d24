// https://tc39.es/ecma262/#sec-array-constructor, and the table of what Array.prototype holds.

extension Realm {
  func installArrayBuiltins() {
    let prototype = intrinsics.arrayPrototype
    let constructor = defineConstructor(
      "Array", length: 1, prototype: prototype,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        try ArrayBuiltins.make(realm, arguments, prototype: realm.intrinsics.arrayPrototype)
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics.arrayPrototype)
        return try ArrayBuiltins.make(realm, arguments, prototype: prototype)
      })
    intrinsics[.arrayConstructor] = constructor
    defineMethod(constructor, "from", length: 1, ArrayBuiltins.from)
    defineMethod(constructor, "isArray", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      Value(try realm.isArray(arguments[0]))
    }
    defineMethod(constructor, "of", length: 0, ArrayBuiltins.of)
    defineAccessor(constructor, .speciesSymbol, getter: { (_: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in this })
    installArrayPrototype(prototype)
    installArrayIterator()
  }

  private func installArrayPrototype(_ prototype: ScriptObject) {
    defineMethod(prototype, "at", length: 1, ArrayPrototype.at)
    defineMethod(prototype, "concat", length: 1, ArrayPrototype.concat)
    defineMethod(prototype, "copyWithin", length: 2, ArrayPrototype.copyWithin)
    defineMethod(prototype, "every", length: 1, ArrayPrototype.every)
    defineMethod(prototype, "fill", length: 1, ArrayPrototype.fill)
    defineMethod(prototype, "filter", length: 1, ArrayPrototype.filter)
    defineMethod(prototype, "find", length: 1, ArrayPrototype.find)
    defineMethod(prototype, "findIndex", length: 1, ArrayPrototype.findIndex)
    defineMethod(prototype, "findLast", length: 1, ArrayPrototype.findLast)
    defineMethod(prototype, "findLastIndex", length: 1, ArrayPrototype.findLastIndex)
    defineMethod(prototype, "flat", length: 0, ArrayPrototype.flat)
    defineMethod(prototype, "flatMap", length: 1, ArrayPrototype.flatMap)
    defineMethod(prototype, "forEach", length: 1, ArrayPrototype.forEach)
    defineMethod(prototype, "includes", length: 1, ArrayPrototype.includes)
    defineMethod(prototype, "indexOf", length: 1, ArrayPrototype.indexOf)
    defineMethod(prototype, "join", length: 1, ArrayPrototype.makeJoin())
    defineMethod(prototype, "lastIndexOf", length: 1, ArrayPrototype.lastIndexOf)
    defineMethod(prototype, "map", length: 1, ArrayPrototype.map)
    defineMethod(prototype, "pop", length: 0, ArrayPrototype.pop)
    defineMethod(prototype, "push", length: 1, ArrayPrototype.push)
    defineMethod(prototype, "reduce", length: 1, ArrayPrototype.reduce)
    defineMethod(prototype, "reduceRight", length: 1, ArrayPrototype.reduceRight)
    defineMethod(prototype, "reverse", length: 0, ArrayPrototype.reverse)
    defineMethod(prototype, "shift", length: 0, ArrayPrototype.shift)
    defineMethod(prototype, "slice", length: 2, ArrayPrototype.slice)
    defineMethod(prototype, "some", length: 1, ArrayPrototype.some)
    defineMethod(prototype, "sort", length: 1, ArrayPrototype.sort)
    defineMethod(prototype, "splice", length: 2, ArrayPrototype.splice)
    defineMethod(prototype, "toLocaleString", length: 0, ArrayPrototype.makeToLocaleString())
    defineMethod(prototype, "toReversed", length: 0, ArrayPrototype.toReversed)
    defineMethod(prototype, "toSorted", length: 1, ArrayPrototype.toSorted)
    defineMethod(prototype, "toSpliced", length: 2, ArrayPrototype.toSpliced)
    defineMethod(prototype, "toString", length: 0, ArrayPrototype.toString)
    defineMethod(prototype, "unshift", length: 1, ArrayPrototype.unshift)
    defineMethod(prototype, "with", length: 2, ArrayPrototype.with)
    let unscopables = makeObject(prototype: nil)
    for name in [
      "at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap", "includes",
      "keys", "toReversed", "toSorted", "toSpliced", "values",
    ] {
      unscopables.appendSlot(key(name), .boolean(true), self)
    }
    defineHidden(prototype, .unscopablesSymbol, Value(unscopables), flags: .configurable)
  }

  /// GetIteratorFromMethod for a method that has already been looked up.
  func iterator(of value: Value, method: ScriptObject) throws(Thrown) -> IteratorRecord {
    if method === arrayValuesFunction, value.asObject?.kind == .array { return try iterator(of: value) }
    return try iteratorRecord(try method.call(this: value, arguments: Arguments(base: stackPointer, count: 0), self))
  }
}

/// `Array` and its static methods.
enum ArrayBuiltins {
  /// https://tc39.es/ecma262/#sec-array
  static func make(_ realm: Realm, _ arguments: Arguments, prototype: ScriptObject) throws(Thrown) -> Value {
    let array = ArrayObject(heap: realm.heap, shape: realm.rootShape(for: prototype))
    guard arguments.count == 1, case .number(let length) = arguments[0] else {
      array.reserveElements(arguments.count, realm)
      for index in 0..<arguments.count { array.append(arguments[index], realm) }
      return Value(array)
    }
    guard length >= 0, length <= 4_294_967_295, length == length.rounded(.towardZero) else {
      throw realm.rangeError("Invalid array length")
    }
    _ = array.truncateOrExtend(to: Int(length), realm)
    return Value(array)
  }

  /// https://tc39.es/ecma262/#sec-array.of
  static func of(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let result = try makeResult(realm, this, [Value(arguments.count)], length: arguments.count)
    for index in 0..<arguments.count { try realm.createElement(of: result, index, arguments[index]) }
    try realm.setLength(of: result, arguments.count)
    return Value(result)
  }

  /// https://tc39.es/ecma262/#sec-array.from
  static func from(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let items = arguments[0], thisArgument = arguments[2]
    let mapper = arguments[1].isUndefined ? nil : try realm.requireCallable(arguments[1])
    if let method = try realm.getMethod(items, .iteratorSymbol) {
      return try fromIterable(realm, this, items, method, mapper, thisArgument)
    }
    let source = try realm.toObject(items)
    let length = try realm.length(of: source)
    let result = try makeResult(realm, this, [Value(length)], length: length)
    for index in 0..<length {
      var value = try realm.element(of: source, index)
      if let mapper { value = try realm.call(mapper, this: thisArgument, value, Value(index)) }
      try realm.createElement(of: result, index, value)
      try realm.safePoint()
    }
    try realm.setLength(of: result, length)
    return Value(result)
  }

  private static func fromIterable(
    _ realm: Realm, _ this: Value, _ items: Value, _ method: ScriptObject, _ mapper: ScriptObject?, _ thisArgument: Value
  ) throws(Thrown) -> Value {
    let result = try makeResult(realm, this, [], length: 0)
    var iterator = try realm.iterator(of: items, method: method)
    var index = 0
    while let item = try iterator.next(realm) {
      do throws(Thrown) {
        var value = item
        if let mapper { value = try realm.call(mapper, this: thisArgument, value, Value(index)) }
        try realm.createElement(of: result, index, value)
        try realm.safePoint()
      } catch {
        try iterator.closeAfterThrow(error, realm)
        throw error
      }
      index += 1
    }
    try realm.setLength(of: result, index)
    return Value(result)
  }

  /// A new object of the constructor that a static method was called on, or an array.
  private static func makeResult(
    _ realm: Realm, _ constructor: Value, _ arguments: [Value], length: Int
  ) throws(Thrown) -> ScriptObject {
    guard let object = constructor.asObject, object.isConstructor, object !== realm.intrinsics[.arrayConstructor] else {
      return try realm.arrayCreate(length: length)
    }
    guard let made = try realm.construct(constructor, arguments).asObject else { throw realm.typeError("object expected") }
    return made
  }
}
