// Numbers as SVG attributes have them.

/// Reads numbers that are separated by white space or commas.
enum NumberList {
  /// The numbers up to the first thing that is none; at most 10,000.
  static func parse(_ text: String) -> [Double] {
    var numbers: [Double] = []
    for part in text.split(whereSeparator: { ", \t\n\r".contains($0) }).prefix(10_000) {
      guard let value = number(String(part)) else { break }
      numbers.append(value)
    }
    return numbers
  }

  /// One finite number; nil for anything else.
  static func number(_ text: String) -> Double? {
    let trimmed = MarkupElement.trimmed(text[...])
    // `Double` also reads hexadecimal, infinities and "nan".
    guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ $0 &- 48 < 10 || [43, 45, 46, 69, 101].contains($0) }),
      let value = Double(trimmed.hasSuffix(".") ? trimmed + "0" : trimmed), value.isFinite
    else { return nil }
    return value
  }
}
