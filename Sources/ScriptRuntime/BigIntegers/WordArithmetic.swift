// Arithmetic on magnitudes: arrays of 64-bit words, least significant first, without leading zeros.

enum WordArithmetic {
  /// Words from which splitting a product beats the schoolbook.
  private static let karatsubaThreshold = 40

  /// Negative, zero or positive as `left` is less than, equal to or greater than `right`.
  static func compare(_ left: [UInt64], _ right: [UInt64]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for index in left.indices.reversed() where left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
    return 0
  }

  static func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result = left.count >= right.count ? left : right
    let other = left.count >= right.count ? right : left
    if addInPlace(&result, other, at: 0) { result.append(1) }
    return result
  }

  /// `left` - `right`, which must not be greater.
  static func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result = left
    subtractInPlace(&result, right)
    return trimmed(result)
  }

  static func shiftedLeft(_ words: [UInt64], by bits: Int) -> [UInt64] {
    guard words.isEmpty == false else { return [] }
    var result = [UInt64](repeating: 0, count: bits / 64)
    let shift = UInt64(bits % 64)
    if shift == 0 { return result + words }
    result.reserveCapacity(result.count + words.count + 1)
    var carry: UInt64 = 0
    for word in words {
      result.append(word << shift | carry)
      carry = word >> (64 - shift)
    }
    if carry != 0 { result.append(carry) }
    return result
  }

  static func shiftedRight(_ words: [UInt64], by bits: Int) -> (words: [UInt64], lostOnes: Bool) {
    let skipped = bits / 64
    guard skipped < words.count else { return ([], words.isEmpty == false) }
    let shift = UInt64(bits % 64)
    var lostOnes = words[..<skipped].contains { $0 != 0 }
    if shift == 0 { return (Array(words[skipped...]), lostOnes) }
    lostOnes = lostOnes || words[skipped] << (64 - shift) != 0
    var result: [UInt64] = []
    result.reserveCapacity(words.count - skipped)
    for index in skipped..<words.count {
      let next = index + 1 < words.count ? words[index + 1] : 0
      result.append(words[index] >> shift | next << (64 - shift))
    }
    return (trimmed(result), lostOnes)
  }

  // MARK: - Products

  static func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    if left.isEmpty || right.isEmpty { return [] }
    return trimmed(product(left[...], right[...]))
  }

  private static func product(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [UInt64] {
    let (long, short) = left.count >= right.count ? (left, right) : (right, left)
    if short.count < karatsubaThreshold { return schoolbookProduct(long, short) }
    if short.count * 2 <= long.count { return unbalancedProduct(long, short) }
    // Karatsuba: three products of half the size instead of four.
    let half = (long.count + 1) / 2
    let (longLow, longHigh) = split(long, half)
    let (shortLow, shortHigh) = split(short, half)
    let low = product(longLow, shortLow)
    let high = product(longHigh, shortHigh)
    var middle = product(sum(Array(longLow), Array(longHigh))[...], sum(Array(shortLow), Array(shortHigh))[...])
    subtractInPlace(&middle, trimmed(low))
    subtractInPlace(&middle, trimmed(high))
    var result = [UInt64](repeating: 0, count: long.count + short.count + 1)
    _ = addInPlace(&result, low, at: 0)
    _ = addInPlace(&result, trimmed(middle), at: half)
    _ = addInPlace(&result, trimmed(high), at: half * 2)
    return result
  }

  private static func split(_ words: ArraySlice<UInt64>, _ count: Int) -> (ArraySlice<UInt64>, ArraySlice<UInt64>) {
    (words.prefix(count), words.dropFirst(count))
  }

  /// The longer factor in pieces as long as the shorter.
  private static func unbalancedProduct(_ long: ArraySlice<UInt64>, _ short: ArraySlice<UInt64>) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: long.count + short.count + 1)
    var start = 0
    while start < long.count {
      let piece = long.dropFirst(start).prefix(short.count)
      _ = addInPlace(&result, trimmed(product(piece, short)), at: start)
      start += short.count
    }
    return result
  }

  private static func schoolbookProduct(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: left.count + right.count)
    result.withUnsafeMutableBufferPointer { result in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          for row in right.indices {
            let factor = right[row]
            var carry: UInt64 = 0
            for column in left.indices {
              // The largest possible sum just fits two words.
              let (high, low) = left[column].multipliedFullWidth(by: factor)
              let (first, overflowsFirst) = low.addingReportingOverflow(result[row + column])
              let (second, overflowsSecond) = first.addingReportingOverflow(carry)
              result[row + column] = second
              carry = high &+ (overflowsFirst ? 1 : 0) &+ (overflowsSecond ? 1 : 0)
            }
            result[row + left.count] = carry
          }
        }
      }
    }
    return result
  }

  // MARK: - Quotients

  /// `divisor` is not zero. Knuth, The Art of Computer Programming, 4.3.1, algorithm D.
  static func quotientAndRemainder(_ dividend: [UInt64], _ divisor: [UInt64]) -> (quotient: [UInt64], remainder: [UInt64]) {
    if compare(dividend, divisor) < 0 { return ([], dividend) }
    if divisor.count == 1 {
      var quotient = dividend
      let remainder = divideInPlace(&quotient, by: divisor[0])
      return (quotient, remainder == 0 ? [] : [remainder])
    }
    let shift = divisor[divisor.count - 1].leadingZeroBitCount
    let normalized = shiftedLeft(divisor, by: shift)
    var rest = shiftedLeft(dividend, by: shift)
    while rest.count <= dividend.count { rest.append(0) }
    let count = normalized.count
    var quotient = [UInt64](repeating: 0, count: rest.count - count)
    let top = normalized[count - 1]
    let second = normalized[count - 2]
    for place in quotient.indices.reversed() {
      var digit = estimate(rest[place + count], rest[place + count - 1], rest[place + count - 2], top, second)
      if subtractMultiple(&rest, normalized, digit, at: place) {
        digit &-= 1
        addBack(&rest, normalized, at: place)
      }
      quotient[place] = digit
    }
    return (trimmed(quotient), shiftedRight(trimmed(rest), by: shift).words)
  }

  /// Divides by one word and returns the remainder.
  static func divideInPlace(_ words: inout [UInt64], by divisor: UInt64) -> UInt64 {
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], remainder) = divisor.dividingFullWidth((remainder, words[index]))
    }
    while words.last == 0 { words.removeLast() }
    return remainder
  }

  /// `words` × `factor` + `addend`.
  static func multiplyInPlace(_ words: inout [UInt64], by factor: UInt64, adding addend: UInt64) {
    var carry = addend
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: factor)
      let (sum, overflows) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high &+ (overflows ? 1 : 0)
    }
    if carry != 0 { words.append(carry) }
  }

  /// A digit that is right or one too large, from the leading words.
  private static func estimate(_ high: UInt64, _ middle: UInt64, _ low: UInt64, _ top: UInt64, _ second: UInt64) -> UInt64 {
    var digit: UInt64
    var rest: UInt64
    if high >= top {
      digit = .max
      let (sum, overflows) = middle.addingReportingOverflow(top)
      if overflows { return digit }
      rest = sum
    } else {
      (digit, rest) = top.dividingFullWidth((high, middle))
    }
    while true {
      let product = digit.multipliedFullWidth(by: second)
      if product.high < rest || (product.high == rest && product.low <= low) { return digit }
      digit &-= 1
      let (sum, overflows) = rest.addingReportingOverflow(top)
      if overflows { return digit }
      rest = sum
    }
  }

  /// True when the result went below zero.
  private static func subtractMultiple(_ rest: inout [UInt64], _ divisor: [UInt64], _ digit: UInt64, at place: Int) -> Bool {
    rest.withUnsafeMutableBufferPointer { rest in
      var carry: UInt64 = 0
      var borrow: UInt64 = 0
      for index in divisor.indices {
        let (high, low) = divisor[index].multipliedFullWidth(by: digit)
        let (product, overflows) = low.addingReportingOverflow(carry)
        carry = high &+ (overflows ? 1 : 0)
        let (first, borrowsFirst) = rest[place + index].subtractingReportingOverflow(product)
        let (second, borrowsSecond) = first.subtractingReportingOverflow(borrow)
        rest[place + index] = second
        borrow = (borrowsFirst ? 1 : 0) &+ (borrowsSecond ? 1 : 0)
      }
      let (first, borrowsFirst) = rest[place + divisor.count].subtractingReportingOverflow(carry)
      let (second, borrowsSecond) = first.subtractingReportingOverflow(borrow)
      rest[place + divisor.count] = second
      return borrowsFirst || borrowsSecond
    }
  }

  private static func addBack(_ rest: inout [UInt64], _ divisor: [UInt64], at place: Int) {
    var carry: UInt64 = 0
    for index in divisor.indices {
      let (first, overflowsFirst) = rest[place + index].addingReportingOverflow(divisor[index])
      let (second, overflowsSecond) = first.addingReportingOverflow(carry)
      rest[place + index] = second
      carry = (overflowsFirst ? 1 : 0) &+ (overflowsSecond ? 1 : 0)
    }
    rest[place + divisor.count] = rest[place + divisor.count] &+ carry
  }

  // MARK: - In place

  /// Adds `other` from word `start` on. True when a carry leaves the last word.
  private static func addInPlace(_ words: inout [UInt64], _ other: [UInt64], at start: Int) -> Bool {
    var carry = false
    var index = start
    for word in other {
      guard index < words.count else { return carry }
      let (first, overflowsFirst) = words[index].addingReportingOverflow(word)
      let (second, overflowsSecond) = first.addingReportingOverflow(carry ? 1 : 0)
      words[index] = second
      carry = overflowsFirst || overflowsSecond
      index += 1
    }
    while carry, index < words.count {
      (words[index], carry) = words[index].addingReportingOverflow(1)
      index += 1
    }
    return carry
  }

  private static func subtractInPlace(_ words: inout [UInt64], _ other: [UInt64]) {
    var borrow = false
    for index in words.indices {
      guard index < other.count || borrow else { break }
      let (first, borrowsFirst) = words[index].subtractingReportingOverflow(index < other.count ? other[index] : 0)
      let (second, borrowsSecond) = first.subtractingReportingOverflow(borrow ? 1 : 0)
      words[index] = second
      borrow = borrowsFirst || borrowsSecond
    }
  }

  private static func trimmed(_ words: [UInt64]) -> [UInt64] {
    var words = words
    while words.last == 0 { words.removeLast() }
    return words
  }
}
