// https://dom.spec.whatwg.org/#interface-element and HTMLElement. Elements are not laid out or styled: sizes are what attributes say.

import CanvasCore
import ScriptRuntime

/// The payload of an element.
class ElementNode: Node {
  /// In lower case.
  let localName: String
  private(set) var attributes: [(name: String, value: String)] = []
  /// What `innerHTML` was set to; only the SVG in it is parsed.
  var markup = ""
  /// The name as written, of elements that are not HTML's.
  var qualifiedName: String?

  init(_ localName: String) { self.localName = localName }

  override var nodeName: String { qualifiedName ?? asciiUppercased(localName) }

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  func setAttribute(_ name: String, _ value: String) {
    if let index = attributes.firstIndex(where: { $0.name == name }) {
      attributes[index].value = value
    } else {
      attributes.append((name, value))
    }
    attributeDidChange(name)
  }

  func removeAttribute(_ name: String) {
    guard let index = attributes.firstIndex(where: { $0.name == name }) else { return }
    attributes.remove(at: index)
    attributeDidChange(name)
  }

  func attributeDidChange(_ name: String) {}

  /// Width and height in CSS pixels, as far as they are known without layout.
  var layoutSize: (width: Double, height: Double) { (0, 0) }

  var classes: [String] {
    (attribute("class") ?? "").split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
  }
}

