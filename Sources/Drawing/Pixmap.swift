// Memory of pixels, and its one door: rows opened in a closure.

import Geometry
import Glibc

/// How a pixmap stores a pixel. Colour components are premultiplied by alpha in both.
public enum PixelFormat: Sendable {
  /// Four bytes, in memory order red, green, blue, alpha (a little-endian `UInt32` 0xAABBGGRR).
  case rgba8
  /// Four 32-bit floats red, green, blue, alpha; components may leave 0...1.
  case rgbaFloat
}

/// A rectangle of premultiplied pixels, owned by this object and freed with it. Starts out transparent black.
///
/// Shared between threads only while nobody writes; who writes is decided by the owner (a surface, a decoder).
@safe public final class Pixmap: @unchecked Sendable {
  public let width: Int
  public let height: Int
  public let format: PixelFormat
  public let colorSpace: ColorSpace
  /// Distance between rows in bytes; a multiple of 16.
  public let bytesPerRow: Int
  // Safe: allocated in init for `height * bytesPerRow` bytes and freed in deinit only.
  private let base: UnsafeMutableRawPointer

  /// Nil when the size is empty or its memory cannot be had. Who is about to write every pixel may do without clear ones.
  public init?(
    width: Int, height: Int, format: PixelFormat = .rgba8, colorSpace: ColorSpace = .srgb, isCleared: Bool = true
  ) {
    guard width > 0, height > 0, width <= 1 << 30, height <= 1 << 30 else { return nil }
    let bytesPerRow = (width * format.bytesPerPixel + 15) & ~15
    let (byteCount, overflow) = bytesPerRow.multipliedReportingOverflow(by: height)
    guard !overflow, byteCount <= 1 << 40, let base = unsafe PixelMemory.allocate(byteCount, isCleared: isCleared) else { return nil }
    self.width = width
    self.height = height
    self.format = format
    self.colorSpace = colorSpace
    self.bytesPerRow = bytesPerRow
    unsafe self.base = base
  }

  deinit { unsafe PixelMemory.free(base, count: byteCount) }

  public var size: PixelSize { PixelSize(width: width, height: height) }
  public var byteCount: Int { bytesPerRow * height }

  /// Opens row `y` (0..<height) as packed pixels; the format must be `.rgba8`. The buffer is valid inside `body` only.
  @inlinable public func withRow<Result, Failure: Error>(
    _ y: Int, _ body: (UnsafeMutableBufferPointer<UInt32>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(format == .rgba8)
    return try unsafe body(UnsafeMutableBufferPointer(start: rowAddress(y).assumingMemoryBound(to: UInt32.self), count: width))
  }

  /// Opens row `y` (0..<height) as float components, four a pixel; the format must be `.rgbaFloat`.
  @inlinable public func withFloatRow<Result, Failure: Error>(
    _ y: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(format == .rgbaFloat)
    return try unsafe body(UnsafeMutableBufferPointer(start: rowAddress(y).assumingMemoryBound(to: Float.self), count: width * 4))
  }

  /// The first byte of row `y`; checked against the height because every row access passes here.
  public func rowAddress(_ y: Int) -> UnsafeMutableRawPointer {
    precondition(y >= 0 && y < height)
    return unsafe base + y * bytesPerRow
  }

  /// An independent copy, or nil when there is no memory for it.
  public func copy() -> Pixmap? {
    guard let result = Pixmap(width: width, height: height, format: format, colorSpace: colorSpace, isCleared: false)
    else { return nil }
    unsafe memcpy(result.base, base, byteCount)
    return result
  }

  /// Packed premultiplied RGBA at a place, for tests and single look-ups.
  public subscript(x: Int, y: Int) -> UInt32 {
    get { unsafe withRow(y) { row in unsafe row[x] } }
    set { unsafe withRow(y) { row in unsafe row[x] = newValue } }
  }
}

extension PixelFormat {
  @inlinable public var bytesPerPixel: Int { self == .rgba8 ? 4 : 16 }
}
