// Rectangles with rounded corners, after https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-roundrect.

/// The radii of one elliptical corner, each at least 0.
public struct CornerRadius: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var x: Double
  public var y: Double

  @inlinable public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The four corners' radii, named for a rectangle with positive width and height.
public struct CornerRadii: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var upperLeft: CornerRadius
  public var upperRight: CornerRadius
  public var lowerRight: CornerRadius
  public var lowerLeft: CornerRadius

  @inlinable public init(
    upperLeft: CornerRadius, upperRight: CornerRadius, lowerRight: CornerRadius, lowerLeft: CornerRadius
  ) {
    self.upperLeft = upperLeft
    self.upperRight = upperRight
    self.lowerRight = lowerRight
    self.lowerLeft = lowerLeft
  }
}

extension Path {
  /// Appends the subpath of `roundRect()`, closed, and a new subpath at the rectangle's origin. `rect` may have negative sizes; the
  /// radii then belong to the corners met in the same order of drawing. Points are mapped by `transform` before they are stored.
  public mutating func addRoundedRect(_ rect: Rect, radii: CornerRadii, transform: AffineTransform = .identity) {
    var (upperLeft, upperRight) = (radii.upperLeft, radii.upperRight)
    var (lowerRight, lowerLeft) = (radii.lowerRight, radii.lowerLeft)
    // 11. and 12. Radii that overlap on a side shrink all together.
    let width = abs(rect.width), height = abs(rect.height)
    let scale = min(
      Path.fit(upperLeft.x + upperRight.x, into: width), Path.fit(upperRight.y + lowerRight.y, into: height),
      Path.fit(lowerLeft.x + lowerRight.x, into: width), Path.fit(upperLeft.y + lowerLeft.y, into: height))
    if scale < 1 {
      for keyPath in [\CornerRadius.x, \CornerRadius.y] {
        upperLeft[keyPath: keyPath] *= scale
        upperRight[keyPath: keyPath] *= scale
        lowerRight[keyPath: keyPath] *= scale
        lowerLeft[keyPath: keyPath] *= scale
      }
    }
    // 13. Drawn in a frame where the rectangle starts at 0,0 and its sides have the signs of width and height.
    let frame = transform.concatenating(
      AffineTransform(a: rect.width < 0 ? -1 : 1, b: 0, c: 0, d: rect.height < 0 ? -1 : 1, e: rect.x, f: rect.y))
    move(to: frame.apply(Point(upperLeft.x, 0)))
    line(to: frame.apply(Point(width - upperRight.x, 0)))
    appendCorner(Point(width - upperRight.x, upperRight.y), upperRight, startAngle: -Double.pi / 2, frame)
    line(to: frame.apply(Point(width, height - lowerRight.y)))
    appendCorner(Point(width - lowerRight.x, height - lowerRight.y), lowerRight, startAngle: 0, frame)
    line(to: frame.apply(Point(lowerLeft.x, height)))
    appendCorner(Point(lowerLeft.x, height - lowerLeft.y), lowerLeft, startAngle: Double.pi / 2, frame)
    line(to: frame.apply(Point(0, upperLeft.y)))
    appendCorner(Point(upperLeft.x, upperLeft.y), upperLeft, startAngle: Double.pi, frame)
    close()
    // 14. A new subpath at the rectangle's own corner.
    move(to: transform.apply(Point(rect.x, rect.y)))
  }

  private static func fit(_ sum: Double, into side: Double) -> Double { sum > side ? side / sum : 1 }

  private mutating func appendCorner(_ center: Point, _ radius: CornerRadius, startAngle: Double, _ frame: AffineTransform) {
    guard radius.x > 0, radius.y > 0 else { return }
    appendUnitArc(
      startAngle: startAngle, sweep: Double.pi / 2,
      frame: frame.concatenating(AffineTransform(a: radius.x, b: 0, c: 0, d: radius.y, e: center.x, f: center.y)))
  }
}
