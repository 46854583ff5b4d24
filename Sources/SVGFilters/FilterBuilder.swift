// A `filter` element to a filter graph: https://drafts.fxtf.org/filter-effects/#FilterElement

import CSSValues
import Drawing
import Geometry

/// What a filter is applied to.
public struct FilterContext {
  /// In canvas units: the viewport, and the bounding box too, as a canvas has no other.
  public var box: Rect
  /// FillPaint and StrokePaint.
  public var fillColor: Color
  public var strokeColor: Color
  /// Finds the picture behind an address of feImage; nil where there is none.
  public var loadImage: (String) -> ImageSnapshot?

  public init(box: Rect, fillColor: Color, strokeColor: Color, loadImage: @escaping (String) -> ImageSnapshot?) {
    self.box = box
    self.fillColor = fillColor
    self.strokeColor = strokeColor
    self.loadImage = loadImage
  }
}

/// Makes one graph.
public struct FilterBuilder {
  let context: FilterContext
  let filter: MarkupElement
  let region: Rect
  /// `primitiveUnits="objectBoundingBox"`: numbers are fractions of the box.
  let usesBox: Bool
  private var results: [String: Int] = [:]
  private(set) var primitives: [FilterPrimitive] = []

  private static let maximumCount = 1000

  /// The graph of a `filter` element; nil for other elements.
  public static func build(_ filter: MarkupElement, _ context: FilterContext) -> FilterGraph? {
    guard filter.name == "filter" else { return nil }
    var builder = FilterBuilder(filter, context)
    for child in filter.children.prefix(FilterBuilder.maximumCount) { builder.add(child) }
    return FilterGraph(region: builder.region, primitives: builder.primitives)
  }

  private init(_ filter: MarkupElement, _ context: FilterContext) {
    self.filter = filter
    self.context = context
    usesBox = filter.attributes["primitiveunits"] == "objectBoundingBox"
    let units = filter.attributes["filterunits"] == "userSpaceOnUse" ? LengthUnits.user : .box
    let box = context.box
    region = Rect(
      x: units.position(filter.attributes["x"] ?? "-10%", along: box.x, box.width) ?? box.x,
      y: units.position(filter.attributes["y"] ?? "-10%", along: box.y, box.height) ?? box.y,
      width: max(0, units.length(filter.attributes["width"] ?? "120%", of: box.width) ?? 0),
      height: max(0, units.length(filter.attributes["height"] ?? "120%", of: box.height) ?? 0))
  }

  // MARK: - Primitives

  private mutating func add(_ element: MarkupElement) {
    guard let kind = PrimitiveKind(rawValue: element.name) else { return }
    let inputs = inputs(of: element, kind)
    let subregion = subregion(of: element, kind, inputs)
    guard let operation = operation(kind, element, subregion) else { return }
    let interpolation =
      element.property("color-interpolation-filters") ?? filter.property("color-interpolation-filters") ?? "linearRGB"
    primitives.append(
      FilterPrimitive(
        operation: operation, inputs: inputs, subregion: subregion, usesLinearRGB: interpolation.lowercased() != "srgb"))
    if let name = element.attributes["result"] { results[MarkupElement.trimmed(name[...])] = primitives.count - 1 }
  }

  private func inputs(of element: MarkupElement, _ kind: PrimitiveKind) -> [FilterInput] {
    switch kind {
    case .flood, .image, .turbulence: return []
    case .blend, .composite, .displacement: return [input(element.attributes["in"]), input(element.attributes["in2"])]
    case .merge:
      return element.children.filter { $0.name == "femergenode" }.prefix(FilterBuilder.maximumCount)
        .map { input($0.attributes["in"]) }
    default: return [input(element.attributes["in"])]
    }
  }

  private func input(_ name: String?) -> FilterInput {
    let previous: FilterInput = primitives.isEmpty ? .sourceGraphic : .result(primitives.count - 1)
    guard let name = name.map({ MarkupElement.trimmed($0[...]) }), !name.isEmpty else { return previous }
    switch name {
    case "SourceGraphic": return .sourceGraphic
    case "SourceAlpha": return .sourceAlpha
    case "FillPaint": return .paint(context.fillColor)
    case "StrokePaint": return .paint(context.strokeColor)
    case "BackgroundImage", "BackgroundAlpha": return .nothing
    default: return results[name].map { .result($0) } ?? previous
    }
  }

  /// https://drafts.fxtf.org/filter-effects/#FilterPrimitiveSubRegion
  private func subregion(of element: MarkupElement, _ kind: PrimitiveKind, _ inputs: [FilterInput]) -> Rect {
    var area = region
    if kind != .tile, !inputs.isEmpty {
      var union: Rect?
      for input in inputs {
        guard case .result(let index) = input else {
          union = region
          break
        }
        let part = primitives[index].subregion
        union = union.map { $0.union(part) } ?? part
      }
      area = union ?? region
    }
    let units = usesBox ? LengthUnits.box : .user
    let box = context.box
    if let x = element.attributes["x"].flatMap({ units.position($0, along: box.x, box.width) }) { area.x = x }
    if let y = element.attributes["y"].flatMap({ units.position($0, along: box.y, box.height) }) { area.y = y }
    if let width = element.attributes["width"].flatMap({ units.length($0, of: box.width) }), width >= 0 { area.width = width }
    if let height = element.attributes["height"].flatMap({ units.length($0, of: box.height) }), height >= 0 { area.height = height }
    return area.intersection(region) ?? Rect(x: region.x, y: region.y, width: 0, height: 0)
  }
}

/// The primitives by element name.
enum PrimitiveKind: String {
  case blend = "feblend"
  case colorMatrix = "fecolormatrix"
  case componentTransfer = "fecomponenttransfer"
  case composite = "fecomposite"
  case convolution = "feconvolvematrix"
  case diffuseLighting = "fediffuselighting"
  case displacement = "fedisplacementmap"
  case dropShadow = "fedropshadow"
  case flood = "feflood"
  case gaussianBlur = "fegaussianblur"
  case image = "feimage"
  case merge = "femerge"
  case morphology = "femorphology"
  case offset = "feoffset"
  case specularLighting = "fespecularlighting"
  case tile = "fetile"
  case turbulence = "feturbulence"
}

/// How a length is meant.
enum LengthUnits {
  /// Numbers are canvas units, percentages refer to the viewport.
  case user
  /// Numbers and percentages are fractions of the bounding box.
  case box

  func length(_ text: String, of whole: Double) -> Double? {
    let text = MarkupElement.trimmed(text[...])
    if text.hasSuffix("%") { return NumberList.number(String(text.dropLast())).map { $0 / 100 * whole } }
    if let number = NumberList.number(text) { return self == .box ? number * whole : number }
    guard self == .user, let length = CSSLength.parse(text) else { return nil }
    // The initial font of CSS.
    return length.pixels(LengthContext(fontSize: 16))
  }

  func position(_ text: String, along start: Double, _ whole: Double) -> Double? {
    guard let value = length(text, of: whole) else { return nil }
    return self == .box ? start + value : value
  }
}
