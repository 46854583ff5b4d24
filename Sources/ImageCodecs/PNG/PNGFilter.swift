// The choice of a filter for each row of a PNG (https://www.w3.org/TR/png-3/#9Filters).
//
// The row with the least sum of absolute differences is taken, as the specification recommends.

/// Filters rows; owns the scratch rows that it compares. Rows are preceded by `bytesPerPixel` zero bytes.
final class PNGFilter {
  private let bytesPerPixel: Int
  private let count: Int
  private let scratch: UnsafeMutablePointer<UInt8>

  /// `count` is the number of bytes in a row.
  init(bytesPerPixel: Int, count: Int) {
    self.bytesPerPixel = bytesPerPixel
    self.count = count
    scratch = .allocate(capacity: count * 2)
  }

  deinit { scratch.deallocate() }

  /// Writes the filter's number and the filtered row to `target`.
  func apply(_ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>) {
    let best = target + 1, trial = scratch
    var bestFilter: UInt8 = 2
    var bestSum = filterUp(row, above, best)
    func consider(_ filter: UInt8, _ sum: Int) {
      guard sum < bestSum else { return }
      bestSum = sum
      bestFilter = filter
      best.update(from: trial, count: count)
    }
    // Rows that repeat the one above are common in drawings, and nothing beats them.
    if bestSum > 0 { consider(1, filterSub(row, trial)) }
    if bestSum > 0 { consider(0, sumOfRow(row, trial)) }
    if bestSum > 0 { consider(4, filterPaeth(row, above, trial)) }
    if bestSum > 0 { consider(3, filterAverage(row, above, trial)) }
    target[0] = bestFilter
  }

  /// The distance of a difference from 0, counted round the circle of bytes.
  @inline(__always) private func magnitude(_ byte: UInt8) -> UInt8 { min(byte, 0 &- byte) }

  /// Sums magnitudes in stretches short enough for 16-bit lanes.
  private func sumOfMagnitudes(_ bytes: UnsafePointer<UInt8>) -> Int {
    var total = 0, offset = 0
    while offset < count {
      let end = min(count, offset &+ 4096)
      var sum: UInt32 = 0
      while offset < end {
        sum &+= UInt32(magnitude(bytes[offset]))
        offset &+= 1
      }
      total &+= Int(sum)
    }
    return total
  }

  private func filterUp(_ row: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    for x in 0..<count { target[x] = row[x] &- above[x] }
    return sumOfMagnitudes(target)
  }

  private func filterSub(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    let left = row - bytesPerPixel
    for x in 0..<count { target[x] = row[x] &- left[x] }
    return sumOfMagnitudes(target)
  }

  private func sumOfRow(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    target.update(from: row, count: count)
    return sumOfMagnitudes(target)
  }

  private func filterAverage(
    _ row: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let left = row - bytesPerPixel
    for x in 0..<count { target[x] = row[x] &- UInt8(truncatingIfNeeded: (UInt16(left[x]) &+ UInt16(above[x])) >> 1) }
    return sumOfMagnitudes(target)
  }

  private func filterPaeth(
    _ row: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let left = row - bytesPerPixel, aboveLeft = above - bytesPerPixel
    for x in 0..<count {
      let a = Int16(left[x]), b = Int16(above[x]), c = Int16(aboveLeft[x])
      let fromLeft = abs16(b &- c), fromAbove = abs16(a &- c), fromCorner = abs16(a &+ b &- c &- c)
      let nearestOfTwo = fromAbove < fromLeft ? b : a
      let distanceOfTwo = fromAbove < fromLeft ? fromAbove : fromLeft
      let predicted = fromCorner < distanceOfTwo ? c : nearestOfTwo
      target[x] = row[x] &- UInt8(truncatingIfNeeded: predicted)
    }
    return sumOfMagnitudes(target)
  }

  @inline(__always) private func abs16(_ value: Int16) -> Int16 { value < 0 ? 0 &- value : value }
}
