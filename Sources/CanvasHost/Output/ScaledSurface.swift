// Canvases with more pixels than units (--scale): scripts see units, the picture shows pixels.

import Drawing
import Geometry
import Raster

/// A raster surface whose pixels are finer than canvas units. What scripts read back is in units;
/// what they draw on other canvases keeps all pixels.
final class ScaledSurface: DrawingSurface {
  private let raster: any DrawingSurface
  private var unitSnapshot: ImageSnapshot?

  init?(size: PixelSize, settings: SurfaceSettings, options: RasterOptions) {
    let raster: (any DrawingSurface)? =
      settings.usesFloatPixels
      ? FloatRasterSurface(size: size, settings: settings, options: options)
      : RasterSurface(size: size, settings: settings, options: options)
    guard let raster else { return nil }
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
    guard let units = pixels(in: whole) else { return nil }
    if units.format == .rgbaFloat {
      unitSnapshot = units.bytes().map { ImageSnapshot(pixmap: $0, isOpaque: settings.isOpaque, floatPixmap: units) }
    } else {
      unitSnapshot = ImageSnapshot(pixmap: units, isOpaque: settings.isOpaque)
    }
    return unitSnapshot
  }

  func detailedSnapshot() -> ImageSnapshot? { raster.snapshot() }
}
