// Lines of one pixel's width, drawn as two pixels a column or row.
//
// Chromium draws strokes up to a pixel wide this way: the line's place between two pixel centres divides its coverage among them, so
// a slanted line has its full weight along the steeper axis. Thinner lines have their coverage scaled by their width.

import Geometry

/// Takes single pixels of coverage.
protocol HairlinePen {
  mutating func plot(x: Int, y: Int, coverage: UInt32)
  /// Two pixels side by side, `x` the left one.
  mutating func plot(x: Int, y: Int, left: UInt32, right: UInt32)
  /// Two pixels, one on the other, `y` the upper one.
  mutating func plot(x: Int, y: Int, above: UInt32, below: UInt32)
}

extension HairlinePen {
  @inline(__always)
  mutating func plot(x: Int, y: Int, left: UInt32, right: UInt32) {
    if left != 0 { plot(x: x, y: y, coverage: left) }
    if right != 0 { plot(x: x &+ 1, y: y, coverage: right) }
  }

  @inline(__always)
  mutating func plot(x: Int, y: Int, above: UInt32, below: UInt32) {
    if above != 0 { plot(x: x, y: y, coverage: above) }
    if below != 0 { plot(x: x, y: y &+ 1, coverage: below) }
  }
}

struct HairlineClip {
  var left: Int
  var right: Int
  var top: Int
  var bottom: Int
}

/// Lines with ends in 1/256 pixels, which may lie outside the surface, and notes on the rows of each run of them.
struct HairlineList {
  let lines: UnsafePointer<Edge>
  let count: Int
  let chunks: UnsafePointer<EdgeChunk>?
}

/// Paths into lines for `Hairlines`.
struct HairlineBuilder {
  private let store: EdgeStore
  private let area: Rect
  let firstLine: Int
  private var minX = Double.infinity
  private var minY = Double.infinity
  private var maxX = -Double.infinity
  private var maxY = -Double.infinity

  init(store: EdgeStore, bounds: PixelRect) {
    self.store = store
    area = Rect(x: Double(bounds.x), y: Double(bounds.y), width: Double(bounds.width), height: Double(bounds.height)).insetBy(-2)
    firstLine = store.count
  }

  var count: Int { store.count - firstLine }

  /// The pixels touched, as far as they lie in the clip's bounds with a margin.
  var bounds: PixelRect {
    PixelRect(
      covering: Rect(Point(minX - 1, minY - 1), Point(maxX + 1, maxY + 1)),
      within: PixelRect(covering: area, within: PixelRect(x: -2, y: -2, width: 1 << 23, height: 1 << 23)))
  }

  /// Adds the lines of a path in device space.
  mutating func add(_ path: Path) {
    var current = Point.zero
    var start = Point.zero
    path.points.withUnsafeBufferPointer { points in
      var index = 0
      var weightIndex = 0
      for verb in path.verbs {
        switch verb {
        case .move:
          current = points[index]
          start = current
        case .line:
          add(current, points[index])
          current = points[index]
        case .quadratic:
          quadratic(&current, points[index], points[index + 1])
        case .conic:
          let conic = Conic(current, points[index], points[index + 1], weight: path.weights[weightIndex])
          weightIndex += 1
          conic.forEachQuadratic(power: conic.quadraticPower(tolerance: 0.25)) { quadratic(&current, $0, $1) }
        case .cubic:
          let begin = current, end = points[index + 2]
          let count = HairlineBuilder.chordCount(begin, points[index], points[index + 1], end)
          Flattening.chords(begin, points[index], points[index + 1], end, count: count) {
            add(current, $0)
            current = $0
          }
        case .close:
          add(current, start)
          current = start
        }
        index &+= verb.pointCount
      }
    }
  }

  // Chromium's numbers of chords, so that lines bend where its do.

  private mutating func quadratic(_ current: inout Point, _ control: Point, _ end: Point) {
    let begin = current
    let dx = abs((begin.x + end.x) / 2 - control.x).rounded(.up), dy = abs((begin.y + end.y) / 2 - control.y).rounded(.up)
    let distance = dx > dy ? dx + (dy / 2).rounded(.down) : dy + (dx / 2).rounded(.down)
    let power = distance < 1e6 ? min(5, (33 - UInt32(distance).leadingZeroBitCount) / 2) : 5
    Flattening.chords(begin, control, end, count: 1 << power) {
      add(current, $0)
      current = $0
    }
  }

  private static func chordCount(_ p0: Point, _ p1: Point, _ p2: Point, _ p3: Point) -> Int {
    let near = p0.interpolated(to: p3, at: 1.0 / 3), far = p0.interpolated(to: p3, at: 2.0 / 3)
    let bend = max(max(abs(p1.x - near.x), abs(p1.y - near.y)), max(abs(p2.x - far.x), abs(p2.y - far.y)))
    var power = 0
    var tolerance = 0.125
    while power < 9, bend >= tolerance {
      power += 1
      tolerance *= 4
    }
    return 1 << power
  }

