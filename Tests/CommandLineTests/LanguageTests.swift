// Scripts that say what they print: Tests/ScriptTests. A line `// expect: TEXT` stands for a line of output, a line
// `// arguments: TEXT` for more arguments of the program.

import Foundation
import Testing

@Suite struct LanguageTests {
  static let scripts: [String] = {
    let folder = repository.appendingPathComponent("Tests/ScriptTests")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".cvs") }.sorted()
  }()

  @Test func thereAreScripts() { #expect(!Self.scripts.isEmpty) }

  @Test(arguments: scripts)
  func scriptPrintsWhatItExpects(name: String) throws {
    let path = repository.appendingPathComponent("Tests/ScriptTests").appendingPathComponent(name)
    let source = try String(contentsOf: path, encoding: .utf8)
    let expected = source.split(separator: "\n").compactMap { line -> String? in
      line.range(of: "// expect: ").map { String(line[$0.upperBound...]) }
    }
    let more = source.split(separator: "\n").compactMap { line in
      line.range(of: "// arguments: ").map { line[$0.upperBound...].split(separator: " ").map(String.init) }
    }
    let outcome = try Program.run([path.path, "--no-output", "--timeout", "20s"] + more.flatMap { $0 })
    #expect(outcome.errorText.isEmpty)
    #expect(outcome.status == 0)
    #expect(outcome.outputLines == expected)
  }
}
