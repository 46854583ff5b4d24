// An element of a document, as far as filters look at it.

/// An element with attributes and children. Names are in lower case and without prefix: documents are written by hand, in markup
/// that keeps case and in markup that does not.
public struct MarkupElement: Equatable, Sendable {
  public var name: String
  public var attributes: [String: String]
  public var children: [MarkupElement]

  /// Names are brought into lower case.
  public init(name: String, attributes: [(name: String, value: String)] = [], children: [MarkupElement] = []) {
    self.name = MarkupElement.plainName(name)
    self.attributes = [:]
    self.children = children
    for (name, value) in attributes { self.attributes[MarkupElement.plainName(name)] = value }
  }

  /// An attribute, or the declaration of that name in the `style` attribute, which goes first.
  func property(_ name: String) -> String? {
    if let style = attributes["style"] {
      for declaration in style.split(separator: ";") {
        let parts = declaration.split(separator: ":", maxSplits: 1)
        if parts.count == 2, MarkupElement.trimmed(parts[0]).lowercased() == name { return MarkupElement.trimmed(parts[1]) }
      }
    }
    return attributes[name]
  }

  /// The first element in document order with an `id`, this one included.
  public func element(withID id: String) -> MarkupElement? {
    var pending = [self]
    while let next = pending.popLast() {
      if next.attributes["id"] == id { return next }
      pending.append(contentsOf: next.children.reversed())
    }
    return nil
  }

  private static func plainName(_ name: String) -> String {
    let local = name.utf8.lastIndex(of: UInt8(ascii: ":")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
    return String(decoding: local.utf8.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  static func trimmed(_ text: Substring) -> String {
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\n" || character == "\t" || character == "\r" }
    var rest = text.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }
}
