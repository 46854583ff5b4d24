// <transform-list>, after https://drafts.csswg.org/css-transforms-2/#transform-functions, as DOMMatrix reads it.

/// One transform function. Lengths are pixels, angles degrees.
public enum TransformFunction: Equatable, Sendable {
  /// Six or sixteen values.
  case matrix([Double])
  case translate(x: Double, y: Double, z: Double, is3D: Bool)
  case scale(x: Double, y: Double, z: Double, is3D: Bool)
  case rotate(x: Double, y: Double, z: Double, degrees: Double, is3D: Bool)
  case skew(x: Double, y: Double)
  /// Nil for `none`.
  case perspective(Double?)

  /// Parses a whole text; an empty text and `none` give an empty list, nil is returned for what is no list or not absolute.
  public static func parseList(_ text: String) -> [TransformFunction]? {
    var parser = CSSParser(text)
    if parser.isAtEnd() { return [] }
    if parser.take(identifier: "none") { return parser.isAtEnd() ? [] : nil }
    var functions: [TransformFunction] = []
    while !parser.isAtEnd() {
      guard functions.count < 4096, let function = parser.transformFunction() else { return nil }
      functions.append(function)
    }
    return functions
  }
}

extension CSSParser {
  fileprivate mutating func transformFunction() -> TransformFunction? {
    guard token.kind == .function else { return nil }
    let name = keyword()
    advance()
    skipWhitespace()
    if name == "perspective", take(identifier: "none") { return takeFunctionEnd() ? .perspective(nil) : nil }
    guard let values = transformArguments() else { return nil }
    func all(_ kinds: MathValue.Kind...) -> Bool { values.allSatisfy { kinds.contains($0.kind) } }
    func numbers(_ count: ClosedRange<Int>) -> [Double]? {
      guard count.contains(values.count), all(.number, .percentage) else { return nil }
      return values.map { $0.kind == .percentage ? $0.value / 100 : $0.value }
    }
    func plain(_ count: Int) -> [Double]? { values.count == count && all(.number) ? values.map(\.value) : nil }
    func lengths(_ count: ClosedRange<Int>) -> [Double]? {
      guard count.contains(values.count), values.allSatisfy({ $0.kind == .length || ($0.kind == .number && $0.value == 0) })
      else { return nil }
      return values.map(\.value)
    }
    func angles(_ count: ClosedRange<Int>) -> [Double]? {
      guard count.contains(values.count), values.allSatisfy({ $0.kind == .angle || ($0.kind == .number && $0.value == 0) })
      else { return nil }
      return values.map(\.value)
    }
    switch name {
    case "matrix": return plain(6).map { .matrix($0) }
    case "matrix3d": return plain(16).map { .matrix($0) }
    case "translate": return lengths(1...2).map { .translate(x: $0[0], y: $0.count > 1 ? $0[1] : 0, z: 0, is3D: false) }
    case "translatex": return lengths(1...1).map { .translate(x: $0[0], y: 0, z: 0, is3D: false) }
    case "translatey": return lengths(1...1).map { .translate(x: 0, y: $0[0], z: 0, is3D: false) }
    case "translatez": return lengths(1...1).map { .translate(x: 0, y: 0, z: $0[0], is3D: true) }
    case "translate3d": return lengths(3...3).map { .translate(x: $0[0], y: $0[1], z: $0[2], is3D: true) }
    case "scale": return numbers(1...2).map { .scale(x: $0[0], y: $0.count > 1 ? $0[1] : $0[0], z: 1, is3D: false) }
    case "scalex": return numbers(1...1).map { .scale(x: $0[0], y: 1, z: 1, is3D: false) }
    case "scaley": return numbers(1...1).map { .scale(x: 1, y: $0[0], z: 1, is3D: false) }
    case "scalez": return numbers(1...1).map { .scale(x: 1, y: 1, z: $0[0], is3D: true) }
    case "scale3d": return numbers(3...3).map { .scale(x: $0[0], y: $0[1], z: $0[2], is3D: true) }
    case "rotate": return angles(1...1).map { .rotate(x: 0, y: 0, z: 1, degrees: $0[0], is3D: false) }
    case "rotatex": return angles(1...1).map { .rotate(x: 1, y: 0, z: 0, degrees: $0[0], is3D: true) }
    case "rotatey": return angles(1...1).map { .rotate(x: 0, y: 1, z: 0, degrees: $0[0], is3D: true) }
    case "rotatez": return angles(1...1).map { .rotate(x: 0, y: 0, z: 1, degrees: $0[0], is3D: true) }
    case "rotate3d":
      guard values.count == 4, values[..<3].allSatisfy({ $0.kind == .number }),
        values[3].kind == .angle || (values[3].kind == .number && values[3].value == 0)
      else { return nil }
      return .rotate(x: values[0].value, y: values[1].value, z: values[2].value, degrees: values[3].value, is3D: true)
    case "skew": return angles(1...2).map { .skew(x: $0[0], y: $0.count > 1 ? $0[1] : 0) }
    case "skewx": return angles(1...1).map { .skew(x: $0[0], y: 0) }
    case "skewy": return angles(1...1).map { .skew(x: 0, y: $0[0]) }
    case "perspective":
      guard let distance = lengths(1...1), distance[0] >= 0 else { return nil }
      return .perspective(distance[0])
    default: return nil
    }
  }

  private mutating func transformArguments() -> [MathValue]? {
    var values: [MathValue] = []
    repeat {
      skipWhitespace()
      guard values.count < 16, let value = absoluteValue() else { return nil }
      values.append(value)
      skipWhitespace()
    } while take(.comma)
    return takeFunctionEnd() ? values : nil
  }

  /// A value whose length, if it is one, does not depend on a font or a viewport.
  private mutating func absoluteValue() -> MathValue? {
    if token.kind == .dimension {
      let unit = keyword()
      guard Angle.degrees(0, unit: unit) != nil || LengthContext.absoluteFactor(unit: unit) != nil else { return nil }
    }
    return mathValue(MathContext(lengths: LengthContext()))
  }
}
