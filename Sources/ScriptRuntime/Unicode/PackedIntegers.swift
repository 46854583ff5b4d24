// The text form in which generated tables travel: compact in the repository, cheap to compile, decoded in microseconds.

/// Reads the unsigned numbers of a packed table in order. The encoding is described in `Tools/unicode/generate_tables.py`.
struct PackedIntegers {
  private let text: StaticString
  private var offset = 0

  init(_ text: StaticString) {
    self.text = text
  }

  /// The next number, or nil at the end of the table.
  mutating func next() -> Int? {
    let start = text.utf8Start
    let count = text.utf8CodeUnitCount
    var result = 0
    var shift = 0
    while offset < count {
      let byte = start[offset]
      offset += 1
      guard let digit = PackedIntegers.digit(byte) else { continue }
      result |= (digit & 31) << shift
      shift += 5
      if digit < 32 { return result }
    }
    return nil
  }

  /// The next number, its sign in the lowest bit.
  mutating func nextSigned() -> Int? {
    guard let number = next() else { return nil }
    return number & 1 == 0 ? number >> 1 : -(number >> 1) - 1
  }

  /// nil for the line breaks between digits.
  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 65...90: Int(byte) - 65
    case 97...122: Int(byte) - 71
    case 48...57: Int(byte) + 4
    case 43: 62
    case 45: 63
    default: nil
    }
  }
}
