// https://tc39.es/ecma262/#sec-iterator-helper-objects: map, filter, take, drop, flatMap and Iterator.from.
//
// The standard writes them as generators; here each is a small state machine that does one step when asked.

/// What a helper does to each value.
private enum IteratorHelperKind { case map, filter, take, drop, flatMap, concat }

/// The iterator that one of the helper methods returns.
private final class IteratorHelperObject: ScriptObject {
  enum State { case suspendedStart, suspendedYield, running, completed }

  let helper: IteratorHelperKind
  /// The iterator underneath and its `next`; for `concat` the one whose turn it is, or undefined.
  var underlying: Value
  var nextMethod: Value
  let function: Value
  /// What remains to be taken or dropped.
  var remaining: Double
  var count = 0
  var state = State.suspendedStart
  /// For flatMap: the iterator of the latest result, and its `next`.
  var inner: Value = .undefined
  var innerNext: Value = .undefined
  /// For concat: each iterable with its method, still to come.
  var sources: [Value] = []

  init(
    realm: Realm, _ helper: IteratorHelperKind, underlying: Value, nextMethod: Value, function: Value = .undefined,
    remaining: Double = 0
  ) {
    self.helper = helper
    self.underlying = underlying
    self.nextMethod = nextMethod
    self.function = function
    self.remaining = remaining
    super.init(heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.iteratorHelper]), kind: .iteratorHelper)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    for value in [underlying, nextMethod, function, inner, innerNext] { marker.visit(value) }
    for value in sources { marker.visit(value) }
  }
}

/// What Iterator.from returns for an iterator that does not inherit from Iterator.prototype.
private final class WrappedIteratorObject: ScriptObject {
  let underlying: Value
  let nextMethod: Value

  init(realm: Realm, underlying: Value, nextMethod: Value) {
    self.underlying = underlying
    self.nextMethod = nextMethod
    super.init(
      heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.wrapForValidIterator]), kind: .wrapForValidIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(underlying)
    marker.visit(nextMethod)
  }
}

extension Realm {
  func installIteratorHelpers(_ constructor: ScriptObject, _ prototype: ScriptObject) {
    defineMethod(prototype, "map", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.makeHelper(.map, this, arguments[0])
    }
    defineMethod(prototype, "filter", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.makeHelper(.filter, this, arguments[0])
    }
    defineMethod(prototype, "flatMap", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.makeHelper(.flatMap, this, arguments[0])
    }
    defineMethod(prototype, "take", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.makeLimit(.take, this, arguments[0])
    }
    defineMethod(prototype, "drop", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.makeLimit(.drop, this, arguments[0])
    }
    defineMethod(constructor, "from", length: 1, iteratorFrom)
    defineMethod(constructor, "concat", length: 0, iteratorConcat)

    let helpers = ScriptObject(realm: self, prototype: prototype)
    intrinsics[.iteratorHelper] = helpers
    defineMethod(helpers, "next", length: 0, IteratorHelpers.next)
    defineMethod(helpers, "return", length: 0, IteratorHelpers.finish)
    defineTag(helpers, "Iterator Helper")

    let wrappers = ScriptObject(realm: self, prototype: prototype)
    intrinsics[.wrapForValidIterator] = wrappers
    defineMethod(wrappers, "next", length: 0, IteratorHelpers.wrappedNext)
    defineMethod(wrappers, "return", length: 0, IteratorHelpers.wrappedReturn)
  }

  private func makeHelper(_ kind: IteratorHelperKind, _ this: Value, _ argument: Value) throws(Thrown) -> Value {
    let iterator = try requireIterator(this)
    let function = try requireCallable(argument, closing: iterator)
    let next = try iterator.get(.known(.next), receiver: this, self)
    return Value(
      IteratorHelperObject(realm: self, kind, underlying: this, nextMethod: next, function: Value(function)))
  }

