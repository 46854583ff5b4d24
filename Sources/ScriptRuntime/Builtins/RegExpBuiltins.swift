// https://tc39.es/ecma262/#sec-regexp-constructor and the methods that are no well-known symbols

extension Realm {
  func installRegExpBuiltins() {
    let prototype = intrinsics[.regExp]
    let constructor = defineConstructor(
      "RegExp", length: 2, prototype: prototype,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        try RegExpBuiltins.make(realm, arguments, newTarget: nil)
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        try RegExpBuiltins.make(realm, arguments, newTarget: newTarget)
      })
    intrinsics[.regExpConstructor] = constructor
    defineAccessor(constructor, .speciesSymbol, getter: TypedArrayBuiltins.identity)
    defineMethod(constructor, "escape", length: 1, RegExpBuiltins.escape)
    intrinsics[.regExpExec] = defineMethod(prototype, "exec", length: 1, RegExpBuiltins.exec)
    defineMethod(prototype, "test", length: 1, RegExpBuiltins.test)
    defineMethod(prototype, "toString", length: 0, RegExpBuiltins.toString)
    defineMethod(prototype, "compile", length: 2, RegExpBuiltins.recompile)
    defineAccessor(prototype, "source", getter: RegExpBuiltins.source)
    defineAccessor(prototype, "flags", getter: RegExpBuiltins.flags)
    for (name, flag) in RegExpBuiltins.flagGetters {
      defineAccessor(prototype, .known(name)) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        try RegExpBuiltins.flag(realm, this, flag)
      }
    }
    defineMethod(prototype, symbol: .matchSymbol, length: 1, RegExpBuiltins.match)
    defineMethod(prototype, symbol: .matchAllSymbol, length: 1, RegExpBuiltins.matchAll)
    defineMethod(prototype, symbol: .replaceSymbol, length: 2, RegExpBuiltins.replace)
    defineMethod(prototype, symbol: .searchSymbol, length: 1, RegExpBuiltins.search)
    defineMethod(prototype, symbol: .splitSymbol, length: 2, RegExpBuiltins.split)
    installRegExpStringIterator()
    rememberPristinePrototype()
  }
}

/// `RegExp`, its functions and methods.
enum RegExpBuiltins {
  /// In the order in which `flags` reads them.
  static let flagGetters: [(WellKnownName, RegularExpressionFlags)] = [
    (.hasIndices, .hasIndices), (.global, .global), (.ignoreCase, .ignoreCase), (.multiline, .multiline), (.dotAll, .dotAll),
    (.unicode, .unicode), (.unicodeSets, .unicodeSets), (.sticky, .sticky),
  ]

  /// https://tc39.es/ecma262/#sec-regexp-pattern-flags
  static func make(_ realm: Realm, _ arguments: Arguments, newTarget: ScriptObject?) throws(Thrown) -> Value {
    let pattern = arguments[0], flags = arguments[1]
    let patternIsExpression = try realm.isRegularExpression(pattern)
    let constructor = realm.intrinsics[.regExpConstructor]
    if newTarget == nil, patternIsExpression, flags.isUndefined {
      let patternConstructor = try realm.get(pattern, .constructor)
      if patternConstructor.asObject === constructor { return pattern }
    }
    var source = pattern
    var flagsValue = flags
    if let object = pattern.asObject, object.kind == .regularExpression {
      let expression = unsafeDowncast(object, to: RegularExpressionObject.self)
      source = Value(expression.source.cell)
      if flags.isUndefined { flagsValue = Value(expression.flagsText.cell) }
    } else if patternIsExpression {
      source = try realm.get(pattern, .known(.source))
      if flags.isUndefined { flagsValue = try realm.get(pattern, .known(.flags)) }
    }
    let prototype = try realm.prototypeForConstruction(newTarget ?? constructor, fallback: realm.intrinsics[.regExp])
    let sourceText = source.isUndefined ? realm.emptyString : try realm.toString(source)
    let flagsText = flagsValue.isUndefined ? realm.emptyString : try realm.toString(flagsValue)
    let expression = try realm.compile(sourceText, flagsText)
    return Value(
      RegularExpressionObject(
        realm: realm, expression: expression, source: sourceText, flagsText: flagsText, prototype: prototype))
  }

  static func expression(_ realm: Realm, _ this: Value, _ method: String) throws(Thrown) -> RegularExpressionObject {
    guard let object = this.asObject, object.kind == .regularExpression else {
      throw realm.typeError(
        "Method RegExp.prototype.\(method) called on incompatible receiver \(realm.describeForMessage(this))")
    }
    return unsafeDowncast(object, to: RegularExpressionObject.self)
  }

  static func object(_ realm: Realm, _ this: Value, _ method: String) throws(Thrown) -> ScriptObject {
    if let object = this.asObject { return object }
    throw realm.typeError("RegExp.prototype.\(method) called on incompatible receiver \(realm.describeForMessage(this))")
  }

  static func exec(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let expression = try expression(realm, this, "exec")
    return try realm.builtinExec(expression, try realm.toString(arguments[0]))
  }

