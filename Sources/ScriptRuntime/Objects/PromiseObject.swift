// https://tc39.es/ecma262/#sec-promise-objects

/// What waits for a promise.
enum PromiseReaction {
  /// `then`: the handlers (undefined passes the value on) and the promise that `then` gave.
  case handlers(fulfilled: Value, rejected: Value, derived: PromiseCapability?)
  case asyncFunction(Ref<AsyncFunctionDriver>)
  case asyncGenerator(Ref<AsyncGeneratorObject>)
  case asyncGeneratorReturn(Ref<AsyncGeneratorObject>)
  /// A continuation of the host's.
  case host(Ref<HostReaction>)

  func visitChildren(_ marker: Marker) {
    switch self {
    case .handlers(let fulfilled, let rejected, let derived):
      marker.visit(fulfilled)
      marker.visit(rejected)
      derived?.visitChildren(marker)
    case .asyncFunction(let driver): marker.visit(driver)
    case .asyncGenerator(let generator), .asyncGeneratorReturn(let generator): marker.visit(generator)
    case .host(let reaction): marker.visit(reaction)
    }
  }
}

/// Swift code that waits for a promise.
public final class HostReaction: HeapCell {
  let body: (Realm, Value, Bool) -> Void
  /// Values that the body uses.
  public var kept: ValueList? {
    get { keptReference?.cell }
    set { keptReference = newValue.map(Ref.init) }
  }
  private var keptReference: Ref<ValueList>?

  public override func visitChildren(_ marker: Marker) { marker.visit(keptReference) }

  /// - Parameter body: realm, value or reason, whether the promise was fulfilled.
  public init(_ realm: Realm, _ body: @escaping (Realm, Value, Bool) -> Void) {
    self.body = body
    super.init(heap: realm.heap)
  }
}

/// https://tc39.es/ecma262/#sec-promisecapability-records
struct PromiseCapability {
  let promise: Value
  let resolve: Value
  let reject: Value

  func visitChildren(_ marker: Marker) {
    marker.visit(promise)
    marker.visit(resolve)
    marker.visit(reject)
  }
}

public final class PromiseObject: ScriptObject {
  public enum State: Sendable { case pending, fulfilled, rejected }

  public internal(set) var state = State.pending
  public internal(set) var result = Value.undefined
  var reactions: [PromiseReaction] = []
  var isHandled = false

  init(realm: Realm, prototype: ScriptObject) {
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .promise)
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(result)
    for reaction in reactions { reaction.visitChildren(marker) }
  }
}

/// One step of the microtask queue.
enum Job {
  case reaction(PromiseReaction, Value, isFulfilled: Bool)
  case resolveThenable(promise: Ref<PromiseObject>, thenable: Value, then: Value)
  /// `queueMicrotask`
  case callback(Value)

  func visitChildren(_ marker: Marker) {
    switch self {
    case .reaction(let reaction, let value, _):
      reaction.visitChildren(marker)
      marker.visit(value)
    case .resolveThenable(let promise, let thenable, let then):
      marker.visit(promise)
      marker.visit(thenable)
      marker.visit(then)
    case .callback(let value): marker.visit(value)
    }
  }
}

/// Microtasks in order, and promises rejected without a handler.
final class JobQueue: HeapCell {
  private var jobs: [Job] = []
  private var position = 0
  var unhandled: [Ref<PromiseObject>] = []

  func append(_ job: Job) { jobs.append(job) }

  var isEmpty: Bool { position == jobs.count }

  func popFirst() -> Job? {
    guard position < jobs.count else { return nil }
    let job = jobs[position]
    position += 1
    if position == jobs.count {
      jobs.removeAll(keepingCapacity: true)
      position = 0
    } else if position > 4096 {
      jobs.removeFirst(position)
      position = 0
    }
    return job
  }

