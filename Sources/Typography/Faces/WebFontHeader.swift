// What a web font says about its size once it is unpacked (https://www.w3.org/TR/WOFF/, https://www.w3.org/TR/WOFF2/).

import CHarfBuzz

/// Read before anything is unpacked: the unpacker takes the file's word for how much memory to get.
struct WebFontHeader {
  /// In bytes: the larger of what is said of the whole and of all tables.
  private(set) var unpackedSize = 0

  /// Nil when the file is no web font, or ends within its directory of tables.
  init?(_ blob: OpaquePointer) {
    var length: UInt32 = 0
    guard let data = hb_blob_get_data(blob, &length), length >= 44 else { return nil }
    // Safe: HarfBuzz vouches for `length` bytes while the caller keeps the blob.
    let bytes = UnsafeRawBufferPointer(start: data, count: Int(length))
    func number(_ offset: Int, _ size: Int) -> Int? {
      guard offset + size <= bytes.count else { return nil }
      return bytes[offset..<(offset + size)].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let signature = number(0, 4), let tableCount = number(12, 2), let total = number(16, 4) else { return nil }
    var tables = 0
    if signature == 0x774F_4646 {  // wOFF
      for index in 0..<tableCount {
        guard let size = number(44 + index * 20 + 12, 4) else { return nil }
        tables += size
      }
    } else {
      var offset = 48
      /// A length in digits of seven bits, at most five of them.
      func length() -> Int? {
        var value = 0
        for _ in 0..<5 {
          guard let byte = number(offset, 1) else { return nil }
          offset += 1
          value = value << 7 | byte & 0x7F
          if byte & 0x80 == 0 { return value }
        }
        return nil
      }
      for _ in 0..<tableCount {
        guard let flags = number(offset, 1) else { return nil }
        offset += flags & 0x3F == 0x3F ? 5 : 1
        guard let size = length() else { return nil }
        tables += size
        // The tables 10 and 11, glyf and loca, are transformed unless their version is 3, all others if theirs is not 0.
        let version = flags >> 6, isGlyphs = flags & 0x3F == 10 || flags & 0x3F == 11
        if isGlyphs ? version != 3 : version != 0 {
          guard let transformed = length() else { return nil }
          tables += transformed
        }
      }
    }
    unpackedSize = max(total, tables)
  }
}
