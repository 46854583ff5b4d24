// Numbers out of bytes, where every look-up may fall outside.

/// A window on bytes. Offsets count from the window's start; what lies outside reads as nil.
struct ByteReader {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  var count: Int { bytes.count }

  @inline(__always) func byte(_ offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
  }

  func u16(_ offset: Int, bigEndian: Bool = false) -> Int? {
    guard let first = byte(offset), let second = byte(offset + 1) else { return nil }
    return bigEndian ? Int(first) << 8 | Int(second) : Int(second) << 8 | Int(first)
  }

  func u32(_ offset: Int, bigEndian: Bool = false) -> Int? {
    guard let first = u16(offset, bigEndian: bigEndian), let second = u16(offset + 2, bigEndian: bigEndian) else { return nil }
    return bigEndian ? first << 16 | second : second << 16 | first
  }

  /// Signed, as BMP stores heights.
  func i32(_ offset: Int) -> Int? {
    u32(offset).map { Int(Int32(truncatingIfNeeded: $0)) }
  }

  /// The window from `offset` of at most `length` bytes, cut to what is there.
  func window(_ offset: Int, _ length: Int = .max) -> ByteReader {
    guard offset >= 0, offset <= bytes.count, length >= 0 else { return ByteReader(bytes[bytes.startIndex..<bytes.startIndex]) }
    let start = bytes.startIndex + offset
    return ByteReader(bytes[start..<(start + min(length, bytes.count - offset))])
  }

  func starts(with text: StaticString, at offset: Int = 0) -> Bool {
    text.withUTF8Buffer { pattern in
      for index in 0..<pattern.count where byte(offset + index) != pattern[index] { return false }
      return true
    }
  }
}
