// feTurbulence: Perlin's noise with the constants and random numbers that the specification prescribes.
// https://drafts.fxtf.org/filter-effects/#feTurbulenceElement

import Drawing
import Geometry
import Glibc

/// The noise function of one primitive.
struct TurbulenceNoise {
  private static let size = 256
  private static let mask = 255
  /// Added so that lattice coordinates stay positive.
  private static let bias = 4096.0

  private let turbulence: FilterTurbulence
  private let tile: Rect
  private let frequencyX: Double
  private let frequencyY: Double
  private var lattice = [Int](repeating: 0, count: 2 * TurbulenceNoise.size + 2)
  /// Unit vectors, four to a lattice place.
  private var gradients = [SIMD2<Double>](repeating: .zero, count: 4 * (2 * TurbulenceNoise.size + 2))

  /// `tile` is what `stitchTiles` makes seamless.
  init(_ turbulence: FilterTurbulence, tile: Rect) {
    self.turbulence = turbulence
    self.tile = tile
    var x = turbulence.frequencyX, y = turbulence.frequencyY
    if turbulence.isStitched {
      x = TurbulenceNoise.stitched(x, length: tile.width)
      y = TurbulenceNoise.stitched(y, length: tile.height)
    }
    frequencyX = x
    frequencyY = y
    fillLattice()
  }

  /// The frequency nearest to `frequency` that fits the tile in whole waves.
  private static func stitched(_ frequency: Double, length: Double) -> Double {
    guard frequency > 0, length > 0 else { return frequency }
    let low = (length * frequency).rounded(.down) / length, high = (length * frequency).rounded(.up) / length
    return low > 0 && frequency / low < high / frequency ? low : high
  }

  private mutating func fillLattice() {
    var random = MinimalStandardGenerator(seed: turbulence.seed)
    let size = TurbulenceNoise.size
    for channel in 0..<4 {
      for index in 0..<size {
        lattice[index] = index
        let x = Double(random.next() % (2 * size) - size) / Double(size)
        let y = Double(random.next() % (2 * size) - size) / Double(size)
        let length = (x * x + y * y).squareRoot()
        gradients[4 * index + channel] = length > 0 ? SIMD2(x, y) / length : .zero
      }
    }
    for index in stride(from: size - 1, to: 0, by: -1) { lattice.swapAt(index, random.next() % size) }
    for index in 0..<size + 2 {
      lattice[size + index] = lattice[index]
      for channel in 0..<4 { gradients[4 * (size + index) + channel] = gradients[4 * index + channel] }
    }
  }

  /// Fills `area` of a layer; the components are straight and in the layer's encoding. Like browsers, the noise is looked up half
  /// a unit beyond the middle of a pixel.
  func fill(_ layer: FilterLayer, area: PixelRect, scale: Double) {
    for y in area.y..<area.maxY {
      let row = layer.row(y)
      for x in area.x..<area.maxX {
        let color = color(at: Point((Double(x) + 0.5) / scale + 0.5, (Double(y) + 0.5) / scale + 0.5))
        row[x - layer.bounds.x] = premultiplied(color)
      }
    }
  }

  private func color(at point: Point) -> FloatPixel {
    var sum = SIMD4<Double>.zero
    var x = point.x * frequencyX, y = point.y * frequencyY
    var ratio = 1.0
    var wrap = Wrap(tile: tile, frequencyX: frequencyX, frequencyY: frequencyY)
    for _ in 0..<min(turbulence.octaveCount, 24) {
      let noise = noise(x, y, turbulence.isStitched ? wrap : nil)
      if turbulence.isFractalNoise {
        sum += noise / ratio
      } else {
        sum += SIMD4(abs(noise.x), abs(noise.y), abs(noise.z), abs(noise.w)) / ratio
      }
      x *= 2
      y *= 2
      ratio *= 2
      wrap.doubleFrequency()
    }
    if turbulence.isFractalNoise { sum = (sum + 1) / 2 }
    return FloatPixel(Float(sum.x), Float(sum.y), Float(sum.z), Float(sum.w))
  }

  /// Where the lattice begins again when tiles are stitched.
  private struct Wrap {
    var width: Double
    var height: Double
    var x: Double
    var y: Double

    init(tile: Rect, frequencyX: Double, frequencyY: Double) {
      width = (tile.width * frequencyX + 0.5).rounded(.down)
      height = (tile.height * frequencyY + 0.5).rounded(.down)
      x = (tile.x * frequencyX).rounded(.down) + TurbulenceNoise.bias + width
      y = (tile.y * frequencyY).rounded(.down) + TurbulenceNoise.bias + height
    }

    mutating func doubleFrequency() {
      width *= 2
      height *= 2
      x = 2 * x - TurbulenceNoise.bias
      y = 2 * y - TurbulenceNoise.bias
    }
  }

  /// Noise in -1...1 for the four channels.
  private func noise(_ x: Double, _ y: Double, _ wrap: Wrap?) -> SIMD4<Double> {
    let tx = x + TurbulenceNoise.bias, ty = y + TurbulenceNoise.bias
    var left = tx.rounded(.down), top = ty.rounded(.down)
    var right = left + 1, bottom = top + 1
    let fx = tx - left, fy = ty - top
    if let wrap {
      if left >= wrap.x { left -= wrap.width }
      if right >= wrap.x { right -= wrap.width }
      if top >= wrap.y { top -= wrap.height }
      if bottom >= wrap.y { bottom -= wrap.height }
    }
    func place(_ value: Double) -> Int { Int(clamping: value) & TurbulenceNoise.mask }
    let i = lattice[place(left)], j = lattice[place(right)]
    let top1 = place(top), bottom1 = place(bottom)
    let b00 = lattice[i + top1], b10 = lattice[j + top1], b01 = lattice[i + bottom1], b11 = lattice[j + bottom1]
    let sx = fx * fx * (3 - 2 * fx), sy = fy * fy * (3 - 2 * fy)
    var result = SIMD4<Double>.zero
    for channel in 0..<4 {
      func dot(_ corner: Int, _ dx: Double, _ dy: Double) -> Double {
        let gradient = gradients[4 * corner + channel]
        return gradient.x * dx + gradient.y * dy
      }
      let upper = dot(b00, fx, fy) + sx * (dot(b10, fx - 1, fy) - dot(b00, fx, fy))
      let lower = dot(b01, fx, fy - 1) + sx * (dot(b11, fx - 1, fy - 1) - dot(b01, fx, fy - 1))
      result[channel] = upper + sy * (lower - upper)
    }
    return result
  }
}

/// Park and Miller, "Random number generators: good ones are hard to find" (1988), as the specification prescribes.
private struct MinimalStandardGenerator {
  private static let modulus = 2_147_483_647
  private var state: Int

  init(seed: Double) {
    var seed = Int(clamping: max(-2_147_483_648, min(2_147_483_647, seed)))
    if seed <= 0 { seed = -(seed % (MinimalStandardGenerator.modulus - 1)) + 1 }
    state = min(seed, MinimalStandardGenerator.modulus - 1)
  }

  /// 1 ..< 2^31 - 1
  mutating func next() -> Int {
    var result = 16_807 * (state % 127_773) - 2_836 * (state / 127_773)
    if result <= 0 { result += MinimalStandardGenerator.modulus }
    state = result
    return result
  }
}