  private func makeLimit(_ kind: IteratorHelperKind, _ this: Value, _ argument: Value) throws(Thrown) -> Value {
    let iterator = try requireIterator(this)
    let limit: Double
    do throws(Thrown) {
      let number = try toNumber(argument)
      if number.isNaN { throw rangeError("\(describeForMessage(argument)) must be positive") }
      limit = try toIntegerOrInfinity(.number(number))
      if limit < 0 || (limit > 9_007_199_254_740_991 && limit.isFinite) { throw rangeError("\(describeForMessage(argument)) must be positive") }
    } catch {
      throw closeIterator(iterator, after: error)
    }
    let next = try iterator.get(.known(.next), receiver: this, self)
    return Value(IteratorHelperObject(realm: self, kind, underlying: this, nextMethod: next, remaining: limit))
  }

  /// https://tc39.es/ecma262/#sec-iteratorstepvalue: nil at the end.
  fileprivate func step(_ iterator: Value, _ nextMethod: Value) throws(Thrown) -> Value? {
    try safePoint()
    let result = try call(nextMethod, this: iterator)
    guard result.isObject else { throw typeError("Iterator result \(describeForMessage(result)) is not an object") }
    if try get(result, .known(.done)).isTruthy { return nil }
    return try get(result, .known(.value))
  }

  /// https://tc39.es/ecma262/#sec-getiteratorflattenable: the iterator and its `next`.
  fileprivate func flattenableIterator(_ value: Value, acceptsStrings: Bool) throws(Thrown) -> (Value, Value) {
    if !value.isObject {
      guard acceptsStrings, value.asString != nil else {
        throw typeError("\(describeForMessage(value)) is not an object")
      }
    }
    var iterator = value
    if let method = try getMethod(value, .iteratorSymbol) {
      iterator = try method.call(this: value, arguments: Arguments(base: stackPointer, count: 0), self)
    }
    guard iterator.isObject else { throw typeError("\(describeForMessage(iterator)) is not an object") }
    return (iterator, try get(iterator, .known(.next)))
  }
}

/// https://tc39.es/ecma262/#sec-iterator.from
private func iteratorFrom(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
  let (iterator, next) = try realm.flattenableIterator(arguments[0], acceptsStrings: true)
  var parent = try iterator.asObject?.getPrototype(realm)
  while let object = parent {
    if object === realm.intrinsics[.iterator] { return iterator }
    try realm.safePoint()
    parent = try object.getPrototype(realm)
  }
  return Value(WrappedIteratorObject(realm: realm, underlying: iterator, nextMethod: next))
}

/// https://tc39.es/ecma262/#sec-iterator.concat
private func iteratorConcat(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
  let helper = IteratorHelperObject(realm: realm, .concat, underlying: .undefined, nextMethod: .undefined)
  for index in 0..<arguments.count {
    guard arguments[index].isObject else {
      throw realm.typeError("\(realm.describeForMessage(arguments[index])) is not an object")
    }
    guard let method = try realm.getMethod(arguments[index], .iteratorSymbol) else {
      throw realm.typeError("\(realm.describeForMessage(arguments[index])) is not iterable")
    }
    helper.sources.append(arguments[index])
    helper.sources.append(Value(method))
  }
  // Taken from the end.
  helper.sources.reverse()
  return Value(helper)
}

private enum IteratorHelpers {
  private static func helper(_ realm: Realm, _ this: Value) throws(Thrown) -> IteratorHelperObject {
    guard let object = this.asObject, object.kind == .iteratorHelper, let helper = object as? IteratorHelperObject else {
      throw realm.typeError("Iterator Helper method called on incompatible receiver \(realm.describeForMessage(this))")
    }
    guard helper.state != .running else { throw realm.typeError("Generator is already running") }
    return helper
  }

  static func next(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let helper = try helper(realm, this)
    if helper.state == .completed { return realm.iteratorResult(.undefined, done: true) }
    helper.state = .running
    let value: Value?
    do throws(Thrown) {
      value = try advance(realm, helper)
    } catch {
      helper.state = .completed
      throw error
    }
    helper.state = value == nil ? .completed : .suspendedYield
    return realm.iteratorResult(value ?? .undefined, done: value == nil)
  }

  static func finish(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let helper = try helper(realm, this)
    if helper.state != .completed {
      helper.state = .running
      defer { helper.state = .completed }
      try close(realm, helper)
    }
    return realm.iteratorResult(.undefined, done: true)
  }

