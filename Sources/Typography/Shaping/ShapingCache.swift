// Texts that were shaped before: scripts draw the same words over and over.

/// Keeps the texts used lately. Two generations stand in for a list in order of use: what is asked for moves to the young one,
/// and when that is full the old one is forgotten.
struct ShapingCache {
  struct Key: Hashable {
    private let styleID: Int
    private let text: [UInt16]
    private let hash: UInt64

    init(text: [UInt16], styleID: Int) {
      self.text = text
      self.styleID = styleID
      // FNV-1a over units: far quicker than feeding each to the standard hasher.
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: styleID)
      for unit in text { hash = (hash ^ UInt64(unit)) &* 0x0000_0100_0000_01B3 }
      self.hash = hash
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    static func == (a: Key, b: Key) -> Bool { a.hash == b.hash && a.styleID == b.styleID && a.text == b.text }
  }

  /// In UTF-16 units, each generation.
  private static let capacity = 200_000
  /// Longer texts are hardly drawn twice.
  static let longestText = 2_000

  private var young: [Key: ShapedText] = [:]
  private var old: [Key: ShapedText] = [:]
  private var youngSize = 0

  subscript(key: Key) -> ShapedText? {
    mutating get {
      if let found = young[key] { return found }
      guard let found = old[key] else { return nil }
      insert(found, for: key)
      return found
    }
  }

  mutating func insert(_ text: ShapedText, for key: Key) {
    // Every entry costs something beyond its characters.
    youngSize += text.clusters.count + 16
    if youngSize > ShapingCache.capacity {
      old = young
      young = [:]
      youngSize = text.clusters.count + 16
    }
    young[key] = text
  }

  mutating func removeAll() { self = ShapingCache() }
}
