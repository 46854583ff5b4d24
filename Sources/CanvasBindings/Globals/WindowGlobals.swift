// The global object as a window: interfaces, the default canvas, the document, what scripts ask a browser for.
// https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-window-object

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// Puts everything that scripts may name on the global object. What costs time to make is made when it is first read.
  func installGlobals() {
    let global = realm.globalObject
    for id in InterfaceID.allCases {
      defineLazily(id.name) { environment in Value(environment.interface(id).constructor) }
    }
    defineLazily("Image") { environment in environment.makeImageConstructor() }
    for name in ["window", "self", "frames", "top", "parent"] { realm.defineValue(global, name, Value(global)) }
    defineLazily("canvas", isEnumerable: true) { environment in Value(environment.defaultCanvasElement()) }
    defineLazily("ctx", isEnumerable: true) { environment in
      (try? environment.getContext(environment.canvas, environment.defaultCanvasElement(), "2d", .undefined)) ?? .null
    }
    defineLazily("document") { environment in Value(environment.documentObject()) }
    defineLazily("navigator") { environment in environment.makeNavigator() }
    defineLazily("location") { environment in environment.makeLocation() }
    defineLazily("screen") { environment in environment.makeScreen() }
    defineLazily("performance") { environment in environment.makePerformance() }
    realm.defineValue(global, "devicePixelRatio", .number(options.devicePixelRatio))
    for (name, value) in [("innerWidth", options.width), ("outerWidth", options.width)] { realm.defineValue(global, name, Value(value)) }
    for (name, value) in [("innerHeight", options.height), ("outerHeight", options.height)] {
      realm.defineValue(global, name, Value(value))
    }
    for name in ["scrollX", "scrollY", "pageXOffset", "pageYOffset"] { realm.defineValue(global, name, .number(0)) }
    if options.exposesTestHooks { defineLazily("canvasrunTesting") { environment in environment.makeTestHooks() } }
    installWindowEvents()
    installTimers()
    installFunctions()
  }

  /// A global that is made by `make` when it is first read, and from then on an ordinary property.
  private func defineLazily(_ name: String, isEnumerable: Bool = false, _ make: @escaping (ScriptEnvironment) -> Value) {
    unowned(unsafe) let environment = self
    realm.defineLazily(realm.globalObject, name, isEnumerable: isEnumerable) { make(environment) }
  }

  // MARK: - Events of the window

  private func installWindowEvents() {
    unowned(unsafe) let environment = self
    defineEventTargetMembers(on: realm.globalObject, isEnumerable: false) { (_: Value) throws(Thrown) -> (Value, NodeLinks) in
      (Value(environment.realm.globalObject), environment.windowLinks)
    }
    for type in ["load", "DOMContentLoaded", "resize", "error", "message", "messageerror"] {
      realm.defineAccessor(
        realm.globalObject, "on" + type,
        getter: { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
          environment.windowLinks.handlers[type].map { .object($0) } ?? .null
        },
        setter: { (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          if case .object(let handler) = arguments[0], handler.cell.isCallable {
            environment.windowLinks.handlers[type] = handler
          } else {
            environment.windowLinks.handlers[type] = nil
          }
          return .undefined
        })
    }
  }

  /// The script has run: tells the document so, and the window once the images have come that the script asked for.
  public func fireLoadEvents() {
    if hasListeners { dispatch("DOMContentLoaded", to: documentObject(), bubbles: true) }
    loadState = .waiting
    fireLoadEventWhenReady()
  }

  /// Whether anybody may hear of the document's progress. Without a document, which is made when it is first asked for, only the
  /// window's own listeners could.
  private var hasListeners: Bool {
    documentWrapper != nil || !windowLinks.listeners.isEmpty || !windowLinks.handlers.isEmpty
  }

  /// "Completely finish loading", when nothing delays the load event any more.
  func fireLoadEventWhenReady() {
    guard loadState == .waiting, imagesUnderWay == 0 else { return }
    loadState = .fired
    guard hasListeners else { return }
    dispatch("load", to: documentObject())
    dispatch(makeEvent("load"), to: Value(realm.globalObject), windowLinks)
  }

  // MARK: - Objects

  private func makeNavigator() -> Value {
    let navigator = realm.makeObject()
    realm.defineValue(navigator, "userAgent", realm.text(options.userAgent), isEnumerable: true)
    realm.defineValue(navigator, "language", realm.text("en-US"), isEnumerable: true)
    realm.defineValue(navigator, "languages", Value(realm.makeArray([realm.text("en-US")])), isEnumerable: true)
    realm.defineValue(navigator, "platform", realm.text("Linux"), isEnumerable: true)
    realm.defineValue(navigator, "hardwareConcurrency", .number(1), isEnumerable: true)
    realm.defineValue(navigator, "onLine", .boolean(false), isEnumerable: true)
    return Value(navigator)
  }

  private func makeLocation() -> Value {
    let location = realm.makeObject()
    let parts = URLParts(options.scriptURL)
    let query = parts?.query ?? "", fragment = parts?.fragment ?? ""
    for (name, text) in [
      ("href", options.scriptURL), ("protocol", (parts?.scheme ?? "file") + ":"), ("host", parts?.host ?? ""),
      ("hostname", parts?.hostname ?? ""), ("port", parts?.port ?? ""), ("pathname", parts?.path ?? "/"),
      ("search", query.isEmpty ? "" : "?" + query), ("hash", fragment.isEmpty ? "" : "#" + fragment),
      ("origin", parts?.origin ?? "null"),
    ] {
      realm.defineValue(location, name, realm.text(text), isEnumerable: true)
    }
    for name in ["assign", "replace", "reload"] {
      realm.defineMethod(location, name, length: name == "reload" ? 0 : 1) { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        .undefined
      }
    }
    realm.defineMethod(location, "toString", length: 0) {
      [url = options.scriptURL] (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in realm.text(url)
    }
    return Value(location)
  }

  private func makeScreen() -> Value {
    let screen = realm.makeObject()
    for (name, value) in [
      ("width", options.width), ("height", options.height), ("availWidth", options.width), ("availHeight", options.height),
      ("colorDepth", 24), ("pixelDepth", 24),
    ] {
      realm.defineValue(screen, name, Value(value), isEnumerable: true)
    }
    return Value(screen)
  }

  private func makePerformance() -> Value {
    unowned(unsafe) let environment = self
    let performance = realm.makeObject()
    realm.defineMethod(performance, "now", length: 0) { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      .number(environment.host.now)
    }
    realm.defineValue(performance, "timeOrigin", .number(host.timeOrigin), isEnumerable: true)
    for name in ["mark", "measure"] {
      realm.defineMethod(performance, name, length: 1) { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in .undefined }
    }
    return Value(performance)
  }
}
