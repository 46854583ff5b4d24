// A mark-and-sweep heap with precise cells and conservatively scanned stacks.
//
// Collections happen only at safe points (calls and loop turns), never inside an allocation. Roots are: cells that Swift code holds
// strongly (their reference count is above the heap's own one), the value stacks, and every word of the machine stacks that
// happens to be a cell's address. See Boehm & Weiser, "Garbage Collection in an Uncooperative Environment" (1988).

import CRuntimeShims
import Glibc

/// Owns every cell of one realm.
public final class Heap {
  private var cells: UnsafeMutablePointer<Unmanaged<HeapCell>>
  public private(set) var cellCount = 0
  private var cellCapacity = 4096

  /// Bytes given out since the last collection.
  private(set) var bytesSinceCollection = 0
  /// Bytes that survived the last collection.
  private(set) var liveBytes = 0
  /// A collection is due when this many bytes have been given out.
  private var threshold = Heap.smallestThreshold
  /// Little enough to stay in a cache, much enough that marking what is built in does not count.
  private static let smallestThreshold = 8 << 20
  private var isCollectionDue = false
  /// Owned by the realm, which outlives the heap's use of it.
  var state: UnsafeMutablePointer<RunState>?
  /// What scripts may hold in all; 0 is no limit.
  public var byteLimit = 0
  /// Bytes that belong to the host (pixels, decoded images), counted against the limit.
  public var hostBytes: () -> Int = { 0 }
  /// The reference word of cells that only the heap refers to.
  private var unsharedReferenceWord = UInt64.max
  /// Set when a collection could not bring the heap below its limit.
  public private(set) var isOverLimit = false
  public private(set) var collectionCount = 0

  /// The stack on which the interpreter runs at present and those that are suspended.
  var stacks = StackSet()
  /// For deep recursion; see `withLargeStack`.
  var largeStack: LargeStack?
  /// Coroutines that have not finished.
  var coroutines: [Unmanaged<Coroutine>] = []
  /// Coroutines to be unwound at the next safe point.
  var abandonedCoroutines: [Coroutine] = []
  /// Cells with weak references, to be told when a collection has marked everything.
  private var weakHolders: [Unmanaged<WeakHolder>] = []

  public init() {
    cells = .allocate(capacity: cellCapacity)
  }

  deinit {
    for index in 0..<cellCount { cells[index].release() }
    cells.deallocate()
  }

  @inline(__always)
  func adopt(_ cell: HeapCell) {
    if cellCount == cellCapacity { growList() }
    cells[cellCount] = Unmanaged.passRetained(cell)
    cellCount += 1
    charge(96)
  }

  /// Counts memory that a cell has just taken beside itself.
  @inline(__always)
  public func charge(_ bytes: Int) {
    bytesSinceCollection &+= bytes
    if bytesSinceCollection > threshold { requestCollection() }
  }

  /// Takes back what was charged for memory that has been freed without a collection.
  func discharge(_ bytes: Int) { bytesSinceCollection &-= bytes }

  private func growList() {
    let larger = UnsafeMutablePointer<Unmanaged<HeapCell>>.allocate(capacity: cellCapacity * 2)
    larger.moveInitialize(from: cells, count: cellCount)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
  }

  func register(_ holder: WeakHolder) {
    weakHolders.append(.passUnretained(holder))
  }

  /// Asks for a collection at the next safe point.
  public func requestCollection() {
    isCollectionDue = true
    state?.pointee.pollCountdown = 0
  }

  /// Collects if that is due.
  func collectIfDue() {
    if isCollectionDue { collect() }
  }

  /// Frees every cell that no root reaches. Call at a safe point only.
  func collect() {
    collectionCount += 1
    // The machine's registers are spilled first so that values held in them are found on the stack.
    let context = Unmanaged.passUnretained(self).toOpaque()
    runtime_with_spilled_registers(context) { context, stackPointer in
      guard let context, let stackPointer else { return }
      let heap = Unmanaged<Heap>.fromOpaque(context).takeUnretainedValue()
      // Freed code takes its whole tree along.
      heap.withLargeStack { heap.collect(stackPointer: UInt(bitPattern: stackPointer)) }
    }
  }

  private func collect(stackPointer: UInt) {
    let candidates = stacks.candidateAddresses(currentStackPointer: stackPointer)
    let marker = Marker(self)
    for index in 0..<cellCount {
      let cell = cells[index]
      let address = cell.toOpaque()
      if isHeld(address) || candidates.contains(UInt(bitPattern: address)) { marker.mark(cell) }
    }
    marker.drain()
    markThroughWeakMaps(marker)
    // A generator that nobody can resume any more is unwound at leisure; until then what it holds must live.
    for coroutine in coroutines where !coroutine._withUnsafeGuaranteedRef({ $0.isMarked }) {
      if coroutine._withUnsafeGuaranteedRef({ $0.state == .suspended }) {
        marker.visit(coroutine.takeUnretainedValue())
        abandonedCoroutines.append(coroutine.takeUnretainedValue())
      }
    }
    marker.drain()
    markThroughWeakMaps(marker)
    coroutines.removeAll { coroutine in
      !coroutine._withUnsafeGuaranteedRef { $0.isMarked } || coroutine._withUnsafeGuaranteedRef { $0.state == .finished }
    }
    for holder in weakHolders where holder._withUnsafeGuaranteedRef({ $0.isMarked }) {
      holder._withUnsafeGuaranteedRef { $0.forgetUnmarked() }
    }
    weakHolders.removeAll { holder in !holder._withUnsafeGuaranteedRef { $0.isMarked } }
    sweep()
    threshold = max(Heap.smallestThreshold, liveBytes + liveBytes / 2)
    bytesSinceCollection = 0
    isCollectionDue = false
    if byteLimit > 0 {
      let used = liveBytes + hostBytes()
      isOverLimit = used > byteLimit
      threshold = max(1 << 20, min(threshold, byteLimit - used))
    }
  }

