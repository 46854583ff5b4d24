// https://url.spec.whatwg.org/#url-class, for well-formed URLs: hosts are not checked and ports only digits.

import ScriptRuntime

/// The parts of a URL.
struct URLParts: Equatable {
  /// Lower case, without the colon.
  var scheme = ""
  var username = ""
  var password = ""
  /// Nil where the URL has no authority, as in `data:`.
  var hostname: String?
  var port = ""
  var path = ""
  /// Without `?`; nil where there is none.
  var query: String?
  /// Without `#`.
  var fragment: String?

  /// Nil where `text` is no URL and there is no base to resolve it against.
  init?(_ text: String, base: URLParts? = nil) {
    var rest = URLParts.trimmed(text)[...]
    if let mark = rest.firstIndex(of: "#") {
      fragment = URLParts.encoded(String(rest[rest.index(after: mark)...]))
      rest = rest[..<mark]
    }
    if let colon = rest.firstIndex(of: ":"), URLParts.isScheme(rest[..<colon]) {
      scheme = asciiLowercased(String(rest[..<colon]))
      rest = rest[rest.index(after: colon)...]
      takeQuery(&rest)
      if rest.hasPrefix("//") {
        takeAuthority(&rest)
      } else if isSpecial {
        rest = rest.drop { $0 == "/" }
        rest = Substring("//" + rest)
        takeAuthority(&rest)
      }
      path = hostname == nil ? URLParts.encoded(String(rest)) : URLParts.normalized(rest.isEmpty && isSpecial ? "/" : String(rest))
      return
    }
    guard let base, base.hostname != nil else { return nil }
    scheme = base.scheme
    if rest.hasPrefix("//") {
      takeQuery(&rest)
      takeAuthority(&rest)
      path = URLParts.normalized(rest.isEmpty ? "/" : String(rest))
      return
    }
    (username, password, hostname, port) = (base.username, base.password, base.hostname, base.port)
    if rest.isEmpty {
      path = base.path
      query = base.query
      return
    }
    takeQuery(&rest)
    if rest.isEmpty {
      path = base.path
    } else if rest.hasPrefix("/") {
      path = URLParts.normalized(String(rest))
    } else {
      let folder = base.path.lastIndex(of: "/").map { base.path[...$0] } ?? "/"
      path = URLParts.normalized(String(folder) + rest)
    }
  }

  private mutating func takeQuery(_ rest: inout Substring) {
    guard let mark = rest.firstIndex(of: "?") else { return }
    query = URLParts.encoded(String(rest[rest.index(after: mark)...]))
    rest = rest[..<mark]
  }

  private mutating func takeAuthority(_ rest: inout Substring) {
    rest = rest.dropFirst(2)
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    var authority = rest[..<end]
    rest = rest[end...]
    if let at = authority.lastIndex(of: "@") {
      let user = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      username = user.first.map(String.init) ?? ""
      password = user.count > 1 ? String(user[1]) : ""
      authority = authority[authority.index(after: at)...]
    }
    if let colon = authority.lastIndex(of: ":"), authority[authority.index(after: colon)...].allSatisfy({ ("0"..."9").contains($0) }) {
      port = String(authority[authority.index(after: colon)...])
      if port == defaultPort { port = "" }
      authority = authority[..<colon]
    }
    hostname = asciiLowercased(String(authority))
  }

  var isSpecial: Bool { ["http", "https", "file", "ws", "wss", "ftp"].contains(scheme) }

  private var defaultPort: String {
    switch scheme {
    case "http", "ws": "80"
    case "https", "wss": "443"
    default: ""
    }
  }

  var host: String { (hostname ?? "") + (port.isEmpty ? "" : ":" + port) }

  var origin: String { ["http", "https", "ws", "wss", "ftp"].contains(scheme) ? scheme + "://" + host : "null" }

