// Strings of UTF-16 code units: flat in one or two bytes a unit, or a rope until somebody looks inside.

import Glibc

/// An immutable string. Units are one byte where all are below 256. Index and length take constant time (a rope is flattened first).
public final class ScriptString: HeapCell {
  /// Where the units are.
  private enum Form: UInt8 {
    /// In `words`.
    case inline
    /// In memory of the string's own.
    case owned
    /// In memory that it shares with the strings that it began as: `words` has a retained `StringGrowth`.
    case grown
    /// In two other strings, whose addresses `words` has.
    case rope
  }

  /// Whether every unit is below 256.
  public private(set) var isLatin1: Bool
  private var form: Form
  /// The interned key's raw value; all ones when it is not known yet.
  var cachedKey = UInt32.max
  private let storedLength: UInt32
  /// 0 when it is not known yet.
  private var cachedHash: UInt32 = 0
  /// Nil for a rope that has not been flattened.
  private var units: UnsafeMutableRawPointer?
  private var words: (UInt, UInt, UInt) = (0, 0, 0)

  /// In UTF-16 code units.
  @inline(__always)
  public var length: Int { Int(storedLength) }

  /// The longest string that scripts may make, in code units (as in V8).
  public static let maximumLength = 536_870_888
  /// Bytes of units that need no memory beside the string.
  private static let inlineCapacity = 24

