// The global functions of a window that are no timers.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  func installFunctions() {
    let global = realm.globalObject
    unowned(unsafe) let environment = self
    realm.defineMethod(global, "createImageBitmap", length: 1) { (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try environment.createImageBitmap(arguments)
    }
    realm.defineMethod(global, "fetch", length: 1) { (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try environment.fetch(arguments)
    }
    let cloning = structuredCloneHost
    realm.defineMethod(global, "structuredClone", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard !arguments.isEmpty else {
        throw realm.typeError("Failed to execute 'structuredClone' on 'Window': 1 argument required, but only 0 present.")
      }
      var transfer: [Value] = []
      if arguments[1].isObject {
        let list = try realm.get(arguments[1], realm.key("transfer"))
        if !list.isUndefined { transfer = try realm.list(from: list).values }
      }
      return try realm.structuredClone(arguments[0], transfer: transfer, host: cloning)
    }
    realm.defineMethod(global, "btoa", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let units = try realm.toString(arguments[0]).utf16Units
      guard units.allSatisfy({ $0 < 256 }) else {
        throw environment.domException(
          "InvalidCharacterError",
          "Failed to execute 'btoa' on 'Window': The string to be encoded contains characters outside of the Latin1 range.")
      }
      return realm.text(Base64.encode(units.map { UInt8(truncatingIfNeeded: $0) }))
    }
    realm.defineMethod(global, "atob", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let units = try realm.toString(arguments[0]).utf16Units
      let bytes = units.map { $0 < 128 ? UInt8(truncatingIfNeeded: $0) : 0x21 }
      guard let decoded = Base64Text.decode(bytes) else {
        throw environment.domException(
          "InvalidCharacterError",
          "Failed to execute 'atob' on 'Window': The string to be decoded is not correctly encoded.")
      }
      return Value(ScriptString(heap: realm.heap, latin1: decoded))
    }
    realm.defineMethod(global, "matchMedia", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let result = realm.makeObject()
      realm.defineValue(result, "matches", .boolean(false), isEnumerable: true)
      realm.defineValue(result, "media", Value(try realm.toString(arguments[0])), isEnumerable: true)
      for name in ["addListener", "removeListener", "addEventListener", "removeEventListener"] {
        realm.defineMethod(result, name, length: 1) { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in .undefined }
      }
      return Value(result)
    }
    realm.defineMethod(global, "getComputedStyle", length: 1) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.get(arguments[0], realm.key("style"))
    }
    for name in ["alert", "focus", "blur", "scrollTo", "stop", "close"] {
      realm.defineMethod(global, name, length: 0) { (_: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in .undefined }
    }
  }
}
