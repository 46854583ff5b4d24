// Random patterns against a matcher that follows the specification word by word: closures that try what comes next.
// https://tc39.es/ecma262/#sec-pattern-semantics

import Testing

@testable import ScriptRuntime

/// A pattern as a tree, made at random.
private indirect enum Tree {
  case character(Character)
  case any
  case set(String, isNegated: Bool)
  case sequence([Tree])
  case choice([Tree])
  case group(Int, Tree)
  case back(Int)
  case repeated(Tree, minimum: Int, maximum: Int, isGreedy: Bool, groups: Range<Int>)
  case look(Tree, isAhead: Bool, isNegated: Bool)
  case start, end
  case boundary(isNegated: Bool)

  var pattern: String {
    switch self {
    case .character(let character): return String(character)
    case .any: return "."
    case .set(let members, let isNegated): return "[\(isNegated ? "^" : "")\(members)]"
    case .sequence(let parts): return parts.map { if case .choice = $0 { "(?:\($0.pattern))" } else { $0.pattern } }.joined()
    case .choice(let parts): return parts.map(\.pattern).joined(separator: "|")
    case .group(_, let tree): return "(\(tree.pattern))"
    case .back(let number): return "(?:\\\(number))"
    case .repeated(let tree, let minimum, let maximum, let isGreedy, _):
      let suffix: String
      switch (minimum, maximum) {
      case (0, .max): suffix = "*"
      case (1, .max): suffix = "+"
      case (0, 1): suffix = "?"
      case (_, .max): suffix = "{\(minimum),}"
      default: suffix = "{\(minimum),\(maximum)}"
      }
      return "(?:\(tree.pattern))\(suffix)\(isGreedy ? "" : "?")"
    case .look(let tree, let isAhead, let isNegated): return "(?\(isAhead ? "" : "<")\(isNegated ? "!" : "=")\(tree.pattern))"
    case .start: return "^"
    case .end: return "$"
    case .boundary(let isNegated): return isNegated ? "\\B" : "\\b"
    }
  }

  /// - Parameter groups: how many groups have been opened so far.
  static func random(_ random: inout SeededGenerator, depth: Int, groups: inout Int) -> Tree {
    switch random.below(depth > 4 ? 6 : 16) {
    case 0, 1, 2: return .character(["a", "b", "c"][random.below(3)])
    case 3: return .any
    case 4: return .set(["ab", "a-c", "b\\n", "\\w", "C"][random.below(5)], isNegated: random.below(3) == 0)
    case 5: return [.start, .end, .boundary(isNegated: false), .boundary(isNegated: true)][random.below(4)]
    case 6, 7, 8:
      var parts: [Tree] = []
      for _ in 0..<1 + random.below(4) { parts.append(.random(&random, depth: depth + 1, groups: &groups)) }
      return .sequence(parts)
    case 9:
      var parts: [Tree] = []
      for _ in 0..<2 + random.below(2) { parts.append(.random(&random, depth: depth + 1, groups: &groups)) }
      return .sequence([.choice(parts)])
    case 10, 11:
      groups += 1
      let number = groups
      return .group(number, .random(&random, depth: depth + 1, groups: &groups))
    case 12: return groups == 0 ? .any : .back(1 + random.below(groups))
    case 13, 14:
      let first = groups + 1
      let tree = Tree.random(&random, depth: depth + 1, groups: &groups)
      let (minimum, maximum) = [(0, Int.max), (1, .max), (0, 1), (2, 3), (1, 2), (0, 2), (2, .max)][random.below(7)]
      return .repeated(tree, minimum: minimum, maximum: maximum, isGreedy: random.below(3) > 0, groups: first..<groups + 1)
    default:
      return .look(
        .random(&random, depth: depth + 1, groups: &groups), isAhead: random.below(2) == 0, isNegated: random.below(3) == 0)
    }
  }
}

/// The specification's Matcher: calls itself for every step.
private struct NaiveMatcher {
  struct TooSlow: Error {}
  typealias Captures = [Range<Int>?]
  typealias Continuation = (inout NaiveMatcher, Int, Captures) throws -> Captures?

  let text: [Character]
  let ignoresCase: Bool
  let isMultiline: Bool
  let dotMatchesAll: Bool
  var steps = 0

  /// Start and end of the match and its groups.
  static func match(_ tree: Tree, groupCount: Int, _ text: [Character], flags: String) throws -> Captures? {
    var matcher = NaiveMatcher(
      text: text, ignoresCase: flags.contains("i"), isMultiline: flags.contains("m"), dotMatchesAll: flags.contains("s"))
    for start in 0...text.count {
      let found = try matcher.run(tree, start, Array(repeating: nil, count: groupCount + 1), forward: true) { _, end, captures in
        var captures = captures
        captures[0] = start..<end
        return captures
      }
      if let found { return found }
    }
    return nil
  }

  private func canonical(_ character: Character) -> Character {
    ignoresCase ? Character(character.uppercased()) : character
  }

  private func isWord(_ index: Int) -> Bool {
    text.indices.contains(index) && (text[index].isLetter || text[index].isNumber || text[index] == "_")
  }

  private func contains(_ members: String, _ character: Character) -> Bool {
    let all: [Character] =
      switch members {
      case "ab": ["a", "b"]
      case "a-c": ["a", "b", "c"]
      case "b\\n": ["b", "\n"]
      case "C": ["C"]
      default: Array("abcABC_0")
      }
    return all.contains { canonical($0) == canonical(character) }
  }

