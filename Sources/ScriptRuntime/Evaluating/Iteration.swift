// https://tc39.es/ecma262/#sec-operations-on-iterator-objects

/// An iteration under way. Arrays whose iteration nobody has changed are walked by index.
struct IteratorRecord {
  /// The iterator, or the array itself on the quick way.
  let object: Value
  let nextMethod: Value
  /// The next index on the quick way, -1 on the general one.
  private var index: Int
  /// Whether the iterator has ended or failed: then it must not be closed.
  private(set) var isDone = false

  fileprivate init(object: Value, nextMethod: Value, index: Int) {
    self.object = object
    self.nextMethod = nextMethod
    self.index = index
  }

  /// The next value, nil at the end.
  @inline(__always)
  mutating func next(_ realm: Realm) throws(Thrown) -> Value? {
    if index >= 0, case .object(let reference) = object {
      let position = index
      let element = reference.with { $0.denseElement(position) }
      if !element.isEmpty {
        index += 1
        return element
      }
    }
    return try nextSlowly(realm)
  }

  @inline(never)
  private mutating func nextSlowly(_ realm: Realm) throws(Thrown) -> Value? {
    if isDone { return nil }
    if index >= 0, case .object(let reference) = object {
      let array = reference.downcast(to: ArrayObject.self)
      guard index < array.arrayLength else {
        isDone = true
        return nil
      }
      let value = try array.get(realm.key(index: index), receiver: object, realm)
      index += 1
      return value
    }
    do throws(Thrown) {
      if case .object(let iterator) = object, isBuiltIn(iterator) {
        let value = try nextOfBuiltIn(iterator, realm)
        isDone = value == nil
        return value
      }
      guard case .object(let result) = try realm.call(nextMethod, this: object) else {
        throw realm.typeError("Iterator result is not an object")
      }
      if try realm.get(.object(result), .known(.done)).isTruthy {
        isDone = true
        return nil
      }
      return try realm.get(.object(result), .known(.value))
    } catch {
      isDone = true
      throw error
    }
  }

  /// Whether the iterator is built in and has the `next` that it has from the start.
  private func isBuiltIn(_ iterator: Ref<ScriptObject>) -> Bool {
    guard case .object(let method) = nextMethod, method.with({ $0.kind == .nativeFunction }) else { return false }
    return method.reinterpreted(as: NativeFunction.self).with { $0.iteratedKind } == iterator.with { $0.kind }
  }

  /// The value that `next` would wrap up.
  private func nextOfBuiltIn(_ iterator: Ref<ScriptObject>, _ realm: Realm) throws(Thrown) -> Value? {
    switch iterator.with({ $0.kind }) {
    case .mapIterator, .setIterator: iterator.downcast(to: CollectionIteratorObject.self).nextValue(realm)
    case .arrayIterator: try iterator.downcast(to: ArrayIteratorObject.self).nextValue(realm)
    case .generator: try iterator.downcast(to: GeneratorObject.self).nextValue(realm)
    case .stringIterator: iterator.downcast(to: StringIteratorObject.self).nextValue(realm)
    default: nil
    }
  }

  /// https://tc39.es/ecma262/#sec-iteratorclose for a normal end.
  mutating func close(_ realm: Realm) throws(Thrown) {
    guard index < 0, !isDone else { return }
    isDone = true
    guard let method = try realm.getMethod(object, .known(.return_)) else { return }
    guard try method.call(this: object, arguments: Arguments(base: realm.stackPointer, count: 0), realm).isObject else {
      throw realm.typeError("Iterator result is not an object")
    }
  }

  /// Closes because of `error`, which then goes on; errors of the closing are dropped, but not the end of the run.
  mutating func closeAfterThrow(_ error: Thrown, _ realm: Realm) throws(Thrown) {
    if error.isTermination { return }
    if error.isGeneratorReturn { return try close(realm) }
    do throws(Thrown) {
      try close(realm)
    } catch {
      if error.isTermination { throw error }
    }
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-getiterator
  func iterator(of value: Value) throws(Thrown) -> IteratorRecord {
    let method = try get(value, .iteratorSymbol)
    if case .object(let function) = method, function.cell === arrayValuesFunction, case .object(let array) = value,
      array.cell.kind == .array, isArrayIterationPristine
    {
      return IteratorRecord(object: value, nextMethod: .undefined, index: 0)
    }
    guard method.asCallable != nil else {
      throw typeError("\(describeForMessage(value)) is not iterable")
    }
    let iterator = try call(method, this: value)
    return try iteratorRecord(iterator)
  }

  /// https://tc39.es/ecma262/#sec-getiteratordirect
  func iteratorRecord(_ iterator: Value) throws(Thrown) -> IteratorRecord {
    guard iterator.isObject else { throw typeError("Result of the Symbol.iterator method is not an object") }
    return IteratorRecord(object: iterator, nextMethod: try get(iterator, .known(.next)), index: -1)
  }

  /// Calls `body` for each value until it says false; closes the iterator then and when `body` throws.
  func forEach(in iterable: Value, _ body: (Value) throws(Thrown) -> Bool) throws(Thrown) {
    var iterator = try iterator(of: iterable)
    while let value = try iterator.next(self) {
      let goesOn: Bool
      do throws(Thrown) {
        goesOn = try body(value)
      } catch {
        try iterator.closeAfterThrow(error, self)
        throw error
      }
      if !goesOn {
        try iterator.close(self)
        return
      }
      try safePoint()
    }
  }

  /// All values of an iterable.
  public func list(from iterable: Value) throws(Thrown) -> ValueList {
    let list = ValueList(self)
    try forEach(in: iterable) { value throws(Thrown) in
      list.values.append(value)
      return true
    }
    return list
  }

  /// https://tc39.es/ecma262/#sec-createiterresultobject
  func iteratorResult(_ value: Value, done: Bool) -> Value {
    let base = stackPointer
    base[0] = value
    base[1] = .boolean(done)
    let object = ScriptObject(heap: heap, shape: shapes.plainObject)
    object.adoptLiteralShape(shapes.iteratorResult, values: base, self)
    return Value(object)
  }
}
