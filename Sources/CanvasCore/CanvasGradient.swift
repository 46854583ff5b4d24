// https://html.spec.whatwg.org/multipage/canvas.html#canvasgradient

import CSSValues
import Drawing
import Geometry

/// A gradient under construction: stops may be added at any time and show in later drawings.
public final class CanvasGradient {
  private let geometry: GradientGeometry
  private var stops: [(offset: Double, color: CSSColor)] = []
  /// What drawings use, for each colour space; made anew after a stop was added.
  private var made: [ColorSpace: Gradient] = [:]

  init(_ geometry: GradientGeometry) {
    self.geometry = geometry
  }

  public func addColorStop(_ offset: Double, _ color: String) throws(CanvasError) {
    // 1.
    guard offset >= 0, offset <= 1 else {
      throw .indexSize("The offset \(offset) of a colour stop is outside 0 to 1.")
    }
    // 2. 3.
    guard let parsed = ColorParser.parse(color) else { throw .syntax("'\(color)' is not a colour.") }
    // 4. Behind those with the same offset. Stops mostly come in order, so the search begins at the end.
    var place = stops.count
    while place > 0, stops[place - 1].offset > offset { place -= 1 }
    stops.insert((offset, parsed), at: place)
    made.removeAll()
  }

  func gradient(in space: ColorSpace) -> Gradient {
    if let gradient = made[space] { return gradient }
    let gradient = Gradient(
      geometry: geometry, stops: stops.map { GradientStop(offset: $0.offset, color: $0.color.color(in: space)) })
    made[space] = gradient
    return gradient
  }
}
