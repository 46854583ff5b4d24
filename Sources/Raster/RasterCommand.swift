// What the bands play: draw commands made ready, without any reference to count.

import Drawing
import Geometry
import Glibc

/// One drawing in device space. All pointers behind its indices belong to the plan.
struct RasterCommand {
  enum Kind {
    /// The rectangle `extent`, in 1/256 pixels.
    case rectangle
    /// Edges `first ..< first + count`, with chunk notes from `chunk` on unless that is negative.
    case edges
    /// Lines of one pixel's width, `first ..< first + count` of the edges; `weight` scales their coverage.
    case hairlines
    /// Placed masks `first ..< first + count`.
    case masks
    /// Pixels of the image shader, without clip and compositing.
    case putPixels
  }

  var kind: Kind
  var rule = FillRule.nonzero
  var compositeOperator = CompositeOperator.sourceOver
  /// Whether the operator also changes what the shape leaves out.
  var affectsWholeClip = false
  /// Premultiplied; drawn when `shader` is negative.
  var color: UInt32 = 0
  var shader: Int32 = -1
  /// Index of a clip mask, or negative.
  var mask: Int32 = -1
  var weight: UInt32 = 255
  /// The curve of `GlyphContrast` that bends the coverage of masks, or negative.
  var contrast: Int8 = -1
  // Pixels that may change.
  var left: Int32
  var top: Int32
  var right: Int32
  var bottom: Int32
  var extent = Edge(x0: 0, y0: 0, x1: 0, y1: 0)
  var first: Int32 = 0
  var count: Int32 = 0
  var chunk: Int32 = -1

  init(kind: Kind, bounds: PixelRect) {
    self.kind = kind
    left = Int32(truncatingIfNeeded: bounds.x)
    top = Int32(truncatingIfNeeded: bounds.y)
    right = Int32(truncatingIfNeeded: bounds.maxX)
    bottom = Int32(truncatingIfNeeded: bounds.maxY)
  }
}

/// Coverage bytes of a part of the surface; outside there is none. Written by its maker only.
final class CoverageMask: @unchecked Sendable {
  let bounds: PixelRect
  let bytes: UnsafeMutablePointer<UInt8>

  /// All zero; nil without memory for it.
  init?(bounds: PixelRect) {
    guard !bounds.isEmpty, let memory = calloc(bounds.width * bounds.height + 16, 1) else { return nil }
    self.bounds = bounds
    bytes = memory.assumingMemoryBound(to: UInt8.self)
  }

  deinit { free(bytes) }

  var byteCount: Int { bounds.width * bounds.height }
}

/// A mask's coverage, put somewhere.
struct PlacedMask {
  var bytes: UnsafePointer<UInt8>
  /// What is beyond the width is clear.
  var bytesPerRow: Int32
  var x: Int32
  var y: Int32
  var width: Int32
  var height: Int32
}

/// A mask that clips: read only where its bounds are.
struct ClipMaskView {
  var bytes: UnsafePointer<UInt8>
  var x: Int
  var y: Int
  var width: Int

  @inline(__always)
  func row(_ row: Int, from column: Int) -> UnsafePointer<UInt8> { bytes + ((row &- y) &* width &+ (column &- x)) }
}