  var href: String {
    var text = scheme + ":"
    if hostname != nil {
      text += "//"
      if !username.isEmpty || !password.isEmpty { text += username + (password.isEmpty ? "" : ":" + password) + "@" }
      text += host
    }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = text.utf8.filter { $0 != 9 && $0 != 10 && $0 != 13 }
    var slice = bytes[...]
    while let first = slice.first, first <= 32 { slice = slice.dropFirst() }
    while let last = slice.last, last <= 32 { slice = slice.dropLast() }
    return String(decoding: slice, as: UTF8.self)
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first | 0x20 >= 97, first | 0x20 <= 122 else { return false }
    return text.utf8.allSatisfy { ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 43 || $0 == 45 || $0 == 46 }
  }

  /// Percent-encodes what never stands in a URL.
  private static func encoded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 34 && $0 != 60 && $0 != 62 && $0 != 96 }) { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte > 32, byte < 127, byte != 34, byte != 60, byte != 62, byte != 96 {
        bytes.append(byte)
      } else {
        bytes.append(contentsOf: percentEncoded(byte))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func percentEncoded(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// Without `.` and `..` segments.
  private static func normalized(_ path: String) -> String {
    var result: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { result.append("") }
      case "..":
        if result.count > 1 { result.removeLast() }
        if isLast { result.append("") }
      default: result.append(segment)
      }
    }
    return encoded(result.joined(separator: "/"))
  }
}

final class URLBox {
  var parts: URLParts

  init(_ parts: URLParts) { self.parts = parts }
}

extension ScriptEnvironment {
  /// A URL as scripts read it back: absolute where it can be made so.
  func resolve(_ url: String) -> String {
    URLParts(url, base: URLParts(options.scriptURL))?.href ?? url
  }

