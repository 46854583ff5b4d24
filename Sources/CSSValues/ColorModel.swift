// What the three numbers of each colour function mean.

/// One written component.
struct ColorComponent {
  enum Kind { case number, percentage, angle, none }

  var value: Double
  var kind: Kind

  /// The component where 100% means `full`.
  func scaled(full: Double) -> Double { kind == .percentage ? value / 100 * full : value }
}

/// The functions that take three components.
enum ColorModel: Equatable {
  case rgb, hsl, hwb, lab, lch, oklab, oklch
  case predefined(CSSColor.Space)

  private var workingSpace: CSSColor.Space {
    switch self {
    case .rgb: .srgb
    case .hsl: .hsl
    case .hwb: .hwb
    case .lab: .lab
    case .lch: .lch
    case .oklab: .oklab
    case .oklch: .oklch
    case .predefined(let space): space
    }
  }

  /// The names that a relative colour's components may use, with their values in this model.
  func channels(of origin: CSSColor) -> [(name: String, value: Double)] {
    let color = origin.converted(to: workingSpace)
    let names: [String]
    var factor = 1.0
    switch self {
    case .rgb:
      names = ["r", "g", "b"]
      factor = 255
    case .hsl: names = ["h", "s", "l"]
    case .hwb: names = ["h", "w", "b"]
    case .lab, .oklab: names = ["l", "a", "b"]
    case .lch, .oklch: names = ["l", "c", "h"]
    case .predefined(.xyzD50), .predefined(.xyzD65): names = ["x", "y", "z"]
    case .predefined: names = ["r", "g", "b"]
    }
    return [
      (names[0], color.first * factor), (names[1], color.second * factor), (names[2], color.third * factor),
      ("alpha", color.alpha),
    ]
  }

  /// The old comma syntax: no `none`, and numbers and percentages are not mixed.
  func acceptsLegacy(_ slots: [ColorComponent], _ alpha: ColorComponent?) -> Bool {
    if alpha?.kind == ColorComponent.Kind.none || alpha?.kind == .angle { return false }
    switch self {
    case .rgb:
      let kind = slots[0].kind
      return (kind == .number || kind == .percentage) && slots.allSatisfy { $0.kind == kind }
    case .hsl:
      return (slots[0].kind == .number || slots[0].kind == .angle) && slots[1].kind == .percentage && slots[2].kind == .percentage
    default:
      return false
    }
  }

  /// The colour that the components make, or nil when one of them has no meaning in its place.
  func color(_ slots: [ColorComponent], alpha alphaSlot: ColorComponent?, isRelative: Bool) -> CSSColor? {
    let hueIndex: Int? =
      switch self {
      case .hsl, .hwb: 0
      case .lch, .oklch: 2
      default: nil
      }
    var missing: UInt8 = 0
    for (index, slot) in slots.enumerated() {
      if slot.kind == .none { missing |= 1 << UInt8(index) }
      if index == hueIndex ? slot.kind == .percentage : slot.kind == .angle { return nil }
    }
    var alpha = 1.0
    if let alphaSlot {
      if alphaSlot.kind == .angle { return nil }
      if alphaSlot.kind == .none { missing |= 8 }
      alpha = max(0, min(1, alphaSlot.scaled(full: 1)))
    }
    func make(_ space: CSSColor.Space, _ a: Double, _ b: Double, _ c: Double) -> CSSColor {
      CSSColor(space, a, b, c, alpha: alpha, missing: missing)
    }
    switch self {
    case .rgb:
      let values = slots.map { $0.scaled(full: 255) / 255 }
      let color = make(.srgb, values[0], values[1], values[2])
      return isRelative ? color : color.roundedToLegacy()
    case .hsl:
      let saturation = max(0, slots[1].value)
      let lightness = isRelative ? slots[2].value : max(0, min(100, slots[2].value))
      let color = make(.hsl, CSSColor.normalizedHue(slots[0].value), isRelative ? saturation : min(100, saturation), lightness)
      return isRelative ? color.converted(to: .srgb).keepingAlpha(of: color) : color.converted(to: .srgb).roundedToLegacy()
    case .hwb:
      let color = make(
        .hwb, CSSColor.normalizedHue(slots[0].value), isRelative ? slots[1].value : max(0, min(100, slots[1].value)),
        isRelative ? slots[2].value : max(0, min(100, slots[2].value)))
      return isRelative ? color.converted(to: .srgb).keepingAlpha(of: color) : color.converted(to: .srgb).roundedToLegacy()
    case .lab:
      return make(.lab, max(0, min(100, slots[0].scaled(full: 100))), slots[1].scaled(full: 125), slots[2].scaled(full: 125))
    case .oklab:
      return make(.oklab, max(0, min(1, slots[0].scaled(full: 1))), slots[1].scaled(full: 0.4), slots[2].scaled(full: 0.4))
    case .lch:
      return make(
        .lch, max(0, min(100, slots[0].scaled(full: 100))), max(0, slots[1].scaled(full: 150)),
        CSSColor.normalizedHue(slots[2].value))
    case .oklch:
      return make(
        .oklch, max(0, min(1, slots[0].scaled(full: 1))), max(0, slots[1].scaled(full: 0.4)),
        CSSColor.normalizedHue(slots[2].value))
    case .predefined(let space):
      return make(space, slots[0].scaled(full: 1), slots[1].scaled(full: 1), slots[2].scaled(full: 1))
    }
  }
}

extension CSSColor {
  /// An sRGB colour with components and alpha rounded to bytes, as browsers keep the old notations.
  func roundedToLegacy() -> CSSColor {
    func byte(_ value: Double) -> UInt8 { UInt8(max(0, min(255, (value * 255).rounded()))) }
    var color = CSSColor(red8: byte(first), green8: byte(second), blue8: byte(third), alpha8: byte(alpha))
    color.missing = missing
    return color
  }

  fileprivate func keepingAlpha(of other: CSSColor) -> CSSColor {
    var color = self
    color.alpha = other.alpha
    color.missing = missing & 8
    return color
  }
}
