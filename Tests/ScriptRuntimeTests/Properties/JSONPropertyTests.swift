// Random JSON texts, read and written again, against a writer of a few lines.

import Testing

@testable import ScriptRuntime

/// A JSON value with two spellings: one full of whitespace and escapes, and the one that JSON.stringify must give.
private struct JSONText {
  var loose: String
  var exact: String

  init(_ random: inout SeededGenerator, depth: Int) {
    switch random.below(depth > 3 ? 5 : 7) {
    case 0: (loose, exact) = ("null", "null")
    case 1: (loose, exact) = random.below(2) == 0 ? ("true", "true") : ("false", "false")
    case 2: self = .number(&random)
    case 3, 4: self = .string(&random)
    case 5:
      let items = (0..<random.below(5)).map { _ in JSONText(&random, depth: depth + 1) }
      loose = "[" + items.map { Self.spaced($0.loose, &random) }.joined(separator: ",") + (items.isEmpty ? " " : "") + "]"
      exact = "[" + items.map(\.exact).joined(separator: ",") + "]"
    default:
      let members = (0..<random.below(5)).map { index -> (key: JSONText, value: JSONText) in
        // A digit in front keeps keys different; a letter before it keeps them from being indices.
        var key = JSONText.string(&random)
        key.loose.insert(contentsOf: "k\(index)", at: key.loose.index(after: key.loose.startIndex))
        key.exact.insert(contentsOf: "k\(index)", at: key.exact.index(after: key.exact.startIndex))
        return (key, JSONText(&random, depth: depth + 1))
      }
      loose =
        "{"
        + members.map { Self.spaced($0.key.loose, &random) + ":" + Self.spaced($0.value.loose, &random) }.joined(separator: ",")
        + "}"
      exact = "{" + members.map { $0.key.exact + ":" + $0.value.exact }.joined(separator: ",") + "}"
    }
  }

  private init(loose: String, exact: String) { (self.loose, self.exact) = (loose, exact) }

  private static func spaced(_ text: String, _ random: inout SeededGenerator) -> String {
    ["", " ", "\n", "\t "][random.below(4)] + text + ["", " ", "\r\n"][random.below(3)]
  }

  private static func number(_ random: inout SeededGenerator) -> JSONText {
    let whole = random.below(100_000) - 50_000
    switch random.below(3) {
    case 0: return JSONText(loose: "\(whole)", exact: "\(whole)")
    case 1: return JSONText(loose: "\(whole)e2", exact: "\(whole * 100)")
    default:
      let odd = random.below(500) * 2 + 1
      return JSONText(loose: "\(abs(whole)).\(odd)5000", exact: "\(abs(whole)).\(odd)5")
    }
  }

  private static func string(_ random: inout SeededGenerator) -> JSONText {
    var loose = "\"", exact = "\""
    for _ in 0..<random.below(8) {
      let (plain, escaped, written) = [
        ("a", "\\u0061", "a"), ("é", "\\u00e9", "é"), ("€", "\\u20AC", "€"), ("😀", "\\ud83d\\ude00", "😀"), ("/", "\\/", "/"),
        ("\\\"", "\\u0022", "\\\""), ("\\n", "\\u000a", "\\n"), ("\\\\", "\\u005C", "\\\\"), ("\\u0001", "\\u0001", "\\u0001"),
        ("\\ud800", "\\uD800", "\\ud800"), ("\u{2028}", "\\u2028", "\u{2028}"), ("\\t", "\\u0009", "\\t"),
      ][random.below(12)]
      loose += random.below(2) == 0 ? plain : escaped
      // Two halves that happen to meet are one character then.
      if written == "\\ud800", loose.hasSuffix("\\ud800\\ude00") { continue }
      exact += written
    }
    return JSONText(loose: loose + "\"", exact: exact + "\"")
  }
}

@Suite struct JSONPropertyTests {
  @Test func whatWasReadIsWrittenInTheShortestForm() {
    var random = SeededGenerator(21)
    let texts = (0..<2000).map { _ in JSONText(&random, depth: 0) }
    // The texts are handed over as JavaScript strings, escaped by hand.
    func literal(_ text: String) -> String {
      "\""
        + text.unicodeScalars.map { scalar in
          switch scalar {
          case "\"", "\\": "\\" + String(scalar)
          case "\n": "\\n"
          case "\r": "\\r"
          case "\t": "\\t"
          case "\u{2028}": "\\u2028"
          default: String(scalar)
          }
        }.joined() + "\""
    }
    let script = """
      var wrong = [], loose = [\(texts.map { literal($0.loose) }.joined(separator: ","))], \
      exact = [\(texts.map { literal($0.exact) }.joined(separator: ","))];
      for (var i = 0; i < loose.length; i++) {
        var got = JSON.stringify(JSON.parse(loose[i]));
        if (got !== exact[i]) wrong.push(loose[i] + ' became ' + got + ' and not ' + exact[i]);
        var spread = JSON.stringify(JSON.parse(loose[i]), null, 2);
        if (JSON.stringify(JSON.parse(spread)) !== exact[i]) wrong.push('indented: ' + loose[i]);
      }
      var result = wrong.slice(0, 3).join('; ')
      """
    #expect(ScriptOutcome(script, milliseconds: 60_000) == .value(""))
  }
}
