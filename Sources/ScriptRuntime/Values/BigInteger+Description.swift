// Texts of big integers for the runtime.

extension BigInteger: CustomStringConvertible {
  /// Decimal digits with a minus sign where needed.
  var description: String {
    var bytes: [UInt8] = []
    append(radix: 10, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// From the digits of a literal.
  init?(digits: [UInt8], radix: Int) {
    guard let value = digits.withUnsafeBufferPointer({ BigInteger(digits: $0, radix: radix) }) else { return nil }
    self = value
  }
}
