// https://dom.spec.whatwg.org/#interface-document: a page with an empty head, and a body that holds the default canvas.

import ScriptRuntime

extension ScriptEnvironment {
  /// The document with its `html`, `head` and `body`.
  func makeDocument() -> HostObject {
    let document = wrap(DocumentNode(), as: .document)
    addLinks(to: document)
    let root = makeElement(ElementNode("html"), as: .htmlElement)
    let head = makeElement(ElementNode("head"), as: .htmlElement)
    let body = makeElement(PageElement("body", self), as: .htmlElement)
    links(of: document).append(root, to: document, self)
    links(of: root).append(head, to: root, self)
    links(of: root).append(body, to: root, self)
    let links = links(of: document)
    links.companions = ["documentElement": Ref(root), "head": Ref(head), "body": Ref(body)]
    return document
  }

  var documentBody: HostObject {
    let links = links(of: documentObject())
    guard let body = links.companions["body"]?.cell as? HostObject else { return documentObject() }
    return body
  }

  func defineDocument(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<DocumentNode>(self, .document, prototype)
    for name in ["documentElement", "head"] {
      interface.attribute(
        name, get: { (call) throws(Thrown) in call.environment.links(of: call.wrapper).companions[name].map { .object($0) } ?? .null })
    }
    interface.attribute(
      "body",
      get: { (call) throws(Thrown) in
        _ = call.environment.defaultCanvasElement()
        return Value(call.environment.documentBody)
      },
      set: { (call, value) throws(Thrown) in
        if let object = value.asObject { call.environment.links(of: call.wrapper).companions["body"] = Ref(object) }
      })
    interface.text("title", get: { document in document.title }, set: { document, title in document.title = title })
    for (name, value) in [
      ("readyState", "complete"), ("visibilityState", "visible"), ("compatMode", "CSS1Compat"), ("contentType", "text/html"),
      ("characterSet", "UTF-8"), ("referrer", ""), ("cookie", ""), ("domain", ""),
    ] {
      interface.text(name, get: { _ in value }, set: name == "cookie" ? { _, _ in } : nil)
    }
    interface.flag("hidden", get: { _ in false })
    interface.attribute("URL", get: { (call) throws(Thrown) in call.realm.text(call.environment.options.scriptURL) })
    interface.attribute("baseURI", get: { (call) throws(Thrown) in call.realm.text(call.environment.options.scriptURL) })
    interface.attribute("defaultView", get: { (call) throws(Thrown) in Value(call.realm.globalObject) })
    interface.attribute("activeElement", get: { (call) throws(Thrown) in
      Value(call.environment.focusedWrapper ?? call.environment.documentBody)
    })
    interface.attribute("fonts", get: { (call) throws(Thrown) in Value(call.environment.fontSetObject()) })
    interface.attribute("images", get: { (call) throws(Thrown) in
      Value(call.realm.makeArray(call.environment.elements(below: call.wrapper, Selector("img")).map { Value($0) }))
    })
    interface.method("createElement", length: 1) { (call) throws(Thrown) in
      Value(call.environment.createElement(try call.text(0)))
    }
    interface.method("createElementNS", length: 2) { (call) throws(Thrown) in
      let space = call[0].isNullish ? "" : try call.text(0)
      let name = try call.text(1)
      if space == "http://www.w3.org/2000/svg" { return Value(call.environment.makeVectorElement(name)) }
      return Value(call.environment.createElement(name))
    }
    interface.method("createTextNode", length: 1) { (call) throws(Thrown) in
      Value(call.environment.makeTextNode(try call.text(0)))
    }
    interface.method("createDocumentFragment", length: 0) { (call) throws(Thrown) in
      Value(call.environment.makeElement(ElementNode("#document-fragment"), as: .htmlElement))
    }
    interface.method("getElementById", length: 1) { (call) throws(Thrown) in
      let selector = Selector(id: try call.text(0))
      return call.environment.elements(below: call.wrapper, selector, limit: 1).first.map { Value($0) } ?? .null
    }
    interface.method("getElementsByName", length: 1) { (call) throws(Thrown) in
      let selector = Selector(elementName: try call.text(0))
      return Value(call.realm.makeArray(call.environment.elements(below: call.wrapper, selector).map { Value($0) }))
    }
    interface.method("hasFocus", length: 0) { (_) throws(Thrown) in .boolean(true) }
    interface.method("write", length: 0) { (_) throws(Thrown) in .undefined }
    interface.parentNodeMembers()
    for type in ["load", "DOMContentLoaded", "readystatechange", "click", "mousedown", "mouseup", "mousemove", "keydown", "keyup",
      "visibilitychange", "pointerdown", "pointerup", "pointermove", "touchstart", "touchend", "touchmove", "wheel"]
    {
      interface.eventHandler(type)
    }
    return interface.finish(parent)
  }
}

/// The body: as large as the default canvas.
final class PageElement: ElementNode {
  private unowned(unsafe) let environment: ScriptEnvironment

  init(_ name: String, _ environment: ScriptEnvironment) {
    self.environment = environment
    super.init(name)
  }

  override var layoutSize: (width: Double, height: Double) {
    (Double(environment.options.width), Double(environment.options.height))
  }
}
