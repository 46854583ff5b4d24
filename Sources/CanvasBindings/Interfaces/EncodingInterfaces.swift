// https://encoding.spec.whatwg.org/: UTF-8, and for decoding UTF-16 and Latin-1 too.

import ScriptRuntime

final class TextEncoderData {}

final class TextDecoderData {
  let encoding: String
  let isFatal: Bool
  let ignoresMark: Bool

  init(encoding: String, isFatal: Bool, ignoresMark: Bool) {
    self.encoding = encoding
    self.isFatal = isFatal
    self.ignoresMark = ignoresMark
  }

  /// The name of a supported encoding by its label.
  static func encoding(labelled label: String) -> String? {
    switch asciiLowercased(label.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined()) {
    case "utf-8", "utf8", "unicode-1-1-utf-8": "utf-8"
    case "utf-16", "utf-16le", "ucs-2", "unicode": "utf-16le"
    case "utf-16be": "utf-16be"
    case "latin1", "iso-8859-1", "ascii", "us-ascii", "windows-1252", "l1", "cp1252": "windows-1252"
    default: nil
    }
  }
}

extension ScriptEnvironment {
  func defineTextEncoder(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<TextEncoderData>(self, .textEncoder, prototype)
    interface.text("encoding", get: { _ in "utf-8" })
    interface.method("encode", length: 0) { (call) throws(Thrown) in
      try call.environment.uint8Array(Array(try call.text(0, default: "").utf8))
    }
    interface.method("encodeInto", length: 2) { (call) throws(Thrown) in
      let text = try call.text(0)
      guard let array = call[1].asObject as? TypedArrayObject, array.elementKind == .uint8 else {
        throw call.realm.typeError(
          "Failed to execute 'encodeInto' on 'TextEncoder': parameter 2 is not of type 'Uint8Array'.")
      }
      var read = 0
      var written = 0
      for scalar in text.unicodeScalars {
        let bytes = Array(String(scalar).utf8)
        guard written + bytes.count <= array.count, let data = array.data else { break }
        for (index, byte) in bytes.enumerated() { data.storeBytes(of: byte, toByteOffset: written + index, as: UInt8.self) }
        written += bytes.count
        read += scalar.value > 0xFFFF ? 2 : 1
      }
      return try call.environment.object([("read", Double(read)), ("written", Double(written))])
    }
    return interface.finish(parent) { (environment, _, newTarget) throws(Thrown) in
      Value(try environment.wrap(TextEncoderData(), as: .textEncoder, newTarget: newTarget))
    }
  }

  func defineTextDecoder(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<TextDecoderData>(self, .textDecoder, prototype)
    interface.text("encoding", get: { decoder in decoder.encoding })
    interface.flag("fatal", get: { decoder in decoder.isFatal })
    interface.flag("ignoreBOM", get: { decoder in decoder.ignoresMark })
    interface.method("decode", length: 0) { (call) throws(Thrown) in
      if call[0].isUndefined { return call.realm.text("") }
      guard let bytes = call.environment.bytes(of: call[0]) else {
        throw call.realm.typeError(
          "Failed to execute 'decode' on 'TextDecoder': The provided value is not of type '(ArrayBuffer or ArrayBufferView)'.")
      }
      return try call.environment.decode(bytes, call.receiver)
    }
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let label = arguments[0].isUndefined ? "utf-8" : try environment.realm.toText(arguments[0])
      guard let encoding = TextDecoderData.encoding(labelled: label) else {
        throw environment.realm.rangeError("Failed to construct 'TextDecoder': The encoding label provided ('\(label)') is invalid.")
      }
      let options = try IDLDictionary(arguments[1], environment)
      let isFatal = try options.boolean("fatal") ?? false
      let decoder = TextDecoderData(
        encoding: encoding, isFatal: isFatal, ignoresMark: try options.boolean("ignoreBOM") ?? false)
      return Value(try environment.wrap(decoder, as: .textDecoder, newTarget: newTarget))
    }
  }

  private func decode(_ bytes: [UInt8], _ decoder: TextDecoderData) throws(Thrown) -> Value {
    switch decoder.encoding {
    case "utf-8":
      let body = !decoder.ignoresMark && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
      if decoder.isFatal {
        guard let text = String(validating: body, as: UTF8.self) else { throw realm.typeError("The encoded data was not valid.") }
        return realm.text(text)
      }
      return realm.text(String(decoding: body, as: UTF8.self))
    case "windows-1252":
      return Value(ScriptString(heap: realm.heap, latin1: bytes))
    default:
      let isBigEndian = decoder.encoding == "utf-16be"
      var units = stride(from: 0, to: bytes.count - 1, by: 2).map { (index: Int) -> UInt16 in
        let first = UInt16(bytes[index]), second = UInt16(bytes[index + 1])
        return isBigEndian ? first << 8 | second : second << 8 | first
      }
      if !decoder.ignoresMark, units.first == 0xFEFF { units.removeFirst() }
      return realm.text(String(decoding: units, as: UTF16.self))
    }
  }
}
