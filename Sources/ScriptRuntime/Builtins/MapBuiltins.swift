// https://tc39.es/ecma262/#sec-map-objects

extension Realm {
  func installMapBuiltins() {
    let prototype = intrinsics[.map]
    let constructor = defineConstructor(
      "Map", length: 0, prototype: prototype,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Constructor Map requires 'new'")
      },
      construct: MapBuiltins.construct)
    defineAccessor(constructor, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    defineMethod(constructor, "groupBy", length: 2, MapBuiltins.groupBy)
    defineMethod(prototype, "get", length: 1, MapBuiltins.get)
    intrinsics[.mapSet] = defineMethod(prototype, "set", length: 2, MapBuiltins.set)
    defineMethod(prototype, "has", length: 1, MapBuiltins.has)
    defineMethod(prototype, "delete", length: 1, MapBuiltins.delete)
    defineMethod(prototype, "clear", length: 0, MapBuiltins.clear)
    defineMethod(prototype, "forEach", length: 1, MapBuiltins.forEach)
    defineMethod(prototype, "keys", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(CollectionIteratorObject(realm: realm, try MapBuiltins.map(realm, this, "keys"), .keys))
    }
    defineMethod(prototype, "values", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(CollectionIteratorObject(realm: realm, try MapBuiltins.map(realm, this, "values"), .values))
    }
    let entries = defineMethod(prototype, "entries", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(CollectionIteratorObject(realm: realm, try MapBuiltins.map(realm, this, "entries"), .entries))
    }
    defineHidden(prototype, .iteratorSymbol, Value(entries))
    defineAccessor(prototype, "size") { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(try MapBuiltins.map(realm, this, "size").table.count)
    }
    defineTag(prototype, "Map")
    installCollectionIterator(.mapIterator, kind: .mapIterator, tag: "Map Iterator")
  }
}

/// `Map` and its methods.
enum MapBuiltins {
  static func map(_ realm: Realm, _ this: Value, _ method: String) throws(Thrown) -> CollectionObject {
    guard let object = this.asObject, object.kind == .map else {
      throw realm.typeError("Method Map.prototype.\(method) called on incompatible receiver \(realm.describeForMessage(this))")
    }
    return unsafeDowncast(object, to: CollectionObject.self)
  }

  /// https://tc39.es/ecma262/#sec-map-iterable
  static func construct(_ realm: Realm, _ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.map])
    let map = CollectionObject(realm: realm, kind: .map, prototype: prototype)
    if arguments[0].isNullish { return Value(map) }
    let adder = try realm.requireCallable(try map.get(.known(.set), receiver: Value(map), realm))
    let isPlain = adder === realm.intrinsics[.mapSet]
    try realm.addEntries(from: arguments[0]) { key, value throws(Thrown) in
      if isPlain {
        map.table.set(key, value, realm.heap)
      } else {
        _ = try realm.call(adder, this: Value(map), key, value)
      }
    }
    return Value(map)
  }

  /// Uses the table of `this` without touching reference counts.
  @inline(__always)
  private static func withTable<Result>(
    _ realm: Realm, _ this: Value, _ method: String, _ body: (OrderedValueTable) -> Result
  ) throws(Thrown) -> Result {
    guard case .object(let reference) = this, reference.with({ $0.kind == .map }) else {
      return body(try map(realm, this, method).table)
    }
    return reference.reinterpreted(as: CollectionObject.self).with { body($0.table) }
  }

  static func get(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try withTable(realm, this, "get") { $0.value(of: arguments[0]) } ?? .undefined
  }

  static func set(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try withTable(realm, this, "set") { $0.set(arguments[0], arguments[1], realm.heap) }
    return this
  }

  static func has(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    .boolean(try withTable(realm, this, "has") { $0.contains(arguments[0]) })
  }

  static func delete(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    .boolean(try map(realm, this, "delete").table.remove(arguments[0]))
  }

  static func clear(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try map(realm, this, "clear").table.removeAll()
    return .undefined
  }

  static func forEach(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let map = try map(realm, this, "forEach")
    let function = try realm.requireCallable(arguments[0])
    var cursor = map.table.start
    while let (key, value) = map.table.next(&cursor) {
      _ = try realm.call(function, this: arguments[1], value, key, this)
    }
    return .undefined
  }

  /// https://tc39.es/ecma262/#sec-map.groupby
  static func groupBy(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if arguments[0].isNullish { throw realm.typeError("Map.groupBy called on null or undefined") }
    let function = try realm.requireCallable(arguments[1])
    let map = CollectionObject(realm: realm, kind: .map, prototype: realm.intrinsics[.map])
    var index = 0
    try realm.forEach(in: arguments[0]) { value throws(Thrown) in
      let key = try realm.call(function, this: .undefined, value, Value(index))
      index += 1
      if let group = map.table.value(of: key)?.asObject as? ArrayObject {
        group.append(value, realm)
      } else {
        map.table.set(key, Value(realm.makeArray([value])), realm.heap)
      }
      return true
    }
    return Value(map)
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-add-entries-from-iterable
  func addEntries(from iterable: Value, _ add: (_ key: Value, _ value: Value) throws(Thrown) -> Void) throws(Thrown) {
    try forEach(in: iterable) { item throws(Thrown) in
      guard let entry = item.asObject else { throw typeError("Iterator value \(describeForMessage(item)) is not an entry object") }
      let key = try entry.get(PropertyKey(index: 0), receiver: item, self)
      try add(key, try entry.get(PropertyKey(index: 1), receiver: item, self))
      return true
    }
  }
}
