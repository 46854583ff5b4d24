// https://html.spec.whatwg.org/multipage/canvas.html#path2d-objects

import Geometry

/// A path that can be kept and drawn again.
public final class Path2D: CanvasPath {
  /// In the space that the drawing context's transform maps from.
  public var path = Path()

  public init() {}

  public init(_ other: Path2D) { path = other.path }

  /// From SVG path data; after a mistake in it, what came before stays.
  public init(svgPathData: String) { path = SVGPathData.parse(svgPathData) }

  public init(_ path: Path) { self.path = path }

  public func preparePath() -> PathMapping { .identity }

  /// `transform` comes from a DOMMatrix2DInit that was fixed up; nothing is added when it is not finite.
  public func addPath(_ other: Path2D, _ transform: AffineTransform = .identity) {
    // 1. – 3.
    guard !other.path.isEmpty, transform.isFinite else { return }
    // 4. – 8. The copy is needed when a path is added to itself.
    let added = other.path
    path.append(added, transform: transform)
  }
}
