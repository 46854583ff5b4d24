// Gradients of coloured glyphs, as gradients of the canvas.
//
// A canvas continues the last colour; fonts may also repeat or reflect theirs, and may put stops outside 0...1. Stops are therefore
// written out over as many periods as the painted area shows, and the geometry is stretched to their range. What becomes of lines
// without length is not specified; here it is what Chromium shows.

import Drawing
import Geometry

struct ColorLine: Sendable {
  private enum Extension: UInt8 { case pad, `repeat`, reflect }

  private struct Stop {
    var offset: Double
    /// Nil for the colour of the text.
    var color: Color?
    var alpha: Float
  }

  /// No gradient has more stops than this once its periods are written out.
  private static let mostStops = 2048
  private let entries: [Stop]
  private let extend: Extension
  private var stops: [GradientStop]

  /// Nil without stops.
  init?(_ cursor: ByteCursor, _ offset: Int, isVariable: Bool, _ variations: PaintVariations, palette: [Color]) {
    guard let count = cursor.unsigned16(offset + 1), count > 0 else { return nil }
    extend = Extension(rawValue: cursor.unsigned8(offset) ?? 0) ?? .pad
    var entries: [Stop] = []
    for index in 0..<min(Int(count), 1024) {
      let stop = offset + 3 + index * (isVariable ? 10 : 6)
      let fields = PaintFields(cursor, variations, base: isVariable ? cursor.unsigned32(stop + 6) : nil)
      guard let place = fields.fraction(stop, 0), let entry = cursor.unsigned16(stop + 2), let alpha = fields.fraction(stop + 4, 1)
      else { break }
      let color = palette.indices.contains(Int(entry)) ? palette[Int(entry)] : nil
      entries.append(Stop(offset: place, color: color, alpha: Float(min(1, max(0, alpha)))))
    }
    guard !entries.isEmpty else { return nil }
    self.entries = entries.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element)
    stops = ColorLine.stops(self.entries, .black)
  }

  /// Whether stops have the colour of the text.
  var usesForeground: Bool { entries.contains { $0.color == nil } }

  /// The same line in a text of another colour. Lines begin with black.
  func colored(_ foreground: Color) -> ColorLine {
    var line = self
    line.stops = ColorLine.stops(entries, foreground)
    return line
  }

  private static func stops(_ entries: [Stop], _ foreground: Color) -> [GradientStop] {
    entries.map { GradientStop(offset: $0.offset, color: ($0.color ?? foreground).multipliedAlpha(by: $0.alpha)) }
  }

  private var first: GradientStop { stops.first ?? GradientStop(offset: 0, color: .transparent) }
  private var last: GradientStop { stops.last ?? GradientStop(offset: 0, color: .transparent) }

  // MARK: - Geometry

  /// From `start` to `end`, with lines of equal colour parallel to the line from `start` to `rotation`, to be seen in `area`.
  /// Nil where nothing is painted.
  func linear(from start: Point, to end: Point, rotation: Point, area: Rect) -> Paint? {
    let line = end - start, side = rotation - start
    guard line != .zero, side != .zero, line.cross(side) != 0 else { return .color(first.color) }
    guard first.offset < last.offset else { return extend == .pad ? .color(last.color) : nil }
    let normal = Vector(side.dy, -side.dx)
    let along = normal * (line.dot(normal) / normal.dot(normal))
    let square = along.dot(along)
    guard square > 0 else { return .color(first.color) }
    let corners = area.corners
    let places = [corners.0, corners.1, corners.2, corners.3].map { ($0 - start).dot(along) / square }
    let (stops, low, high) = normalized(from: places.min() ?? 0, to: places.max() ?? 1)
    return .gradient(Gradient(geometry: .linear(start: start + along * low, end: start + along * high), stops: stops))
  }

  func radial(start: Point, radius startRadius: Double, end: Point, radius endRadius: Double, area: Rect) -> Paint? {
    let line = end - start, growth = endRadius - startRadius
    func radius(_ place: Double) -> Double { startRadius + growth * place }
    if line == .zero, growth == 0 {
      return extend == .pad ? disc(start, startRadius) : .color(averageColor)
    }
    guard first.offset < last.offset else {
      return extend == .pad ? disc(start + line * first.offset, radius(first.offset)) : nil
    }
    // Circles farther along the line than this, either way, do not reach the area.
    let corners = area.corners
    let farthest = [corners.0, corners.1, corners.2, corners.3].map { ($0 - start).length }.max() ?? 1
    let reach = (farthest + abs(startRadius)) / max(1e-6, abs(line.length - abs(growth)))
    var (stops, low, high) = normalized(from: -reach, to: reach)
    // Circles end where their radius does.
    if radius(low) < 0 || radius(high) < 0, growth != 0 {
      let zero = -startRadius / growth
      let (from, to) = radius(low) < 0 ? (max(low, zero), high) : (low, min(high, zero))
      guard to > from else { return nil }
      stops = stops.map { GradientStop(offset: (low + $0.offset * (high - low) - from) / (to - from), color: $0.color) }
      stops = ColorLine.cut(stops)
      (low, high) = (from, to)
    }
    return .gradient(
      Gradient(
        geometry: .radial(
          startCenter: start + line * low, startRadius: max(0, radius(low)), endCenter: start + line * high,
          endRadius: max(0, radius(high))), stops: stops))
  }

  /// Anticlockwise with y upwards, which is the canvas's clockwise with y downwards.
  func sweep(center: Point, from startDegrees: Double, to endDegrees: Double) -> Paint? {
    let turn = (endDegrees - startDegrees) / 360, begin = startDegrees / 360
    var placed: [GradientStop]
    if turn == 0 || first.offset == last.offset {
      guard extend == .pad else { return nil }
      let place = begin + turn * first.offset
      placed = [GradientStop(offset: place, color: first.color), GradientStop(offset: place, color: last.color)]
    } else {
      // Places on the full turn that begins at angle zero.
      let ends = [-begin / turn, (1 - begin) / turn]
      placed = extended(from: min(ends[0], ends[1]), to: max(ends[0], ends[1]))
        .map { GradientStop(offset: begin + $0.offset * turn, color: $0.color) }
      if turn < 0 { placed.reverse() }
    }
    return .gradient(Gradient(geometry: .conic(center: center, startAngle: 0), stops: ColorLine.cut(placed)))
  }

  /// The first colour inside a circle, the last outside.
  private func disc(_ center: Point, _ radius: Double) -> Paint {
    guard radius > 0 else { return .color(last.color) }
    let stops = [
      GradientStop(offset: 0, color: first.color), GradientStop(offset: 1, color: first.color), GradientStop(offset: 1, color: last.color),
    ]
    return .gradient(
      Gradient(geometry: .radial(startCenter: center, startRadius: 0, endCenter: center, endRadius: radius), stops: stops))
  }

  // MARK: - Stops

  /// The stops over all periods that the line shows between two places.
  private func extended(from low: Double, to high: Double) -> [GradientStop] {
    let length = last.offset - first.offset
    guard extend != .pad, length > 0 else { return stops }
    let most = Double(max(1, ColorLine.mostStops / stops.count / 2))
    func period(_ place: Double) -> Int { Int(max(-most, min(most, ((place - first.offset) / length).rounded(.down)))) }
    return (period(low)...max(period(low), period(high))).flatMap { period -> [GradientStop] in
      let shift = Double(period) * length
      if extend == .reflect, period % 2 != 0 {
        return stops.reversed().map { GradientStop(offset: first.offset + last.offset - $0.offset + shift, color: $0.color) }
      }
      return stops.map { GradientStop(offset: $0.offset + shift, color: $0.color) }
    }
  }

  /// Stops with offsets from 0 to 1, and where these lie on the original line.
  private func normalized(from low: Double, to high: Double) -> (stops: [GradientStop], start: Double, end: Double) {
    let all = extended(from: low, to: high)
    let start = all.first?.offset ?? 0, end = all.last?.offset ?? 1
    let length = end > start ? end - start : 1
    return (all.map { GradientStop(offset: ($0.offset - start) / length, color: $0.color) }, start, start + length)
  }

  /// The mean over one period.
  private var averageColor: Color {
    let length = last.offset - first.offset
    guard length > 0 else { return first.color }
    var mean = Color.transparent
    mean.space = first.color.space
    for (from, to) in zip(stops, stops.dropFirst()) {
      let weight = Float((to.offset - from.offset) / length / 2)
      mean.red += (from.color.red + to.color.red) * weight
      mean.green += (from.color.green + to.color.green) * weight
      mean.blue += (from.color.blue + to.color.blue) * weight
      mean.alpha += (from.color.alpha + to.color.alpha) * weight
    }
    return mean
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
