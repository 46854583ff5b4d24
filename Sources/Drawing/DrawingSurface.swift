// Where commands go. Conformers: RecordingSurface here, RasterSurface, SVGSurface, PDFSurface.

import Geometry

/// What a canvas asks of its surface when it is made.
public struct SurfaceSettings: Equatable, Sendable {
  /// Whether the bitmap starts opaque black and stays opaque (`alpha: false`).
  public var isOpaque: Bool
  public var colorSpace: ColorSpace
  /// Float components instead of bytes (`colorType: 'float16'`).
  public var usesFloatPixels: Bool

  public init(isOpaque: Bool = false, colorSpace: ColorSpace = .srgb, usesFloatPixels: Bool = false) {
    self.isOpaque = isOpaque
    self.colorSpace = colorSpace
    self.usesFloatPixels = usesFloatPixels
  }
}

/// Takes commands in order and remembers pixels or objects, never canvas state. Used by one thread at a time.
public protocol DrawingSurface: AnyObject {
  /// In canvas units, one of which is a pixel of `pixels(in:)`.
  var size: PixelSize { get }
  var settings: SurfaceSettings { get }

  func draw(_ command: DrawCommand)

  /// The premultiplied pixels of a part (transparent black outside the surface), after all commands so far; nil where the
  /// surface has no pixels or no memory for them.
  func pixels(in rect: PixelRect) -> Pixmap?

  /// The whole picture as it is now; later commands do not change it. Cheap: pixels are copied only if drawing goes on.
  func snapshot() -> ImageSnapshot?

  /// The same with all pixels of a surface whose pixels are finer than its units.
  func detailedSnapshot() -> ImageSnapshot?
}

extension DrawingSurface {
  public func detailedSnapshot() -> ImageSnapshot? { snapshot() }
}

/// Makes the surface of a canvas; nil when the size is refused or memory is short.
public typealias SurfaceFactory = (PixelSize, SurfaceSettings) -> (any DrawingSurface)?
