// https://dom.spec.whatwg.org/#events: Event, CustomEvent and EventTarget, as far as drawing scripts reach.

import ScriptRuntime

/// An event.
final class EventData {
  let type: String
  let bubbles: Bool
  let cancelable: Bool
  let timeStamp: Double
  var isTrusted = false
  var isCanceled = false
  var stopsPropagation = false
  var stopsImmediately = false

  init(type: String, bubbles: Bool = false, cancelable: Bool = false, timeStamp: Double) {
    self.type = type
    self.bubbles = bubbles
    self.cancelable = cancelable
    self.timeStamp = timeStamp
  }

  /// Places in the wrapper's `captured`.
  static let target = 0, currentTarget = 1, detail = 2
}

/// A plain `new EventTarget()`.
final class PlainEventTarget {}

extension ScriptEnvironment {
  func defineEvent(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<EventData>(self, .event, prototype)
    interface.text("type", get: { event in event.type })
    interface.attribute("target", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.target] })
    interface.attribute("srcElement", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.target] })
    interface.attribute("currentTarget", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.currentTarget] })
    interface.flag("bubbles", get: { event in event.bubbles })
    interface.flag("cancelable", get: { event in event.cancelable })
    interface.flag("defaultPrevented", get: { event in event.isCanceled })
    interface.flag("isTrusted", get: { event in event.isTrusted })
    interface.number("timeStamp") { event in event.timeStamp }
    interface.method("preventDefault") { event in if event.cancelable { event.isCanceled = true } }
    interface.method("stopPropagation") { event in event.stopsPropagation = true }
    interface.method("stopImmediatePropagation") { event in
      event.stopsPropagation = true
      event.stopsImmediately = true
    }
    return interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      Value(try environment.constructEvent(arguments, newTarget, .event, detail: .null))
    }
  }

  func defineCustomEvent(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<EventData>(self, .customEvent, prototype)
    interface.attribute("detail", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.detail] })
    return interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      let detail = try IDLDictionary(arguments[1], environment).member("detail") ?? .null
      return Value(try environment.constructEvent(arguments, newTarget, .customEvent, detail: detail))
    }
  }

  func constructEvent(
    _ arguments: Arguments, _ newTarget: ScriptObject, _ id: InterfaceID, detail: Value
  ) throws(Thrown) -> HostObject {
    let type = try realm.toText(arguments[0])
    let dictionary = try IDLDictionary(arguments[1], self)
    let bubbles = try dictionary.boolean("bubbles") ?? false
    let event = EventData(
      type: type, bubbles: bubbles, cancelable: try dictionary.boolean("cancelable") ?? false, timeStamp: host.now)
    let wrapper = try wrap(event, as: id, newTarget: newTarget)
    wrapper.captured = [.null, .null, detail]
    return wrapper
  }

  /// An event of the environment's own, such as `load`.
  func makeEvent(_ type: String, as id: InterfaceID = .event, bubbles: Bool = false, cancelable: Bool = false) -> HostObject {
    let event = EventData(type: type, bubbles: bubbles, cancelable: cancelable, timeStamp: host.now)
    event.isTrusted = true
    let wrapper = wrap(event, as: id)
    wrapper.captured = [.null, .null, .null]
    return wrapper
  }

  // MARK: - Targets

  func defineEventTarget(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<AnyObject>(self, .eventTarget, prototype)
    unowned(unsafe) let environment = self
    defineEventTargetMembers(on: prototype, isEnumerable: true) { (this: Value) throws(Thrown) -> (Value, NodeLinks) in
      guard let wrapper = hostObject(this) else { throw illegalInvocation(environment.realm) }
      return (this, environment.links(of: wrapper))
    }
    return interface.finish(parent) { (environment, _, newTarget) throws(Thrown) in
      let wrapper = try environment.wrap(PlainEventTarget(), as: .eventTarget, newTarget: newTarget)
      environment.addLinks(to: wrapper)
      return Value(wrapper)
    }
  }

  /// `addEventListener` and its kin, for a prototype or for the global object; `resolve` finds the links of the receiver.
  func defineEventTargetMembers(
    on object: ScriptObject, isEnumerable: Bool, _ resolve: @escaping (Value) throws(Thrown) -> (Value, NodeLinks)
  ) {
    unowned(unsafe) let environment = self
    func define(_ name: String, _ length: Int, _ body: @escaping (Value, NodeLinks, Arguments) throws(Thrown) -> Value) {
      let function = realm.makeNativeFunction(name, length: length) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let (target, links) = try resolve(this)
        if arguments.count < length { throw tooFewArguments(realm, .eventTarget, name, length, arguments.count) }
        return try body(target, links, arguments)
      }
      realm.defineValue(object, name, Value(function), isEnumerable: isEnumerable)
    }
    define("addEventListener", 2) { (_: Value, links: NodeLinks, arguments: Arguments) throws(Thrown) -> Value in
      try environment.addListener(links, arguments)
      return .undefined
    }
    define("removeEventListener", 2) { (_: Value, links: NodeLinks, arguments: Arguments) throws(Thrown) -> Value in
      let type = try environment.realm.toText(arguments[0])
      guard let callback = arguments[1].asObject else { return .undefined }
      let isCapturing = try environment.listenerOptions(arguments[2]).isCapturing
      links.listeners.removeAll { $0.type == type && $0.callback.cell === callback && $0.isCapturing == isCapturing }
      return .undefined
    }
    define("dispatchEvent", 1) { (target: Value, links: NodeLinks, arguments: Arguments) throws(Thrown) -> Value in
      guard let wrapper = hostObject(arguments[0]), let event = payload(of: wrapper, as: EventData.self) else {
        throw environment.realm.typeError(
          "Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not of type 'Event'.")
      }
      environment.dispatch(wrapper, to: target, links)
      return .boolean(!event.isCanceled)
    }
  }

  private func addListener(_ links: NodeLinks, _ arguments: Arguments) throws(Thrown) {
    let type = try realm.toText(arguments[0])
    let options = try listenerOptions(arguments[2])
    guard let callback = arguments[1].asObject else { return }
    let isKnown = links.listeners.contains {
      $0.type == type && $0.callback.cell === callback && $0.isCapturing == options.isCapturing
    }
    if isKnown { return }
    links.listeners.append(
      EventListener(type: type, callback: Ref(callback), isCapturing: options.isCapturing, isOnce: options.isOnce))
  }

  private func listenerOptions(_ value: Value) throws(Thrown) -> (isCapturing: Bool, isOnce: Bool) {
    guard value.isObject else { return (realm.boolean(value), false) }
    let dictionary = try IDLDictionary(value, self)
    let isCapturing = try dictionary.boolean("capture") ?? false
    return (isCapturing, try dictionary.boolean("once") ?? false)
  }

  // MARK: - Dispatch

  /// Calls the listeners of the target and, for events that bubble, of its ancestors. What listeners throw goes to the host.
  func dispatch(_ wrapper: HostObject, to target: Value, _ links: NodeLinks) {
    guard let event = payload(of: wrapper, as: EventData.self), wrapper.captured.count >= 2 else { return }
    wrapper.captured[EventData.target] = target
    event.stopsPropagation = false
    event.stopsImmediately = false
    var current = target
    var currentLinks = links
    // Bounded, although the tree has no cycles.
    for _ in 0..<10_000 {
      invokeListeners(currentLinks, current, wrapper, event)
      if !event.bubbles || event.stopsPropagation { break }
      guard let parent = currentLinks.parent?.cell else { break }
      current = Value(parent)
      currentLinks = self.links(of: parent)
    }
    wrapper.captured[EventData.currentTarget] = .null
  }

  func dispatch(_ type: String, to target: HostObject, bubbles: Bool = false) {
    dispatch(makeEvent(type, bubbles: bubbles), to: Value(target), links(of: target))
  }

  private func invokeListeners(_ links: NodeLinks, _ target: Value, _ wrapper: HostObject, _ event: EventData) {
    wrapper.captured[EventData.currentTarget] = target
    if let handler = links.handlers[event.type]?.cell, handler.isCallable {
      let result = call(handler, this: target, wrapper)
      if case .boolean(false)? = result, event.cancelable { event.isCanceled = true }
    }
    // Listeners that are added meanwhile are not called; those that are removed are not either. The list is a cell, so it keeps them.
    let listeners = ValueList(realm, links.listeners.filter { $0.type == event.type }.map { .object($0.callback) })
    for index in listeners.values.indices {
      if event.stopsImmediately { return }
      guard let callback = listeners.values[index].asObject,
        let place = links.listeners.firstIndex(where: { $0.type == event.type && $0.callback.cell === callback })
      else { continue }
      if links.listeners[place].isOnce { links.listeners.remove(at: place) }
      if callback.isCallable {
        _ = call(callback, this: target, wrapper)
      } else if let method = (try? realm.get(Value(callback), keys["handleEvent"]))?.asCallable {
        _ = call(method, this: Value(callback), wrapper)
      }
    }
  }

  private func call(_ function: ScriptObject, this: Value, _ event: HostObject) -> Value? {
    do {
      return try realm.call(Value(function), this: this, [Value(event)])
    } catch {
      host.reportUncaught(error)
      return nil
    }
  }
}
