// The vertical measures of a face at a size.

/// Distances from the alphabetic baseline in user space units; ascents grow upwards, descents downwards.
public struct FontMetrics: Equatable, Sendable {
  /// Whole units from 3 up, as browsers round them (Chromium's SimpleFontData), so that `fontBoundingBox…` agrees with theirs.
  public var ascent: Double
  public var descent: Double
  public var lineGap: Double
  /// The em box: the typographic ascent and descent, scaled so that together they are one em.
  public var emAscent: Double
  public var emDescent: Double
  public var xHeight: Double
  public var capHeight: Double
  /// Positions of other baselines above the alphabetic one (negative: below).
  public var hangingBaseline: Double
  public var ideographicBaseline: Double

  public init(
    ascent: Double, descent: Double, lineGap: Double, emAscent: Double, emDescent: Double, xHeight: Double, capHeight: Double,
    hangingBaseline: Double, ideographicBaseline: Double
  ) {
    self.ascent = ascent
    self.descent = descent
    self.lineGap = lineGap
    self.emAscent = emAscent
    self.emDescent = emDescent
    self.xHeight = xHeight
    self.capHeight = capHeight
    self.hangingBaseline = hangingBaseline
    self.ideographicBaseline = ideographicBaseline
  }

  /// Where there is no font at all.
  public static let zero = FontMetrics(
    ascent: 0, descent: 0, lineGap: 0, emAscent: 0, emDescent: 0, xHeight: 0, capHeight: 0, hangingBaseline: 0,
    ideographicBaseline: 0)
}
