// Comparing strings the way English readers sort them: an approximation of the root order of CLDR.
//
// Three levels, each consulted only when those before are equal: the characters without accents and case, then the accents,
// then the case. White space sorts before punctuation, that before symbols, digits and letters.
// Unicode Technical Standard #10 describes the method; the weights here are not its tables.

/// Intl.Collator for en-US.
struct Collator {
  enum Sensitivity { case base, accent, caseOnly, variant }
  enum CaseFirst { case upper, lower, neither }

  var sensitivity = Sensitivity.variant
  /// Runs of digits count as numbers.
  var isNumeric = false
  var ignoresPunctuation = false
  var caseFirst = CaseFirst.neither

  init() {}

  /// Negative, zero or positive as `left` sorts before, with or after `right`.
  func compare(_ left: UnsafeBufferPointer<UInt16>, _ right: UnsafeBufferPointer<UInt16>) -> Int {
    if isNumeric == false, ignoresPunctuation == false, let order = compareASCII(left, right) { return order }
    return compareKeys(key(Array(left)), key(Array(right)))
  }

  func compare(_ left: [UInt16], _ right: [UInt16]) -> Int {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { right in compare(left, right) } }
  }

  /// The same without building keys; nil when a character beyond printable ASCII occurs.
  private func compareASCII(_ left: UnsafeBufferPointer<UInt16>, _ right: UnsafeBufferPointer<UInt16>) -> Int? {
    let weights = CollationWeights.ascii
    let common = min(left.count, right.count)
    var caseOrder = 0
    for index in 0..<common {
      guard (0x20..<0x7F).contains(left[index]), (0x20..<0x7F).contains(right[index]) else { return nil }
      let (one, other) = (weights[Int(left[index])], weights[Int(right[index])])
      if one != other {
        // The order is decided, but only if nothing further on needs the long way.
        let isPlain =
          left[index...].allSatisfy { (0x20..<0x7F).contains($0) } && right[index...].allSatisfy { (0x20..<0x7F).contains($0) }
        return isPlain ? (one < other ? -1 : 1) : nil
      }
      if caseOrder == 0, left[index] != right[index] { caseOrder = left[index] > right[index] ? -1 : 1 }
    }
    let rest = left.count > common ? left[common...] : right[common...]
    guard rest.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    return sensitivity == .base || sensitivity == .accent ? 0 : caseFirst == .upper ? -caseOrder : caseOrder
  }

  // MARK: - Keys

  private struct Key {
    var primary: [UInt32] = []
    var secondary: [UInt32] = []
    var tertiary: [UInt32] = []
  }

  private func compareKeys(_ left: Key, _ right: Key) -> Int {
    var order = compareLevels(left.primary, right.primary)
    if order == 0, sensitivity == .accent || sensitivity == .variant { order = compareLevels(left.secondary, right.secondary) }
    if order == 0, sensitivity == .caseOnly || sensitivity == .variant {
      order = compareLevels(left.tertiary, right.tertiary)
      if caseFirst == .upper { order = -order }
    }
    return order
  }

  private func compareLevels(_ left: [UInt32], _ right: [UInt32]) -> Int {
    for (one, other) in zip(left, right) where one != other { return one < other ? -1 : 1 }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }

  private func key(_ units: [UInt16]) -> Key {
    let units = Normalization.normalized(units, .nfd)
    var key = Key()
    var position = 0
    while position < units.count {
      if isNumeric, (0x30...0x39).contains(units[position]) {
        position = appendNumber(units, position, to: &key)
        continue
      }
      let (point, behind) = CodePoints.at(position, in: units)
      position = behind
      for element in CollationWeights.elements(of: point) {
        if element.primary == 0 {
          key.secondary.append(element.secondary)
        } else if ignoresPunctuation == false || element.primary >= CollationWeights.firstSymbol {
          key.primary.append(element.primary)
          // Every character begins with the least accent, so that one without sorts first.
          key.secondary.append(1)
          if element.secondary != 0 { key.secondary.append(element.secondary) }
          key.tertiary.append(element.tertiary)
        }
      }
    }
    return key
  }

  /// A run of digits as its length without leading zeros, then its digits: longer numbers are greater.
  private func appendNumber(_ units: [UInt16], _ start: Int, to key: inout Key) -> Int {
    var end = start
    while end < units.count, (0x30...0x39).contains(units[end]) { end += 1 }
    let digits = units[start..<end].drop { $0 == 0x30 }
    key.primary.append(CollationWeights.digits + UInt32(min(digits.count, 0xFFFF)))
    for digit in digits { key.primary.append(CollationWeights.digits + UInt32(digit - 0x30)) }
    key.secondary.append(1)
    key.tertiary.append(0)
    return end
  }
}
