// Numbers of a font file.

import CHarfBuzz

/// One table of a face, kept alive.
final class FontTable: @unchecked Sendable {
  // Safe: immutable, reference counted by HarfBuzz with atomic operations, released in deinit.
  private let blob: OpaquePointer
  fileprivate let bytes: UnsafeRawBufferPointer

  /// Nil when the face has no such table.
  init?(_ tag: FontTag, of face: OpaquePointer) {
    guard let blob = hb_face_reference_table(face, tag.value) else { return nil }
    var length: UInt32 = 0
    guard let data = hb_blob_get_data(blob, &length), length > 0 else {
      hb_blob_destroy(blob)
      return nil
    }
    self.blob = blob
    bytes = UnsafeRawBufferPointer(start: data, count: Int(length))
  }

  deinit { hb_blob_destroy(blob) }
}

/// Reads big-endian numbers of a table; nil beyond its end.
struct ByteCursor: Sendable {
  private let table: FontTable

  init(_ table: FontTable) { self.table = table }

  var count: Int { table.bytes.count }

  func unsigned8(_ offset: Int) -> UInt8? {
    offset >= 0 && offset < count ? table.bytes[offset] : nil
  }

  func unsigned16(_ offset: Int) -> UInt16? {
    guard offset >= 0, offset <= count - 2 else { return nil }
    return UInt16(table.bytes[offset]) << 8 | UInt16(table.bytes[offset + 1])
  }

  func unsigned24(_ offset: Int) -> Int? {
    guard let high = unsigned8(offset), let low = unsigned16(offset + 1) else { return nil }
    return Int(high) << 16 | Int(low)
  }

  func unsigned32(_ offset: Int) -> UInt32? {
    guard let high = unsigned16(offset), let low = unsigned16(offset + 2) else { return nil }
    return UInt32(high) << 16 | UInt32(low)
  }

  func signed16(_ offset: Int) -> Int16? { unsigned16(offset).map { Int16(bitPattern: $0) } }

  /// A number of 1, 2 or 4 bytes.
  func signed(_ offset: Int, size: Int) -> Double? {
    switch size {
    case 1: unsigned8(offset).map { Double(Int8(bitPattern: $0)) }
    case 2: signed16(offset).map { Double($0) }
    default: unsigned32(offset).map { Double(Int32(bitPattern: $0)) }
    }
  }

  /// 2.14 bits.
  func fraction(_ offset: Int) -> Double? { signed16(offset).map { Double($0) / 16384 } }

  /// 16.16 bits.
  func fixed(_ offset: Int) -> Double? { unsigned32(offset).map { Double(Int32(bitPattern: $0)) / 65536 } }
}
