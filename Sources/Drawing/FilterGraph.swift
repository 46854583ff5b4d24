// SVG filters, resolved: what each primitive does, what it reads and where its result lies.
// https://drafts.fxtf.org/filter-effects/#FilterPrimitivesOverview
//
// All lengths and coordinates are in canvas units: whoever makes a graph has resolved percentages and object bounding boxes.

import Geometry

/// What a filter primitive reads.
public enum FilterInput: Equatable, Sendable {
  case sourceGraphic
  case sourceAlpha
  /// The infinite plane in the context's fill or stroke colour (`FillPaint`, `StrokePaint`).
  case paint(Color)
  /// `BackgroundImage` and what does not exist: transparent black.
  case nothing
  /// The result of the primitive at this place in the graph, an earlier one.
  case result(Int)
}

/// The operators of feComposite.
public enum FilterComposition: Equatable, Sendable {
  case over, `in`, out, atop, xor, lighter
  /// k1·i1·i2 + k2·i1 + k3·i2 + k4
  case arithmetic(Float, Float, Float, Float)
}

/// What a kernel reads beyond the edges of its input.
public enum FilterEdgeMode: String, Sendable {
  case duplicate, wrap, none
}

/// feConvolveMatrix.
public struct ConvolutionKernel: Equatable, Sendable {
  /// Columns and rows, each 1 or more; `weights` has their product as count.
  public var columns: Int
  public var rows: Int
  public var weights: [Float]
  public var divisor: Float
  public var bias: Float
  /// The cell of the kernel that lies on the pixel; inside the kernel.
  public var targetX: Int
  public var targetY: Int
  public var edgeMode: FilterEdgeMode
  public var preservesAlpha: Bool

  public init(
    columns: Int, rows: Int, weights: [Float], divisor: Float, bias: Float, targetX: Int, targetY: Int, edgeMode: FilterEdgeMode,
    preservesAlpha: Bool
  ) {
    self.columns = columns
    self.rows = rows
    self.weights = weights
    self.divisor = divisor
    self.bias = bias
    self.targetX = targetX
    self.targetY = targetY
    self.edgeMode = edgeMode
    self.preservesAlpha = preservesAlpha
  }
}

/// A point with a height above the canvas.
public struct FilterPoint: Equatable, Sendable {
  public var x: Double
  public var y: Double
  public var z: Double

  public init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }
}

/// Where light comes from.
public enum FilterLight: Equatable, Sendable {
  /// In radians: the direction in the plane, and above it.
  case distant(azimuth: Double, elevation: Double)
  case point(FilterPoint)
  /// `coneAngle` (radians, nil: no cone) is between the axis and the edge of the light.
  case spot(FilterPoint, pointsAt: FilterPoint, exponent: Double, coneAngle: Double?)
}

/// What a lit surface gives back.
public enum FilterReflection: Equatable, Sendable {
  case diffuse(constant: Double)
  case specular(constant: Double, exponent: Double)
}

/// A component of a pixel.
public enum FilterChannel: Int, Sendable {
  case red, green, blue, alpha
}

/// feTurbulence.
public struct FilterTurbulence: Equatable, Sendable {
  /// Waves in a canvas unit, not negative.
  public var frequencyX: Double
  public var frequencyY: Double
  /// 0...
  public var octaveCount: Int
  public var seed: Double
  public var isFractalNoise: Bool
  public var isStitched: Bool

  public init(
    frequencyX: Double, frequencyY: Double, octaveCount: Int, seed: Double, isFractalNoise: Bool, isStitched: Bool
  ) {
    self.frequencyX = frequencyX
    self.frequencyY = frequencyY
    self.octaveCount = octaveCount
    self.seed = seed
    self.isFractalNoise = isFractalNoise
    self.isStitched = isStitched
  }
}

/// What a primitive does with its inputs.
public enum FilterOperation: Sendable {
  /// The first input on the second.
  case blend(CompositeOperator)
  case colorMatrix(ColorMatrix)
  case componentTransfer(red: TransferFunction, green: TransferFunction, blue: TransferFunction, alpha: TransferFunction)
  case composite(FilterComposition)
  case convolution(ConvolutionKernel)
  case lighting(FilterReflection, FilterLight, color: Color, surfaceScale: Double)
  /// Moves pixels of the first input by components of the second.
  case displacement(scale: Double, x: FilterChannel, y: FilterChannel)
  case dropShadow(offset: Vector, deviationX: Double, deviationY: Double, color: Color)
  case flood(Color)
  /// Standard deviations, not negative.
  case gaussianBlur(x: Double, y: Double)
  /// A picture, the rectangle it is drawn into already fitted to the subregion.
  case image(ImageSnapshot, destination: Rect)
  /// All inputs, the first lowest.
  case merge
  /// Radii, not negative.
  case morphology(dilates: Bool, radiusX: Double, radiusY: Double)
  case offset(Vector)
  case tile
  case turbulence(FilterTurbulence)
}

/// One primitive.
public struct FilterPrimitive: Sendable {
  public var operation: FilterOperation
  public var inputs: [FilterInput]
  /// Where the result is; it is transparent black outside.
  public var subregion: Rect
  /// `color-interpolation-filters`: whether it calculates with light intensities rather than encoded components.
  public var usesLinearRGB: Bool

  public init(operation: FilterOperation, inputs: [FilterInput], subregion: Rect, usesLinearRGB: Bool) {
    self.operation = operation
    self.inputs = inputs
    self.subregion = subregion
    self.usesLinearRGB = usesLinearRGB
  }
}

/// A whole filter. The result of the last primitive is what is drawn.
public final class FilterGraph: Sendable {
  /// The filter region: everything outside, of the source too, is transparent black.
  public let region: Rect
  /// In the order of the document; an empty list draws nothing at all.
  public let primitives: [FilterPrimitive]

  public init(region: Rect, primitives: [FilterPrimitive]) {
    self.region = region
    self.primitives = primitives
  }
}

extension FilterGraph: Equatable {
  /// Graphs are equal when they are the same object.
  public static func == (first: FilterGraph, second: FilterGraph) -> Bool { first === second }
}
