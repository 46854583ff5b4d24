// https://webidl.spec.whatwg.org/#js-DOMString and its kin.

import ScriptRuntime

extension Realm {
  /// `[LegacyNullToEmptyString] DOMString`.
  func textWithNullAsEmpty(_ value: Value) throws(Thrown) -> String {
    if case .null = value { return "" }
    return try toText(value)
  }

  /// `DOMString` with every unit, lone surrogates too.
  func units(_ value: Value) throws(Thrown) -> [UInt16] { try toString(value).utf16Units }

  /// A Swift string as a value.
  func text(_ text: String) -> Value { Value(string(text)) }
}
