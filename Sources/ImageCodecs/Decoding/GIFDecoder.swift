// The first frame of a GIF, after the GIF89a specification (CompuServe, 1990).

import Drawing

enum GIFDecoder {
  static func decode(_ bytes: [UInt8], limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    var parser = GIFParser(file: ByteReader(bytes))
    return try parser.parse(limits)
  }
}

private struct GIFParser {
  let file: ByteReader
  private var offset = 6
  private var globalPalette: [UInt32] = []
  private var transparentIndex: Int?

  init(file: ByteReader) { self.file = file }

  mutating func parse(_ limits: DecodeLimits) throws(CodecError) -> DecodedImage {
    guard let screenWidth = file.u16(6), let screenHeight = file.u16(8), let flags = file.byte(10) else {
      throw .malformed(.gif, detail: "the header is incomplete")
    }
    offset = 13
    if flags & 0x80 != 0 { globalPalette = readPalette(bits: flags & 7) }
    try skipToImage()
    guard let left = file.u16(offset), let top = file.u16(offset + 2), let width = file.u16(offset + 4),
      let height = file.u16(offset + 6), let imageFlags = file.byte(offset + 8)
    else { throw .malformed(.gif, detail: "the frame is incomplete") }
    offset += 9
    // As in browsers, a first frame that is larger than the screen enlarges the screen.
    let canvasWidth = max(screenWidth, left + width), canvasHeight = max(screenHeight, top + height)
    try limits.check(width: canvasWidth, height: canvasHeight, format: .gif)
    try limits.check(width: width, height: height, format: .gif)
    let palette = imageFlags & 0x80 != 0 ? readPalette(bits: imageFlags & 7) : globalPalette
    guard let codeSize = file.byte(offset), (2...11).contains(codeSize) else {
      throw .malformed(.gif, detail: "the code size is impossible")
    }
    offset += 1
    var decoder = GIFCodes(file: file, offset: offset, minimumCodeSize: Int(codeSize))
    let indices = decoder.decode(count: width * height)
    guard !indices.isEmpty else { throw .malformed(.gif, detail: "the frame has no pixels") }
    guard let pixmap = Pixmap(width: canvasWidth, height: canvasHeight) else { throw .outOfMemory }
    paint(indices, palette, into: pixmap, left: left, top: top, width: width, height: height, isInterlaced: imageFlags & 0x40 != 0)
    return DecodedImage(
      pixmap: pixmap, isOpaque: StraightAlpha.isOpaque(pixmap), format: .gif, orientation: .upright,
      isPartial: indices.count < width * height)
  }

  /// Packed opaque colours. Entries that the file does not hold are missing, and paint nothing.
  private mutating func readPalette(bits: UInt8) -> [UInt32] {
    let count = 2 << Int(bits)
    var palette: [UInt32] = []
    for index in 0..<count {
      guard let red = file.byte(offset + index * 3), let green = file.byte(offset + index * 3 + 1),
        let blue = file.byte(offset + index * 3 + 2)
      else { break }
      palette.append(0xFF00_0000 | UInt32(blue) << 16 | UInt32(green) << 8 | UInt32(red))
    }
    offset += count * 3
    return palette
  }

  /// Leaves `offset` after the introducer of the first image.
  private mutating func skipToImage() throws(CodecError) {
    while let introducer = file.byte(offset) {
      offset += 1
      switch introducer {
      case 0x2C: return
      case 0x21: skipExtension()
      case 0x3B: throw .malformed(.gif, detail: "it holds no frame")
      default: break  // Stray bytes between blocks are skipped, as browsers do.
      }
    }
    throw .malformed(.gif, detail: "it ends before the first frame")
  }

  private mutating func skipExtension() {
    if file.byte(offset) == 0xF9, let flags = file.byte(offset + 2), let index = file.byte(offset + 5) {
      transparentIndex = flags & 1 != 0 ? Int(index) : nil
    }
    offset += 1
    while let length = file.byte(offset), length > 0 { offset += 1 + Int(length) }
    offset += 1
  }

