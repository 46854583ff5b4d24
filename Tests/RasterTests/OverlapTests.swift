import Drawing
import Geometry
import Testing

@testable import Raster

/// Coverage by counting: 16 × 64 points in each pixel, each inside or outside by its winding number.
private func countedCoverage(_ polygons: [[Point]], rule: FillRule, width: Int, height: Int) -> [Double] {
  var result = [Double](repeating: 0, count: width * height)
  for row in 0..<height * 16 {
    let y = (Double(row) + 0.5) / 16
    var crossings: [(x: Double, winding: Int)] = []
    for corners in polygons {
      for index in corners.indices {
        let a = corners[index], b = corners[(index + 1) % corners.count]
        if (a.y <= y) != (b.y <= y) {
          crossings.append((a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), b.y > a.y ? 1 : -1))
        }
      }
    }
    for column in 0..<width * 64 {
      let x = (Double(column) + 0.5) / 64
      let winding = crossings.reduce(0) { $0 + ($1.x <= x ? $1.winding : 0) }
      if rule == .nonzero ? winding != 0 : winding % 2 != 0 { result[(row / 16) * width + column / 64] += 1 / 1024.0 }
    }
  }
  return result
}

@Suite("Shapes that overlap themselves")
struct OverlapTests {
  @Test("Coverage is that of the union, not the sum of the strands", arguments: FillRule.allCases, 0..<12)
  func unionOfStrands(rule: FillRule, seed: Int) {
    let side = 14
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    // Triangles that turn the same way, so that strands add up instead of cancelling. Corners lie on the quarters of rows that
    // shapes are moved to.
    var path = Path()
    var triangles: [[Point]] = []
    for _ in 0..<2 + seed % 3 {
      var corners = (0..<3).map { _ in
        Point(1 + random() * Double(side - 2), ((1 + random() * Double(side - 2)) * 4).rounded() / 4)
      }
      if (corners[1] - corners[0]).cross(corners[2] - corners[0]) < 0 { corners.swapAt(1, 2) }
      path.move(to: corners[0])
      path.line(to: corners[1])
      path.line(to: corners[2])
      path.close()
      triangles.append(corners)
    }
    var bytes = [UInt8](repeating: 0, count: side * side)
    bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      MaskRenderer().render(width: side, height: side, rule: rule, into: base, bytesPerRow: side) {
        $0.add(path, transform: .identity)
      }
    }
    let expected = countedCoverage(triangles, rule: rule, width: side, height: side)
    let differences = bytes.indices.map { abs(Double(bytes[$0]) / 255 - expected[$0]) }
    #expect(differences.reduce(0, +) / Double(bytes.count) < 0.006)
    #expect(differences.filter { $0 > 0.1 }.count <= 3, "\(differences.max() ?? 0)")
  }

  @Test("Two strands over the same half of a pixel cover half of it")
  func twoStrandsOverHalf() {
    var path = Path()
    for _ in 0..<2 {
      path.move(to: Point(0.5, 0))
      path.line(to: Point(4, 0))
      path.line(to: Point(4, 2))
      path.line(to: Point(0.5, 2))
      path.close()
    }
    var bytes = [UInt8](repeating: 0, count: 4 * 2)
    bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      MaskRenderer().render(width: 4, height: 2, rule: .nonzero, into: base, bytesPerRow: 4) {
        $0.add(path, transform: .identity)
      }
    }
    #expect(bytes == [128, 255, 255, 255, 128, 255, 255, 255])
  }
}
