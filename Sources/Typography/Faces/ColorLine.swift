// Gradients of coloured glyphs, as gradients of the canvas.
//
// A canvas continues the last colour; fonts may also repeat or reflect theirs, and may put stops outside 0...1. Stops are therefore
// written out over as many periods as a glyph could show, and the geometry is stretched to their range.

import Drawing
import Geometry

struct ColorLine {
  private enum Extension: UInt8 { case pad, `repeat`, reflect }

  private static let periods = 6
  private let stops: [GradientStop]
  private let extend: Extension

  /// Nil without stops.
  init?(_ cursor: ByteCursor, _ offset: Int, isVariable: Bool, palette: [Color]) {
    guard let count = cursor.unsigned16(offset + 1), count > 0 else { return nil }
    extend = Extension(rawValue: cursor.unsigned8(offset) ?? 0) ?? .pad
    var stops: [GradientStop] = []
    for index in 0..<min(Int(count), 1024) {
      let stop = offset + 3 + index * (isVariable ? 10 : 6)
      guard let place = cursor.fraction(stop), let entry = cursor.unsigned16(stop + 2), let alpha = cursor.fraction(stop + 4) else { break }
      // The colour of the text is not known here; it is black more often than not.
      let color = palette.indices.contains(Int(entry)) ? palette[Int(entry)] : .black
      stops.append(GradientStop(offset: place, color: color.multipliedAlpha(by: Float(min(1, max(0, alpha))))))
    }
    guard !stops.isEmpty else { return nil }
    self.stops = stops.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element)
  }

  /// The stops over all periods, with offsets that may be any numbers.
  private func extended(_ periods: Int) -> [GradientStop] {
    guard extend != .pad, let first = stops.first?.offset, let last = stops.last?.offset, last > first else { return stops }
    let length = last - first
    return (-periods...periods).flatMap { period -> [GradientStop] in
      let shift = Double(period) * length
      if extend == .reflect, period % 2 != 0 {
        return stops.reversed().map { GradientStop(offset: first + last - $0.offset + shift, color: $0.color) }
      }
      return stops.map { GradientStop(offset: $0.offset + shift, color: $0.color) }
    }
  }

  /// Stops with offsets from 0 to 1, and where these lie on the original line.
  private func normalized(_ periods: Int = ColorLine.periods) -> (stops: [GradientStop], start: Double, end: Double) {
    let all = extended(periods)
    guard let start = all.first?.offset, let end = all.last?.offset, end > start else {
      // All in one place: a jump, which a line of any length shows.
      let place = all.first?.offset ?? 0
      let ends = [all.first, all.last].compactMap { $0?.color }.map { GradientStop(offset: 0.5, color: $0) }
      return (ends, place - 0.5, place + 0.5)
    }
    return (all.map { GradientStop(offset: ($0.offset - start) / (end - start), color: $0.color) }, start, end)
  }

  /// From `start` to `end`, with lines of equal colour parallel to the line from `start` to `rotation`.
  func linear(from start: Point, to end: Point, rotation: Point) -> Paint? {
    let line = end - start, side = rotation - start
    guard line != .zero, side != .zero, line.cross(side) != 0 else { return stops.last.map { .color($0.color) } }
    let normal = Vector(side.dy, -side.dx)
    let along = normal * (line.dot(normal) / normal.dot(normal))
    let (stops, first, last) = normalized()
    return .gradient(Gradient(geometry: .linear(start: start + along * first, end: start + along * last), stops: stops))
  }

  func radial(start: Point, radius startRadius: Double, end: Point, radius endRadius: Double) -> Paint? {
    var (stops, first, last) = normalized()
    func radius(_ place: Double) -> Double { startRadius + (endRadius - startRadius) * place }
    // Circles end where their radius does.
    if radius(first) < 0 || radius(last) < 0, startRadius != endRadius {
      let zero = startRadius / (startRadius - endRadius)
      let (low, high) = radius(first) < 0 ? (max(first, zero), last) : (first, min(last, zero))
      guard high > low else { return nil }
      stops = stops.map { GradientStop(offset: (first + $0.offset * (last - first) - low) / (high - low), color: $0.color) }
      stops = ColorLine.cut(stops)
      (first, last) = (low, high)
    }
    let line = end - start
    return .gradient(
      Gradient(
        geometry: .radial(
          startCenter: start + line * first, startRadius: max(0, radius(first)), endCenter: start + line * last,
          endRadius: max(0, radius(last))), stops: stops))
  }

  /// Anticlockwise with y upwards, which is the canvas's clockwise with y downwards.
  func sweep(center: Point, from startDegrees: Double, to endDegrees: Double) -> Paint? {
    guard endDegrees != startDegrees else { return stops.last.map { .color($0.color) } }
    let turn = (endDegrees - startDegrees) / 360, begin = startDegrees / 360
    // Places on the full turn that begins at angle zero.
    var placed = extended(min(64, Int((1 / abs(turn)).rounded(.up)) + 1))
      .map { GradientStop(offset: begin + $0.offset * turn, color: $0.color) }
    if turn < 0 { placed.reverse() }
    return .gradient(Gradient(geometry: .conic(center: center, startAngle: 0), stops: ColorLine.cut(placed)))
  }

  /// Keeps what lies in 0...1, with the colours that hold at the ends.
  private static func cut(_ stops: [GradientStop]) -> [GradientStop] {
    func color(at place: Double) -> Color? {
      guard let next = stops.firstIndex(where: { $0.offset >= place }) else { return stops.last?.color }
      guard next > 0 else { return stops[next].color }
      let before = stops[next - 1], after = stops[next]
      let length = after.offset - before.offset
      let weight = Float(length > 0 ? (place - before.offset) / length : 1)
      func mix(_ a: Float, _ b: Float) -> Float { a + (b - a) * weight }
      return Color(
        red: mix(before.color.red, after.color.red), green: mix(before.color.green, after.color.green),
        blue: mix(before.color.blue, after.color.blue), alpha: mix(before.color.alpha, after.color.alpha), space: before.color.space)
    }
    var kept = stops.filter { (0...1).contains($0.offset) }
    if let first = color(at: 0) { kept.insert(GradientStop(offset: 0, color: first), at: 0) }
    if let last = color(at: 1) { kept.append(GradientStop(offset: 1, color: last)) }
    return kept
  }
}
