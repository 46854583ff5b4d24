// Methods of strings that take patterns: strings themselves, or whatever has the method of a well-known symbol.

extension StringPrototype {
  /// Calls the pattern's own method, if it is an object that has one. Nil where it has none.
  private static func delegate(
    _ realm: Realm, _ this: Value, _ pattern: Value, _ symbol: PropertyKey, _ second: Value? = nil
  ) throws(Thrown) -> Value? {
    guard pattern.isObject, let method = try realm.getMethod(pattern, symbol) else { return nil }
    if let second { return try realm.call(method, this: pattern, this, second) }
    return try realm.call(method, this: pattern, this)
  }

  private static func requireCoercible(_ realm: Realm, _ this: Value, _ method: String) throws(Thrown) {
    if this.isNullish { throw realm.typeError("String.prototype.\(method) called on null or undefined") }
  }

  /// Makes a regular expression of the pattern and calls its method.
  private static func invoke(
    _ realm: Realm, _ this: Value, _ pattern: Value, _ flags: ScriptString, _ symbol: PropertyKey
  ) throws(Thrown) -> Value {
    let string = try realm.toString(this)
    let source = pattern.isUndefined ? realm.emptyString : try realm.toString(pattern)
    let expression = try realm.makeRegularExpression(pattern: source, flags: flags)
    return try realm.invoke(expression, symbol, [Value(string)])
  }

