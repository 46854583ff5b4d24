// Cutting lines into dashes, after the dash steps of https://html.spec.whatwg.org/multipage/canvas.html#trace-a-path.
//
// Departure: a dash that runs over the end of a closed subpath goes on at its beginning as one piece, as browsers draw it.

import Glibc

/// Dash lengths made ready: positive total, offset within one period.
struct DashPattern {
  /// A pattern that would cut one subpath into more pieces than this is drawn solid.
  static let maximumDashCount = 1_000_000.0

  let lengths: [Double]
  let total: Double
  /// Which entry a line begins in, and how much of that entry is left.
  let firstIndex: Int
  let firstRemainder: Double

  /// Nil for a solid line.
  init?(_ style: StrokeStyle) {
    guard !style.dashes.isEmpty else { return nil }
    var lengths = style.dashes
    if lengths.count % 2 == 1 { lengths += lengths }
    var total = 0.0
    for length in lengths {
      guard length >= 0, length.isFinite else { return nil }
      total += length
    }
    guard total > 0, total.isFinite, style.dashOffset.isFinite else { return nil }
    var offset = fmod(style.dashOffset, total)
    if offset < 0 { offset += total }
    var index = 0
    // A dash of no length at the very beginning is drawn.
    while index < lengths.count - 1, offset > lengths[index] || offset == lengths[index] && offset > 0 {
      offset -= lengths[index]
      index += 1
    }
    self.lengths = lengths
    self.total = total
    firstIndex = index
    firstRemainder = max(0, lengths[index] - offset)
  }
}

extension Stroker {
  /// Traces the dashes of the subpath in `vertices`.
  mutating func traceDashes(_ pattern: DashPattern, isClosed: Bool) {
    let count = vertices.count
    let segmentCount = isClosed ? count : count - 1
    var pathLength = 0.0
    for index in 0..<segmentCount { pathLength += vertices[index].length }
    guard pathLength / pattern.total * Double(pattern.lengths.count) < DashPattern.maximumDashCount else {
      trace(vertices, isClosed: isClosed)
      return
    }
    var dashIndex = pattern.firstIndex
    var remainder = pattern.firstRemainder
    var isOn = dashIndex % 2 == 0
    // The dash in which a closed subpath begins waits for the one in which it ends.
    var isFirst = isClosed && isOn
    firstDash.removeAll(keepingCapacity: true)
    dashVertices.removeAll(keepingCapacity: true)
    if isOn { dashVertices.append(vertices[0]) }
    for index in 0..<segmentCount {
      let vertex = vertices[index]
      var position = 0.0
      if index > 0, isOn { dashVertices.append(vertex) }
      while vertex.length - position > remainder {
        position += remainder
        let point = vertex.point + vertex.direction * position
        let tangent = tangent(index, at: position)
        if isOn {
          if isFirst {
            swap(&firstDash, &dashVertices)
            var end = StrokeVertex(point, isSmooth: false)
            end.arrival = tangent
            firstDash.append(end)
            isFirst = false
          } else {
            endDash(at: point, direction: tangent)
          }
          dashVertices.removeAll(keepingCapacity: true)
        } else {
          var start = StrokeVertex(point, isSmooth: false)
          start.direction = vertex.direction
          start.departure = tangent
          dashVertices.append(start)
        }
        isOn.toggle()
        dashIndex = dashIndex + 1 == pattern.lengths.count ? 0 : dashIndex + 1
        remainder = pattern.lengths[dashIndex]
      }
      remainder -= vertex.length - position
    }
    if isFirst {
      // One dash covers the closed subpath from end to end.
      trace(vertices, isClosed: true)
      return
    }
    if !isClosed {
      let end = vertices[count - 1]
      if isOn { endDash(at: end.point, direction: end.arriving(from: vertices[count - 2])) }
    } else if isOn {
      if firstDash.isEmpty {
        endDash(at: vertices[0].point, direction: vertices[0].arriving(from: vertices[segmentCount - 1]))
      } else {
        let end = firstDash.removeLast()
        dashVertices.append(contentsOf: firstDash)
        endDash(at: end.point, direction: end.arrival)
      }
    } else if !firstDash.isEmpty {
      swap(&firstDash, &dashVertices)
      let end = dashVertices.removeLast()
      endDash(at: end.point, direction: end.arrival)
    }
  }

  /// Where the line heads `position` along from vertex `index`. Chords of a curve stand for a bend, so that a dash ends across the
  /// curve and not across its chord.
  private func tangent(_ index: Int, at position: Double) -> Vector {
    let vertex = vertices[index]
    guard vertex.isSmooth || vertex.departure != .zero else { return vertex.direction }
    let next = vertices[index + 1 < vertices.count ? index + 1 : 0]
    var from = vertex.leaving, to = next.arriving(from: vertex)
    if vertex.isSmooth, index > 0 { from = vertices[index - 1].direction + vertex.direction }
    if next.isSmooth { to = vertex.direction + next.direction }
    guard let from = from.normalized(), let to = to.normalized(), vertex.length > 0 else { return vertex.direction }
    return (from + (to - from) * (position / vertex.length)).normalized() ?? vertex.direction
  }

  /// Traces the dash collected in `dashVertices`, which ends at `point`.
  private mutating func endDash(at point: Point, direction: Vector) {
    // Lengths change where a dash begins or ends between two vertices.
    var last = StrokeVertex(point, isSmooth: false)
    last.direction = direction
    last.arrival = direction
    dashVertices.append(last)
    var count = 1
    for index in 1..<dashVertices.count {
      let length = (dashVertices[index].point - dashVertices[count - 1].point).length
      if length > 1e-12 {
        dashVertices[count - 1].length = length
        dashVertices[count] = dashVertices[index]
        count += 1
      }
    }
    if count < 2 {
      traceDot(at: point, direction: direction)
      return
    }
    if count < dashVertices.count { dashVertices.removeLast(dashVertices.count - count) }
    dashVertices[count - 1].length = 0
    let dash = dashVertices
    trace(dash, isClosed: false)
  }
}
