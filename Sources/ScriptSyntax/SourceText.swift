// The text of a script as bytes, and where its lines are.

/// The UTF-8 text of one script and the name it is reported under. Invalid UTF-8 is kept; readers see U+FFFD.
public final class SourceText {
  /// How the script is called in messages: its path, or `<stdin>`.
  public let name: String
  public let bytes: [UInt8]
  /// The offset of the first byte of each line; made when first asked for. LF, CR LF and a lone CR end a line.
  private lazy var lineStarts: [Int32] = findLineStarts()

  /// Offsets are 32 bits: what lies beyond 2 GiB is cut off.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes.count < Int(Int32.max) ? bytes : Array(bytes.prefix(Int(Int32.max) - 1))
  }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The length in bytes.
  public var length: Int32 { Int32(truncatingIfNeeded: bytes.count) }

  public var lineCount: Int { lineStarts.count }

  /// Line and column of a byte offset; offsets outside the text are moved to its nearest end.
  public func location(of offset: Int32) -> SourceLocation {
    let target = min(max(offset, 0), length)
    let line = lineIndex(of: target)
    let start = max(Int(lineStarts[line]), contentStart)
    let column = start < Int(target) ? CodePoints.count(in: bytes, from: start, to: Int(target)) : 0
    return SourceLocation(line: line + 1, column: column + 1)
  }

  /// The bytes of line `line` (from 1), without its end and without a byte-order mark; empty if there is no such line.
  public func lineRange(_ line: Int) -> SourceRange {
    guard line >= 1, line <= lineStarts.count else { return SourceRange(at: length) }
    let start = line == 1 ? Int32(contentStart) : lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : length
    while end > start, bytes[Int(end) - 1] == 0x0A || bytes[Int(end) - 1] == 0x0D { end -= 1 }
    return SourceRange(start: start, end: end)
  }

  /// The text of a range; offsets outside are moved inside, invalid UTF-8 becomes U+FFFD.
  public func text(_ range: SourceRange) -> String {
    let start = min(max(Int(range.start), 0), bytes.count)
    let end = min(max(Int(range.end), start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// After the byte-order mark, if there is one.
  var contentStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private func lineIndex(of offset: Int32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func findLineStarts() -> [Int32] {
    var starts: [Int32] = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { starts.append(Int32(truncatingIfNeeded: index)) }
    }
    return starts
  }
}
