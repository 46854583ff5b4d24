// https://html.spec.whatwg.org/multipage/canvas.html#canvascompositing

import Drawing

extension CanvasRenderingContext2D {
  /// 0...1; other values are ignored. Default 1.
  public var globalAlpha: Double {
    get { state.globalAlpha }
    set {
      guard newValue >= 0, newValue <= 1 else { return }
      state.globalAlpha = newValue
    }
  }

  /// A name of an operator; unknown names are ignored. Default `source-over`.
  public var globalCompositeOperation: String {
    get { state.compositeOperator.rawValue }
    set {
      guard let value = CompositeOperator(rawValue: newValue) else { return }
      state.compositeOperator = value
    }
  }
}
