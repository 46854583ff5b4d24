// Masks of glyphs, drawn once for each size, turn and quarter of a pixel.

import Drawing
import Geometry

/// The glyphs of one face under one map. Owns the masks.
final class GlyphStrike {
  let source: any GlyphOutlineSource
  let memory = MaskMemory()
  private var masks: [GlyphMask] = []
  /// An open hash table of indices into `masks`, a power of two in size: every glyph of every text is looked up here.
  private var slots: [(key: UInt64, index: Int32)]
  private(set) var byteCount = 0

  init(source: any GlyphOutlineSource) {
    self.source = source
    slots = [(UInt64, Int32)](repeating: (0, -1), count: 256)
  }

  subscript(key: UInt64) -> GlyphMask? {
    let index = slots[slot(of: key)].index
    return index < 0 ? nil : masks[Int(index)]
  }

  /// `key` has no mask yet.
  func add(_ mask: GlyphMask, for key: UInt64) {
    if (masks.count + 1) * 2 > slots.count { grow() }
    slots[slot(of: key)] = (key, Int32(truncatingIfNeeded: masks.count))
    masks.append(mask)
    byteCount += mask.byteCount
  }

  /// Where a key is, or would be put.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let last = slots.count - 1
    // Safe: wrapping is what a hash wants; the mask keeps the result in range.
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & last
    while slots[slot].index >= 0, slots[slot].key != key { slot = (slot + 1) & last }
    return slot
  }

  private func grow() {
    let old = slots
    slots = [(UInt64, Int32)](repeating: (0, -1), count: old.count * 2)
    for entry in old where entry.index >= 0 { slots[slot(of: entry.key)] = entry }
  }
}

struct GlyphCache {
  struct Key: Hashable {
    let source: ObjectIdentifier
    let a: Double
    let b: Double
    let c: Double
    let d: Double
    let emboldening: Double
    /// Nil for filled glyphs.
    let pen: Pen?
  }

  /// How outlines are traced: a style in user space and the linear part of its map to device space.
  struct Pen: Hashable {
    let style: StrokeStyle
    let a: Double
    let b: Double
    let c: Double
    let d: Double
  }

  private static let byteLimit = 16 << 20
  private var strikes: [Key: GlyphStrike] = [:]
  /// Texts that follow each other mostly look alike.
  private var last: (key: Key, strike: GlyphStrike)?
  private var outlines: [ObjectIdentifier: OutlineCache] = [:]

  /// Outlines asked for once each: sources may take long to make them.
  private final class OutlineCache {
    let source: any GlyphOutlineSource
    var paths: [UInt32: Path?] = [:]
    init(_ source: any GlyphOutlineSource) { self.source = source }
  }

  mutating func strike(_ key: Key, source: any GlyphOutlineSource) -> GlyphStrike {
    if let last, last.key == key { return last.strike }
    let strike = strikes[key] ?? GlyphStrike(source: source)
    strikes[key] = strike
    last = (key, strike)
    return strike
  }

  mutating func outline(of glyph: UInt32, from source: any GlyphOutlineSource) -> Path? {
    let cache: OutlineCache
    if let known = outlines[ObjectIdentifier(source)] {
      cache = known
    } else {
      cache = OutlineCache(source)
      outlines[ObjectIdentifier(source)] = cache
    }
    if let known = cache.paths[glyph] { return known }
    if cache.paths.count > 8192 { cache.paths.removeAll() }
    let path = source.outline(of: glyph)
    cache.paths[glyph] = .some(path)
    return path
  }

  /// Forgets everything when it has become too much. Only between plays: commands point into masks.
  mutating func trim() {
    if strikes.count > 512 || strikes.values.reduce(0, { $0 + $1.byteCount }) > GlyphCache.byteLimit {
      strikes.removeAll()
      last = nil
    }
    if outlines.count > 64 { outlines.removeAll() }
  }
}
