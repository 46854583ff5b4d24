// Canvases with more pixels than units (--scale): scripts see units, the picture shows pixels.

import Drawing
import Geometry
import Raster

/// A raster surface whose pixels are finer than canvas units. What scripts read back, or draw elsewhere, is in units.
final class ScaledSurface: DrawingSurface {
  private let raster: RasterSurface
  private var unitSnapshot: ImageSnapshot?

  init?(size: PixelSize, settings: SurfaceSettings, options: RasterOptions) {
    guard let raster = RasterSurface(size: size, settings: settings, options: options) else { return nil }
    self.raster = raster
  }

  var size: PixelSize { raster.size }
  var settings: SurfaceSettings { raster.settings }

  func draw(_ command: DrawCommand) {
    unitSnapshot = nil
    raster.draw(command)
  }

  func pixels(in rect: PixelRect) -> Pixmap? { raster.pixels(in: rect) }

  func snapshot() -> ImageSnapshot? {
    if let unitSnapshot { return unitSnapshot }
    let whole = PixelRect(x: 0, y: 0, width: size.width, height: size.height)
    unitSnapshot = pixels(in: whole).map { ImageSnapshot(pixmap: $0, isOpaque: settings.isOpaque) }
    return unitSnapshot
  }

  /// The picture with all its pixels.
  func deviceSnapshot() -> ImageSnapshot? { raster.snapshot() }
}
