// One line or several, and long arrays in columns.

import Glibc

extension Inspector {
  /// Puts entries between braces: on one line when they are short and not nested deeply, else on a line each.
  func join(_ entries: inout [String], _ parts: Parts, depth: Int) -> String {
    let count = entries.count
    if parts.layout == .elements, count > 6 { entries = grouped(entries, parts) }
    let base = parts.base.isEmpty ? "" : parts.base + " "
    // Up to three levels share a line.
    if currentDepth - depth < 3, count == entries.count {
      let start = entries.count + indentation + parts.opening.utf16.count + parts.base.utf16.count + 10
      let length = entries.reduce(entries.count + start) { $0 + $1.utf16.count }
      if length <= options.breakLength, start + 2 * entries.count <= options.breakLength, !parts.base.utf8.contains(10) {
        let line = entries.joined(separator: ", ")
        if !line.utf8.contains(10) { return "\(base)\(parts.opening) \(line) \(parts.closing)" }
      }
    }
    let lineBreak = "\n" + String(repeating: " ", count: indentation)
    return base + parts.opening + lineBreak + "  " + entries.joined(separator: "," + lineBreak + "  ") + lineBreak + parts.closing
  }

  /// Columns for short elements, about as wide as high.
  private func grouped(_ entries: [String], _ parts: Parts) -> [String] {
    // "... n more items" stays on a line of its own.
    let count = entries.count > options.maximumArrayLength ? entries.count - 1 : entries.count
    let lengths = entries.prefix(count).map { Inspector.width($0) }
    let total = lengths.reduce(0, +) + 2 * count
    let longest = lengths.max() ?? 0
    let widest = longest + 2
    guard widest * 3 + indentation < options.breakLength, Double(total) / Double(widest) > 5 || longest <= 6 else {
      return entries
    }
    let bias = Double(widest - 0) - Double(total) / Double(entries.count)
    let biasedWidest = max(Double(widest) - 3 - max(bias, 0).squareRoot(), 1)
    let square = (2.5 * biasedWidest * Double(count)).squareRoot() / biasedWidest
    let columns = min(Int((square + 0.5).rounded(.down)), (options.breakLength - indentation) / widest, 12, 15)
    guard columns > 1 else { return entries }
    let columnWidths = (0..<columns).map { column in
      2 + (stride(from: column, to: count, by: columns).map { lengths[$0] }.max() ?? 0)
    }
    var lines: [String] = []
    for start in stride(from: 0, to: count, by: columns) {
      let end = min(start + columns, count)
      var line = ""
      for index in start..<end {
        let isLast = index == end - 1
        let cell = isLast ? entries[index] : entries[index] + ", "
        let width = columnWidths[index - start] - (isLast ? 2 : 0)
        let padding = String(repeating: " ", count: max(0, width - lengths[index] - (isLast ? 0 : 2)))
        line += parts.isNumeric ? padding + cell : isLast ? cell : cell + padding
      }
      lines.append(line)
    }
    if count < entries.count { lines.append(entries[count]) }
    return lines
  }

  /// Columns on a terminal: wide East Asian characters and emoji take two.
  static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 128 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.value {
      case 0...0x1F, 0x7F...0x9F, 0x300...0x36F, 0x200B...0x200F, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F: width
      case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        width + 2
      default: width + 1
      }
    }
  }
}
