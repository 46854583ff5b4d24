// https://tc39.es/ecma262/#sec-set-objects

extension Realm {
  func installSetBuiltins() {
    let prototype = intrinsics[.set]
    let constructor = defineConstructor(
      "Set", length: 0, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor Set requires 'new'")
      },
      construct: SetBuiltins.construct)
    defineAccessor(constructor, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    intrinsics[.setAdd] = defineMethod(prototype, "add", length: 1, SetBuiltins.add)
    defineMethod(prototype, "has", length: 1, SetBuiltins.has)
    defineMethod(prototype, "delete", length: 1, SetBuiltins.delete)
    defineMethod(prototype, "clear", length: 0, SetBuiltins.clear)
    defineMethod(prototype, "forEach", length: 1, SetBuiltins.forEach)
    let values = defineMethod(prototype, "values", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(CollectionIteratorObject(realm: realm, try SetBuiltins.set(realm, this, "values"), .values))
    }
    defineHidden(prototype, .known(.keys), Value(values))
    defineHidden(prototype, .iteratorSymbol, Value(values))
    defineMethod(prototype, "entries", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(CollectionIteratorObject(realm: realm, try SetBuiltins.set(realm, this, "entries"), .entries))
    }
    defineAccessor(prototype, "size") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(try SetBuiltins.set(realm, this, "size").table.count)
    }
    defineMethod(prototype, "union", length: 1, SetBuiltins.union)
    defineMethod(prototype, "intersection", length: 1, SetBuiltins.intersection)
    defineMethod(prototype, "difference", length: 1, SetBuiltins.difference)
    defineMethod(prototype, "symmetricDifference", length: 1, SetBuiltins.symmetricDifference)
    defineMethod(prototype, "isSubsetOf", length: 1, SetBuiltins.isSubsetOf)
    defineMethod(prototype, "isSupersetOf", length: 1, SetBuiltins.isSupersetOf)
    defineMethod(prototype, "isDisjointFrom", length: 1, SetBuiltins.isDisjointFrom)
    defineTag(prototype, "Set")
    installCollectionIterator(.setIterator, kind: .setIterator, tag: "Set Iterator")
  }
}

/// `Set` and its methods.
enum SetBuiltins {
  static func set(_ realm: Realm, _ this: Value, _ method: String) throws(Thrown) -> CollectionObject {
    guard let object = this.asObject, object.kind == .set else {
      throw realm.typeError("Method Set.prototype.\(method) called on incompatible receiver \(realm.describeForMessage(this))")
    }
    return unsafeDowncast(object, to: CollectionObject.self)
  }