  private func paint(
    _ indices: [UInt8], _ palette: [UInt32], into pixmap: Pixmap, left: Int, top: Int, width: Int, height: Int,
    isInterlaced: Bool
  ) {
    let rows = isInterlaced ? interlacedRows(height) : Array(0..<height)
    for (sourceRow, y) in rows.enumerated() {
      let start = sourceRow * width
      guard start < indices.count else { return }
      let count = min(width, indices.count - start)
      pixmap.withRow(top + y) { row in
        for x in 0..<count {
          let index = Int(indices[start + x])
          if index != transparentIndex, index < palette.count { row[left + x] = palette[index] }
        }
      }
    }
  }

  private func interlacedRows(_ height: Int) -> [Int] {
    Array(stride(from: 0, to: height, by: 8)) + Array(stride(from: 4, to: height, by: 8))
      + Array(stride(from: 2, to: height, by: 4)) + Array(stride(from: 1, to: height, by: 2))
  }
}

/// The variable-length LZW codes of one frame, read out of its sub-blocks.
private struct GIFCodes {
  let file: ByteReader
  private var offset: Int
  private var blockRemaining = 0
  private var bits = 0
  private var bitCount = 0
  private let minimumCodeSize: Int

  init(file: ByteReader, offset: Int, minimumCodeSize: Int) {
    self.file = file
    self.offset = offset
    self.minimumCodeSize = minimumCodeSize
  }

  /// At most `count` palette indices; fewer when the data end early or make no sense.
  mutating func decode(count: Int) -> [UInt8] {
    let clear = 1 << minimumCodeSize, end = clear + 1
    var prefix = [UInt16](repeating: 0, count: 4096), suffix = [UInt8](repeating: 0, count: 4096)
    for code in 0..<min(clear, 256) { suffix[code] = UInt8(code) }
    var stack = [UInt8](repeating: 0, count: 4097)
    var output: [UInt8] = []
    // Grown as data arrive: a tiny file may claim a huge frame.
    output.reserveCapacity(min(count, file.count * 64))
    var codeSize = minimumCodeSize + 1, next = clear + 2, previous = -1, first: UInt8 = 0
    while output.count < count, let code = readCode(codeSize), code != end {
      if code == clear {
        codeSize = minimumCodeSize + 1
        next = clear + 2
        previous = -1
        continue
      }
      if previous < 0 {
        guard code < clear else { break }
        first = suffix[code]
        output.append(first)
        previous = code
        continue
      }
      guard code <= next, code < 4096 else { break }
      var depth = 0, current = code
      if code == next {
        // The one code that may be used before it is defined: the previous string and its own first byte.
        stack[depth] = first
        depth += 1
        current = previous
      }
      while current >= clear + 2, depth < 4096 {
        stack[depth] = suffix[current]
        depth += 1
        current = Int(prefix[current])
      }
      guard current < clear else { break }
      first = suffix[current]
      output.append(first)
      while depth > 0, output.count < count {
        depth -= 1
        output.append(stack[depth])
      }
      if next < 4096 {
        prefix[next] = UInt16(previous)
        suffix[next] = first
        next += 1
        if next == 1 << codeSize, codeSize < 12 { codeSize += 1 }
      }
      previous = code
    }
    return output
  }

  private mutating func readCode(_ size: Int) -> Int? {
    while bitCount < size {
      if blockRemaining == 0 {
        guard let length = file.byte(offset), length > 0 else { return nil }
        blockRemaining = Int(length)
        offset += 1
      }
      guard let byte = file.byte(offset) else { return nil }
      offset += 1
      blockRemaining -= 1
      bits |= Int(byte) << bitCount
      bitCount += 8
    }
    let code = bits & (1 << size - 1)
    bits >>= size
    bitCount -= size
    return code
  }
}
