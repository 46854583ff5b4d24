// All operators on float components: the rare ones' only form, the others' exact twin in tests, and the one that surfaces
// with float pixels use.
//
// Formulae: Compositing and Blending Level 1, sections 9 and 10.

import Drawing

/// Red, green, blue, alpha; premultiplied.
typealias FloatPixel = SIMD4<Float>

@inline(__always) func floatPixel(_ p: UInt32) -> FloatPixel {
  FloatPixel(Float(p & 255), Float((p &>> 8) & 255), Float((p &>> 16) & 255), Float(p &>> 24)) * (1 / 255)
}

@inline(__always) func packed(_ p: FloatPixel) -> UInt32 {
  let scaled = (p * 255 + 0.5).clamped(lowerBound: FloatPixel(repeating: 0), upperBound: FloatPixel(repeating: 255))
  return UInt32(scaled.x) | UInt32(scaled.y) << 8 | UInt32(scaled.z) << 16 | UInt32(scaled.w) << 24
}

extension CompositeOperator {
  /// The result of drawing `s` with full coverage on `d`.
  func blend(_ s: FloatPixel, _ d: FloatPixel) -> FloatPixel {
    let sa = s.w, da = d.w
    switch self {
    case .sourceOver: return s + d * (1 - sa)
    case .sourceIn: return s * da
    case .sourceOut: return s * (1 - da)
    case .sourceAtop: return s * da + d * (1 - sa)
    case .destinationOver: return d + s * (1 - da)
    case .destinationIn: return d * sa
    case .destinationOut: return d * (1 - sa)
    case .destinationAtop: return d * sa + s * (1 - da)
    case .lighter: return (s + d).clamped(lowerBound: FloatPixel(repeating: -8), upperBound: FloatPixel(repeating: 1))
    case .copy: return s
    case .clear: return FloatPixel(repeating: 0)
    case .xor: return s * (1 - da) + d * (1 - sa)
    default:
      let outside = s * (1 - da) + d * (1 - sa)
      var inside = FloatPixel(repeating: 0)
      if sa > 0, da > 0 {
        let mixed = mixColors(backdrop: d / da, source: s / sa)
        inside = mixed * (sa * da)
      }
      var result = outside + inside
      result.w = sa + da - sa * da
      return result
    }
  }

  /// The blend function B(cb, cs) on straight colours.
  private func mixColors(backdrop b: FloatPixel, source s: FloatPixel) -> FloatPixel {
    switch self {
    case .hue: return setLuminosity(setSaturation(s, saturationOf(b)), luminosityOf(b))
    case .saturation: return setLuminosity(setSaturation(b, saturationOf(s)), luminosityOf(b))
    case .color: return setLuminosity(s, luminosityOf(b))
    case .luminosity: return setLuminosity(b, luminosityOf(s))
    default:
      return FloatPixel(mixComponent(b.x, s.x), mixComponent(b.y, s.y), mixComponent(b.z, s.z), 0)
    }
  }

  private func mixComponent(_ b: Float, _ s: Float) -> Float {
    switch self {
    case .multiply: return b * s
    case .screen: return b + s - b * s
    case .overlay: return b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)
    case .hardLight: return s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)
    case .darken: return min(b, s)
    case .lighten: return max(b, s)
    case .colorDodge: return b <= 0 ? 0 : s >= 1 ? 1 : min(1, b / (1 - s))
    case .colorBurn: return b >= 1 ? 1 : s <= 0 ? 0 : 1 - min(1, (1 - b) / s)
    case .softLight:
      if s <= 0.5 { return b - (1 - 2 * s) * b * (1 - b) }
      let root = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : max(0, b).squareRoot()
      return b + (2 * s - 1) * (root - b)
    case .difference: return abs(b - s)
    case .exclusion: return b + s - 2 * b * s
    default: return s
    }
  }
}

// MARK: - Non-separable helpers (section 10.2)

private func luminosityOf(_ c: FloatPixel) -> Float { 0.3 * c.x + 0.59 * c.y + 0.11 * c.z }

private func saturationOf(_ c: FloatPixel) -> Float { max(c.x, c.y, c.z) - min(c.x, c.y, c.z) }

private func setLuminosity(_ c: FloatPixel, _ target: Float) -> FloatPixel {
  var color = c + (target - luminosityOf(c))
  let light = luminosityOf(color)
  let least = min(color.x, color.y, color.z), most = max(color.x, color.y, color.z)
  if least < 0, light - least > 0 { color = light + (color - light) * (light / (light - least)) }
  if most > 1, most - light > 0 { color = light + (color - light) * ((1 - light) / (most - light)) }
  return color
}

private func setSaturation(_ c: FloatPixel, _ target: Float) -> FloatPixel {
  let least = min(c.x, c.y, c.z), most = max(c.x, c.y, c.z)
  guard most > least else { return FloatPixel(repeating: 0) }
  return (c - least) * (target / (most - least))
}
