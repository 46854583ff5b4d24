// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#imagedata

import Drawing

/// How the members of an ImageData's array stand for colours; raw values are those of `ImageDataPixelFormat`.
public enum ImageDataPixelFormat: String, Sendable, CaseIterable {
  /// A Uint8ClampedArray.
  case unorm8 = "rgba-unorm8"
  /// A Float16Array.
  case float16 = "rgba-float16"

  public var bytesPerComponent: Int { self == .unorm8 ? 1 : 2 }
  var bytesPerPixel: Int { 4 * bytesPerComponent }
}

/// ImageDataSettings; nil where a default applies.
public struct ImageDataSettings: Equatable, Sendable {
  public var colorSpace: ColorSpace?
  public var pixelFormat: ImageDataPixelFormat?

  public init(colorSpace: ColorSpace? = nil, pixelFormat: ImageDataPixelFormat? = nil) {
    self.colorSpace = colorSpace
    self.pixelFormat = pixelFormat
  }
}

/// Pixels in straight alpha, row by row from the top left.
public final class ImageData {
  /// In pixels, at least 1.
  public let width: Int
  public let height: Int
  public let colorSpace: ColorSpace
  public let pixelFormat: ImageDataPixelFormat
  /// The memory of the array; the pixels begin at `byteOffset`.
  public let bytes: PixelBytes
  public let byteOffset: Int

  /// Transparent black. Throws for a size of 0 and where there is no memory.
  public init(
    width: Int, height: Int, settings: ImageDataSettings = ImageDataSettings(), defaultColorSpace: ColorSpace = .srgb,
    maximumPixels: Int = 268_435_456
  ) throws(CanvasError) {
    guard width > 0 else { throw .indexSize("The width of an ImageData must not be 0.") }
    guard height > 0 else { throw .indexSize("The height of an ImageData must not be 0.") }
    let format = settings.pixelFormat ?? .unorm8
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= maximumPixels, let bytes = PixelBytes(count: pixels * format.bytesPerPixel) else {
      throw .range("There is no memory for an ImageData of \(width) × \(height) pixels.")
    }
    self.width = width
    self.height = height
    colorSpace = settings.colorSpace ?? defaultColorSpace
    pixelFormat = format
    self.bytes = bytes
    byteOffset = 0
  }

  /// Over the memory of a script's array of `length` members. `height` is checked where it is given.
  public init(
    bytes: PixelBytes, byteOffset: Int = 0, length: Int, width: Int, height: Int? = nil,
    settings: ImageDataSettings = ImageDataSettings()
  ) throws(CanvasError) {
    let format = settings.pixelFormat ?? .unorm8
    guard byteOffset >= 0, length >= 0, length <= bytes.count, byteOffset + length * format.bytesPerComponent <= bytes.count
    else { throw .invalidState("The array is detached or too short.") }
    guard length > 0, length % 4 == 0 else {
      throw .invalidState("The length of the array, \(length), is not a positive multiple of 4.")
    }
    guard width > 0, length / 4 % width == 0 else {
      throw .indexSize("The length of the array, \(length), is not a multiple of 4 times the width, \(width).")
    }
    let rows = length / 4 / width
    guard height == nil || height == rows else {
      throw .indexSize("The length of the array, \(length), is not 4 times the width, \(width), times the height.")
    }
    self.width = width
    self.height = rows
    colorSpace = settings.colorSpace ?? .srgb
    pixelFormat = format
    self.bytes = bytes
    self.byteOffset = byteOffset
  }

  /// How many members the array has.
  public var length: Int { width * height * 4 }
}
