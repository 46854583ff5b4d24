// The syntax tree: enums (`Statement`, `Expression`, `Pattern`, …) whose cases wrap final classes. Names follow ESTree where it has
// one. Parentheses leave no node.
//
// Height. The tree is never higher than `ParseOptions.maximumDepth` (about 2,500) plus a small constant per level, so passes over
// it and its release may recurse. What can be long without being deep is flat: an `else if` ladder is one `IfStatement` with many
// clauses, `a && b && c` one `LogicalExpression`, `a, b, c` one `SequenceExpression`, and a left-associative run of more than
// `BinaryChainExpression.minimumOperands` operands one `BinaryChainExpression`. Each link of `a.b.c()` is a node, and counts.

/// What all nodes share: where they stand in the source. A node in parentheses has the range of what is inside.
public class Node {
  public final let range: SourceRange

  init(_ range: SourceRange) {
    self.range = range
  }
}

/// A whole script, or the text given to `eval`.
public final class Script: Node {
  public let body: [Statement]
  /// Whether the script is strict mode code, by its directive or by inheritance (direct eval).
  public let isStrict: Bool
  public let scope: ScopeDeclarations
  /// Whether a direct `eval` call stands in this script, in any nested function too.
  public let containsDirectEval: Bool
  /// Whether a `with` statement stands in this script, in any nested function too.
  public let containsWith: Bool
  public let source: SourceText

  init(
    _ range: SourceRange, body: [Statement], isStrict: Bool, scope: ScopeDeclarations, containsDirectEval: Bool,
    containsWith: Bool, source: SourceText
  ) {
    self.body = body
    self.isStrict = isStrict
    self.scope = scope
    self.containsDirectEval = containsDirectEval
    self.containsWith = containsWith
    self.source = source
    super.init(range)
  }
}

/// A name where a value is read, written or bound.
public final class Identifier: Node {
  public let name: NameID

  init(_ range: SourceRange, name: NameID) {
    self.name = name
    super.init(range)
  }
}
