// Promise.all, allSettled, any and race.
// https://tc39.es/ecma262/#sec-promise.all

/// What the element functions of one combinator call share.
private final class CombinatorState: HeapCell {
  var values: [Value] = []
  var remaining = 1
  let resolve: Value
  let reject: Value

  init(heap: Heap, _ capability: PromiseCapability) {
    resolve = capability.resolve
    reject = capability.reject
    super.init(heap: heap)
  }

  override func visitChildren(_ marker: Marker) {
    for value in values { marker.visit(value) }
    marker.visit(resolve)
    marker.visit(reject)
  }
}

private enum Combinator {
  case all, allSettled, any, race

  var name: String {
    switch self {
    case .all: "all"
    case .allSettled: "allSettled"
    case .any: "any"
    case .race: "race"
    }
  }
}

extension Realm {
  func installPromiseCombinators(_ constructor: ScriptObject) {
    for combinator in [Combinator.all, .allSettled, .any, .race] {
      defineMethod(constructor, combinator.name, length: 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let capability = try realm.newPromiseCapability(this)
        do throws(Thrown) {
          try realm.combine(combinator, this, arguments[0], capability)
        } catch {
          if error.isTermination { throw error }
          _ = try realm.call(capability.reject, this: .undefined, [error.value])
        }
        return capability.promise
      }
    }
  }

  private func combine(
    _ combinator: Combinator, _ constructor: Value, _ iterable: Value, _ capability: PromiseCapability
  ) throws(Thrown) {
    let resolveMethod = try get(constructor, .known(.resolve))
    guard resolveMethod.asCallable != nil else { throw typeError("Promise resolve or reject function is not callable") }
    let state = CombinatorState(heap: heap, capability)
    var index = 0
    try forEach(in: iterable) { value throws(Thrown) in
      let promise = try self.call(resolveMethod, this: constructor, [value])
      if combinator == .race {
        _ = try self.invoke(promise, .known(.then), [capability.resolve, capability.reject])
        return true
      }
      state.values.append(.undefined)
      state.remaining += 1
      // Both functions of one element share whether it has been counted.
      let called = ValueList(self, [.boolean(false)])
      let fulfilled =
        combinator == .any
        ? capability.resolve
        : Value(self.makeElementFunction(combinator, state, called, index: index, isRejection: false))
      let rejected =
        combinator == .all
        ? capability.reject : Value(self.makeElementFunction(combinator, state, called, index: index, isRejection: true))
      index += 1
      _ = try self.invoke(promise, .known(.then), [fulfilled, rejected])
      return true
    }
    if combinator == .race { return }
    state.remaining -= 1
    if state.remaining == 0 { try finish(combinator, state) }
  }

  private func makeElementFunction(
    _ combinator: Combinator, _ state: CombinatorState, _ called: ValueList, index: Int, isRejection: Bool
  ) -> NativeFunction {
    let stateReference = Ref(state), calledReference = Ref(called)
    let function = makeNativeFunction(nameValue: Value(emptyString), length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      if calledReference.cell.values[0].isTruthy { return .undefined }
      calledReference.cell.values[0] = .boolean(true)
      let state = stateReference.cell
      state.values[index] =
        combinator == .allSettled ? realm.settledResult(arguments[0], isRejection: isRejection) : arguments[0]
      state.remaining -= 1
      if state.remaining == 0 { try realm.finish(combinator, state) }
      return .undefined
    }
    function.captured = [.internal(Ref(state)), .internal(Ref(called))]
    return function
  }

  private func settledResult(_ value: Value, isRejection: Bool) -> Value {
    let result = makeObject()
    result.appendSlot(.known(.status), Value(keys.text(of: .known(isRejection ? .rejected : .fulfilled))), self)
    result.appendSlot(.known(isRejection ? .reason : .value), value, self)
    return Value(result)
  }

  private func finish(_ combinator: Combinator, _ state: CombinatorState) throws(Thrown) {
    let values = Value(makeArray(state.values))
    if combinator == .any {
      let thrown = makeError(.aggregateError, "All promises were rejected")
      if case .object(let error) = thrown.value { error.cell.appendSlot(.known(.errors), values, flags: .hidden, self) }
      _ = try call(state.reject, this: .undefined, [thrown.value])
    } else {
      _ = try call(state.resolve, this: .undefined, [values])
    }
  }
}
