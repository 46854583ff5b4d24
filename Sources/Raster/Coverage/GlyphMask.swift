// A drawn glyph, and the memory that drawn glyphs share.

import Drawing
import Geometry

/// A drawn glyph: coverage and where it lies relative to the glyph's origin. A blank has no bytes.
struct GlyphMask {
  var bytes: UnsafeMutablePointer<UInt8>?
  /// Whether the glyph is no outline but perhaps a coloured picture.
  var isPicture = false
  var left: Int32 = 0
  var top: Int32 = 0
  var width: Int32 = 0
  var height: Int32 = 0
  /// The width rounded up to whole groups of four; what is beyond the width is clear.
  var bytesPerRow: Int32 = 0

  /// A blank.
  init() {}

  /// All clear. `bounds` is at most 4096 pixels wide and high.
  init(_ bounds: PixelRect, in memory: MaskMemory) {
    left = Int32(truncatingIfNeeded: bounds.x)
    top = Int32(truncatingIfNeeded: bounds.y)
    width = Int32(truncatingIfNeeded: bounds.width)
    height = Int32(truncatingIfNeeded: bounds.height)
    bytesPerRow = (width &+ 3) & ~3
    bytes = memory.allocate(byteCount)
  }

  var byteCount: Int { Int(bytesPerRow) * Int(height) }
}

/// Memory for masks, taken in slabs: most masks are small, and a text has hundreds.
final class MaskMemory {
  private static let slabSize = 32 << 10
  private var slabs: [UnsafeMutablePointer<UInt8>] = []
  private var next: UnsafeMutablePointer<UInt8>?
  private var left = 0

  deinit { for slab in slabs { slab.deallocate() } }

  /// `count` zero bytes that live as long as this.
  func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    // Who clips a mask may read four bytes beyond its end.
    let size = (count + 7) & ~3
    if size > left {
      let isLarge = size > MaskMemory.slabSize / 4
      let slab = UnsafeMutablePointer<UInt8>.allocate(capacity: isLarge ? size : MaskMemory.slabSize)
      slabs.append(slab)
      if isLarge {
        slab.initialize(repeating: 0, count: size)
        return slab
      }
      next = slab
      left = MaskMemory.slabSize
    }
    guard let place = next else { return .allocate(capacity: size) }
    place.initialize(repeating: 0, count: size)
    next = place + size
    left -= size
    return place
  }
}
