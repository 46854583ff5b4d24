// Hidden classes: which property lies in which slot, shared by objects that were built alike.
//
// After Chambers, Ungar & Lee, "An Efficient Implementation of SELF" (1989). Shapes of one lineage share a single table that grows at its
// end; a shape sees the first `count` entries of it.

/// Attributes of a property, and whether its slot holds an accessor pair.
struct PropertyFlags: OptionSet, Hashable {
  let rawValue: UInt8

  static let writable = PropertyFlags(rawValue: 1)
  static let enumerable = PropertyFlags(rawValue: 2)
  static let configurable = PropertyFlags(rawValue: 4)
  static let accessor = PropertyFlags(rawValue: 8)

  static let all: PropertyFlags = [.writable, .enumerable, .configurable]
  /// What built-in methods and class members have.
  static let hidden: PropertyFlags = [.writable, .configurable]
  static let constant: PropertyFlags = []
}

/// The layout of an object's named properties, and its prototype.
final class Shape {
  /// Nil for no prototype. Marked by every object of this shape; a shape whose prototype died has no objects left.
  let prototypeReference: Ref<ScriptObject>?
  let count: Int
  fileprivate let table: PropertyTable
  /// Whether the shape belongs to one object alone and changes in place: it must not be remembered by inline caches.
  let isUnique: Bool
  private var lastKey = UInt64.max
  private var lastChild: Shape?
  private var children: [UInt64: Shape]?

  fileprivate init(prototype: ScriptObject?, table: PropertyTable, count: Int, isUnique: Bool) {
    prototypeReference = prototype.map(Ref.init)
    self.table = table
    self.count = count
    self.isUnique = isUnique
  }

  convenience init(prototype: ScriptObject?) {
    self.init(prototype: prototype, table: PropertyTable(), count: 0, isUnique: false)
  }

  @inline(__always)
  var prototype: ScriptObject? { prototypeReference?.cell }

  /// The slot of `key`, or -1.
  @inline(__always)
  func find(_ key: PropertyKey) -> Int {
    table.find(key, below: count)
  }

  @inline(__always)
  func key(at slot: Int) -> PropertyKey { table.keys[slot] }

  @inline(__always)
  func flags(at slot: Int) -> PropertyFlags { table.flags[slot] }

  /// The shape after `key` has been added at the end.
  func adding(_ key: PropertyKey, flags: PropertyFlags) -> Shape {
    let transition = UInt64(key.raw) << 8 | UInt64(flags.rawValue)
    if transition == lastKey, let lastChild { return lastChild }
    if let child = children?[transition] { return child }
    let childTable = table.keys.count == count ? table : table.copy(upTo: count)
    childTable.append(key, flags)
    let child = Shape(prototype: prototype, table: childTable, count: count + 1, isUnique: false)
    if lastChild == nil {
      lastKey = transition
      lastChild = child
    } else {
      children = children ?? [:]
      children?[transition] = child
    }
    return child
  }

  /// A shape of its own with the same properties, for an object that changes in unusual ways.
  func madeUnique(prototype: ScriptObject?) -> Shape {
    Shape(prototype: prototype, table: table.copy(upTo: count), count: count, isUnique: true)
  }

  /// In place: only for a unique shape, whose count follows its table.
  func uniqueAdding(_ key: PropertyKey, flags: PropertyFlags) -> Shape {
    table.append(key, flags)
    return Shape(prototype: prototype, table: table, count: count + 1, isUnique: true)
  }

  /// In place: only for a unique shape.
  func uniqueSetFlags(_ flags: PropertyFlags, at slot: Int) { table.flags[slot] = flags }

  /// A unique shape without the property in `slot`; later properties move down by one.
  func removing(slot: Int) -> Shape {
    let copy = PropertyTable()
    for index in 0..<count where index != slot { copy.append(table.keys[index], table.flags[index]) }
    return Shape(prototype: prototype, table: copy, count: count - 1, isUnique: true)
  }

  /// Whether slots in this shape hold nothing but plain, writable, enumerable data.
  var hasOnlyPlainData: Bool { !table.flags[0..<count].contains { $0 != .all } }
}

/// Keys and attributes in slot order, with a hash index once there are many.
private final class PropertyTable {
  var keys: ContiguousArray<PropertyKey> = []
  var flags: ContiguousArray<PropertyFlags> = []
  // Slot + 1 by open addressing; empty while a linear search is quicker.
  private var index: ContiguousArray<Int32> = []

  @inline(__always)
  func find(_ key: PropertyKey, below count: Int) -> Int {
    if index.isEmpty {
      return keys.withUnsafeBufferPointer { keys in
        for slot in 0..<min(count, keys.count) where keys[slot] == key { return slot }
        return -1
      }
    }
    var place = PropertyTable.hash(key) & (index.count - 1)
    while true {
      let entry = Int(index[place])
      if entry == 0 { return -1 }
      if keys[entry - 1] == key { return entry - 1 < count ? entry - 1 : -1 }
      place = (place + 1) & (index.count - 1)
    }
  }

  func append(_ key: PropertyKey, _ flag: PropertyFlags) {
    keys.append(key)
    flags.append(flag)
    if keys.count > 8 {
      if index.count < keys.count * 2 { rebuildIndex() } else { insert(keys.count - 1) }
    }
  }

  func copy(upTo count: Int) -> PropertyTable {
    let result = PropertyTable()
    result.keys = ContiguousArray(keys[0..<count])
    result.flags = ContiguousArray(flags[0..<count])
    if count > 8 { result.rebuildIndex() }
    return result
  }

  private func rebuildIndex() {
    var size = 32
    while size < keys.count * 4 { size *= 2 }
    index = ContiguousArray(repeating: 0, count: size)
    for slot in keys.indices { insert(slot) }
  }

  private func insert(_ slot: Int) {
    var place = PropertyTable.hash(keys[slot]) & (index.count - 1)
    while index[place] != 0 { place = (place + 1) & (index.count - 1) }
    index[place] = Int32(truncatingIfNeeded: slot + 1)
  }

  @inline(__always)
  private static func hash(_ key: PropertyKey) -> Int {
    Int(truncatingIfNeeded: (key.raw &* 0x9E37_79B1) >> 8)
  }
}
