// Recursive descent over tokens. What the grammar leaves open until later (patterns, arrow parameters) is parsed as an expression
// and converted, so no text is read twice.
// https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar

/// Thrown after a diagnostic was recorded, where parsing cannot go on; caught by the statement list around.
struct ParseFailure: Error {}

struct Parser {
  /// No more mistakes than this are reported.
  static let maximumDiagnostics = 20

  /// A bracket that waits for its closing one.
  struct OpenBracket {
    let kind: TokenKind
    let range: SourceRange
  }

  let source: SourceText
  let names: NameTable
  let options: ParseOptions
  var lexer: Lexer
  /// The token to look at.
  var token: Token
  /// The token before it.
  var previous: Token
  var diagnostics: [Diagnostic] = []
  /// How many times a statement list gave up on a statement.
  var failureCount = 0
  /// Whether the script is too deep to go on.
  var isAborted = false
  /// Levels of nesting around the current token.
  var depth = 0
  /// The greatest depth a node of the expression being parsed will have; see `raise`.
  var deepest = 0
  var openBrackets: [OpenBracket] = []
  var scopes: [ParserScope] = []
  var classes: [ClassContext] = []
  var function: FunctionContext
  /// A mistake unless the expression around it turns out to be a pattern.
  var pendingCover: PendingCover?
  /// Expressions in parentheses that might become targets, ordered by their ends.
  var parenthesized: [SourceRange] = []
  /// Where literals begin that end in a spread element and a comma, which patterns may not.
  var literalsWithCommaAfterSpread: Set<Int32> = []

  init(_ source: SourceText, names: NameTable, options: ParseOptions, allowsHashbang: Bool = true) {
    self.source = source
    self.names = names
    self.options = options
    lexer = Lexer(source, names: names, allowsHashbang: allowsHashbang)
    token = lexer.next()
    previous = Token(kind: .end, flags: [], start: 0, end: 0)
    function = FunctionContext(isStrict: options.isStrict)
    function.allowsReturn = options.allowsReturn
    function.allowsNewTarget = options.allowsNewTarget
    function.allowsSuperProperty = options.allowsSuperProperty
    function.allowsSuperCall = options.allowsSuperCall
    function.forbidsArguments = options.forbidsArguments
  }

  mutating func parseScript() -> Script? {
    scopes.append(ParserScope(kind: .script))
    var body: [Statement] = []
    do throws(ParseFailure) {
      try parseDirectives(into: &body, parameters: nil)
      try parseStatementList(into: &body, .script)
    } catch {
      return nil
    }
    let scope = popScope()
    return Script(
      SourceRange(start: 0, end: source.length), body: body, isStrict: function.isStrict, scope: scope,
      containsDirectEval: function.uses.contains(.containedDirectEval), containsWith: function.uses.contains(.containedWith),
      source: source)
  }

  var sortedDiagnostics: [Diagnostic] {
    diagnostics.enumerated().sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }.map(\.element)
  }
}

// MARK: - Tokens

extension Parser {
  @inline(__always)
  mutating func advance() {
    previous = token
    token = lexer.next()
  }

  @inline(__always)
  mutating func take(_ kind: TokenKind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  @inline(__always)
  mutating func expect(_ kind: TokenKind) throws(ParseFailure) {
    guard token.kind == kind else { throw unexpected(expected: kind.spelling.map { "'\($0)'" }) }
    advance()
  }

  /// The token after the current one.
  mutating func peek() -> Token {
    let checkpoint = lexer.checkpoint
    let error = lexer.error
    let next = lexer.next()
    lexer.rewind(to: checkpoint)
    lexer.error = error
    return next
  }

  /// From the start of `start` to the end of the token before the current one.
  @inline(__always)
  func range(from start: Int32) -> SourceRange {
    SourceRange(start: start, end: previous.end)
  }

  /// Passes an opening bracket.
  @inline(__always)
  mutating func open(_ kind: TokenKind) throws(ParseFailure) {
    let range = token.range
    try expect(kind)
    openBrackets.append(OpenBracket(kind: kind, range: range))
  }

  /// Passes the bracket that closes the innermost open one. `expected` says what might stand here besides.
  @inline(__always)
  mutating func close(_ kind: TokenKind, expected: String? = nil) throws(ParseFailure) {
    guard token.kind == kind else { throw unexpected(expected: expected ?? kind.spelling.map { "'\($0)'" }) }
    openBrackets.removeLast()
    advance()
  }

  /// https://tc39.es/ecma262/#sec-automatic-semicolon-insertion
  @inline(__always)
  mutating func consumeSemicolon() throws(ParseFailure) {
    if token.kind == .semicolon {
      advance()
    } else if token.kind != .braceClose, token.kind != .end, !token.newlineBefore {
      throw unexpected()
    }
  }
}

// MARK: - Depth

extension Parser {
  /// Goes one level down; the caller must take it back from `depth`.
  @inline(__always)
  mutating func enter() throws(ParseFailure) {
    depth += 1
    if depth > deepest { deepest = depth }
    if deepest > options.maximumDepth { throw tooDeep() }
  }

  /// Puts a node above what was parsed since `deepest` was last set to `depth`.
  @inline(__always)
  mutating func raise() throws(ParseFailure) {
    deepest += 1
    if deepest > options.maximumDepth { throw tooDeep() }
  }

  private mutating func tooDeep() -> ParseFailure {
    if !isAborted { report(.tooDeep, at: token.range) }
    isAborted = true
    return ParseFailure()
  }
}
