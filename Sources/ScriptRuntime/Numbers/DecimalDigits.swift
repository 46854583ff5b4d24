// The two decimal faces of a double: the shortest digits that read back as the same number, and all of its digits.

/// The shortest decimal that rounds to a given double: `significand` × 10^`exponent`, without trailing zeros.
struct ShortestDecimal {
  /// At most 17 digits; zero only for zero.
  let significand: UInt64
  let exponent: Int

  /// `value` is finite; its sign is ignored.
  init(_ value: Double) {
    // The standard library prints the shortest digits that round-trip (and the closest of those), in a notation of its own.
    var significand: UInt64 = 0
    var fractionDigits = 0
    var writtenExponent = 0
    var exponentIsNegative = false
    var part = 0  // 0: integer digits, 1: fraction digits, 2: exponent digits
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case 0x2E: part = 1
      case 0x65: part = 2
      case 0x2D: exponentIsNegative = true
      case 0x30...0x39:
        if part == 2 {
          writtenExponent = writtenExponent * 10 + Int(byte - 0x30)
        } else {
          // Safe: there are at most 18 digits, the last perhaps the zero of "1.0".
          significand = significand &* 10 &+ UInt64(byte - 0x30)
          if part == 1 { fractionDigits += 1 }
        }
      default: break
      }
    }
    var exponent = (exponentIsNegative ? -writtenExponent : writtenExponent) - fractionDigits
    while significand != 0, significand % 10 == 0 {
      significand /= 10
      exponent += 1
    }
    self.significand = significand
    self.exponent = exponent
  }
}

/// Every decimal digit of a double, which is always a finite decimal: 0.`digits` × 10^`pointPosition`.
struct ExactDecimal {
  /// Digits as numbers 0 to 9, the first of them not zero; empty for zero.
  private(set) var digits: [UInt8]
  private(set) var pointPosition: Int

  /// `value` is finite; its sign is ignored.
  init(_ value: Double) {
    let magnitude = value.magnitude
    guard magnitude > 0 else {
      digits = []
      pointPosition = 0
      return
    }
    let bits = magnitude.bitPattern
    let biased = Int(bits >> 52)
    var significand = bits & 0xF_FFFF_FFFF_FFFF
    var exponent = -1074
    if biased > 0 {
      significand |= 1 << 52
      exponent = biased - 1075
    }
    // significand × 2^-n = significand × 5^n / 10^n, so one kind of product of small factors does for both signs.
    var limbs: [UInt32] = []  // base 10^9, least significant first
    while significand > 0 {
      limbs.append(UInt32(significand % 1_000_000_000))
      significand /= 1_000_000_000
    }
    let base: UInt32 = exponent < 0 ? 5 : 2
    let step = exponent < 0 ? 13 : 29
    var remaining = exponent.magnitude
    while remaining > 0 {
      let power = min(UInt(step), remaining)
      var factor: UInt32 = 1
      for _ in 0..<power { factor *= base }
      ExactDecimal.multiply(&limbs, by: factor)
      remaining -= power
    }
    var reversed: [UInt8] = []
    reversed.reserveCapacity(limbs.count * 9)
    for var limb in limbs {
      for _ in 0..<9 {
        reversed.append(UInt8(limb % 10))
        limb /= 10
      }
    }
    while reversed.last == 0 { reversed.removeLast() }
    digits = Array(reversed.reversed())
    pointPosition = digits.count + (exponent < 0 ? exponent : 0)
  }

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt32) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(product % 1_000_000_000)
      carry = product / 1_000_000_000
    }
    // A factor above the base can carry more than one limb.
    while carry > 0 {
      limbs.append(UInt32(carry % 1_000_000_000))
      carry /= 1_000_000_000
    }
  }

  /// Keeps `count` leading digits (none when negative), rounding the rest half up as the number formatting methods ask.
  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      pointPosition = 0
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    guard roundsUp else { return }
    var index = count - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        digits.removeSubrange((index + 1)...)
        return
      }
      index -= 1
    }
    digits = [1]
    pointPosition += 1
  }

  /// The digit `index` places after the first, zero beyond the end.
  func digit(_ index: Int) -> UInt8 {
    digits.indices.contains(index) ? digits[index] : 0
  }
}
