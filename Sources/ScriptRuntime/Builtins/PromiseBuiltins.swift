// https://tc39.es/ecma262/#sec-promise-constructor

extension Realm {
  func installPromiseBuiltins() {
    let prototype = intrinsics[.promise]
    let constructor = defineConstructor("Promise", length: 1, prototype: prototype) {
      (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
      guard arguments[0].asCallable != nil else {
        throw realm.typeError("Promise resolver \(realm.describeForMessage(arguments[0])) is not a function")
      }
      let executor = arguments[0]
      let instance = PromiseObject(
        realm: realm, prototype: try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.promise]))
      let (resolve, reject) = realm.resolvingFunctions(instance)
      do throws(Thrown) {
        _ = try realm.call(executor, this: .undefined, [Value(resolve), Value(reject)])
      } catch {
        if error.isTermination { throw error }
        _ = try realm.call(Value(reject), this: .undefined, [error.value])
      }
      return Value(instance)
    }
    intrinsics[.promiseConstructor] = constructor
    defineTag(prototype, "Promise")
    defineAccessor(constructor, .speciesSymbol, getter: { (_: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in this })
    installPromisePrototype(prototype)
    installPromiseStatics(constructor)
    installPromiseCombinators(constructor)
  }

  private func installPromisePrototype(_ prototype: ScriptObject) {
    defineMethod(prototype, "then", length: 2) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard case .object(let reference) = this, reference.cell.kind == .promise else {
        throw realm.typeError("Method Promise.prototype.then called on incompatible receiver")
      }
      let promise = reference.downcast(to: PromiseObject.self)
      let constructor = try realm.speciesConstructor(promise, default: realm.intrinsics[.promiseConstructor])
      let capability = try realm.newPromiseCapability(Value(constructor))
      let fulfilled = arguments[0].asCallable == nil ? Value.undefined : arguments[0]
      let rejected = arguments[1].asCallable == nil ? Value.undefined : arguments[1]
      realm.then(promise, .handlers(fulfilled: fulfilled, rejected: rejected, derived: capability))
      return capability.promise
    }
    defineMethod(prototype, "catch", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.invoke(this, .known(.then), [.undefined, arguments[0]])
    }
    defineMethod(prototype, "finally", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard case .object(let reference) = this else {
        throw realm.typeError("Promise.prototype.finally called on a non-object")
      }
      let constructor = try realm.speciesConstructor(reference.cell, default: realm.intrinsics[.promiseConstructor])
      guard arguments[0].asCallable != nil else {
        return try realm.invoke(this, .known(.then), [arguments[0], arguments[0]])
      }
      let data = ValueList(realm, [arguments[0], Value(constructor)])
      let passValue = realm.makeFinallyHandler(data, isRejection: false)
      let passReason = realm.makeFinallyHandler(data, isRejection: true)
      return try realm.invoke(this, .known(.then), [Value(passValue), Value(passReason)])
    }
  }

  /// https://tc39.es/ecma262/#sec-promise.prototype.finally
  private func makeFinallyHandler(_ data: ValueList, isRejection: Bool) -> NativeFunction {
    let reference = Ref(data)
    let handler = makeNativeFunction(nameValue: Value(emptyString), length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let callback = reference.cell.values[0], constructor = reference.cell.values[1]
      let outcome = arguments[0]
      let result = try realm.call(callback, this: .undefined)
      let promise = try realm.promiseResolve(constructor, result)
      let kept = ValueList(realm, [outcome])
      let keptReference = Ref(kept)
      let after = realm.makeNativeFunction(nameValue: Value(realm.emptyString), length: 0) {
        (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        if isRejection { throw Thrown(keptReference.cell.values[0]) }
        return keptReference.cell.values[0]
      }
      after.captured = [.internal(Ref(kept))]
      return try realm.invoke(promise, .known(.then), [Value(after)])
    }
    handler.captured = [.internal(Ref(data))]
    return handler
  }

  /// https://tc39.es/ecma262/#sec-promise-resolve
  func promiseResolve(_ constructor: Value, _ value: Value) throws(Thrown) -> Value {
    if case .object(let reference) = value, reference.cell.kind == .promise {
      if Value.same(try constructorProperty(of: reference.cell), constructor) { return value }
    }
    let capability = try newPromiseCapability(constructor)
    _ = try call(capability.resolve, this: .undefined, [value])
    return capability.promise
  }

  private func constructorProperty(of object: ScriptObject) throws(Thrown) -> Value {
    try object.get(.constructor, receiver: Value(object), self)
  }

  /// https://tc39.es/ecma262/#sec-newpromisecapability
  func newPromiseCapability(_ constructor: Value) throws(Thrown) -> PromiseCapability {
    guard case .object(let reference) = constructor, reference.cell.isConstructor else {
      throw typeError("\(describeForMessage(constructor)) is not a constructor")
    }
    if reference.cell === intrinsics[.promiseConstructor] {
      let promise = makePromise()
      let (resolve, reject) = resolvingFunctions(promise)
      return PromiseCapability(promise: Value(promise), resolve: Value(resolve), reject: Value(reject))
    }
    let data = ValueList(self, [.undefined, .undefined])
    let dataReference = Ref(data)
    let executor = makeNativeFunction(nameValue: Value(emptyString), length: 2) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let list = dataReference.cell
      guard list.values[0].isUndefined, list.values[1].isUndefined else {
        throw realm.typeError("Promise executor has already been invoked with non-undefined arguments")
      }
      list.values = [arguments[0], arguments[1]]
      return .undefined
    }
    executor.captured = [.internal(Ref(data))]
    let promise = try construct(constructor, [Value(executor)])
    guard data.values[0].asCallable != nil, data.values[1].asCallable != nil else {
      throw typeError("Promise resolve or reject function is not callable")
    }
    return PromiseCapability(promise: promise, resolve: data.values[0], reject: data.values[1])
  }

  private func installPromiseStatics(_ constructor: ScriptObject) {
    defineMethod(constructor, "resolve", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard this.isObject else { throw realm.typeError("PromiseResolve called on non-object") }
      return try realm.promiseResolve(this, arguments[0])
    }
    defineMethod(constructor, "reject", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let capability = try realm.newPromiseCapability(this)
      _ = try realm.call(capability.reject, this: .undefined, [arguments[0]])
      return capability.promise
    }
    defineMethod(constructor, "withResolvers", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      let capability = try realm.newPromiseCapability(this)
      let result = realm.makeObject()
      result.appendSlot(.known(.promise), capability.promise, realm)
      result.appendSlot(.known(.resolve), capability.resolve, realm)
      result.appendSlot(.known(.reject), capability.reject, realm)
      return Value(result)
    }
    defineMethod(constructor, "try", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard this.isObject else { throw realm.typeError("Promise.try called on non-object") }
      let capability = try realm.newPromiseCapability(this)
      do throws(Thrown) {
        let result = try realm.call(arguments[0], this: .undefined, arguments.dropFirst(1).array)
        _ = try realm.call(capability.resolve, this: .undefined, [result])
      } catch {
        if error.isTermination { throw error }
        _ = try realm.call(capability.reject, this: .undefined, [error.value])
      }
      return capability.promise
    }
  }
}
