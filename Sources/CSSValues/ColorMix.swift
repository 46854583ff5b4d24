// color-mix(), after https://drafts.csswg.org/css-color-5/#color-mix and the interpolation rules of CSS Color 4, section 12.

import Glibc

private enum HueInterpolation: String {
  case shorter, longer, increasing, decreasing

  /// The second hue moved by whole turns so that plain interpolation takes the wanted way.
  func adjust(_ from: inout Double, _ to: inout Double) {
    let difference = to - from
    switch self {
    case .shorter:
      if difference > 180 { from += 360 } else if difference < -180 { to += 360 }
    case .longer:
      if difference > 0, difference < 180 { from += 360 } else if difference > -180, difference <= 0 { to += 360 }
    case .increasing:
      if difference < 0 { to += 360 }
    case .decreasing:
      if difference > 0 { from += 360 }
    }
  }
}

extension CSSParser {
  mutating func colorMix(currentColor: CSSColor) -> CSSColor? {
    advance()
    skipWhitespace()
    guard take(identifier: "in") else { return nil }
    skipWhitespace()
    guard token.kind == .identifier else { return nil }
    let name = keyword()
    guard let space = CSSColor.Space(predefined: name) ?? CSSColor.Space(interpolation: name) else { return nil }
    advance()
    skipWhitespace()
    var hue = HueInterpolation.shorter
    if token.kind == .identifier {
      guard space.hueIndex != nil, let written = HueInterpolation(rawValue: keyword()) else { return nil }
      advance()
      skipWhitespace()
      guard take(identifier: "hue") else { return nil }
      hue = written
      skipWhitespace()
    }
    guard take(.comma), let left = mixComponent(currentColor), take(.comma), let right = mixComponent(currentColor),
      takeFunctionEnd()
    else { return nil }
    // "Percentage normalization".
    var p1 = left.share ?? (right.share.map { 100 - $0 } ?? 50)
    var p2 = right.share ?? 100 - p1
    let sum = p1 + p2
    guard sum > 0 else { return nil }
    let alphaFactor = min(1, sum / 100)
    p1 /= sum
    p2 /= sum
    var result = CSSColor.mixed(left.color, right.color, share: p2, in: space, hue: hue)
    result.alpha *= alphaFactor
    // https://drafts.csswg.org/css-color-5/#serial-color-mix: sRGB notations come out as color(srgb …).
    return space == .hsl || space == .hwb ? result.converted(to: .srgb) : result
  }

  private mutating func mixComponent(_ currentColor: CSSColor) -> (color: CSSColor, share: Double?)? {
    skipWhitespace()
    guard var share = mixShare(), let color = color(currentColor: currentColor) else { return nil }
    skipWhitespace()
    if share == nil {
      guard let after = mixShare() else { return nil }
      share = after
    }
    skipWhitespace()
    return (color, share)
  }

  /// `.some(nil)` where no percentage stands, nil for one outside 0...100.
  private mutating func mixShare() -> Double?? {
    let before = self
    guard token.kind == .percentage || token.kind == .function else { return .some(nil) }
    guard let value = mathValue(MathContext()), value.kind == .percentage else {
      self = before
      return .some(nil)
    }
    skipWhitespace()
    return (0...100).contains(value.value) ? .some(value.value) : nil
  }
}

extension CSSColor.Space {
  /// A space, other than those of `color()`, that colours can be mixed in.
  fileprivate init?(interpolation name: String) {
    switch name {
    case "lab", "lch", "oklab", "oklch", "hsl", "hwb": self.init(rawValue: name)
    default: return nil
    }
  }

  fileprivate var hueIndex: Int? {
    switch self {
    case .hsl, .hwb: 0
    case .lch, .oklch: 2
    default: nil
    }
  }

  /// Which components mean alike in several spaces, for carrying `none` forward: one letter for each component.
  fileprivate var analogues: String {
    switch self {
    case .legacy, .srgb, .srgbLinear, .displayP3, .a98RGB, .prophotoRGB, .rec2020, .xyzD50, .xyzD65: "rgb"
    case .lab, .oklab: "Lab"
    case .lch, .oklch: "LCh"
    case .hsl: "hCL"
    case .hwb: "hwk"
    }
  }
}

extension CSSColor {
  fileprivate func components() -> [Double] { [first, second, third] }

  private func prepared(for space: Space) -> CSSColor {
    var result = converted(to: space)
    if self.space != space {
      // "Carrying forward": a missing component stays missing where the new space has its analogue.
      let own = Array(self.space.analogues), target = Array(space.analogues)
      for index in 0..<3 where missing & 1 << UInt8(index) != 0 {
        if let place = target.firstIndex(of: own[index]) { result.missing |= 1 << UInt8(place) }
      }
    }
    result.missing |= missing & 8
    return result
  }

  fileprivate static func mixed(
    _ left: CSSColor, _ right: CSSColor, share: Double, in space: Space, hue: HueInterpolation
  ) -> CSSColor {
    let a = left.prepared(for: space), b = right.prepared(for: space)
    var from = a.components(), to = b.components()
    var missing: UInt8 = 0
    for index in 0..<3 {
      let bit: UInt8 = 1 << UInt8(index)
      switch (a.missing & bit != 0, b.missing & bit != 0) {
      case (true, true): missing |= bit
      case (true, false): from[index] = to[index]
      case (false, true): to[index] = from[index]
      case (false, false): break
      }
    }
    var alphaA = a.alpha, alphaB = b.alpha
    switch (a.missing & 8 != 0, b.missing & 8 != 0) {
    case (true, true): missing |= 8
    case (true, false): alphaA = alphaB
    case (false, true): alphaB = alphaA
    case (false, false): break
    }
    let hueIndex = space.hueIndex
    if let hueIndex {
      from[hueIndex] = normalizedHue(from[hueIndex])
      to[hueIndex] = normalizedHue(to[hueIndex])
      hue.adjust(&from[hueIndex], &to[hueIndex])
    }
    let alpha = missing & 8 != 0 ? 1 : alphaA * (1 - share) + alphaB * share
    var result = [0.0, 0, 0]
    for index in 0..<3 {
      if index == hueIndex {
        result[index] = normalizedHue(from[index] * (1 - share) + to[index] * share)
      } else if missing & 8 != 0 {
        result[index] = from[index] * (1 - share) + to[index] * share
      } else {
        let premultiplied = from[index] * alphaA * (1 - share) + to[index] * alphaB * share
        result[index] = alpha == 0 ? from[index] * (1 - share) + to[index] * share : premultiplied / alpha
      }
    }
    return CSSColor(space, result[0], result[1], result[2], alpha: missing & 8 != 0 ? 0 : alpha, missing: missing)
  }
}
