// https://html.spec.whatwg.org/multipage/canvas.html#canvastext

import Drawing
import Geometry
import Typography

extension CanvasRenderingContext2D {
  /// `text` is UTF-16 as scripts hold it; lone surrogates are allowed.
  public func fillText(_ text: [UInt16], _ x: Double, _ y: Double, _ maxWidth: Double? = nil) {
    guard let runs = glyphRuns(text, x, y, maxWidth) else { return }
    guard let paint = paint(state.fillStyle) else { return emitNothing() }
    emit(.fillGlyphs(runs), paint: paint)
  }

  public func strokeText(_ text: [UInt16], _ x: Double, _ y: Double, _ maxWidth: Double? = nil) {
    guard let runs = glyphRuns(text, x, y, maxWidth) else { return }
    guard let paint = paint(state.strokeStyle) else { return emitNothing() }
    emit(.strokeGlyphs(runs, state.line), paint: paint)
  }

  public func fillText(_ text: String, _ x: Double, _ y: Double, _ maxWidth: Double? = nil) {
    fillText(Array(text.utf16), x, y, maxWidth)
  }

  public func strokeText(_ text: String, _ x: Double, _ y: Double, _ maxWidth: Double? = nil) {
    strokeText(Array(text.utf16), x, y, maxWidth)
  }

  public func measureText(_ text: [UInt16]) -> TextMetrics {
    let prepared =
      prepareText(text, maxWidth: nil) ?? PreparedText(shaped: .empty, condensing: 1, anchorX: 0, anchorAbove: 0)
    return TextMetrics(prepared)
  }

  public func measureText(_ text: String) -> TextMetrics { measureText(Array(text.utf16)) }

  func drawTextCluster(
    _ cluster: CanvasTextCluster, _ place: Point, _ align: CanvasTextAlign?, _ baseline: CanvasTextBaseline?, _ style: CanvasStyle,
    _ operation: ([GlyphRun]) -> DrawOperation
  ) {
    guard place.x.isFinite, place.y.isFinite, canDraw else { return }
    let runs = cluster.runs(at: place, align: align ?? cluster.align, baseline: baseline ?? cluster.baseline)
    guard let paint = paint(style) else { return emitNothing() }
    emit(operation(runs), paint: paint)
  }

  /// Steps 1 to 3 of drawing text; nil where nothing is drawn.
  private func glyphRuns(_ text: [UInt16], _ x: Double, _ y: Double, _ maxWidth: Double?) -> [GlyphRun]? {
    // 1.
    guard x.isFinite, y.isFinite, maxWidth?.isFinite ?? true, canDraw else { return nil }
    // 2. 3.
    guard let prepared = prepareText(text, maxWidth: maxWidth) else { return nil }
    return prepared.runs(at: Point(x, y))
  }
}
