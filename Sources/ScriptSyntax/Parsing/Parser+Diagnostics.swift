// Recording mistakes, and saying them well.

extension Parser {
  /// Records a mistake; parsing may go on.
  mutating func report(
    _ kind: DiagnosticKind, at range: SourceRange, notes: [Diagnostic.Note] = [], hints: [DiagnosticHint] = []
  ) {
    guard diagnostics.count < Self.maximumDiagnostics, !isAborted else { return }
    if diagnostics.contains(where: { $0.range.start == range.start }) { return }
    diagnostics.append(Diagnostic(.error, kind, at: range, notes: notes, hints: hints))
  }

  /// Records a mistake after which parsing cannot go on.
  mutating func failure(
    _ kind: DiagnosticKind, at range: SourceRange, notes: [Diagnostic.Note] = [], hints: [DiagnosticHint] = []
  ) -> ParseFailure {
    report(kind, at: range, notes: notes, hints: hints)
    return ParseFailure()
  }

  /// Records that the current token has no place here.
  mutating func unexpected(expected: String? = nil) -> ParseFailure {
    if token.kind == .invalid, let error = lexer.error { return lexicalFailure(error) }
    if let failure = misplacedAwait() { return failure }
    // What is missing at the end, after a mistake that may have swallowed it, is no news.
    if token.kind == .end, failureCount > 0 { return ParseFailure() }
    let kind = DiagnosticKind.unexpectedToken(describe(token), expected: expected)
    return failure(kind, at: token.range, notes: openerNotes, hints: keywordHints)
  }

  /// Records that `token`, before the current one, has no place where it is.
  mutating func unexpected(_ token: Token, expected: String? = nil) -> ParseFailure {
    failure(.unexpectedToken(describe(token), expected: expected), at: token.range)
  }

  private mutating func lexicalFailure(_ error: LexicalError) -> ParseFailure {
    var hints: [DiagnosticHint] = []
    if case .unexpectedCharacter(let scalar) = error.kind, [0x2018, 0x2019, 0x201C, 0x201D, 0xB4].contains(scalar) {
      hints = [.usePlainQuotes]
    }
    return failure(error.kind, at: error.range, hints: hints)
  }

  /// `await x` where `await` is a name.
  private mutating func misplacedAwait() -> ParseFailure? {
    guard previous.isContextual(.await), !function.isAsync, !token.newlineBefore, !token.kind.isClosingOrEnd else { return nil }
    return failure(.awaitOutsideAsync, at: previous.range, hints: [.makeFunctionAsync])
  }

  /// Points at the bracket still open where the text ends or another bracket closes.
  private var openerNotes: [Diagnostic.Note] {
    guard let bracket = openBrackets.last, token.kind.isClosingOrEnd else { return [] }
    return [Diagnostic.Note(.openedHere(bracket.kind.spelling ?? "${"), at: bracket.range)]
  }

  /// A keyword the name before the current token might have been meant to be.
  private var keywordHints: [DiagnosticHint] {
    guard previous.kind == .identifier, !token.newlineBefore,
      token.kind == .identifier || token.kind == .braceOpen || token.kind.isReservedWord
    else { return [] }
    let word = names.text(previous.name)
    let candidates = TokenKind.reservedWords + ["let", "async", "await", "static"]
    let nearest = candidates.first { $0.utf8.count > 2 && Self.isMisspelling(word, of: $0) }
    return nearest.map { [.didYouMean("'\($0)'")] } ?? []
  }

  /// Whether one letter more, less or changed, or two swapped, makes `word` of `original`.
  static func isMisspelling(_ word: String, of original: String) -> Bool {
    let word = Array(word.utf8)
    let original = Array(original.utf8)
    guard word != original, abs(word.count - original.count) <= 1 else { return word.map(lowercased) == original }
    var start = 0
    while start < min(word.count, original.count), word[start] == original[start] { start += 1 }
    var end = 0
    let shorter = min(word.count, original.count) - start
    while end < shorter, word[word.count - 1 - end] == original[original.count - 1 - end] { end += 1 }
    let wordMiddle = word[start..<word.count - end]
    let originalMiddle = original[start..<original.count - end]
    if wordMiddle.count <= 1, originalMiddle.count <= 1 { return true }
    return wordMiddle.count == 2 && Array(wordMiddle.reversed()) == Array(originalMiddle)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  func describe(_ token: Token) -> TokenDescription {
    switch token.kind {
    case .end: .end
    case .identifier, .escapedKeyword: .identifier(names.text(token.name))
    case .privateName: .privateName(names.text(token.name))
    case .number, .bigInt: .number(source.text(token.range))
    case .string: .string
    case .template, .templateHead, .templateMiddle, .templateTail: .template
    default:
      token.kind.isReservedWord ? .keyword(names.text(token.name)) : .punctuator(token.kind.spelling ?? source.text(token.range))
    }
  }
}

extension TokenKind {
  /// Whether this closes a bracket, or everything.
  var isClosingOrEnd: Bool {
    self == .braceClose || self == .bracketClose || self == .parenthesisClose || self == .end
  }
}
