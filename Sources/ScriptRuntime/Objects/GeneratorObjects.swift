// https://tc39.es/ecma262/#sec-generator-objects and #sec-asyncgenerator-objects

/// A generator: `next`, `return` and `throw` resume its coroutine.
final class GeneratorObject: ScriptObject {
  let coroutine: Ref<Coroutine>

  init(realm: Realm, prototype: ScriptObject, coroutine: Coroutine) {
    self.coroutine = Ref(coroutine)
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .generator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(coroutine)
  }

  func resume(_ how: Coroutine.Resumption, _ value: Value, _ realm: Realm) throws(Thrown) -> Value {
    let coroutine = self.coroutine.cell
    switch coroutine.state {
    case .running: throw realm.typeError("Generator is already running")
    case .finished, .fresh:
      if how == .exception { throw Thrown(value) }
      return realm.iteratorResult(how == .returning ? value : .undefined, done: true)
    case .suspended: break
    }
    try realm.checkDepth()
    coroutine.passesResultThrough = false
    let (result, isFinished) = try coroutine.resume(how, value)
    if coroutine.passesResultThrough, !isFinished { return result }
    return realm.iteratorResult(result, done: isFinished)
  }

  /// The value that `next` would wrap up; nil at the end.
  func nextValue(_ realm: Realm) throws(Thrown) -> Value? {
    let coroutine = self.coroutine.cell
    switch coroutine.state {
    case .running: throw realm.typeError("Generator is already running")
    case .finished, .fresh: return nil
    case .suspended: break
    }
    try realm.checkDepth()
    coroutine.passesResultThrough = false
    let (result, isFinished) = try coroutine.resume(.next, .undefined)
    if isFinished { return nil }
    guard coroutine.passesResultThrough else { return result }
    return try realm.get(result, .known(.done)).isTruthy ? nil : try realm.get(result, .known(.value))
  }
}

/// Drives an async function: each `await` hangs its continuation on a promise.
final class AsyncFunctionDriver: HeapCell {
  let coroutine: Ref<Coroutine>
  let promise: Ref<PromiseObject>

  init(realm: Realm, coroutine: Coroutine) {
    self.coroutine = Ref(coroutine)
    promise = Ref(PromiseObject(realm: realm, prototype: realm.intrinsics[.promise]))
    super.init(heap: realm.heap)
  }

  override func visitChildren(_ marker: Marker) {
    marker.visit(coroutine)
    marker.visit(promise)
  }

  func step(_ how: Coroutine.Resumption, _ value: Value, _ realm: Realm) {
    do throws(Thrown) {
      let (result, isFinished) = try coroutine.cell.resume(how, value)
      if isFinished {
        realm.resolve(promise.cell, result)
      } else {
        try realm.await(result, .asyncFunction(Ref(self)))
      }
    } catch {
      if !error.isTermination {
        // An await of something whose `constructor` throws continues with that exception.
        if coroutine.cell.state == .suspended { return step(.exception, error.value, realm) }
        realm.reject(promise.cell, error.value)
      }
    }
  }
}

/// https://tc39.es/ecma262/#sec-asyncgenerator-abstract-operations
final class AsyncGeneratorObject: ScriptObject {
  struct Request {
    let how: Coroutine.Resumption
    let value: Value
    let promise: Ref<PromiseObject>
  }

  enum State { case suspended, executing, awaitingReturn, completed }

  let coroutine: Ref<Coroutine>
  private var requests: [Request] = []
  private var state = State.suspended
  private var hasStarted = false

  init(realm: Realm, prototype: ScriptObject, coroutine: Coroutine) {
    self.coroutine = Ref(coroutine)
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .asyncGenerator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(coroutine)
    for request in requests {
      marker.visit(request.value)
      marker.visit(request.promise)
    }
  }

  func enqueue(_ how: Coroutine.Resumption, _ value: Value, _ promise: PromiseObject, _ realm: Realm) {
    requests.append(Request(how: how, value: value, promise: Ref(promise)))
    if state == .suspended || state == .completed { proceed(realm) }
  }