  private mutating func one(
    _ position: Int, _ captures: Captures, _ forward: Bool, _ next: Continuation, _ accepts: (Character) -> Bool
  ) throws -> Captures? {
    let index = forward ? position : position - 1
    guard text.indices.contains(index), accepts(text[index]) else { return nil }
    return try next(&self, forward ? position + 1 : position - 1, captures)
  }

  private mutating func run(
    _ tree: Tree, _ position: Int, _ captures: Captures, forward: Bool, _ next: Continuation
  ) throws -> Captures? {
    steps += 1
    if steps > 20_000 { throw TooSlow() }
    switch tree {
    case .character(let wanted):
      let folded = canonical(wanted)
      return try one(position, captures, forward, next) { [self] in canonical($0) == folded }
    case .any: return try one(position, captures, forward, next) { [self] in dotMatchesAll || $0 != "\n" }
    case .set(let members, let isNegated):
      return try one(position, captures, forward, next) { [self] in contains(members, $0) != isNegated }
    case .sequence(let parts): return try run(forward ? parts[...] : parts.reversed()[...], position, captures, forward, next)
    case .choice(let parts):
      for part in parts {
        if let found = try run(part, position, captures, forward: forward, next) { return found }
      }
      return nil
    case .group(let number, let inner):
      return try run(inner, position, captures, forward: forward) { matcher, end, captures in
        var captures = captures
        captures[number] = forward ? position..<end : end..<position
        return try next(&matcher, end, captures)
      }
    case .back(let number):
      guard let range = captures[number] else { return try next(&self, position, captures) }
      let target = forward ? position + range.count : position - range.count
      guard target >= 0, target <= text.count else { return nil }
      let low = min(position, target)
      for offset in 0..<range.count where canonical(text[range.lowerBound + offset]) != canonical(text[low + offset]) {
        return nil
      }
      return try next(&self, target, captures)
    case .repeated(let inner, let minimum, let maximum, let isGreedy, let groups):
      return try repeated(inner, minimum, maximum, isGreedy, groups, position, captures, forward, next)
    case .look(let inner, let isAhead, let isNegated):
      let found = try run(inner, position, captures, forward: isAhead) { _, _, captures in captures }
      if isNegated { return found == nil ? try next(&self, position, captures) : nil }
      guard let found else { return nil }
      return try next(&self, position, found)
    case .start:
      return position == 0 || isMultiline && text[position - 1] == "\n" ? try next(&self, position, captures) : nil
    case .end:
      return position == text.count || isMultiline && text[position] == "\n" ? try next(&self, position, captures) : nil
    case .boundary(let isNegated):
      return (isWord(position - 1) != isWord(position)) != isNegated ? try next(&self, position, captures) : nil
    }
  }

  private mutating func run(
    _ parts: ArraySlice<Tree>, _ position: Int, _ captures: Captures, _ forward: Bool, _ next: Continuation
  ) throws -> Captures? {
    guard let first = parts.first else { return try next(&self, position, captures) }
    let rest = parts.dropFirst()
    return try run(first, position, captures, forward: forward) { matcher, end, captures in
      try matcher.run(rest, end, captures, forward, next)
    }
  }

  /// RepeatMatcher.
  private mutating func repeated(
    _ inner: Tree, _ minimum: Int, _ maximum: Int, _ isGreedy: Bool, _ groups: Range<Int>, _ position: Int, _ captures: Captures,
    _ forward: Bool, _ next: Continuation
  ) throws -> Captures? {
    if maximum == 0 { return try next(&self, position, captures) }
    var cleared = captures
    for group in groups { cleared[group] = nil }
    func once(_ matcher: inout NaiveMatcher) throws -> Captures? {
      try matcher.run(inner, position, cleared, forward: forward) { matcher, end, captures in
        // 2.b: an iteration that matches nothing does not count.
        if minimum == 0, end == position { return nil }
        return try matcher.repeated(
          inner, max(0, minimum - 1), maximum == .max ? .max : maximum - 1, isGreedy, groups, end, captures, forward, next)
      }
    }
    if minimum > 0 { return try once(&self) }
    if !isGreedy {
      if let found = try next(&self, position, captures) { return found }
      return try once(&self)
    }
    if let found = try once(&self) { return found }
    return try next(&self, position, captures)
  }
}

@Suite struct RegularExpressionPropertyTests {
  @Test(arguments: 31...34 as ClosedRange<UInt64>)
  func theEngineFindsWhatTheSpecificationFinds(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var compared = 0
    for _ in 0..<1500 {
      var groups = 0
      let tree = Tree.random(&random, depth: 0, groups: &groups)
      let flags = ["", "i", "m", "s", "im", "u", "iu"][random.below(7)]
      for _ in 0..<3 {
        let text = (0..<random.below(9)).map { _ in ["a", "b", "c", "A", "C", "_", "\n", " "][random.below(8)] as Character }
        let expected: NaiveMatcher.Captures?
        do {
          expected = try NaiveMatcher.match(tree, groupCount: groups, text, flags: flags)
        } catch { continue }
        let found = try firstMatch(tree.pattern, flags, in: String(text))
        let wanted = expected.map { captures in captures.map { $0.map { String(text[$0]) } ?? "-" } }
        #expect(found == wanted, "/\(tree.pattern)/\(flags) on \(String(text).debugDescription)")
        compared += 1
      }
    }
    #expect(compared > 3000)
  }
}
