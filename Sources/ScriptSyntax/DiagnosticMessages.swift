// All sentences of this module, in users' words.

extension DiagnosticKind {
  /// The sentence, without hints.
  public var message: String {
    switch self {
    case .message(let text): text
    case .tooDeep: "the script is nested too deeply here"
    case .tooLarge: "the script is too large"
    case .unexpectedToken(let token, let expected):
      "unexpected " + token.text + (expected.map { "; expected " + $0 } ?? "")
    case .unexpectedCharacter(let scalar): "unexpected character " + Self.describeCharacter(scalar)
    case .unterminatedString: "the string is not terminated: its closing quote is missing on this line"
    case .unterminatedTemplate: "the template is not terminated: its closing ` is missing"
    case .unterminatedComment: "the comment is not terminated: its closing */ is missing"
    case .unterminatedRegularExpression: "the regular expression is not terminated: its closing / is missing on this line"
    case .invalidRegularExpression(let reason): "invalid regular expression: " + reason
    case .invalidRegularExpressionFlags(let flags): "invalid regular expression flags '\(flags)'"
    case .invalidEscape: "invalid escape sequence"
    case .invalidIdentifierEscape: "invalid Unicode escape in a name"
    case .escapedKeyword(let name): "the keyword '\(name)' must not contain escapes"
    case .invalidNumber: "the number is incomplete: a digit is missing"
    case .nameAfterNumber: "a name or digit may not directly follow a number"
    case .misplacedNumericSeparator: "'_' is allowed only between digits of a number"
    case .legacyOctalInStrictMode: "octal numbers and escapes that begin with 0 are not allowed in strict mode"
    case .reservedName(let name): "'\(name)' cannot be used as a name here"
    case .strictReservedName(let name): "'\(name)' cannot be used as a name in strict mode"
    case .strictAssignment(let name): "'\(name)' cannot be declared or assigned in strict mode"
    case .letAsLexicalName: "'let' cannot be the name of a let, const or class declaration"
    case .alreadyDeclared(let name): "'\(name)' has already been declared"
    case .duplicateParameter(let name): "two parameters have the name '\(name)'"
    case .duplicatePrivateName(let name): "the private name '\(name)' has already been declared"
    case .undeclaredPrivateName(let name): "the private name '\(name)' is not declared in an enclosing class"
    case .deletedPrivateName: "private fields cannot be deleted"
    case .deletedNameInStrictMode: "a variable cannot be deleted in strict mode"
    case .duplicateProto: "'__proto__' is given twice in an object"
    case .argumentsInClassInitializer: "'arguments' cannot be used in a class field or static block"
    case .invalidAssignmentTarget: "cannot assign to this: the left side must be a variable or a property"
    case .invalidUpdateTarget: "'++' and '--' need a variable or a property"
    case .invalidLoopTarget: "the left side of a loop must be a variable or a property"
    case .invalidDestructuringTarget: "this cannot be a destructuring target"
    case .restNotLast: "'...' must come last"
    case .restWithInitializer: "a rest element cannot have a default value"
    case .shorthandInitializer: "'=' in an object is allowed only in destructuring; expected ':'"
    case .missingInitializer(let name): "the constant '\(name)' needs an initial value"
    case .missingPatternInitializer: "a destructuring declaration needs an initial value"
    case .loopInitializer: "the variable of a for-in or for-of loop cannot have an initial value"
    case .returnOutsideFunction: "'return' is allowed only inside a function"
    case .breakOutsideLoop: "'break' is allowed only inside a loop or switch"
    case .continueOutsideLoop: "'continue' is allowed only inside a loop"
    case .undefinedLabel(let name): "there is no enclosing label '\(name)'"
    case .labelIsNotALoop(let name): "'continue' needs the label of a loop, and '\(name)' is not one"
    case .duplicateLabel(let name): "the label '\(name)' is already in use"
    case .duplicateDefault: "a switch can have only one 'default'"
    case .withInStrictMode: "'with' is not allowed in strict mode"
    case .newlineAfterThrow: "the value to throw must begin on the same line as 'throw'"
    case .tryWithoutCatch: "'try' needs a 'catch' or 'finally'"
    case .elseWithoutIf: "'else' without a matching 'if'"
    case .declarationAsBody: "a declaration is not allowed here; wrap it in { }"
    case .functionInStrictBody: "a function declaration is not allowed here in strict mode; wrap it in { }"
    case .asyncOrGeneratorAsBody: "an async function or generator is not allowed here; wrap it in { }"
    case .importOrExport: "'import' and 'export' are not supported: scripts are not modules"
    case .awaitOutsideAsync: "'await' is allowed only inside an async function"
    case .awaitInParameters: "'await' is not allowed among parameters"
    case .yieldInParameters: "'yield' is not allowed among parameters"
    case .useStrictWithComplexParameters:
      "'use strict' is not allowed in a function with defaults, destructuring or rest parameters"
    case .getterParameters: "a getter has no parameters"
    case .setterParameters: "a setter has exactly one parameter"
    case .newTargetOutsideFunction: "'new.target' is allowed only inside a function"
    case .superOutsideMethod: "'super' is allowed only inside a method"
    case .superCallOutsideConstructor: "'super()' is allowed only in the constructor of a class that extends another"
    case .duplicateConstructor: "a class can have only one constructor"
    case .specialConstructor(let what): "the constructor of a class cannot be \(what)"
    case .fieldNamed(let name): "a class field cannot be named '\(name)'"
    case .staticPrototype: "a static member cannot be named 'prototype'"
    case .privateConstructor: "'#constructor' is not allowed as a private name"
    case .mixedCoalesce: "'??' cannot be mixed with '&&' or '||' without parentheses"
    case .unaryBeforeExponent: "the left side of '**' needs parentheses here"
    case .newWithOptionalChain: "'new' cannot be used with '?.'"
    case .optionalChainTemplate: "a template cannot follow '?.'"
    case .lineEndBeforeArrow: "'=>' must be on the same line as the parameters"
    }
  }

