// https://tc39.es/ecma262/#sec-properties-of-the-function-prototype-object
//
// The Function constructor itself, which needs the parser, is elsewhere.

extension Realm {
  func installFunctionBuiltins() {
    let prototype = intrinsics.functionPrototype
    defineHidden(prototype, .length, .number(0), flags: .configurable)
    defineHidden(prototype, .name, Value(emptyString), flags: .configurable)
    defineMethod(prototype, "apply", length: 2, FunctionPrototype.apply)
    defineMethod(prototype, "bind", length: 1, FunctionPrototype.bind)
    defineMethod(prototype, "call", length: 1, FunctionPrototype.call)
    defineMethod(prototype, "toString", length: 0, FunctionPrototype.toString)
    hasInstanceFunction = defineMethod(
      prototype, symbol: .hasInstanceSymbol, length: 1, flags: .constant, FunctionPrototype.hasInstance)
    installThrowTypeError()
  }

  /// https://tc39.es/ecma262/#sec-%throwtypeerror%, and where it guards `caller` and `arguments`.
  private func installThrowTypeError() {
    let function = makeNativeFunction(nameValue: Value(emptyString), length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      // As in browsers, functions of sloppy code only lack the information.
      if let function = this.asObject as? ScriptFunction, !function.code.isStrict, function.isConstructor { return .undefined }
      throw realm.typeError(
        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or their arguments objects")
    }
    defineHidden(function, .length, .number(0), flags: .constant)
    defineHidden(function, .name, Value(emptyString), flags: .constant)
    function.isExtensibleFlag = false
    intrinsics[.throwTypeError] = function
    let pair = AccessorPair(heap: heap, getter: Value(function), setter: Value(function))
    for name in [WellKnownName.caller, .arguments] {
      defineHidden(intrinsics.functionPrototype, .known(name), .internal(Ref(pair)), flags: [.accessor, .configurable])
    }
  }

  /// https://tc39.es/ecma262/#sec-createlistfromarraylike, the list being laid on the value stack while `body` runs.
  func withArgumentList<Result>(
    from arrayLike: Value, _ body: (Arguments) throws(Thrown) -> Result
  ) throws(Thrown) -> Result {
    guard let object = arrayLike.asObject else { throw typeError("CreateListFromArrayLike called on non-object") }
    let count = try length(of: object)
    let base = stackPointer
    guard count < stackLimit - base - 64 else { throw stackOverflow() }
    defer { stackPointer = base }
    for index in 0..<count {
      let value = try element(of: object, index)
      base[index] = value
      stackPointer = base + index + 1
    }
    return try body(Arguments(base: base, count: count))
  }
}

/// The methods of Function.prototype.
enum FunctionPrototype {
  static func call(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let function = this.asCallable else {
      throw realm.typeError("Function.prototype.call was called on \(realm.describeForMessage(this)), which is not a function")
    }
    return try function.call(this: arguments[0], arguments: arguments.dropFirst(1), realm)
  }

  static func apply(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let function = this.asCallable else {
      throw realm.typeError("Function.prototype.apply was called on \(realm.describeForMessage(this)), which is not a function")
    }
    if arguments[1].isNullish {
      return try function.call(this: arguments[0], arguments: Arguments(base: realm.stackPointer, count: 0), realm)
    }
    return try realm.withArgumentList(from: arguments[1]) { list throws(Thrown) in
      try function.call(this: arguments[0], arguments: list, realm)
    }
  }

  /// https://tc39.es/ecma262/#sec-function.prototype.bind
  static func bind(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let target = this.asCallable else { throw realm.typeError("Bind must be called on a function") }
    let bound = BoundFunction(
      realm: realm, target: target, this: arguments[0], arguments: arguments.dropFirst(1).array,
      prototype: try target.getPrototype(realm))
    var length = 0.0
    if try realm.hasOwnProperty(target, .length),
      case .number(let targetLength) = try target.get(.length, receiver: this, realm)
    {
      length = max(0, try realm.toIntegerOrInfinity(.number(targetLength)) - Double(max(0, arguments.count - 1)))
    }
    bound.appendSlot(.length, .number(length), flags: .configurable, realm)
    let targetName = try target.get(.name, receiver: this, realm).asString ?? realm.emptyString
    let name = try realm.concatenate(realm.string("bound "), targetName)
    bound.appendSlot(.name, Value(name), flags: .configurable, realm)
    return Value(bound)
  }

  static func hasInstance(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let constructor = this.asObject else { return .boolean(false) }
    return Value(try realm.ordinaryHasInstance(constructor, arguments[0]))
  }

  /// https://tc39.es/ecma262/#sec-function.prototype.tostring
  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asCallable else {
      throw realm.typeError("Function.prototype.toString requires that 'this' be a Function")
    }
    if let function = object as? ScriptFunction, let source = function.code.source, let range = function.code.sourceRange {
      return Value(realm.string(source.text(range)))
    }
    let name = object.kind == .boundFunction ? "" : realm.functionName(of: object)
    return Value(realm.string("function \(isPropertyName(name) ? name : "")() { [native code] }"))
  }

  /// Whether `name` may stand in the text of a native function: an identifier, `[Symbol.x]`, or either after `get` or `set`.
  private static func isPropertyName(_ name: String) -> Bool {
    var word = name.utf8[...]
    if name.hasPrefix("get ") || name.hasPrefix("set ") { word = word.dropFirst(4) }
    if word.first == UInt8(ascii: "["), word.last == UInt8(ascii: "]") { word = word.dropFirst().dropLast() }
    guard let first = word.first, !(48...57).contains(first) else { return false }
    return word.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "."): true
      default: false
      }
    }
  }
}
