/// Collects UTF-16 code units, one byte each until one does not fit.
struct StringBuilder {
  private var narrow: [UInt8] = []
  private var wide: [UInt16] = []
  private var isWide = false

  var value: StringValue { isWide ? .utf16(wide) : .latin1(narrow) }

  mutating func append(unit: UInt16) {
    if isWide {
      wide.append(unit)
    } else if unit < 0x100 {
      narrow.append(UInt8(truncatingIfNeeded: unit))
    } else {
      wide.reserveCapacity(narrow.count + 16)
      wide = narrow.map(UInt16.init)
      wide.append(unit)
      narrow = []
      isWide = true
    }
  }

  /// Appends one or two code units.
  mutating func append(scalar: UInt32) {
    if scalar < 0x10000 {
      append(unit: UInt16(truncatingIfNeeded: scalar))
    } else {
      let offset = scalar - 0x10000
      append(unit: UInt16(truncatingIfNeeded: 0xD800 + (offset >> 10)))
      append(unit: UInt16(truncatingIfNeeded: 0xDC00 + (offset & 0x3FF)))
    }
  }
}
