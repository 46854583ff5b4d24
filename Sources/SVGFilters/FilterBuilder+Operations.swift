// The attributes of each primitive.

import CSSValues
import Drawing
import Geometry

extension FilterBuilder {
  /// What a primitive does; nil where an attribute is in error, which leaves the primitive out.
  func operation(_ kind: PrimitiveKind, _ element: MarkupElement, _ subregion: Rect) -> FilterOperation? {
    switch kind {
    case .blend: return .blend(blendMode(element.attributes["mode"]))
    case .colorMatrix: return .colorMatrix(colorMatrix(element))
    case .componentTransfer: return componentTransfer(element)
    case .composite: return .composite(composition(element))
    case .convolution: return convolution(element)
    case .diffuseLighting:
      return lighting(element, .diffuse(constant: max(0, number(element, "diffuseconstant", default: 1))))
    case .specularLighting:
      let constant = max(0, number(element, "specularconstant", default: 1))
      return lighting(element, .specular(constant: constant, exponent: max(1, min(128, number(element, "specularexponent", default: 1)))))
    case .displacement:
      return .displacement(
        scale: number(element, "scale", default: 0) * boxScale, x: channel(element.attributes["xchannelselector"]),
        y: channel(element.attributes["ychannelselector"]))
    case .dropShadow:
      let deviation = pair(element, "stddeviation", default: 2)
      return .dropShadow(
        offset: Vector(
          number(element, "dx", default: 2) * boxWidth, number(element, "dy", default: 2) * boxHeight),
        deviationX: max(0, deviation.x) * boxWidth, deviationY: max(0, deviation.y) * boxHeight,
        color: color(element, "flood-color", opacity: "flood-opacity"))
    case .flood: return .flood(color(element, "flood-color", opacity: "flood-opacity"))
    case .gaussianBlur:
      let deviation = pair(element, "stddeviation", default: 0)
      return .gaussianBlur(x: max(0, deviation.x) * boxWidth, y: max(0, deviation.y) * boxHeight)
    case .image: return image(element, subregion)
    case .merge: return .merge
    case .morphology:
      let radius = pair(element, "radius", default: 0)
      return .morphology(
        dilates: element.attributes["operator"] == "dilate", radiusX: max(0, radius.x) * boxWidth, radiusY: max(0, radius.y) * boxHeight)
    case .offset:
      return .offset(
        Vector(number(element, "dx", default: 0) * boxWidth, number(element, "dy", default: 0) * boxHeight))
    case .tile: return .tile
    case .turbulence: return turbulence(element)
    }
  }

  // MARK: - Units

  private var boxWidth: Double { usesBox ? context.box.width : 1 }
  private var boxHeight: Double { usesBox ? context.box.height : 1 }
  /// For lengths along neither axis.
  private var boxScale: Double { usesBox ? ((boxWidth * boxWidth + boxHeight * boxHeight) / 2).squareRoot() : 1 }

  private func number(_ element: MarkupElement, _ name: String, default missing: Double) -> Double {
    element.attributes[name].flatMap { NumberList.parse($0).first } ?? missing
  }

  /// One or two numbers; one counts for both.
  private func pair(_ element: MarkupElement, _ name: String, default missing: Double) -> (x: Double, y: Double) {
    let numbers = element.attributes[name].map { NumberList.parse($0) } ?? []
    guard let first = numbers.first else { return (missing, missing) }
    return (first, numbers.count > 1 ? numbers[1] : first)
  }

  private func color(_ element: MarkupElement, _ name: String, opacity: String? = nil, default missing: Color = .black) -> Color {
    var color = element.property(name).flatMap { ColorParser.parse($0)?.color(in: .srgb) } ?? missing
    if let opacity, let text = element.property(opacity) {
      let value = text.hasSuffix("%") ? NumberList.number(String(text.dropLast())).map { $0 / 100 } : NumberList.number(text)
      if let value { color.alpha *= Float(max(0, min(1, value))) }
    }
    return color
  }

  private func channel(_ name: String?) -> FilterChannel {
    switch name {
    case "R": .red
    case "G": .green
    case "B": .blue
    default: .alpha
    }
  }

  // MARK: - Colours

