// https://dom.spec.whatwg.org/#nodes: enough of a tree that scripts written for a page find what they touch.

import ScriptRuntime

/// The payload of a node. What ties it to other nodes is in the wrapper's NodeLinks.
class Node {
  var nodeName: String { "" }
  var nodeType: Int { 1 }
}

final class TextNode: Node {
  var data: String

  init(_ data: String) { self.data = data }

  override var nodeName: String { "#text" }
  override var nodeType: Int { 3 }
}

final class DocumentNode: Node {
  var title = ""

  override var nodeName: String { "#document" }
  override var nodeType: Int { 9 }
}

extension ScriptEnvironment {
  func defineNode(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<Node>(self, .node, prototype)
    interface.text("nodeName", get: { node in node.nodeName })
    interface.number("nodeType") { node in Double(node.nodeType) }
    interface.attribute("parentNode", get: { (call) throws(Thrown) in call.environment.parent(of: call.wrapper) })
    interface.attribute(
      "parentElement",
      get: { (call) throws(Thrown) in
        let parent = call.environment.parent(of: call.wrapper)
        return payload(parent, as: ElementNode.self) == nil ? .null : parent
      })
    interface.attribute("ownerDocument", get: { (call) throws(Thrown) in Value(call.environment.documentObject()) })
    interface.attribute(
      "isConnected",
      get: { (call) throws(Thrown) in
        .boolean(call.environment.contains(call.environment.documentObject(), call.wrapper))
      })
    interface.attribute("childNodes", get: { (call) throws(Thrown) in call.environment.childArray(call.wrapper) { _ in true } })
    interface.attribute(
      "firstChild",
      get: { (call) throws(Thrown) in call.environment.links(of: call.wrapper).children.first.map { Value($0.cell) } ?? .null })
    interface.attribute(
      "lastChild",
      get: { (call) throws(Thrown) in call.environment.links(of: call.wrapper).children.last.map { Value($0.cell) } ?? .null })
    interface.attribute(
      "nextSibling", get: { (call) throws(Thrown) in call.environment.sibling(of: call.wrapper, offset: 1) })
    interface.attribute(
      "previousSibling", get: { (call) throws(Thrown) in call.environment.sibling(of: call.wrapper, offset: -1) })
    interface.attribute(
      "textContent", get: { (call) throws(Thrown) in call.realm.text(call.environment.textContent(call.wrapper)) },
      set: { (call, value) throws(Thrown) in
        let text = value.isNullish ? "" : try call.realm.toText(value)
        if let node = call.receiver as? TextNode {
          node.data = text
        } else {
          call.environment.replaceChildren(of: call.wrapper, text: text)
        }
      })
    interface.method("appendChild", length: 1) { (call) throws(Thrown) in
      try call.environment.insert(call[0], into: call.wrapper, before: nil, "appendChild")
    }
    interface.method("insertBefore", length: 2) { (call) throws(Thrown) in
      try call.environment.insert(call[0], into: call.wrapper, before: hostObject(call[1]), "insertBefore")
    }
    interface.method("removeChild", length: 1) { (call) throws(Thrown) in
      guard let child = hostObject(call[0]), call.environment.links(of: child).parent?.cell === call.wrapper else {
        throw call.environment.domException("NotFoundError", "The node to be removed is not a child of this node.")
      }
      call.environment.links(of: child).detach(child, call.environment)
      return call[0]
    }
    interface.method("replaceChild", length: 2) { (call) throws(Thrown) in
      guard let child = hostObject(call[1]), call.environment.links(of: child).parent?.cell === call.wrapper else {
        throw call.environment.domException("NotFoundError", "The node to be replaced is not a child of this node.")
      }
      _ = try call.environment.insert(call[0], into: call.wrapper, before: child, "replaceChild")
      call.environment.links(of: child).detach(child, call.environment)
      return call[1]
    }
    interface.method("contains", length: 1) { (call) throws(Thrown) in
      guard let other = hostObject(call[0]) else { return .boolean(false) }
      return .boolean(call.environment.contains(call.wrapper, other))
    }
    interface.method("hasChildNodes", length: 0) { (call) throws(Thrown) in
      .boolean(!call.environment.links(of: call.wrapper).children.isEmpty)
    }
    return interface.finish(parent)
  }

