// How much the numbers of paints change at a place of the design space
// (https://learn.microsoft.com/typography/opentype/spec/otvarcommonformats#item-variation-store).

/// The deltas of a COLR table for one instance of a variable face. Damaged tables change nothing.
struct PaintVariations {
  /// Stands for "does not vary".
  static let none: UInt32 = 0xFFFF_FFFF
  private static let mostRegions = 4096

  private let cursor: ByteCursor
  private let map: Int
  private let store: Int
  /// How much of each region's deltas holds here, 0...1.
  private let regionScalars: [Double]

  /// `map` and `store` are offsets from the table's start, 0 where there is none; `coordinates` are normalised, -1...1.
  init(_ cursor: ByteCursor, map: Int, store: Int, coordinates: [Double]) {
    self.cursor = cursor
    self.map = map
    self.store = store
    let isVaried = store > 0 && coordinates.contains { $0 != 0 }
    regionScalars = isVaried ? PaintVariations.regionScalars(cursor, store, coordinates) : []
  }

  /// The change of the number that is `index` places after `base`, in the unit in which the table has that number.
  func delta(_ base: UInt32, _ index: Int) -> Double {
    guard !regionScalars.isEmpty, base != PaintVariations.none else { return 0 }
    let (sum, isTooLarge) = base.addingReportingOverflow(UInt32(clamping: index))
    guard !isTooLarge, let entry = entry(Int(sum)) else { return 0 }
    return delta(outer: entry >> 16, inner: entry & 0xFFFF)
  }

  /// The number of a row of deltas: its table in the upper half, its place there in the lower.
  private func entry(_ index: Int) -> Int? {
    guard map > 0 else { return index }
    guard let format = cursor.unsigned8(map), let shape = cursor.unsigned8(map + 1) else { return nil }
    let count = format == 0 ? cursor.unsigned16(map + 2).map { Int($0) } : cursor.unsigned32(map + 2).map { Int($0) }
    guard let count, count > 0 else { return nil }
    let size = Int(shape >> 4 & 3) + 1, innerBits = Int(shape & 15) + 1
    // Beyond the end the last one holds.
    let place = map + (format == 0 ? 4 : 6) + min(index, count - 1) * size
    var value = 0
    for byte in 0..<size {
      guard let next = cursor.unsigned8(place + byte) else { return nil }
      value = value << 8 | Int(next)
    }
    return (value >> innerBits) << 16 | value & ((1 << innerBits) - 1)
  }

  private func delta(outer: Int, inner: Int) -> Double {
    guard let count = cursor.unsigned16(store + 6), outer < Int(count), let offset = cursor.unsigned32(store + 8 + outer * 4)
    else { return 0 }
    let data = store + Int(offset)
    guard let items = cursor.unsigned16(data), inner < Int(items), let words = cursor.unsigned16(data + 2),
      let columns = cursor.unsigned16(data + 4)
    else { return 0 }
    let isLong = words & 0x8000 != 0, wide = min(Int(words & 0x7FFF), Int(columns))
    let (wideSize, narrowSize) = isLong ? (4, 2) : (2, 1)
    var place = data + 6 + Int(columns) * 2 + inner * (wide * wideSize + (Int(columns) - wide) * narrowSize)
    var sum = 0.0
    for column in 0..<Int(columns) {
      let size = column < wide ? wideSize : narrowSize
      guard let region = cursor.unsigned16(data + 6 + column * 2), let value = cursor.signed(place, size: size) else { return 0 }
      if Int(region) < regionScalars.count { sum += value * regionScalars[Int(region)] }
      place += size
    }
    return sum
  }

  private static func regionScalars(_ cursor: ByteCursor, _ store: Int, _ coordinates: [Double]) -> [Double] {
    guard let offset = cursor.unsigned32(store + 2) else { return [] }
    let list = store + Int(offset)
    guard let axes = cursor.unsigned16(list), let count = cursor.unsigned16(list + 2), Int(axes) <= 64 else { return [] }
    return (0..<min(Int(count), mostRegions)).map { region in
      var scalar = 1.0
      for axis in 0..<Int(axes) {
        let place = list + 4 + (region * Int(axes) + axis) * 6
        guard let start = cursor.fraction(place), let peak = cursor.fraction(place + 2), let end = cursor.fraction(place + 4)
        else { return 0 }
        scalar *= tent(axis < coordinates.count ? coordinates[axis] : 0, start, peak, end)
      }
      return scalar
    }
  }

  /// 1 at the peak, falling to 0 at both ends; regions that make no sense do not restrict.
  private static func tent(_ value: Double, _ start: Double, _ peak: Double, _ end: Double) -> Double {
    if start > peak || peak > end || start < 0 && end > 0 && peak != 0 || peak == 0 || value == peak { return 1 }
    if value <= start || value >= end { return 0 }
    return value < peak ? (value - start) / (peak - start) : (end - value) / (end - peak)
  }
}

/// Reads the numbers of one paint as they are at a place of the design space.
struct PaintFields {
  let cursor: ByteCursor
  let variations: PaintVariations
  /// The number of the paint's first delta.
  let base: UInt32

  init(_ cursor: ByteCursor, _ variations: PaintVariations, base: UInt32?) {
    self.cursor = cursor
    self.variations = variations
    self.base = base ?? PaintVariations.none
  }

  /// 2.14 bits. `index` counts the paint's numbers.
  func fraction(_ offset: Int, _ index: Int) -> Double? {
    cursor.fraction(offset).map { $0 + variations.delta(base, index) / 16384 }
  }

  /// Font units.
  func units(_ offset: Int, _ index: Int) -> Double? {
    cursor.signed16(offset).map { Double($0) + variations.delta(base, index) }
  }

  /// Font units that are never negative in the file.
  func length(_ offset: Int, _ index: Int) -> Double? {
    cursor.unsigned16(offset).map { Double($0) + variations.delta(base, index) }
  }

  /// 16.16 bits.
  func fixed(_ offset: Int, _ index: Int) -> Double? {
    cursor.fixed(offset).map { $0 + variations.delta(base, index) / 65536 }
  }
}
