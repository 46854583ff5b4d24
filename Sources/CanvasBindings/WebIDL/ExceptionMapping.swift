// CanvasError and the names of DOMException as exceptions of the script.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// What a script catches for a failure of the engine.
  @inline(never)
  func exception(_ error: CanvasError, in context: String = "") -> Thrown {
    let message = context + error.message
    switch error {
    case .type: return realm.typeError(message)
    case .range: return realm.rangeError(message)
    default: return domException(error.name, message)
    }
  }

  /// Runs engine code; what it throws becomes an exception of the script.
  func mapErrors<Result>(_ body: () throws(CanvasError) -> Result) throws(Thrown) -> Result {
    do {
      return try body()
    } catch {
      throw exception(error)
    }
  }

  /// A new DOMException. It is an error object, so that it knows its place in the script, with another prototype.
  func domException(_ name: String, _ message: String) -> Thrown {
    let thrown = realm.makeError(.error, message)
    if let object = thrown.value.asObject {
      furnishDOMException(object, name: name, prototype: interface(.domException).prototype)
    }
    return thrown
  }

  func furnishDOMException(_ object: ScriptObject, name: String, prototype: ScriptObject) {
    _ = try? object.setPrototype(prototype, realm)
    realm.defineValue(object, "name", realm.text(name))
    realm.defineValue(object, "code", Value(DOMExceptionCode.code(of: name)))
  }
}

/// https://webidl.spec.whatwg.org/#idl-DOMException-error-names
enum DOMExceptionCode {
  /// Names in the order of their legacy codes, from 1; empty where the name is no longer in use.
  static let names = [
    "IndexSizeError", "", "HierarchyRequestError", "WrongDocumentError", "InvalidCharacterError", "",
    "NoModificationAllowedError", "NotFoundError", "NotSupportedError", "InUseAttributeError", "InvalidStateError", "SyntaxError",
    "InvalidModificationError", "NamespaceError", "InvalidAccessError", "", "TypeMismatchError", "SecurityError", "NetworkError",
    "AbortError", "URLMismatchError", "QuotaExceededError", "TimeoutError", "InvalidNodeTypeError", "DataCloneError",
  ]

  /// The constants of the interface, by code from 1.
  static let constants = [
    "INDEX_SIZE_ERR", "DOMSTRING_SIZE_ERR", "HIERARCHY_REQUEST_ERR", "WRONG_DOCUMENT_ERR", "INVALID_CHARACTER_ERR",
    "NO_DATA_ALLOWED_ERR", "NO_MODIFICATION_ALLOWED_ERR", "NOT_FOUND_ERR", "NOT_SUPPORTED_ERR", "INUSE_ATTRIBUTE_ERR",
    "INVALID_STATE_ERR", "SYNTAX_ERR", "INVALID_MODIFICATION_ERR", "NAMESPACE_ERR", "INVALID_ACCESS_ERR", "VALIDATION_ERR",
    "TYPE_MISMATCH_ERR", "SECURITY_ERR", "NETWORK_ERR", "ABORT_ERR", "URL_MISMATCH_ERR", "QUOTA_EXCEEDED_ERR", "TIMEOUT_ERR",
    "INVALID_NODE_TYPE_ERR", "DATA_CLONE_ERR",
  ]

  /// 0 for names without a legacy code.
  static func code(of name: String) -> Int {
    guard !name.isEmpty, let index = names.firstIndex(of: name) else { return 0 }
    return index + 1
  }
}