  private static func describeCharacter(_ scalar: UInt32) -> String {
    var code = String(scalar, radix: 16, uppercase: true)
    while code.utf8.count < 4 { code = "0" + code }
    if scalar == 0 { return "NUL (U+0000)" }
    guard let character = Unicode.Scalar(scalar), scalar > 0x20, scalar != 0x7F, scalar != 0xFFFD else { return "U+\(code)" }
    return scalar < 0x7F ? "'\(character)'" : "'\(character)' (U+\(code))"
  }
}

extension TokenDescription {
  /// As in "unexpected …".
  var text: String {
    switch self {
    case .end: "end of script"
    case .keyword(let word): "keyword '\(word)'"
    case .punctuator(let mark): "'\(mark)'"
    case .identifier(let name): "identifier '\(name)'"
    case .number(let digits): "number \(digits)"
    case .string: "string"
    case .template: "template"
    case .privateName(let name): "private name '\(name)'"
    }
  }
}

extension NoteKind {
  public var message: String {
    switch self {
    case .openedHere(let bracket): "'\(bracket)' was opened here"
    case .firstDeclaredHere(let name): "'\(name)' was first declared here"
    }
  }
}

extension DiagnosticHint {
  public var message: String {
    switch self {
    case .didYouMean(let word): "did you mean \(word)?"
    case .usePlainQuotes: "use plain quotes ' or \""
    case .makeFunctionAsync: "write 'async' before the function"
    case .useParentheses: "add parentheses"
    case .useComparison: "did you mean ===?"
    case .modulesAreNotSupported: "put everything into one script"
    }
  }
}

extension Diagnostic {
  /// The sentence with its hints, as shown after `error: `.
  public var message: String {
    hints.reduce(kind.message) { $0 + "; " + $1.message }
  }
}
