// What a script threw and nobody caught, as text with its place.

import ScriptRuntime
import ScriptSyntax

/// An uncaught exception, described while its realm is still alive.
struct ThrownReport {
  let message: String
  let stack: [StackEntry]
  /// Whether the script called too deep and did not catch that.
  let isStackOverflow: Bool

  init(_ value: Value, in realm: Realm) {
    let object = value.asObject
    let text = (try? realm.toText(value)) ?? object.map { realm.constructorName(of: $0) } ?? realm.describeForMessage(value)
    message = text.isEmpty ? "uncaught exception" : text
    // What is no Error does not know where it was thrown; the realm does.
    stack = (object as? ErrorObject)?.stackEntries ?? realm.lastThrowStack
    isStackOverflow = text == "RangeError: Maximum call stack size exceeded"
  }

  /// `    at NAME (path:LINE:COLUMN)`.
  static func stackLine(_ entry: StackEntry) -> String {
    let name = entry.functionName.isEmpty ? "<anonymous>" : entry.functionName
    let source = entry.location.source
    let place = source.location(of: Int32(clamping: entry.location.offset))
    return "    at \(name) (\(source.name):\(place.line):\(place.column))"
  }

  /// The message with source line, caret and stack.
  func render(_ renderer: DiagnosticRenderer, prefix: String = "", fallbackName: String) -> String {
    guard let innermost = stack.first?.location else { return "\(fallbackName): error: \(prefix)\(message)\n" }
    let range = SourceRange.word(at: innermost.offset, in: innermost.source)
    // Only the first line stands before the excerpt.
    let lines = message.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    var text = renderer.render(.error, prefix + (lines.first ?? ""), at: range, in: innermost.source)
    if lines.count > 1 { text += lines[1] + "\n" }
    if stack.count > 1 { text += stack.map { Self.stackLine($0) + "\n" }.joined() }
    return text
  }
}

extension SourceRange {
  /// The name or number that begins at an offset; one character where there is none.
  static func word(at offset: Int, in source: SourceText) -> SourceRange {
    let start = min(max(0, offset), source.bytes.count)
    var end = start
    while end < source.bytes.count, end - start < 200 {
      let byte = source.bytes[end]
      let isPart =
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
      guard isPart else { break }
      end += 1
    }
    return SourceRange(start: Int32(clamping: start), end: Int32(clamping: max(end, min(start + 1, source.bytes.count))))
  }
}
