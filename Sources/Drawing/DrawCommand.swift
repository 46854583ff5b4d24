// One drawing operation, complete: no surface needs to remember canvas state.

import Geometry

/// How images are sampled when they are not drawn pixel for pixel.
public enum ImageSmoothing: Sendable {
  case none, low, medium, high
}

/// What is drawn. Coordinates are in user space: the command's transform maps them to canvas space.
public enum DrawOperation: Sendable {
  case fillRect(Rect)
  case strokeRect(Rect, StrokeStyle)
  case fillPath(Path, FillRule)
  case strokePath(Path, StrokeStyle)
  case fillGlyphs([GlyphRun])
  case strokeGlyphs([GlyphRun], StrokeStyle)
  /// The part `source` (in image pixels, inside the image) painted into `destination` (user space, non-negative size).
  case drawImage(ImageSnapshot, source: Rect, destination: Rect)
  /// Transparent black inside the rectangle, subject to transform and clip, not to compositing.
  case clearRect(Rect)
  /// Replaces canvas pixels; ignores transform, clip and compositing (`putImageData`). The pixmap is premultiplied and
  /// never written again; `source` is the part of it that lands with its corner at (`x`, `y`) in canvas pixels.
  case putPixels(ImageSnapshot, source: PixelRect, x: Int, y: Int)
  /// Begins a group that is drawn as one when `endLayer` comes, with the compositing of this command.
  case beginLayer
  case endLayer
}

/// Shadow and filters: rare, so kept behind one reference.
public final class DrawEffects: Sendable {
  public let shadow: Shadow?
  public let filters: [Filter]

  public init(shadow: Shadow?, filters: [Filter]) {
    self.shadow = shadow
    self.filters = filters
  }
}

/// How the drawn shape is combined with the canvas.
public struct Compositing: Sendable {
  /// `globalAlpha`, 0...1.
  public var alpha: Float
  public var compositeOperator: CompositeOperator
  public var smoothing: ImageSmoothing
  /// Nil where neither a shadow nor a filter applies.
  public var effects: DrawEffects?

  @inlinable public init(
    alpha: Float = 1, compositeOperator: CompositeOperator = .sourceOver, smoothing: ImageSmoothing = .low,
    effects: DrawEffects? = nil
  ) {
    self.alpha = alpha
    self.compositeOperator = compositeOperator
    self.smoothing = smoothing
    self.effects = effects
  }
}

/// A complete drawing operation.
public struct DrawCommand: Sendable {
  public var operation: DrawOperation
  /// Ignored by images, `clearRect` and `putPixels`.
  public var paint: Paint
  /// User space → canvas space.
  public var transform: AffineTransform
  public var clip: ClipStack?
  public var compositing: Compositing

  @inlinable public init(
    operation: DrawOperation, paint: Paint = .color(.black), transform: AffineTransform = .identity, clip: ClipStack? = nil,
    compositing: Compositing = Compositing()
  ) {
    self.operation = operation
    self.paint = paint
    self.transform = transform
    self.clip = clip
    self.compositing = compositing
  }
}