  private func blendMode(_ name: String?) -> CompositeOperator {
    switch name {
    case "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light", "soft-light", "difference",
      "exclusion", "hue", "saturation", "color", "luminosity":
      name.flatMap { CompositeOperator(rawValue: $0) } ?? .sourceOver
    default: .sourceOver
    }
  }

  private func colorMatrix(_ element: MarkupElement) -> ColorMatrix {
    let values = element.attributes["values"].map { NumberList.parse($0) } ?? []
    switch element.attributes["type"] ?? "matrix" {
    case "saturate":
      let amount = values.count == 1 ? values[0] : 1
      return FilterFunction.saturate(max(0, amount)).colorMatrix ?? .identity
    case "hueRotate": return FilterFunction.hueRotate(degrees: values.count == 1 ? values[0] : 0).colorMatrix ?? .identity
    case "luminanceToAlpha":
      return ColorMatrix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.2125, 0.7154, 0.0721, 0, 0])
    default: return values.count == 20 ? ColorMatrix(values.map { Float($0) }) : .identity
    }
  }

  private func componentTransfer(_ element: MarkupElement) -> FilterOperation {
    func function(_ name: String) -> TransferFunction {
      // The last one counts.
      guard let child = element.children.last(where: { $0.name == name }) else { return .identity }
      let values = (child.attributes["tablevalues"].map { NumberList.parse($0) } ?? []).map { Float($0) }
      func float(_ name: String, _ missing: Double) -> Float { Float(number(child, name, default: missing)) }
      switch child.attributes["type"] {
      case "table": return values.isEmpty ? .identity : .table(values)
      case "discrete": return values.isEmpty ? .identity : .discrete(values)
      case "linear": return .linear(slope: float("slope", 1), intercept: float("intercept", 0))
      case "gamma":
        return .gamma(amplitude: float("amplitude", 1), exponent: float("exponent", 1), offset: float("offset", 0))
      default: return .identity
      }
    }
    return .componentTransfer(
      red: function("fefuncr"), green: function("fefuncg"), blue: function("fefuncb"), alpha: function("fefunca"))
  }

  private func composition(_ element: MarkupElement) -> FilterComposition {
    switch element.attributes["operator"] {
    case "in": .in
    case "out": .out
    case "atop": .atop
    case "xor": .xor
    case "lighter": .lighter
    case "arithmetic":
      .arithmetic(
        Float(number(element, "k1", default: 0)), Float(number(element, "k2", default: 0)),
        Float(number(element, "k3", default: 0)), Float(number(element, "k4", default: 0)))
    default: .over
    }
  }

  // MARK: - Neighbours

  private func convolution(_ element: MarkupElement) -> FilterOperation? {
    let order = pair(element, "order", default: 3)
    let columns = Int(clamping: order.x), rows = Int(clamping: order.y)
    let weights = element.attributes["kernelmatrix"].map { NumberList.parse($0) } ?? []
    guard columns >= 1, rows >= 1, columns <= 256, rows <= 256, weights.count == columns * rows else { return nil }
    let sum = weights.reduce(0, +)
    let divisor = element.attributes["divisor"].flatMap { NumberList.parse($0).first }
    let targetX = element.attributes["targetx"].flatMap { NumberList.number($0) }.map { Int(clamping: $0) } ?? columns / 2
    let targetY = element.attributes["targety"].flatMap { NumberList.number($0) }.map { Int(clamping: $0) } ?? rows / 2
    guard (0..<columns).contains(targetX), (0..<rows).contains(targetY), divisor != 0 else { return nil }
    return .convolution(
      ConvolutionKernel(
        columns: columns, rows: rows, weights: weights.map { Float($0) }, divisor: Float(divisor ?? (sum == 0 ? 1 : sum)),
        bias: Float(number(element, "bias", default: 0)), targetX: targetX, targetY: targetY,
        edgeMode: FilterEdgeMode(rawValue: element.attributes["edgemode"] ?? "duplicate") ?? .duplicate,
        preservesAlpha: element.attributes["preservealpha"] == "true"))
  }

  private func turbulence(_ element: MarkupElement) -> FilterOperation? {
    let frequency = pair(element, "basefrequency", default: 0)
    guard frequency.x >= 0, frequency.y >= 0 else { return nil }
    return .turbulence(
      FilterTurbulence(
        frequencyX: frequency.x, frequencyY: frequency.y,
        octaveCount: max(0, Int(clamping: number(element, "numoctaves", default: 1))),
        seed: number(element, "seed", default: 0).rounded(.towardZero),
        isFractalNoise: element.attributes["type"] == "fractalNoise", isStitched: element.attributes["stitchtiles"] == "stitch"))
  }

  // MARK: - Light

  private func lighting(_ element: MarkupElement, _ reflection: FilterReflection) -> FilterOperation? {
    guard let child = element.children.first(where: { ["fedistantlight", "fepointlight", "fespotlight"].contains($0.name) })
    else { return nil }
    func position(_ x: String, _ y: String, _ z: String) -> FilterPoint {
      let box = context.box
      let point = FilterPoint(
        x: number(child, x, default: 0), y: number(child, y, default: 0), z: number(child, z, default: 0))
      guard usesBox else { return point }
      return FilterPoint(x: box.x + point.x * boxWidth, y: box.y + point.y * boxHeight, z: point.z * boxScale)
    }
    let light: FilterLight
    switch child.name {
    case "fedistantlight":
      light = .distant(
        azimuth: number(child, "azimuth", default: 0) * .pi / 180, elevation: number(child, "elevation", default: 0) * .pi / 180)
    case "fepointlight": light = .point(position("x", "y", "z"))
    default:
      let cone = child.attributes["limitingconeangle"].flatMap { NumberList.parse($0).first }
      light = .spot(
        position("x", "y", "z"), pointsAt: position("pointsatx", "pointsaty", "pointsatz"),
        exponent: max(1, min(128, number(child, "specularexponent", default: 1))), coneAngle: cone.map { abs($0) * .pi / 180 })
    }
    return .lighting(
      reflection, light, color: color(element, "lighting-color", default: .white),
      surfaceScale: number(element, "surfacescale", default: 1))
  }

  // MARK: - Pictures

  private func image(_ element: MarkupElement, _ subregion: Rect) -> FilterOperation? {
    guard let address = element.attributes["href"], let image = context.loadImage(MarkupElement.trimmed(address[...])),
      image.width > 0, image.height > 0
    else { return .flood(.transparent) }
    return .image(
      image,
      destination: AspectRatio(element.attributes["preserveaspectratio"] ?? "").fit(
        width: Double(image.width), height: Double(image.height), into: subregion))
  }
}

