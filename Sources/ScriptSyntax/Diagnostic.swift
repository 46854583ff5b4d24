// Diagnostics are data; their sentences are in DiagnosticMessages.swift, their looks in DiagnosticRenderer.swift.

/// Something to say about the text of a script.
public struct Diagnostic: Equatable, Sendable {
  public enum Severity: UInt8, Sendable {
    case error, warning, note
  }

  /// A remark about another place that explains this one.
  public struct Note: Equatable, Sendable {
    public let kind: NoteKind
    public let range: SourceRange

    public init(_ kind: NoteKind, at range: SourceRange) {
      self.kind = kind
      self.range = range
    }
  }

  public let severity: Severity
  public let kind: DiagnosticKind
  public let range: SourceRange
  public var notes: [Note]
  /// Remedies, shown after the message.
  public var hints: [DiagnosticHint]

  public init(
    _ severity: Severity = .error, _ kind: DiagnosticKind, at range: SourceRange, notes: [Note] = [], hints: [DiagnosticHint] = []
  ) {
    self.severity = severity
    self.kind = kind
    self.range = range
    self.notes = notes
    self.hints = hints
  }
}

public enum NoteKind: Equatable, Sendable {
  /// The bracket that is never closed.
  case openedHere(String)
  case firstDeclaredHere(String)
}

public enum DiagnosticHint: Equatable, Sendable {
  case didYouMean(String)
  case usePlainQuotes
  case makeFunctionAsync
  case useParentheses
  case useComparison
  case modulesAreNotSupported
}

/// A token as messages name it.
public enum TokenDescription: Equatable, Sendable {
  case end
  case keyword(String)
  case punctuator(String)
  case identifier(String)
  case number(String)
  case string
  case template
  case privateName(String)
}

/// What is wrong with a script's text.
public enum DiagnosticKind: Equatable, Sendable {
  /// A sentence made elsewhere, such as by the regular expression parser.
  case message(String)
  case tooDeep
  case tooLarge

  // Tokens
  /// `expected` names what would do, as in "',' or ')'".
  case unexpectedToken(TokenDescription, expected: String?)
  /// A character no token begins with, as a Unicode scalar value.
  case unexpectedCharacter(UInt32)
  case unterminatedString
  case unterminatedTemplate
  case unterminatedComment
  case unterminatedRegularExpression
  case invalidRegularExpression(String)
  case invalidRegularExpressionFlags(String)
  case invalidEscape
  case invalidIdentifierEscape
  case escapedKeyword(String)
  case invalidNumber
  case nameAfterNumber
  case misplacedNumericSeparator
  case legacyOctalInStrictMode

  // Names
  case reservedName(String)
  case strictReservedName(String)
  case strictAssignment(String)
  case letAsLexicalName
  case alreadyDeclared(String)
  case duplicateParameter(String)
  case duplicatePrivateName(String)
  case undeclaredPrivateName(String)
  case deletedPrivateName
  case deletedNameInStrictMode
  case duplicateProto
  case argumentsInClassInitializer

  // Targets
  case invalidAssignmentTarget
  case invalidUpdateTarget
  case invalidLoopTarget
  case invalidDestructuringTarget
  case restNotLast
  case restWithInitializer
  case shorthandInitializer
  case missingInitializer(String)
  case missingPatternInitializer
  case loopInitializer

  // Statements
  case returnOutsideFunction
  case breakOutsideLoop
  case continueOutsideLoop
  case undefinedLabel(String)
  case labelIsNotALoop(String)
  case duplicateLabel(String)
  case duplicateDefault
  case withInStrictMode
  case newlineAfterThrow
  case tryWithoutCatch
  case elseWithoutIf
  case declarationAsBody
  case functionInStrictBody
  case asyncOrGeneratorAsBody
  case importOrExport

  // Functions and classes
  case awaitOutsideAsync
  case awaitInParameters
  case yieldInParameters
  case useStrictWithComplexParameters
  case getterParameters
  case setterParameters
  case newTargetOutsideFunction
  case superOutsideMethod
  case superCallOutsideConstructor
  case duplicateConstructor
  case specialConstructor(String)
  case fieldNamed(String)
  case staticPrototype
  case privateConstructor

  // Expressions
  case mixedCoalesce
  case unaryBeforeExponent
  case newWithOptionalChain
  case optionalChainTemplate
  case lineEndBeforeArrow
}
