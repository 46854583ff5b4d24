// https://fetch.spec.whatwg.org/: `fetch` for files and `data:` and `blob:` URLs, and the Response it gives.

import ScriptRuntime

/// A Response with its whole body at hand.
final class ResponseData {
  let bytes: [UInt8]
  let mimeType: String
  let url: String
  let status: Int
  var isUsed = false

  init(_ bytes: [UInt8], mimeType: String, url: String, status: Int = 200) {
    self.bytes = bytes
    self.mimeType = mimeType
    self.url = url
    self.status = status
  }
}

extension ScriptEnvironment {
  /// Loads any URL that scripts may use; `completion` is called from a later task.
  func load(_ url: String, _ completion: @escaping (Result<LoadedResource, ResourceFailure>) -> Void) {
    if let data = DataURL.parse(url) {
      host.enqueueTask {
        completion(.success(LoadedResource(bytes: data.bytes, mimeType: data.mimeType, isSameOrigin: true, url: url)))
      }
    } else if url.hasPrefix("blob:") {
      let blob = blobURLs[url]
      host.enqueueTask {
        completion(
          blob.map { .success(LoadedResource(bytes: $0.bytes, mimeType: $0.type, url: url)) }
            ?? .failure(ResourceFailure("the blob URL is unknown or was revoked")))
      }
    } else {
      host.loadResource(url, completion: completion)
    }
  }

  /// The global `fetch`.
  func fetch(_ arguments: Arguments) throws(Thrown) -> Value {
    let url: String
    do throws(Thrown) {
      guard arguments.count >= 1 else {
        throw realm.typeError("Failed to execute 'fetch' on 'Window': " + argumentCount(1, 0))
      }
      if let box = payload(arguments[0], as: URLBox.self) {
        url = box.parts.href
      } else {
        url = try realm.toText(arguments[0])
      }
    } catch {
      if error.isTermination { throw error }
      return try rejectedPromise(error)
    }
    let capability = PromiseCapability(self)
    unowned(unsafe) let environment = self
    load(url) { result in
      switch result {
      case .success(let resource):
        let response = ResponseData(
          resource.bytes, mimeType: resource.mimeType, url: resource.url.isEmpty ? environment.resolve(url) : resource.url)
        capability.resolve(Value(environment.wrap(response, as: .response, bytes: resource.bytes.count)))
      case .failure(let failure):
        capability.reject(environment.realm.typeError("Failed to fetch \(url.prefix(120)): \(failure.message)"))
      }
    }
    return capability.promise
  }

  func defineResponse(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ResponseData>(self, .response, prototype)
    interface.flag("ok", get: { response in (200...299).contains(response.status) })
    interface.number("status") { response in Double(response.status) }
    interface.text("statusText", get: { response in response.status == 200 ? "OK" : "" })
    interface.text("url", get: { response in response.url })
    interface.text("type", get: { _ in "basic" })
    interface.flag("redirected", get: { _ in false })
    interface.flag("bodyUsed", get: { response in response.isUsed })
    interface.attribute(
      "headers",
      get: { (call) throws(Thrown) in
        if let known = call.wrapper.captured.first { return known }
        let headers = call.realm.makeObject()
        let type = call.receiver.mimeType
        let length = call.receiver.bytes.count
        call.realm.defineMethod(headers, "get", length: 1) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          switch asciiLowercased(try realm.toText(arguments[0])) {
          case "content-type": return type.isEmpty ? .null : realm.text(type)
          case "content-length": return realm.text(String(length))
          default: return .null
          }
        }
        call.realm.defineMethod(headers, "has", length: 1) {
          (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          .boolean(["content-type", "content-length"].contains(asciiLowercased(try realm.toText(arguments[0]))))
        }
        call.wrapper.captured = [Value(headers)]
        return Value(headers)
      })
    interface.body("arrayBuffer") { (environment, response) throws(Thrown) in try environment.arrayBuffer(response.bytes) }
    interface.body("bytes") { (environment, response) throws(Thrown) in try environment.uint8Array(response.bytes) }
    interface.body("blob") { (environment, response) throws(Thrown) in
      Value(environment.wrap(BlobData(response.bytes, type: response.mimeType)))
    }
    interface.body("text") { (environment, response) throws(Thrown) in
      environment.realm.text(decodedText(response.bytes))
    }
    interface.body("json") { (environment, response) throws(Thrown) in try environment.parseJSON(decodedText(response.bytes)) }
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let value = arguments[0]
      var bytes: [UInt8] = []
      var type = ""
      if let source = environment.bytes(of: value) {
        bytes = source
      } else if let blob = payload(value, as: BlobData.self) {
        bytes = blob.bytes
        type = blob.type
      } else if !value.isNullish {
        bytes = Array(try environment.realm.toText(value).utf8)
        type = "text/plain;charset=UTF-8"
      }
      let status = try IDLDictionary(arguments[1], environment).double("status") ?? 200
      guard status >= 200, status <= 599 else {
        throw environment.realm.rangeError("Failed to construct 'Response': The status provided is outside the range [200, 599].")
      }
      let response = ResponseData(bytes, mimeType: type, url: "", status: Int(status))
      return Value(try environment.wrap(response, as: .response, newTarget: newTarget, bytes: bytes.count))
    }
  }

  /// The language's own JSON.parse.
  func parseJSON(_ text: String) throws(Thrown) -> Value {
    let json = try realm.get(Value(realm.globalObject), keys["JSON"])
    return try realm.invoke(json, keys["parse"], [realm.text(text)])
  }
}

