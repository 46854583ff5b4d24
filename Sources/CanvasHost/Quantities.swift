// Times and sizes as they are written on the command line.

/// A length of time: `500ms`, `10s`, `2m`, `1h`; a plain number is seconds.
public struct TimeSpan: Equatable, Sendable, CustomStringConvertible {
  public var milliseconds: Double

  public init(milliseconds: Double) { self.milliseconds = milliseconds }

  public init?(_ text: String) {
    let units: [(suffix: String, factor: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1000)]
    guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
      let number = DecimalText.parse(text.dropLast(unit.suffix.utf8.count)), number >= 0, number * unit.factor < 1e15
    else { return nil }
    milliseconds = number * unit.factor
  }

  public var description: String {
    milliseconds < 1000 ? "\(DecimalText.short(milliseconds)) ms" : "\(DecimalText.short(milliseconds / 1000)) s"
  }
}

/// A number of bytes: `512M`, `2GiB`, `100000`. Units are powers of 1024.
public struct ByteCount: Equatable, Sendable, CustomStringConvertible {
  public var bytes: Int

  public init(_ bytes: Int) { self.bytes = bytes }

  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let factor: Double
    switch text.dropFirst(digits.count).lowercased() {
    case "", "b": factor = 1
    case "k", "kb", "kib": factor = 0x1p10
    case "m", "mb", "mib": factor = 0x1p20
    case "g", "gb", "gib": factor = 0x1p30
    case "t", "tb", "tib": factor = 0x1p40
    default: return nil
    }
    guard let number = DecimalText.parse(digits), number * factor < 0x1p53 else { return nil }
    bytes = Int(number * factor)
  }

  public var description: String {
    let units: [(name: String, size: Double)] = [("GiB", 0x1p30), ("MiB", 0x1p20), ("KiB", 0x1p10)]
    for unit in units where Double(bytes) >= unit.size {
      return "\(DecimalText.short(Double(bytes) / unit.size)) \(unit.name)"
    }
    return "\(bytes) bytes"
  }
}

/// Numbers as people write them.
enum DecimalText {
  /// Digits with an optional sign, fraction and exponent, nothing else; nil also for numbers that are not finite.
  static func parse(_ text: some StringProtocol) -> Double? {
    let allowed = text.utf8.allSatisfy { byte in
      byte &- 48 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        || byte | 0x20 == UInt8(ascii: "e")
    }
    guard allowed, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// With at most two digits after the point, and no trailing zeros.
  static func short(_ number: Double) -> String {
    let hundredths = (number * 100).rounded()
    guard abs(hundredths) < 1e15 else { return "\(number)" }
    let value = Int(hundredths), fraction = abs(value % 100)
    let whole = value < 0 && value > -100 ? "-0" : String(value / 100)
    if fraction == 0 { return whole }
    return whole + "." + (fraction % 10 == 0 ? String(fraction / 10) : fraction < 10 ? "0\(fraction)" : String(fraction))
  }

  /// With exactly two digits after the point.
  static func fixed(_ number: Double) -> String {
    let text = short(number)
    guard let point = text.firstIndex(of: ".") else { return text + ".00" }
    return text.distance(from: point, to: text.endIndex) == 2 ? text + "0" : text
  }
}
