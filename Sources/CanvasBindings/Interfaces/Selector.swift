// Selectors as drawing scripts use them: compounds of a type, an id, classes and attributes, with lists; of descendants only the last
// compound is looked at.

import ScriptRuntime

/// A parsed selector list.
struct Selector {
  struct Compound {
    /// Nil for any.
    var type: String?
    var id: String?
    var classes: [String] = []
    var attributes: [(name: String, value: String?)] = []
    var name: String?
  }

  private(set) var alternatives: [Compound] = []

  init(_ text: String) {
    for part in text.split(separator: ",") {
      let words = part.split { $0 == " " || $0 == ">" || $0 == "\n" || $0 == "\t" }
      if let last = words.last { alternatives.append(Selector.compound(Array(last.utf8))) }
    }
  }

  init(className: String) {
    var compound = Compound()
    compound.classes = className.split(separator: " ").map(String.init)
    alternatives = [compound]
  }

  init(id: String) {
    var compound = Compound()
    compound.id = id
    alternatives = [compound]
  }

  init(elementName: String) {
    var compound = Compound()
    compound.attributes = [("name", elementName)]
    alternatives = [compound]
  }

  private static func compound(_ bytes: [UInt8]) -> Compound {
    var result = Compound()
    var index = 0
    func name() -> String {
      let start = index
      while index < bytes.count, ![UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: ":")].contains(bytes[index]) {
        index += 1
      }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "."):
        index += 1
        result.classes.append(name())
      case UInt8(ascii: "#"):
        index += 1
        result.id = name()
      case UInt8(ascii: ":"):
        index += 1
        _ = name()
      case UInt8(ascii: "["):
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count
        let inner = bytes[(index + 1)..<max(index + 1, end)]
        let sides = inner.split(separator: UInt8(ascii: "="), maxSplits: 1)
        let value = sides.count > 1 ? sides[1].filter { $0 != 0x22 && $0 != 0x27 } : nil
        if let first = sides.first {
          result.attributes.append(
            (asciiLowercased(String(decoding: first, as: UTF8.self)), value.map { String(decoding: $0, as: UTF8.self) }))
        }
        index = min(end + 1, bytes.count)
      default:
        let type = asciiLowercased(name())
        result.type = type == "*" ? nil : type
      }
    }
    return result
  }

  func matches(_ element: ElementNode) -> Bool {
    alternatives.contains { compound in
      if let type = compound.type, type != element.localName { return false }
      if let id = compound.id, id != element.attribute("id") { return false }
      if !compound.classes.isEmpty {
        let classes = element.classes
        if !compound.classes.allSatisfy({ classes.contains($0) }) { return false }
      }
      return compound.attributes.allSatisfy { wanted in
        guard let value = element.attribute(wanted.name) else { return false }
        return wanted.value == nil || wanted.value == value
      }
    }
  }

  /// Whether the default canvas answers: what asks for no other type of element may have meant it.
  var mayMeanCanvas: Bool { alternatives.contains { $0.type == nil || $0.type == "canvas" } }
}

extension ScriptEnvironment {
  /// Elements below `root` in document order.
  func elements(below root: HostObject, _ selector: Selector, limit: Int = .max) -> [HostObject] {
    // The default canvas is part of the document from the beginning.
    if root === documentObject() || root === documentBody { _ = defaultCanvasElement() }
    var found: [HostObject] = []
    forEachDescendant(of: root) { node in
      if let element = payload(of: node, as: ElementNode.self), selector.matches(element) { found.append(node) }
      return found.count < limit
    }
    if found.isEmpty, root === documentObject(), selector.mayMeanCanvas { found = [defaultCanvasElement()] }
    return found
  }
}