  /// Whether somebody besides the heap refers to the cell. Asking the Swift runtime costs a call, so the first answer "no" is
  /// remembered by the look of the cell's header.
  @inline(__always)
  private func isHeld(_ address: UnsafeMutableRawPointer) -> Bool {
    let word = runtime_reference_word(address)
    if word == unsharedReferenceWord { return false }
    if runtime_reference_count(address) > 1 { return true }
    unsharedReferenceWord = word
    return false
  }

  /// A weak map's value lives as long as both the map and the key do (ephemerons).
  private func markThroughWeakMaps(_ marker: Marker) {
    var changed = true
    while changed {
      changed = false
      for holder in weakHolders where holder._withUnsafeGuaranteedRef({ $0.isMarked }) {
        if holder._withUnsafeGuaranteedRef({ $0.markEphemerons(marker) }) { changed = true }
      }
      marker.drain()
    }
  }

  func forEachCell(_ body: (HeapCell) -> Void) {
    for index in 0..<cellCount { cells[index]._withUnsafeGuaranteedRef(body) }
  }

  fileprivate func addressesOfAllCells() -> AddressSet {
    var set = AddressSet()
    for index in 0..<cellCount { set.insert(UInt(bitPattern: cells[index].toOpaque())) }
    return set
  }

  private func sweep() {
    var kept = 0
    var bytes = 0
    for index in 0..<cellCount {
      let cell = cells[index]
      let survives = cell._withUnsafeGuaranteedRef { cell in
        guard cell.isMarked else { return false }
        cell.isMarked = false
        bytes += cell.byteSize + 32
        return true
      }
      if survives {
        cells[kept] = cell
        kept += 1
      } else {
        cell.release()
      }
    }
    cellCount = kept
    liveBytes = bytes
  }
}

/// Collects the cells to visit; a list instead of recursion, so that long chains need no stack.
public final class Marker {
  private let heap: Heap
  // Made when the first stack of a coroutine is met.
  private var cellAddresses: AddressSet?
  private var pending: ContiguousArray<Unmanaged<HeapCell>> = []

  init(_ heap: Heap) { self.heap = heap }

  /// Marks whatever looks like a cell in a stretch of a stack.
  func visitStack(from start: UInt, to end: UInt) {
    let known = cellAddresses ?? heap.addressesOfAllCells()
    cellAddresses = known
    var candidates = AddressSet()
    StackSet.scan(from: start, to: end, into: &candidates)
    candidates.forEach { address in
      if known.contains(address), let pointer = UnsafeRawPointer(bitPattern: address) {
        mark(Unmanaged<HeapCell>.fromOpaque(pointer))
      }
    }
  }

  @inline(__always)
  func mark(_ cell: Unmanaged<HeapCell>) {
    cell._withUnsafeGuaranteedRef { target in
      if !target.isMarked {
        target.isMarked = true
        pending.append(cell)
      }
    }
  }

  @inline(__always)
  public func visit(_ cell: HeapCell) {
    if !cell.isMarked {
      cell.isMarked = true
      pending.append(.passUnretained(cell))
    }
  }

  @inline(__always)
  public func visit<Cell: HeapCell>(_ cell: Ref<Cell>?) {
    if let cell { visit(cell.cell) }
  }

  @inline(__always)
  public func visit(_ value: Value) {
    switch value {
    case .string(let cell): visit(cell.cell)
    case .object(let cell): visit(cell.cell)
    case .symbol(let cell): visit(cell.cell)
    case .bigInt(let cell): visit(cell.cell)
    case .internal(let cell): visit(cell.cell)
    case .undefined, .null, .boolean, .number, .empty: break
    }
  }

  public func visit(_ values: UnsafeMutablePointer<Value>?, count: Int) {
    guard let values else { return }
    for index in 0..<count { visit(values[index]) }
  }

  func drain() {
    while let cell = pending.popLast() {
      cell._withUnsafeGuaranteedRef { $0.visitChildren(self) }
    }
  }
}

/// A cell that refers to others without keeping them alive.
public class WeakHolder: ScriptObject {
  /// Marks values whose keys are marked; true if anything new was.
  func markEphemerons(_ marker: Marker) -> Bool { false }
  /// Drops entries whose targets were not reached.
  func forgetUnmarked() {}
}
