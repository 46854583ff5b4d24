// Rectangles: of the plane, and of pixels.

/// An axis-parallel rectangle. Width and height may be negative where the canvas API allows it; `standardized` orders the edges.
public struct Rect: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  @inlinable public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The smallest rectangle that holds both points.
  @inlinable public init(_ a: Point, _ b: Point) {
    self.init(
      x: Swift.min(a.x, b.x), y: Swift.min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
  }

  public static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

  @inlinable public var minX: Double { Swift.min(x, x + width) }
  @inlinable public var minY: Double { Swift.min(y, y + height) }
  @inlinable public var maxX: Double { Swift.max(x, x + width) }
  @inlinable public var maxY: Double { Swift.max(y, y + height) }

  /// The same area with a non-negative width and height.
  @inlinable public var standardized: Rect { Rect(x: minX, y: minY, width: abs(width), height: abs(height)) }

  /// Whether no area is covered (or a member is NaN).
  @inlinable public var isEmpty: Bool { !(abs(width) > 0 && abs(height) > 0) }
  @inlinable public var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }

  /// The corners in drawing order: top left, top right, bottom right, bottom left (for positive sizes).
  @inlinable public var corners: (Point, Point, Point, Point) {
    (Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height))
  }

  @inlinable public func contains(_ point: Point) -> Bool {
    point.x >= minX && point.x < maxX && point.y >= minY && point.y < maxY
  }

  /// The common part, or nil when there is none.
  @inlinable public func intersection(_ other: Rect) -> Rect? {
    let left = Swift.max(minX, other.minX), right = Swift.min(maxX, other.maxX)
    let top = Swift.max(minY, other.minY), bottom = Swift.min(maxY, other.maxY)
    guard left < right, top < bottom else { return nil }
    return Rect(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// The smallest rectangle that holds both.
  @inlinable public func union(_ other: Rect) -> Rect {
    Rect(
      Point(Swift.min(minX, other.minX), Swift.min(minY, other.minY)),
      Point(Swift.max(maxX, other.maxX), Swift.max(maxY, other.maxY)))
  }

  /// Grown by `margin` on all four sides.
  @inlinable public func insetBy(_ margin: Double) -> Rect {
    Rect(x: minX + margin, y: minY + margin, width: abs(width) - 2 * margin, height: abs(height) - 2 * margin)
  }
}

/// A size in whole pixels; both members are at least 0.
public struct PixelSize: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var width: Int
  public var height: Int

  @inlinable public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  @inlinable public var isEmpty: Bool { width <= 0 || height <= 0 }
}

/// A rectangle of whole pixels: columns `x ..< x + width`, rows `y ..< y + height`.
public struct PixelRect: Equatable, Hashable, Sendable, BitwiseCopyable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  @inlinable public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  @inlinable public init(_ size: PixelSize) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  @inlinable public var maxX: Int { x + width }
  @inlinable public var maxY: Int { y + height }
  @inlinable public var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The common part; empty (width or height 0) when there is none.
  @inlinable public func intersection(_ other: PixelRect) -> PixelRect {
    let left = max(x, other.x), top = max(y, other.y)
    return PixelRect(
      x: left, y: top, width: max(0, min(maxX, other.maxX) - left), height: max(0, min(maxY, other.maxY) - top))
  }

  /// The smallest pixel rectangle that holds `rect`, cut to `bounds`; empty when nothing of it lies inside.
  @inlinable public init(covering rect: Rect, within bounds: PixelRect) {
    let left = max(bounds.x, Int(clamping: rect.minX.rounded(.down)))
    let top = max(bounds.y, Int(clamping: rect.minY.rounded(.down)))
    let right = min(bounds.maxX, Int(clamping: rect.maxX.rounded(.up)))
    let bottom = min(bounds.maxY, Int(clamping: rect.maxY.rounded(.up)))
    self.init(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
  }
}

extension Int {
  /// The integer part of `value`; NaN gives 0, and what is too large the nearest of ±2^52. (Plain conversion traps.)
  @inlinable public init(clamping value: Double) {
    let limit = 4_503_599_627_370_496.0
    self = value.isNaN ? 0 : Int(Swift.min(limit, Swift.max(-limit, value)))
  }
}
