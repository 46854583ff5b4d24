// path:LINE:COLUMN: error: MESSAGE, the source line, and a caret under the place.

/// Turns diagnostics, and any other message with a place in a script, into text for a terminal.
public struct DiagnosticRenderer: Sendable {
  /// Whether to use ANSI colours.
  public var usesColor: Bool
  /// Source lines of more code points than this are cut to a window around the caret. At least 20.
  public var maximumLineLength: Int

  public init(usesColor: Bool = false, maximumLineLength: Int = 160) {
    self.usesColor = usesColor
    self.maximumLineLength = max(20, maximumLineLength)
  }

  /// The diagnostic and its notes; every line ends in a line feed.
  public func render(_ diagnostic: Diagnostic, in source: SourceText) -> String {
    let head = render(diagnostic.severity, diagnostic.message, at: diagnostic.range, in: source)
    return diagnostic.notes.reduce(head) { $0 + render(.note, $1.kind.message, at: $1.range, in: source) }
  }

  /// A message about `range`: the header line, the source line and the caret line, each with its line feed.
  public func render(
    _ severity: Diagnostic.Severity, _ message: String, at range: SourceRange, in source: SourceText
  ) -> String {
    let location = source.location(of: range.start)
    let place = "\(source.name):\(location.line):\(location.column):"
    let label = severity.label + ":"
    let header = paint(place, .bold) + " " + paint(label, severity.style) + " " + message + "\n"
    return header + excerpt(of: range, at: location, in: source, style: severity.style)
  }

  private func excerpt(of range: SourceRange, at location: SourceLocation, in source: SourceText, style: Style) -> String {
    let line = source.lineRange(location.line)
    let window = LineWindow(line: line, caret: range, in: source, width: maximumLineLength)
    let number = " \(location.line)"
    let gutter = String(repeating: " ", count: number.utf8.count)
    let underline = "^" + String(repeating: "~", count: max(0, window.underlineWidth - 1))
    return paint(number + " | ", .dim) + window.text + "\n"
      + paint(gutter + " | ", .dim) + window.padding + paint(underline, style) + "\n"
  }

  fileprivate enum Style: String {
    case bold = "1", dim = "2", error = "1;31", warning = "1;33", note = "1;36"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Severity {
  var label: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  fileprivate var style: DiagnosticRenderer.Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

/// The visible part of a source line with what goes before the caret below it.
private struct LineWindow {
  private(set) var text = ""
  /// Brings the caret under its character: tabs stay tabs, wide characters count two.
  private(set) var padding = ""
  /// Terminal cells from the caret to the end of the range or line, at least 1.
  private(set) var underlineWidth = 0

  private static let ellipsis = "…"

  init(line: SourceRange, caret: SourceRange, in source: SourceText, width: Int) {
    // A code point has at most four bytes: decoding a few windows' worth on each side keeps 10 MB lines cheap.
    let reach = Int32(truncatingIfNeeded: width * 4)
    let caretStart = min(max(caret.start, line.start), line.end)
    var start = max(line.start, caretStart - reach)
    while start > line.start, source.bytes[Int(start)] & 0xC0 == 0x80 { start -= 1 }
    let end = min(line.end, caretStart + reach)
    let before = Array(source.text(SourceRange(start: start, end: caretStart)).unicodeScalars)
    let after = Array(source.text(SourceRange(start: caretStart, end: end)).unicodeScalars)
    let isWhole = start == line.start && end == line.end && before.count + after.count <= width

    let shownBefore = isWhole ? before[...] : before.suffix(max(width / 2, width - after.count))
    let shownAfter = isWhole ? after[...] : after.prefix(width - min(width / 2, shownBefore.count))
    let isCutBefore = start > line.start || shownBefore.count < before.count
    let isCutAfter = end < line.end || shownAfter.count < after.count
    if isCutBefore {
      text = Self.ellipsis
      padding = " "
    }
    for scalar in shownBefore {
      text.unicodeScalars.append(Self.visible(scalar))
      padding += scalar == "\t" ? "\t" : String(repeating: " ", count: Self.cells(scalar))
    }
    let underlined = source.text(SourceRange(start: caretStart, end: min(max(caret.end, caretStart), end))).unicodeScalars.count
    for (index, scalar) in shownAfter.enumerated() {
      text.unicodeScalars.append(Self.visible(scalar))
      if index < underlined { underlineWidth += scalar == "\t" ? 1 : Self.cells(scalar) }
    }
    if isCutAfter { text += Self.ellipsis }
    underlineWidth = max(1, underlineWidth)
  }

  /// Control characters would upset the terminal: their pictures stand in, U+2400 and up.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x20, scalar != "\t" { return Unicode.Scalar(0x2400 + scalar.value) ?? " " }
    return scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value) ? "\u{2421}" : scalar
  }

  private static func cells(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
