// Strings of UTF-16 code units: flat in one or two bytes a unit, or a rope until somebody looks inside.

/// An immutable string. Units are one byte where all are below 256. Index and length take constant time (a rope is flattened first).
public final class ScriptString: HeapCell {
  /// In UTF-16 code units.
  public let length: Int
  /// Whether every unit is below 256.
  public private(set) var isLatin1: Bool
  // Nil for a rope that has not been flattened. Owned unless `growth` owns it.
  private var units: UnsafeMutableRawPointer?
  // For the result of an append: the memory it shares with the strings that it began as.
  private var growth: StringGrowth?
  private var left: Ref<ScriptString>?
  private var right: Ref<ScriptString>?
  /// The interned key's raw value; all ones when it is not known yet.
  var cachedKey = UInt32.max
  private var cachedHash = 0

  /// The longest string that scripts may make, in code units (as in V8).
  public static let maximumLength = 536_870_888

  public init(heap: Heap, latin1: [UInt8]) {
    length = latin1.count
    isLatin1 = true
    let memory = ScriptString.allocate(latin1.count)
    latin1.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { memory.copyMemory(from: base, byteCount: bytes.count) }
    }
    units = memory
    super.init(heap: heap)
    heap.charge(length)
  }

  public init(heap: Heap, latin1 bytes: UnsafeBufferPointer<UInt8>) {
    length = bytes.count
    isLatin1 = true
    let memory = ScriptString.allocate(bytes.count)
    if let base = bytes.baseAddress { memory.copyMemory(from: base, byteCount: bytes.count) }
    units = memory
    super.init(heap: heap)
    heap.charge(length)
  }

  /// Stored in one byte a unit when that is possible.
  public convenience init(heap: Heap, utf16 source: [UInt16]) {
    self.init(heap: heap, utf16: source[...])
  }

  public convenience init(heap: Heap, utf16 source: ArraySlice<UInt16>) {
    let latin1 = source.withUnsafeBufferPointer { ScriptString.fitsLatin1($0) }
    self.init(heap: heap, count: source.count, isLatin1: latin1) { memory in
      source.withUnsafeBufferPointer { buffer in
        if latin1 {
          let target = memory.assumingMemoryBound(to: UInt8.self)
          for index in 0..<buffer.count { target[index] = UInt8(truncatingIfNeeded: buffer[index]) }
        } else if let base = buffer.baseAddress {
          memory.copyMemory(from: base, byteCount: buffer.count * 2)
        }
      }
    }
  }

  /// A flat string whose units `fill` writes.
  init(heap: Heap, count: Int, isLatin1: Bool, fill: (UnsafeMutableRawPointer) -> Void) {
    length = count
    self.isLatin1 = isLatin1
    let memory = ScriptString.allocate(isLatin1 ? count : count * 2)
    fill(memory)
    units = memory
    super.init(heap: heap)
    heap.charge(isLatin1 ? count : count * 2)
  }

  public convenience init(heap: Heap, _ text: String) {
    var text = text
    let isASCII = text.withUTF8 { $0.allSatisfy { $0 < 128 } }
    if isASCII {
      self.init(heap: heap, latin1: Array(text.utf8))
    } else {
      self.init(heap: heap, utf16: Array(text.utf16))
    }
  }

  private init(heap: Heap, left: ScriptString, right: ScriptString) {
    length = left.length + right.length
    isLatin1 = left.isLatin1 && right.isLatin1
    self.left = Ref(left)
    self.right = Ref(right)
    super.init(heap: heap)
  }

  /// `left + right` in memory with room for more; `growth` holds `left`'s units at its beginning.
  private init(heap: Heap, growth: StringGrowth, appending right: ScriptString) {
    length = growth.used + right.length
    isLatin1 = growth.isLatin1
    right.copyUnits(to: growth.memory, at: growth.used, asLatin1: growth.isLatin1)
    growth.used = length
    self.growth = growth
    units = growth.memory
    super.init(heap: heap)
    heap.charge(right.length)
  }

  deinit {
    if growth == nil { units?.deallocate() }
  }

  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(byteCount, 1), alignment: 8)
  }

  public override func visitChildren(_ marker: Marker) {
    marker.visit(left)
    marker.visit(right)
  }

  public override var byteSize: Int { 96 + (units == nil ? 0 : isLatin1 ? length : length * 2) }

  static func fitsLatin1(_ buffer: UnsafeBufferPointer<UInt16>) -> Bool {
    var all: UInt16 = 0
    for unit in buffer { all |= unit }
    return all < 256
  }

  /// `left + right`: short results are copied, long ones become ropes. The caller has checked the length.
  static func concatenate(heap: Heap, _ left: ScriptString, _ right: ScriptString) -> ScriptString {
    if left.length == 0 { return right }
    if right.length == 0 { return left }
    let total = left.length + right.length
    if total > 24 {
      if left.length >= right.length, let grown = appended(heap: heap, left, right, total) { return grown }
      return ScriptString(heap: heap, left: left, right: right)
    }
    let latin1 = left.isLatin1 && right.isLatin1
    return ScriptString(heap: heap, count: total, isLatin1: latin1) { memory in
      left.copyUnits(to: memory, at: 0, asLatin1: latin1)
      right.copyUnits(to: memory, at: left.length, asLatin1: latin1)
    }
  }

  /// The quick way of `text += more`: appends in place behind `left` where nobody has yet, else moves to twice the memory while
  /// that is cheap. Nil where a rope is better.
  private static func appended(heap: Heap, _ left: ScriptString, _ right: ScriptString, _ total: Int) -> ScriptString? {
    guard let units = left.units else { return nil }
    if let growth = left.growth, growth.used == left.length {
      if growth.isLatin1 && !right.isLatin1 { return nil }
      if total <= growth.capacity { return ScriptString(heap: heap, growth: growth, appending: right) }
    } else if left.length > 4096 {
      return nil
    }
    guard left.isLatin1 == right.isLatin1 || !left.isLatin1 else { return nil }
    let larger = StringGrowth(isLatin1: left.isLatin1, capacity: total * 2)
    larger.memory.copyMemory(from: units, byteCount: left.isLatin1 ? left.length : left.length * 2)
    larger.used = left.length
    heap.charge(total)
    return ScriptString(heap: heap, growth: larger, appending: right)
  }

  /// Joins the parts of a rope, iteratively: ropes may be a million deep.
  func flatten() {
    guard units == nil else { return }
    let memory = ScriptString.allocate(isLatin1 ? length : length * 2)
    var end = length
    var pending: [ScriptString] = [self]
    // From the right: ropes mostly grow by appending, so this keeps the list of pending parts short.
    while let part = pending.popLast() {
      if part.units == nil, let left = part.left, let right = part.right {
        pending.append(left.cell)
        pending.append(right.cell)
      } else {
        end -= part.length
        part.copyUnits(to: memory, at: end, asLatin1: isLatin1)
      }
    }
    units = memory
    left = nil
    right = nil
  }

  /// Writes this flat string's units into `memory` from unit `offset` on; `asLatin1` says how that memory is laid out.
  fileprivate func copyUnits(to memory: UnsafeMutableRawPointer, at offset: Int, asLatin1: Bool) {
    if units == nil { flatten() }
    guard let units else { return }
    if asLatin1 {
      (memory + offset).copyMemory(from: units, byteCount: length)
    } else if isLatin1 {
      let source = units.assumingMemoryBound(to: UInt8.self)
      let target = (memory + offset * 2).assumingMemoryBound(to: UInt16.self)
      for index in 0..<length { target[index] = UInt16(source[index]) }
    } else {
      (memory + offset * 2).copyMemory(from: units, byteCount: length * 2)
    }
  }

  /// The unit at `index`, which must lie in 0..<length.
  @inline(__always)
  public func unit(at index: Int) -> UInt16 {
    if units == nil { flatten() }
    precondition(index >= 0 && index < length)
    guard let units else { return 0 }
    return isLatin1
      ? UInt16(units.assumingMemoryBound(to: UInt8.self)[index]) : units.assumingMemoryBound(to: UInt16.self)[index]
  }

  /// Opens the units as they are stored.
  @inline(__always)
  public func withUnits<Result, Failure: Error>(
    latin1: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result,
    utf16: (UnsafeBufferPointer<UInt16>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    flatten()
    if isLatin1 {
      return try latin1(UnsafeBufferPointer(start: units.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) }, count: length))
    }
    return try utf16(UnsafeBufferPointer(start: units.map { UnsafePointer($0.assumingMemoryBound(to: UInt16.self)) }, count: length))
  }

  /// The units as an array.
  public var utf16Units: [UInt16] {
    withUnits(latin1: { $0.map(UInt16.init) }, utf16: { Array($0) })
  }

  /// The text for Swift; lone surrogates become U+FFFD.
  public var text: String {
    withUnits(
      latin1: { bytes in
        bytes.allSatisfy { $0 < 128 }
          ? String(decoding: bytes, as: UTF8.self) : String(decoding: bytes.map(UInt16.init), as: UTF16.self)
      },
      utf16: { String(decoding: $0, as: UTF16.self) })
  }

  /// Units `start..<end`, which must lie inside.
  public func substring(heap: Heap, _ start: Int, _ end: Int) -> ScriptString {
    precondition(start >= 0 && start <= end && end <= length)
    if start == 0 && end == length { return self }
    return withUnits(
      latin1: { bytes in
        ScriptString(heap: heap, latin1: UnsafeBufferPointer(rebasing: bytes[start..<end]))
      },
      utf16: { units in
        ScriptString(heap: heap, utf16: Array(units[start..<end]))
      })
  }

  public func isEqual(to other: ScriptString) -> Bool {
    if self === other { return true }
    if length != other.length { return false }
    if cachedKey != UInt32.max && other.cachedKey != UInt32.max { return cachedKey == other.cachedKey }
    return withUnits(
      latin1: { mine in
        other.withUnits(
          latin1: { theirs in mine.elementsEqual(theirs) },
          utf16: { theirs in ScriptString.areEqual(mine, theirs) })
      },
      utf16: { mine in
        other.withUnits(
          latin1: { theirs in ScriptString.areEqual(theirs, mine) },
          utf16: { theirs in mine.elementsEqual(theirs) })
      })
  }

  private static func areEqual(_ narrow: UnsafeBufferPointer<UInt8>, _ wide: UnsafeBufferPointer<UInt16>) -> Bool {
    for index in 0..<narrow.count where UInt16(narrow[index]) != wide[index] { return false }
    return true
  }

  /// Order by code units.
  public func isLess(than other: ScriptString) -> Bool {
    flatten()
    other.flatten()
    let common = min(length, other.length)
    for index in 0..<common {
      let mine = unit(at: index), theirs = other.unit(at: index)
      if mine != theirs { return mine < theirs }
    }
    return length < other.length
  }

  /// FNV-1a over the units; the same for equal strings however they are stored.
  var contentHash: Int {
    if cachedHash != 0 { return cachedHash }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    withUnits(
      latin1: { for unit in $0 { hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3 } },
      utf16: { for unit in $0 { hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3 } })
    hash ^= hash >> 32
    cachedHash = Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF) | 1
    return cachedHash
  }

  /// The array index whose canonical text this is ("0", "17", not "01"), below 2^32 - 1.
  var canonicalIndex: Int? {
    guard length > 0, length <= 10 else { return nil }
    var value = 0
    let first = unit(at: 0)
    if first == 48 && length > 1 { return nil }
    for index in 0..<length {
      let unit = self.unit(at: index)
      guard unit >= 48, unit <= 57 else { return nil }
      value = value * 10 + Int(unit - 48)
    }
    return value < 4_294_967_295 ? value : nil
  }
}

