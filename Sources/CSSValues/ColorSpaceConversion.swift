// Conversion between colour spaces, after https://drafts.csswg.org/css-color-4/#color-conversion-code.

import Glibc

private typealias Triple = (Double, Double, Double)

/// A 3×3 matrix, row by row.
private struct Matrix3: Sendable {
  let rows: (Double, Double, Double, Double, Double, Double, Double, Double, Double)

  init(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double, _ g: Double, _ h: Double, _ i: Double
  ) {
    rows = (a, b, c, d, e, f, g, h, i)
  }

  static func * (matrix: Matrix3, v: Triple) -> Triple {
    let m = matrix.rows
    return (
      m.0 * v.0 + m.1 * v.1 + m.2 * v.2, m.3 * v.0 + m.4 * v.1 + m.5 * v.2, m.6 * v.0 + m.7 * v.1 + m.8 * v.2
    )
  }
}

private enum Matrices {
  static let srgbToXYZ = Matrix3(
    506752.0 / 1_228_815, 87881.0 / 245763, 12673.0 / 70218,
    87098.0 / 409605, 175762.0 / 245763, 12673.0 / 175545,
    7918.0 / 409605, 87881.0 / 737289, 1_001_167.0 / 1_053_270)
  static let xyzToSRGB = Matrix3(
    12831.0 / 3959, -329.0 / 214, -1974.0 / 3959,
    -851781.0 / 878810, 1_648_619.0 / 878810, 36519.0 / 878810,
    705.0 / 12673, -2585.0 / 12673, 705.0 / 667)
  static let displayP3ToXYZ = Matrix3(
    608311.0 / 1_250_200, 189793.0 / 714400, 198249.0 / 1_000_160,
    35783.0 / 156275, 247089.0 / 357200, 198249.0 / 2_500_400,
    0, 32229.0 / 714400, 5_220_557.0 / 5_000_800)
  static let xyzToDisplayP3 = Matrix3(
    446124.0 / 178915, -333277.0 / 357830, -72051.0 / 178915,
    -14852.0 / 17905, 63121.0 / 35810, 423.0 / 17905,
    11844.0 / 330415, -50337.0 / 660830, 316169.0 / 330415)
  static let a98ToXYZ = Matrix3(
    573536.0 / 994567, 263643.0 / 1_420_810, 187206.0 / 994567,
    591459.0 / 1_989_134, 6_239_551.0 / 9_945_670, 374412.0 / 4_972_835,
    53769.0 / 1_989_134, 351524.0 / 4_972_835, 4_929_758.0 / 4_972_835)
  static let xyzToA98 = Matrix3(
    1_829_569.0 / 896150, -506331.0 / 896150, -308931.0 / 896150,
    -851781.0 / 878810, 1_648_619.0 / 878810, 36519.0 / 878810,
    16779.0 / 1_248_040, -147721.0 / 1_248_040, 1_266_979.0 / 1_248_040)
  static let prophotoToXYZD50 = Matrix3(
    0.79776664490064230, 0.13518129740053308, 0.03134773412839220,
    0.28807482881940130, 0.71183523424187300, 0.00008993693872564,
    0, 0, 0.82510460251046020)
  static let xyzD50ToProphoto = Matrix3(
    1.34578688164715830, -0.25557208737979464, -0.05110186497554526,
    -0.54463070512490190, 1.50824774284514680, 0.02052744743642139,
    0, 0, 1.21196754563894520)
  static let rec2020ToXYZ = Matrix3(
    63_426_534.0 / 99_577_255, 20_160_776.0 / 139_408_157, 47_086_771.0 / 278_816_314,
    26_158_966.0 / 99_577_255, 472_592_308.0 / 697_040_785, 8_267_143.0 / 139_408_157,
    0, 19_567_812.0 / 697_040_785, 295_819_943.0 / 278_816_314)
  static let xyzToRec2020 = Matrix3(
    30_757_411.0 / 17_917_100, -6_372_589.0 / 17_917_100, -4_539_589.0 / 17_917_100,
    -19_765_991.0 / 29_648_200, 47_925_759.0 / 29_648_200, 467509.0 / 29_648_200,
    792561.0 / 44_930_125, -1_921_689.0 / 44_930_125, 42_328_811.0 / 44_930_125)
  static let d65ToD50 = Matrix3(
    1.0479297925449969, 0.022946870601609652, -0.05019226628920524,
    0.02962780877005599, 0.9904344267538799, -0.017073799063418826,
    -0.009243040646204504, 0.015055191490298152, 0.7518742814281371)
  static let d50ToD65 = Matrix3(
    0.955473421488075, -0.02309845494876471, 0.06325924320057072,
    -0.0283697093338637, 1.0099953980813041, 0.021041441191917323,
    0.012314014864481998, -0.020507649298898964, 1.330365926242124)
  static let xyzToLMS = Matrix3(
    0.8190224379967030, 0.3619062600528904, -0.1288737815209879,
    0.0329836539323885, 0.9292868615863434, 0.0361446663506424,
    0.0481771893596242, 0.2642395317527308, 0.6335478284694309)
  static let lmsToXYZ = Matrix3(
    1.2268798758459243, -0.5578149944602171, 0.2813910456659647,
    -0.0405757452148008, 1.1122868032803170, -0.0717110580655164,
    -0.0763729366746601, -0.4214933324022432, 1.5869240198367816)
  static let lmsToOKLab = Matrix3(
    0.2104542683093140, 0.7936177747023054, -0.0040720430116193,
    1.9779985324311684, -2.4285922420485799, 0.4505937096174110,
    0.0259040424655478, 0.7827717124575296, -0.8086757549230774)
  static let oklabToLMS = Matrix3(
    1, 0.3963377773761749, 0.2158037573099136,
    1, -0.1055613458156586, -0.0638541728258133,
    1, -0.0894841775298119, -1.2914855480194092)
}

