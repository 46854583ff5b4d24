// What is fuzzed, through public API: each target takes bytes and must neither crash nor hang nor contradict itself.

import Glibc
import ScriptRuntime
import ScriptSyntax

/// Something that takes any bytes.
protocol FuzzTarget {
  static var name: String { get }
  static var words: [String] { get }
  /// Whether inputs are text, which is worth printing.
  static var readsText: Bool { get }

  /// Nil without a corpus.
  static func inputs(_ options: FuzzOptions) -> (any InputSource)?

  init(world: @escaping () -> Realm)

  /// Throws a `Contradiction` where the answer cannot be right.
  mutating func run(_ input: [UInt8]) throws
}

extension FuzzTarget {
  static var readsText: Bool { true }

  static func inputs(_ options: FuzzOptions) -> (any InputSource)? {
    let corpus = Corpus.read(options.corpus + "/" + name)
    return corpus.isEmpty ? nil : Mutator(corpus: corpus, words: words.map { Array($0.utf8) })
  }
}

struct Contradiction: Error {
  let text: String
}

/// Reads scripts, and prints what is wrong with them.
struct ScriptTarget: FuzzTarget {
  static let name = "script"
  static let words = [
    "(", ")", "{", "}", "[", "]", "=>", "async ", "await ", "yield ", "function ", "function* ", "class A extends B ", "#x",
    "static ",
    "let ", "const ", "var ", "`${", "`", "\\u{61}", "\\", "/", "/[/", "*/", "/*", "<!--", "-->", "\n", "?.", "??", "**", "...",
    "new ",
    "new.target", "super", "import", "for (", "of ", "in ", "if (", "else ", "do ", "while (", "switch (", "case 1:", "default:",
    "return ", "throw ", "try {", "catch (", "finally {", "with (", "label: ", "break ", "continue ", "0x", "1e", "1_0", "0b1",
    ".5",
    "'use strict';", "delete ", "typeof ", "get ", "set ", "eval(", "\u{2028}", "\u{FEFF}", "é", "😀", "\"", "'", "n", ",", ";",
    "=", "!",
  ]

  init(world: @escaping () -> Realm) {}

  func run(_ input: [UInt8]) throws {
    let source = SourceText(name: "fuzz.js", bytes: input)
    var options = ParseOptions()
    options.regularExpressionValidator = Realm.validateRegularExpression
    let result = parseScript(source, names: NameTable(), options: options)
    if (result.script == nil) != result.hasErrors { throw Contradiction(text: "a tree and errors, or neither") }
    let renderer = DiagnosticRenderer()
    for diagnostic in result.diagnostics {
      guard diagnostic.range.start >= 0, diagnostic.range.start <= source.length else {
        throw Contradiction(text: "a message outside the text: \(diagnostic.message)")
      }
      _ = renderer.render(diagnostic, in: source)
    }
  }
}

/// Runs scripts for a short time in little memory.
struct RunTarget: FuzzTarget {
  static let name = "run"
  static let words =
    ScriptTarget.words + [
      "Array", "Object.", "prototype", "length", "constructor", "__proto__", "Proxy", "Reflect.", "Symbol.iterator", "Map",
      "WeakMap",
      "Promise", "JSON.", "RegExp", "Date", "Math.", "BigInt", "1n", "-0", "NaN", "1e308", "4294967295", "2147483648",
      "undefined", "null",
      "Uint8Array", "ArrayBuffer", "DataView", "String", "Number", ".call(", ".apply(", ".bind(", ".concat(", ".splice(",
      ".sort(",
      ".replace(", ".slice(", ".fill(", ".repeat(", "toString", "valueOf", "defineProperty", "freeze", "arguments", "this",
    ]
  let world: () -> Realm

  init(world: @escaping () -> Realm) { self.world = world }

  func run(_ input: [UInt8]) throws {
    let realm = world()
    realm.heap.byteLimit = 64 << 20
    realm.deadline = MonotonicTime.now + 100_000_000
    // Every fourth script collects garbage at every safe point: what is not rooted is gone at once.
    if input.count % 4 == 0 {
      realm.shouldStop = { [unowned realm] in
        realm.heap.requestCollection()
        return false
      }
      realm.heap.requestCollection()
    }
    var options = ParseOptions()
    options.regularExpressionValidator = Realm.validateRegularExpression
    let result = parseScript(SourceText(name: "fuzz.js", bytes: input), names: realm.names, options: options)
    guard let script = result.script else { return }
    do {
      try realm.evaluate(script)
      try realm.runMicrotasks { _ in }
    } catch {
      if !error.isTermination, realm.termination == nil { _ = try? realm.toText(error.value) }
    }
  }
}

