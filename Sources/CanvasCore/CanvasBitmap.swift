// The pixels that a canvas and its rendering context share.

import Drawing
import Geometry

/// A bitmap whose surface is made when it is first drawn on. Owned by a canvas and its context together, so that a context
/// may outlive its canvas object.
public final class CanvasBitmap {
  public let environment: CanvasEnvironment
  public private(set) var size: PixelSize
  public private(set) var settings: SurfaceSettings
  /// False once pixels of another origin were drawn; the bitmap can then not be read.
  public internal(set) var isOriginClean = true
  /// Nil until something is drawn or read, and where the bitmap is empty or was refused.
  // Safe: read and replaced as a whole by the one thread that draws.
  @safe @exclusivity(unchecked) public private(set) var surface: (any DrawingSurface)?
  private var surfaceWasRefused = false

  init(size: PixelSize, settings: SurfaceSettings = SurfaceSettings(), environment: CanvasEnvironment) {
    self.size = size
    self.settings = settings
    self.environment = environment
  }

  /// The surface, made now if need be; nil where the bitmap has no pixels.
  public func openSurface() -> (any DrawingSurface)? {
    if let surface { return surface }
    guard !size.isEmpty, !surfaceWasRefused else { return nil }
    surface = environment.allows(size) ? environment.makeSurface(size, settings) : nil
    if surface == nil {
      surfaceWasRefused = true
      environment.limitReached?(.bitmapTooLarge(size))
    }
    return surface
  }

  @inline(__always) func draw(_ command: DrawCommand) {
    if let surface {
      surface.draw(command)
    } else {
      openSurface()?.draw(command)
    }
  }

  /// Makes the bitmap blank, with a new size or new settings if given.
  func reset(size newSize: PixelSize? = nil, settings newSettings: SurfaceSettings? = nil) {
    isOriginClean = true
    let newSize = newSize ?? size, newSettings = newSettings ?? settings
    if newSize == size, newSettings == settings {
      let all = Rect(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
      surface?.draw(DrawCommand(operation: .clearRect(all)))
      return
    }
    size = newSize
    settings = newSettings
    surface = nil
    surfaceWasRefused = false
  }

  /// Gives the surface away and leaves a blank one of the same kind to be made (`transferToImageBitmap`, lost contexts).
  func removeSurface() {
    surface = nil
    surfaceWasRefused = false
    isOriginClean = true
  }

  /// The picture as it is now; blank pixels for a bitmap that nothing was drawn on. Nil where it has no pixels.
  public func snapshot() -> ImageSnapshot? {
    openSurface()?.snapshot()
  }

  /// The same with all pixels that the surface has for a canvas unit.
  public func detailedSnapshot() -> ImageSnapshot? { openSurface()?.detailedSnapshot() }
}
