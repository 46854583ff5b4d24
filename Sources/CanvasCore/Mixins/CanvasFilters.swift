// https://html.spec.whatwg.org/multipage/canvas.html#canvasfilters

import CSSValues

extension CanvasRenderingContext2D {
  /// A CSS filter list or `none`; what is neither is ignored. Gives back the text that was set.
  public var filter: String {
    get { state.effects?.filterText ?? "none" }
    set {
      guard newValue != filter else { return }
      // 1. – 3.
      guard let functions = FilterFunction.parseList(newValue) else { return }
      if functions.contains(where: { if case .url = $0 { true } else { false } }) {
        environment.warn?("SVG filters are not supported; the reference in the filter was ignored.")
      }
      // 4.
      changeEffects(filter: (newValue, functions, textLengths))
    }
  }

  /// Lengths of the filter that follow the font are measured anew.
  func fontDidChange() {
    guard let effects = state.effects, effects.filterFunctions.contains(where: \.isFontRelative) else { return }
    changeEffects(filter: (effects.filterText, effects.filterFunctions, textLengths))
  }
}
