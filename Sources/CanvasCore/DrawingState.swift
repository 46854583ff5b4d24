// What save() pushes and restore() pops: https://html.spec.whatwg.org/multipage/canvas.html#drawing-state.
//
// A value type, copied whole by save(). What scripts rarely touch sits behind two references that are copied when written, so a
// save costs a few hundred bytes and a handful of retains.

import CSSValues
import Drawing
import Geometry

/// A fill or stroke style.
public enum CanvasStyle {
  /// The colour as set, and the same in the canvas's colour space.
  case color(CSSColor, Color)
  case gradient(CanvasGradient)
  case pattern(CanvasPattern)
}

/// ImageSmoothingQuality.
public enum ImageSmoothingQuality: String, Sendable, CaseIterable {
  case low, medium, high
}

struct DrawingState {
  var transform = AffineTransform.identity
  /// Kept beside the transform: every drawing asks for it.
  var transformIsInvertible = true
  var clip: ClipStack?
  var fillStyle = CanvasStyle.color(.black, .black)
  var strokeStyle = CanvasStyle.color(.black, .black)
  /// lineWidth, lineCap, lineJoin, miterLimit, the dash list and lineDashOffset.
  var line = StrokeStyle()
  var globalAlpha = 1.0
  var compositeOperator = CompositeOperator.sourceOver
  var imageSmoothingEnabled = true
  var imageSmoothingQuality = ImageSmoothingQuality.low
  /// Shadow and filter; nil while all have their initial values.
  var effects: EffectState?
  /// nil while all text attributes have their initial values.
  private var textBox: TextStateBox?

  init() {}

  /// The text attributes.
  var text: TextState {
    get { textBox?.state ?? TextState.initial }
    set { textBox = TextStateBox(newValue) }
  }

  /// What shapes other than images are composited with.
  var compositing: Compositing {
    Compositing(
      alpha: Float(globalAlpha), compositeOperator: compositeOperator, smoothing: smoothing, effects: effects?.drawEffects)
  }

  private var smoothing: ImageSmoothing {
    guard imageSmoothingEnabled else { return .none }
    switch imageSmoothingQuality {
    case .low: return .low
    case .medium: return .medium
    case .high: return .high
    }
  }
}

/// Holds the text attributes for all states that share them; never changed once made.
private final class TextStateBox {
  let state: TextState
  init(_ state: TextState) { self.state = state }
}

/// Shadow and filter of a state; never changed once made, so states share it.
final class EffectState {
  let shadowColor: CSSColor
  let shadowOffset: Vector
  let shadowBlur: Double
  /// The `filter` attribute as it was set.
  let filterText: String
  let filterFunctions: [FilterFunction]
  /// What lengths of the filter are measured against.
  let filterLengths: LengthContext
  private let colorSpace: ColorSpace
  /// Finds SVG filters; nil where the list has no references.
  private let resolve: ((String) -> FilterGraph?)?
  private var made: DrawEffects?
  private var isMade = false

  init(
    shadowColor: CSSColor = .transparent, shadowOffset: Vector = .zero, shadowBlur: Double = 0, filterText: String = "none",
    filterFunctions: [FilterFunction] = [], filterLengths: LengthContext = LengthContext(), colorSpace: ColorSpace,
    resolve: ((String) -> FilterGraph?)? = nil
  ) {
    self.shadowColor = shadowColor
    self.shadowOffset = shadowOffset
    self.shadowBlur = shadowBlur
    self.filterText = filterText
    self.filterFunctions = filterFunctions
    self.filterLengths = filterLengths
    self.colorSpace = colorSpace
    self.resolve = resolve
  }

  /// What commands carry; made at the first drawing with these values. Nil where nothing of it shows.
  var drawEffects: DrawEffects? {
    if isMade { return made }
    // A referenced filter may change between two drawings.
    isMade = resolve == nil
    made = nil
    let shadow = Shadow(color: shadowColor.color(in: colorSpace), offset: shadowOffset, blur: shadowBlur)
    let filters = filterFunctions.flatMap { function -> [Filter] in
      guard case .url(let url) = function else { return function.filters(lengths: filterLengths, colorSpace: colorSpace) }
      return resolve?(url).map { [.graph($0)] } ?? []
    }
    if shadow.isDrawn || !filters.isEmpty { made = DrawEffects(shadow: shadow.isDrawn ? shadow : nil, filters: filters) }
    return made
  }
}
