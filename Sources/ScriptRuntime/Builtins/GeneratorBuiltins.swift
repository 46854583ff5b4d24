// https://tc39.es/ecma262/#sec-generatorfunction-objects and what is asynchronous about them

extension Realm {
  func installGeneratorBuiltins() {
    installGeneratorPrototype()
    installAsyncGeneratorPrototype()
    installAsyncFromSyncIterator()
    let functionPrototype = intrinsics.functionPrototype
    for (name, tag, instances) in [
      (Intrinsics.Name.generatorFunction, "GeneratorFunction", Intrinsics.Name.generator),
      (.asyncGeneratorFunction, "AsyncGeneratorFunction", .asyncGenerator), (.asyncFunction, "AsyncFunction", nil),
    ] as [(Intrinsics.Name, String, Intrinsics.Name?)] {
      let prototype = ScriptObject(realm: self, prototype: functionPrototype)
      intrinsics[name] = prototype
      defineTag(prototype, tag)
      if let instances {
        defineHidden(prototype, .prototype, Value(intrinsics[instances]), flags: .configurable)
        defineHidden(intrinsics[instances], .constructor, Value(prototype), flags: .configurable)
      }
    }
  }

  private func installGeneratorPrototype() {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.iterator])
    intrinsics[.generator] = prototype
    defineTag(prototype, "Generator")
    for (name, how) in [("next", Coroutine.Resumption.next), ("return", .returning), ("throw", .exception)] {
      let method = defineMethod(prototype, name, length: 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        guard case .object(let reference) = this, reference.cell.kind == .generator else {
          throw realm.typeError("\(name) method called on incompatible receiver \(realm.describeForMessage(this))")
        }
        return try reference.downcast(to: GeneratorObject.self).resume(how, arguments[0], realm)
      }
      if how == .next { method.iteratedKind = .generator }
    }
  }

  private func installAsyncGeneratorPrototype() {
    let asyncIterator = intrinsics[.asyncIterator]
    defineMethod(asyncIterator, symbol: .asyncIteratorSymbol, length: 0) {
      (_: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in this
    }
    let prototype = ScriptObject(realm: self, prototype: asyncIterator)
    intrinsics[.asyncGenerator] = prototype
    defineTag(prototype, "AsyncGenerator")
    for (name, how) in [("next", Coroutine.Resumption.next), ("return", .returning), ("throw", .exception)] {
      defineMethod(prototype, name, length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let promise = realm.makePromise()
        guard case .object(let reference) = this, reference.cell.kind == .asyncGenerator else {
          realm.reject(promise, realm.typeError("\(name) method called on incompatible receiver").value)
          return Value(promise)
        }
        reference.downcast(to: AsyncGeneratorObject.self).enqueue(how, arguments[0], promise, realm)
        return Value(promise)
      }
    }
  }

  /// https://tc39.es/ecma262/#sec-%asyncfromsynciteratorprototype%-object
  private func installAsyncFromSyncIterator() {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.asyncIterator])
    intrinsics[.asyncFromSyncIterator] = prototype
    for (name, how) in [("next", Coroutine.Resumption.next), ("return", .returning), ("throw", .exception)] {
      defineMethod(prototype, name, length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        guard case .object(let reference) = this, reference.cell.kind == .asyncFromSyncIterator else { return .undefined }
        let wrapper = reference.downcast(to: AsyncFromSyncIterator.self)
        let promise = realm.makePromise()
        do throws(Thrown) {
          try realm.forward(how, wrapper, arguments, promise)
        } catch {
          if error.isTermination { throw error }
          realm.reject(promise, error.value)
        }
        return Value(promise)
      }
    }
  }

  private func forward(
    _ how: Coroutine.Resumption, _ wrapper: AsyncFromSyncIterator, _ arguments: Arguments, _ promise: PromiseObject
  ) throws(Thrown) {
    let result: Value
    let passed = arguments.isEmpty ? [] : [arguments[0]]
    switch how {
    case .returning:
      guard let method = try getMethod(wrapper.iterator, .known(.return_)) else {
        return resolve(promise, iteratorResult(arguments[0], done: true))
      }
      result = try call(Value(method), this: wrapper.iterator, passed)
    case .exception:
      guard let method = try getMethod(wrapper.iterator, .known(.throw_)) else {
        if let close = try getMethod(wrapper.iterator, .known(.return_)) {
          let closed = try call(Value(close), this: wrapper.iterator)
          guard closed.isObject else { throw typeError("Iterator result is not an object") }
        }
        throw typeError("The iterator does not provide a 'throw' method")
      }
      result = try call(Value(method), this: wrapper.iterator, passed)
    default:
      result = try call(wrapper.next, this: wrapper.iterator, passed)
    }
    guard result.isObject else { throw typeError("Iterator result is not an object") }
    let isDone = try get(result, .known(.done)).isTruthy
    let value = try get(result, .known(.value))
    let settled: PromiseObject
    do throws(Thrown) {
      settled = try promiseResolve(value)
    } catch {
      if !error.isTermination, !isDone, how != .returning { try closeQuietly(wrapper.iterator) }
      throw error
    }
    let promiseReference = ValueList(self, [Value(promise), wrapper.iterator])
    let reference = Ref(promiseReference)
    let reaction = HostReaction(self) { realm, value, isFulfilled in
      guard case .object(let target) = reference.cell.values[0] else { return }
      let promise = target.downcast(to: PromiseObject.self)
      if isFulfilled {
        realm.resolve(promise, realm.iteratorResult(value, done: isDone))
      } else {
        if !isDone, how != .returning { try? realm.closeQuietly(reference.cell.values[1]) }
        realm.reject(promise, value)
      }
    }
    reaction.kept = promiseReference
    then(settled, .host(Ref(reaction)))
  }

  /// Calls `return` of an iterator and forgets what comes of it.
  private func closeQuietly(_ iterator: Value) throws(Thrown) {
    do throws(Thrown) {
      if let method = try getMethod(iterator, .known(.return_)) { _ = try call(Value(method), this: iterator) }
    } catch {
      if error.isTermination { throw error }
    }
  }
}
