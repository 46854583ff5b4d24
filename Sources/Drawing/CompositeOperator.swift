// The values of globalCompositeOperation: the 26 of Compositing and Blending Level 1, and `clear`, which browsers know too.

/// How a source is combined with what is already there. Raw values are the names scripts use.
public enum CompositeOperator: String, Sendable, CaseIterable {
  case sourceOver = "source-over"
  case sourceIn = "source-in"
  case sourceOut = "source-out"
  case sourceAtop = "source-atop"
  case destinationOver = "destination-over"
  case destinationIn = "destination-in"
  case destinationOut = "destination-out"
  case destinationAtop = "destination-atop"
  case lighter
  case copy
  /// Nothing of either stays.
  case clear
  case xor
  case multiply, screen, overlay, darken, lighten
  case colorDodge = "color-dodge"
  case colorBurn = "color-burn"
  case hardLight = "hard-light"
  case softLight = "soft-light"
  case difference, exclusion, hue, saturation, color, luminosity

  /// Whether an absent source still changes the destination, so that the whole clip region is affected by each drawing. Like
  /// browsers, `clear` clears only where something is drawn.
  @inlinable public var affectsWholeClip: Bool {
    switch self {
    case .sourceIn, .sourceOut, .destinationIn, .destinationAtop, .copy: true
    default: false
    }
  }
}
