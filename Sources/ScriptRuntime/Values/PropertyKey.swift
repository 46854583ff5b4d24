// Property keys as integers, and the table that interns them.

/// A property name, array index or symbol in 32 bits; equal keys are equal integers.
@frozen
public struct PropertyKey: Hashable, BitwiseCopyable, Sendable {
  /// Bit 31: an array index in the low 31 bits. Bit 30: a symbol. Bit 29: a private name. Else: an interned string.
  @usableFromInline let raw: UInt32

  @inlinable @inline(__always)
  init(raw: UInt32) { self.raw = raw }

  /// Indices from 0 to 2^31 - 1; larger ones are interned strings.
  @inlinable @inline(__always)
  public init(index: Int) { raw = 0x8000_0000 | UInt32(truncatingIfNeeded: index) }

  @inlinable @inline(__always)
  public var isIndex: Bool { raw & 0x8000_0000 != 0 }

  @inlinable @inline(__always)
  public var index: Int { Int(raw & 0x7FFF_FFFF) }

  @inlinable @inline(__always)
  public var isSymbol: Bool { raw & 0xC000_0000 == 0x4000_0000 }

  public var isPrivate: Bool { raw & 0xE000_0000 == 0x6000_0000 }

  public var isString: Bool { raw & 0xC000_0000 == 0 || isIndex }
}

/// Interns strings and numbers symbols. One table for each realm.
public final class KeyTable {
  // Strong: interned strings are roots.
  private var strings: [ScriptString] = []
  // Strong: a symbol may live on as nothing but the key of a property.
  private var symbols: [Symbol?] = [nil]
  /// The same strings, to be looked at without counting references.
  private var references: ContiguousArray<Ref<ScriptString>> = []
  private var table: [UInt32] = Array(repeating: 0, count: 2048)

  init(heap: Heap) {
    // Id 0 stands for "no key" in hash tables, so the empty string takes it.
    let empty = ScriptString(heap: heap, latin1: [])
    strings.append(empty)
    references.append(Ref(empty))
    for name in WellKnownName.allCases.dropFirst() {
      _ = key(for: ScriptString(heap: heap, latin1: Array(String(describing: name).utf8)))
    }
  }

  var count: Int { strings.count }

  /// The text of a string key that is no index.
  func text(of key: PropertyKey) -> ScriptString { strings[Int(key.raw & 0x1FFF_FFFF)] }

  func symbol(of key: PropertyKey) -> Symbol? {
    let index = Int(key.raw & 0x1FFF_FFFF)
    return index < symbols.count ? symbols[index] : nil
  }

  func makeSymbolKey(isPrivate: Bool) -> PropertyKey {
    symbols.append(nil)
    return PropertyKey(
      raw: (isPrivate ? 0x6000_0000 : 0x4000_0000) | UInt32(truncatingIfNeeded: (symbols.count - 1) & 0x1FFF_FFFF))
  }

  func setSymbol(_ symbol: Symbol, for key: PropertyKey) {
    symbols[Int(key.raw & 0x1FFF_FFFF)] = symbol
  }

  /// The key for a name known at build time.
  func intern(_ name: StaticString, heap: Heap) -> PropertyKey {
    name.withUTF8Buffer { key(for: ScriptString(heap: heap, latin1: Array($0))) }
  }

  /// The key of a string: an index when it is the canonical text of one.
  func key(for string: ScriptString) -> PropertyKey {
    if string.cachedKey != UInt32.max { return PropertyKey(raw: string.cachedKey) }
    let key = uncachedKey(for: string)
    string.cachedKey = key.raw
    return key
  }

  private func uncachedKey(for string: ScriptString) -> PropertyKey {
    if string.length == 0 { return PropertyKey(raw: 0) }
    if let index = string.canonicalIndex, index < 0x7FFF_FFFF { return PropertyKey(index: index) }
    let hash = string.contentHash
    var slot = hash & (table.count - 1)
    while table[slot] != 0 {
      if references[Int(table[slot])].with({ $0.contentHash == hash && $0.isEqual(to: string) }) {
        return PropertyKey(raw: table[slot])
      }
      slot = (slot + 1) & (table.count - 1)
    }
    let id = UInt32(truncatingIfNeeded: strings.count)
    string.flatten()
    strings.append(string)
    references.append(Ref(string))
    table[slot] = id
    if strings.count * 2 > table.count { rehash() }
    return PropertyKey(raw: id)
  }

  private func rehash() {
    table = Array(repeating: 0, count: table.count * 2)
    for id in 1..<strings.count {
      var slot = references[id].with { $0.contentHash } & (table.count - 1)
      while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(truncatingIfNeeded: id)
    }
  }
}
