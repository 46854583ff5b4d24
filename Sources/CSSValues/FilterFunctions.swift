// <filter-value-list>, after https://drafts.fxtf.org/filter-effects/#FilterProperty.

import Drawing
import Glibc

/// One entry of a `filter` list. Amounts are 1 for 100%.
public enum FilterFunction: Equatable, Sendable {
  case blur(CSSLength)
  case brightness(Double)
  case contrast(Double)
  case dropShadow(x: CSSLength, y: CSSLength, blur: CSSLength, color: CSSColor)
  case grayscale(Double)
  case hueRotate(degrees: Double)
  case invert(Double)
  case opacity(Double)
  case saturate(Double)
  case sepia(Double)
  /// A reference to an SVG filter; draws as no filter unless somebody resolves it.
  case url(String)

  /// Parses a whole text: `none` gives an empty list, nil is returned for what is no filter.
  public static func parseList(_ text: String) -> [FilterFunction]? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    if parser.take(identifier: "none") { return parser.isAtEnd() ? [] : nil }
    var functions: [FilterFunction] = []
    while !parser.isAtEnd() {
      guard functions.count < 256, let function = parser.filterFunction() else { return nil }
      functions.append(function)
    }
    return functions.isEmpty ? nil : functions
  }

  /// Whether a length in it follows the font.
  public var isFontRelative: Bool {
    switch self {
    case .blur(let radius): radius.isFontRelative
    case .dropShadow(let x, let y, let blur, _): x.isFontRelative || y.isFontRelative || blur.isFontRelative
    default: false
    }
  }

  /// What surfaces draw: none for a reference, one otherwise.
  public func filters(lengths: LengthContext, colorSpace: ColorSpace) -> [Filter] {
    switch self {
    case .blur(let radius):
      let deviation = max(0, radius.pixels(lengths))
      return [.blur(x: deviation, y: deviation)]
    case .dropShadow(let x, let y, let blur, let color):
      return [
        .dropShadow(
          offset: .init(x.pixels(lengths), y.pixels(lengths)), blur: max(0, blur.pixels(lengths)),
          color: color.color(in: colorSpace))
      ]
    case .brightness(let amount): return [.colors(.linear(slope: Float(amount), intercept: 0))]
    case .contrast(let amount): return [.colors(.linear(slope: Float(amount), intercept: Float(0.5 - 0.5 * amount)))]
    case .invert(let amount): return [.colors(.table([Float(min(1, amount)), Float(1 - min(1, amount))]))]
    case .opacity(let amount):
      return [.componentTransfer(red: .identity, green: .identity, blue: .identity, alpha: .table([0, Float(min(1, amount))]))]
    case .saturate(let s):
      return [
        .matrix([
          0.213 + 0.787 * s, 0.715 - 0.715 * s, 0.072 - 0.072 * s, 0.213 - 0.213 * s, 0.715 + 0.285 * s, 0.072 - 0.072 * s,
          0.213 - 0.213 * s, 0.715 - 0.715 * s, 0.072 + 0.928 * s,
        ])
      ]
    case .grayscale(let amount):
      let k = 1 - min(1, amount)
      return [
        .matrix([
          0.2126 + 0.7874 * k, 0.7152 - 0.7152 * k, 0.0722 - 0.0722 * k, 0.2126 - 0.2126 * k, 0.7152 + 0.2848 * k,
          0.0722 - 0.0722 * k, 0.2126 - 0.2126 * k, 0.7152 - 0.7152 * k, 0.0722 + 0.9278 * k,
        ])
      ]
    case .sepia(let amount):
      let k = 1 - min(1, amount)
      return [
        .matrix([
          0.393 + 0.607 * k, 0.769 - 0.769 * k, 0.189 - 0.189 * k, 0.349 - 0.349 * k, 0.686 + 0.314 * k, 0.168 - 0.168 * k,
          0.272 - 0.272 * k, 0.534 - 0.534 * k, 0.131 + 0.869 * k,
        ])
      ]
    case .hueRotate(let degrees):
      let c = cos(degrees * .pi / 180), s = sin(degrees * .pi / 180)
      return [
        .matrix([
          0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928,
          0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.140, 0.072 - c * 0.072 - s * 0.283,
          0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072,
        ])
      ]
    case .url: return []
    }
  }
}

