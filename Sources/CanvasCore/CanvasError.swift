// What the canvas API can throw. Bindings turn the cases into DOMException and the language's own errors.

/// A failure that a script can catch.
public enum CanvasError: Error, Equatable, Sendable {
  // DOMException names.
  case indexSize(String)
  case invalidState(String)
  case syntax(String)
  case notSupported(String)
  case security(String)
  case dataClone(String)
  case encoding(String)
  case notFound(String)
  // The language's own errors.
  case type(String)
  case range(String)

  public var message: String {
    switch self {
    case .indexSize(let message), .invalidState(let message), .syntax(let message), .notSupported(let message),
      .security(let message), .dataClone(let message), .encoding(let message), .notFound(let message), .type(let message),
      .range(let message):
      message
    }
  }

  /// The `name` of the DOMException or language error.
  public var name: String {
    switch self {
    case .indexSize: "IndexSizeError"
    case .invalidState: "InvalidStateError"
    case .syntax: "SyntaxError"
    case .notSupported: "NotSupportedError"
    case .security: "SecurityError"
    case .dataClone: "DataCloneError"
    case .encoding: "EncodingError"
    case .notFound: "NotFoundError"
    case .type: "TypeError"
    case .range: "RangeError"
    }
  }

  /// Whether it is thrown as a DOMException (else as a TypeError or RangeError of the language).
  public var isDOMException: Bool {
    switch self {
    case .type, .range: false
    default: true
    }
  }
}
