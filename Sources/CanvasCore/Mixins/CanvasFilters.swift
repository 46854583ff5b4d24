// https://html.spec.whatwg.org/multipage/canvas.html#canvasfilters

import CSSValues
import Drawing

extension CanvasRenderingContext2D {
  /// A CSS filter list or `none`; what is neither is ignored. Gives back the text that was set.
  public var filter: String {
    get { state.effects?.filterText ?? "none" }
    set {
      guard newValue != filter else { return }
      // 1. – 3.
      guard let functions = FilterFunction.parseList(newValue) else { return }
      // 4.
      changeEffects(filter: (newValue, functions, textLengths))
    }
  }

  /// Lengths of the filter that follow the font are measured anew.
  func fontDidChange() {
    guard let effects = state.effects, effects.filterFunctions.contains(where: \.isFontRelative) else { return }
    changeEffects(filter: (effects.filterText, effects.filterFunctions, textLengths))
  }

  /// The SVG filter behind a reference in the list, as it is now; nil where there is none, which leaves that entry out.
  func resolveFilter(_ url: String) -> FilterGraph? {
    func color(_ style: CanvasStyle) -> Color {
      if case .color(_, let color) = style { return color }
      return .transparent
    }
    let reference = FilterReference(
      url: url, canvasSize: bitmap.size, fillColor: color(state.fillStyle), strokeColor: color(state.strokeStyle))
    guard let resolved = environment.resolveFilter?(reference) else { return nil }
    if !resolved.isOriginClean { bitmap.isOriginClean = false }
    return resolved.graph
  }
}
