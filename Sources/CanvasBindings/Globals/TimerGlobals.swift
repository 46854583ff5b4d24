// Timers, animation frames and microtasks.
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html

import ScriptRuntime

extension ScriptEnvironment {
  func installTimers() {
    let global = realm.globalObject
    unowned(unsafe) let environment = self
    for (name, repeats) in [("setTimeout", false), ("setInterval", true)] {
      realm.defineMethod(global, name, length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        let task = try environment.timerTask(arguments)
        let delay = try realm.toNumber(arguments[1])
        let milliseconds = delay.isFinite ? max(0, Double(Int32(truncatingIfNeeded: Int64(max(-9e15, min(9e15, delay)))))) : 0
        return Value(environment.host.startTimer(afterMilliseconds: milliseconds, repeats: repeats, task))
      }
    }
    for name in ["clearTimeout", "clearInterval"] {
      realm.defineMethod(global, name, length: 0) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        environment.host.cancelTimer(Int(try realm.toInt32(arguments[0])))
        return .undefined
      }
    }
    realm.defineMethod(global, "requestAnimationFrame", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let callback = arguments[0].asCallable else {
        throw realm.typeError("Failed to execute 'requestAnimationFrame' on 'Window': parameter 1 is not of type 'Function'.")
      }
      // A strong reference is a root; it goes with the closure once the frame has been drawn or cancelled.
      return Value(environment.host.requestAnimationFrame { time in environment.callback(callback, [.number(time)]) })
    }
    realm.defineMethod(global, "cancelAnimationFrame", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      environment.host.cancelAnimationFrame(Int(try realm.toInt32(arguments[0])))
      return .undefined
    }
    realm.defineMethod(global, "queueMicrotask", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard arguments[0].asCallable != nil else {
        throw realm.typeError("Failed to execute 'queueMicrotask' on 'Window': parameter 1 is not of type 'Function'.")
      }
      realm.queueMicrotask(arguments[0])
      return .undefined
    }
  }

  /// What a timer does: calls a function with the rest of the arguments, or evaluates a text.
  private func timerTask(_ arguments: Arguments) throws(Thrown) -> () -> Void {
    unowned(unsafe) let environment = self
    if let function = arguments[0].asCallable {
      let kept = ValueList(realm, arguments.dropFirst(2).array)
      return { environment.callback(function, this: Value(environment.realm.globalObject), kept.values) }
    }
    let text = ValueList(realm, [Value(try realm.toString(arguments[0]))])
    return {
      if let evaluate = try? environment.realm.get(Value(environment.realm.globalObject), environment.realm.key("eval")).asCallable {
        environment.callback(evaluate, text.values)
      }
    }
  }
}
