// https://tc39.es/ecma262/#sec-string-objects: the constructor and the list of methods.

extension Realm {
  func installStringBuiltins() {
    let prototype = PrimitiveObject(
      realm: self, prototype: intrinsics.objectPrototype, kind: .string, primitive: Value(emptyString))
    intrinsics[.string] = prototype
    stringPrototype = prototype
    let constructor = defineConstructor(
      "String", length: 1, prototype: prototype, call: StringBuiltins.call, construct: StringBuiltins.construct)
    defineMethod(constructor, "fromCharCode", length: 1, StringBuiltins.fromCharCode)
    defineMethod(constructor, "fromCodePoint", length: 1, StringBuiltins.fromCodePoint)
    defineMethod(constructor, "raw", length: 1, StringBuiltins.raw)
    let methods: [NativeMethod] = [
      .init("at", 1, StringPrototype.at), .init("charAt", 1, StringPrototype.charAt),
      .init("charCodeAt", 1, StringPrototype.charCodeAt), .init("codePointAt", 1, StringPrototype.codePointAt),
      .init("concat", 1, StringPrototype.concat), .init("endsWith", 1, StringPrototype.endsWith),
      .init("includes", 1, StringPrototype.includes), .init("indexOf", 1, StringPrototype.indexOf),
      .init("isWellFormed", 0, StringPrototype.isWellFormed), .init("lastIndexOf", 1, StringPrototype.lastIndexOf),
      .init("localeCompare", 1, StringPrototype.localeCompare), .init("match", 1, StringPrototype.match),
      .init("matchAll", 1, StringPrototype.matchAll), .init("normalize", 0, StringPrototype.normalize),
      .init("padEnd", 1, StringPrototype.padEnd), .init("padStart", 1, StringPrototype.padStart),
      .init("repeat", 1, StringPrototype.repeat), .init("replace", 2, StringPrototype.replace),
      .init("replaceAll", 2, StringPrototype.replaceAll), .init("search", 1, StringPrototype.search),
      .init("slice", 2, StringPrototype.slice), .init("split", 2, StringPrototype.split),
      .init("startsWith", 1, StringPrototype.startsWith), .init("substr", 2, StringPrototype.substr),
      .init("substring", 2, StringPrototype.substring), .init("toLocaleLowerCase", 0, StringPrototype.toLocaleLowerCase),
      .init("toLocaleUpperCase", 0, StringPrototype.toLocaleUpperCase), .init("toLowerCase", 0, StringPrototype.toLowerCase),
      .init("toString", 0, StringPrototype.valueOf), .init("toUpperCase", 0, StringPrototype.toUpperCase),
      .init("toWellFormed", 0, StringPrototype.toWellFormed), .init("trim", 0, StringPrototype.trim),
      .init("valueOf", 0, StringPrototype.valueOf),
    ]
    defineMethods(prototype, methods)
    // The older names are the same functions.
    let trimEnd = defineMethod(prototype, "trimEnd", length: 0, StringPrototype.trimEnd)
    let trimStart = defineMethod(prototype, "trimStart", length: 0, StringPrototype.trimStart)
    defineValue(prototype, "trimRight", Value(trimEnd))
    defineValue(prototype, "trimLeft", Value(trimStart))
    defineMethod(prototype, symbol: .iteratorSymbol, length: 0, StringPrototype.iterator)
    installStringIterator()
    installMarkupMethods(prototype)
  }

  /// https://tc39.es/ecma262/#sec-additional-properties-of-the-string.prototype-object
  private func installMarkupMethods(_ prototype: ScriptObject) {
    let methods: [(name: String, tag: String, attribute: String)] = [
      ("anchor", "a", "name"), ("big", "big", ""), ("blink", "blink", ""), ("bold", "b", ""), ("fixed", "tt", ""),
      ("fontcolor", "font", "color"), ("fontsize", "font", "size"), ("italics", "i", ""), ("link", "a", "href"),
      ("small", "small", ""), ("strike", "strike", ""), ("sub", "sub", ""), ("sup", "sup", ""),
    ]
    for (name, tag, attribute) in methods {
      defineMethod(prototype, name, length: attribute.isEmpty ? 0 : 1) {
        (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
        let text = try StringPrototype.this(realm, this)
        var builder = StringBuilder()
        builder.append("<" + tag)
        if !attribute.isEmpty {
          builder.append(" " + attribute + "=\"")
          for unit in try realm.toString(arguments[0]).utf16Units {
            if unit == 34 { builder.append("&quot;") } else { builder.append(unit: unit) }
          }
          builder.append("\"")
        }
        builder.append(">")
        builder.append(text)
        builder.append("</" + tag + ">")
        try realm.checkLength(builder.count)
        return Value(builder.build(realm.heap))
      }
    }
  }
}

/// `String` and its functions.
enum StringBuiltins {
  static func call(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if arguments.isEmpty { return Value(realm.emptyString) }
    if case .symbol(let symbol) = arguments[0] { return Value(realm.string(realm.describe(symbol.cell.key))) }
    return Value(try realm.toString(arguments[0]))
  }

  static func construct(_ realm: Realm, _ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    let text = arguments.isEmpty ? realm.emptyString : try realm.toString(arguments[0])
    let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.stringPrototype)
    return Value(PrimitiveObject(realm: realm, prototype: prototype, kind: .string, primitive: Value(text)))
  }

  static func fromCharCode(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if arguments.count == 1 {
      return Value(realm.unitString(UInt16(truncatingIfNeeded: try realm.toInt32(arguments[0]))))
    }
    var builder = StringBuilder()
    for index in 0..<arguments.count {
      builder.append(unit: UInt16(truncatingIfNeeded: try realm.toInt32(arguments[index])))
    }
    return Value(builder.build(realm.heap))
  }

  static func fromCodePoint(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    var units: [UInt16] = []
    for index in 0..<arguments.count {
      let number = try realm.toNumber(arguments[index])
      guard number >= 0, number <= 0x10FFFF, number == number.rounded(.towardZero) else {
        throw realm.rangeError("Invalid code point \(try realm.toText(arguments[index]))")
      }
      CodePoints.append(UInt32(number), to: &units)
    }
    return Value(ScriptString(heap: realm.heap, utf16: units))
  }

  /// https://tc39.es/ecma262/#sec-string.raw
  static func raw(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let cooked = try realm.toObject(arguments[0])
    let literals = try realm.toObject(try cooked.get(.known(.raw), receiver: Value(cooked), realm))
    let count = try realm.length(of: literals)
    var builder = StringBuilder()
    for index in 0..<count {
      builder.append(try realm.toString(literals.get(realm.key(index: index), receiver: Value(literals), realm)))
      if index + 1 < count, index + 1 < arguments.count { builder.append(try realm.toString(arguments[index + 1])) }
      try realm.checkLength(builder.count)
      try realm.safePoint()
    }
    return Value(builder.build(realm.heap))
  }
}
