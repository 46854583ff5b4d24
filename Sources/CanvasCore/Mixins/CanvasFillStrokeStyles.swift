// https://html.spec.whatwg.org/multipage/canvas.html#canvasfillstrokestyles

import CSSValues
import Drawing
import Geometry

/// What the getters of `fillStyle` and `strokeStyle` give.
public enum CanvasStyleValue {
  case color(String)
  case gradient(CanvasGradient)
  case pattern(CanvasPattern)
}

extension CanvasRenderingContext2D {
  /// Default `#000000`.
  public var fillStyle: CanvasStyleValue { value(of: state.fillStyle) }
  public var strokeStyle: CanvasStyleValue { value(of: state.strokeStyle) }

  /// A string that is no colour is ignored.
  public func setFillStyle(_ text: String) { setColor(text, \.fillStyle) }
  public func setFillStyle(_ color: CSSColor) { setColor(color, \.fillStyle) }
  public func setFillStyle(_ gradient: CanvasGradient) { state.fillStyle = .gradient(gradient) }
  public func setFillStyle(_ pattern: CanvasPattern) { setPattern(pattern, \.fillStyle) }

  public func setStrokeStyle(_ text: String) { setColor(text, \.strokeStyle) }
  public func setStrokeStyle(_ color: CSSColor) { setColor(color, \.strokeStyle) }
  public func setStrokeStyle(_ gradient: CanvasGradient) { state.strokeStyle = .gradient(gradient) }
  public func setStrokeStyle(_ pattern: CanvasPattern) { setPattern(pattern, \.strokeStyle) }

  private func value(of style: CanvasStyle) -> CanvasStyleValue {
    switch style {
    case .color(let color, _): .color(color.serialized)
    case .gradient(let gradient): .gradient(gradient)
    case .pattern(let pattern): .pattern(pattern)
    }
  }

  @inline(__always) private func setColor(_ text: String, _ style: WritableKeyPath<DrawingState, CanvasStyle>) {
    guard let color = parseColor(text) else {
      environment.warn?("'\(text)' is not a colour and was ignored.")
      return
    }
    setColor(color, style)
  }

  @inline(__always) private func setColor(_ color: CSSColor, _ style: WritableKeyPath<DrawingState, CanvasStyle>) {
    state[keyPath: style] = .color(color, color.color(in: settings.colorSpace))
  }

  private func setPattern(_ pattern: CanvasPattern, _ style: WritableKeyPath<DrawingState, CanvasStyle>) {
    if !pattern.isOriginClean { bitmap.isOriginClean = false }
    state[keyPath: style] = .pattern(pattern)
  }

  // MARK: - Gradients and patterns

  /// The arguments are finite: IDL has seen to it.
  public func createLinearGradient(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> CanvasGradient {
    CanvasGradient(.linear(start: Point(x0, y0), end: Point(x1, y1)))
  }

  public func createRadialGradient(
    _ x0: Double, _ y0: Double, _ r0: Double, _ x1: Double, _ y1: Double, _ r1: Double
  ) throws(CanvasError) -> CanvasGradient {
    guard r0 >= 0, r1 >= 0 else { throw .indexSize("The radius \(r0 < 0 ? r0 : r1) of a gradient is negative.") }
    return CanvasGradient(
      .radial(startCenter: Point(x0, y0), startRadius: r0, endCenter: Point(x1, y1), endRadius: r1))
  }

  /// `startAngle` is in radians, clockwise from the positive x axis.
  public func createConicGradient(_ startAngle: Double, _ x: Double, _ y: Double) -> CanvasGradient {
    CanvasGradient(.conic(center: Point(x, y), startAngle: startAngle))
  }

  /// Nil for an image that is not there yet.
  public func createPattern(_ image: CanvasImageSource, _ repetition: String) throws(CanvasError) -> CanvasPattern? {
    // 1. – 3.
    guard try image.checkUsability() else { return nil }
    // 4. 5.
    let repeats: (x: Bool, y: Bool)
    switch repetition {
    case "", "repeat": repeats = (true, true)
    case "repeat-x": repeats = (true, false)
    case "repeat-y": repeats = (false, true)
    case "no-repeat": repeats = (false, false)
    default: throw .syntax("'\(repetition)' is not one of repeat, repeat-x, repeat-y and no-repeat.")
    }
    // 6. – 8.
    guard let (snapshot, size) = image.detailedSnapshot() else { return nil }
    return CanvasPattern(
      image: snapshot, size: size, repeatsX: repeats.x, repeatsY: repeats.y, isOriginClean: image.isOriginClean)
  }
}
