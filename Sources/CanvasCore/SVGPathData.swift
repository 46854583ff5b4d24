// Path data, after https://svgwg.org/svg2-draft/paths.html#PathData.

import Geometry
import Glibc

/// Reads the `d` attribute of SVG paths.
public enum SVGPathData {
  /// What the text draws up to its first mistake, in which case the steps before it are kept.
  public static func parse(_ text: String) -> Path {
    var reader = SVGPathReader(text)
    reader.readAll()
    return reader.path
  }
}

private struct SVGPathReader {
  var path = Path()
  private let bytes: [UInt8]
  private var position = 0
  private var current = Point.zero
  /// The last control point, for the smooth variants.
  private var lastCubicControl: Point?
  private var lastQuadraticControl: Point?

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  mutating func readAll() {
    skipWhitespace()
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "m") else { return }
    while position < bytes.count {
      let command = bytes[position]
      position += 1
      guard readSegments(command) else { break }
      skipWhitespace()
    }
    // The canvas adds an empty subpath at the end, so that a later line begins anew there.
    if !path.isEmpty { path.move(to: path.currentPoint) }
  }

  /// Reads the arguments of a command as often as they are repeated; false after a mistake.
  private mutating func readSegments(_ command: UInt8) -> Bool {
    let isRelative = command >= UInt8(ascii: "a")
    let letter = command | 0x20
    if letter == UInt8(ascii: "z") {
      path.close()
      current = path.currentPoint
      lastCubicControl = nil
      lastQuadraticControl = nil
      return true
    }
    var isFirst = true
    repeat {
      guard readSegment(letter, isRelative: isRelative, isFirst: isFirst) else { return false }
      isFirst = false
    } while moreArgumentsFollow()
    return true
  }

  private mutating func readSegment(_ letter: UInt8, isRelative: Bool, isFirst: Bool) -> Bool {
    let origin = isRelative ? current : .zero
    var cubicControl: Point?
    var quadraticControl: Point?
    defer {
      lastCubicControl = cubicControl
      lastQuadraticControl = quadraticControl
    }
    switch letter {
    case UInt8(ascii: "m"):
      guard let end = point(origin) else { return false }
      if isFirst { path.move(to: end) } else { path.line(to: end) }
      current = end
    case UInt8(ascii: "l"):
      guard let end = point(origin) else { return false }
      line(to: end)
    case UInt8(ascii: "h"):
      guard let x = number() else { return false }
      line(to: bounded(Point(origin.x + x, current.y)))
    case UInt8(ascii: "v"):
      guard let y = number() else { return false }
      line(to: bounded(Point(current.x, origin.y + y)))
    case UInt8(ascii: "c"):
      guard let control1 = point(origin), let control2 = point(origin), let end = point(origin) else { return false }
      path.cubic(control1: control1, control2: control2, to: end)
      cubicControl = control2
      current = end
    case UInt8(ascii: "s"):
      guard let control2 = point(origin), let end = point(origin) else { return false }
      path.cubic(control1: reflected(lastCubicControl), control2: control2, to: end)
      cubicControl = control2
      current = end
    case UInt8(ascii: "q"):
      guard let control = point(origin), let end = point(origin) else { return false }
      path.quadratic(control: control, to: end)
      quadraticControl = control
      current = end
    case UInt8(ascii: "t"):
      guard let end = point(origin) else { return false }
      let control = reflected(lastQuadraticControl)
      path.quadratic(control: control, to: end)
      quadraticControl = control
      current = end
    case UInt8(ascii: "a"):
      guard let rx = number(), let ry = number(), let angle = number(), let large = flag(), let sweep = flag(),
        let end = point(origin)
      else { return false }
      arc(radiusX: abs(rx), radiusY: abs(ry), rotation: angle * .pi / 180, isLarge: large, isClockwise: sweep, to: end)
    default:
      return false
    }
    return true
  }

  private mutating func line(to end: Point) {
    path.line(to: end)
    current = end
  }

  private func reflected(_ control: Point?) -> Point {
    guard let control else { return current }
    return bounded(current + (current - control))
  }

  /// From end points to centre: https://svgwg.org/svg2-draft/implnote.html#ArcConversionEndpointToCenter.
  private mutating func arc(
    radiusX: Double, radiusY: Double, rotation: Double, isLarge: Bool, isClockwise: Bool, to end: Point
  ) {
    guard end != current else { return }
    var rx = radiusX, ry = radiusY
    guard rx > 0, ry > 0 else { return line(to: end) }
    let cosine = cos(rotation), sine = sin(rotation)
    let half = (current - end) / 2
    let x1 = cosine * half.dx + sine * half.dy, y1 = cosine * half.dy - sine * half.dx
    let lambda = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry)
    if lambda > 1 {
      rx *= lambda.squareRoot()
      ry *= lambda.squareRoot()
    }
    let denominator = rx * rx * y1 * y1 + ry * ry * x1 * x1
    let radicand = (rx * rx * ry * ry - denominator) / denominator
    let root = (isLarge == isClockwise ? -1 : 1) * max(0, radicand).squareRoot()
    let cx = root * rx * y1 / ry, cy = -root * ry * x1 / rx
    let middle = current.interpolated(to: end, at: 0.5)
    let center = Point(middle.x + cosine * cx - sine * cy, middle.y + sine * cx + cosine * cy)
    let startAngle = atan2((y1 - cy) / ry, (x1 - cx) / rx)
    let endAngle = atan2((-y1 - cy) / ry, (-x1 - cx) / rx)
    var sweep = endAngle - startAngle
    if isClockwise, sweep < 0 { sweep += 2 * .pi }
    if !isClockwise, sweep > 0 { sweep -= 2 * .pi }
    guard center.isFinite, startAngle.isFinite, sweep.isFinite else { return line(to: end) }
    // A quarter turn a curve at most, in the frame where the ellipse is the unit circle; the last point is the one written.
    let frame = AffineTransform(
      a: rx * cosine, b: rx * sine, c: -ry * sine, d: ry * cosine, e: center.x, f: center.y)
    let count = max(1, Int(clamping: (abs(sweep) / (.pi / 2) - 1e-9).rounded(.up)))
    let step = sweep / Double(count), handle = 4.0 / 3 * tan(step / 4)
    for index in 0..<count {
      let from = startAngle + Double(index) * step, to = from + step
      let last = bounded(frame.apply(Point(cos(to), sin(to))))
      path.cubic(
        control1: bounded(frame.apply(Point(cos(from) - handle * sin(from), sin(from) + handle * cos(from)))),
        control2: bounded(frame.apply(Point(cos(to) + handle * sin(to), sin(to) - handle * cos(to)))),
        to: index == count - 1 ? end : last)
    }
    current = end
  }

  // MARK: - Reading numbers

  private func bounded(_ point: Point) -> Point {
    // NaN comes out as the lower bound.
    Point(min(1e30, max(-1e30, point.x)), min(1e30, max(-1e30, point.y)))
  }

  private mutating func point(_ origin: Point) -> Point? {
    guard let x = number(), let y = number() else { return nil }
    return bounded(Point(origin.x + x, origin.y + y))
  }

  private mutating func skipWhitespace() {
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  private mutating func skipSeparator() {
    skipWhitespace()
    if position < bytes.count, bytes[position] == UInt8(ascii: ",") {
      position += 1
      skipWhitespace()
    }
  }

  /// Whether another set of arguments follows, after a comma or not.
  private mutating func moreArgumentsFollow() -> Bool {
    skipSeparator()
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    return byte &- 48 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  private mutating func flag() -> Bool? {
    skipSeparator()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "0") || bytes[position] == UInt8(ascii: "1") else { return nil }
    position += 1
    return bytes[position - 1] == UInt8(ascii: "1")
  }

  private mutating func number() -> Double? {
    skipSeparator()
    let start = position
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    var index = position
    if byte(index) == UInt8(ascii: "+") || byte(index) == UInt8(ascii: "-") { index += 1 }
    var digitCount = 0
    while byte(index) &- 48 < 10 {
      index += 1
      digitCount += 1
    }
    if byte(index) == UInt8(ascii: ".") {
      index += 1
      while byte(index) &- 48 < 10 {
        index += 1
        digitCount += 1
      }
    }
    guard digitCount > 0 else { return nil }
    if byte(index) | 0x20 == UInt8(ascii: "e") {
      var look = index + 1
      if byte(look) == UInt8(ascii: "+") || byte(look) == UInt8(ascii: "-") { look += 1 }
      if byte(look) &- 48 < 10 {
        while byte(look) &- 48 < 10 { look += 1 }
        index = look
      }
    }
    position = index
    var text = String(decoding: bytes[start..<index], as: UTF8.self)
    if text.hasPrefix("+") { text.removeFirst() }
    guard let value = Double(text) else { return nil }
    return value.isFinite ? value : value < 0 ? -1e30 : 1e30
  }
}