  private static func close(_ realm: Realm, _ helper: IteratorHelperObject) throws(Thrown) {
    if let inner = helper.inner.asObject {
      do throws(Thrown) {
        try realm.closeIterator(inner)
      } catch {
        throw closed(realm, helper, after: error)
      }
    }
    if let underlying = helper.underlying.asObject { try realm.closeIterator(underlying) }
  }

  private static func closed(_ realm: Realm, _ helper: IteratorHelperObject, after error: Thrown) -> Thrown {
    guard let underlying = helper.underlying.asObject else { return error }
    return realm.closeIterator(underlying, after: error)
  }

  /// The next value, nil at the end.
  private static func advance(_ realm: Realm, _ helper: IteratorHelperObject) throws(Thrown) -> Value? {
    switch helper.helper {
    case .map:
      guard let value = try step(realm, helper) else { return nil }
      return try callFunction(realm, helper, value)
    case .filter:
      while let value = try step(realm, helper) {
        if try callFunction(realm, helper, value).isTruthy { return value }
      }
      return nil
    case .take:
      if helper.remaining <= 0 {
        if let underlying = helper.underlying.asObject { try realm.closeIterator(underlying) }
        return nil
      }
      helper.remaining -= 1
      return try step(realm, helper)
    case .drop:
      while helper.remaining > 0 {
        helper.remaining -= 1
        if try step(realm, helper) == nil { return nil }
      }
      return try step(realm, helper)
    case .flatMap: return try advanceFlatMap(realm, helper)
    case .concat: return try advanceConcat(realm, helper)
    }
  }

  private static func step(_ realm: Realm, _ helper: IteratorHelperObject) throws(Thrown) -> Value? {
    try realm.step(helper.underlying, helper.nextMethod)
  }

  /// The helper's function on a value; the iterator underneath is closed when it throws.
  private static func callFunction(
    _ realm: Realm, _ helper: IteratorHelperObject, _ value: Value
  ) throws(Thrown) -> Value {
    guard let function = helper.function.asObject else { return .undefined }
    let index = helper.count
    helper.count += 1
    do throws(Thrown) {
      return try realm.call(function, this: .undefined, value, Value(index))
    } catch {
      throw closed(realm, helper, after: error)
    }
  }

  private static func advanceFlatMap(_ realm: Realm, _ helper: IteratorHelperObject) throws(Thrown) -> Value? {
    while true {
      if helper.inner.isObject {
        do throws(Thrown) {
          if let value = try realm.step(helper.inner, helper.innerNext) { return value }
        } catch {
          throw closed(realm, helper, after: error)
        }
        helper.inner = .undefined
      }
      guard let value = try step(realm, helper) else { return nil }
      let mapped = try callFunction(realm, helper, value)
      do throws(Thrown) {
        (helper.inner, helper.innerNext) = try realm.flattenableIterator(mapped, acceptsStrings: false)
      } catch {
        throw closed(realm, helper, after: error)
      }
    }
  }

  private static func advanceConcat(_ realm: Realm, _ helper: IteratorHelperObject) throws(Thrown) -> Value? {
    while true {
      if helper.underlying.isObject {
        if let value = try step(realm, helper) { return value }
        helper.underlying = .undefined
      }
      guard let iterable = helper.sources.popLast(), let method = helper.sources.popLast() else { return nil }
      let iterator = try realm.call(method, this: iterable)
      guard iterator.isObject else { throw realm.typeError("\(realm.describeForMessage(iterator)) is not an object") }
      helper.nextMethod = try realm.get(iterator, .known(.next))
      helper.underlying = iterator
    }
  }

  // MARK: Wrapped iterators

  private static func wrapped(_ realm: Realm, _ this: Value) throws(Thrown) -> WrappedIteratorObject {
    guard let object = this.asObject, object.kind == .wrapForValidIterator, let wrapped = object as? WrappedIteratorObject
    else { throw realm.typeError("Wrapped iterator method called on incompatible receiver") }
    return wrapped
  }

  static func wrappedNext(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let wrapped = try wrapped(realm, this)
    return try realm.call(wrapped.nextMethod, this: wrapped.underlying)
  }

  static func wrappedReturn(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let wrapped = try wrapped(realm, this)
    guard let method = try realm.getMethod(wrapped.underlying, .known(.return_)) else {
      return realm.iteratorResult(.undefined, done: true)
    }
    return try method.call(this: wrapped.underlying, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
  }
}
