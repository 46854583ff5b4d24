// https://html.spec.whatwg.org/multipage/canvas.html#canvasshadowstyles

import CSSValues
import Drawing
import Geometry

extension CanvasRenderingContext2D {
  /// Finite; other values are ignored. Default 0.
  public var shadowOffsetX: Double {
    get { state.effects?.shadowOffset.dx ?? 0 }
    set {
      guard newValue.isFinite, newValue != shadowOffsetX else { return }
      changeEffects(shadowOffset: Vector(newValue, shadowOffsetY))
    }
  }

  /// Finite; other values are ignored. Default 0.
  public var shadowOffsetY: Double {
    get { state.effects?.shadowOffset.dy ?? 0 }
    set {
      guard newValue.isFinite, newValue != shadowOffsetY else { return }
      changeEffects(shadowOffset: Vector(shadowOffsetX, newValue))
    }
  }

  /// Not negative and finite; other values are ignored. Default 0.
  public var shadowBlur: Double {
    get { state.effects?.shadowBlur ?? 0 }
    set {
      guard newValue.isFinite, newValue >= 0, newValue != shadowBlur else { return }
      changeEffects(shadowBlur: newValue)
    }
  }

  /// A CSS colour; what is none is ignored. Default transparent black.
  public var shadowColor: String {
    get { (state.effects?.shadowColor ?? .transparent).serialized }
    set {
      guard let color = parseColor(newValue), color != state.effects?.shadowColor ?? .transparent else { return }
      changeEffects(shadowColor: color)
    }
  }

  /// Replaces members of the effects; those not given stay.
  func changeEffects(
    shadowColor: CSSColor? = nil, shadowOffset: Vector? = nil, shadowBlur: Double? = nil,
    filter: (text: String, functions: [FilterFunction], lengths: LengthContext)? = nil
  ) {
    let old = state.effects
    let functions = filter?.functions ?? old?.filterFunctions ?? []
    let hasReferences = functions.contains { if case .url = $0 { true } else { false } }
    state.effects = EffectState(
      shadowColor: shadowColor ?? old?.shadowColor ?? .transparent, shadowOffset: shadowOffset ?? old?.shadowOffset ?? .zero,
      shadowBlur: shadowBlur ?? old?.shadowBlur ?? 0, filterText: filter?.text ?? old?.filterText ?? "none",
      filterFunctions: functions, filterLengths: filter?.lengths ?? old?.filterLengths ?? LengthContext(),
      colorSpace: settings.colorSpace, resolve: hasReferences ? { [weak self] url in self?.resolveFilter(url) } : nil)
  }
}