  func defineText(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<TextNode>(self, .text, prototype)
    interface.text("data", get: { node in node.data }, set: { node, text in node.data = text })
    interface.text("nodeValue", get: { node in node.data }, set: { node, text in node.data = text })
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let text = arguments[0].isUndefined ? "" : try environment.realm.toText(arguments[0])
      let wrapper = try environment.wrap(TextNode(text), as: .text, newTarget: newTarget)
      environment.addLinks(to: wrapper)
      return Value(wrapper)
    }
  }

  func makeTextNode(_ text: String) -> HostObject {
    let wrapper = wrap(TextNode(text), as: .text, bytes: text.utf8.count)
    addLinks(to: wrapper)
    return wrapper
  }

  // MARK: - The tree

  func parent(of wrapper: HostObject) -> Value { links(of: wrapper).parent.map { Value($0.cell) } ?? .null }

  /// Whether `other` is `ancestor` or lies below it.
  func contains(_ ancestor: HostObject, _ other: HostObject) -> Bool {
    var next: HostObject? = other
    for _ in 0..<100_000 {
      guard let node = next else { return false }
      if node === ancestor { return true }
      next = links(of: node).parent?.cell
    }
    return false
  }

  fileprivate func sibling(of wrapper: HostObject, offset: Int) -> Value {
    guard let parent = links(of: wrapper).parent?.cell else { return .null }
    let children = links(of: parent).children
    guard let index = children.firstIndex(where: { $0.cell === wrapper }), children.indices.contains(index + offset) else {
      return .null
    }
    return Value(children[index + offset].cell)
  }

  func childArray(_ wrapper: HostObject, _ isWanted: (HostObject) -> Bool) -> Value {
    Value(realm.makeArray(links(of: wrapper).children.filter { isWanted($0.cell) }.map { Value($0.cell) }))
  }

  func textContent(_ wrapper: HostObject) -> String {
    if let node = payload(of: wrapper, as: TextNode.self) { return node.data }
    var text = ""
    forEachDescendant(of: wrapper) { node in
      if let leaf = payload(of: node, as: TextNode.self) { text += leaf.data }
      return true
    }
    return text
  }

  func replaceChildren(of wrapper: HostObject, text: String) {
    for child in links(of: wrapper).children { links(of: child.cell).parent = nil }
    links(of: wrapper).children = []
    if !text.isEmpty { links(of: wrapper).append(makeTextNode(text), to: wrapper, self) }
  }

  /// Visits all nodes below `root` in document order until `visit` says false.
  func forEachDescendant(of root: HostObject, _ visit: (HostObject) -> Bool) {
    var pending = Array(links(of: root).children.reversed())
    while let next = pending.popLast() {
      if !visit(next.cell) { return }
      pending.append(contentsOf: links(of: next.cell).children.reversed())
    }
  }

  /// `appendChild` and its kin. Objects that are no nodes are given back as they are: scripts may bring stand-ins of their own.
  func insert(_ value: Value, into parent: HostObject, before reference: HostObject?, _ name: String) throws(Thrown) -> Value {
    guard let child = hostObject(value), payload(of: child, as: Node.self) != nil else {
      throw realm.typeError("Failed to execute '\(name)' on 'Node': parameter 1 is not of type 'Node'.")
    }
    guard !contains(child, parent) else {
      throw domException("HierarchyRequestError", "The new child element contains the parent.")
    }
    links(of: parent).insert(child, before: reference === child ? nil : reference, in: parent, self)
    return value
  }
}
