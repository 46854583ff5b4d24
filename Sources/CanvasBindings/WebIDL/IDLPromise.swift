// https://webidl.spec.whatwg.org/#js-promise

import CanvasCore
import ScriptRuntime

/// A promise that the host settles later. Its strong reference keeps the promise alive in closures.
struct PromiseCapability {
  private let object: PromiseObject
  private unowned(unsafe) let realm: Realm

  init(_ environment: ScriptEnvironment) {
    realm = environment.realm
    object = environment.realm.makePromise()
  }

  var promise: Value { Value(object) }

  func resolve(_ value: Value = .undefined) { realm.fulfill(object, with: value) }

  /// Keeps a rejection that no script looks at from being reported.
  func markAsHandled() { realm.whenSettled(object) { _, _, _ in } }

  func reject(_ reason: Value) { realm.rejectPromise(object, with: reason) }

  func reject(_ thrown: Thrown) {
    if !thrown.isTermination { reject(thrown.value) }
  }
}

extension ScriptEnvironment {
  /// A promise that `body` has settled: operations that return promises never throw.
  func promise(_ body: () throws(Thrown) -> Value) throws(Thrown) -> Value {
    let capability = PromiseCapability(self)
    do throws(Thrown) {
      capability.resolve(try body())
    } catch {
      if error.isTermination { throw error }
      capability.reject(error)
    }
    return capability.promise
  }

  func rejectedPromise(_ thrown: Thrown) throws(Thrown) -> Value {
    try promise { () throws(Thrown) in throw thrown }
  }
}
