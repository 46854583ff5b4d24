import Testing

@testable import ScriptRuntime

/// Compiles from text, for tests.
func regularExpression(_ pattern: String, _ flags: String = "") throws -> RegularExpression {
  let flags = try #require(RegularExpressionFlags(flags.utf16))
  return try RegularExpression.compile(pattern: Array(pattern.utf16), flags: flags)
}

/// The captures of the first match as text, "-" for a group that took no part; nil without a match.
///
/// Texts of Latin-1 are matched in both widths, which must agree.
func firstMatch(
  _ pattern: String, _ flags: String = "", in text: [UInt16], from lastIndex: Int = 0
) throws -> [String]? {
  let expression = try regularExpression(pattern, flags)
  var captures: [Int32] = []
  let isSticky = expression.flags.contains(.sticky)
  let found = try text.withUnsafeBufferPointer {
    try expression.match(in: $0, startingAt: lastIndex, isSticky: isSticky, captures: &captures)
  }
  if text.allSatisfy({ $0 < 256 }) {
    var narrow: [Int32] = []
    let bytes = text.map { UInt8($0) }
    let foundNarrow = try bytes.withUnsafeBufferPointer {
      try expression.match(in: $0, startingAt: lastIndex, isSticky: isSticky, captures: &narrow)
    }
    #expect(foundNarrow == found && narrow == captures, "/\(pattern)/\(flags) differs between widths")
  }
  guard found else { return nil }
  return stride(from: 0, to: captures.count, by: 2).map { index in
    captures[index] < 0 ? "-" : String(decoding: text[Int(captures[index])..<Int(captures[index + 1])], as: UTF16.self)
  }
}

func firstMatch(_ pattern: String, _ flags: String = "", in text: String, from lastIndex: Int = 0) throws -> [String]? {
  try firstMatch(pattern, flags, in: Array(text.utf16), from: lastIndex)
}
