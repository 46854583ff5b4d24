// The text that replaces a match, taken apart once for all matches.
// https://tc39.es/ecma262/#sec-getsubstitution

/// A replacement text with `$1`, `$&` and the like, but without named groups.
struct ReplacementTemplate {
  private enum Part {
    /// These units of the template.
    case text(Range<Int>)
    case capture(Int)
    case before
    case after
  }

  private var parts: [Part] = []

  /// Nil where the template may name a group, whose value could be looked up in the script's own objects.
  ///
  /// - Parameter captureCount: groups of the expression, without the whole match.
  init?(_ template: ScriptString, captureCount: Int, _ isWithoutNames: Bool) {
    let length = template.length
    func unit(_ index: Int) -> UInt16 { index < length ? template.unit(at: index) : 0 }
    func digit(_ index: Int) -> Int? { (48...57).contains(unit(index)) ? Int(unit(index)) - 48 : nil }
    var done = 0
    var index = 0
    while index < length {
      guard unit(index) == 36 else {
        index += 1
        continue
      }
      var part: Part?
      var size = 2
      switch unit(index + 1) {
      case 36: part = .text(index..<(index + 1))
      case 38: part = .capture(0)
      case 96: part = .before
      case 39: part = .after
      case 60 where !isWithoutNames: return nil
      default:
        if let first = digit(index + 1) {
          if let second = digit(index + 2), (1...max(captureCount, 1)).contains(first * 10 + second), captureCount > 0 {
            part = .capture(first * 10 + second)
            size = 3
          } else if first >= 1, first <= captureCount {
            part = .capture(first)
          }
        }
      }
      guard let part else {
        index += 1
        continue
      }
      if done < index { parts.append(.text(done..<index)) }
      parts.append(part)
      index += size
      done = index
    }
    if done < length { parts.append(.text(done..<length)) }
  }

  /// Appends the replacement of one match. `spans` has start and end of the match and of each group, -1 for groups that took no
  /// part.
  func append(
    _ template: ScriptString, _ string: ScriptString, _ spans: UnsafeBufferPointer<Int32>, to builder: inout StringBuilder
  ) {
    for part in parts {
      switch part {
      case .text(let range): builder.append(template, range.lowerBound, range.upperBound)
      case .capture(let number):
        let start = Int(spans[number * 2])
        if start >= 0 { builder.append(string, start, Int(spans[number * 2 + 1])) }
      case .before: builder.append(string, 0, Int(spans[0]))
      case .after: builder.append(string, Int(spans[1]), string.length)
      }
    }
  }
}
