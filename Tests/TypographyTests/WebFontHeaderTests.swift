// What web fonts claim about their size is read, not believed.

import CHarfBuzz
import Testing

@testable import Typography

@Suite struct WebFontHeaderTests {
  private func big(_ value: UInt32, _ size: Int = 4) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt32((size - 1 - $0) * 8)) }
  }

  private func size(_ bytes: [UInt8]) -> Int? {
    let blob = bytes.withUnsafeBytes { buffer in
      hb_blob_create(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(buffer.count), HB_MEMORY_MODE_DUPLICATE, nil, nil)
    }
    defer { hb_blob_destroy(blob) }
    return blob.flatMap { WebFontHeader($0)?.unpackedSize }
  }

  /// The fields of both formats' headers up to the size of the whole.
  private func head(_ signature: String, count: UInt32, total: UInt32) -> [UInt8] {
    let parts: [[UInt8]] = [Array(signature.utf8), [0, 1, 0, 0], big(0), big(count, 2), [0, 0], big(total)]
    return parts.flatMap { $0 }
  }

  private func woff(total: UInt32, tables: [UInt32]) -> [UInt8] {
    var bytes = head("wOFF", count: UInt32(tables.count), total: total)
    bytes += [UInt8](repeating: 0, count: 24)
    for size in tables {
      let entry: [[UInt8]] = [Array("glyf".utf8), big(64), big(20), big(size), big(0)]
      bytes += entry.flatMap { $0 }
    }
    return bytes
  }

  private func woff2(total: UInt32, count: UInt32, directory: [UInt8]) -> [UInt8] {
    var bytes = head("wOF2", count: count, total: total)
    bytes += [UInt8](repeating: 0, count: 28)
    return bytes + directory
  }

  @Test func theLargerClaimCounts() {
    #expect(size(woff(total: 1000, tables: [300, 200])) == 1000)
    #expect(size(woff(total: 1000, tables: [0xFFFF_FFFF, 0xFFFF_FFFF])) == 0x1_FFFF_FFFE)
  }

  @Test func transformedTablesCountTwice() {
    // glyf (10) of version 0 has a transformed length, head (1) has none, and 63 is followed by a tag.
    let directory: [UInt8] = [10, 0x81, 0x00, 0x7F, 1, 54, 0x3F] + Array("COLR".utf8) + [5]
    #expect(size(woff2(total: 0, count: 3, directory: directory)) == 128 + 127 + 54 + 5)
    #expect(size(woff2(total: 0, count: 1, directory: [0xC0 | 10, 0x7F])) == 127)
  }

  @Test func directoriesThatEndTooSoonAreRefused() {
    #expect(size(Array(woff(total: 1, tables: [1, 1]).dropLast(8))) == nil)
    #expect(size(woff2(total: 1, count: 2, directory: [1, 54])) == nil)
    #expect(size(woff2(total: 1, count: 1, directory: [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])) == nil)
    #expect(size(Array("wOFF".utf8)) == nil)
  }

  @Test func fontsThatClaimToBeHugeAreRefused() {
    let library = FontLibrary(includesSystemFonts: false)
    #expect(throws: FontError.notAFont("huge")) {
      try library.addFontData(woff(total: 0xFFFF_FFFF, tables: [0xFFFF_FF00]), name: "huge")
    }
  }
}
