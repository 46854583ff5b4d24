// The hash table behind Map and Set: entries in the order of their insertion, found by hash.
//
// Entries lie one behind the other; deleting one leaves a gap. When the list is full it is moved, without its gaps, to another
// generation; a cursor left in an old generation follows it there, taking off the gaps before its place. So iterations may
// go on while entries come and go. After Tyler Close's deterministic hash tables, with an index of open addressing.

/// Keys and values in insertion order; keys are equal as SameValueZero says.
final class OrderedValueTable {
  /// A list of entries, current until it is moved.
  fileprivate final class Generation {
    let capacity: Int
    /// Key and value of each entry, side by side; the key of a gap is `.empty`.
    let entries: UnsafeMutablePointer<Value>
    /// Entries and gaps.
    var count = 0
    /// Where the entries went.
    var successor: Generation?
    /// The places of the gaps when the entries went, ascending. Everything went away when this is nil.
    var gaps: [Int]?

    init(capacity: Int) {
      self.capacity = capacity
      entries = .allocate(capacity: capacity * 2)
    }

    deinit { entries.deallocate() }
  }

  /// A place in the order; stays meaningful while the table changes.
  struct Cursor {
    fileprivate var generation: Generation
    fileprivate var position = 0
  }

  private var current: Generation {
    didSet { entries = current.entries }
  }
  /// Those of the current generation.
  private var entries: UnsafeMutablePointer<Value>
  /// Entry number plus one by hash; 0 is free. Twice as long as the entries or more.
  private var index: UnsafeMutablePointer<Int32>
  private var indexMask = 7
  private(set) var count = 0

  init() {
    current = Generation(capacity: 4)
    entries = current.entries
    index = .allocate(capacity: 8)
    index.initialize(repeating: 0, count: 8)
  }

  deinit { index.deallocate() }

  func visitChildren(_ marker: Marker) { marker.visit(current.entries, count: current.count * 2) }

  var byteSize: Int { current.capacity * 32 + (indexMask + 1) * 4 }

  // MARK: - Hashing

  @inline(__always)
  private static func mix(_ bits: UInt64) -> Int {
    // Both halves of the product: small whole numbers have their bits at the top only.
    let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  @inline(__always)
  private static func hash(_ key: Value) -> Int {
    // Both zeros are equal.
    if case .number(let number) = key { return mix(number.isNaN ? 1 : (number + 0).bitPattern) }
    return hashSlowly(key)
  }

  @inline(never)
  private static func hashSlowly(_ key: Value) -> Int {
    switch key {
    case .number(let number): mix(number.bitPattern)
    case .string(let string): string.cell.contentHash
    case .object(let object): mix(UInt64(object.address))
    case .symbol(let symbol): mix(UInt64(symbol.address))
    case .bigInt(let integer): mix(integer.cell.value.truncatedWord)
    case .boolean(let flag): flag ? 11 : 7
    case .undefined: 3
    case .null, .empty, .internal: 5
    }
  }

  @inline(__always)
  private func find(_ key: Value) -> Int? {
    var slot = OrderedValueTable.hash(key) & indexMask
    while index[slot] != 0 {
      let entry = Int(index[slot]) - 1
      let candidate = entries[entry * 2]
      if case .number(let x) = candidate, case .number(let y) = key {
        if x == y || x.isNaN && y.isNaN { return entry }
      } else if Value.sameZero(candidate, key) {
        return entry
      }
      slot = (slot + 1) & indexMask
    }
    return nil
  }

  // MARK: - Entries

  func value(of key: Value) -> Value? {
    guard let entry = find(key) else { return nil }
    return entries[entry * 2 + 1]
  }

  func contains(_ key: Value) -> Bool { find(key) != nil }

  /// Sets the value of a key, at the end of the order if it is new.
  func set(_ key: Value, _ value: Value, _ heap: Heap) {
    if let entry = find(key) {
      entries[entry * 2 + 1] = value
      return
    }
    if current.count == current.capacity { move(heap) }
    let entry = current.count
    var key = key
    if case .number(let number) = key, number == 0 { key = .number(0) }
    current.entries[entry * 2] = key
    current.entries[entry * 2 + 1] = value
    current.count = entry + 1
    count += 1
    enter(key, entry)
  }

  private func enter(_ key: Value, _ entry: Int) {
    var slot = OrderedValueTable.hash(key) & indexMask
    while index[slot] != 0 { slot = (slot + 1) & indexMask }
    index[slot] = Int32(truncatingIfNeeded: entry + 1)
  }

  func remove(_ key: Value) -> Bool {
    guard let entry = find(key) else { return false }
    // The index goes on pointing to the gap, which equals no key.
    current.entries[entry * 2] = .empty
    current.entries[entry * 2 + 1] = .empty
    count -= 1
    return true
  }

  func removeAll() {
    let old = current
    current = Generation(capacity: 4)
    old.successor = current
    old.count = 0
    count = 0
    resizeIndex(8)
  }

  private func resizeIndex(_ size: Int) {
    index.deallocate()
    index = .allocate(capacity: size)
    index.initialize(repeating: 0, count: size)
    indexMask = size - 1
  }

  /// Moves the entries to a list without gaps, of double capacity unless many were gaps.
  private func move(_ heap: Heap) {
    let old = current
    let capacity = count * 2 > old.capacity ? old.capacity * 2 : old.capacity
    let next = Generation(capacity: capacity)
    heap.charge(capacity * 40)
    resizeIndex(capacity * 2)
    current = next
    var gaps: [Int] = []
    for entry in 0..<old.count {
      let key = old.entries[entry * 2]
      if key.isEmpty {
        gaps.append(entry)
        continue
      }
      next.entries[next.count * 2] = key
      next.entries[next.count * 2 + 1] = old.entries[entry * 2 + 1]
      enter(key, next.count)
      next.count += 1
    }
    old.gaps = gaps
    old.successor = next
    old.count = 0
  }

  // MARK: - Order

  var start: Cursor { Cursor(generation: current) }

  /// The entry at the cursor, which moves on; nil at the end, beyond which entries may still be added.
  func next(_ cursor: inout Cursor) -> (key: Value, value: Value)? {
    while let successor = cursor.generation.successor {
      if let gaps = cursor.generation.gaps {
        cursor.position -= gaps.prefix { $0 < cursor.position }.count
      } else {
        cursor.position = 0
      }
      cursor.generation = successor
    }
    let generation = cursor.generation
    while cursor.position < generation.count {
      let place = cursor.position * 2
      cursor.position += 1
      if !generation.entries[place].isEmpty { return (generation.entries[place], generation.entries[place + 1]) }
    }
    return nil
  }
}
