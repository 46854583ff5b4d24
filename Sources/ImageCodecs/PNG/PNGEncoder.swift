// PNG, third edition (https://www.w3.org/TR/png-3/): 8 bits a component, RGB when the picture is opaque, else RGBA.
//
// Rows are filtered and compressed in bands that do not depend on each other beyond a window of already filtered bytes, so
// bands can be made on several threads and joined; the bytes are the same for any number of threads.

import CImageShims
import Drawing
import Glibc
import Synchronization

enum PNGEncoder {
  /// 96 pixels an inch: a CSS pixel.
  private static let pixelsPerMeter: UInt32 = 3780
  /// Filtered bytes a band aims at.
  private static let bandSize = 1 << 20

  static func encode(_ pixmap: Pixmap, effort: PNGEffort, threads: Int) throws(CodecError) -> [UInt8] {
    let isOpaque = StraightAlpha.isOpaque(pixmap)
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let size = bigEndian(UInt32(pixmap.width)) + bigEndian(UInt32(pixmap.height))
    appendChunk("IHDR", size + [8, isOpaque ? 2 : 6, 0, 0, 0], to: &file)
    appendColorSpace(pixmap.colorSpace, effort, to: &file)
    appendChunk("pHYs", bigEndian(pixelsPerMeter) + bigEndian(pixelsPerMeter) + [1], to: &file)

    let layout = BandLayout(pixmap: pixmap, bytesPerPixel: isOpaque ? 3 : 4, bandSize: bandSize)
    let bands = compressedBands(layout, effort, threads: min(max(1, threads), layout.bandCount))
    var adler: UInt32 = 1
    for (index, band) in bands.enumerated() {
      guard let band else { throw .outOfMemory }
      adler = AdlerSum.combined(adler, band.adler, secondLength: band.length)
      var data = index == 0 ? [0x78, 0x9C] + band.bytes : band.bytes
      if index == bands.count - 1 { data += bigEndian(adler) }
      appendChunk("IDAT", data, to: &file)
    }
    appendChunk("IEND", [], to: &file)
    return file
  }

  private static func appendColorSpace(_ space: ColorSpace, _ effort: PNGEffort, to file: inout [UInt8]) {
    switch space {
    case .srgb:
      appendChunk("sRGB", [0], to: &file)
    case .displayP3:
      // cICP (H.273: primaries 12, transfer 13) for new readers, a profile for the others.
      appendChunk("cICP", [12, 13, 0, 1], to: &file)
      appendChunk("iCCP", Array("Display P3".utf8) + [0, 0] + zlibStream(ICCProfile.displayP3, effort), to: &file)
    }
  }

  /// Bytes as a whole zlib stream (RFC 1950).
  static func zlibStream(_ bytes: [UInt8], _ effort: PNGEffort) -> [UInt8] {
    let padded = bytes + [UInt8](repeating: 0, count: Deflater.padding)
    return padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return [] }
      let deflated = Deflater(effort: effort).compress(start, from: 0, count: bytes.count, isLast: true)
      return [0x78, 0x9C] + deflated + bigEndian(zlib_shim_adler32(1, start, bytes.count))
    }
  }

  // MARK: Bands

  /// Nil entries stand for bands for which there was no memory.
  private static func compressedBands(_ layout: BandLayout, _ effort: PNGEffort, threads: Int) -> [PNGBand?] {
    guard threads > 1 else {
      let worker = BandWorker(layout: layout, effort: effort)
      return (0..<layout.bandCount).map { worker?.band($0) }
    }
    let work = SharedBands(layout: layout, effort: effort)
    var handles: [pthread_t] = []
    for _ in 1..<threads {
      var handle = pthread_t()
      let argument = Unmanaged.passRetained(work)
      let status = pthread_create(
        &handle, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<SharedBands>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, argument.toOpaque())
      if status == 0 { handles.append(handle) } else { argument.release() }
    }
    work.run()
    for handle in handles { pthread_join(handle, nil) }
    return work.results
  }

  // MARK: Chunks

  private static func appendChunk(_ type: StaticString, _ data: [UInt8], to file: inout [UInt8]) {
    file.reserveCapacity(file.count + data.count + 12)
    file += bigEndian(UInt32(data.count))
    let start = file.count
    type.withUTF8Buffer { file += $0 }
    file += data
    let sum = file.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { zlib_shim_crc32(0, $0 + start, buffer.count - start) } ?? 0
    }
    file += bigEndian(sum)
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
  }
}

/// One compressed band: a byte-aligned piece of the deflate stream, and the checksum of what it holds.
private struct PNGBand: Sendable {
  let bytes: [UInt8]
  let adler: UInt32
  let length: Int
}

/// How the rows of a picture are cut into bands.
private struct BandLayout: Sendable {
  let pixmap: Pixmap
  let bytesPerPixel: Int
  let rowsPerBand: Int

  init(pixmap: Pixmap, bytesPerPixel: Int, bandSize: Int) {
    self.pixmap = pixmap
    self.bytesPerPixel = bytesPerPixel
    rowsPerBand = max(1, bandSize / (pixmap.width * bytesPerPixel + 1))
  }

