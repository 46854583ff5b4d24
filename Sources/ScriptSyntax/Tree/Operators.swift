/// `-`, `+`, `!`, `~`, `typeof`, `void`, `delete` before an operand.
public enum UnaryOperator: UInt8, Sendable {
  case minus, plus, not, bitNot, typeof, void, delete
}

/// `++`, `--`.
public enum UpdateOperator: UInt8, Sendable {
  case increment, decrement
}

/// Operators that evaluate both operands.
public enum BinaryOperator: UInt8, Sendable {
  case add, subtract, multiply, divide, remainder, exponentiate
  case shiftLeft, shiftRight, shiftRightUnsigned, bitAnd, bitOr, bitXor
  case equal, notEqual, strictEqual, strictNotEqual
  case less, lessEqual, greater, greaterEqual, `in`, instanceof
}

/// Operators that may skip what follows.
public enum LogicalOperator: UInt8, Sendable {
  case and, or, coalesce
}

/// `=`, `+=` and its kin, `&&=` and its kin.
public enum AssignmentOperator: Equatable, Sendable {
  case assign
  case binary(BinaryOperator)
  case logical(LogicalOperator)
}

extension UnaryOperator {
  /// As written in a script.
  public var spelling: String {
    switch self {
    case .minus: "-"
    case .plus: "+"
    case .not: "!"
    case .bitNot: "~"
    case .typeof: "typeof"
    case .void: "void"
    case .delete: "delete"
    }
  }
}

extension UpdateOperator {
  /// As written in a script.
  public var spelling: String { self == .increment ? "++" : "--" }
}

extension BinaryOperator {
  /// As written in a script.
  public var spelling: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .exponentiate: "**"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .shiftRightUnsigned: ">>>"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .strictEqual: "==="
    case .strictNotEqual: "!=="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .in: "in"
    case .instanceof: "instanceof"
    }
  }
}

extension LogicalOperator {
  /// As written in a script.
  public var spelling: String {
    switch self {
    case .and: "&&"
    case .or: "||"
    case .coalesce: "??"
    }
  }
}

extension AssignmentOperator {
  /// As written in a script.
  public var spelling: String {
    switch self {
    case .assign: "="
    case .binary(let binary): binary.spelling + "="
    case .logical(let logical): logical.spelling + "="
    }
  }
}
