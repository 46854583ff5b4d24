// https://html.spec.whatwg.org/multipage/canvas.html#textmetrics

import Drawing
import Geometry
import Typography

/// The measures of a text. The bounding box of its ink is found when it is first asked for.
public final class TextMetrics {
  let prepared: PreparedText
  private lazy var ink: Rect? = prepared.shaped.inkBox(rounding: .wholeUnits)

  init(_ prepared: PreparedText) {
    self.prepared = prepared
  }

  var metrics: FontMetrics { prepared.shaped.metrics }
  var above: Double { prepared.anchorAbove }

  public var width: Double { prepared.shaped.width }

  // From the alignment point, positive to the left and to the right.
  public var actualBoundingBoxLeft: Double { prepared.anchorX - (ink?.minX ?? 0) }
  public var actualBoundingBoxRight: Double { (ink?.maxX ?? 0) - prepared.anchorX }

  // From the line that textBaseline names, ascents positive upwards, descents downwards.
  public var actualBoundingBoxAscent: Double { ink.map { -$0.minY - above } ?? 0 - above }
  public var actualBoundingBoxDescent: Double { ink.map { $0.maxY + above } ?? above }
  public var fontBoundingBoxAscent: Double { metrics.ascent - above }
  public var fontBoundingBoxDescent: Double { metrics.descent + above }
  public var emHeightAscent: Double { metrics.emAscent - above }
  public var emHeightDescent: Double { metrics.emDescent + above }
  public var hangingBaseline: Double { metrics.hangingBaseline - above }
  public var alphabeticBaseline: Double { 0 - above }
  public var ideographicBaseline: Double { metrics.ideographicBaseline - above }
}