  override func visitChildren(_ marker: Marker) {
    for index in position..<jobs.count { jobs[index].visitChildren(marker) }
    for promise in unhandled { marker.visit(promise) }
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-promise-resolve-functions
  func resolve(_ promise: PromiseObject, _ resolution: Value) {
    guard promise.state == .pending else { return }
    guard case .object(let object) = resolution else { return settle(promise, .fulfilled, resolution) }
    if object.cell === promise {
      return reject(promise, typeError("Chaining cycle detected for promise").value)
    }
    let then: Value
    do throws(Thrown) {
      then = try object.cell.get(.known(.then), receiver: resolution, self)
    } catch {
      if !error.isTermination { reject(promise, error.value) }
      return
    }
    guard then.asCallable != nil else { return settle(promise, .fulfilled, resolution) }
    jobs.append(.resolveThenable(promise: Ref(promise), thenable: resolution, then: then))
  }

  func reject(_ promise: PromiseObject, _ reason: Value) {
    guard promise.state == .pending else { return }
    if !promise.isHandled { jobs.unhandled.append(Ref(promise)) }
    settle(promise, .rejected, reason)
  }

  private func settle(_ promise: PromiseObject, _ state: PromiseObject.State, _ value: Value) {
    let reactions = promise.reactions
    promise.reactions = []
    promise.state = state
    promise.result = value
    for reaction in reactions { jobs.append(.reaction(reaction, value, isFulfilled: state == .fulfilled)) }
  }

  /// https://tc39.es/ecma262/#sec-performpromisethen
  func then(_ promise: PromiseObject, _ reaction: PromiseReaction) {
    switch promise.state {
    case .pending: promise.reactions.append(reaction)
    case .fulfilled: jobs.append(.reaction(reaction, promise.result, isFulfilled: true))
    case .rejected:
      if !promise.isHandled { jobs.unhandled.removeAll { $0 == Ref(promise) } }
      jobs.append(.reaction(reaction, promise.result, isFulfilled: false))
    }
    promise.isHandled = true
  }

  /// https://tc39.es/ecma262/#await
  func await(_ value: Value, _ reaction: PromiseReaction) throws(Thrown) {
    then(try promiseResolve(value), reaction)
  }

  /// https://tc39.es/ecma262/#sec-promise-resolve with %Promise%
  func promiseResolve(_ value: Value) throws(Thrown) -> PromiseObject {
    if case .object(let object) = value, object.cell.kind == .promise {
      let constructor = try object.cell.get(.constructor, receiver: value, self)
      if case .object(let function) = constructor, function.cell === intrinsics[.promiseConstructor] {
        return object.downcast(to: PromiseObject.self)
      }
    }
    let promise = PromiseObject(realm: self, prototype: intrinsics[.promise])
    resolve(promise, value)
    return promise
  }

  // MARK: For the host

  /// A new pending promise.
  public func makePromise() -> PromiseObject { PromiseObject(realm: self, prototype: intrinsics[.promise]) }

  public func fulfill(_ promise: PromiseObject, with value: Value) { resolve(promise, value) }

  public func rejectPromise(_ promise: PromiseObject, with reason: Value) { reject(promise, reason) }

  /// A promise for any value, as `Promise.resolve` gives it.
  public func promise(for value: Value) throws(Thrown) -> PromiseObject { try promiseResolve(value) }

  /// Lets Swift code wait for a promise; it counts as handled.
  ///
  /// - Parameter keeping: values that `body` uses, kept alive until then.
  public func whenSettled(
    _ promise: PromiseObject, keeping values: [Value] = [], _ body: @escaping (Realm, Value, Bool) -> Void
  ) {
    let reaction = HostReaction(self, body)
    reaction.kept = ValueList(self, values)
    then(promise, .host(Ref(reaction)))
  }

  public func queueMicrotask(_ callback: Value) { jobs.append(.callback(callback)) }

  /// Runs microtasks until none is left. Exceptions of `queueMicrotask` callbacks are handed to `report`.
  public func runMicrotasks(report: (Value) -> Void) throws(Thrown) {
    while let job = jobs.popFirst() {
      do throws(Thrown) {
        try run(job)
      } catch {
        if error.isTermination { throw error }
        report(error.value)
      }
      if termination != nil { throw Thrown(.empty) }
    }
  }

  /// Promises that were rejected and that nobody has looked at since; each is given once.
  public func takeUnhandledRejections() -> [Value] {
    defer { jobs.unhandled.removeAll() }
    return jobs.unhandled.map { $0.cell }.filter { !$0.isHandled }.map(\.result)
  }

  private func run(_ job: Job) throws(Thrown) {
    try safePoint()
    switch job {
    case .callback(let function): _ = try call(function, this: .undefined)
    case .resolveThenable(let promise, let thenable, let then):
      let (resolve, reject) = resolvingFunctions(promise.cell)
      do throws(Thrown) {
        _ = try call(then, this: thenable, [Value(resolve), Value(reject)])
      } catch {
        if error.isTermination { throw error }
        _ = try call(Value(reject), this: .undefined, [error.value])
      }
    case .reaction(let reaction, let value, let isFulfilled): try run(reaction, value, isFulfilled)
    }
  }

  private func run(_ reaction: PromiseReaction, _ value: Value, _ isFulfilled: Bool) throws(Thrown) {
    switch reaction {
    case .asyncFunction(let driver): driver.cell.step(isFulfilled ? .next : .exception, value, self)
    case .asyncGenerator(let generator): generator.cell.continueAfterAwait(isFulfilled ? .next : .exception, value, self)
    case .asyncGeneratorReturn(let generator): generator.cell.returnAwaited(value, isError: !isFulfilled, self)
    case .host(let host): host.cell.body(self, value, isFulfilled)
    case .handlers(let fulfilled, let rejected, let derived):
      let handler = isFulfilled ? fulfilled : rejected
      do throws(Thrown) {
        if handler.isUndefined {
          guard let derived else { return }
          _ = try call(isFulfilled ? derived.resolve : derived.reject, this: .undefined, [value])
        } else {
          let result = try call(handler, this: .undefined, [value])
          if let derived { _ = try call(derived.resolve, this: .undefined, [result]) }
        }
      } catch {
        if error.isTermination { throw error }
        guard let derived else { return }
        _ = try call(derived.reject, this: .undefined, [error.value])
      }
    }
  }

  /// https://tc39.es/ecma262/#sec-createresolvingfunctions
  func resolvingFunctions(_ promise: PromiseObject) -> (resolve: NativeFunction, reject: NativeFunction) {
    let state = ResolvingState(heap: heap, promise: promise)
    let reference = Ref(state)
    let resolve = makeNativeFunction(nameValue: Value(emptyString), length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      if let promise = reference.cell.take() { realm.resolve(promise, arguments[0]) }
      return .undefined
    }
    let reject = makeNativeFunction(nameValue: Value(emptyString), length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      if let promise = reference.cell.take() { realm.reject(promise, arguments[0]) }
      return .undefined
    }
    resolve.captured = [.internal(Ref(state))]
    reject.captured = [.internal(Ref(state))]
    return (resolve, reject)
  }
}

/// The promise that a pair of resolving functions may settle once.
private final class ResolvingState: HeapCell {
  private var promise: Ref<PromiseObject>?

  init(heap: Heap, promise: PromiseObject) {
    self.promise = Ref(promise)
    super.init(heap: heap)
  }

  func take() -> PromiseObject? {
    defer { promise = nil }
    return promise?.cell
  }

  override func visitChildren(_ marker: Marker) { marker.visit(promise) }
}
