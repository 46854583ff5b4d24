// How a path is traced, after https://html.spec.whatwg.org/multipage/canvas.html#line-styles.

/// The shape at the two ends of an open line.
public enum LineCap: String, Sendable, CaseIterable {
  case butt, round, square
}

/// The shape where two segments meet.
public enum LineJoin: String, Sendable, CaseIterable {
  case round, bevel, miter
}

/// The pen: widths and dashes are in user space units.
public struct StrokeStyle: Equatable, Hashable, Sendable {
  /// Positive and finite. Default 1.
  public var lineWidth: Double
  public var lineCap: LineCap
  public var lineJoin: LineJoin
  /// Longest miter as a multiple of half the line width; positive and finite. Default 10.
  public var miterLimit: Double
  /// Lengths of dashes and gaps in turn: of even count, non-negative and finite; empty for a solid line.
  public var dashes: [Double]
  /// How far into the dash pattern a line begins. Finite. Default 0.
  public var dashOffset: Double

  public init(
    lineWidth: Double = 1, lineCap: LineCap = .butt, lineJoin: LineJoin = .miter, miterLimit: Double = 10,
    dashes: [Double] = [], dashOffset: Double = 0
  ) {
    self.lineWidth = lineWidth
    self.lineCap = lineCap
    self.lineJoin = lineJoin
    self.miterLimit = miterLimit
    self.dashes = dashes
    self.dashOffset = dashOffset
  }
}
