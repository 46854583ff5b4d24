// https://tc39.es/ecma262/#sec-iterator-objects: the Iterator constructor and the methods that use up an iterator.

extension Realm {
  func installIteratorBuiltins() {
    let prototype = intrinsics[.iterator]
    let constructor = defineConstructor("Iterator", length: 0, prototype: prototype) {
      (realm: Realm, _: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
      // An abstract class: only constructors that extend it make instances.
      if newTarget.kind == .nativeFunction,
        newTarget.ordinaryOwnSlot(.prototype).value.asObject === realm.intrinsics[.iterator]
      {
        throw realm.typeError("Abstract class Iterator not directly constructable")
      }
      return Value(
        realm.makeObject(prototype: try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.iterator])))
    }
    defineMethod(prototype, symbol: .iteratorSymbol, length: 0) { (_: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      this
    }
    defineWeirdAccessor(prototype, .constructor, Value(constructor))
    defineWeirdAccessor(prototype, .toStringTagSymbol, Value(string("Iterator")))
    defineMethod(prototype, "reduce", length: 1, IteratorPrototype.reduce)
    defineMethod(prototype, "toArray", length: 0, IteratorPrototype.toArray)
    defineMethod(prototype, "forEach", length: 1, IteratorPrototype.forEach)
    defineMethod(prototype, "some", length: 1, IteratorPrototype.some)
    defineMethod(prototype, "every", length: 1, IteratorPrototype.every)
    defineMethod(prototype, "find", length: 1, IteratorPrototype.find)
    installIteratorHelpers(constructor, prototype)

    defineMethod(intrinsics[.asyncIterator], symbol: .asyncIteratorSymbol, length: 0) {
      (_: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      this
    }
  }

  /// An accessor that reads as a constant, and when set makes a property of its own on any other object.
  private func defineWeirdAccessor(_ home: ScriptObject, _ key: PropertyKey, _ value: Value) {
    let constant = ValueList(self, [value])
    let list = Ref(constant)
    let getter = makeNativeFunction(nameValue: functionNameValue(key, prefix: "get"), length: 0) {
      (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      list.cell.values[0]
    }
    getter.captured = [.internal(Ref(constant))]
    let setter = makeNativeFunction(nameValue: functionNameValue(key, prefix: "set"), length: 1) {
      (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.setIgnoringHome(this, realm.intrinsics[.iterator], key, arguments[0])
      return .undefined
    }
    let pair = AccessorPair(heap: heap, getter: Value(getter), setter: Value(setter))
    defineHidden(home, key, .internal(Ref(pair)), flags: [.accessor, .configurable])
  }

  /// `this` of a method of Iterator.prototype.
  func requireIterator(_ this: Value) throws(Thrown) -> ScriptObject {
    guard let object = this.asObject else {
      throw typeError("Iterator method called on incompatible receiver \(describeForMessage(this))")
    }
    return object
  }

  /// https://tc39.es/ecma262/#sec-iteratorclose after `error`: what the closing throws is dropped, unless the run ends.
  func closeIterator(_ iterator: ScriptObject, after error: Thrown) -> Thrown {
    if error.isTermination { return error }
    do throws(Thrown) {
      if let method = try getMethod(Value(iterator), .known(.return_)) {
        _ = try method.call(this: Value(iterator), arguments: Arguments(base: stackPointer, count: 0), self)
      }
    } catch {
      if error.isTermination { return error }
    }
    return error
  }

  /// https://tc39.es/ecma262/#sec-iteratorclose for a normal end.
  func closeIterator(_ iterator: ScriptObject) throws(Thrown) {
    guard let method = try getMethod(Value(iterator), .known(.return_)) else { return }
    guard try method.call(this: Value(iterator), arguments: Arguments(base: stackPointer, count: 0), self).isObject else {
      throw typeError("Iterator result is not an object")
    }
  }

  /// The argument of an iterator method that must be a function; the iterator is closed if it is not.
  func requireCallable(_ value: Value, closing iterator: ScriptObject) throws(Thrown) -> ScriptObject {
    guard let function = value.asCallable else {
      throw closeIterator(iterator, after: typeError("\(describeForMessage(value)) is not a function"))
    }
    return function
  }
}

/// Methods of Iterator.prototype that run the iterator to its end, or until they know enough.
private enum IteratorPrototype {
  /// Calls `body` with each value and its number until it says false; then, and when it throws, closes the iterator.
  private static func visit(
    _ realm: Realm, _ iterator: ScriptObject, _ body: (Value, Int) throws(Thrown) -> Bool
  ) throws(Thrown) {
    var record = try realm.iteratorRecord(Value(iterator))
    var count = 0
    while let value = try record.next(realm) {
      let goesOn: Bool
      do throws(Thrown) {
        goesOn = try body(value, count)
        try realm.safePoint()
      } catch {
        throw realm.closeIterator(iterator, after: error)
      }
      if !goesOn { return try realm.closeIterator(iterator) }
      count += 1
    }
  }

  static func toArray(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let result = realm.makeArray()
    try visit(realm, try realm.requireIterator(this)) { value, _ throws(Thrown) in
      result.append(value, realm)
      return true
    }
    return Value(result)
  }

  static func forEach(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let iterator = try realm.requireIterator(this)
    let function = try realm.requireCallable(arguments[0], closing: iterator)
    try visit(realm, iterator) { value, index throws(Thrown) in
      _ = try realm.call(function, this: .undefined, value, Value(index))
      return true
    }
    return .undefined
  }

  static func some(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let iterator = try realm.requireIterator(this)
    let predicate = try realm.requireCallable(arguments[0], closing: iterator)
    var found = false
    try visit(realm, iterator) { value, index throws(Thrown) in
      found = try realm.call(predicate, this: .undefined, value, Value(index)).isTruthy
      return !found
    }
    return Value(found)
  }

  static func every(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let iterator = try realm.requireIterator(this)
    let predicate = try realm.requireCallable(arguments[0], closing: iterator)
    var holds = true
    try visit(realm, iterator) { value, index throws(Thrown) in
      holds = try realm.call(predicate, this: .undefined, value, Value(index)).isTruthy
      return holds
    }
    return Value(holds)
  }

  static func find(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let iterator = try realm.requireIterator(this)
    let predicate = try realm.requireCallable(arguments[0], closing: iterator)
    var result = Value.undefined
    try visit(realm, iterator) { value, index throws(Thrown) in
      guard try realm.call(predicate, this: .undefined, value, Value(index)).isTruthy else { return true }
      result = value
      return false
    }
    return result
  }

  static func reduce(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let iterator = try realm.requireIterator(this)
    let reducer = try realm.requireCallable(arguments[0], closing: iterator)
    var accumulator: Value = arguments.count > 1 ? arguments[1] : .empty
    try visit(realm, iterator) { value, index throws(Thrown) in
      accumulator =
        accumulator.isEmpty ? value : try realm.call(reducer, this: .undefined, accumulator, value, Value(index))
      return true
    }
    guard !accumulator.isEmpty else { throw realm.typeError("Reduce of empty iterator with no initial value") }
    return accumulator
  }
}
