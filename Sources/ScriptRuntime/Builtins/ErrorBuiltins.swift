// https://tc39.es/ecma262/#sec-error-objects: Error, its kinds, AggregateError, and the text of their stacks.

extension Realm {
  func installErrorBuiltins() {
    let prototype = intrinsics[.error]
    intrinsics[.errorOf(.error)] = prototype
    let constructor = installErrorConstructor(.error, parent: nil)
    defineMethod(prototype, "toString", length: 0, ErrorBuiltins.toString)
    defineAccessor(prototype, .known(.stack), getter: ErrorBuiltins.getStack, setter: ErrorBuiltins.setStack)
    defineMethod(constructor, "captureStackTrace", length: 2, ErrorBuiltins.captureStackTrace)
    defineMethod(constructor, "isError", length: 1) {
      (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      Value(arguments[0].asObject?.kind == .error)
    }
    defineHidden(constructor, key("stackTraceLimit"), .number(10), flags: .all)
    for kind in ErrorKind.allCases where kind != .error {
      intrinsics[.errorOf(kind)] = ScriptObject(realm: self, prototype: prototype)
      installErrorConstructor(kind, parent: constructor)
    }
  }

  @discardableResult
  private func installErrorConstructor(_ kind: ErrorKind, parent: ScriptObject?) -> NativeFunction {
    let prototype = intrinsics[.errorOf(kind)]
    let isAggregate = kind == .aggregateError
    let constructor = defineConstructor(
      kind.rawValue, length: isAggregate ? 2 : 1, prototype: prototype, parent: parent,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        try realm.constructError(realm.intrinsics[.errorOf(kind)], arguments, isAggregate: isAggregate)
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.errorOf(kind)])
        return try realm.constructError(prototype, arguments, isAggregate: isAggregate)
      })
    defineHidden(prototype, .name, Value(string(kind.rawValue)))
    defineHidden(prototype, .message, Value(emptyString))
    return constructor
  }

  /// https://tc39.es/ecma262/#sec-error-message and https://tc39.es/ecma262/#sec-aggregate-error
  private func constructError(
    _ prototype: ScriptObject, _ arguments: Arguments, isAggregate: Bool
  ) throws(Thrown) -> Value {
    let error = ErrorObject(realm: self, prototype: prototype)
    let message = arguments[isAggregate ? 1 : 0]
    if !message.isUndefined { error.appendSlot(.message, Value(try toString(message)), flags: .hidden, self) }
    let options = arguments[isAggregate ? 2 : 1]
    if let object = options.asObject, try object.hasProperty(.known(.cause), self) {
      let cause = try object.get(.known(.cause), receiver: options, self)
      defineHidden(error, .known(.cause), cause)
    }
    if isAggregate {
      let errors = makeArray()
      try forEach(in: arguments[0]) { value throws(Thrown) in
        errors.append(value, self)
        return true
      }
      defineHidden(error, .known(.errors), Value(errors))
    }
    return Value(error)
  }

  /// "Name: message" and one line for each of the innermost ten calls. Runs no script code.
  private func stackText(of object: ScriptObject, _ entries: [StackEntry]) -> String {
    let name = plainText(object, .name), message = plainText(object, .message)
    var text = name ?? "Error"
    if let message, !message.isEmpty { text += text.isEmpty ? message : ": " + message }
    for entry in entries.prefix(10) {
      let place = entry.location.source.location(of: Int32(truncatingIfNeeded: entry.location.offset))
      let position = "\(entry.location.source.name):\(place.line):\(place.column)"
      text += entry.functionName.isEmpty ? "\n    at \(position)" : "\n    at \(entry.functionName) (\(position))"
    }
    return text
  }

  /// The string stored under a name in an object or its prototypes, passing over accessors and proxies.
  private func plainText(_ object: ScriptObject, _ key: PropertyKey) -> String? {
    var next: ScriptObject? = object
    for _ in 0..<100 {
      guard let candidate = next, candidate.kind != .proxy else { return nil }
      if case .string(let text) = candidate.ordinaryOwnSlot(key).value { return text.cell.text }
      next = candidate.shape.prototype
    }
    return nil
  }

  fileprivate func describeStack(of object: ScriptObject) -> String {
    stackText(of: object, (object as? ErrorObject)?.stackEntries ?? captureStack())
  }
}

private enum ErrorBuiltins {
  /// https://tc39.es/ecma262/#sec-error.prototype.tostring
  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject else { throw realm.typeError("Error.prototype.toString requires that 'this' be an Object") }
    let nameValue = try object.get(.name, receiver: this, realm)
    let name = nameValue.isUndefined ? realm.string("Error") : try realm.toString(nameValue)
    let messageValue = try object.get(.message, receiver: this, realm)
    let message = messageValue.isUndefined ? realm.emptyString : try realm.toString(messageValue)
    if name.length == 0 { return Value(message) }
    if message.length == 0 { return Value(name) }
    return Value(try realm.concatenate(try realm.concatenate(name, realm.string(": ")), message))
  }

  /// The text is made when it is asked for, as few errors are looked at that closely.
  /// https://tc39.es/proposal-error-stacks-accessor/
  static func getStack(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject else { throw realm.typeError("Error.prototype.stack requires that 'this' be an Object") }
    return object.kind == .error ? Value(realm.string(realm.describeStack(of: object))) : .undefined
  }

  static func setStack(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard this.isObject else { throw realm.typeError("Error.prototype.stack requires that 'this' be an Object") }
    guard arguments[0].asString != nil else { throw realm.typeError("The stack of an error must be a string") }
    try realm.setIgnoringHome(this, realm.intrinsics[.error], .known(.stack), arguments[0])
    return .undefined
  }

  /// Not in the standard, but common in libraries: puts a `stack` on any object.
  static func captureStackTrace(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = arguments[0].asObject else { throw realm.typeError("Invalid argument") }
    let text = Value(realm.string(realm.describeStack(of: object)))
    try realm.defineProperty(object, .known(.stack), PropertyDescriptor(value: text, flags: .hidden))
    return .undefined
  }
}