  func defineURL(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<URLBox>(self, .url, prototype)
    interface.attribute(
      "href", get: { (call) throws(Thrown) in call.realm.text(call.receiver.parts.href) },
      set: { (call, value) throws(Thrown) in
        guard let parts = URLParts(try call.realm.toText(value)) else { throw call.realm.typeError("Invalid URL") }
        call.receiver.parts = parts
      })
    interface.text("origin", get: { url in url.parts.origin })
    interface.text("protocol", get: { url in url.parts.scheme + ":" })
    interface.text("username", get: { url in url.parts.username }, set: { url, text in url.parts.username = text })
    interface.text("password", get: { url in url.parts.password }, set: { url, text in url.parts.password = text })
    interface.text("host", get: { url in url.parts.host })
    interface.text("hostname", get: { url in url.parts.hostname ?? "" }, set: { url, text in url.parts.hostname = text })
    interface.text("port", get: { url in url.parts.port }, set: { url, text in url.parts.port = text })
    interface.text("pathname", get: { url in url.parts.path }, set: { url, text in url.parts.path = text })
    interface.text(
      "search", get: { url in url.parts.query.map { $0.isEmpty ? "" : "?" + $0 } ?? "" },
      set: { url, text in url.parts.query = text.isEmpty ? nil : text.hasPrefix("?") ? String(text.dropFirst()) : text })
    interface.text(
      "hash", get: { url in url.parts.fragment.map { $0.isEmpty ? "" : "#" + $0 } ?? "" },
      set: { url, text in url.parts.fragment = text.isEmpty ? nil : text.hasPrefix("#") ? String(text.dropFirst()) : text })
    interface.attribute(
      "searchParams",
      get: { (call) throws(Thrown) in
        if let known = call.wrapper.captured.first { return known }
        let parameters = SearchParameters(parsing: call.receiver.parts.query ?? "", url: call.receiver)
        let wrapper = Value(call.environment.wrap(parameters, as: .urlSearchParams, bytes: 128))
        call.wrapper.captured = [wrapper]
        return wrapper
      })
    interface.method("toString", length: 0) { (call) throws(Thrown) in call.realm.text(call.receiver.parts.href) }
    interface.method("toJSON", length: 0) { (call) throws(Thrown) in call.realm.text(call.receiver.parts.href) }
    let finished = interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      guard let parts = try environment.urlParts(arguments) else {
        throw environment.realm.typeError("Failed to construct 'URL': Invalid URL")
      }
      return Value(try environment.wrap(URLBox(parts), as: .url, newTarget: newTarget, bytes: 256))
    }
    defineURLStatics(on: finished.constructor)
    return finished
  }

  private func urlParts(_ arguments: Arguments) throws(Thrown) -> URLParts? {
    let text = try realm.toText(arguments[0])
    guard !arguments[1].isUndefined else { return URLParts(text) }
    guard let base = URLParts(try realm.toText(arguments[1])) else { return nil }
    return URLParts(text, base: base)
  }

  private func defineURLStatics(on constructor: ScriptObject) {
    unowned(unsafe) let environment = self
    defineStatic("createObjectURL", on: constructor) { (value: Value) throws(Thrown) -> Value in
      guard let blob = payload(value, as: BlobData.self) else {
        throw environment.realm.typeError("Failed to execute 'createObjectURL' on 'URL': Overload resolution failed.")
      }
      let url = "blob:null/\(environment.nextBlobNumber)"
      environment.nextBlobNumber += 1
      environment.blobURLs[url] = blob
      return environment.realm.text(url)
    }
    defineStatic("revokeObjectURL", on: constructor) { (value: Value) throws(Thrown) -> Value in
      environment.blobURLs[try environment.realm.toText(value)] = nil
      return .undefined
    }
    let canParse = realm.makeNativeFunction("canParse", length: 1) {
      (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      .boolean(try environment.urlParts(arguments) != nil)
    }
    realm.defineValue(constructor, "canParse", Value(canParse), isEnumerable: true)
  }

  // MARK: - URLSearchParams

  func defineURLSearchParams(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<SearchParameters>(self, .urlSearchParams, prototype)
    interface.number("size") { parameters in Double(parameters.entries.count) }
    interface.method("get", length: 1) { (call) throws(Thrown) in
      let name = try call.text(0)
      return call.receiver.entries.first { $0.name == name }.map { call.realm.text($0.value) } ?? .null
    }
    interface.method("getAll", length: 1) { (call) throws(Thrown) in
      let name = try call.text(0)
      return Value(
        call.realm.makeArray(call.receiver.entries.filter { $0.name == name }.map { call.realm.text($0.value) }))
    }
    interface.method("has", length: 1) { (call) throws(Thrown) in
      let name = try call.text(0)
      return .boolean(call.receiver.entries.contains { $0.name == name })
    }
    interface.method("append", length: 2) { (call) throws(Thrown) in
      let name = try call.text(0)
      call.receiver.entries.append((name, try call.text(1)))
      return .undefined
    }
    interface.method("set", length: 2) { (call) throws(Thrown) in
      let name = try call.text(0)
      let value = try call.text(1)
      if let index = call.receiver.entries.firstIndex(where: { $0.name == name }) {
        call.receiver.entries[index].value = value
      } else {
        call.receiver.entries.append((name, value))
      }
      return .undefined
    }
    interface.method("delete", length: 1) { (call) throws(Thrown) in
      let name = try call.text(0)
      call.receiver.entries.removeAll { $0.name == name }
      return .undefined
    }
    interface.method("forEach", length: 1) { (call) throws(Thrown) in
      for entry in call.receiver.entries {
        _ = try call.realm.call(
          call[0], this: call[1], [call.realm.text(entry.value), call.realm.text(entry.name), Value(call.wrapper)])
      }
      return .undefined
    }
    interface.method("toString", length: 0) { (call) throws(Thrown) in call.realm.text(call.receiver.serialized) }
    let iterate: InterfaceBuilder<SearchParameters>.Operation = { (call) throws(Thrown) in
      let pairs = call.receiver.entries.map { entry in
        Value(call.realm.makeArray([call.realm.text(entry.name), call.realm.text(entry.value)]))
      }
      return try call.realm.invoke(Value(call.realm.makeArray(pairs)), call.environment.keys["values"])
    }
    interface.method("entries", length: 0, iterate)
    interface.iterator("entries")
    interface.method("keys", length: 0) { (call) throws(Thrown) in
      try call.realm.invoke(
        Value(call.realm.makeArray(call.receiver.entries.map { call.realm.text($0.name) })), call.environment.keys["values"])
    }
    interface.method("values", length: 0) { (call) throws(Thrown) in
      try call.realm.invoke(
        Value(call.realm.makeArray(call.receiver.entries.map { call.realm.text($0.value) })), call.environment.keys["values"])
    }
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let parameters = try environment.searchParameters(arguments[0])
      return Value(try environment.wrap(parameters, as: .urlSearchParams, newTarget: newTarget, bytes: 128))
    }
  }

  private func searchParameters(_ value: Value) throws(Thrown) -> SearchParameters {
    if value.isUndefined { return SearchParameters(parsing: "", url: nil) }
    guard let object = value.asObject, payload(value, as: SearchParameters.self) == nil else {
      if let other = payload(value, as: SearchParameters.self) {
        return SearchParameters(parsing: other.serialized, url: nil)
      }
      return SearchParameters(parsing: try realm.toText(value), url: nil)
    }
    let parameters = SearchParameters(parsing: "", url: nil)
    if try realm.isIterable(value) {
      let pairs = try realm.sequence(value)
      for index in pairs.values.indices {
        let pair = try realm.sequence(pairs.values[index])
        guard pair.values.count == 2 else {
          throw realm.typeError("Failed to construct 'URLSearchParams': Sequence initializer must only contain pair elements")
        }
        let name = try realm.toText(pair.values[0])
        parameters.entries.append((name, try realm.toText(pair.values[1])))
      }
      return parameters
    }
    for key in try object.ownKeys(realm) where key.isString {
      let name = try realm.toText(realm.value(of: key))
      parameters.entries.append((name, try realm.toText(try realm.get(value, key))))
    }
    return parameters
  }
}

