// Code points of UTF-16 text that may hold lone surrogates, which stand for themselves.

/// Steps through UTF-16 units by code point.
enum CodePoints {
  /// The code point at a position before the end, and the position behind it.
  @inline(__always)
  static func at(_ position: Int, in units: [UInt16]) -> (point: UInt32, behind: Int) {
    units.withUnsafeBufferPointer { at(position, in: $0) }
  }

  /// The code point at a position before the end, and the position behind it.
  @inline(__always)
  static func at(_ position: Int, in units: UnsafeBufferPointer<UInt16>) -> (point: UInt32, behind: Int) {
    let lead = units[position]
    if lead & 0xFC00 == 0xD800, position + 1 < units.count, units[position + 1] & 0xFC00 == 0xDC00 {
      return (combine(lead, units[position + 1]), position + 2)
    }
    return (UInt32(lead), position + 1)
  }

  /// The code point before a position after the start, and where it begins.
  static func before(_ position: Int, in units: [UInt16]) -> (point: UInt32, start: Int) {
    let trail = units[position - 1]
    if trail & 0xFC00 == 0xDC00, position >= 2, units[position - 2] & 0xFC00 == 0xD800 {
      return (combine(units[position - 2], trail), position - 2)
    }
    return (UInt32(trail), position - 1)
  }

  /// Appends one or two units.
  static func append(_ point: UInt32, to units: inout [UInt16]) {
    if point > 0xFFFF {
      units.append(UInt16(truncatingIfNeeded: 0xD7C0 + (point >> 10)))
      units.append(UInt16(truncatingIfNeeded: 0xDC00 | point & 0x3FF))
    } else {
      units.append(UInt16(truncatingIfNeeded: point))
    }
  }

  static func combine(_ lead: UInt16, _ trail: UInt16) -> UInt32 {
    0x10000 + (UInt32(lead & 0x3FF) << 10 | UInt32(trail & 0x3FF))
  }

  /// String.prototype.isWellFormed: no lone surrogates.
  static func isWellFormed(_ units: UnsafeBufferPointer<UInt16>) -> Bool {
    var position = 0
    while position < units.count {
      let (point, behind) = at(position, in: units)
      if point & 0xFFFFF800 == 0xD800 { return false }
      position = behind
    }
    return true
  }

  /// String.prototype.toWellFormed: lone surrogates become U+FFFD.
  static func wellFormed(_ units: [UInt16]) -> [UInt16] {
    var result = units
    var position = 0
    while position < units.count {
      let (point, behind) = at(position, in: units)
      if point & 0xFFFFF800 == 0xD800 { result[position] = 0xFFFD }
      position = behind
    }
    return result
  }

  /// What String.prototype.trim and its halves keep.
  static func trimmed<Unit: FixedWidthInteger & UnsignedInteger>(
    _ units: UnsafeBufferPointer<Unit>, start trimsStart: Bool = true, end trimsEnd: Bool = true
  ) -> Range<Int> {
    var start = 0
    var end = units.count
    if trimsStart {
      while start < end, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(units[start])) { start += 1 }
    }
    if trimsEnd {
      while end > start, NumberParsing.isWhiteSpaceOrLineTerminator(UInt32(units[end - 1])) { end -= 1 }
    }
    return start..<end
  }
}