  /// Serves the first request, if the generator is free to.
  private func proceed(_ realm: Realm) {
    while let request = requests.first {
      if state == .suspended, !hasStarted, request.how != .next { state = .completed }
      if state == .completed {
        switch request.how {
        case .returning:
          state = .awaitingReturn
          do throws(Thrown) {
            try realm.await(request.value, .asyncGeneratorReturn(Ref(self)))
          } catch {
            if error.isTermination { return }
            state = .completed
            finish(error.value, isError: true, done: true, realm)
            continue
          }
          return
        case .exception: finish(request.value, isError: true, done: true, realm)
        default: finish(.undefined, isError: false, done: true, realm)
        }
        continue
      }
      guard state == .suspended else { return }
      state = .executing
      hasStarted = true
      step(request.how, request.value, realm)
      if state == .executing || state == .awaitingReturn { return }
    }
  }

  /// Continues the coroutine, after a request or an await.
  func step(_ how: Coroutine.Resumption, _ value: Value, _ realm: Realm) {
    do throws(Thrown) {
      let (result, isFinished) = try coroutine.cell.resume(how, value)
      if isFinished {
        state = .completed
        finish(result, isError: false, done: true, realm)
      } else if coroutine.cell.isAwaiting {
        try realm.await(result, .asyncGenerator(Ref(self)))
      } else {
        state = .suspended
        finish(result, isError: false, done: false, realm)
      }
    } catch {
      if error.isTermination { return }
      if coroutine.cell.state == .suspended { return step(.exception, error.value, realm) }
      state = .completed
      finish(error.value, isError: true, done: true, realm)
    }
  }

  /// After an await of the body: goes on, then serves what waits.
  func continueAfterAwait(_ how: Coroutine.Resumption, _ value: Value, _ realm: Realm) {
    step(how, value, realm)
    if state == .suspended || state == .completed { proceed(realm) }
  }

  /// The value of a `return` on a completed generator has been awaited.
  func returnAwaited(_ value: Value, isError: Bool, _ realm: Realm) {
    state = .completed
    finish(value, isError: isError, done: true, realm)
    proceed(realm)
  }

  private func finish(_ value: Value, isError: Bool, done: Bool, _ realm: Realm) {
    guard !requests.isEmpty else { return }
    let request = requests.removeFirst()
    if isError {
      realm.reject(request.promise.cell, value)
    } else {
      realm.resolve(request.promise.cell, realm.iteratorResult(value, done: done))
    }
  }
}

extension Realm {
  /// An iterator and its `next`, without the quick way for arrays.
  func plainIterator(of value: Value) throws(Thrown) -> (Value, Value) {
    guard let method = try getMethod(value, .iteratorSymbol) else {
      throw typeError("\(describeForMessage(value)) is not iterable")
    }
    let iterator = try method.call(this: value, arguments: Arguments(base: stackPointer, count: 0), self)
    guard iterator.isObject else { throw typeError("Result of the Symbol.iterator method is not an object") }
    return (iterator, try get(iterator, .known(.next)))
  }

  /// https://tc39.es/ecma262/#sec-getiterator with async
  func asyncIterator(of value: Value) throws(Thrown) -> (Value, Value) {
    if let method = try getMethod(value, .asyncIteratorSymbol) {
      let iterator = try method.call(this: value, arguments: Arguments(base: stackPointer, count: 0), self)
      guard iterator.isObject else { throw typeError("Result of the Symbol.asyncIterator method is not an object") }
      return (iterator, try get(iterator, .known(.next)))
    }
    let (iterator, next) = try plainIterator(of: value)
    let wrapper = AsyncFromSyncIterator(realm: self, iterator: iterator, next: next)
    return (Value(wrapper), try get(Value(wrapper), .known(.next)))
  }
}

/// https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects
final class AsyncFromSyncIterator: ScriptObject {
  let iterator: Value
  let next: Value

  init(realm: Realm, iterator: Value, next: Value) {
    self.iterator = iterator
    self.next = next
    super.init(
      heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.asyncFromSyncIterator]), kind: .asyncFromSyncIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(iterator)
    marker.visit(next)
  }
}
