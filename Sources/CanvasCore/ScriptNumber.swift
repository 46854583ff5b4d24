// Numbers as the script language prints them, for texts that the Standard says are made with its ToString.

/// https://tc39.es/ecma262/#sec-numeric-types-number-tostring
enum ScriptNumber {
  /// The shortest text that reads back as the same number: `0.5`, `1e-7`, `100`.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return "0" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    // Swift's description has the shortest digits; only their layout differs.
    var digits = ""
    var exponent = 0
    var pointOffset: Int?
    var rest = abs(value).description[...]
    if let mark = rest.firstIndex(of: "e") {
      exponent = Int(rest[rest.index(after: mark)...]) ?? 0
      rest = rest[..<mark]
    }
    for character in rest {
      if character == "." { pointOffset = digits.utf8.count } else { digits.append(character) }
    }
    var n = (pointOffset ?? digits.utf8.count) + exponent
    while digits.hasPrefix("0"), digits.utf8.count > 1 {
      digits.removeFirst()
      n -= 1
    }
    while digits.hasSuffix("0"), digits.utf8.count > 1 { digits.removeLast() }
    let k = digits.utf8.count
    let sign = value < 0 ? "-" : ""
    if n > 0, n <= 21 {
      if k <= n { return sign + digits + String(repeating: "0", count: n - k) }
      return sign + digits.prefix(n) + "." + digits.dropFirst(n)
    }
    if n > -6, n <= 0 { return sign + "0." + String(repeating: "0", count: -n) + digits }
    let mantissa = k == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    return sign + mantissa + "e" + (n > 0 ? "+" : "-") + String(abs(n - 1))
  }
}
