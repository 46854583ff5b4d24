// Which way up a camera held the picture.

import Drawing

/// The EXIF orientation; raw values are those of the tag (TIFF 6.0, tag 274).
public enum ImageOrientation: UInt8, Sendable, CaseIterable {
  case upright = 1
  case mirrored, upsideDown, mirroredUpsideDown, mirroredTurnedLeft, turnedRight, mirroredTurnedRight, turnedLeft

  /// Whether width and height change places.
  public var swapsSides: Bool { rawValue >= 5 }

  /// An upright copy.
  func applied(to pixmap: Pixmap) throws(CodecError) -> Pixmap {
    let width = pixmap.width, height = pixmap.height
    let result = Pixmap(width: swapsSides ? height : width, height: swapsSides ? width : height, colorSpace: pixmap.colorSpace)
    guard let result else { throw .outOfMemory }
    for y in 0..<result.height {
      result.withRow(y) { row in
        for x in 0..<row.count {
          let (sourceX, sourceY) = source(x, y, width, height)
          row[x] = pixmap[sourceX, sourceY]
        }
      }
    }
    return result
  }

  /// Where the upright pixel (x, y) lies in a stored picture of the given size.
  private func source(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> (Int, Int) {
    switch self {
    case .upright: (x, y)
    case .mirrored: (width - 1 - x, y)
    case .upsideDown: (width - 1 - x, height - 1 - y)
    case .mirroredUpsideDown: (x, height - 1 - y)
    case .mirroredTurnedLeft: (y, x)
    case .turnedRight: (y, height - 1 - x)
    case .mirroredTurnedRight: (width - 1 - y, height - 1 - x)
    case .turnedLeft: (width - 1 - y, x)
    }
  }

  /// Reads the orientation out of a TIFF structure, as EXIF stores it; nil when there is none.
  init?(tiff: ByteReader) {
    let bigEndian: Bool
    switch (tiff.byte(0), tiff.byte(1)) {
    case (0x4D, 0x4D): bigEndian = true
    case (0x49, 0x49): bigEndian = false
    default: return nil
    }
    guard tiff.u16(2, bigEndian: bigEndian) == 42, let directory = tiff.u32(4, bigEndian: bigEndian),
      let count = tiff.u16(directory, bigEndian: bigEndian)
    else { return nil }
    for entry in 0..<count {
      let offset = directory + 2 + entry * 12
      guard let tag = tiff.u16(offset, bigEndian: bigEndian) else { return nil }
      if tag == 274, let value = tiff.u16(offset + 8, bigEndian: bigEndian), value <= 8 {
        self.init(rawValue: UInt8(value))
        return
      }
    }
    return nil
  }
}