  public convenience init(heap: Heap, latin1: [UInt8]) {
    self.init(heap: heap, count: latin1.count, isLatin1: true) { memory in
      latin1.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { memory.copyMemory(from: base, byteCount: bytes.count) }
      }
    }
  }

  public convenience init(heap: Heap, latin1 bytes: UnsafeBufferPointer<UInt8>) {
    self.init(heap: heap, count: bytes.count, isLatin1: true) { memory in
      if let base = bytes.baseAddress { memory.copyMemory(from: base, byteCount: bytes.count) }
    }
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
  @inline(__always)
  convenience init(heap: Heap, count: Int, isLatin1: Bool, fill: (UnsafeMutableRawPointer) -> Void) {
    self.init(heap: heap, count: count, isLatin1: isLatin1)
    if let units { fill(units) }
  }

  /// A flat string whose units the caller is about to write.
  private init(heap: Heap, count: Int, isLatin1: Bool) {
    storedLength = UInt32(truncatingIfNeeded: count)
    self.isLatin1 = isLatin1
    let byteCount = isLatin1 ? count : count * 2
    let isInline = byteCount <= ScriptString.inlineCapacity
    form = isInline ? .inline : .owned
    units = isInline ? nil : ScriptString.allocate(byteCount)
    super.init(heap: heap)
    if isInline {
      units = inlineUnits
    } else {
      heap.charge(byteCount)
    }
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
    storedLength = UInt32(truncatingIfNeeded: left.length + right.length)
    isLatin1 = left.isLatin1 && right.isLatin1
    form = .rope
    words.0 = Ref(left).address
    words.1 = Ref(right).address
    super.init(heap: heap)
  }

  /// `left + right` in memory with room for more; `growth` holds `left`'s units at its beginning.
  private init(heap: Heap, growth: StringGrowth, appending right: ScriptString) {
    let length = growth.used + right.length
    storedLength = UInt32(truncatingIfNeeded: length)
    isLatin1 = growth.isLatin1
    right.copyUnits(to: growth.memory, at: growth.used, asLatin1: growth.isLatin1)
    growth.used = length
    form = .grown
    words.0 = UInt(bitPattern: Unmanaged.passRetained(growth).toOpaque())
    units = growth.memory
    super.init(heap: heap)
    heap.charge(right.length)
  }

  deinit {
    switch form {
    case .inline, .rope: break
    case .owned: units?.deallocate()
    case .grown: growth?.release()
    }
  }

  /// The place of `words`. Safe: it is stored memory of an object that never moves.
  private var inlineUnits: UnsafeMutableRawPointer {
    withUnsafeMutablePointer(to: &words) { UnsafeMutableRawPointer($0) }
  }

  private var growth: Unmanaged<StringGrowth>? {
    guard form == .grown, let address = UnsafeRawPointer(bitPattern: words.0) else { return nil }
    return .fromOpaque(address)
  }

  /// The two halves of a rope.
  private var halves: (left: Ref<ScriptString>, right: Ref<ScriptString>)? {
    guard form == .rope, let left = UnsafeRawPointer(bitPattern: words.0),
      let right = UnsafeRawPointer(bitPattern: words.1)
    else { return nil }
    return (Ref(unmanaged: .fromOpaque(left)), Ref(unmanaged: .fromOpaque(right)))
  }

  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(byteCount, 1), alignment: 8)
  }

  public override func visitChildren(_ marker: Marker) {
    guard let halves else { return }
    marker.visit(halves.left)
    marker.visit(halves.right)
  }

  public override var byteSize: Int { 64 + (form == .owned || form == .grown ? isLatin1 ? length : length * 2 : 0) }

  static func fitsLatin1(_ buffer: UnsafeBufferPointer<UInt16>) -> Bool {
    var all: UInt16 = 0
    for unit in buffer { all |= unit }
    return all < 256
  }

  /// `left + right`: short results are copied, long ones grow or become ropes. The caller has checked the length.
  static func concatenate(heap: Heap, _ left: ScriptString, _ right: ScriptString) -> ScriptString {
    if left.length == 0 { return right }
    if right.length == 0 { return left }
    let total = left.length + right.length
    if total > longestCopied || left.form == .grown {
      if left.length >= right.length, let grown = appended(heap: heap, left, right, total) { return grown }
      return ScriptString(heap: heap, left: left, right: right)
    }
    let latin1 = left.isLatin1 && right.isLatin1
    return ScriptString(heap: heap, count: total, isLatin1: latin1) { memory in
      left.copyUnits(to: memory, at: 0, asLatin1: latin1)
      right.copyUnits(to: memory, at: left.length, asLatin1: latin1)
    }
  }

  /// Results of up to so many units are copied: cheaper than what it takes to put that off.
  static let longestCopied = 64

  /// The quick way of `text += more`: appends in place behind `left` where nobody has yet, else moves to twice the memory while
  /// that is cheap. Nil where a rope is better.
  private static func appended(heap: Heap, _ left: ScriptString, _ right: ScriptString, _ total: Int) -> ScriptString? {
    guard let units = left.units else { return nil }
    if let growth = left.growth?._withUnsafeGuaranteedRef({ $0 }), growth.used == left.length {
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
  @inline(__always)
  func flatten() {
    if units == nil { flattenSlowly() }
  }

  @inline(never)
  private func flattenSlowly() {
    // Longer than `longestCopied`, so never inline.
    let memory = ScriptString.allocate(isLatin1 ? length : length * 2)
    var end = length
    var pending: [Ref<ScriptString>] = [Ref(self)]
    // From the right: ropes mostly grow by appending, so this keeps the list of pending parts short.
    while let part = pending.popLast() {
      part.with { part in
        if let halves = part.halves {
          pending.append(halves.left)
          pending.append(halves.right)
        } else {
          end -= part.length
          part.copyUnits(to: memory, at: end, asLatin1: isLatin1)
        }
      }
    }
    units = memory
    form = .owned
  }

  /// Writes this flat string's units into `memory` from unit `offset` on; `asLatin1` says how that memory is laid out.
  @inline(__always)
  func copyUnits(to memory: UnsafeMutableRawPointer, at offset: Int, asLatin1: Bool) {
    flatten()
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
    flatten()
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
          latin1: { theirs in ScriptString.areEqual(UnsafeRawBufferPointer(mine), UnsafeRawBufferPointer(theirs)) },
          utf16: { theirs in ScriptString.areEqual(mine, theirs) })
      },
      utf16: { mine in
        other.withUnits(
          latin1: { theirs in ScriptString.areEqual(theirs, mine) },
          utf16: { theirs in ScriptString.areEqual(UnsafeRawBufferPointer(mine), UnsafeRawBufferPointer(theirs)) })
      })
  }

  /// Of equal lengths.
  @inline(__always)
  private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard let first = a.baseAddress, let second = b.baseAddress else { return true }
    return memcmp(first, second, a.count) == 0
  }

  private static func areEqual(_ narrow: UnsafeBufferPointer<UInt8>, _ wide: UnsafeBufferPointer<UInt16>) -> Bool {
    for index in 0..<narrow.count where UInt16(narrow[index]) != wide[index] { return false }
    return true
  }

  /// Order by code units.
  public func isLess(than other: ScriptString) -> Bool {
    let common = min(length, other.length)
    if isLatin1 && other.isLatin1 {
      let order = withUnits(
        latin1: { mine in
          other.withUnits(
            latin1: { theirs in mine.baseAddress.flatMap { a in theirs.baseAddress.map { b in memcmp(a, b, common) } } ?? 0 },
            utf16: { _ in 0 })
        },
        utf16: { _ in 0 })
      return order == 0 ? length < other.length : order < 0
    }
    for index in 0..<common {
      let mine = unit(at: index), theirs = other.unit(at: index)
      if mine != theirs { return mine < theirs }
    }
    return length < other.length
  }

  /// FNV-1a over the units; the same for equal strings however they are stored.
  var contentHash: Int {
    if cachedHash != 0 { return Int(cachedHash) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    withUnits(
      latin1: { for unit in $0 { hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3 } },
      utf16: { for unit in $0 { hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3 } })
    hash ^= hash >> 32
    cachedHash = UInt32(truncatingIfNeeded: hash) | 1
    return Int(cachedHash)
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