/// Memory at whose end strings are appended. Units once written never change, so all strings that share it stay valid.
private final class StringGrowth {
  let memory: UnsafeMutableRawPointer
  let isLatin1: Bool
  /// In units.
  let capacity: Int
  var used = 0

  init(isLatin1: Bool, capacity: Int) {
    self.isLatin1 = isLatin1
    self.capacity = capacity
    memory = .allocate(byteCount: isLatin1 ? capacity : capacity * 2, alignment: 8)
  }

  deinit { memory.deallocate() }
}

/// Builds a string from pieces.
public struct StringBuilder {
  private var narrow: [UInt8] = []
  private var wide: [UInt16] = []
  private var isWide = false

  public init() {}

  public var count: Int { isWide ? wide.count : narrow.count }

  public mutating func append(unit: UInt16) {
    if isWide {
      wide.append(unit)
    } else if unit < 256 {
      narrow.append(UInt8(truncatingIfNeeded: unit))
    } else {
      widen()
      wide.append(unit)
    }
  }

  public mutating func append(_ string: ScriptString) {
    string.withUnits(
      latin1: { bytes in
        if isWide { for byte in bytes { wide.append(UInt16(byte)) } } else { narrow.append(contentsOf: bytes) }
      },
      utf16: { units in
        if !isWide { widen() }
        wide.append(contentsOf: units)
      })
  }

  /// Appends units `start..<end` of a string, which must lie inside.
  public mutating func append(_ string: ScriptString, _ start: Int, _ end: Int) {
    guard start < end else { return }
    string.withUnits(
      latin1: { bytes in
        if isWide {
          for index in start..<end { wide.append(UInt16(bytes[index])) }
        } else {
          narrow.append(contentsOf: bytes[start..<end])
        }
      },
      utf16: { units in
        if !isWide { widen() }
        wide.append(contentsOf: units[start..<end])
      })
  }

  /// Appends ASCII bytes.
  public mutating func append(ascii bytes: [UInt8]) {
    if isWide { for byte in bytes { wide.append(UInt16(byte)) } } else { narrow.append(contentsOf: bytes) }
  }

  public mutating func append(_ text: String) {
    for unit in text.utf16 { append(unit: unit) }
  }

  private mutating func widen() {
    wide.reserveCapacity(narrow.count + 16)
    for byte in narrow { wide.append(UInt16(byte)) }
    narrow = []
    isWide = true
  }

  public func build(_ heap: Heap) -> ScriptString {
    isWide ? ScriptString(heap: heap, utf16: wide) : ScriptString(heap: heap, latin1: narrow)
  }
}
