/// Text in labelled pieces, as the formatToParts methods give it.
struct FormattedParts: Equatable {
  /// `type` in the words of ECMA-402: "integer", "literal", "month".
  struct Part: Equatable {
    var type: String
    var value: String
  }

  private(set) var parts: [Part] = []

  /// All pieces together.
  var text: String { parts.reduce(into: "") { $0 += $1.value } }

  /// Appends a piece unless it is empty; literals grow together.
  mutating func append(_ type: String, _ value: String) {
    if value.isEmpty { return }
    if type == "literal", let last = parts.last, last.type == "literal" {
      parts[parts.count - 1].value += value
    } else {
      parts.append(Part(type: type, value: value))
    }
  }

  mutating func append(_ other: FormattedParts) {
    for part in other.parts { append(part.type, part.value) }
  }
}
