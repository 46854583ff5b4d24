/// A parsed pattern. Case-insensitivity is already spelled out in the sets; flags that a modifier can change sit in the nodes.
indirect enum RegularExpressionNode {
  case empty
  /// A code unit, or a code point when the pattern matches those.
  case character(UInt32)
  /// One character of the set.
  case set(CodePointSet)
  case sequence([RegularExpressionNode])
  case alternation([RegularExpressionNode])
  case capture(Int, RegularExpressionNode)
  case backreference(Int, ignoringCase: Bool)
  case namedBackreference([UInt16], ignoringCase: Bool)
  case repetition(RegularExpressionRepetition)
  case look(RegularExpressionNode, isBehind: Bool, isNegative: Bool)
  case lineStart(isMultiline: Bool)
  case lineEnd(isMultiline: Bool)
  /// Between a member of the set and anything else.
  case wordBoundary(CodePointSet, isNegated: Bool)

  /// Whether the node can match without consuming anything.
  var isNullable: Bool {
    switch self {
    case .character, .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.isNullable)
    case .alternation(let nodes): nodes.contains(where: \.isNullable)
    case .capture(_, let node): node.isNullable
    case .repetition(let repetition): repetition.minimum == 0 || repetition.body.isNullable
    default: true
    }
  }
}

/// A quantified node.
struct RegularExpressionRepetition {
  var body: RegularExpressionNode
  var minimum: Int32
  /// `Int32.max` for no limit.
  var maximum: Int32
  var isGreedy: Bool
  /// The captures inside the body, which every turn forgets.
  var captures: Range<Int>
}

/// Why a pattern is no regular expression.
struct RegularExpressionSyntaxError: Error, Equatable {
  /// In the words of the established engines, without the pattern: "Nothing to repeat".
  let message: String
  /// Code units from the start of the pattern.
  let offset: Int
}
