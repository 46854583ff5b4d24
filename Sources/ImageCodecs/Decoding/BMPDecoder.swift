// Windows bitmaps, after the descriptions of BITMAPCOREHEADER, BITMAPINFOHEADER and its later versions.

import Drawing

enum BMPDecoder {
  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    let file = ByteReader(bytes)
    guard let pixelOffset = file.u32(10) else { throw .malformed(.bmp, detail: "the header is incomplete") }
    let bitmap = try DeviceIndependentBitmap(file.window(14), pixelOffset: pixelOffset - 14, format: .bmp)
    try limits.check(width: bitmap.width, height: bitmap.height, format: .bmp)
    guard let pixmap = Pixmap(width: bitmap.width, height: bitmap.height) else { throw .outOfMemory }
    let isPartial = bitmap.draw(into: pixmap)
    let isOpaque = StraightAlpha.premultiply(pixmap)
    return DecodedImage(pixmap: pixmap, isOpaque: isOpaque, format: .bmp, orientation: .upright, isPartial: isPartial)
  }
}

/// The part of a bitmap file after its file header; icons hold it without one.
struct DeviceIndependentBitmap {
  let width: Int
  /// Of the picture; an icon's mask, which doubles the stored height, is not counted.
  let height: Int
  let bitsPerPixel: Int
  private let data: ByteReader
  private let isTopDown: Bool
  private let compression: Int
  private let palette: [UInt32]
  private let masks: [UInt32]
  private let pixelOffset: Int

  /// `pixelOffset` counts from the start of `data`; nil means directly after the palette.
  init(_ data: ByteReader, pixelOffset: Int?, format: ImageFormat, hasMask: Bool = false) throws(CodecError) {
    guard let headerSize = data.u32(0), headerSize >= 12 else { throw .malformed(format, detail: "the header is incomplete") }
    let isCore = headerSize < 40
    let storedWidth = isCore ? data.u16(4) : data.i32(4)
    let storedHeight = isCore ? data.u16(6) : data.i32(8)
    guard let storedWidth, let storedHeight, let depth = data.u16(isCore ? 10 : 14), storedWidth > 0,
      storedHeight != 0, abs(storedHeight) < 1 << 30, storedWidth < 1 << 30
    else { throw .malformed(format, detail: "the header is incomplete") }
    guard [1, 2, 4, 8, 16, 24, 32].contains(depth) else { throw .malformed(format, detail: "\(depth) bits a pixel") }
    let compression = isCore ? 0 : data.u32(16) ?? 0
    // Uncompressed, two run-length codes, colour masks, colour and alpha masks.
    guard [0, 1, 2, 3, 6].contains(compression) else { throw .unsupported(format, detail: "compression \(compression)") }
    guard compression != 1 || depth == 8, compression != 2 || depth == 4 else {
      throw .malformed(format, detail: "\(depth) bits a pixel with compression \(compression)")
    }
    width = storedWidth
    height = hasMask ? abs(storedHeight) / 2 : abs(storedHeight)
    bitsPerPixel = depth
    isTopDown = storedHeight < 0
    self.data = data
    self.compression = compression

    var paletteOffset = headerSize
    masks = Self.readMasks(data, headerSize: headerSize, depth: depth, compression: compression)
    if headerSize == 40, compression == 3 || compression == 6 { paletteOffset += compression == 6 ? 16 : 12 }
    let entrySize = isCore ? 3 : 4
    var count = depth <= 8 ? 1 << depth : 0
    if depth <= 8, !isCore, let used = data.u32(32), used > 0 { count = min(count, used) }
    var palette: [UInt32] = []
    for index in 0..<count {
      let offset = paletteOffset + index * entrySize
      guard let blue = data.byte(offset), let green = data.byte(offset + 1), let red = data.byte(offset + 2) else { break }
      palette.append(0xFF00_0000 | UInt32(blue) << 16 | UInt32(green) << 8 | UInt32(red))
    }
    self.palette = palette
    self.pixelOffset = pixelOffset ?? paletteOffset + count * entrySize
  }