  static func test(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "test")
    let string = try realm.toString(arguments[0])
    if let expression = realm.pristine(object) {
      var captures: [Int32] = []
      return .boolean(try realm.builtinMatch(expression, string, &captures))
    }
    return .boolean(try realm.execute(object, string).isObject)
  }

  static func toString(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "toString")
    var builder = StringBuilder()
    builder.append(unit: 47)
    builder.append(try realm.toString(try object.get(.known(.source), receiver: this, realm)))
    builder.append(unit: 47)
    builder.append(try realm.toString(try object.get(.known(.flags), receiver: this, realm)))
    return Value(builder.build(realm.heap))
  }

  /// https://tc39.es/ecma262/#sec-regexp.prototype.compile
  static func recompile(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let target = try expression(realm, this, "compile")
    var source = arguments[0], flags = arguments[1]
    if let object = source.asObject, object.kind == .regularExpression {
      guard flags.isUndefined else { throw realm.typeError("Cannot supply flags when constructing one RegExp from another") }
      let other = unsafeDowncast(object, to: RegularExpressionObject.self)
      source = Value(other.source.cell)
      flags = Value(other.flagsText.cell)
    }
    let sourceText = source.isUndefined ? realm.emptyString : try realm.toString(source)
    let flagsText = flags.isUndefined ? realm.emptyString : try realm.toString(flags)
    target.expression = try realm.compile(sourceText, flagsText)
    target.source = Ref(sourceText)
    target.flagsText = Ref(flagsText)
    try target.setLastIndex(0, realm)
    return this
  }

  // MARK: - Getters

  static func flag(_ realm: Realm, _ this: Value, _ flag: RegularExpressionFlags) throws(Thrown) -> Value {
    if let object = this.asObject {
      if object.kind == .regularExpression {
        return .boolean(unsafeDowncast(object, to: RegularExpressionObject.self).expression.flags.contains(flag))
      }
      if object === realm.intrinsics[.regExp] { return .undefined }
    }
    throw realm.typeError("RegExp flag getter called on incompatible receiver \(realm.describeForMessage(this))")
  }

  /// https://tc39.es/ecma262/#sec-get-regexp.prototype.flags
  static func flags(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "flags")
    let letters: [UInt16] = [0x64, 0x67, 0x69, 0x6D, 0x73, 0x75, 0x76, 0x79]  // dgimsuvy
    var builder = StringBuilder()
    for (letter, (name, _)) in zip(letters, flagGetters) {
      if try object.get(.known(name), receiver: this, realm).isTruthy { builder.append(unit: letter) }
    }
    return Value(builder.build(realm.heap))
  }

  /// https://tc39.es/ecma262/#sec-get-regexp.prototype.source
  static func source(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if let object = this.asObject, object === realm.intrinsics[.regExp] { return Value(realm.string("(?:)")) }
    let source = try expression(realm, this, "source").source.cell
    if source.length == 0 { return Value(realm.string("(?:)")) }
    let units = source.utf16Units
    guard units.contains(where: { $0 == 47 || $0 == 10 || $0 == 13 || $0 == 0x2028 || $0 == 0x2029 }) else { return Value(source) }
    var builder = StringBuilder()
    var isEscaped = false
    var isInClass = false
    for unit in units {
      switch unit {
      case 47 where !isEscaped && !isInClass: builder.append("\\/")
      case 10: builder.append(isEscaped ? "n" : "\\n")
      case 13: builder.append(isEscaped ? "r" : "\\r")
      case 0x2028: builder.append(isEscaped ? "u2028" : "\\u2028")
      case 0x2029: builder.append(isEscaped ? "u2029" : "\\u2029")
      default: builder.append(unit: unit)
      }
      if !isEscaped {
        if unit == 91 { isInClass = true }
        if unit == 93 { isInClass = false }
      }
      isEscaped = unit == 92 && !isEscaped
    }
    return Value(builder.build(realm.heap))
  }

  // MARK: - Escaping

  /// https://tc39.es/ecma262/#sec-regexp.escape
  static func escape(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard case .string(let reference) = arguments[0] else { throw realm.typeError("RegExp.escape requires a string") }
    let string = reference.cell
    var builder = StringBuilder()
    var index = 0
    while index < string.length {
      let (point, count) = string.codePoint(at: index)
      let isWord = (48...57).contains(point) || (65...90).contains(point) || (97...122).contains(point)
      if index == 0, isWord {
        builder.append("\\x" + hexadecimal(point, 2))
      } else {
        appendEscaped(point, string, index..<(index + count), to: &builder)
      }
      index += count
    }
    return Value(builder.build(realm.heap))
  }

  private static func appendEscaped(
    _ point: UInt32, _ string: ScriptString, _ range: Range<Int>, to builder: inout StringBuilder
  ) {
    switch point {
    case 0x24, 0x28...0x2B, 0x2E, 0x2F, 0x3F, 0x5B...0x5E, 0x7B...0x7D: // syntax characters and the solidus
      builder.append(unit: 92)
      builder.append(unit: UInt16(point))
    case 9: builder.append("\\t")
    case 10: builder.append("\\n")
    case 11: builder.append("\\v")
    case 12: builder.append("\\f")
    case 13: builder.append("\\r")
    case 0x21...0x23, 0x25...0x27, 0x2C, 0x2D, 0x3A...0x3E, 0x40, 0x60, 0x7E: // other punctuators
      builder.append("\\x" + hexadecimal(point, 2))
    default:
      if NumberParsing.isWhiteSpaceOrLineTerminator(point) || (0xD800...0xDFFF).contains(point) {
        builder.append(point < 256 ? "\\x" + hexadecimal(point, 2) : "\\u" + hexadecimal(point, 4))
      } else {
        builder.append(string, range.lowerBound, range.upperBound)
      }
    }
  }

  private static func hexadecimal(_ point: UInt32, _ width: Int) -> String {
    let digits = String(point, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
