// Errors as script values, with the place where they arose.

import ScriptSyntax

/// One line of a call stack.
public struct StackEntry {
  public let functionName: String
  public let location: ScriptPosition
}

/// https://tc39.es/ecma262/#sec-error-objects
public final class ErrorObject: ScriptObject {
  /// Where the error was made, innermost first.
  public internal(set) var stackEntries: [StackEntry] = []

  init(realm: Realm, prototype: ScriptObject) {
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .error)
    stackEntries = realm.captureStack()
  }
}

extension Realm {
  /// An exception of a built-in kind.
  @inline(never)
  public func makeError(_ kind: ErrorKind, _ message: String) -> Thrown {
    let error = ErrorObject(realm: self, prototype: intrinsics[.errorOf(kind)])
    error.appendSlot(.message, Value(string(message)), flags: .hidden, self)
    return Thrown(Value(error))
  }

  public func typeError(_ message: String) -> Thrown { makeError(.typeError, message) }
  public func rangeError(_ message: String) -> Thrown { makeError(.rangeError, message) }
  public func referenceError(_ message: String) -> Thrown { makeError(.referenceError, message) }
  public func syntaxError(_ message: String) -> Thrown { makeError(.syntaxError, message) }

  /// The calls under way, innermost first; at most 64.
  func captureStack() -> [StackEntry] {
    var entries: [StackEntry] = []
    var next = currentFrame
    while let frame = next, entries.count < 64 {
      if let source = frame.pointee.code.source {
        entries.append(
          StackEntry(
            functionName: frame.pointee.code.displayName(self),
            location: ScriptPosition(source: source, offset: Int(frame.pointee.position))))
      }
      next = frame.pointee.caller
    }
    return entries
  }

  /// A short form of a value for messages: what a user would recognise.
  public func describeForMessage(_ value: Value) -> String {
    switch value {
    case .undefined, .empty, .internal: return "undefined"
    case .null: return "null"
    case .boolean(let flag): return flag ? "true" : "false"
    case .number(let number): return string(number: number).text
    case .string(let reference):
      let text = reference.cell.length > 60 ? reference.cell.substring(heap: heap, 0, 60).text + "…" : reference.cell.text
      return "\"\(text)\""
    case .symbol(let symbol): return "Symbol(\(symbol.cell.descriptionText?.text ?? ""))"
    case .bigInt(let integer): return integer.cell.value.description + "n"
    case .object(let reference):
      let object = reference.cell
      if object.isCallable {
        let name = functionName(of: object)
        return name.isEmpty ? "function" : "function \(name)"
      }
      return object.kind == .array ? "[object Array]" : "#<\(constructorName(of: object))>"
    }
  }

  /// The `name` of a function where it is a plain string, without running script code.
  public func functionName(of object: ScriptObject) -> String {
    if let function = object as? ScriptFunction, function.shape.find(.name) < 0 { return function.code.displayName(self) }
    let (value, flags) = object.ordinaryOwnSlot(.name)
    if !flags.contains(.accessor), case .string(let name) = value { return name.cell.text }
    return ""
  }

  /// The name of the constructor that an object seems to come from, without running script code.
  public func constructorName(of object: ScriptObject) -> String {
    var next: ScriptObject? = object
    var steps = 0
    while let candidate = next, steps < 100 {
      let (value, flags) = candidate.ordinaryOwnSlot(.constructor)
      if !flags.contains(.accessor), case .object(let constructor) = value, constructor.cell.isCallable {
        let name = functionName(of: constructor.cell)
        if !name.isEmpty { return name }
      }
      next = candidate.shape.prototype
      steps += 1
    }
    return "Object"
  }
}