  static func construct(_ realm: Realm, _ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.set])
    let set = CollectionObject(realm: realm, kind: .set, prototype: prototype)
    if arguments[0].isNullish { return Value(set) }
    let adder = try realm.requireCallable(try set.get(.known(.add), receiver: Value(set), realm))
    let isPlain = adder === realm.intrinsics[.setAdd]
    try realm.forEach(in: arguments[0]) { value throws(Thrown) in
      if isPlain {
        insert(realm, set, value)
      } else {
        _ = try realm.call(adder, this: Value(set), value)
      }
      return true
    }
    return Value(set)
  }

  /// Adds a value; -0 becomes 0.
  private static func insert(_ realm: Realm, _ set: CollectionObject, _ value: Value) {
    var value = value
    if case .number(let number) = value, number == 0 { value = .number(0) }
    if !set.table.contains(value) { set.table.set(value, value, realm.heap) }
  }

  static func add(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    insert(realm, try set(realm, this, "add"), arguments[0])
    return this
  }

  static func has(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    .boolean(try set(realm, this, "has").table.contains(arguments[0]))
  }

  static func delete(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    .boolean(try set(realm, this, "delete").table.remove(arguments[0]))
  }

  static func clear(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try set(realm, this, "clear").table.removeAll()
    return .undefined
  }

  static func forEach(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "forEach")
    let function = try realm.requireCallable(arguments[0])
    var cursor = set.table.start
    while let (key, _) = set.table.next(&cursor) {
      _ = try realm.call(function, this: arguments[1], key, key, this)
    }
    return .undefined
  }

  // MARK: - Composition

  /// https://tc39.es/ecma262/#sec-set-records
  private struct SetRecord {
    let object: Value
    let size: Double
    let has: ScriptObject
    let keys: ScriptObject

    init(_ realm: Realm, _ value: Value) throws(Thrown) {
      guard value.isObject else { throw realm.typeError("\(realm.describeForMessage(value)) is not an object") }
      let rawSize = try realm.toNumber(try realm.get(value, .known(.size)))
      if rawSize.isNaN { throw realm.typeError("The 'size' property must be a number") }
      size = rawSize.rounded(.towardZero)
      if size < 0 { throw realm.rangeError("'\(rawSize)' is an invalid size") }
      guard let has = try realm.get(value, .known(.has)).asCallable else {
        throw realm.typeError("The 'has' property must be a function")
      }
      guard let keys = try realm.get(value, .known(.keys)).asCallable else {
        throw realm.typeError("The 'keys' property must be a function")
      }
      object = value
      self.has = has
      self.keys = keys
    }

    func contains(_ realm: Realm, _ key: Value) throws(Thrown) -> Bool {
      try realm.call(has, this: object, key).isTruthy
    }

    /// Calls `body` for each key until it says false, and then closes the iterator.
    func forEachKey(_ realm: Realm, _ body: (Value) throws(Thrown) -> Bool) throws(Thrown) {
      let iterator = try keys.call(this: object, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
      var record = try realm.iteratorRecord(iterator)
      while let key = try record.next(realm) {
        if !(try body(key)) { return try record.close(realm) }
        try realm.safePoint()
      }
    }
  }

  private static func copy(_ realm: Realm, _ set: CollectionObject) -> CollectionObject {
    let result = CollectionObject(realm: realm, kind: .set, prototype: realm.intrinsics[.set])
    var cursor = set.table.start
    while let (key, _) = set.table.next(&cursor) { result.table.set(key, key, realm.heap) }
    return result
  }

  static func union(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "union")
    let other = try SetRecord(realm, arguments[0])
    let iterator = try other.keys.call(this: other.object, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
    var record = try realm.iteratorRecord(iterator)
    let result = copy(realm, set)
    while let key = try record.next(realm) {
      insert(realm, result, key)
      try realm.safePoint()
    }
    return Value(result)
  }

  static func intersection(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "intersection")
    let other = try SetRecord(realm, arguments[0])
    let result = CollectionObject(realm: realm, kind: .set, prototype: realm.intrinsics[.set])
    if Double(set.table.count) <= other.size {
      var cursor = set.table.start
      while let (key, _) = set.table.next(&cursor) {
        if try other.contains(realm, key) { insert(realm, result, key) }
      }
    } else {
      try other.forEachKey(realm) { key throws(Thrown) in
        if set.table.contains(key) { insert(realm, result, key) }
        return true
      }
    }
    return Value(result)
  }

  static func difference(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "difference")
    let other = try SetRecord(realm, arguments[0])
    let result = copy(realm, set)
    if Double(set.table.count) <= other.size {
      var cursor = set.table.start
      while let (key, _) = set.table.next(&cursor) {
        if try other.contains(realm, key) { _ = result.table.remove(key) }
      }
    } else {
      try other.forEachKey(realm) { key throws(Thrown) in
        _ = result.table.remove(key)
        return true
      }
    }
    return Value(result)
  }

  static func symmetricDifference(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "symmetricDifference")
    let other = try SetRecord(realm, arguments[0])
    let iterator = try other.keys.call(this: other.object, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
    var record = try realm.iteratorRecord(iterator)
    let result = copy(realm, set)
    while let key = try record.next(realm) {
      if set.table.contains(key) { _ = result.table.remove(key) } else { insert(realm, result, key) }
      try realm.safePoint()
    }
    return Value(result)
  }

  static func isSubsetOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "isSubsetOf")
    let other = try SetRecord(realm, arguments[0])
    if Double(set.table.count) > other.size { return .boolean(false) }
    var cursor = set.table.start
    while let (key, _) = set.table.next(&cursor) {
      if !(try other.contains(realm, key)) { return .boolean(false) }
    }
    return .boolean(true)
  }

  static func isSupersetOf(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "isSupersetOf")
    let other = try SetRecord(realm, arguments[0])
    if Double(set.table.count) < other.size { return .boolean(false) }
    var all = true
    try other.forEachKey(realm) { key throws(Thrown) in
      all = set.table.contains(key)
      return all
    }
    return .boolean(all)
  }

  static func isDisjointFrom(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let set = try set(realm, this, "isDisjointFrom")
    let other = try SetRecord(realm, arguments[0])
    var none = true
    if Double(set.table.count) <= other.size {
      var cursor = set.table.start
      while let (key, _) = set.table.next(&cursor) {
        if try other.contains(realm, key) { return .boolean(false) }
      }
    } else {
      try other.forEachKey(realm) { key throws(Thrown) in
        none = !set.table.contains(key)
        return none
      }
    }
    return .boolean(none)
  }
}
