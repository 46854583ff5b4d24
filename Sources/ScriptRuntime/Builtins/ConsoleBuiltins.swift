// https://console.spec.whatwg.org/

/// How much a message matters.
public enum ConsoleLevel: Sendable { case debug, log, info, warn, error }

/// What the console remembers between calls, and where its lines go.
public final class ConsoleState {
  /// Takes each message; lines are separated by newlines, without one at the end.
  public var output: (ConsoleLevel, String) -> Void = { _, _ in }
  fileprivate var indentation = 0
  fileprivate var counts: [String: Int] = [:]
  /// Milliseconds of the run's time.
  fileprivate var timers: [String: Double] = [:]

  init() {}

  fileprivate func print(_ level: ConsoleLevel, _ text: String) {
    guard indentation > 0 else { return output(level, text) }
    let padding = String(repeating: " ", count: indentation)
    output(level, padding + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + padding))
  }
}

extension Realm {
  func installConsoleBuiltins() {
    let console = makeObject()
    defineValue(globalObject, "console", Value(console))
    defineTag(console, "console")
    let levels: [(String, ConsoleLevel)] = [
      ("log", .log), ("info", .info), ("warn", .warn), ("error", .error), ("debug", .debug),
    ]
    for (name, level) in levels {
      defineConsoleMethod(console, name) { (realm: Realm, arguments: Arguments) throws(Thrown) in
        try realm.print(level, arguments)
      }
    }
    defineConsoleMethod(console, "trace") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      let message = try realm.format(arguments.array)
      let lines = realm.captureStack().prefix(10).map { entry in
        let place = entry.location.source.location(of: Int32(truncatingIfNeeded: entry.location.offset))
        let position = "\(entry.location.source.name):\(place.line):\(place.column)"
        return entry.functionName.isEmpty ? "\n    at \(position)" : "\n    at \(entry.functionName) (\(position))"
      }
      realm.console.print(.error, (message.isEmpty ? "Trace" : "Trace: " + message) + lines.joined())
    }
    defineConsoleMethod(console, "assert") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      if arguments[0].isTruthy { return }
      let rest = arguments.dropFirst(1)
      if case .string(let text) = rest[0] {
        let message = realm.string("Assertion failed: " + text.cell.text)
        realm.console.print(.error, try realm.format([Value(message)] + rest.dropFirst(1).array))
      } else if rest.isEmpty {
        realm.console.print(.error, "Assertion failed")
      } else {
        realm.console.print(.error, try realm.format([Value(realm.string("Assertion failed:"))] + rest.array))
      }
    }
    defineConsoleMethod(console, "dir") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      realm.console.print(.log, try realm.inspect(arguments[0], options: try realm.inspectionOptions(arguments[1])))
    }
    defineConsoleMethod(console, "dirxml") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      try realm.print(.log, arguments)
    }
    defineConsoleMethod(console, "table") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      guard arguments[0].isObject else { return try realm.print(.log, arguments) }
      realm.console.print(.log, try realm.table(arguments[0], columns: arguments[1]))
    }
    installGroups(console)
    installCountersAndTimers(console)
  }

  private func defineConsoleMethod(
    _ console: ScriptObject, _ name: String, _ body: @escaping (Realm, Arguments) throws(Thrown) -> Void
  ) {
    let function = makeNativeFunction(name, length: 0) { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try body(realm, arguments)
      return .undefined
    }
    defineValue(console, name, Value(function), isEnumerable: true)
  }

  private func print(_ level: ConsoleLevel, _ arguments: Arguments) throws(Thrown) {
    console.print(level, try format(arguments.array))
  }

  private func inspectionOptions(_ value: Value) throws(Thrown) -> InspectionOptions {
    var options = InspectionOptions()
    guard let object = value.asObject else { return options }
    let depth = try object.get(key("depth"), receiver: value, self)
    if case .null = depth { options.depth = nil }
    if case .number(let number) = depth { options.depth = number.isFinite ? Int(max(-1, min(number, 1000))) : nil }
    options.showsHidden = try object.get(key("showHidden"), receiver: value, self).isTruthy
    return options
  }

  private func installGroups(_ console: ScriptObject) {
    for name in ["group", "groupCollapsed"] {
      defineConsoleMethod(console, name) { (realm: Realm, arguments: Arguments) throws(Thrown) in
        if !arguments.isEmpty { try realm.print(.log, arguments) }
        realm.console.indentation = min(realm.console.indentation + 2, 1000)
      }
    }
    defineConsoleMethod(console, "groupEnd") { (realm: Realm, _: Arguments) throws(Thrown) in
      realm.console.indentation = max(0, realm.console.indentation - 2)
    }
  }

  private func installCountersAndTimers(_ console: ScriptObject) {
    func label(_ realm: Realm, _ value: Value) throws(Thrown) -> String {
      value.isUndefined ? "default" : try realm.toText(value)
    }
    defineConsoleMethod(console, "count") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      let name = try label(realm, arguments[0])
      let count = (realm.console.counts[name] ?? 0) + 1
      realm.console.counts[name] = count
      realm.console.print(.log, "\(name): \(count)")
    }
    defineConsoleMethod(console, "countReset") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      let name = try label(realm, arguments[0])
      if realm.console.counts.removeValue(forKey: name) == nil {
        realm.console.print(.warn, "Warning: Count for '\(name)' does not exist")
      }
    }
    defineConsoleMethod(console, "time") { (realm: Realm, arguments: Arguments) throws(Thrown) in
      let name = try label(realm, arguments[0])
      if realm.console.timers[name] != nil {
        realm.console.print(.warn, "Warning: Label '\(name)' already exists for console.time()")
      } else {
        realm.console.timers[name] = realm.currentTime()
      }
    }
    for (method, ends) in [("timeEnd", true), ("timeLog", false)] {
      defineConsoleMethod(console, method) { (realm: Realm, arguments: Arguments) throws(Thrown) in
        let name = try label(realm, arguments[0])
        guard let start = realm.console.timers[name] else {
          return realm.console.print(.warn, "Warning: No such label '\(name)' for console.\(method)()")
        }
        var text = "\(name): \(Realm.durationText(realm.currentTime() - start))"
        if ends { realm.console.timers[name] = nil }
        let rest = arguments.dropFirst(1)
        if !ends, !rest.isEmpty { text += " " + (try realm.format(rest.array)) }
        realm.console.print(.log, text)
      }
    }
  }

  /// "1.234ms", "2.500s", "1:05.000 (m:ss.mmm)".
  private static func durationText(_ milliseconds: Double) -> String {
    func fixed(_ value: Double, _ digits: Int) -> String {
      var bytes: [UInt8] = []
      NumberFormatting.appendFixed(value, fractionDigits: digits, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    if milliseconds >= 60_000, milliseconds < 3.6e9 {
      let minutes = (milliseconds / 60_000).rounded(.down)
      let seconds = fixed((milliseconds - minutes * 60_000) / 1000, 3)
      return "\(Int(minutes)):\(seconds.utf8.count < 6 ? "0" : "")\(seconds) (m:ss.mmm)"
    }
    if milliseconds >= 1000 { return fixed(milliseconds / 1000, 3) + "s" }
    var bytes: [UInt8] = []
    NumberFormatting.append((milliseconds * 1000).rounded() / 1000, to: &bytes)
    return String(decoding: bytes, as: UTF8.self) + "ms"
  }
}
