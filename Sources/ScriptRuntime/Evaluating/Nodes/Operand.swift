// A child node with the commonest cases decided in advance: a local variable, a constant, a global `let` or `const`.

/// Evaluates like its node, without a call in those cases.
struct Operand {
  let node: ExecutableNode
  /// The local slot to read, or one of the marks below.
  let slot: Int
  let constant: Value

  static let nodeMark = -1
  static let constantMark = -2
  static let globalMark = -3

  init(_ node: ExecutableNode) {
    self.node = node
    if let literal = node as? ConstantNode {
      slot = Operand.constantMark
      constant = literal.value
    } else if node is GlobalRead {
      slot = Operand.globalMark
      constant = .undefined
    } else {
      slot = node.localSlot
      constant = .undefined
    }
  }

  @inline(__always)
  func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if slot >= 0 { return frame.pointee.slots[slot] }
    if slot == Operand.nodeMark { return try node.evaluate(frame) }
    if slot == Operand.constantMark { return constant }
    if slot == Operand.globalMark {
      let value = unsafeDowncast(node, to: GlobalRead.self).knownValue
      if !value.isEmpty { return value }
    }
    return try node.evaluate(frame)
  }
}

/// Operands in order, walked without reference counting.
struct OperandList {
  /// An operand whose node the list's owner keeps alive.
  private struct Entry {
    let node: Unmanaged<ExecutableNode>
    let slot: Int
    let constant: Value
  }

  private final class Storage {
    let operands: ContiguousArray<Operand>
    let base: UnsafeMutablePointer<Entry>

    init(_ operands: ContiguousArray<Operand>) {
      self.operands = operands
      base = .allocate(capacity: max(operands.count, 1))
      for (index, operand) in operands.enumerated() {
        (base + index).initialize(
          to: Entry(node: .passUnretained(operand.node), slot: operand.slot, constant: operand.constant))
      }
    }

    deinit { base.deallocate() }
  }

  private let owner: Storage
  // Safe: `owner` keeps the memory and the nodes.
  private let base: UnsafeMutablePointer<Entry>
  let count: Int

  init(_ operands: ContiguousArray<Operand>) {
    owner = Storage(operands)
    base = owner.base
    count = operands.count
  }

  /// The operands again.
  var operands: ContiguousArray<Operand> { owner.operands }

  /// The value of the operand at `index`, which must lie inside.
  @inline(__always)
  func evaluate(_ index: Int, _ frame: FramePointer) throws(Thrown) -> Value {
    let slot = base[index].slot
    if slot >= 0 { return frame.pointee.slots[slot] }
    if slot == Operand.constantMark { return base[index].constant }
    return try base[index].node.with { node throws(Thrown) in
      if slot == Operand.globalMark {
        let value = unsafeDowncast(node, to: GlobalRead.self).knownValue
        if !value.isEmpty { return value }
      }
      return try node.evaluate(frame)
    }
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

  /// The value of the node at `index`, which must lie inside.
  @inline(__always)
  func evaluate(_ index: Int, _ frame: FramePointer) throws(Thrown) -> Value {
    try base[index].with { node throws(Thrown) in try node.evaluate(frame) }
  }

  /// The node at `index` where that reads a property.
  @inline(__always)
  func memberRead(_ index: Int) -> Unmanaged<MemberRead>? {
    base[index].with { node in node is MemberRead ? .passUnretained(unsafeDowncast(node, to: MemberRead.self)) : nil }
  }

  /// The truth of the node at `index`, which must lie inside.
  @inline(__always)
  func evaluateBoolean(_ index: Int, _ frame: FramePointer) throws(Thrown) -> Bool {
    try base[index].with { node throws(Thrown) in try node.evaluateBoolean(frame) }
  }

  /// Runs the node at `index`, which must lie inside.
  @inline(__always)
  func execute(_ index: Int, _ frame: FramePointer) throws(Thrown) -> Completion {
    try base[index].with { node throws(Thrown) in try node.execute(frame) }
  }

  /// Runs the nodes from `start` on until one ends otherwise than normally.
  @inline(__always)
  func execute(from start: Int = 0, _ frame: FramePointer) throws(Thrown) -> Completion {
    var index = start
    while index < count {
      let completion = try execute(index, frame)
      if completion != .normal { return completion }
      index += 1
    }
    return .normal
  }
}

/// Slots of variables that could be read before their declaration, walked without reference counting.
struct DeadSlots {
  private let owner: DeadSlotStorage?
  // Safe: `owner` keeps the memory.
  private let base: UnsafeMutablePointer<Int>?
  private let count: Int

  init(_ slots: [Int]) {
    owner = slots.isEmpty ? nil : DeadSlotStorage(slots)
    base = owner?.base
    count = slots.count
  }

  /// Puts the variables into their dead zone.
  @inline(__always)
  func kill(_ frame: FramePointer) {
    guard let base else { return }
    var index = 0
    while index < count {
      frame.pointee.slots[base[index]] = .empty
      index &+= 1
    }
  }
}

private final class DeadSlotStorage {
  let base: UnsafeMutablePointer<Int>

  init(_ slots: [Int]) {
    base = .allocate(capacity: slots.count)
    for (index, slot) in slots.enumerated() { (base + index).initialize(to: slot) }
  }

  deinit { base.deallocate() }
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

  override var isText: Bool { value.asString != nil }
}
