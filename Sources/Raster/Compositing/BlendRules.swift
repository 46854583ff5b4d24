// What the operators compute, four pixels at a time, on lanes of premultiplied components 0...255.
//
// Formulae: Compositing and Blending Level 1 (https://www.w3.org/TR/compositing-1/), written for premultiplied components. No sum
// of products here exceeds 255², so all fits 16-bit lanes.

/// One operator on two lanes a pixel. `alphas` are broadcast to all lanes of their pixel.
protocol BlendRule {
  /// Whether `blend` is wrong for the alpha lane, which is then sa + da - sa·da.
  static var replacesAlpha: Bool { get }
  static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8
}

extension BlendRule {
  @inline(__always) static var replacesAlpha: Bool { false }

  @inline(__always) static func blend(_ source: Pixels4, _ destination: Pixels4) -> (Lanes8, Lanes8) {
    let sa = alpha(source), da = alpha(destination)
    let sourceHigh = greenAlpha(source), destinationHigh = greenAlpha(destination)
    let low = blend(redBlue(source), sa, redBlue(destination), da)
    var high = blend(sourceHigh, sa, destinationHigh, da)
    if replacesAlpha {
      let alphaLanes = lanes(Pixels4(repeating: 0xFFFF_0000)), others = lanes(Pixels4(repeating: 0x0000_FFFF))
      let union = sourceHigh &+ destinationHigh &- divideBy255(sourceHigh &* destinationHigh)
      high = (high & others) | (union & alphaLanes)
    }
    return (low, high)
  }
}

// MARK: - Porter and Duff

enum SourceOver: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    s &+ divideBy255(d &* complement(sa))
  }
}

enum SourceIn: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 { divideBy255(s &* da) }
}

enum SourceOut: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(s &* complement(da))
  }
}

enum SourceAtop: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(s &* da &+ d &* complement(sa))
  }
}

enum DestinationOver: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    d &+ divideBy255(s &* complement(da))
  }
}

enum DestinationIn: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 { divideBy255(d &* sa) }
}

enum DestinationOut: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(d &* complement(sa))
  }
}

enum DestinationAtop: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(d &* sa &+ s &* complement(da))
  }
}

enum Lighter: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    minimum(s &+ d, Lanes8(repeating: 255))
  }
}

enum Copy: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 { s }
}

enum Clear: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 { Lanes8(repeating: 0) }
}

enum ExclusiveOr: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(s &* complement(da) &+ d &* complement(sa))
  }
}

// MARK: - Separable blending

enum Multiply: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    divideBy255(s &* d &+ s &* complement(da) &+ d &* complement(sa))
  }
}

enum Screen: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    s &+ d &- divideBy255(s &* d)
  }
}

enum Darken: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    s &+ d &- maximum(divideBy255(s &* da), divideBy255(d &* sa))
  }
}

enum Lighten: BlendRule {
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    s &+ d &- minimum(divideBy255(s &* da), divideBy255(d &* sa))
  }
}

enum Difference: BlendRule {
  @inline(__always) static var replacesAlpha: Bool { true }
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    let common = minimum(divideBy255(s &* da), divideBy255(d &* sa))
    return s &+ d &- common &- common
  }
}

enum Exclusion: BlendRule {
  @inline(__always) static var replacesAlpha: Bool { true }
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    let product = divideBy255(s &* d)
    return s &+ d &- product &- product
  }
}

/// Hard light; multiplies where twice `decider` is at most `limit`, screens elsewhere.
@inline(__always) private func hardLight(
  _ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8, decider: Lanes8, limit: Lanes8
) -> Lanes8 {
  let outside = divideBy255(s &* complement(da) &+ d &* complement(sa))
  let product = divideBy255(s &* d)
  let rest = divideBy255((sa &- s) &* (da &- d))
  let dark = product &+ product
  let full = divideBy255(sa &* da)
  let light = maximum(full, rest &+ rest) &- (rest &+ rest)
  let isLight = lessMask(limit, decider &+ decider)
  return minimum(outside &+ ((light & isLight) | (dark & ~isLight)), Lanes8(repeating: 255))
}

enum HardLight: BlendRule {
  @inline(__always) static var replacesAlpha: Bool { true }
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    hardLight(s, sa, d, da, decider: s, limit: sa)
  }
}

enum Overlay: BlendRule {
  @inline(__always) static var replacesAlpha: Bool { true }
  @inline(__always) static func blend(_ s: Lanes8, _ sa: Lanes8, _ d: Lanes8, _ da: Lanes8) -> Lanes8 {
    hardLight(s, sa, d, da, decider: d, limit: da)
  }
}