/// ASCII letters only, as HTML compares names.
func asciiLowercased(_ text: String) -> String {
  String(decoding: text.utf8.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
}

func asciiUppercased(_ text: String) -> String {
  String(decoding: text.utf8.map { $0 &- 97 < 26 ? $0 & 0xDF : $0 }, as: UTF8.self)
}

extension ScriptEnvironment {
  /// A new element object.
  func makeElement(_ node: ElementNode, as id: InterfaceID) -> HostObject {
    let wrapper = wrap(node, as: id, bytes: 256)
    addLinks(to: wrapper)
    return wrapper
  }

  /// `createElement`.
  func createElement(_ name: String) -> HostObject {
    let name = asciiLowercased(name)
    switch name {
    case "canvas":
      return makeElement(CanvasElement(canvas: Canvas(environment: canvasEnvironment)), as: .canvasElement)
    case "img", "image": return makeImage()
    case "video": return makeElement(VideoElement("video"), as: .videoElement)
    default: return makeElement(ElementNode(name), as: .htmlElement)
    }
  }

  func defineElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ElementNode>(self, .element, prototype)
    interface.text("tagName", get: { element in element.nodeName })
    interface.text("localName", get: { element in element.localName })
    interface.text(
      "id", get: { element in element.attribute("id") ?? "" }, set: { element, value in element.setAttribute("id", value) })
    interface.text(
      "className", get: { element in element.attribute("class") ?? "" },
      set: { element, value in element.setAttribute("class", value) })
    interface.attribute(
      "innerHTML", get: { (call) throws(Thrown) in call.realm.text(call.receiver.markup) },
      set: { (call, value) throws(Thrown) in
        let text = try call.realm.toText(value)
        call.receiver.markup = text
        call.environment.replaceVectorGraphics(in: call.wrapper, text)
      })
    interface.method("insertAdjacentHTML", length: 2) { (call) throws(Thrown) in
      _ = try call.text(0)
      call.environment.appendVectorGraphics(to: call.wrapper, try call.text(1))
      return .undefined
    }
    interface.method("getAttributeNS", length: 2) { (call) throws(Thrown) in
      call.receiver.attribute(asciiLowercased(localName(try call.text(1)))).map { call.realm.text($0) } ?? .null
    }
    interface.method("setAttributeNS", length: 3) { (call) throws(Thrown) in
      let name = asciiLowercased(localName(try call.text(1)))
      call.receiver.setAttribute(name, try call.text(2))
      call.environment.attributeWasSet(name, on: call.wrapper)
      return .undefined
    }
    interface.method("getAttribute", length: 1) { (call) throws(Thrown) in
      call.receiver.attribute(asciiLowercased(try call.text(0))).map { call.realm.text($0) } ?? .null
    }
    interface.method("setAttribute", length: 2) { (call) throws(Thrown) in
      let name = asciiLowercased(try call.text(0))
      call.receiver.setAttribute(name, try call.text(1))
      call.environment.attributeWasSet(name, on: call.wrapper)
      return .undefined
    }
    interface.method("removeAttribute", length: 1) { (call) throws(Thrown) in
      let name = asciiLowercased(try call.text(0))
      call.receiver.removeAttribute(name)
      call.environment.attributeWasSet(name, on: call.wrapper)
      return .undefined
    }
    interface.method("hasAttribute", length: 1) { (call) throws(Thrown) in
      .boolean(call.receiver.attribute(asciiLowercased(try call.text(0))) != nil)
    }
    interface.method("toggleAttribute", length: 1) { (call) throws(Thrown) in
      let name = asciiLowercased(try call.text(0))
      let isWanted = call.count > 1 ? call.boolean(1) : call.receiver.attribute(name) == nil
      if isWanted {
        if call.receiver.attribute(name) == nil { call.receiver.setAttribute(name, "") }
      } else {
        call.receiver.removeAttribute(name)
      }
      return .boolean(isWanted)
    }
    interface.method("getAttributeNames", length: 0) { (call) throws(Thrown) in
      Value(call.realm.makeArray(call.receiver.attributes.map { call.realm.text($0.name) }))
    }
    interface.attribute(
      "children",
      get: { (call) throws(Thrown) in
        call.environment.childArray(call.wrapper) { payload(of: $0, as: ElementNode.self) != nil }
      })
    interface.attribute("classList", get: { (call) throws(Thrown) in call.environment.classList(of: call.wrapper) })
    interface.parentNodeMembers()
    interface.method("remove", length: 0) { (call) throws(Thrown) in
      call.environment.links(of: call.wrapper).detach(call.wrapper, call.environment)
      return .undefined
    }
    interface.method("matches", length: 1) { (call) throws(Thrown) in
      .boolean(Selector(try call.text(0)).matches(call.receiver))
    }
    interface.method("getBoundingClientRect", length: 0) { (call) throws(Thrown) in
      let size = call.receiver.layoutSize
      return call.environment.wrap(DOMRect(x: 0, y: 0, width: size.width, height: size.height))
    }
    for name in ["clientWidth", "scrollWidth"] { interface.number(name) { element in element.layoutSize.width } }
    for name in ["clientHeight", "scrollHeight"] { interface.number(name) { element in element.layoutSize.height } }
    for name in ["clientLeft", "clientTop", "scrollLeft", "scrollTop"] { interface.number(name) { _ in 0 } }
    for name in ["requestPointerLock", "scrollIntoView", "setPointerCapture", "releasePointerCapture"] {
      interface.method(name, length: 0) { (_) throws(Thrown) in .undefined }
    }
    return interface.finish(parent)
  }

  func defineHTMLElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ElementNode>(self, .htmlElement, prototype)
    interface.attribute(
      "style", get: { (call) throws(Thrown) in call.environment.style(of: call.wrapper) },
      set: { (call, value) throws(Thrown) in
        let style = call.environment.style(of: call.wrapper)
        if let object = style.asObject { try call.realm.set(object, call.environment.keys["cssText"], value) }
      })
    interface.attribute(
      "dataset",
      get: { (call) throws(Thrown) in call.environment.companion("dataset", of: call.wrapper) { $0.realm.makeObject() } })
    for name in ["title", "lang", "dir", "name", "value", "type", "href", "alt"] {
      interface.text(
        name, get: { element in element.attribute(name) ?? "" }, set: { element, value in element.setAttribute(name, value) })
    }
    interface.attribute(
      "innerText", get: { (call) throws(Thrown) in call.realm.text(call.environment.textContent(call.wrapper)) },
      set: { (call, value) throws(Thrown) in
        call.environment.replaceChildren(of: call.wrapper, text: try call.realm.toText(value))
      })
    interface.flag(
      "hidden", get: { element in element.attribute("hidden") != nil },
      set: { element, value in
        if value { element.setAttribute("hidden", "") } else { element.removeAttribute("hidden") }
      })
    interface.number(
      "tabIndex", get: { element in element.attribute("tabindex").flatMap { Double($0) } ?? -1 },
      set: { element, value in element.setAttribute("tabindex", String(Int(max(-32768, min(32767, value.isNaN ? 0 : value))))) })
    for name in ["offsetWidth"] { interface.number(name) { element in element.layoutSize.width } }
    for name in ["offsetHeight"] { interface.number(name) { element in element.layoutSize.height } }
    for name in ["offsetLeft", "offsetTop"] { interface.number(name) { _ in 0 } }
    interface.attribute("offsetParent", get: { (_) throws(Thrown) in .null })
    interface.method("focus", length: 0) { (call) throws(Thrown) in
      call.environment.setFocus(call.wrapper)
      return .undefined
    }
    interface.method("blur", length: 0) { (call) throws(Thrown) in
      if call.environment.focusedElement === call.receiver { call.environment.setFocus(nil) }
      return .undefined
    }
    interface.method("click", length: 0) { (call) throws(Thrown) in
      call.environment.dispatch("click", to: call.wrapper, bubbles: true)
      return .undefined
    }
    for type in ["click", "load", "error", "input", "change", "mousedown", "mouseup", "mousemove", "mouseenter", "mouseleave",
      "mouseover", "mouseout", "pointerdown", "pointerup", "pointermove", "touchstart", "touchend", "touchmove", "keydown",
      "keyup", "keypress", "wheel", "resize", "contextmenu", "dblclick", "focus", "blur", "scroll"]
    {
      interface.eventHandler(type)
    }
    return interface.finish(parent)
  }

  // MARK: - Companions

  /// An object that belongs to an element and is the same at each access.
  func companion(_ name: String, of wrapper: HostObject, _ make: (ScriptEnvironment) -> ScriptObject) -> Value {
    let links = links(of: wrapper)
    if let object = links.companions[name] { return .object(object) }
    let object = make(self)
    links.companions[name] = Ref(object)
    return Value(object)
  }

  /// `style`: a plain object that remembers what is set on it.
  func style(of wrapper: HostObject) -> Value {
    companion("style", of: wrapper) { environment in
      let style = environment.realm.makeObject()
      environment.realm.defineMethod(style, "setProperty", length: 2) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        guard let object = this.asObject else { return .undefined }
        try realm.set(object, try realm.toPropertyKey(arguments[0]), arguments[1])
        return .undefined
      }
      environment.realm.defineMethod(style, "getPropertyValue", length: 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let value = try realm.get(this, try realm.toPropertyKey(arguments[0]))
        return value.isUndefined ? realm.text("") : value
      }
      environment.realm.defineMethod(style, "removeProperty", length: 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        guard let object = this.asObject else { return .undefined }
        _ = try object.delete(try realm.toPropertyKey(arguments[0]), realm)
        return realm.text("")
      }
      return style
    }
  }

  private func classList(of wrapper: HostObject) -> Value {
    // The closures find the element through the list object's first captured value, which the functions share.
    companion("classList", of: wrapper) { environment in
      let realm = environment.realm
      let list = realm.makeObject()
      guard let element = payload(of: wrapper, as: ElementNode.self) else { return list }
      func define(_ name: String, _ body: @escaping (ElementNode, [String]) -> Value) {
        realm.defineMethod(list, name, length: 1) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          var names: [String] = []
          for index in 0..<arguments.count { names.append(try realm.toText(arguments[index])) }
          return body(element, names)
        }
      }
      func update(_ element: ElementNode, _ classes: [String]) {
        element.setAttribute("class", classes.joined(separator: " "))
      }
      define("add") { element, names in
        update(element, element.classes + names.filter { !element.classes.contains($0) })
        return .undefined
      }
      define("remove") { element, names in
        update(element, element.classes.filter { !names.contains($0) })
        return .undefined
      }
      define("toggle") { element, names in
        guard let name = names.first else { return .boolean(false) }
        let had = element.classes.contains(name)
        update(element, had ? element.classes.filter { $0 != name } : element.classes + [name])
        return .boolean(!had)
      }
      define("contains") { element, names in .boolean(names.first.map { element.classes.contains($0) } ?? false) }
      return list
    }
  }

  /// The element that has the focus.
  var focusedElement: ElementNode? { focusedWrapper.flatMap { payload(of: $0, as: ElementNode.self) } }

  func setFocus(_ wrapper: HostObject?) { focusedWrapper = wrapper }

  /// Attributes with effects beyond the element itself.
  func attributeWasSet(_ name: String, on wrapper: HostObject) {
    guard let image = payload(of: wrapper, as: ImageElement.self) else { return }
    // An SVG image has its address in `href`.
    if name == "href", image.qualifiedName != nil {
      if let address = image.attribute("href") { image.setAttribute("src", address) } else { image.removeAttribute("src") }
      updateImage(image, wrapper)
    } else if name == "src", image.qualifiedName == nil {
      updateImage(image, wrapper)
    }
  }
}