/// Compiles patterns and matches them. The first line is the flags, the second the pattern, the rest the text.
struct PatternTarget: FuzzTarget {
  static let name = "pattern"
  static let words = [
    "(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "\\k<n>", "\\1", "\\2", "*", "+", "?", "*?", "{2,3}", "{0}", "{1,}",
    "{99999}", "|",
    "[", "]", "[^", "-", "\\d", "\\w", "\\b", "\\B", "\\p{L}", "\\P{Script=Greek}", "\\u{1F600}", "\\uD83D", "\\uDE00", "\\x41",
    "\\0", "\\c",
    "^", "$", ".", "[[a-z]&&[b]]", "[[a]--[b]]", "\\q{ab|c}", "(?i:", "(?-i:", "(?s-m:", "😀", "ſ", "ß", "\n", "a", "gimsuyvd",
    "\u{2028}",
  ]
  private let world: () -> Realm
  private var realm: Realm

  init(world: @escaping () -> Realm) {
    self.world = world
    realm = world()
  }

  mutating func run(_ input: [UInt8]) throws {
    let parts = input.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    let texts = (0..<3).map { $0 < parts.count ? String(decoding: parts[$0], as: UTF8.self) : "" }
    // The budget: a match may go back very often, and then it must let itself be ended.
    realm.deadline = MonotonicTime.now + 2_000_000
    do {
      let make = try realm.get(Value(realm.globalObject), realm.key("RegExp"))
      let pattern = try realm.construct(make, [Value(realm.string(texts[1])), Value(realm.string(texts[0]))])
      let text = Value(realm.string(texts[2]))
      let found = try realm.invoke(pattern, realm.key("exec"), [text])
      if found.isObject {
        let index = try realm.toNumber(try realm.get(found, realm.key("index")))
        let whole = try realm.toText(try realm.get(found, realm.key("0")))
        guard index >= 0, Int(index) + whole.utf16.count <= texts[2].utf16.count else {
          throw Contradiction(text: "a match outside the text")
        }
      }
      _ = try realm.invoke(text, realm.key("replace"), [pattern, Value(realm.string("<$&$1$<n>>"))])
      _ = try realm.invoke(text, realm.key("split"), [pattern])
    } catch let contradiction as Contradiction {
      throw contradiction
    } catch {
      if realm.termination != nil { realm = world() }
    }
  }
}

/// Reads JSON: what was read, written and read again is the same.
struct JSONTarget: FuzzTarget {
  static let name = "json"
  static let words = [
    "{", "}", "[", "]", "\"", ":", ",", "null", "true", "false", "-", "0", "1e5", "1E+400", "-0", ".5", "\\u0041", "\\ud83d",
    "\\", "\"a\":",
    "\"__proto__\":", "\"0\":", "\"4294967295\":", " ", "\n", "\u{2028}", "\u{0}", "é", "😀",
  ]
  private let realm: Realm

  init(world: @escaping () -> Realm) { realm = world() }

  func run(_ input: [UInt8]) throws {
    let json: Value
    let value: Value
    do {
      json = try realm.get(Value(realm.globalObject), realm.key("JSON"))
      value = try realm.invoke(json, realm.key("parse"), [Value(realm.string(String(decoding: input, as: UTF8.self)))])
    } catch { return }
    do {
      let once = try realm.invoke(json, realm.key("stringify"), [value])
      let again = try realm.invoke(json, realm.key("stringify"), [try realm.invoke(json, realm.key("parse"), [once])])
      if try realm.toText(once) != realm.toText(again) {
        throw Contradiction(text: "written and read again, it is another value")
      }
    } catch let contradiction as Contradiction {
      throw contradiction
    } catch {
      // Deep values may be readable and yet too deep to write.
    }
  }
}

/// Reads numbers: the text of a number reads as that number.
struct NumberTarget: FuzzTarget {
  static let name = "number"
  static let words = [
    "0x", "0b", "0o", "e", "E+", "e-", ".", "-", "+", "Infinity", "NaN", "_", "n", "0", "9", "1e308", "4.9e-324",
    "2.2250738585072014e-308",
    "9007199254740993", "179769313486231580793", " ", "\u{FEFF}", "\n",
  ]
  private let world: () -> Realm
  private var realm: Realm
  private var caseCount = 0

  init(world: @escaping () -> Realm) {
    self.world = world
    realm = world()
  }

  mutating func run(_ input: [UInt8]) throws {
    // What no script runs in is never collected.
    caseCount += 1
    if caseCount % 10_000 == 0 { realm = world() }
    let text = String(decoding: input, as: UTF8.self)
    do {
      for function in ["Number", "parseFloat", "parseInt"] {
        let callee = try realm.get(Value(realm.globalObject), realm.key(function))
        let number = try realm.toNumber(try realm.call(callee, this: .undefined, [Value(realm.string(text))]))
        let written = try realm.toText(.number(number))
        let again = try realm.toNumber(Value(realm.string(written)))
        if again != number && !(again.isNaN && number.isNaN) {
          throw Contradiction(text: "\(function) gives \(written), which reads as another number")
        }
        if let strict = Double(written), strict != number, !number.isNaN {
          throw Contradiction(text: "\(written) is not \(number)")
        }
      }
    } catch let contradiction as Contradiction {
      throw contradiction
    } catch {}
  }
}

enum MonotonicTime {
  /// Nanoseconds.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
