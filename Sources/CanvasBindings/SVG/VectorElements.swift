// SVG elements, as far as filters need them: elements without behaviour, and the markup that makes them.

import ScriptRuntime

/// The part of a qualified name after its prefix.
func localName(_ name: String) -> String {
  name.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
}

extension ScriptEnvironment {
  /// `createElementNS` in SVG's namespace.
  func makeVectorElement(_ name: String) -> HostObject {
    let isImage = asciiLowercased(localName(name)) == "image"
    let node = isImage ? ImageElement() : ElementNode(asciiLowercased(localName(name)))
    node.qualifiedName = name
    return makeElement(node, as: isImage ? .svgImageElement : .svgElement)
  }

  func defineSVGElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ElementNode>(self, .svgElement, prototype)
    interface.attribute("style", get: { (call) throws(Thrown) in call.environment.style(of: call.wrapper) })
    for type in ["load", "error"] { interface.eventHandler(type) }
    return interface.finish(parent)
  }

  /// `image` of SVG, as far as canvases draw it: its picture.
  func defineSVGImageElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ImageElement>(self, .svgImageElement, prototype)
    interface.promiseMethod("decode", length: 0) { (call) throws(Thrown) in
      call.environment.decode(call.receiver)
    }
    return interface.finish(parent)
  }

  /// Puts the `svg` elements of a piece of HTML in the place of those that an earlier piece made. Other elements are not made.
  func replaceVectorGraphics(in wrapper: HostObject, _ markup: String) {
    for child in links(of: wrapper).children {
      guard let node = payload(of: child.cell, as: ElementNode.self), node.qualifiedName != nil else { continue }
      links(of: child.cell).detach(child.cell, self)
    }
    appendVectorGraphics(to: wrapper, markup)
  }

  func appendVectorGraphics(to wrapper: HostObject, _ markup: String) {
    guard asciiLowercased(markup).contains("<svg") || isVectorElement(wrapper) else { return }
    var parser = MarkupParser(markup)
    // Elements that are open, from the one that is given to the innermost.
    var open = [wrapper]
    var openNames = [""]
    while let token = parser.next() {
      switch token {
      case .start(let name, let attributes, let isEmpty):
        guard asciiLowercased(name) == "svg" || open.count > 1 || isVectorElement(wrapper), open.count < 256 else { continue }
        let element = makeVectorElement(name)
        if let node = payload(of: element, as: ElementNode.self) {
          for (name, value) in attributes { node.setAttribute(asciiLowercased(localName(name)), value) }
        }
        if let parent = open.last { links(of: parent).append(element, to: parent, self) }
        if !isEmpty {
          open.append(element)
          openNames.append(asciiLowercased(name))
        }
      case .end(let name):
        guard let place = openNames.lastIndex(of: asciiLowercased(name)), place > 0 else { continue }
        open.removeSubrange(place...)
        openNames.removeSubrange(place...)
      }
    }
  }

  private func isVectorElement(_ wrapper: HostObject) -> Bool {
    payload(of: wrapper, as: ElementNode.self)?.qualifiedName != nil
  }
}

/// Reads tags and their attributes, and skips everything else. Forgiving, as HTML is.
struct MarkupParser {
  enum Token {
    case start(name: String, attributes: [(name: String, value: String)], isEmpty: Bool)
    case end(name: String)
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next tag; nil at the end.
  mutating func next() -> Token? {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if starts(with: "<!--") {
        skip(past: "-->")
        continue
      }
      index += 1
      let isEnd = peek == UInt8(ascii: "/")
      if isEnd { index += 1 }
      let name = takeName()
      if name.isEmpty {
        skip(past: ">")
        continue
      }
      if isEnd {
        skip(past: ">")
        return .end(name: name)
      }
      return startTag(name)
    }
    return nil
  }

  private mutating func startTag(_ name: String) -> Token {
    var attributes: [(name: String, value: String)] = []
    var isEmpty = false
    while let byte = peek, byte != UInt8(ascii: ">") {
      if byte == UInt8(ascii: "/") || MarkupParser.isSpace(byte) {
        isEmpty = byte == UInt8(ascii: "/")
        index += 1
        continue
      }
      let attribute = takeName()
      if attribute.isEmpty {
        index += 1
        continue
      }
      isEmpty = false
      attributes.append((attribute, takeValue()))
    }
    index += 1
    return .start(name: name, attributes: attributes, isEmpty: isEmpty)
  }

  private mutating func takeValue() -> String {
    skipSpaces()
    guard peek == UInt8(ascii: "=") else { return "" }
    index += 1
    skipSpaces()
    guard let quote = peek else { return "" }
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      let value = take { $0 != quote }
      index += 1
      return decoded(value)
    }
    return decoded(take { !MarkupParser.isSpace($0) && $0 != UInt8(ascii: ">") })
  }

  // MARK: - Bytes

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private mutating func skipSpaces() { _ = take(MarkupParser.isSpace) }

  private mutating func take(_ isWanted: (UInt8) -> Bool) -> String {
    let start = index
    while index < bytes.count, isWanted(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func takeName() -> String {
    take { !MarkupParser.isSpace($0) && ![UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "<")].contains($0) }
  }

  private func starts(with text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private mutating func skip(past text: String) {
    while index < bytes.count, !starts(with: text) { index += 1 }
    index = min(bytes.count, index + text.utf8.count)
  }

  /// The five entities of XML; others stay as they are.
  private func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let entities = [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("amp", "&")]
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      if let (name, character) = entities.first(where: { rest.hasPrefix($0.0 + ";") }) {
        result += character
        rest = rest.dropFirst(name.count + 1)
      } else {
        result += "&"
      }
    }
    return result + rest
  }
}
