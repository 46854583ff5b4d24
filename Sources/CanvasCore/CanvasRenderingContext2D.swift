// The 2D rendering context: what its mixins share. Each mixin is an extension in `Mixins/`.
// https://html.spec.whatwg.org/multipage/canvas.html#2dcontext

import CSSValues
import Drawing
import Geometry
import Typography

/// A 2D context, of a canvas element or of an OffscreenCanvas (the two interfaces differ only in their member tables).
public final class CanvasRenderingContext2D: CanvasPath {
  /// The canvas, as long as somebody keeps it; drawing goes on without it.
  public private(set) weak var canvas: Canvas?
  /// Which of the two interfaces the context has.
  public let kind: CanvasKind
  public let bitmap: CanvasBitmap
  public let settings: CanvasContextSettings
  public var environment: CanvasEnvironment { bitmap.environment }

  // Safe: no method hands out an access to these that another could overlap, and a context belongs to one thread; without the
  // checks, adding a point costs half.
  @safe @exclusivity(unchecked) var state = DrawingState()
  @safe @exclusivity(unchecked) var stateStack: [DrawingState] = []
  /// "Context lost".
  var contextIsLost = false
  // Strings that were parsed before.
  private var colorCache: [String: CSSColor] = [:]
  private var lastColorText = ""
  private var lastColor = CSSColor.black
  var fontCache: [String: CSSFont] = [:]
  var lastShapedText: (text: [UInt16], style: TextStyle, generation: Int, shaped: ShapedText)?
  var lastTextStyle: (attributes: TextState, style: TextStyle)?

  // The current default path, in path space: user space as it was when the path was begun, until the transform changes in
  // mid-path and the path moves to canvas space. Points that were added earlier so keep their place, as the Standard demands, and
  // the usual case costs no mapping at all.
  // Safe: as for `state`.
  @safe @exclusivity(unchecked) public var path = Path()
  /// Path space → canvas space.
  @safe @exclusivity(unchecked) private(set) var pathSpace = AffineTransform.identity
  /// Current user space → path space.
  private var userToPath = AffineTransform.identity
  @safe @exclusivity(unchecked) private var userIsPathSpace = true
  @safe @exclusivity(unchecked) private var pathMappingIsStale = false

  init(canvas: Canvas, settings: CanvasContextSettings) {
    self.canvas = canvas
    kind = canvas.kind
    self.settings = settings
    bitmap = canvas.bitmap
    bitmap.reset(settings: settings.surfaceSettings)
  }

  // MARK: - Transform and path

  /// The current transformation matrix: user space → canvas space.
  public internal(set) var currentTransform: AffineTransform {
    get { state.transform }
    set {
      state.transform = newValue
      state.transformIsInvertible = newValue.determinant != 0 && newValue.isFinite
      pathMappingIsStale = true
    }
  }

  /// Called when a restored state brought another transform along.
  func transformDidChange() { pathMappingIsStale = true }

  /// Empties the current default path.
  func emptyPath() {
    path.removeAll()
    pathMappingIsStale = true
  }

  public func preparePath() -> PathMapping {
    if pathMappingIsStale { refreshPathMapping() }
    return userIsPathSpace ? .identity : .transform(userToPath)
  }

  private func refreshPathMapping() {
    pathMappingIsStale = false
    if path.isEmpty { pathSpace = state.transform }
    if pathSpace == state.transform {
      userToPath = .identity
      userIsPathSpace = true
      return
    }
    if !pathSpace.isIdentity {
      path = path.transformedBounded(by: pathSpace)
      pathSpace = .identity
    }
    userToPath = state.transform
    userIsPathSpace = false
  }

  /// The current default path in current user space, as strokes and non-solid paints need it; nil where the transform has no
  /// inverse.
  func pathInUserSpace() -> Path? {
    if pathSpace == state.transform { return path }
    guard let inverse = state.transform.inverted() else { return nil }
    return path.transformedBounded(by: inverse.concatenating(pathSpace))
  }

  // MARK: - Commands

  /// Whether drawing has an effect. Like browsers, a transform that flattens the plane draws nothing.
  var canDraw: Bool {
    state.transformIsInvertible && !contextIsLost
  }

  /// The paint of a style for the current transform; nil where the style paints nothing at all.
  @inline(__always) func paint(_ style: CanvasStyle) -> Paint? {
    if case .color(_, let color) = style { return .color(color) }
    return objectPaint(style)
  }

  private func objectPaint(_ style: CanvasStyle) -> Paint? {
    switch style {
    case .color(_, let color): return .color(color)
    case .gradient(let gradient):
      let gradient = gradient.gradient(in: settings.colorSpace)
      return gradient.paintsNothing ? nil : .gradient(gradient)
    case .pattern(let pattern):
      return pattern.pattern.transform.inverted() == nil ? nil : .pattern(pattern.pattern)
    }
  }

  /// Emits an operation in user space.
  @inline(__always) func emit(_ operation: DrawOperation, paint: Paint) {
    emit(operation, paint: paint, transform: state.transform)
  }

  @inline(__always) func emit(_ operation: DrawOperation, paint: Paint, transform: AffineTransform) {
    bitmap.draw(
      DrawCommand(
        operation: operation, paint: paint, transform: transform, clip: state.clip, compositing: state.compositing))
  }

  /// Emits what a shape that paints nothing leaves to be done: operators like `copy` clear the whole clip region all the same.
  func emitNothing() {
    guard state.compositeOperator.affectsWholeClip else { return }
    let all = Rect(x: 0, y: 0, width: Double(bitmap.size.width), height: Double(bitmap.size.height))
    emit(.fillRect(all), paint: .color(.transparent), transform: .identity)
  }

  // MARK: - Colours

  /// The colour of a string, nil if there is none in it. Remembers strings: drawing loops set the same ones again and again.
  public func parseColor(_ text: String) -> CSSColor? {
    if text == lastColorText, !text.isEmpty { return lastColor }
    let color: CSSColor
    if let cached = colorCache[text] {
      color = cached
    } else {
      guard let parsed = ColorParser.parse(text) else { return nil }
      if colorCache.count >= 512 { colorCache.removeAll(keepingCapacity: true) }
      colorCache[text] = parsed
      color = parsed
    }
    lastColorText = text
    lastColor = color
    return color
  }
}