  private mutating func add(_ a: Point, _ b: Point) {
    if a == b { return }
    var a = a, b = b
    if !(area.contains(a) && area.contains(b)) {
      guard let cut = cut(a, b) else { return }
      (a, b) = cut
    }
    minX = min(minX, min(a.x, b.x))
    maxX = max(maxX, max(a.x, b.x))
    minY = min(minY, min(a.y, b.y))
    maxY = max(maxY, max(a.y, b.y))
    // Safe: within two pixels of a surface of at most 2^22 pixels.
    store.reserve(1).pointee = Edge(
      x0: Int32((a.x * 256).rounded(.down)), y0: Int32((a.y * 256).rounded(.down)), x1: Int32((b.x * 256).rounded(.down)),
      y1: Int32((b.y * 256).rounded(.down)))
    store.commit(1)
  }

  /// The part inside the clip with a margin (Liang and Barsky), or nil.
  private func cut(_ a: Point, _ b: Point) -> (Point, Point)? {
    guard a.isFinite, b.isFinite else { return nil }
    let delta = b - a
    guard delta.dx.isFinite, delta.dy.isFinite else { return nil }
    var from = 0.0, to = 1.0
    for (speed, distance) in [
      (-delta.dx, a.x - area.minX), (delta.dx, area.maxX - a.x), (-delta.dy, a.y - area.minY), (delta.dy, area.maxY - a.y),
    ] {
      if speed == 0 {
        if distance < 0 { return nil }
      } else if speed < 0 {
        from = max(from, distance / speed)
      } else {
        to = min(to, distance / speed)
      }
    }
    guard from < to else { return nil }
    let p = a.interpolated(to: b, at: from), q = a.interpolated(to: b, at: to)
    let low = Point(area.minX, area.minY), high = Point(area.maxX, area.maxY)
    return (
      Point(min(high.x, max(low.x, p.x)), min(high.y, max(low.y, p.y))),
      Point(min(high.x, max(low.x, q.x)), min(high.y, max(low.y, q.y)))
    )
  }
}

extension SolidConsumer: HairlinePen {
  @inline(__always)
  mutating func plot(x: Int, y: Int, coverage: UInt32) {
    let pixel = target.row(y) + x
    pixel.pointee = SolidRows.over(color, coverage, pixel.pointee)
  }

  @inline(__always)
  mutating func plot(x: Int, y: Int, left: UInt32, right: UInt32) {
    let place = UnsafeMutableRawPointer(target.row(y) + x)
    let pixels = PixelPair.over(color, left, right, PixelPair.load(place))
    place.storeBytes(of: PixelPair.packed(pixels), as: UInt64.self)
  }

  @inline(__always)
  mutating func plot(x: Int, y: Int, above: UInt32, below: UInt32) {
    let upper = target.row(y) + x
    let lower = (UnsafeMutableRawPointer(upper) + target.bytesPerRow).assumingMemoryBound(to: UInt32.self)
    let pixels = PixelPair.packed(PixelPair.over(color, above, below, PixelPair.make(upper.pointee, lower.pointee)))
    upper.pointee = UInt32(truncatingIfNeeded: pixels)
    lower.pointee = UInt32(truncatingIfNeeded: pixels &>> 32)
  }
}

extension PlanePen: HairlinePen {
  @inline(__always)
  mutating func plot(x: Int, y: Int, coverage: UInt32) {
    let pixel = plane + ((y &- top) &* width &+ x)
    let present = UInt32(pixel.pointee)
    pixel.pointee = UInt8(
      truncatingIfNeeded: present &+ UInt32(multiplied(UInt8(truncatingIfNeeded: 255 &- present), coverage)))
  }
}

enum Hairlines {
  /// Draws the lines inside `clip`.
  @inline(__always)
  static func draw<Pen: HairlinePen>(_ list: HairlineList, weight: UInt32, clip: HairlineClip, into pen: inout Pen) {
    // One pixel of slack on each side: a line touches the pixels next to it.
    let above = Int32(clip.top &<< 8) &- 256, below = Int32(clip.bottom &<< 8) &+ 256
    var index = 0
    while index < list.count {
      if let chunks = list.chunks, index % EdgeChunk.length == 0 {
        let chunk = chunks[index / EdgeChunk.length]
        if chunk.bottom <= above || chunk.top >= below {
          index &+= EdgeChunk.length
          continue
        }
      }
      let line = list.lines[index]
      index &+= 1
      if max(line.y0, line.y1) <= above || min(line.y0, line.y1) >= below { continue }
      let dx = line.x1 &- line.x0, dy = line.y1 &- line.y0
      if abs(dx) > abs(dy) {
        drawFlat(line, weight, clip, &pen)
      } else if dy != 0 {
        drawSteep(line, weight, clip, &pen)
      }
    }
  }