extension Filter {
  /// The same function for red, green and blue.
  fileprivate static func colors(_ function: TransferFunction) -> Filter {
    .componentTransfer(red: function, green: function, blue: function, alpha: .identity)
  }

  /// Nine factors for red, green and blue.
  fileprivate static func matrix(_ m: [Double]) -> Filter {
    let f = m.map { Float($0) }
    return .colorMatrix(
      ColorMatrix([
        f[0], f[1], f[2], 0, 0, f[3], f[4], f[5], 0, 0, f[6], f[7], f[8], 0, 0, 0, 0, 0, 1, 0,
      ]))
  }
}

extension CSSParser {
  fileprivate mutating func filterFunction() -> FilterFunction? {
    if token.kind == .url {
      let reference = text()
      advance()
      return .url(reference)
    }
    guard token.kind == .function else { return nil }
    let name = keyword()
    advance()
    skipWhitespace()
    switch name {
    case "url", "src":
      guard token.kind == .string else { return nil }
      let reference = text()
      advance()
      return takeFunctionEnd() ? .url(reference) : nil
    case "blur":
      if takeFunctionEnd() { return .blur(.zero) }
      guard let radius = length(), radius.value >= 0, takeFunctionEnd() else { return nil }
      return .blur(radius)
    case "brightness": return amount().map { .brightness($0) }
    case "contrast": return amount().map { .contrast($0) }
    case "grayscale": return amount().map { .grayscale($0) }
    case "invert": return amount().map { .invert($0) }
    case "opacity": return amount().map { .opacity($0) }
    case "saturate": return amount().map { .saturate($0) }
    case "sepia": return amount().map { .sepia($0) }
    case "hue-rotate":
      if takeFunctionEnd() { return .hueRotate(degrees: 0) }
      guard let angle = mathValue(MathContext()), takeFunctionEnd(),
        angle.kind == .angle || (angle.kind == .number && angle.value == 0)
      else { return nil }
      return .hueRotate(degrees: angle.value)
    case "drop-shadow": return dropShadow()
    default: return nil
    }
  }

  /// A number or percentage that is not negative; 1 when nothing is written.
  private mutating func amount() -> Double? {
    if takeFunctionEnd() { return 1 }
    guard let value = mathValue(MathContext()), takeFunctionEnd(), value.value >= 0 else { return nil }
    switch value.kind {
    case .number: return value.value
    case .percentage: return value.value / 100
    default: return nil
    }
  }

  /// `[ <color>? && <length>{2,3} ]`
  private mutating func dropShadow() -> FilterFunction? {
    var color = CSSColor.black
    var hasColor = false
    var colorFollowsLengths = false
    var lengths: [CSSLength] = []
    while !takeFunctionEnd() {
      if lengths.count < 3, let length = attempt({ $0.length() }) {
        // The lengths stand together.
        if colorFollowsLengths { return nil }
        lengths.append(length)
      } else if !hasColor, let written = attempt({ $0.color(currentColor: .black) }) {
        color = written
        hasColor = true
        colorFollowsLengths = !lengths.isEmpty
      } else {
        return nil
      }
      skipWhitespace()
    }
    guard lengths.count >= 2 else { return nil }
    let blur = lengths.count == 3 ? lengths[2] : .zero
    return blur.value < 0 ? nil : .dropShadow(x: lengths[0], y: lengths[1], blur: blur, color: color)
  }

  private mutating func length() -> CSSLength? {
    let first = token
    if first.kind == .dimension {
      let unit = keyword()
      advance()
      return LengthContext().pixels(1, unit: unit) == nil ? nil : CSSLength(value: first.value, unit: unit)
    }
    guard let value = mathValue(MathContext(lengths: LengthContext())) else { return nil }
    switch value.kind {
    case .length: return CSSLength(value: value.value, unit: "px")
    case .number where first.kind == .number && value.value == 0: return .zero
    default: return nil
    }
  }

  /// Reads with `body`, or stays where it was.
  private mutating func attempt<Value>(_ body: (inout CSSParser) -> Value?) -> Value? {
    let before = self
    if let value = body(&self) { return value }
    self = before
    return nil
  }
}
