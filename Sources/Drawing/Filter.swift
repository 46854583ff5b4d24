// Descriptions of filters and shadows; `Raster` gives them their pixels.

import Geometry

/// A 5-column, 4-row matrix on unpremultiplied RGBA in 0...1, row by row; the fifth column is an offset (feColorMatrix).
public struct ColorMatrix: Equatable, Sendable {
  /// 20 values.
  public var values: [Float]

  public init(_ values: [Float]) {
    self.values = values
  }
}

/// How one channel of feComponentTransfer maps 0...1 to 0...1.
public enum TransferFunction: Equatable, Sendable {
  case identity
  case table([Float])
  case discrete([Float])
  case linear(slope: Float, intercept: Float)
  case gamma(amplitude: Float, exponent: Float, offset: Float)
}

/// One step of a filter list. Lengths are in canvas units (filters ignore the current transform).
public enum Filter: Equatable, Sendable {
  /// Standard deviations, at least 0.
  case blur(x: Double, y: Double)
  case dropShadow(offset: Vector, blur: Double, color: Color)
  case colorMatrix(ColorMatrix)
  case componentTransfer(red: TransferFunction, green: TransferFunction, blue: TransferFunction, alpha: TransferFunction)
  /// An SVG filter.
  case graph(FilterGraph)
}

/// The shadow of a drawing operation. Lengths are in canvas units and ignore the current transform.
public struct Shadow: Equatable, Sendable {
  public var color: Color
  public var offset: Vector
  /// `shadowBlur`; the Gaussian's standard deviation is half of it.
  public var blur: Double

  public init(color: Color, offset: Vector, blur: Double) {
    self.color = color
    self.offset = offset
    self.blur = blur
  }

  /// Whether the Standard lets the shadow be drawn: a visible colour, and an offset or a blur.
  public var isDrawn: Bool {
    color.alpha > 0 && (blur > 0 || offset.dx != 0 || offset.dy != 0)
  }
}
