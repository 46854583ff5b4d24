// https://w3c.github.io/FileAPI/

import ScriptRuntime

/// Bytes with a type. A File has a name too.
final class BlobData {
  let bytes: [UInt8]
  let type: String
  var name = ""
  var lastModified = 0.0

  init(_ bytes: [UInt8], type: String) {
    self.bytes = bytes
    self.type = type
  }
}

extension ScriptEnvironment {
  func wrap(_ blob: BlobData) -> HostObject { wrap(blob, as: .blob, bytes: blob.bytes.count) }

  func defineBlob(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<BlobData>(self, .blob, prototype)
    interface.number("size") { blob in Double(blob.bytes.count) }
    interface.text("type", get: { blob in blob.type })
    interface.method("slice", length: 0) { (call) throws(Thrown) in
      let count = call.receiver.bytes.count
      func index(_ position: Int, default missing: Int) throws(Thrown) -> Int {
        if call[position].isUndefined { return missing }
        let value = try call.realm.clampedLongLong(call[position])
        return value < 0 ? max(0, count + value) : min(value, count)
      }
      let start = try index(0, default: 0)
      let end = try index(1, default: count)
      let type = try call.text(2, default: "")
      let bytes = start < end ? Array(call.receiver.bytes[start..<end]) : []
      return Value(call.environment.wrap(BlobData(bytes, type: asciiLowercased(type))))
    }
    interface.promiseMethod("arrayBuffer", length: 0) { (call) throws(Thrown) in
      try call.environment.promise { () throws(Thrown) in try call.environment.arrayBuffer(call.receiver.bytes) }
    }
    interface.promiseMethod("bytes", length: 0) { (call) throws(Thrown) in
      try call.environment.promise { () throws(Thrown) in try call.environment.uint8Array(call.receiver.bytes) }
    }
    interface.promiseMethod("text", length: 0) { (call) throws(Thrown) in
      try call.environment.promise { () throws(Thrown) in
        call.realm.text(String(decoding: call.receiver.bytes, as: UTF8.self))
      }
    }
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let bytes = try environment.blobParts(arguments[0])
      let type = try IDLDictionary(arguments[1], environment).text("type") ?? ""
      let blob = BlobData(bytes, type: asciiLowercased(type))
      return Value(try environment.wrap(blob, as: .blob, newTarget: newTarget, bytes: bytes.count))
    }
  }

  func defineFile(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<BlobData>(self, .file, prototype)
    interface.text("name", get: { file in file.name })
    interface.number("lastModified") { file in file.lastModified }
    return interface.finish(parent, length: 2) { (environment, arguments, newTarget) throws(Thrown) in
      let bytes = try environment.blobParts(arguments[0])
      let name = try environment.realm.toText(arguments[1])
      let options = try IDLDictionary(arguments[2], environment)
      let modified = try options.double("lastModified")
      let file = BlobData(bytes, type: asciiLowercased(try options.text("type") ?? ""))
      file.name = name
      file.lastModified = modified ?? environment.realm.currentTime()
      return Value(try environment.wrap(file, as: .file, newTarget: newTarget, bytes: bytes.count))
    }
  }

  /// `sequence<(BufferSource or Blob or USVString)>`, joined.
  private func blobParts(_ value: Value) throws(Thrown) -> [UInt8] {
    if value.isUndefined { return [] }
    let parts = try realm.sequence(value)
    var bytes: [UInt8] = []
    for index in parts.values.indices {
      let part = parts.values[index]
      if let source = self.bytes(of: part) {
        bytes.append(contentsOf: source)
      } else if let blob = payload(part, as: BlobData.self) {
        bytes.append(contentsOf: blob.bytes)
      } else {
        bytes.append(contentsOf: try realm.toText(part).utf8)
      }
      realm.heap.charge(bytes.count / 8)
    }
    return bytes
  }
}
