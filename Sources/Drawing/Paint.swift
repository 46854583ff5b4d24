// What a shape is filled or stroked with. Geometry of gradients and patterns is in user space: the command's transform maps it.

import Geometry

/// The colour of each point of a shape.
public enum Paint: Sendable {
  case color(Color)
  case gradient(Gradient)
  case pattern(Pattern)
}

/// A colour at an offset along a gradient.
public struct GradientStop: Equatable, Sendable {
  /// 0...1.
  public var offset: Double
  public var color: Color

  public init(offset: Double, color: Color) {
    self.offset = offset
    self.color = color
  }
}

/// The line, circles or centre along which a gradient runs.
public enum GradientGeometry: Equatable, Sendable {
  case linear(start: Point, end: Point)
  case radial(startCenter: Point, startRadius: Double, endCenter: Point, endRadius: Double)
  /// Clockwise from `startAngle` radians, measured from the positive x axis.
  case conic(center: Point, startAngle: Double)
}

/// An immutable gradient; identity may be used as a cache key for its colour table.
///
/// Stops are sorted by offset, equal offsets in the order they were added. Colours are interpolated in the canvas's colour
/// space without premultiplication, as the Standard's RGBA-space rule says.
public final class Gradient: Sendable {
  public let geometry: GradientGeometry
  public let stops: [GradientStop]

  public init(geometry: GradientGeometry, stops: [GradientStop]) {
    self.geometry = geometry
    self.stops = stops
  }

  /// Whether nothing is painted: no stops, or a line or circles that are the same twice.
  public var paintsNothing: Bool {
    if stops.isEmpty { return true }
    switch geometry {
    case .linear(let start, let end): return start == end
    case .radial(let startCenter, let startRadius, let endCenter, let endRadius):
      return startCenter == endCenter && startRadius == endRadius
    case .conic: return false
    }
  }
}

/// An image repeated over the plane, its upper left corner on the origin of user space before `transform`.
public struct Pattern: Sendable {
  public var image: ImageSnapshot
  public var repeatsX: Bool
  public var repeatsY: Bool
  /// Pattern space → user space.
  public var transform: AffineTransform

  public init(image: ImageSnapshot, repeatsX: Bool, repeatsY: Bool, transform: AffineTransform = .identity) {
    self.image = image
    self.repeatsX = repeatsX
    self.repeatsY = repeatsY
    self.transform = transform
  }
}
