/// A place in the bytes of a script that moves forward. Beyond the end it reads zeros; `isAtEnd` tells those from real NULs.
struct ByteCursor {
  let bytes: [UInt8]
  var position: Int

  init(_ bytes: [UInt8], position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  @inline(__always) var isAtEnd: Bool { position >= bytes.count }

  @inline(__always) var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  func peek(_ distance: Int) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  @inline(__always)
  mutating func advance(_ distance: Int = 1) {
    position += distance
  }

  /// Moves past `byte` if it is next.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte, !isAtEnd else { return false }
    position += 1
    return true
  }

  /// The code point here; the cursor must not be at the end.
  func scalar() -> (scalar: UInt32, length: Int) {
    CodePoints.decode(bytes, at: position)
  }

  /// The length of the line end here (CR LF is two bytes), or 0.
  func lineEndLength() -> Int {
    switch current {
    case 0x0A: return 1
    case 0x0D: return peek(1) == 0x0A ? 2 : 1
    case 0xE2: return peek(1) == 0x80 && (peek(2) == 0xA8 || peek(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
