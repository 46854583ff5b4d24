// The one colour profile that we write, and the recognition of it in files. Other profiles go through ICCTransform.
//
// Layout after ICC.1:2022: a header of 128 bytes, a table of tags, the tags. Numbers are big-endian.

import Drawing

enum ICCProfile {
  /// A matrix and curve profile of Display P3.
  static let displayP3: [UInt8] = makeDisplayP3()

  /// Whether a profile describes Display P3: by its name, which is how the common writers mark it.
  static func isDisplayP3(_ profile: UnsafeBufferPointer<UInt8>) -> Bool {
    let name = Array("Display P3".utf8)
    // Names are ASCII in version 2 and UTF-16 in version 4: compare with and without the zero bytes between.
    return contains(profile, name) || contains(profile, Array(name.flatMap { [0, $0] }.dropFirst()))
  }

  private static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ pattern: [UInt8]) -> Bool {
    guard bytes.count >= pattern.count else { return false }
    for start in 0...(bytes.count - pattern.count) where bytes[start] == pattern[0] {
      if (1..<pattern.count).allSatisfy({ bytes[start + $0] == pattern[$0] }) { return true }
    }
    return false
  }

  private static func makeDisplayP3() -> [UInt8] {
    let curve = parametricCurve()
    let tags: [(String, [UInt8])] = [
      ("desc", localizedText("Display P3")), ("cprt", localizedText("CC0")),
      ("wtpt", xyz(0xF6D6, 0x1_0000, 0xD32D)),
      // Colorants adapted to D50 by the Bradford transform, as 16.16 fixed point numbers.
      ("rXYZ", xyz(0x83DF, 0x3DBF, 0xFFFF_FFBB)), ("gXYZ", xyz(0x4ABF, 0xB137, 0x0AB9)), ("bXYZ", xyz(0x2838, 0x110B, 0xC8B9)),
      ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
      ("chad", sf32([0x1_0C42, 0x05DE, 0xFFFF_F326, 0x0793, 0xFD90, 0xFFFF_FBA2, 0xFFFF_FDA3, 0x03DC, 0xC06E])),
    ]
    var table: [UInt8] = big(UInt32(tags.count)), body: [UInt8] = []
    let bodyStart = 128 + 4 + 12 * tags.count
    for (tag, data) in tags {
      table += Array(tag.utf8) + big(UInt32(bodyStart + body.count)) + big(UInt32(data.count))
      body += data
      while body.count % 4 != 0 { body.append(0) }
    }
    var header = big(UInt32(bodyStart + body.count)) + [0, 0, 0, 0] + big(0x0420_0000)
    header += Array("mntrRGB XYZ ".utf8)
    header += [0x07, 0xE6, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    header += Array("acsp".utf8)
    header += [UInt8](repeating: 0, count: 28)
    header += big(0xF6D6) + big(0x1_0000) + big(0xD32D)
    header += [UInt8](repeating: 0, count: 128 - header.count)
    return header + table + body
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [UInt8(value >> 24), UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
  }

  private static func xyz(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> [UInt8] {
    Array("XYZ ".utf8) + big(0) + big(x) + big(y) + big(z)
  }

  private static func sf32(_ values: [UInt32]) -> [UInt8] {
    Array("sf32".utf8) + big(0) + values.flatMap(big)
  }

  /// sRGB's curve: Y = (aX + b)^g from d up, cX below.
  private static func parametricCurve() -> [UInt8] {
    Array("para".utf8) + big(0) + [0, 3, 0, 0] + [0x2_6666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B].flatMap { big($0) }
  }

  private static func localizedText(_ text: String) -> [UInt8] {
    let characters = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    return Array("mluc".utf8) + big(0) + big(1) + big(12) + Array("enUS".utf8) + big(UInt32(characters.count)) + big(28) + characters
  }
}
