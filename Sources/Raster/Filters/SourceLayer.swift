// A picture apart from the canvas, on which filters work.

import Drawing
import Geometry
import Glibc

/// Premultiplied pixels with a place in device space. The pixmap belongs to this value unless `isShared`.
struct SourceLayer {
  private(set) var pixmap: Pixmap
  private(set) var x: Int
  private(set) var y: Int
  private var isShared = true

  /// A layer that shows pixels which others may hold.
  init(pixmap: Pixmap, x: Int, y: Int) {
    self.pixmap = pixmap
    self.x = x
    self.y = y
  }

  var bounds: PixelRect { PixelRect(x: x, y: y, width: pixmap.width, height: pixmap.height) }

  /// Makes the pixels safe to write to. False without memory.
  private mutating func makeOwn() -> Bool {
    guard isShared else { return true }
    guard let copy = pixmap.copy() else { return false }
    pixmap = copy
    isShared = false
    return true
  }

  mutating func move(dx: Int, dy: Int) {
    x += dx
    y += dy
  }

  /// Calls `body` with each row, which it may change.
  mutating func changeRows(_ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    guard makeOwn() else { return }
    for y in 0..<pixmap.height { pixmap.withRow(y, body) }
  }

  mutating func scaleAlpha(by alpha: Float) {
    guard alpha < 1 else { return }
    let weight = UInt32((max(0, alpha) * 255).rounded())
    changeRows { row in for x in 0..<row.count { row[x] = scaled(row[x], by: weight) } }
  }

  /// Grows by a clear margin on all sides. False without memory.
  mutating func grow(x marginX: Int, y marginY: Int) -> Bool {
    guard marginX > 0 || marginY > 0 else { return true }
    guard
      let grown = Pixmap(
        width: pixmap.width + 2 * marginX, height: pixmap.height + 2 * marginY, colorSpace: pixmap.colorSpace)
    else { return false }
    for row in 0..<pixmap.height {
      pixmap.withRow(row) { source in
        grown.withRow(row + marginY) { out in
          for column in 0..<source.count { out[column + marginX] = source[column] }
        }
      }
    }
    pixmap = grown
    isShared = false
    x -= marginX
    y -= marginY
    return true
  }

  /// Blurs with the given deviations in pixels.
  mutating func blur(x deviationX: Double, y deviationY: Double) {
    let reachX = BlurPass(deviation: deviationX).reach, reachY = BlurPass(deviation: deviationY).reach
    guard reachX > 0 || reachY > 0, grow(x: reachX, y: reachY), makeOwn() else { return }
    let width = pixmap.width, height = pixmap.height
    guard let memory = malloc(width * height * 4) else { return }
    defer { free(memory) }
    let pixels = memory.assumingMemoryBound(to: UInt32.self)
    for y in 0..<height { pixmap.withRow(y) { row in (pixels + y * width).update(from: row.baseAddress!, count: width) } }
    guard GaussianBlur.blur(pixels: pixels, width: width, height: height, x: deviationX, y: deviationY) else { return }
    for y in 0..<height { pixmap.withRow(y) { row in row.baseAddress!.update(from: pixels + y * width, count: width) } }
  }

  /// The alpha channel as coverage, grown by `margin` and blurred; nil without memory.
  func alphaMask(blurX: Double, blurY: Double) -> CoverageMask? {
    let reachX = BlurPass(deviation: blurX).reach, reachY = BlurPass(deviation: blurY).reach
    let area = PixelRect(x: x - reachX, y: y - reachY, width: pixmap.width + 2 * reachX, height: pixmap.height + 2 * reachY)
    guard let mask = CoverageMask(bounds: area) else { return nil }
    for row in 0..<pixmap.height {
      let out = mask.bytes + (row + reachY) * area.width + reachX
      pixmap.withRow(row) { source in
        for column in 0..<source.count { out[column] = UInt8(truncatingIfNeeded: source[column] &>> 24) }
      }
    }
    if reachX > 0 || reachY > 0 {
      guard GaussianBlur.blur(alpha: mask.bytes, width: area.width, height: area.height, x: blurX, y: blurY) else { return nil }
    }
    return mask
  }
}
