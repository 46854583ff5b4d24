// toUpperCase and toLowerCase: the full mappings of Unicode, with the one rule that looks around, the final sigma.
//
// Lone surrogates map to themselves. https://tc39.es/ecma262/#sec-string.prototype.tolowercase

/// Converts UTF-16 text.
enum CaseConversion {
  static func uppercased(_ units: [UInt16]) -> [UInt16] {
    convert(units) { scalar, _ in
      scalar.properties.uppercaseMapping
    } ascii: {
      (0x61...0x7A).contains($0) ? $0 - 32 : $0
    }
  }

  static func lowercased(_ units: [UInt16]) -> [UInt16] {
    convert(units) { scalar, range in
      if scalar.value == 0x3A3 { return isFinalSigma(units, range) ? "\u{3C2}" : "\u{3C3}" }
      return scalar.properties.lowercaseMapping
    } ascii: {
      (0x41...0x5A).contains($0) ? $0 + 32 : $0
    }
  }

  /// Upper case of Latin-1 bytes; nil when the result leaves Latin-1 (µ, ÿ).
  static func uppercased(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x61...0x7A, 0xE0...0xF6, 0xF8...0xFE: result.append(byte - 32)
      case 0xB5, 0xFF: return nil
      case 0xDF: result += [0x53, 0x53]
      default: result.append(byte)
      }
    }
    return result
  }

  /// Lower case of Latin-1 bytes, which never leaves Latin-1.
  static func lowercased(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    bytes.map { byte in
      switch byte {
      case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE: byte + 32
      default: byte
      }
    }
  }

  private static func convert(
    _ units: [UInt16], mapping: (Unicode.Scalar, Range<Int>) -> String, ascii: (UInt16) -> UInt16
  ) -> [UInt16] {
    var result: [UInt16] = []
    result.reserveCapacity(units.count)
    var position = 0
    while position < units.count {
      if units[position] < 0x80 {
        result.append(ascii(units[position]))
        position += 1
        continue
      }
      let (point, behind) = CodePoints.at(position, in: units)
      if let scalar = Unicode.Scalar(point) {
        result.append(contentsOf: mapping(scalar, position..<behind).utf16)
      } else {
        result.append(units[position])
      }
      position = behind
    }
    return result
  }

  /// Final_Sigma of the Unicode Standard, 3.13: a cased letter before, none after, whatever is case-ignorable between.
  private static func isFinalSigma(_ units: [UInt16], _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    var followsLetter = false
    while position > 0 {
      let (point, before) = CodePoints.before(position, in: units)
      position = before
      guard let properties = Unicode.Scalar(point)?.properties else { break }
      if properties.isCaseIgnorable { continue }
      followsLetter = properties.isCased
      break
    }
    guard followsLetter else { return false }
    position = range.upperBound
    while position < units.count {
      let (point, behind) = CodePoints.at(position, in: units)
      position = behind
      guard let properties = Unicode.Scalar(point)?.properties else { return true }
      if properties.isCaseIgnorable { continue }
      return properties.isCased == false
    }
    return true
  }
}
