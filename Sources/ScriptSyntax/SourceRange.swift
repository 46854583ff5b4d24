// Positions are UTF-8 byte offsets until a message is printed.

/// A half-open range of UTF-8 byte offsets into a `SourceText`.
public struct SourceRange: Equatable, Hashable, Sendable {
  /// The offset of the first byte.
  public let start: Int32
  /// The offset after the last byte; not before `start`.
  public let end: Int32

  @inlinable
  public init(start: Int32, end: Int32) {
    self.start = start
    self.end = end < start ? start : end
  }

  /// An empty range at `offset`.
  @inlinable
  public init(at offset: Int32) {
    self.init(start: offset, end: offset)
  }

  /// The number of bytes covered.
  @inlinable public var length: Int32 { end - start }

  /// From the start of this range to the end of `other`.
  @inlinable
  public func extended(to other: SourceRange) -> SourceRange {
    SourceRange(start: start, end: other.end)
  }
}

/// A position as people count: both numbers from 1, columns in code points (a tab is one, a byte-order mark none).
public struct SourceLocation: Equatable, Hashable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
