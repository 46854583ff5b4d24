// A child node with the two commonest cases decided in advance: a local variable and a constant.

/// Evaluates like its node, without a call for locals and constants.
struct Operand {
  let node: ExecutableNode
  /// The local slot to read, `Operand.constantMark`, or `Operand.nodeMark`.
  let slot: Int
  let constant: Value

  static let nodeMark = -1
  static let constantMark = -2

  init(_ node: ExecutableNode) {
    self.node = node
    if let literal = node as? ConstantNode {
      slot = Operand.constantMark
      constant = literal.value
    } else {
      slot = node.localSlot
      constant = .undefined
    }
  }

  @inline(__always)
  func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if slot >= 0 { return frame.pointee.slots[slot] }
    if slot == Operand.constantMark { return constant }
    return try node.evaluate(frame)
  }
}

/// An ordered list of nodes, walked without reference counting.
struct NodeList {
  private let owner: NodeListStorage
  // Safe: `owner` keeps the memory and the nodes.
  private let base: UnsafeMutablePointer<Unmanaged<ExecutableNode>>
  let count: Int

  init(_ nodes: [ExecutableNode]) {
    owner = NodeListStorage(nodes)
    base = owner.base
    count = nodes.count
  }

  @inline(__always)
  func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    var index = 0
    while index < count {
      let completion = try base[index].takeNode().execute(frame)
      if completion != .normal { return completion }
      index += 1
    }
    return .normal
  }
}

private final class NodeListStorage {
  private let nodes: [ExecutableNode]
  let base: UnsafeMutablePointer<Unmanaged<ExecutableNode>>

  init(_ nodes: [ExecutableNode]) {
    self.nodes = nodes
    base = .allocate(capacity: max(nodes.count, 1))
    for (index, node) in nodes.enumerated() { (base + index).initialize(to: .passUnretained(node)) }
  }

  deinit { base.deallocate() }
}

/// A literal.
final class ConstantNode: ExecutableNode {
  let value: Value
  // Strings and BigInts of the program's text are kept alive by their node.
  private let owner: HeapCell?

  init(_ value: Value) {
    self.value = value
    switch value {
    case .string(let cell): owner = cell.cell
    case .bigInt(let cell): owner = cell.cell
    case .object(let cell): owner = cell.cell
    default: owner = nil
    }
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { value }
  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion { .normal }

  override var constantNumber: Double? {
    if case .number(let number) = value { number } else { nil }
  }
}

extension Unmanaged where Instance == ExecutableNode {
  /// The node at +0; its list keeps it alive.
  @inline(__always)
  func takeNode() -> ExecutableNode { _withUnsafeGuaranteedRef { $0 } }
}
