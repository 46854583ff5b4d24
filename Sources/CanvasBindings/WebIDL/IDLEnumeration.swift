// https://webidl.spec.whatwg.org/#js-enumeration

import CanvasCore
import CSSValues
import Drawing
import Geometry
import ScriptRuntime

extension Realm {
  /// An argument or dictionary member of an enumeration type: a TypeError for other strings.
  func enumeration<Member: RawRepresentable>(_ value: Value, _ typeName: String) throws(Thrown) -> Member
  where Member.RawValue == String {
    let text = try toText(value)
    guard let member = Member(rawValue: text) else {
      throw typeError("The provided value '\(text)' is not a valid enum value of type \(typeName).")
    }
    return member
  }

  /// An attribute of an enumeration type: nil, so ignored, for other strings.
  func attributeEnumeration<Member: RawRepresentable>(_ value: Value) throws(Thrown) -> Member? where Member.RawValue == String {
    Member(rawValue: try toText(value))
  }
}
