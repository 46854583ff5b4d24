// Between regular expression objects and the engine.
// https://tc39.es/ecma262/#sec-abstract-operations-for-regexp-creation and #sec-abstract-operations-for-regexp-matching

extension Realm {
  // MARK: Making

  /// A RegExp as a literal makes it. A SyntaxError where the pattern or the flags are not right.
  func makeRegularExpression(pattern: ScriptString, flags: ScriptString) throws(Thrown) -> Value {
    let expression = try compile(pattern, flags)
    return Value(
      RegularExpressionObject(
        realm: self, expression: expression, source: pattern, flagsText: flags, prototype: intrinsics[.regExp]))
  }

  /// Compiles a pattern, or finds it compiled.
  func compile(_ pattern: ScriptString, _ flags: ScriptString) throws(Thrown) -> RegularExpression {
    guard let parsed = RegularExpressionFlags(flags.utf16Units) else {
      throw syntaxError("Invalid flags supplied to RegExp constructor '\(flags.text)'")
    }
    if let expression = regularExpressions.cached(pattern, parsed) { return expression }
    let units = pattern.utf16Units
    let compiled = heap.withLargeStack {
      Result { () throws(RegularExpressionSyntaxError) in try RegularExpression.compile(pattern: units, flags: parsed) }
    }
    switch compiled {
    case .success(let expression):
      regularExpressions.remember(pattern, parsed, expression)
      return expression
    case .failure(let error):
      throw syntaxError("Invalid regular expression: /\(pattern.text)/\(flags.text): \(error.message)")
    }
  }

  /// https://tc39.es/ecma262/#sec-isregexp
  func isRegularExpression(_ value: Value) throws(Thrown) -> Bool {
    guard let object = value.asObject else { return false }
    let matcher = try object.get(.matchSymbol, receiver: value, self)
    return matcher.isUndefined ? object.kind == .regularExpression : matcher.isTruthy
  }

  // MARK: Matching

  /// Runs the engine; `captures` holds starts and ends where it is true.
  func match(
    _ expression: RegularExpression, _ string: ScriptString, at index: Int, isSticky: Bool, _ captures: inout [Int32]
  ) throws(Thrown) -> Bool {
    let interrupt = matchInterrupt
    do {
      return try string.withUnits(
        latin1: { text throws(any Error) in
          try expression.match(in: text, startingAt: index, isSticky: isSticky, captures: &captures, interrupt: interrupt)
        },
        utf16: { text throws(any Error) in
          try expression.match(in: text, startingAt: index, isSticky: isSticky, captures: &captures, interrupt: interrupt)
        })
    } catch let error as Thrown {
      throw error
    } catch {
      throw rangeError("Regular expression too large: matching needs too much memory")
    }
  }

  /// https://tc39.es/ecma262/#sec-regexpbuiltinexec up to the result: whether there is a match, with `lastIndex` moved on.
  func builtinMatch(
    _ object: RegularExpressionObject, _ string: ScriptString, _ captures: inout [Int32]
  ) throws(Thrown) -> Bool {
    var index = 0
    if case .number(let number) = object.lastIndex, number >= 0, number <= Double(ScriptString.maximumLength) {
      index = Int(number)
    } else {
      index = try toLength(object.lastIndex)
    }
    let flags = object.expression.flags
    let usesLastIndex = !flags.isDisjoint(with: [.global, .sticky])
    if !usesLastIndex { index = 0 }
    guard index <= string.length,
      try match(object.expression, string, at: index, isSticky: flags.contains(.sticky), &captures)
    else {
      if usesLastIndex { try object.setLastIndex(0, self) }
      return false
    }
    if usesLastIndex { try object.setLastIndex(Int(captures[1]), self) }
    return true
  }

  /// https://tc39.es/ecma262/#sec-regexpbuiltinexec
  func builtinExec(_ object: RegularExpressionObject, _ string: ScriptString) throws(Thrown) -> Value {
    var captures: [Int32] = []
    guard try builtinMatch(object, string, &captures) else { return .null }
    return Value(matchArray(object.expression, string, captures))
  }

