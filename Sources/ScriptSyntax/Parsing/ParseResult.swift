// The ways into this module.

/// A parsed script, or what is wrong with it.
public struct ParseResult {
  /// `nil` if there are errors.
  public let script: Script?
  /// In the order of the text, at most `Parser.maximumDiagnostics`.
  public let diagnostics: [Diagnostic]

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// The function a `Function` constructor makes, or what is wrong with its text.
public struct FunctionParseResult {
  /// `nil` if there are errors.
  public let function: FunctionNode?
  public let diagnostics: [Diagnostic]
  /// The text the diagnostics, and the function's ranges, refer to.
  public let source: SourceText

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Which of the four `Function` constructors is called.
public enum DynamicFunctionKind: Sendable {
  case normal, generator, async, asyncGenerator

  var isAsync: Bool { self == .async || self == .asyncGenerator }
  var isGenerator: Bool { self == .generator || self == .asyncGenerator }
}

/// Parses a script, or the text given to `eval`.
public func parseScript(_ source: SourceText, names: NameTable, options: ParseOptions = ParseOptions()) -> ParseResult {
  var parser = Parser(source, names: names, options: options)
  let script = parser.parseScript()
  let diagnostics = parser.sortedDiagnostics
  return ParseResult(script: diagnostics.isEmpty ? script : nil, diagnostics: diagnostics)
}

/// Parses the texts given to a `Function` constructor, in UTF-8.
///
/// `parameters` are the arguments but the last, joined with commas; `body` is the last.
/// https://tc39.es/ecma262/#sec-createdynamicfunction
public func parseFunction(
  parameters: [UInt8], body: [UInt8], kind: DynamicFunctionKind, names: NameTable, options: ParseOptions = ParseOptions()
) -> FunctionParseResult {
  // 16., 18. Each text must parse by itself, lest a comment or brace reach from one into the other.
  let parts = [
    DynamicFunctionText(parameters: parameters, body: [], kind: kind),
    DynamicFunctionText(parameters: [], body: body, kind: kind),
    DynamicFunctionText(parameters: parameters, body: body, kind: kind),
  ]
  for (index, part) in parts.enumerated() {
    let source = SourceText(name: "<anonymous>", bytes: part.bytes)
    var parser = Parser(source, names: names, options: options, allowsHashbang: false)
    let function = parser.parseDynamicFunction(part)
    let diagnostics = parser.sortedDiagnostics
    if !diagnostics.isEmpty { return FunctionParseResult(function: nil, diagnostics: diagnostics, source: source) }
    if index == parts.count - 1 { return FunctionParseResult(function: function, diagnostics: [], source: source) }
  }
  return FunctionParseResult(function: nil, diagnostics: [], source: SourceText(name: "<anonymous>", bytes: []))
}

/// The source text of a dynamic function and where its parts end.
struct DynamicFunctionText {
  let kind: DynamicFunctionKind
  let bytes: [UInt8]
  /// Where the `)` after the parameters must be.
  let parametersEnd: Int32
  /// Where the final `}` must be.
  let bodyEnd: Int32

  init(parameters: [UInt8], body: [UInt8], kind: DynamicFunctionKind) {
    self.kind = kind
    let head = (kind.isAsync ? "async " : "") + (kind.isGenerator ? "function*" : "function") + " anonymous("
    var bytes = Array(head.utf8)
    bytes += parameters
    bytes.append(UInt8(ascii: "\n"))
    parametersEnd = Int32(truncatingIfNeeded: bytes.count)
    bytes += Array(") {\n".utf8)
    bytes += body
    bytes.append(UInt8(ascii: "\n"))
    bodyEnd = Int32(truncatingIfNeeded: bytes.count)
    bytes.append(UInt8(ascii: "}"))
    self.bytes = bytes
  }
}
