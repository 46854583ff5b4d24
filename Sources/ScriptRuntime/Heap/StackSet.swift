// The memory in which running and suspended code keeps its values: machine stacks and value stacks.

import CRuntimeShims

/// Stretches of memory to scan for cells.
struct StackSet {
  /// One line of execution: a machine stack that grows downwards and a value stack that grows upwards.
  struct Segment {
    /// Highest address of the machine stack.
    var machineBase: UInt
    /// Lowest live address of the machine stack; for the running segment the collector knows better.
    var machinePointer: UInt
    var valueBase: UInt
    /// One past the last live value.
    var valuePointer: UInt
    /// Where the machine pointer was saved when this line of execution resumed another one.
    var context: UnsafeMutablePointer<runtime_coroutine>?
  }

  /// Lines of execution that wait for the coroutine that they have resumed, outermost first.
  var resumers: [Segment] = []
  /// What runs now; its machine pointer is taken when the collector starts.
  var running = Segment(machineBase: 0, machinePointer: 0, valueBase: 0, valuePointer: 0)
  /// Gives the value stack's present end for the running segment.
  var runningValuePointer: () -> UInt = { 0 }

  /// Every word on a stack that could be the address of a cell.
  func candidateAddresses(currentStackPointer: UInt) -> AddressSet {
    var set = AddressSet()
    var current = running
    current.machinePointer = currentStackPointer
    current.valuePointer = runningValuePointer()
    StackSet.scan(current, into: &set)
    for segment in resumers { StackSet.scan(segment, into: &set) }
    return set
  }

  private static func scan(_ segment: Segment, into set: inout AddressSet) {
    let pointer = segment.context.map { UInt(bitPattern: $0.pointee.saved_stack_pointer) } ?? segment.machinePointer
    scan(from: pointer, to: segment.machineBase, into: &set)
    scan(from: segment.valueBase, to: segment.valuePointer, into: &set)
  }

  static func scan(from start: UInt, to end: UInt, into set: inout AddressSet) {
    var address = (start + 7) & ~7
    while address + 8 <= end {
      // Safe: the stretch between a stack's pointer and its base is mapped and stays so while we look.
      guard let word = UnsafePointer<UInt>(bitPattern: address) else { return }
      // Cells are allocated on 16-byte boundaries.
      if word.pointee & 15 == 0, word.pointee > 4096 { set.insert(word.pointee) }
      address += 8
    }
  }
}

/// A set of addresses by open addressing; far quicker to fill and ask than `Set`.
struct AddressSet {
  private var table: [UInt] = Array(repeating: 0, count: 4096)
  private var count = 0

  mutating func insert(_ address: UInt) {
    if count * 2 >= table.count { grow() }
    var index = AddressSet.hash(address) & (table.count - 1)
    while table[index] != 0 {
      if table[index] == address { return }
      index = (index + 1) & (table.count - 1)
    }
    table[index] = address
    count += 1
  }

  func contains(_ address: UInt) -> Bool {
    var index = AddressSet.hash(address) & (table.count - 1)
    while table[index] != 0 {
      if table[index] == address { return true }
      index = (index + 1) & (table.count - 1)
    }
    return false
  }

  func forEach(_ body: (UInt) -> Void) {
    for address in table where address != 0 { body(address) }
  }

  private mutating func grow() {
    let old = table
    table = Array(repeating: 0, count: old.count * 2)
    count = 0
    for address in old where address != 0 { insert(address) }
  }

  private static func hash(_ address: UInt) -> Int {
    Int(truncatingIfNeeded: ((address >> 4) &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }
}