extension CSSColor {
  /// The same colour expressed in another space. Components that have no meaning there (the hue of a grey) are marked missing.
  func converted(to target: Space) -> CSSColor {
    if target == space { return self }
    var result = CSSColor(target, 0, 0, 0, alpha: alpha, missing: missing & 8)
    let isRGBFamily: (Space) -> Bool = { $0 == .legacy || $0 == .srgb || $0 == .hsl || $0 == .hwb }
    // Between the notations of sRGB no detour through XYZ, so that bytes stay exact.
    let source = (first, second, third)
    let components: Triple
    if isRGBFamily(space), isRGBFamily(target) {
      components = CSSColor.fromSRGB(toSRGB(source), target)
    } else if (space == .lch && target == .lab) || (space == .oklch && target == .oklab) {
      components = CSSColor.rectangular(source)
    } else if (space == .lab && target == .lch) || (space == .oklab && target == .oklch) {
      components = CSSColor.polar(source)
    } else {
      components = CSSColor.fromXYZ(toXYZ(source), target)
    }
    (result.first, result.second, result.third) = components
    switch target {
    case .lch where result.second <= 0.0015, .oklch where result.second <= 0.000004: result.missing |= 4
    case .hsl where result.second <= 0.001: result.missing |= 1
    case .hwb where result.second + result.third >= 99.999: result.missing |= 1
    default: break
    }
    return result
  }

  private func toSRGB(_ v: Triple) -> Triple {
    switch space {
    case .hsl: return CSSColor.hslToSRGB(v)
    case .hwb: return CSSColor.hwbToSRGB(v)
    default: return v
    }
  }

  private static func fromSRGB(_ v: Triple, _ target: Space) -> Triple {
    switch target {
    case .hsl: return srgbToHSL(v)
    case .hwb: return srgbToHWB(v)
    default: return v
    }
  }

