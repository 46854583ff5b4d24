// Masks of glyphs, drawn once for each size, turn and quarter of a pixel.

import Drawing
import Geometry

/// A drawn glyph: coverage and where it lies relative to the glyph's origin. A blank has no bytes.
struct GlyphMask {
  var bytes: UnsafeMutablePointer<UInt8>?
  var left: Int32
  var top: Int32
  var width: Int32
  var height: Int32
}

/// The glyphs of one face under one map. Owns the masks.
final class GlyphStrike: @unchecked Sendable {
  let source: any GlyphOutlineSource
  private(set) var masks: [UInt64: GlyphMask] = [:]
  private(set) var byteCount = 0

  init(source: any GlyphOutlineSource) { self.source = source }

  deinit { for mask in masks.values { mask.bytes?.deallocate() } }

  func add(_ mask: GlyphMask, for key: UInt64) {
    masks[key] = mask
    byteCount += Int(mask.width) * Int(mask.height)
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
    let contrast: UInt8
  }

  private static let byteLimit = 16 << 20
  private var strikes: [Key: GlyphStrike] = [:]
  private var outlines: [ObjectIdentifier: OutlineCache] = [:]

  /// Outlines asked for once each: sources may take long to make them.
  private final class OutlineCache {
    let source: any GlyphOutlineSource
    var paths: [UInt32: Path?] = [:]
    init(_ source: any GlyphOutlineSource) { self.source = source }
  }

  mutating func strike(_ key: Key, source: any GlyphOutlineSource) -> GlyphStrike {
    if let known = strikes[key] { return known }
    let made = GlyphStrike(source: source)
    strikes[key] = made
    return made
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
    if strikes.count > 512 || strikes.values.reduce(0, { $0 + $1.byteCount }) > GlyphCache.byteLimit { strikes.removeAll() }
    if outlines.count > 64 { outlines.removeAll() }
  }
}
