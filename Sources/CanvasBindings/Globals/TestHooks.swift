// `canvasrunTesting`: brings about what otherwise only hardware does.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// The object that `--test-hooks` adds to the globals.
  func makeTestHooks() -> Value {
    unowned(unsafe) let environment = self
    let hooks = realm.makeObject()
    realm.defineMethod(hooks, "loseContext", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let wrapper = hostObject(arguments[0]), let context = payload(of: wrapper, as: CanvasRenderingContext2D.self) else {
        throw realm.typeError("loseContext takes a 2D context.")
      }
      environment.loseContext(context, wrapper)
      return .undefined
    }
    return Value(hooks)
  }

  /// https://html.spec.whatwg.org/multipage/canvas.html#context-lost-steps
  func loseContext(_ context: CanvasRenderingContext2D, _ wrapper: HostObject) {
    // 1. 2. The backing store is gone at once.
    guard !context.isContextLost() else { return }
    context.loseContext()
    guard let target = wrapper.captured.first.flatMap({ hostObject($0) }) else { return }
    unowned(unsafe) let environment = self
    host.enqueueTask {
      // 3.
      let event = environment.makeEvent("contextlost", cancelable: true)
      environment.dispatch(event, to: Value(target), environment.links(of: target))
      // 4. Who cancels the event does not want the context back.
      guard payload(of: event, as: EventData.self)?.isCanceled == false else { return }
      // 5. – 7.
      context.restoreContext()
      environment.dispatch("contextrestored", to: target)
    }
  }
}