  /// To XYZ with the D65 white point.
  private func toXYZ(_ v: Triple) -> Triple {
    switch space {
    case .legacy, .srgb, .hsl, .hwb: return Matrices.srgbToXYZ * CSSColor.each(toSRGB(v), CSSColor.srgbToLinear)
    case .srgbLinear: return Matrices.srgbToXYZ * v
    case .displayP3: return Matrices.displayP3ToXYZ * CSSColor.each(v, CSSColor.srgbToLinear)
    case .a98RGB: return Matrices.a98ToXYZ * CSSColor.each(v) { CSSColor.signedPower($0, 563.0 / 256) }
    case .prophotoRGB:
      let linear = CSSColor.each(v) { abs($0) <= 16.0 / 512 ? $0 / 16 : CSSColor.signedPower($0, 1.8) }
      return Matrices.d50ToD65 * (Matrices.prophotoToXYZD50 * linear)
    case .rec2020: return Matrices.rec2020ToXYZ * CSSColor.each(v, CSSColor.rec2020ToLinear)
    case .xyzD50: return Matrices.d50ToD65 * v
    case .xyzD65: return v
    case .lab: return Matrices.d50ToD65 * CSSColor.labToXYZD50(v)
    case .lch: return Matrices.d50ToD65 * CSSColor.labToXYZD50(CSSColor.rectangular(v))
    case .oklab: return CSSColor.oklabToXYZ(v)
    case .oklch: return CSSColor.oklabToXYZ(CSSColor.rectangular(v))
    }
  }

  private static func fromXYZ(_ v: Triple, _ target: Space) -> Triple {
    switch target {
    case .legacy, .srgb, .hsl, .hwb: return fromSRGB(each(Matrices.xyzToSRGB * v, linearToSRGB), target)
    case .srgbLinear: return Matrices.xyzToSRGB * v
    case .displayP3: return each(Matrices.xyzToDisplayP3 * v, linearToSRGB)
    case .a98RGB: return each(Matrices.xyzToA98 * v) { signedPower($0, 256.0 / 563) }
    case .prophotoRGB:
      return each(Matrices.xyzD50ToProphoto * (Matrices.d65ToD50 * v)) {
        abs($0) >= 1.0 / 512 ? signedPower($0, 1 / 1.8) : 16 * $0
      }
    case .rec2020: return each(Matrices.xyzToRec2020 * v, linearToRec2020)
    case .xyzD50: return Matrices.d65ToD50 * v
    case .xyzD65: return v
    case .lab: return xyzD50ToLab(Matrices.d65ToD50 * v)
    case .lch: return polar(xyzD50ToLab(Matrices.d65ToD50 * v))
    case .oklab: return Matrices.lmsToOKLab * each(Matrices.xyzToLMS * v, cbrt)
    case .oklch: return polar(Matrices.lmsToOKLab * each(Matrices.xyzToLMS * v, cbrt))
    }
  }

  private static func each(_ v: Triple, _ function: (Double) -> Double) -> Triple {
    (function(v.0), function(v.1), function(v.2))
  }

  private static func signedPower(_ x: Double, _ exponent: Double) -> Double {
    x < 0 ? -pow(-x, exponent) : pow(x, exponent)
  }

  private static func srgbToLinear(_ x: Double) -> Double {
    let magnitude = abs(x)
    let value = magnitude <= 0.04045 ? magnitude / 12.92 : pow((magnitude + 0.055) / 1.055, 2.4)
    return x < 0 ? -value : value
  }

  private static func linearToSRGB(_ x: Double) -> Double {
    let magnitude = abs(x)
    let value = magnitude > 0.0031308 ? 1.055 * pow(magnitude, 1 / 2.4) - 0.055 : 12.92 * magnitude
    return x < 0 ? -value : value
  }

  private static let rec2020Alpha = 1.09929682680944
  private static let rec2020Beta = 0.018053968510807

  private static func rec2020ToLinear(_ x: Double) -> Double {
    let magnitude = abs(x)
    let value =
      magnitude < rec2020Beta * 4.5 ? magnitude / 4.5 : pow((magnitude + rec2020Alpha - 1) / rec2020Alpha, 1 / 0.45)
    return x < 0 ? -value : value
  }

  private static func linearToRec2020(_ x: Double) -> Double {
    let magnitude = abs(x)
    let value = magnitude > rec2020Beta ? rec2020Alpha * pow(magnitude, 0.45) - (rec2020Alpha - 1) : 4.5 * magnitude
    return x < 0 ? -value : value
  }