extension InterfaceBuilder {
  /// ParentNode: `append`, `querySelector` and their kin, of elements and of the document.
  func parentNodeMembers() {
    method("append", length: 0) { (call) throws(Thrown) in
      for index in 0..<call.count { try call.insertNodeOrText(call[index], before: nil) }
      return .undefined
    }
    method("prepend", length: 0) { (call) throws(Thrown) in
      let first = call.environment.links(of: call.wrapper).children.first?.cell
      for index in 0..<call.count { try call.insertNodeOrText(call[index], before: first) }
      return .undefined
    }
    method("replaceChildren", length: 0) { (call) throws(Thrown) in
      call.environment.replaceChildren(of: call.wrapper, text: "")
      for index in 0..<call.count { try call.insertNodeOrText(call[index], before: nil) }
      return .undefined
    }
    method("querySelector", length: 1) { (call) throws(Thrown) in
      let selector = Selector(try call.text(0))
      return call.environment.elements(below: call.wrapper, selector, limit: 1).first.map { Value($0) } ?? .null
    }
    method("querySelectorAll", length: 1) { (call) throws(Thrown) in
      let selector = Selector(try call.text(0))
      return Value(call.realm.makeArray(call.environment.elements(below: call.wrapper, selector).map { Value($0) }))
    }
    method("getElementsByTagName", length: 1) { (call) throws(Thrown) in
      let selector = Selector(try call.text(0))
      return Value(call.realm.makeArray(call.environment.elements(below: call.wrapper, selector).map { Value($0) }))
    }
    method("getElementsByClassName", length: 1) { (call) throws(Thrown) in
      let selector = Selector(className: try call.text(0))
      return Value(call.realm.makeArray(call.environment.elements(below: call.wrapper, selector).map { Value($0) }))
    }
  }
}

extension Call {
  fileprivate func insertNodeOrText(_ value: Value, before reference: HostObject?) throws(Thrown) {
    if let child = hostObject(value), payload(of: child, as: Node.self) != nil {
      _ = try environment.insert(value, into: wrapper, before: reference, "append")
    } else {
      let node = environment.makeTextNode(try realm.toText(value))
      environment.links(of: wrapper).insert(node, before: reference, in: wrapper, environment)
    }
  }
}
