// https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels, within one window.
//
// Departure: ports cannot be transferred; there is nowhere to send them.

import ScriptRuntime

/// A MessagePort. The port that it is entangled with is a companion of its wrapper.
final class MessagePortBox {
  fileprivate var isStarted = false
  fileprivate var isClosed = false
  /// Messages that came before the port was started.
  fileprivate let waiting: ValueList

  init(_ realm: Realm) { waiting = ValueList(realm) }
}

/// A MessageChannel; its ports are in the wrapper's `captured`.
final class MessageChannelBox {}

extension ScriptEnvironment {
  func defineMessageChannel(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<MessageChannelBox>(self, .messageChannel, prototype)
    for (index, name) in ["port1", "port2"].enumerated() {
      interface.attribute(name, get: { (call) throws(Thrown) in call.wrapper.captured[index] })
    }
    return interface.finish(parent) { (environment, _, newTarget) throws(Thrown) in
      let first = environment.makePort(), second = environment.makePort()
      environment.links(of: first).companions["other"] = Ref(second)
      environment.links(of: second).companions["other"] = Ref(first)
      let wrapper = try environment.wrap(MessageChannelBox(), as: .messageChannel, newTarget: newTarget)
      wrapper.captured = [Value(first), Value(second)]
      return Value(wrapper)
    }
  }

  private func makePort() -> HostObject {
    let wrapper = wrap(MessagePortBox(realm), as: .messagePort)
    addLinks(to: wrapper)
    return wrapper
  }

  func defineMessagePort(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<MessagePortBox>(self, .messagePort, prototype)
    interface.method("postMessage", length: 1) { (call) throws(Thrown) in
      var transfer: [Value] = []
      if call[1].isObject {
        // A list, or a dictionary with one.
        let isList = try call.realm.isIterable(call[1])
        let list = isList ? call[1] : try call.realm.get(call[1], call.realm.key("transfer"))
        if !list.isUndefined { transfer = try call.realm.list(from: list).values }
      }
      let message = try call.realm.structuredClone(call[0], transfer: transfer, host: call.environment.structuredCloneHost)
      guard !call.receiver.isClosed, let other = call.environment.links(of: call.wrapper).companions["other"]?.cell as? HostObject
      else { return .undefined }
      call.environment.deliver(message, to: other)
      return .undefined
    }
    interface.method("start", length: 0) { (call) throws(Thrown) in
      call.environment.start(call.receiver, call.wrapper)
      return .undefined
    }
    interface.method("close") { port in
      port.isClosed = true
      port.waiting.values = []
    }
    interface.attribute(
      "onmessage",
      get: { (call) throws(Thrown) in call.environment.links(of: call.wrapper).handlers["message"].map { .object($0) } ?? .null },
      set: { (call, value) throws(Thrown) in
        call.environment.links(of: call.wrapper).handlers["message"] = value.asObject.map { Ref($0) }
        call.environment.start(call.receiver, call.wrapper)
      })
    interface.eventHandler("messageerror")
    return interface.finish(parent)
  }

  func defineMessageEvent(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<EventData>(self, .messageEvent, prototype)
    interface.attribute("data", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.detail] })
    for name in ["origin", "lastEventId"] { interface.text(name, get: { _ in "" }) }
    interface.attribute("source", get: { (_) throws(Thrown) in .null })
    interface.attribute("ports", get: { (call) throws(Thrown) in Value(call.realm.makeArray([])) })
    return interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      let data = try IDLDictionary(arguments[1], environment).member("data") ?? .null
      return Value(try environment.constructEvent(arguments, newTarget, .messageEvent, detail: data))
    }
  }

  // MARK: - Delivery

  private func deliver(_ message: Value, to port: HostObject) {
    guard let box = payload(of: port, as: MessagePortBox.self), !box.isClosed else { return }
    guard box.isStarted else {
      box.waiting.values.append(message)
      return
    }
    let kept = ValueList(realm, [message])
    unowned(unsafe) let environment = self
    host.enqueueTask {
      guard !box.isClosed else { return }
      let event = environment.makeEvent("message", as: .messageEvent)
      event.captured[EventData.detail] = kept.values[0]
      environment.dispatch(event, to: Value(port), environment.links(of: port))
    }
  }

  private func start(_ box: MessagePortBox, _ port: HostObject) {
    guard !box.isStarted, !box.isClosed else { return }
    box.isStarted = true
    let messages = ValueList(realm, box.waiting.values)
    box.waiting.values = []
    for index in messages.values.indices { deliver(messages.values[index], to: port) }
  }
}
