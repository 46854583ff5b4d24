// Finds `object.member = …` in the text of a script, for warnings about members that do not exist.
//
// Reads words, not syntax: comments and strings are passed over, and where a regular expression is mistaken for something else a
// warning may be missing, never wrong by more than its place.

/// An assignment to a member of something that has a name.
public struct MemberAssignment: Equatable, Sendable {
  public let object: String
  public let member: String
  /// Of the member's name.
  public let range: SourceRange
}

extension SourceText {
  /// Assignments in the order of the text, and the names of what `getContext("2d")` was assigned to.
  public func memberAssignments() -> (assignments: [MemberAssignment], contexts: Set<String>) {
    var scanner = AssignmentScanner(bytes: bytes)
    scanner.scan()
    return (scanner.assignments, scanner.contexts)
  }
}

private struct AssignmentScanner {
  let bytes: [UInt8]
  var position = 0
  var assignments: [MemberAssignment] = []
  var contexts: Set<String> = []
  /// The name before the latest `=`.
  private var lastAssigned = ""
  /// The names of the member expression that is being read: `a.b` is ["a", "b"].
  private var path: [(text: String, range: SourceRange)] = []
  private var expectsMember = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  mutating func scan() {
    while position < bytes.count {
      let current = bytes[position]
      switch current {
      case UInt8(ascii: " "), 9, 10, 13: position += 1
      case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "/"): skip { $0 == 10 }
      case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "*"): skipBlockComment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): skipString(current)
      case UInt8(ascii: "."):
        position += 1
        expectsMember = !path.isEmpty
      case UInt8(ascii: "="): readEquals()
      default:
        if Self.isNamePart(current) { readName() } else { leavePath() }
      }
    }
  }

  private mutating func leavePath() {
    if byte(position) == UInt8(ascii: ";") { lastAssigned = "" }
    position += 1
    path = []
    expectsMember = false
  }

  private mutating func skip(until isEnd: (UInt8) -> Bool) {
    while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
  }

  private mutating func skipBlockComment() {
    position += 2
    while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && byte(position + 1) == UInt8(ascii: "/")) {
      position += 1
    }
    position += 2
  }

  /// Ordinary strings end at the line's end at the latest.
  private mutating func skipString(_ quote: UInt8) {
    position += 1
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == 10, quote != UInt8(ascii: "`") { break }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    leavePath()
  }

  private mutating func readName() {
    let start = position
    skip { !Self.isNamePart($0) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if !expectsMember { path = [] }
    expectsMember = false
    path.append((text, SourceRange(start: Int32(clamping: start), end: Int32(clamping: position))))
    if text == "getContext", !lastAssigned.isEmpty { noteContext() }
  }

  /// `("2d"` behind getContext.
  private mutating func noteContext() {
    var ahead = position
    while byte(ahead) == UInt8(ascii: " ") { ahead += 1 }
    guard byte(ahead) == UInt8(ascii: "("), byte(ahead + 2) == UInt8(ascii: "2"), byte(ahead + 3) == UInt8(ascii: "d") else {
      return
    }
    contexts.insert(lastAssigned)
  }

  private mutating func readEquals() {
    let isPlain = byte(position + 1) != UInt8(ascii: "=") && byte(position + 1) != UInt8(ascii: ">")
    if isPlain, let last = path.last {
      lastAssigned = path.count == 1 ? last.text : ""
      if path.count == 2 { assignments.append(MemberAssignment(object: path[0].text, member: last.text, range: last.range)) }
    }
    while byte(position) == UInt8(ascii: "=") { position += 1 }
    path = []
    expectsMember = false
  }
}
