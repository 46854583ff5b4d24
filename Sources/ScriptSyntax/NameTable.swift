// Identifier names become small integers while they are read, so that nothing after the lexer compares text.

/// An interned identifier name; equal ids of one `NameTable` mean equal names.
public struct NameID: Hashable, Sendable {
  public let index: UInt32

  @inlinable
  public init(index: UInt32) {
    self.index = index
  }

  @inlinable
  public static func == (left: NameID, right: NameID) -> Bool { left.index == right.index }
}

/// The names of one or several scripts. Owned by the caller; ids stay valid as long as it lives. Not for use by two threads at once.
///
/// An open-addressing table over one byte arena. Reserved words and the names in `NameID+WellKnown.swift` have fixed ids.
public final class NameTable {
  private var storage = NameStorage()

  public init() {
    for name in NameID.fixedNames {
      _ = intern(name)
    }
  }

  /// How many names there are; ids are below this.
  public var count: Int { storage.ends.count }

  /// The id of `name`, new or known.
  public func intern(_ name: String) -> NameID {
    let bytes = Array(name.utf8)
    return storage.intern(bytes, from: 0, to: bytes.count, hash: NameHash.of(bytes))
  }

  /// The name itself. An id of another table may give another name, or an empty one.
  public func text(_ id: NameID) -> String {
    String(decoding: utf8(id), as: UTF8.self)
  }

  /// The name in UTF-8.
  public func utf8(_ id: NameID) -> ArraySlice<UInt8> {
    let index = Int(id.index)
    guard index < storage.ends.count else { return [] }
    return storage.arena[storage.start(index)..<Int(storage.ends[index])]
  }

  /// The id of `bytes[start..<end]`, whose `NameHash` is `hash`.
  func intern(_ bytes: [UInt8], from start: Int, to end: Int, hash: UInt32) -> NameID {
    storage.intern(bytes, from: start, to: end, hash: hash)
  }
}

/// FNV-1a, computed byte by byte while a name is scanned.
enum NameHash {
  static let seed: UInt32 = 0x811C_9DC5

  @inline(__always)
  static func adding(_ byte: UInt8, to hash: UInt32) -> UInt32 {
    (hash ^ UInt32(byte)) &* 0x0100_0193
  }

  static func of(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(seed) { adding($1, to: $0) }
  }
}

private struct NameStorage {
  var arena: [UInt8] = []
  /// The end of each name in `arena`; it starts where the previous one ends.
  var ends: [UInt32] = []
  var hashes: [UInt32] = []
  /// Index + 1 of a name, 0 where free. The count is a power of two, at most half full.
  var slots: [UInt32] = Array(repeating: 0, count: 1024)

  func start(_ index: Int) -> Int {
    index == 0 ? 0 : Int(ends[index - 1])
  }

  mutating func intern(_ bytes: [UInt8], from first: Int, to last: Int, hash: UInt32) -> NameID {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash, matches(index, bytes, first, last) { return NameID(index: UInt32(truncatingIfNeeded: index)) }
      slot = (slot + 1) & mask
    }
    let index = ends.count
    arena.append(contentsOf: bytes[first..<last])
    ends.append(UInt32(truncatingIfNeeded: arena.count))
    hashes.append(hash)
    slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    if ends.count * 2 > slots.count { grow() }
    return NameID(index: UInt32(truncatingIfNeeded: index))
  }

  private func matches(_ index: Int, _ bytes: [UInt8], _ first: Int, _ last: Int) -> Bool {
    let start = start(index)
    guard Int(ends[index]) - start == last - first else { return false }
    var offset = 0
    while offset < last - first {
      if arena[start + offset] != bytes[first + offset] { return false }
      offset += 1
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for index in hashes.indices {
      var slot = Int(hashes[index]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}
