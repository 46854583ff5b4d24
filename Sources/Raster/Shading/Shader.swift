// The colour of each pixel of a row, whatever the paint.

import Geometry

/// Rows of pixels for one worker.
final class ShaderScratch {
  let source: PixelPointer
  let weakened: PixelPointer
  /// Places along a gradient.
  let places: UnsafeMutablePointer<Float>
  /// Columns of an image between two of its rows.
  let columns: PixelPointer
  static let columnCapacity = 16384
  private let width: Int

  init(width: Int) {
    self.width = width + 8
    source = .allocate(capacity: width + 8)
    weakened = .allocate(capacity: width + 8)
    places = .allocate(capacity: width + 8)
    columns = .allocate(capacity: ShaderScratch.columnCapacity + 8)
  }

  deinit {
    source.deallocate()
    weakened.deallocate()
    places.deallocate()
    columns.deallocate()
  }

  /// Makes the whole source row one colour.
  func fill(_ color: UInt32) {
    SolidRows.fill(source, count: width, color: color)
  }
}

/// A paint made ready for rows of device pixels. Holds addresses only: the plan keeps their owners.
struct Shader {
  enum Kind {
    case solid
    case linear(LinearGradientShader)
    case radial(RadialGradientShader)
    case conic(ConicGradientShader)
    case image(ImageShader)
  }

  var kind: Kind
  var color: UInt32 = 0
  /// Whether every pixel is known to have full alpha.
  var isOpaque: Bool
  /// Scales the colours, 0...255.
  var alpha: UInt32

  init(kind: Kind, isOpaque: Bool, alpha: UInt32) {
    self.kind = kind
    self.isOpaque = isOpaque && alpha == 255
    self.alpha = alpha
  }

  init(color: UInt32) {
    self.init(kind: .solid, isOpaque: color >= 0xFF00_0000, alpha: 255)
    self.color = color
  }

  var isSolid: Bool {
    if case .solid = kind { return true }
    return false
  }

  /// Writes the premultiplied colours of `count` pixels from (`x`, `y`) on.
  func fetch(x: Int, y: Int, count: Int, into row: PixelPointer, scratch: ShaderScratch) {
    switch kind {
    case .solid: SolidRows.fill(row, count: count, color: color)
    case .linear(let shader): shader.fetch(x: x, y: y, count: count, into: row)
    case .radial(let shader): shader.fetch(x: x, y: y, count: count, into: row, places: scratch.places)
    case .conic(let shader): shader.fetch(x: x, y: y, count: count, into: row, places: scratch.places)
    case .image(let shader): shader.fetch(x: x, y: y, count: count, into: row, scratch: scratch)
    }
    if alpha != 255 { Shader.scale(row, count: count, by: alpha) }
  }

  private static func scale(_ row: PixelPointer, count: Int, by alpha: UInt32) {
    let weight = Lanes8(repeating: UInt16(truncatingIfNeeded: alpha))
    var index = 0
    while index &+ 4 <= count {
      let p = loadPixels(row + index)
      storePixels(join(divideBy255(redBlue(p) &* weight), divideBy255(greenAlpha(p) &* weight)), row + index)
      index &+= 4
    }
    while index < count {
      row[index] = scaled(row[index], by: alpha)
      index &+= 1
    }
  }
}
