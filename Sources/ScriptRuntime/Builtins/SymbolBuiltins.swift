// https://tc39.es/ecma262/#sec-symbol-objects

extension Realm {
  func installSymbolBuiltins() {
    let prototype = intrinsics[.symbol]
    let constructor = defineConstructor(
      "Symbol", length: 0, prototype: prototype,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        let description = arguments[0].isUndefined ? nil : try realm.toString(arguments[0])
        return .symbol(Ref(Symbol(realm: realm, description: description)))
      },
      construct: { (realm: Realm, _: Arguments, _: ScriptObject) throws(Thrown) -> Value in
        throw realm.typeError("Symbol is not a constructor")
      })
    for (index, name) in PropertyKey.wellKnownSymbolNames.enumerated() {
      if let symbol = keys.symbol(of: .symbol(UInt32(truncatingIfNeeded: index + 1))) {
        defineConstant(constructor, name, .symbol(Ref(symbol)))
      }
    }
    defineMethod(constructor, "for", length: 1, symbolFor)
    defineMethod(constructor, "keyFor", length: 1, symbolKeyFor)

    defineMethod(prototype, "toString", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(realm.string(realm.describe(try realm.thisSymbol(this).key)))
    }
    defineMethod(prototype, "valueOf", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .symbol(Ref(try realm.thisSymbol(this)))
    }
    defineAccessor(
      prototype, "description",
      getter: { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        try realm.thisSymbol(this).descriptionText.map(Value.init) ?? .undefined
      })
    defineMethod(prototype, symbol: .toPrimitiveSymbol, length: 1, flags: .configurable) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      .symbol(Ref(try realm.thisSymbol(this)))
    }
    defineTag(prototype, "Symbol")
  }

  /// https://tc39.es/ecma262/#sec-thissymbolvalue
  fileprivate func thisSymbol(_ value: Value) throws(Thrown) -> Symbol {
    if case .symbol(let symbol) = value { return symbol.cell }
    if let wrapper = value.asObject as? PrimitiveObject, case .symbol(let symbol) = wrapper.primitive { return symbol.cell }
    throw typeError("\(describeForMessage(value)) is not a symbol")
  }
}

/// https://tc39.es/ecma262/#sec-symbol.for
private func symbolFor(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
  let description = try realm.toString(arguments[0])
  // Departure: keys that differ only in lone surrogates are one key, as the registry is keyed by Swift strings.
  let text = description.text
  if let symbol = realm.symbolRegistry[text] { return .symbol(Ref(symbol)) }
  let symbol = Symbol(realm: realm, description: description, isRegistered: true)
  realm.symbolRegistry[text] = symbol
  return .symbol(Ref(symbol))
}

private func symbolKeyFor(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
  guard case .symbol(let symbol) = arguments[0] else {
    throw realm.typeError("\(realm.describeForMessage(arguments[0])) is not a symbol")
  }
  guard symbol.cell.isRegistered else { return .undefined }
  return symbol.cell.descriptionText.map(Value.init) ?? .undefined
}
