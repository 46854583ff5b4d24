// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#dom-createimagebitmap

import Drawing
import Geometry

/// What createImageBitmap makes pictures of.
public enum ImageBitmapSource {
  case image(CanvasImageSource)
  case imageData(ImageData)
  /// A Blob, decoded by the caller.
  case decoded(ImageSnapshot)
}

/// ImageBitmapOptions, as far as they change the picture. Alpha is always premultiplied; colours keep their space until drawn.
public struct ImageBitmapOptions: Equatable, Sendable {
  public enum ResizeQuality: String, Sendable, CaseIterable {
    case pixelated, low, medium, high
  }

  /// `imageOrientation: "flipY"`.
  public var flipsVertically = false
  public var resizeWidth: Int?
  public var resizeHeight: Int?
  public var resizeQuality = ResizeQuality.low

  public init() {}
}

extension ImageBitmap {
  /// The picture of a source, or of a part of it (negative sizes reach back). What is thrown rejects the promise.
  public static func make(
    from source: ImageBitmapSource, cropping crop: (sx: Int, sy: Int, sw: Int, sh: Int)? = nil,
    options: ImageBitmapOptions = ImageBitmapOptions(), environment: CanvasEnvironment
  ) throws(CanvasError) -> ImageBitmap {
    // 1. – 3.
    if let crop, crop.sw == 0 || crop.sh == 0 { throw .range("The width and height of the part must not be 0.") }
    if options.resizeWidth ?? 1 <= 0 || options.resizeHeight ?? 1 <= 0 {
      throw .invalidState("The new width and height must not be 0.")
    }
    let (snapshot, isOriginClean) = try picture(of: source, environment)
    return ImageBitmap(
      snapshot: try cropped(snapshot, crop, options, environment), isOriginClean: isOriginClean)
  }

  private static func picture(
    of source: ImageBitmapSource, _ environment: CanvasEnvironment
  ) throws(CanvasError) -> (ImageSnapshot, isOriginClean: Bool) {
    switch source {
    case .image(let image):
      // Asking such a canvas for its pixels would end the run; here the script can be told.
      if case .canvas(let canvas) = image, !environment.allows(PixelSize(width: canvas.width, height: canvas.height)) {
        throw .invalidState("A canvas of \(canvas.width) × \(canvas.height) pixels is too large for a bitmap.")
      }
      guard try image.checkUsability(), let snapshot = image.snapshot() else {
        throw .invalidState("The image is not loaded.")
      }
      return (snapshot, image.isOriginClean)
    case .imageData(let data):
      let all = PixelRect(x: 0, y: 0, width: data.width, height: data.height)
      guard let pixmap = data.premultipliedPixels(in: all, format: .rgba8, space: data.colorSpace, isOpaque: false) else {
        throw .invalidState("There is no memory for the bitmap.")
      }
      return (ImageSnapshot(pixmap: pixmap), true)
    case .decoded(let snapshot):
      return (snapshot, true)
    }
  }

  /// "Crop bitmap data to the source rectangle with formatting".
  private static func cropped(
    _ snapshot: ImageSnapshot, _ crop: (sx: Int, sy: Int, sw: Int, sh: Int)?, _ options: ImageBitmapOptions,
    _ environment: CanvasEnvironment
  ) throws(CanvasError) -> ImageSnapshot {
    let all = Rect(x: 0, y: 0, width: Double(snapshot.width), height: Double(snapshot.height))
    // 2. 3.
    let source =
      crop.map { Rect(x: Double($0.sx), y: Double($0.sy), width: Double($0.sw), height: Double($0.sh)).standardized } ?? all
    // 4. 5. One missing side follows the other.
    let width: Double, height: Double
    switch (options.resizeWidth, options.resizeHeight) {
    case (let newWidth?, let newHeight?): (width, height) = (Double(newWidth), Double(newHeight))
    case (let newWidth?, nil):
      (width, height) = (Double(newWidth), (source.height * Double(newWidth) / source.width).rounded(.up))
    case (nil, let newHeight?):
      (width, height) = ((source.width * Double(newHeight) / source.height).rounded(.up), Double(newHeight))
    case (nil, nil): (width, height) = (source.width, source.height)
    }
    let isWhole = source == all && width == all.width && height == all.height
    if isWhole, !options.flipsVertically { return snapshot }
    let size = PixelSize(width: Int(clamping: width), height: Int(clamping: height))
    guard environment.allows(size),
      let surface = environment.makeSurface(size, SurfaceSettings(colorSpace: snapshot.pixmap.colorSpace))
    else { throw .invalidState("A bitmap of \(size.width) × \(size.height) pixels is too large.") }
    // 6. – 9. What lies outside the image stays transparent black.
    if let cut = source.intersection(all) {
      let scaleX = width / source.width, scaleY = height / source.height
      let destination = Rect(
        x: (cut.x - source.x) * scaleX, y: (cut.y - source.y) * scaleY, width: cut.width * scaleX, height: cut.height * scaleY)
      let flip = AffineTransform(a: 1, b: 0, c: 0, d: -1, e: 0, f: height)
      surface.draw(
        DrawCommand(
          operation: .drawImage(snapshot, source: cut, destination: destination),
          transform: options.flipsVertically ? flip : .identity,
          compositing: Compositing(smoothing: options.resizeQuality.smoothing(isResized: scaleX != 1 || scaleY != 1))))
    }
    guard let result = surface.snapshot() else { throw .invalidState("There is no memory for the bitmap.") }
    return result
  }
}

extension ImageBitmapOptions.ResizeQuality {
  fileprivate func smoothing(isResized: Bool) -> ImageSmoothing {
    guard isResized else { return .none }
    switch self {
    case .pixelated: return .none
    case .low: return .low
    case .medium: return .medium
    case .high: return .high
    }
  }
}