  /// Masks of red, green, blue, alpha; an alpha mask of 0 means opaque.
  private static func readMasks(_ data: ByteReader, headerSize: Int, depth: Int, compression: Int) -> [UInt32] {
    if compression == 3 || compression == 6 {
      let hasAlpha = headerSize >= 56 || compression == 6
      return (0..<4).map { $0 < 3 || hasAlpha ? UInt32(data.u32(40 + $0 * 4) ?? 0) : 0 }
    }
    return depth == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0x00FF_0000, 0x0000_FF00, 0x0000_00FF, 0]
  }

  private var bytesPerRow: Int { (width * bitsPerPixel + 31) / 32 * 4 }

  /// Where the mask of an icon begins.
  var maskOffset: Int { pixelOffset + bytesPerRow * height }

  func maskBit(_ x: Int, _ y: Int) -> Bool {
    let offset = maskOffset + (height - 1 - y) * ((width + 31) / 32 * 4) + x / 8
    return (data.byte(offset) ?? 0) >> (7 - UInt8(x & 7)) & 1 == 1
  }

  /// Writes straight pixels; `pixmap` has the picture's size. Returns whether data were missing.
  func draw(into pixmap: Pixmap, usesFourthByteAsAlpha: Bool = false) -> Bool {
    if compression == 1 || compression == 2 { return drawRuns(into: pixmap) }
    let alphaMask = usesFourthByteAsAlpha && bitsPerPixel == 32 && masks[3] == 0 ? 0xFF00_0000 : masks[3]
    let channels = [masks[0], masks[1], masks[2], alphaMask].map(ChannelMask.init)
    for row in 0..<height {
      let start = pixelOffset + row * bytesPerRow
      guard data.byte(start + (width * bitsPerPixel + 7) / 8 - 1) != nil else { return true }
      pixmap.withRow(isTopDown ? row : height - 1 - row) { target in
        for x in 0..<width { target[x] = pixel(x, rowStart: start, channels) }
      }
    }
    return false
  }

  private func pixel(_ x: Int, rowStart: Int, _ channels: [ChannelMask]) -> UInt32 {
    switch bitsPerPixel {
    case 16: return masked(UInt32(data.u16(rowStart + x * 2) ?? 0), channels)
    case 32: return masked(UInt32(data.u32(rowStart + x * 4) ?? 0), channels)
    case 24:
      let offset = rowStart + x * 3
      let blue = UInt32(data.byte(offset) ?? 0), green = UInt32(data.byte(offset + 1) ?? 0), red = UInt32(data.byte(offset + 2) ?? 0)
      return 0xFF00_0000 | blue << 16 | green << 8 | red
    default:
      let bit = x * bitsPerPixel
      let byte = Int(data.byte(rowStart + bit / 8) ?? 0)
      let index = byte >> (8 - bitsPerPixel - bit % 8) & (1 << bitsPerPixel - 1)
      return index < palette.count ? palette[index] : 0xFF00_0000
    }
  }

  private func masked(_ value: UInt32, _ channels: [ChannelMask]) -> UInt32 {
    let alpha = channels[3].mask == 0 ? 255 : channels[3].component(value)
    return alpha << 24 | channels[2].component(value) << 16 | channels[1].component(value) << 8 | channels[0].component(value)
  }

  /// Run-length coded rows, bottom up. Pixels that no run reaches stay transparent.
  private func drawRuns(into pixmap: Pixmap) -> Bool {
    var offset = pixelOffset, x = 0, y = height - 1
    func put(_ index: Int) {
      if x < width, y >= 0 { pixmap[x, y] = index < palette.count ? palette[index] : 0xFF00_0000 }
      x += 1
    }
    while y >= 0 {
      guard let count = data.byte(offset), let value = data.byte(offset + 1) else { return true }
      offset += 2
      if count > 0 {
        for index in 0..<Int(count) { put(bitsPerPixel == 8 ? Int(value) : nibble(value, index)) }
        continue
      }
      switch value {
      case 0:
        x = 0
        y -= 1
      case 1: return false
      case 2:
        guard let dx = data.byte(offset), let dy = data.byte(offset + 1) else { return true }
        x += Int(dx)
        y -= Int(dy)
        offset += 2
      default:
        let byteCount = bitsPerPixel == 8 ? Int(value) : (Int(value) + 1) / 2
        for index in 0..<Int(value) {
          guard let byte = data.byte(offset + (bitsPerPixel == 8 ? index : index / 2)) else { return true }
          put(bitsPerPixel == 8 ? Int(byte) : nibble(byte, index))
        }
        offset += (byteCount + 1) & ~1
      }
    }
    return false
  }

  private func nibble(_ byte: UInt8, _ index: Int) -> Int { Int(index & 1 == 0 ? byte >> 4 : byte & 15) }
}

/// Some bits of a pixel that together are one component.
private struct ChannelMask {
  let mask: UInt32
  private let shift: UInt32
  private let maximum: UInt32

  init(_ mask: UInt32) {
    self.mask = mask
    shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
    maximum = mask == 0 ? 0 : mask >> shift
  }

  /// The component as 0...255.
  func component(_ value: UInt32) -> UInt32 {
    guard maximum > 0 else { return 0 }
    return UInt32(min(255, (UInt64((value & mask) >> shift) * 255 + UInt64(maximum) / 2) / UInt64(maximum)))
  }
}