  static func match(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "match")
    if let result = try delegate(realm, this, arguments[0], .matchSymbol) { return result }
    return try invoke(realm, this, arguments[0], realm.emptyString, .matchSymbol)
  }

  static func matchAll(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "matchAll")
    try requireGlobal(realm, arguments[0], "matchAll")
    if let result = try delegate(realm, this, arguments[0], .matchAllSymbol) { return result }
    return try invoke(realm, this, arguments[0], realm.unitString(103), .matchAllSymbol)
  }

  static func search(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "search")
    if let result = try delegate(realm, this, arguments[0], .searchSymbol) { return result }
    return try invoke(realm, this, arguments[0], realm.emptyString, .searchSymbol)
  }

  private static func requireGlobal(_ realm: Realm, _ pattern: Value, _ method: String) throws(Thrown) {
    guard pattern.isObject, try realm.isRegularExpression(pattern) else { return }
    let flags = try realm.get(pattern, .known(.flags))
    if flags.isNullish { throw realm.typeError("Flags of a regular expression must not be null or undefined") }
    guard try realm.toString(flags).firstIndex(of: realm.unitString(103), from: 0) != nil else {
      throw realm.typeError("String.prototype.\(method) called with a non-global RegExp argument")
    }
  }

  // MARK: - Replacing

  /// https://tc39.es/ecma262/#sec-string.prototype.replace
  static func replace(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "replace")
    if let result = try delegate(realm, this, arguments[0], .replaceSymbol, arguments[1]) { return result }
    return try replaceString(realm, this, arguments, all: false)
  }

  static func replaceAll(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "replaceAll")
    try requireGlobal(realm, arguments[0], "replaceAll")
    if let result = try delegate(realm, this, arguments[0], .replaceSymbol, arguments[1]) { return result }
    return try replaceString(realm, this, arguments, all: true)
  }

  private static func replaceString(_ realm: Realm, _ this: Value, _ arguments: Arguments, all: Bool) throws(Thrown) -> Value {
    let string = try realm.toString(this)
    let needle = try realm.toString(arguments[0])
    let function = arguments[1].asCallable
    let template = function == nil ? try realm.toString(arguments[1]) : realm.emptyString
    var builder = StringBuilder()
    var end = 0
    var next = string.firstIndex(of: needle, from: 0)
    if next == nil { return Value(string) }
    while let position = next {
      builder.append(string, end, position)
      if let function {
        let result = try realm.call(function, this: .undefined, Value(needle), Value(position), Value(string))
        builder.append(try realm.toString(result))
      } else {
        try realm.appendSubstitution(
          template, matched: needle, in: string, at: position, captures: nil, groups: .undefined, to: &builder)
      }
      end = position + needle.length
      try realm.checkLength(builder.count)
      guard all else { break }
      next = string.firstIndex(of: needle, from: max(end, position + 1))
      try realm.safePoint()
    }
    builder.append(string, end, string.length)
    try realm.checkLength(builder.count)
    return Value(builder.build(realm.heap))
  }

  // MARK: - Splitting

  /// https://tc39.es/ecma262/#sec-string.prototype.split
  static func split(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    try requireCoercible(realm, this, "split")
    if let result = try delegate(realm, this, arguments[0], .splitSymbol, arguments[1]) { return result }
    let string = try realm.toString(this)
    let limit = arguments[1].isUndefined ? Int(UInt32.max) : Int(try realm.toUInt32(arguments[1]))
    let separator = try realm.toString(arguments[0])
    let pieces = realm.makeArray()
    if limit == 0 { return Value(pieces) }
    if arguments[0].isUndefined || (string.length == 0 && separator.length > 0) {
      pieces.append(Value(string), realm)
      return Value(pieces)
    }
    if separator.length == 0 {
      let count = min(limit, string.length)
      pieces.reserveElements(count, realm)
      for index in 0..<count { pieces.append(Value(realm.unitString(string.unit(at: index))), realm) }
      return Value(pieces)
    }
    var start = 0
    while let found = string.firstIndex(of: separator, from: start) {
      pieces.append(Value(realm.substring(string, start, found)), realm)
      if pieces.arrayLength == limit { return Value(pieces) }
      start = found + separator.length
    }
    pieces.append(Value(realm.substring(string, start, string.length)), realm)
    return Value(pieces)
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-getsubstitution: `$1`, `$<name>` and the like in a replacement. `captures` counts from 1 on.
  func appendSubstitution(
    _ template: ScriptString, matched: ScriptString, in string: ScriptString, at position: Int, captures: ValueList?,
    groups: Value, to builder: inout StringBuilder
  ) throws(Thrown) {
    guard var next = template.firstIndex(of: unitString(36), from: 0) else { return builder.append(template) }
    let captureCount = captures?.values.count ?? 0
    var done = 0
    func digit(_ index: Int) -> Int? {
      guard index < template.length else { return nil }
      let unit = template.unit(at: index)
      return unit >= 48 && unit <= 57 ? Int(unit) - 48 : nil
    }
    while true {
      builder.append(template, done, next)
      done = next + 1
      let unit = next + 1 < template.length ? template.unit(at: next + 1) : 0
      switch unit {
      case 36: // $$
        builder.append(unit: 36)
        done = next + 2
      case 38: // $&
        builder.append(matched)
        done = next + 2
      case 96: // $`
        builder.append(string, 0, position)
        done = next + 2
      case 39: // $'
        builder.append(string, min(position + matched.length, string.length), string.length)
        done = next + 2
      case 48...57:
        var number = Int(unit) - 48
        var count = 1
        if let second = digit(next + 2), number * 10 + second <= captureCount, number * 10 + second > 0 {
          number = number * 10 + second
          count = 2
        }
        if number >= 1, number <= captureCount, let captures {
          let capture = captures.values[number - 1]
          if !capture.isUndefined { builder.append(try toString(capture)) }
          done = next + 1 + count
        } else {
          builder.append(unit: 36)
        }
      case 60: // $<
        if !groups.isUndefined, let end = template.firstIndex(of: unitString(62), from: next + 2) {
          let name = substring(template, next + 2, end)
          let capture = try get(groups, keys.key(for: name))
          if !capture.isUndefined { builder.append(try toString(capture)) }
          done = end + 1
        } else {
          builder.append(unit: 36)
        }
      default: builder.append(unit: 36)
      }
      try checkLength(builder.count)
      guard let found = template.firstIndex(of: unitString(36), from: done) else { break }
      next = found
    }
    builder.append(template, done, template.length)
  }
}
