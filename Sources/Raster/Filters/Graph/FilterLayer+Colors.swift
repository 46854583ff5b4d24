// Primitives that look at one pixel of each input at a time.

import Drawing
import Glibc

/// feColorMatrix on premultiplied pixels.
struct ColorMatrixMap {
  private let columns: (FloatPixel, FloatPixel, FloatPixel, FloatPixel)
  private let offset: FloatPixel

  /// `matrix` has 20 values.
  init(_ matrix: ColorMatrix) {
    let m = matrix.values
    func column(_ index: Int) -> FloatPixel { FloatPixel(m[index], m[5 + index], m[10 + index], m[15 + index]) }
    columns = (column(0), column(1), column(2), column(3))
    offset = column(4)
  }

  func map(_ pixel: FloatPixel) -> FloatPixel {
    let p = straight(pixel)
    return premultiplied(columns.0 * p.x + columns.1 * p.y + columns.2 * p.z + columns.3 * p.w + offset)
  }
}

/// feComponentTransfer on premultiplied pixels, by tables of bytes as everywhere else.
struct ComponentMap {
  private let tables: [TransferTable]

  init(_ red: TransferFunction, _ green: TransferFunction, _ blue: TransferFunction, _ alpha: TransferFunction) {
    tables = [red, green, blue, alpha].map(TransferTable.init)
  }

  func map(_ pixel: FloatPixel) -> FloatPixel {
    let p = (straight(pixel) * 255 + 0.5).clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 255))
    func mapped(_ channel: Int) -> Float { Float(tables[channel].bytes[Int(p[channel])]) / 255 }
    return premultiplied(FloatPixel(mapped(0), mapped(1), mapped(2), mapped(3)))
  }
}

/// Components divided by alpha.
@inline(__always) func straight(_ pixel: FloatPixel) -> FloatPixel {
  guard pixel.w > 0 else { return FloatPixel(repeating: 0) }
  var result = pixel / pixel.w
  result.w = pixel.w
  return result
}

/// Clamped to 0...1, then multiplied by alpha. NaN becomes 0.
@inline(__always) func premultiplied(_ straight: FloatPixel) -> FloatPixel {
  let clamped = straight.replacing(with: 0, where: straight .!= straight)
    .clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 1))
  var result = clamped * clamped.w
  result.w = clamped.w
  return result
}

/// What premultiplied pixels may be: 0...1, and no component above alpha.
@inline(__always) func valid(_ pixel: FloatPixel) -> FloatPixel {
  let clamped = pixel.replacing(with: 0, where: pixel .!= pixel)
    .clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 1))
  return clamped.clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: clamped.w))
}

extension FilterLayer {
  func map(_ input: FilterLayer, _ body: (FloatPixel) -> FloatPixel) {
    var last = FloatPixel(repeating: 0)
    var answer = body(last)
    for index in 0..<count {
      let pixel = input.pixels[index]
      if pixel != last {
        last = pixel
        answer = body(pixel)
      }
      pixels[index] = answer
    }
  }

  func combine(_ first: FilterLayer, _ second: FilterLayer, _ body: (FloatPixel, FloatPixel) -> FloatPixel) {
    for index in 0..<count { pixels[index] = valid(body(first.pixels[index], second.pixels[index])) }
  }

  /// feComposite.
  func compose(_ composition: FilterComposition, _ first: FilterLayer, _ second: FilterLayer) {
    switch composition {
    case .over: combine(first, second) { $0 + $1 * (1 - $0.w) }
    case .in: combine(first, second) { $0 * $1.w }
    case .out: combine(first, second) { $0 * (1 - $1.w) }
    case .atop: combine(first, second) { $0 * $1.w + $1 * (1 - $0.w) }
    case .xor: combine(first, second) { $0 * (1 - $1.w) + $1 * (1 - $0.w) }
    case .lighter: combine(first, second) { $0 + $1 }
    case .arithmetic(let k1, let k2, let k3, let k4):
      combine(first, second) { a, b in
        let product = a * b * k1
        return product + a * k2 + b * k3 + FloatPixel(repeating: k4)
      }
    }
  }
}