  /// https://tc39.es/ecma262/#sec-regexpexec
  func execute(_ object: ScriptObject, _ string: ScriptString) throws(Thrown) -> Value {
    let exec = try object.get(.known(.exec), receiver: Value(object), self)
    if case .object(let function) = exec, function.cell.isCallable {
      if object.kind == .regularExpression, function.cell === intrinsics[.regExpExec] {
        return try builtinExec(unsafeDowncast(object, to: RegularExpressionObject.self), string)
      }
      let result = try call(function.cell, this: Value(object), Value(string))
      if result.isObject { return result }
      if case .null = result { return result }
      throw typeError("exec method returned something other than an Object or null")
    }
    guard object.kind == .regularExpression else {
      throw typeError("Receiver is not a RegExp: \(describeForMessage(Value(object)))")
    }
    return try builtinExec(unsafeDowncast(object, to: RegularExpressionObject.self), string)
  }

  // MARK: Results

  /// The text of a capture, `.undefined` for a group that took no part.
  @inline(__always)
  func capture(_ index: Int, _ string: ScriptString, _ captures: [Int32]) -> Value {
    let start = Int(captures[index * 2]), end = Int(captures[index * 2 + 1])
    return start < 0 ? .undefined : Value(substring(string, start, end))
  }

  /// The array that `exec` returns.
  private func matchArray(_ expression: RegularExpression, _ string: ScriptString, _ captures: [Int32]) -> ArrayObject {
    let array = makeArray()
    array.reserveElements(expression.captureCount, self)
    for index in 0..<expression.captureCount { array.append(capture(index, string, captures), self) }
    array.appendSlot(.known(.index), Value(Int(captures[0])), self)
    array.appendSlot(.known(.input), Value(string), self)
    let groups = groups(expression) { self.capture($0, string, captures) }
    array.appendSlot(.known(.groups), groups, self)
    if expression.flags.contains(.hasIndices) {
      array.appendSlot(.known(.indices), Value(indicesArray(expression, captures)), self)
    }
    return array
  }

  /// An object without a prototype that has a property for each named group; undefined where there is none.
  func groups(_ expression: RegularExpression, _ value: (Int) -> Value) -> Value {
    if expression.groupNames.isEmpty { return .undefined }
    let groups = makeObject(prototype: nil)
    for (name, index) in expression.groupNames {
      let key = keys.key(for: ScriptString(heap: heap, utf16: name))
      let found = value(index)
      // Of groups that share a name, the one that took part counts.
      if groups.ordinaryOwnSlot(key).value.isEmpty {
        groups.createDataSlot(key, found, self)
      } else if !found.isUndefined {
        groups.storeExisting(key, found, self)
      }
    }
    return Value(groups)
  }

  /// https://tc39.es/ecma262/#sec-makematchindicesindexpairarray
  private func indicesArray(_ expression: RegularExpression, _ captures: [Int32]) -> ArrayObject {
    func pair(_ index: Int) -> Value {
      let start = Int(captures[index * 2])
      return start < 0 ? .undefined : Value(makeArray([Value(start), Value(Int(captures[index * 2 + 1]))]))
    }
    let array = makeArray()
    for index in 0..<expression.captureCount { array.append(pair(index), self) }
    let groups = groups(expression) { array.denseElement($0) }
    array.appendSlot(.known(.groups), groups, self)
    return array
  }

  // MARK: The quick way

  /// The object, if what scripts can change about matching is as it was built in: then methods may use the engine directly.
  func pristine(_ object: ScriptObject) -> RegularExpressionObject? {
    guard object.kind == .regularExpression else { return nil }
    let expression = unsafeDowncast(object, to: RegularExpressionObject.self)
    let prototype = intrinsics[.regExp]
    guard expression.hasOnlyLastIndex, expression.shape.prototype === prototype else { return nil }
    guard case .number(let index) = expression.lastIndex, index >= 0, index <= Double(Int32.max) else { return nil }
    let state = regularExpressions
    if state.checkedEpoch != prototypeEpoch {
      state.checkedEpoch = prototypeEpoch
      state.isPristine = state.originals.allSatisfy { key, value in
        Value.strictlyEqual(prototype.ordinaryOwnSlot(key).value, value)
      }
    }
    return state.isPristine ? expression : nil
  }

  /// Remembers the prototype's properties for `pristine`.
  func rememberPristinePrototype() {
    let prototype = intrinsics[.regExp]
    regularExpressions.speciesAccessor =
      intrinsics[.regExpConstructor].ordinaryOwnSlot(.speciesSymbol).value.accessorPair
    let names: [WellKnownName] = [
      .exec, .flags, .hasIndices, .global, .ignoreCase, .multiline, .dotAll, .unicode, .unicodeSets, .sticky, .constructor,
    ]
    regularExpressions.originals = names.map { (.known($0), prototype.ordinaryOwnSlot(.known($0)).value) }
  }
}
