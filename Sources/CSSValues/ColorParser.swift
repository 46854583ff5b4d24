// CSS colours from text, after CSS Color 4 and 5: https://drafts.csswg.org/css-color-5/.

import Drawing

/// Reads colours. A colour that is not understood is nil, never an error.
public enum ColorParser {
  /// Parses a whole text as one colour. `currentColor` is what the keyword `currentcolor` stands for.
  public static func parse(_ text: String, currentColor: CSSColor = .black) -> CSSColor? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    guard let color = parser.color(currentColor: currentColor), parser.isAtEnd() else { return nil }
    return color
  }
}

extension CSSParser {
  /// One colour; the place afterwards is undefined when there is none.
  mutating func color(currentColor: CSSColor) -> CSSColor? {
    switch token.kind {
    case .hash:
      guard let color = CSSColor(hexadecimal: text()) else { return nil }
      advance()
      return color
    case .identifier:
      let name = keyword()
      let color = name == "currentcolor" ? currentColor : NamedColors.color(named: name)
      advance()
      return color
    case .function:
      return nested { $0.colorFunction(currentColor: currentColor) }
    default:
      return nil
    }
  }

  private mutating func colorFunction(currentColor: CSSColor) -> CSSColor? {
    let name = keyword()
    let model: ColorModel
    switch name {
    case "rgb", "rgba": model = .rgb
    case "hsl", "hsla": model = .hsl
    case "hwb": model = .hwb
    case "lab": model = .lab
    case "lch": model = .lch
    case "oklab": model = .oklab
    case "oklch": model = .oklch
    case "color": return predefinedColor(currentColor: currentColor)
    case "color-mix": return colorMix(currentColor: currentColor)
    case "light-dark": return lightDark(currentColor: currentColor)
    default: return nil
    }
    advance()
    skipWhitespace()
    if take(identifier: "from") {
      skipWhitespace()
      guard let origin = color(currentColor: currentColor) else { return nil }
      return components(of: model, origin: origin)
    }
    return components(of: model, origin: nil)
  }

  // MARK: - Functions with three components

  private mutating func components(of model: ColorModel, origin: CSSColor?) -> CSSColor? {
    var context = MathContext()
    if let origin { context.names = model.channels(of: origin) }
    var slots: [ColorComponent] = []
    slots.reserveCapacity(4)
    var isLegacySyntax = false
    for index in 0..<3 {
      skipWhitespace()
      if index == 1, origin == nil, model == .rgb || model == .hsl, token.kind == .comma { isLegacySyntax = true }
      if isLegacySyntax, index > 0 {
        guard take(.comma) else { return nil }
        skipWhitespace()
      }
      guard let slot = component(context, isRelative: origin != nil) else { return nil }
      slots.append(slot)
    }
    skipWhitespace()
    var alpha = origin.map { ColorComponent(value: $0.alpha, kind: $0.missing & 8 != 0 ? .none : .number) }
    if isLegacySyntax ? take(.comma) : take(delimiter: "/") {
      skipWhitespace()
      guard let written = component(context, isRelative: origin != nil) else { return nil }
      alpha = written
    }
    guard takeFunctionEnd() else { return nil }
    if isLegacySyntax, !model.acceptsLegacy(slots, alpha) { return nil }
    return model.color(slots, alpha: alpha, isRelative: origin != nil)
  }

  private mutating func component(_ context: MathContext, isRelative: Bool) -> ColorComponent? {
    if token.kind == .identifier {
      let name = keyword()
      advance()
      if name == "none" { return ColorComponent(value: 0, kind: .none) }
      guard isRelative, let entry = context.names.first(where: { $0.name == name }) else { return nil }
      return ColorComponent(value: entry.value, kind: .number)
    }
    guard let value = mathValue(context) else { return nil }
    switch value.kind {
    case .number: return ColorComponent(value: value.value, kind: .number)
    case .percentage: return ColorComponent(value: value.value, kind: .percentage)
    case .angle: return ColorComponent(value: value.value, kind: .angle)
    case .length: return nil
    }
  }

  // MARK: - color()

  private mutating func predefinedColor(currentColor: CSSColor) -> CSSColor? {
    advance()
    skipWhitespace()
    var origin: CSSColor?
    if take(identifier: "from") {
      skipWhitespace()
      guard let color = color(currentColor: currentColor) else { return nil }
      origin = color
      skipWhitespace()
    }
    guard token.kind == .identifier, let space = CSSColor.Space(predefined: keyword()) else { return nil }
    advance()
    return components(of: .predefined(space), origin: origin)
  }

  // MARK: - light-dark()

  /// Pictures are light: the first of the two colours.
  private mutating func lightDark(currentColor: CSSColor) -> CSSColor? {
    advance()
    skipWhitespace()
    guard let light = color(currentColor: currentColor) else { return nil }
    skipWhitespace()
    guard take(.comma) else { return nil }
    skipWhitespace()
    guard color(currentColor: currentColor) != nil, takeFunctionEnd() else { return nil }
    return light
  }
}

extension CSSColor {
  /// From the digits after `#`: three, four, six or eight.
  init?(hexadecimal digits: String) {
    var value: UInt32 = 0
    var count = 0
    for byte in digits.utf8 {
      guard count < 8, let digit = CSSTokenizer.hexadecimalValue(UInt32(byte)) else { return nil }
      value = value << 4 | digit
      count += 1
    }
    func nibble(_ shift: UInt32) -> UInt8 { UInt8(value >> shift & 15) * 17 }
    func byte(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
    switch count {
    case 3: self.init(red8: nibble(8), green8: nibble(4), blue8: nibble(0))
    case 4: self.init(red8: nibble(12), green8: nibble(8), blue8: nibble(4), alpha8: nibble(0))
    case 6: self.init(red8: byte(16), green8: byte(8), blue8: byte(0))
    case 8: self.init(red8: byte(24), green8: byte(16), blue8: byte(8), alpha8: byte(0))
    default: return nil
    }
  }
}

extension CSSColor.Space {
  /// A space that `color()` can name.
  init?(predefined name: String) {
    switch name {
    case "srgb": self = .srgb
    case "srgb-linear": self = .srgbLinear
    case "display-p3": self = .displayP3
    case "a98-rgb": self = .a98RGB
    case "prophoto-rgb": self = .prophotoRGB
    case "rec2020": self = .rec2020
    case "xyz", "xyz-d65": self = .xyzD65
    case "xyz-d50": self = .xyzD50
    default: return nil
    }
  }
}
