// The tree that runs: made from the syntax tree by the resolver, with names already turned into places.

/// One step of a program. Nodes are immutable but for their inline caches.
class ExecutableNode {
  /// The value of an expression.
  func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { .undefined }

  /// The truth of an expression; comparisons override it so that no value is made of it.
  func evaluateBoolean(_ frame: FramePointer) throws(Thrown) -> Bool {
    let value = try evaluate(frame)
    if case .boolean(let flag) = value { return flag }
    return value.isTruthy
  }

  /// An expression for its effects alone, or a statement.
  func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    _ = try evaluate(frame)
    return .normal
  }

  /// The local slot that the node reads, for specialised parents; -1 for all others.
  var localSlot: Int { -1 }

  /// Whether the node always yields a string.
  var isText: Bool { false }

  /// The number that the node always yields, for specialised parents.
  var constantNumber: Double? { nil }
}