  /// More across than down: each column has two pixels, one above the other.
  @inline(__always)
  private static func drawFlat<Pen: HairlinePen>(
    _ line: Edge, _ weight: UInt32, _ clip: HairlineClip, _ pen: inout Pen
  ) {
    let (x0, y0, x1, y1) = line.x0 < line.x1 ? (line.x0, line.y0, line.x1, line.y1) : (line.x1, line.y1, line.x0, line.y0)
    let slope = Double(y1 &- y0) / Double(x1 &- x0)
    var first = max(clip.left, Int(x0 &>> 8)), last = min(clip.right &- 1, Int((x1 &- 1) &>> 8))
    // Only the columns in which the line passes through the rows wanted.
    if abs(slope) > 1e-6 {
      let a = (Double(clip.top &- 1) * 256 - Double(y0)) / slope, b = (Double(clip.bottom &+ 1) * 256 - Double(y0)) / slope
      let low = (Double(x0) + min(a, b)) / 256, high = (Double(x0) + max(a, b)) / 256
      if low > Double(first) { first = Int(min(low, Double(last) + 1)) }
      if high < Double(last) { last = Int(max(high, Double(first) - 1)) }
    }
    guard first <= last else { return }
    // Place of the line at column centres, in 1/65536 pixels, counted from the centre of the row above.
    let step = Int64(slope * 65536)
    let origin = Int64((Double(y0) + (128 - Double(x0 & 255)) * slope) * 256) &- 32768
    var y = origin &+ step &* Int64(first &- Int(x0 &>> 8))
    let firstColumn = Int(x0 &>> 8), lastColumn = Int((x1 &- 1) &>> 8)
    var x = first
    while x <= last {
      var strength = weight
      if x == firstColumn || x == lastColumn {
        let from = max(x0, Int32(x &<< 8)), to = min(x1, Int32((x &+ 1) &<< 8))
        strength = (weight &* UInt32(to &- from) &+ 128) &>> 8
      }
      let row = Int(y &>> 16)
      let lower = UInt32(truncatingIfNeeded: (y &>> 8) & 255)
      let below = (lower &* strength) &>> 8, above = strength &- below
      if row >= clip.top, row &+ 1 < clip.bottom {
        pen.plot(x: x, y: row, above: above, below: below)
      } else if row >= clip.top, row < clip.bottom {
        if above != 0 { pen.plot(x: x, y: row, coverage: above) }
      } else if row &+ 1 == clip.top, row &+ 1 < clip.bottom, below != 0 {
        pen.plot(x: x, y: row &+ 1, coverage: below)
      }
      y &+= step
      x &+= 1
    }
  }

  /// At least as far down as across: each row has two pixels, side by side.
  @inline(__always)
  private static func drawSteep<Pen: HairlinePen>(
    _ line: Edge, _ weight: UInt32, _ clip: HairlineClip, _ pen: inout Pen
  ) {
    let (x0, y0, x1, y1) = line.y0 < line.y1 ? (line.x0, line.y0, line.x1, line.y1) : (line.x1, line.y1, line.x0, line.y0)
    let slope = Double(x1 &- x0) / Double(y1 &- y0)
    let firstRow = Int(y0 &>> 8), lastRow = Int((y1 &- 1) &>> 8)
    let first = max(clip.top, firstRow), last = min(clip.bottom &- 1, lastRow)
    guard first <= last else { return }
    let step = Int64(slope * 65536)
    let origin = Int64((Double(x0) + (128 - Double(y0 & 255)) * slope) * 256) &- 32768
    var x = origin &+ step &* Int64(first &- firstRow)
    var y = first
    while y <= last {
      var strength = weight
      if y == firstRow || y == lastRow {
        let from = max(y0, Int32(y &<< 8)), to = min(y1, Int32((y &+ 1) &<< 8))
        strength = (weight &* UInt32(to &- from) &+ 128) &>> 8
      }
      let column = Int(x &>> 16)
      let fraction = UInt32(truncatingIfNeeded: (x &>> 8) & 255)
      let right = (fraction &* strength) &>> 8, left = strength &- right
      if column >= clip.left, column &+ 1 < clip.right {
        pen.plot(x: column, y: y, left: left, right: right)
      } else if column >= clip.left, column < clip.right {
        if left != 0 { pen.plot(x: column, y: y, coverage: left) }
      } else if column &+ 1 == clip.left, column &+ 1 < clip.right, right != 0 {
        pen.plot(x: column &+ 1, y: y, coverage: right)
      }
      x &+= step
      y &+= 1
    }
  }
}
