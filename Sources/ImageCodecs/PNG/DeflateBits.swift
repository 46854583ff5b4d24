// The bit stream of deflate, and its codes for lengths and distances.

import Glibc

/// Bits, lowest first, into memory that grows.
struct DeflateBits {
  private var bytes: UnsafeMutablePointer<UInt8>?
  private var capacity = 0
  private var count = 0
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// Makes room for `more` bytes and the pending bits.
  mutating func reserve(_ more: Int) {
    let needed = count + more + 16
    guard needed > capacity else { return }
    capacity = max(needed, capacity * 2)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    if let bytes {
      grown.update(from: bytes, count: count)
      bytes.deallocate()
    }
    bytes = grown
  }

  mutating func write(_ value: UInt64, _ bitCount: Int) {
    reserve(8)
    writeReserved(value, bitCount)
  }

  /// Writes up to 48 bits where `reserve` has been called before.
  @inline(__always) mutating func writeReserved(_ value: UInt64, _ bitCount: Int) {
    guard let bytes else { return }
    pending |= value << UInt64(pendingCount)
    pendingCount &+= bitCount
    UnsafeMutableRawPointer(bytes + count).storeBytes(of: pending.littleEndian, as: UInt64.self)
    let whole = pendingCount >> 3
    count &+= whole
    // Two steps: 64 is no legal shift for a bit count of exactly 64, which the 48 bits above rule out.
    pending = pending >> UInt64(whole << 3)
    pendingCount &= 7
  }

  mutating func alignToByte() {
    if pendingCount > 0 { write(0, 8 - pendingCount) }
  }

  /// Length, its complement and the bytes; the stream must be aligned.
  mutating func writeStored(_ source: UnsafePointer<UInt8>, _ length: Int) {
    write(UInt64(length) | UInt64(~length & 0xFFFF) << 16, 32)
    reserve(length)
    guard let bytes else { return }
    memcpy(bytes + count, source, length)
    count += length
  }

  /// Ends on a byte boundary without ending the stream.
  mutating func writeEmptyStoredBlock() {
    write(0, 3)
    alignToByte()
    write(0xFFFF_0000, 32)
  }

  /// The bytes so far; the stream starts anew.
  mutating func takeBytes() -> [UInt8] {
    guard let bytes else { return [] }
    let result = Array(UnsafeBufferPointer(start: bytes, count: count))
    bytes.deallocate()
    self = DeflateBits()
    return result
  }
}

/// RFC 1951, section 3.2.5, computed rather than looked up.
enum DeflateCodes {
  /// Code 0...28 of a length 3...258, and its extra bits.
  @inline(__always) static func lengthCode(_ length: Int) -> (code: Int, extra: Int, extraBits: Int) {
    let value = length &- 3
    if value < 8 { return (value, 0, 0) }
    if value == 255 { return (28, 0, 0) }
    let extraBits = 61 &- value.leadingZeroBitCount
    return (extraBits << 2 &+ value >> extraBits, value & (1 << extraBits &- 1), extraBits)
  }

  /// Code 0...29 of a distance 1...32768, and its extra bits.
  @inline(__always) static func distanceCode(_ distance: Int) -> (code: Int, extra: Int, extraBits: Int) {
    let value = distance &- 1
    if value < 4 { return (value, 0, 0) }
    let extraBits = 62 &- value.leadingZeroBitCount
    return (extraBits << 1 &+ value >> extraBits, value & (1 << extraBits &- 1), extraBits)
  }

  static func extraLengthBits(_ code: Int) -> Int { code < 8 || code >= 28 ? 0 : code / 4 - 1 }
  static func extraDistanceBits(_ code: Int) -> Int { code < 4 ? 0 : code / 2 - 1 }
}
