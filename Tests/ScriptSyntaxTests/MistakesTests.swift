// Compares positions with a folder of mistaken scripts, where MISTAKES_DIR names one: `*.cvs` and `mistakes.json`.

import Foundation
import ScriptSyntax
import Testing

private struct Mistake: Decodable {
  let exit: Int
  let line: Int?
  let col: Int?
  let mentions: [String]
}

struct MistakesTests {
  private static let folder = ProcessInfo.processInfo.environment["MISTAKES_DIR"]

  @Test(.enabled(if: MistakesTests.folder != nil, "needs MISTAKES_DIR"))
  func firstDiagnosticsAreAtTheBestPlace() throws {
    let root = URL(fileURLWithPath: try #require(Self.folder))
    let list = try Data(contentsOf: root.appendingPathComponent("mistakes.json"))
    var options = ParseOptions()
    options.regularExpressionValidator = { pattern, _ in
      pattern.description.filter { $0 == "(" }.count == pattern.description.filter { $0 == ")" }.count
        ? nil : ("unclosed group", 0)
    }
    for (name, expected) in try JSONDecoder().decode([String: Mistake].self, from: list).sorted(by: { $0.key < $1.key }) {
      let bytes = try Data(contentsOf: root.appendingPathComponent(name))
      let source = SourceText(name: name, bytes: Array(bytes))
      let result = parseScript(source, names: NameTable(), options: options)
      guard expected.exit == 65 else {
        #expect(!result.hasErrors, "\(name): \(result.diagnostics.map(\.message))")
        continue
      }
      let first = try #require(result.diagnostics.first, "\(name)")
      let place = source.location(of: first.range.start)
      #expect(place.line == expected.line && place.column == expected.col, "\(name): \(place) \(first.message)")
      #expect(expected.mentions.contains { first.message.lowercased().contains($0.lowercased()) }, "\(name): \(first.message)")
      #expect(result.diagnostics.count == 1, "\(name)")
    }
  }
}
