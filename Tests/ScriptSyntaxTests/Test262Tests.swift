// Parses the language tests of test262 where TEST262_DIR names a checkout, and compares what is accepted.

import Foundation
import ScriptSyntax
import Testing

/// What the front matter of a test says that matters to a parser.
private struct Expectation {
  var isNegativeSyntax = false
  var flags: Set<String> = []
  var features: Set<String> = []

  init(_ text: String) {
    guard let start = text.range(of: "/*---"), let end = text.range(of: "---*/") else { return }
    let front = text[start.upperBound..<end.lowerBound]
    isNegativeSyntax = front.contains("phase: parse") || front.contains("phase: early")
    flags = Self.list("flags:", front)
    features = Self.list("features:", front)
  }

  private static func list(_ key: String, _ front: Substring) -> Set<String> {
    guard let start = front.range(of: "\n" + key) else { return [] }
    let rest = front[start.upperBound...]
    if let open = rest.firstIndex(of: "["), !rest[..<open].contains("\n"), let close = rest.firstIndex(of: "]") {
      let names = rest[rest.index(after: open)..<close].split { $0 == "," || $0 == " " || $0 == "\n" }
      return Set(names.map(String.init))
    }
    var names: Set<String> = []
    for line in rest.split(separator: "\n") {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      guard trimmed.hasPrefix("- ") else { break }
      names.insert(String(trimmed.dropFirst(2)))
    }
    return names
  }

  var isSkipped: Bool {
    let unsupported: Set<String> = [
      "decorators", "explicit-resource-management", "import-defer", "source-phase-imports", "import-attributes", "dynamic-import",
      "import.meta", "top-level-await", "json-modules", "import-text", "import-bytes",
    ]
    return flags.contains("module") || !features.isDisjoint(with: unsupported)
  }
}

struct Test262Tests {
  private static let folder = ProcessInfo.processInfo.environment["TEST262_DIR"]

  @Test(.enabled(if: Test262Tests.folder != nil, "needs TEST262_DIR"))
  func languageTestsAreAcceptedAndRejectedAsTheySay() throws {
    let root = URL(fileURLWithPath: try #require(Self.folder))
    var wrong: [String] = []
    var count = 0
    var unjudgedPatternCount = 0
    for part in ["language", "annexB/language", "built-ins", "harness", "annexB/built-ins", "staging"] {
      for path in paths(under: root.appendingPathComponent(part)) {
        guard let bytes = FileManager.default.contents(atPath: path) else { continue }
        let expectation = Expectation(String(decoding: bytes, as: UTF8.self))
        if expectation.isSkipped { continue }
        for isStrict in [false, true] where isWanted(expectation, isStrict: isStrict) {
          count += 1
          if let mistake = verdict(Array(bytes), expectation, isStrict: isStrict) {
            // Patterns are checked by `ParseOptions.regularExpressionValidator`, which this module has none of.
            if mistake == "accepted", path.contains("/literals/regexp/") || path.contains("/RegExp/") {
              unjudgedPatternCount += 1
              continue
            }
            wrong.append(path.replacingOccurrences(of: root.path + "/", with: "") + (isStrict ? " (strict): " : ": ") + mistake)
          }
        }
      }
    }
    print("\(count) parsed, \(wrong.count) wrong, \(unjudgedPatternCount) regular expression patterns not judged")
    wrong.sorted().forEach { print("WRONG " + $0) }
    #expect(count > 20_000)
    #expect(wrong.isEmpty)
  }

  private func paths(under folder: URL) -> [String] {
    guard let files = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".js") && !$0.contains("_FIXTURE") }.map {
      folder.path + "/" + $0
    }
  }

  private func isWanted(_ expectation: Expectation, isStrict: Bool) -> Bool {
    if expectation.flags.contains("raw") { return !isStrict }
    return isStrict ? !expectation.flags.contains("noStrict") : !expectation.flags.contains("onlyStrict")
  }

  private func verdict(_ bytes: [UInt8], _ expectation: Expectation, isStrict: Bool) -> String? {
    let bytes = isStrict ? Array("\"use strict\";\n".utf8) + bytes : bytes
    let source = SourceText(name: "test", bytes: bytes)
    let result = parseScript(source, names: NameTable())
    if result.hasErrors == expectation.isNegativeSyntax { return nil }
    guard let first = result.diagnostics.first else { return "accepted" }
    let place = source.location(of: first.range.start)
    return "rejected, \(place.line):\(place.column): \(first.message)"
  }
}