  /// Bytes of a row with its filter's number.
  var filteredRowSize: Int { pixmap.width * bytesPerPixel + 1 }
  var bandCount: Int { (pixmap.height + rowsPerBand - 1) / rowsPerBand }
  func rows(of band: Int) -> Range<Int> { band * rowsPerBand..<min(pixmap.height, (band + 1) * rowsPerBand) }
  /// Rows before a band that are filtered again, so that its beginning can refer to them.
  var contextRows: Int { min(rowsPerBand, Deflater.windowSize / filteredRowSize) }
}

/// Makes bands, with memory of its own.
private final class BandWorker {
  private let layout: BandLayout
  private let filter: PNGFilter
  private let deflater: Deflater
  private let filtered: UnsafeMutablePointer<UInt8>
  /// Two rows of straight components, each preceded by a pixel of zeros.
  private let rows: UnsafeMutablePointer<UInt8>
  private let rowStride: Int
  private let wide: UnsafeMutablePointer<UInt8>

  init?(layout: BandLayout, effort: PNGEffort) {
    let rowBytes = layout.pixmap.width * layout.bytesPerPixel
    rowStride = rowBytes + 16
    guard
      let filtered = malloc((layout.rowsPerBand + layout.contextRows) * layout.filteredRowSize + Deflater.padding),
      let rows = calloc(2, rowStride), let wide = malloc(layout.pixmap.width * 4 + 4)
    else { return nil }
    self.layout = layout
    filter = PNGFilter(bytesPerPixel: layout.bytesPerPixel, count: rowBytes)
    deflater = Deflater(effort: effort)
    self.filtered = filtered.assumingMemoryBound(to: UInt8.self)
    self.rows = rows.assumingMemoryBound(to: UInt8.self)
    self.wide = wide.assumingMemoryBound(to: UInt8.self)
  }

  deinit {
    free(filtered)
    free(rows)
    free(wide)
  }

  func band(_ index: Int) -> PNGBand {
    let range = layout.rows(of: index)
    let first = max(0, range.lowerBound - layout.contextRows)
    var current = rows + 16, above = rows + rowStride + 16
    if first > 0 { loadRow(first - 1, above) } else { above.update(repeating: 0, count: rowStride - 16) }
    var offset = 0, start = 0
    for y in first..<range.upperBound {
      if y == range.lowerBound { start = offset }
      loadRow(y, current)
      filter.apply(current, above: above, into: filtered + offset)
      offset += layout.filteredRowSize
      swap(&current, &above)
    }
    let isLast = range.upperBound == layout.pixmap.height
    let bytes = deflater.compress(filtered, from: start, count: offset, isLast: isLast)
    return PNGBand(bytes: bytes, adler: zlib_shim_adler32(1, filtered + start, offset - start), length: offset - start)
  }

  private func loadRow(_ y: Int, _ target: UnsafeMutablePointer<UInt8>) {
    if layout.bytesPerPixel == 4 {
      StraightAlpha.copyRow(y, of: layout.pixmap, into: target)
      return
    }
    // Opaque rows are straight already. Three bytes are kept of four; the fourth written is overwritten by the next pixel.
    let width = layout.pixmap.width
    layout.pixmap.withRow(y) { row in
      for x in 0..<(width - 1) {
        UnsafeMutableRawPointer(target + x * 3).storeBytes(of: row[x], as: UInt32.self)
      }
      let last = row[width - 1], end = target + (width - 1) * 3
      end[0] = UInt8(truncatingIfNeeded: last)
      end[1] = UInt8(truncatingIfNeeded: last >> 8)
      end[2] = UInt8(truncatingIfNeeded: last >> 16)
    }
  }
}

/// Bands that several threads take in turn.
private final class SharedBands: Sendable {
  private let layout: BandLayout
  private let effort: PNGEffort
  private let next = Atomic<Int>(0)
  private let finished: Mutex<[PNGBand?]>

  init(layout: BandLayout, effort: PNGEffort) {
    self.layout = layout
    self.effort = effort
    finished = Mutex([PNGBand?](repeating: nil, count: layout.bandCount))
  }

  var results: [PNGBand?] { finished.withLock { $0 } }

  func run() {
    guard let worker = BandWorker(layout: layout, effort: effort) else { return }
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < layout.bandCount else { return }
      let band = worker.band(index)
      finished.withLock { $0[index] = band }
    }
  }
}

/// The checksum of two joined pieces, from those of the pieces (RFC 1950, section 8.2).
enum AdlerSum {
  private static let base: UInt64 = 65521

  static func combined(_ first: UInt32, _ second: UInt32, secondLength: Int) -> UInt32 {
    let length = UInt64(secondLength) % base
    let a1 = UInt64(first & 0xFFFF), b1 = UInt64(first >> 16), a2 = UInt64(second & 0xFFFF), b2 = UInt64(second >> 16)
    // The second sum began at 1; the first's bytes are counted once more for every byte of the second.
    let a = (a1 + a2 + base - 1) % base
    let b = (b1 + b2 + length * (a1 + base - 1)) % base
    return UInt32(b << 16 | a)
  }
}