/// UTF-8, without a byte order mark.
func decodedText(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
}

extension InterfaceBuilder where Receiver == ResponseData {
  /// A method that reads the body, which can be done once.
  fileprivate func body(
    _ name: String, _ read: @escaping (ScriptEnvironment, ResponseData) throws(Thrown) -> Value
  ) {
    promiseMethod(name, length: 0) { (call) throws(Thrown) in
      if call.receiver.isUsed { throw call.realm.typeError("body stream already read") }
      call.receiver.isUsed = true
      return try call.environment.promise { () throws(Thrown) in try read(call.environment, call.receiver) }
    }
  }
}

/// https://fetch.spec.whatwg.org/#data-urls
enum DataURL {
  /// Nil for other URLs, and for base64 that is none.
  static func parse(_ url: String) -> (bytes: [UInt8], mimeType: String)? {
    let bytes = Array(url.utf8)
    guard bytes.count > 5, asciiLowercased(String(decoding: bytes[0..<5], as: UTF8.self)) == "data:",
      let comma = bytes.firstIndex(of: UInt8(ascii: ","))
    else { return nil }
    var header = String(decoding: bytes[5..<comma], as: UTF8.self)
    let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
    var body = percentDecoded(Array(bytes[(comma + 1)..<max(comma + 1, end)]))
    let lowered = asciiLowercased(header)
    if lowered.hasSuffix(";base64") {
      header = String(header.dropLast(7))
      guard let decoded = Base64Text.decode(body) else { return nil }
      body = decoded
    }
    if header.hasPrefix(";") { header = "text/plain" + header }
    return (body, header.isEmpty ? "text/plain;charset=US-ASCII" : header)
  }
}

/// https://infra.spec.whatwg.org/#forgiving-base64-decode
enum Base64Text {
  /// White space is skipped and padding optional; nil where anything else is found.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var digits = text.filter { ![9, 10, 12, 13, 32].contains($0) }
    if digits.count % 4 == 0 {
      if digits.last == UInt8(ascii: "=") { digits.removeLast() }
      if digits.last == UInt8(ascii: "="), digits.count % 4 == 3 { digits.removeLast() }
    }
    if digits.count % 4 == 1 { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var accumulator: UInt32 = 0
    var bits = 0
    for digit in digits {
      let value: UInt8
      switch digit {
      case 65...90: value = digit - 65
      case 97...122: value = digit - 71
      case 48...57: value = digit + 4
      case 43: value = 62
      case 47: value = 63
      default: return nil
      }
      accumulator = accumulator << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: accumulator >> UInt32(bits)))
      }
    }
    return bytes
  }
}
