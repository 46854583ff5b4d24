/// How tightly binary operators bind.
enum Precedence {
  static let coalesce: UInt8 = 1
  static let or: UInt8 = 2
  static let and: UInt8 = 3
  static let equality: UInt8 = 7
  static let relational: UInt8 = 8
  static let exponent: UInt8 = 12
}

extension TokenKind {
  /// The precedence as a binary operator, 0 for other tokens.
  var precedence: UInt8 {
    switch self {
    case .questionQuestion: 1
    case .pipePipe: 2
    case .ampersandAmpersand: 3
    case .pipe: 4
    case .caret: 5
    case .ampersand: 6
    case .equal, .notEqual, .strictEqual, .strictNotEqual: 7
    case .less, .greater, .lessEqual, .greaterEqual, .in, .instanceof: 8
    case .shiftLeft, .shiftRight, .shiftRightUnsigned: 9
    case .plus, .minus: 10
    case .star, .slash, .percent: 11
    case .starStar: 12
    default: 0
    }
  }

  var binaryOperator: BinaryOperator? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .remainder
    case .starStar: .exponentiate
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    case .shiftRightUnsigned: .shiftRightUnsigned
    case .ampersand: .bitAnd
    case .pipe: .bitOr
    case .caret: .bitXor
    case .equal: .equal
    case .notEqual: .notEqual
    case .strictEqual: .strictEqual
    case .strictNotEqual: .strictNotEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    case .in: .in
    case .instanceof: .instanceof
    default: nil
    }
  }

  var assignmentOperator: AssignmentOperator? {
    guard rawValue >= TokenKind.assign.rawValue, rawValue <= TokenKind.questionQuestionAssign.rawValue else { return nil }
    switch self {
    case .plusAssign: return .binary(.add)
    case .minusAssign: return .binary(.subtract)
    case .starAssign: return .binary(.multiply)
    case .slashAssign: return .binary(.divide)
    case .percentAssign: return .binary(.remainder)
    case .starStarAssign: return .binary(.exponentiate)
    case .shiftLeftAssign: return .binary(.shiftLeft)
    case .shiftRightAssign: return .binary(.shiftRight)
    case .shiftRightUnsignedAssign: return .binary(.shiftRightUnsigned)
    case .ampersandAssign: return .binary(.bitAnd)
    case .pipeAssign: return .binary(.bitOr)
    case .caretAssign: return .binary(.bitXor)
    case .ampersandAmpersandAssign: return .logical(.and)
    case .pipePipeAssign: return .logical(.or)
    case .questionQuestionAssign: return .logical(.coalesce)
    default: return .assign
    }
  }

  var unaryOperator: UnaryOperator? {
    switch self {
    case .minus: .minus
    case .plus: .plus
    case .exclamation: .not
    case .tilde: .bitNot
    case .typeof: .typeof
    case .void: .void
    case .delete: .delete
    default: nil
    }
  }

  /// Whether a `yield` before this token has no argument.
  var endsYield: Bool {
    switch self {
    case .parenthesisClose, .bracketClose, .braceClose, .comma, .semicolon, .colon, .in, .end: true
    default: false
    }
  }
}
