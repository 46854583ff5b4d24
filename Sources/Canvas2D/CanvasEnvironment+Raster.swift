// Canvases that draw pixels and write files.

import CanvasCore
import Drawing
import Geometry
import ImageCodecs
import Raster

extension CanvasEnvironment {
  /// Makes the surface of a canvas of this size.
  public typealias RasterSurfaceFactory = (PixelSize, SurfaceSettings, RasterOptions) -> (any DrawingSurface)?

  /// An environment whose canvases have pixels and can be encoded. Texts need fonts besides: see `textShaping`.
  ///
  /// - Parameter makeSurface: for surfaces other than plain raster ones.
  public static func raster(
    _ options: RasterOptions = RasterOptions(),
    makeSurface: @escaping RasterSurfaceFactory = { size, settings, options in
      settings.usesFloatPixels
        ? FloatRasterSurface(size: size, settings: settings, options: options)
        : RasterSurface(size: size, settings: settings, options: options)
    }
  ) -> CanvasEnvironment {
    let environment = CanvasEnvironment { size, settings in makeSurface(size, settings, options) }
    environment.encodeImage = { snapshot, mimeType, quality in
      let wanted = ImageFormat(mimeType: mimeType).flatMap { ImageEncoder.formats.contains($0) ? $0 : nil } ?? .png
      let bytes = try? ImageEncoder.encode(snapshot.pixmap, as: wanted, options: ImageEncodeOptions(quality: quality))
      return bytes.map { EncodedImage(mimeType: wanted.mimeType, bytes: $0) }
    }
    return environment
  }
}
