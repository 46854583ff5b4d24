// After a mistake, the statement list around it goes on where the next statement seems to begin.

/// What to go back to when a statement fails.
struct RecoveryPoint {
  let depth: Int
  let bracketCount: Int
  let scopeCount: Int
  let classCount: Int
  let labelCount: Int
  let loopDepth: Int32
  let breakableDepth: Int32
}

extension Parser {
  var recoveryPoint: RecoveryPoint {
    RecoveryPoint(
      depth: depth, bracketCount: openBrackets.count, scopeCount: scopes.count, classCount: classes.count,
      labelCount: function.labels.count, loopDepth: function.loopDepth, breakableDepth: function.breakableDepth)
  }

  /// Leaves everything that was begun since `point` and skips to where a statement of its list may begin, or the list ends.
  mutating func recover(to point: RecoveryPoint, _ list: StatementListKind) {
    failureCount += 1
    depth = point.depth
    scopes.removeLast(max(0, scopes.count - point.scopeCount))
    classes.removeLast(max(0, classes.count - point.classCount))
    function.labels.removeLast(max(0, function.labels.count - point.labelCount))
    function.loopDepth = point.loopDepth
    function.breakableDepth = point.breakableDepth
    function.allowsIn = true
    pendingCover = nil
    if diagnostics.count >= Self.maximumDiagnostics || isInsideBrokenString { isAborted = true }
    if isAborted { return }
    skip(to: point.bracketCount, list)
    openBrackets.removeLast(max(0, openBrackets.count - point.bracketCount))
  }

  /// Whether a string without end just failed that seems to go on in the next line: what follows is text, not code.
  private var isInsideBrokenString: Bool {
    guard token.kind == .invalid, lexer.error?.kind == .unterminatedString else { return false }
    let bytes = source.bytes
    let quote = bytes[Int(token.start)]
    var index = Int(token.end)
    while index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D { index += 1 }
    let line = bytes[index...].prefix { $0 != 0x0A && $0 != 0x0D }
    return line.reduce(0) { $1 == quote ? $0 + 1 : $0 } % 2 == 1
  }

  /// Skips tokens, keeping track of brackets.
  private mutating func skip(to bracketCount: Int, _ list: StatementListKind) {
    // The token that failed may itself begin a line; then nothing need be skipped, but something must have been read before.
    var hasAdvanced = false
    while token.kind != .end {
      if openBrackets.count <= bracketCount {
        if token.kind == .semicolon {
          advance()
          return
        }
        if token.kind == .braceClose, list != .script { return }
        if list == .switchCase, token.kind == .case || token.kind == .default { return }
        if token.newlineBefore, hasAdvanced || previous.end > 0, canBeginStatement { return }
      } else if token.newlineBefore, canOnlyBeginStatement, openBrackets.last?.kind != .braceOpen {
        return
      }
      if skipBracket(bracketCount, list) { return }
      advance()
      hasAdvanced = true
    }
  }

  /// Opens or closes the current token if it is a bracket. True if it closes what lies outside the failed statement.
  private mutating func skipBracket(_ bracketCount: Int, _ list: StatementListKind) -> Bool {
    switch token.kind {
    case .braceOpen, .parenthesisOpen, .bracketOpen, .templateHead:
      openBrackets.append(OpenBracket(kind: token.kind, range: token.range))
    case .parenthesisClose, .bracketClose:
      let opener: TokenKind = token.kind == .parenthesisClose ? .parenthesisOpen : .bracketOpen
      if openBrackets.count > bracketCount, openBrackets.last?.kind == opener { openBrackets.removeLast() }
    case .braceClose:
      while openBrackets.count > bracketCount, let last = openBrackets.last, last.kind != .braceOpen {
        if last.kind == .templateHead {
          token = lexer.rescanTemplate(at: token, opening: last.range.start)
          if token.kind != .templateMiddle { openBrackets.removeLast() }
          return false
        }
        openBrackets.removeLast()
      }
      if openBrackets.count > bracketCount {
        openBrackets.removeLast()
      } else {
        return list != .script
      }
    default: break
    }
    return false
  }

  /// Whether the current token, at the beginning of a line, is likely to begin a statement.
  private var canBeginStatement: Bool {
    switch token.kind {
    case .identifier, .this, .super, .new: true
    case .function, .class: true
    default: canOnlyBeginStatement
    }
  }

  /// Whether the current token can stand only at the beginning of a statement.
  private var canOnlyBeginStatement: Bool {
    switch token.kind {
    case .var, .const, .if, .for, .do, .while, .switch, .try, .throw, .return, .break, .continue: true
    default: false
    }
  }
}
