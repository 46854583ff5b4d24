// CSS lengths and what relative units refer to.

/// What relative lengths are measured against. All members are in pixels.
public struct LengthContext: Equatable, Sendable {
  public var fontSize: Double
  /// The font's x-height; half an em where the font does not say.
  public var xHeight: Double
  /// The advance of the digit zero; half an em where the font does not say.
  public var zeroAdvance: Double
  /// The height of capitals; seven tenths of an em where the font does not say.
  public var capHeight: Double
  public var rootFontSize: Double
  public var lineHeight: Double
  public var viewportWidth: Double
  public var viewportHeight: Double

  public init(
    fontSize: Double = 10, xHeight: Double? = nil, zeroAdvance: Double? = nil, capHeight: Double? = nil, rootFontSize: Double = 16,
    lineHeight: Double? = nil, viewportWidth: Double = 300, viewportHeight: Double = 150
  ) {
    self.fontSize = fontSize
    self.xHeight = xHeight ?? fontSize / 2
    self.zeroAdvance = zeroAdvance ?? fontSize / 2
    self.capHeight = capHeight ?? fontSize * 0.7
    self.rootFontSize = rootFontSize
    self.lineHeight = lineHeight ?? fontSize * 1.2
    self.viewportWidth = viewportWidth
    self.viewportHeight = viewportHeight
  }

  /// The pixels that `value` of a unit (in lower case) make; nil for what is no unit of length.
  func pixels(_ value: Double, unit: String) -> Double? {
    if let factor = LengthContext.absoluteFactor(unit: unit) { return value * factor }
    switch unit {
    case "em": return value * fontSize
    case "ex": return value * xHeight
    case "ch": return value * zeroAdvance
    case "cap": return value * capHeight
    case "ic": return value * fontSize
    case "lh": return value * lineHeight
    case "rem": return value * rootFontSize
    case "rex", "rch": return value * rootFontSize / 2
    case "rcap": return value * rootFontSize * 0.7
    case "ric": return value * rootFontSize
    case "rlh": return value * rootFontSize * 1.2
    case "vw", "svw", "lvw", "dvw", "vi", "svi", "lvi", "dvi", "cqw", "cqi": return value * viewportWidth / 100
    case "vh", "svh", "lvh", "dvh", "vb", "svb", "lvb", "dvb", "cqh", "cqb": return value * viewportHeight / 100
    case "vmin", "svmin", "lvmin", "dvmin", "cqmin": return value * min(viewportWidth, viewportHeight) / 100
    case "vmax", "svmax", "lvmax", "dvmax", "cqmax": return value * max(viewportWidth, viewportHeight) / 100
    default: return nil
    }
  }

  /// Pixels in one of an absolute unit; nil for all others.
  static func absoluteFactor(unit: String) -> Double? {
    switch unit {
    case "px": 1
    case "pt": 4.0 / 3
    case "pc": 16
    case "in": 96
    case "cm": 96 / 2.54
    case "mm": 96 / 25.4
    case "q": 96 / 101.6
    default: nil
    }
  }
}

/// A parsed length that remembers its unit, for attributes that give back what was set (`letterSpacing`).
public struct CSSLength: Equatable, Sendable {
  /// The number as written, or pixels when the length was calculated.
  public var value: Double
  /// In lower case.
  public var unit: String

  public static let zero = CSSLength(value: 0, unit: "px")

  public init(value: Double, unit: String) {
    self.value = value
    self.unit = unit
  }

  /// Reads one length such as `3px`, `-0.1em` or `calc(1px + 2px)`; a bare `0` is `0px`. Nil when it is none.
  public static func parse(_ text: String, context: LengthContext = LengthContext()) -> CSSLength? {
    var parser = CSSParser(text)
    parser.skipWhitespace()
    let first = parser.token
    if first.kind == .dimension {
      let unit = parser.keyword()
      parser.advance()
      guard first.value.isFinite, context.pixels(1, unit: unit) != nil, parser.isAtEnd() else { return nil }
      return CSSLength(value: first.value, unit: unit)
    }
    guard let value = parser.mathValue(MathContext(lengths: context)), parser.isAtEnd() else { return nil }
    switch value.kind {
    case .length: return CSSLength(value: value.value, unit: "px")
    case .number where first.kind == .number && value.value == 0: return .zero
    default: return nil
    }
  }

  /// The length in pixels.
  public func pixels(_ context: LengthContext) -> Double { context.pixels(value, unit: unit) ?? 0 }

  /// Whether the length follows the font.
  public var isFontRelative: Bool { ["em", "ex", "ch", "cap", "ic", "lh"].contains(unit) }

  /// Whether the length depends on measures that only the font itself knows.
  public var isMeasured: Bool { ["ex", "ch", "cap", "lh"].contains(unit) }

  /// As CSS serialises it: `3px`, `0.1em`.
  public var serialized: String { CSSNumber.serialize(value) + (unit == "q" ? "Q" : unit) }
}
