// Between the straight alpha of ImageData and the premultiplied pixels of surfaces.

import Drawing
import Geometry

extension ImageData {
  /// Fills the pixels from a premultiplied pixmap of the same size, which becomes straight and of this object's colour space.
  func copyPixels(from pixmap: Pixmap) {
    let rows = min(height, pixmap.height), columns = min(width, pixmap.width)
    let needsConversion = pixmap.colorSpace != colorSpace
    // Safe: the buffer is used inside the closure only, within the pixels of this object.
    unsafe bytes.withBytes { buffer in
      for y in 0..<rows {
        let offset = byteOffset + y * width * pixelFormat.bytesPerPixel
        if pixmap.format == .rgba8, pixelFormat == .unorm8, !needsConversion {
          // Safe: the row lies inside the block, whose size is `width * height` pixels.
          let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<offset + columns * 4])
          unsafe pixmap.withRow(y) { row in
            unsafe PixelRows.unpremultiply(UnsafeRawBufferPointer(row), into: target)
          }
        } else {
          for x in 0..<columns {
            var color = pixmap.straightColor(x, y)
            if needsConversion { color = color.converted(to: colorSpace) }
            // Safe: as above.
            unsafe store(color, in: buffer, at: offset + x * pixelFormat.bytesPerPixel)
          }
        }
      }
    }
  }

  /// A premultiplied copy of a part, in the space and format of a canvas; nil when there is no memory for it.
  func premultipliedPixels(in rect: PixelRect, format: PixelFormat, space: ColorSpace, isOpaque: Bool) -> Pixmap? {
    guard let pixmap = Pixmap(width: rect.width, height: rect.height, format: format, colorSpace: space, isCleared: false)
    else { return nil }
    let needsConversion = space != colorSpace
    // Safe: the buffer is used inside the closure only, within the pixels of this object.
    unsafe bytes.withBytes { buffer in
      for y in 0..<rect.height {
        let offset = byteOffset + ((rect.y + y) * width + rect.x) * pixelFormat.bytesPerPixel
        if format == .rgba8, pixelFormat == .unorm8, !needsConversion {
          // Safe: the caller's rectangle lies inside the image.
          let source = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + rect.width * 4])
          unsafe pixmap.withRow(y) { row in
            unsafe PixelRows.premultiply(source, into: UnsafeMutableRawBufferPointer(row), opaque: isOpaque)
          }
        } else {
          for x in 0..<rect.width {
            // Safe: as above.
            var color = unsafe load(from: buffer, at: offset + x * pixelFormat.bytesPerPixel)
            if isOpaque { color.alpha = 1 }
            if needsConversion { color = color.converted(to: space) }
            pixmap.setStraightColor(color, x, y)
          }
        }
      }
    }
    return pixmap
  }

  private func load(from buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Color {
    func component(_ index: Int) -> Float {
      switch pixelFormat {
      case .unorm8: return unsafe Float(buffer[offset + index]) / 255
      case .float16:
        // Safe: callers pass offsets of whole pixels inside the block.
        let bits = unsafe buffer.loadUnaligned(fromByteOffset: offset + index * 2, as: UInt16.self)
        let value = HalfFloat.float(bits)
        return value.isNaN ? 0 : value
      }
    }
    return Color(
      red: component(0), green: component(1), blue: component(2), alpha: max(0, min(1, component(3))), space: colorSpace)
  }

  private func store(_ color: Color, in buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
    let components = (color.red, color.green, color.blue, color.alpha)
    func put(_ value: Float, _ index: Int) {
      switch pixelFormat {
      case .unorm8: unsafe buffer[offset + index] = UInt8(max(0, min(255, (value * 255).rounded())))
      case .float16:
        // Safe: callers pass offsets of whole pixels inside the block.
        unsafe buffer.storeBytes(of: HalfFloat.bits(value), toByteOffset: offset + index * 2, as: UInt16.self)
      }
    }
    put(components.0, 0)
    put(components.1, 1)
    put(components.2, 2)
    put(components.3, 3)
  }
}

extension Pixmap {
  fileprivate func straightColor(_ x: Int, _ y: Int) -> Color {
    switch format {
    case .rgba8:
      let pixel = PixelRows.straight(self[x, y])
      var color = Color(
        red8: UInt8(pixel & 255), green8: UInt8(pixel >> 8 & 255), blue8: UInt8(pixel >> 16 & 255), alpha8: UInt8(pixel >> 24))
      color.space = colorSpace
      return color
    case .rgbaFloat:
      return unsafe withFloatRow(y) { row in
        // Safe: rows have four components for each column.
        let alpha = unsafe row[4 * x + 3]
        guard alpha > 0 else { return Color(red: 0, green: 0, blue: 0, alpha: 0, space: colorSpace) }
        return unsafe Color(
          red: row[4 * x] / alpha, green: row[4 * x + 1] / alpha, blue: row[4 * x + 2] / alpha, alpha: alpha, space: colorSpace)
      }
    }
  }

  fileprivate func setStraightColor(_ color: Color, _ x: Int, _ y: Int) {
    switch format {
    case .rgba8:
      func byte(_ value: Float) -> UInt32 { UInt32(max(0, min(255, (value * 255).rounded()))) }
      self[x, y] = PixelRows.premultiplied(
        byte(color.red) | byte(color.green) << 8 | byte(color.blue) << 16 | byte(color.alpha) << 24)
    case .rgbaFloat:
      unsafe withFloatRow(y) { row in
        // Safe: rows have four components for each column.
        unsafe row[4 * x] = color.red * color.alpha
        unsafe row[4 * x + 1] = color.green * color.alpha
        unsafe row[4 * x + 2] = color.blue * color.alpha
        unsafe row[4 * x + 3] = color.alpha
      }
    }
  }
}

/// IEEE 754 half precision, in code because not every processor's Swift has `Float16`.
enum HalfFloat {
  static func float(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 != 0 ? -1 : 1
    let exponent = Int(bits >> 10 & 31), fraction = Float(bits & 1023)
    switch exponent {
    case 0: return sign * fraction / 16_777_216
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }

  /// Rounded to nearest, ties to even.
  static func bits(_ value: Float) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    let magnitude = abs(value)
    if value.isNaN { return 0x7E00 }
    if magnitude >= 65520 { return sign | 0x7C00 }
    if magnitude < 6.103515625e-05 {
      return sign | UInt16((magnitude * 16_777_216).rounded(.toNearestOrEven))
    }
    let exponent = Int(magnitude.exponent)
    let scaled = (magnitude / Float(sign: .plus, exponent: exponent, significand: 1) * 1024).rounded(.toNearestOrEven)
    // A carry out of the fraction raises the exponent by itself.
    return sign | UInt16((exponent + 15) << 10) + UInt16(scaled - 1024)
  }
}