/// `preserveAspectRatio`.
struct AspectRatio {
  /// 0, a half or 1 of the free space goes before the picture; nil stretches it.
  private var alignment: (x: Double, y: Double)? = (0.5, 0.5)
  private var fillsBox = false

  init(_ text: String) {
    for word in text.split(separator: " ") {
      switch word {
      case "none": alignment = nil
      case "slice": fillsBox = true
      case "meet", "defer": break
      default:
        // `xMidYMax` and its kin.
        guard word.hasPrefix("x"), word.utf8.count == 8 else { continue }
        func part(_ name: Substring) -> Double { name == "Min" ? 0 : name == "Max" ? 1 : 0.5 }
        alignment = (part(word.dropFirst().prefix(3)), part(word.suffix(3)))
      }
    }
  }

  func fit(width: Double, height: Double, into box: Rect) -> Rect {
    guard let alignment, box.width > 0, box.height > 0 else { return box }
    let scaleX = box.width / width, scaleY = box.height / height
    let scale = fillsBox ? max(scaleX, scaleY) : min(scaleX, scaleY)
    let fitted = (width: width * scale, height: height * scale)
    return Rect(
      x: box.x + (box.width - fitted.width) * alignment.x, y: box.y + (box.height - fitted.height) * alignment.y,
      width: fitted.width, height: fitted.height)
  }
}

extension ColorMatrix {
  static let identity = ColorMatrix([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0])
}

extension FilterFunction {
  /// The matrix of a function that is one.
  fileprivate var colorMatrix: ColorMatrix? {
    guard case .colorMatrix(let matrix)? = filters(lengths: LengthContext(), colorSpace: .srgb).first else { return nil }
    return matrix
  }
}