/// The name and value pairs of a query; changes go back to the URL they belong to.
final class SearchParameters {
  var entries: [(name: String, value: String)] {
    didSet { url?.parts.query = entries.isEmpty ? nil : serialized }
  }
  private weak var url: URLBox?

  init(parsing query: String, url: URLBox?) {
    let text = query.hasPrefix("?") ? query.dropFirst() : query[...]
    entries = text.split(separator: "&").map { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (SearchParameters.decoded(sides[0]), sides.count > 1 ? SearchParameters.decoded(sides[1]) : "")
    }
    self.url = url
  }

  /// application/x-www-form-urlencoded.
  var serialized: String {
    entries.map { SearchParameters.encoded($0.name) + "=" + SearchParameters.encoded($0.value) }.joined(separator: "&")
  }

  private static func decoded(_ text: Substring) -> String {
    String(decoding: percentDecoded(text.utf8.map { $0 == UInt8(ascii: "+") ? 32 : $0 }), as: UTF8.self)
  }

  private static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 32: bytes.append(UInt8(ascii: "+"))
      case 48...57, 65...90, 97...122, 42, 45, 46, 95: bytes.append(byte)
      default: bytes.append(contentsOf: URLParts.percentEncoded(byte))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Replaces `%41` by the byte it stands for.
func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
  func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
      let low = digit(bytes[index + 2])
    {
      result.append(high << 4 | low)
      index += 3
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return result
}

extension InterfaceBuilder {
  /// Makes `[Symbol.iterator]` the same function as the operation `name`.
  func iterator(_ name: String) {
    let function = try? prototype.get(environment.keys[name], receiver: Value(prototype), realm)
    _ = try? prototype.defineOwnProperty(
      .iteratorSymbol,
      PropertyDescriptor(value: function ?? .undefined, isWritable: true, isEnumerable: false, isConfigurable: true), realm)
  }
}