  private static let labEpsilon = 216.0 / 24389
  private static let labKappa = 24389.0 / 27
  private static let d50White: Triple = (0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585)

  private static func xyzD50ToLab(_ v: Triple) -> Triple {
    let f = each((v.0 / d50White.0, v.1 / d50White.1, v.2 / d50White.2)) {
      $0 > labEpsilon ? cbrt($0) : (labKappa * $0 + 16) / 116
    }
    return (116 * f.1 - 16, 500 * (f.0 - f.1), 200 * (f.1 - f.2))
  }

  private static func labToXYZD50(_ v: Triple) -> Triple {
    let f1 = (v.0 + 16) / 116, f0 = v.1 / 500 + f1, f2 = f1 - v.2 / 200
    let x = f0 * f0 * f0 > labEpsilon ? f0 * f0 * f0 : (116 * f0 - 16) / labKappa
    let y = v.0 > labKappa * labEpsilon ? f1 * f1 * f1 : v.0 / labKappa
    let z = f2 * f2 * f2 > labEpsilon ? f2 * f2 * f2 : (116 * f2 - 16) / labKappa
    return (x * d50White.0, y * d50White.1, z * d50White.2)
  }

  private static func oklabToXYZ(_ v: Triple) -> Triple {
    Matrices.lmsToXYZ * each(Matrices.oklabToLMS * v) { $0 * $0 * $0 }
  }

  private static func polar(_ v: Triple) -> Triple {
    let hue = atan2(v.2, v.1) * 180 / .pi
    return (v.0, (v.1 * v.1 + v.2 * v.2).squareRoot(), hue < 0 ? hue + 360 : hue)
  }

  private static func rectangular(_ v: Triple) -> Triple {
    (v.0, v.1 * cos(v.2 * .pi / 180), v.1 * sin(v.2 * .pi / 180))
  }

  // https://drafts.csswg.org/css-color-4/#hsl-to-rgb
  private static func hslToSRGB(_ v: Triple) -> Triple {
    let hue = normalizedHue(v.0), saturation = v.1 / 100, lightness = v.2 / 100
    func component(_ n: Double) -> Double {
      let k = fmod(n + hue / 30, 12)
      return lightness - saturation * min(lightness, 1 - lightness) * max(-1, min(k - 3, 9 - k, 1))
    }
    return (component(0), component(8), component(4))
  }

  private static func hwbToSRGB(_ v: Triple) -> Triple {
    let white = v.1 / 100, black = v.2 / 100
    if white + black >= 1 {
      let grey = white / (white + black)
      return (grey, grey, grey)
    }
    return each(hslToSRGB((v.0, 100, 50))) { $0 * (1 - white - black) + white }
  }

  private static func srgbToHSL(_ v: Triple) -> Triple {
    let largest = max(v.0, v.1, v.2), smallest = min(v.0, v.1, v.2)
    let lightness = (largest + smallest) / 2, range = largest - smallest
    guard range != 0 else { return (0, 0, lightness * 100) }
    var saturation = lightness == 0 || lightness == 1 ? 0 : (largest - lightness) / min(lightness, 1 - lightness)
    var hue: Double
    if largest == v.0 {
      hue = (v.1 - v.2) / range + (v.1 < v.2 ? 6 : 0)
    } else if largest == v.1 {
      hue = (v.2 - v.0) / range + 2
    } else {
      hue = (v.0 - v.1) / range + 4
    }
    hue *= 60
    // Very out of gamut colours give a negative saturation: the opposite hue says the same.
    if saturation < 0 {
      hue += 180
      saturation = -saturation
    }
    return (hue >= 360 ? hue - 360 : hue, saturation * 100, lightness * 100)
  }

  private static func srgbToHWB(_ v: Triple) -> Triple {
    (srgbToHSL(v).0, min(v.0, v.1, v.2) * 100, (1 - max(v.0, v.1, v.2)) * 100)
  }

  /// The same direction within 0..<360 degrees.
  static func normalizedHue(_ degrees: Double) -> Double {
    guard degrees.isFinite else { return 0 }
    let remainder = fmod(degrees, 360)
    return remainder < 0 ? remainder + 360 : remainder
  }
}
