// What the parser's tests share.

import Testing

@testable import ScriptSyntax

/// The script as S-expressions, or its mistakes as `LINE:COLUMN MESSAGE`.
func tree(_ text: String, _ options: ParseOptions = ParseOptions()) -> String {
  let names = NameTable()
  let source = SourceText(name: "test", text: text)
  let result = parseScript(source, names: names, options: options)
  if let script = result.script { return SyntaxDump(names: names).dump(script) }
  return mistakes(text, options).joined(separator: "\n")
}

/// The mistakes in a script as `LINE:COLUMN MESSAGE`.
func mistakes(_ text: String, _ options: ParseOptions = ParseOptions()) -> [String] {
  let source = SourceText(name: "test", text: text)
  let result = parseScript(source, names: NameTable(), options: options)
  return result.diagnostics.map { diagnostic in
    let place = source.location(of: diagnostic.range.start)
    return "\(place.line):\(place.column) \(diagnostic.message)"
  }
}

/// The kinds of the mistakes in a script.
func kinds(_ text: String, _ options: ParseOptions = ParseOptions()) -> [DiagnosticKind] {
  parseScript(SourceText(name: "test", text: text), names: NameTable(), options: options).diagnostics.map(\.kind)
}

func isAccepted(_ text: String, _ options: ParseOptions = ParseOptions()) -> Bool {
  kinds(text, options).isEmpty
}

/// A script without mistakes, with the names it uses.
func parsed(_ text: String) throws -> (script: Script, names: NameTable) {
  let names = NameTable()
  let result = parseScript(SourceText(name: "test", text: text), names: names)
  return (try #require(result.script), names)
}
