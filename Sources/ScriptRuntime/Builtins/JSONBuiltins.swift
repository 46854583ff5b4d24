// https://tc39.es/ecma262/#sec-json-object

extension Realm {
  func installJSONBuiltins() {
    let json = makeObject()
    defineHidden(globalObject, key("JSON"), Value(json))
    defineTag(json, "JSON")
    defineMethod(json, "parse", length: 2, JSONBuiltins.parse)
    defineMethod(json, "stringify", length: 3, JSONBuiltins.stringify)
  }

  /// Reads JSON text; a SyntaxError says where it is wrong.
  public func parseJSON(_ text: ScriptString) throws(Thrown) -> Value {
    let parse: (Realm) throws(Thrown) -> Value = { realm throws(Thrown) in
      try text.withUnits(
        latin1: { (units: UnsafeBufferPointer<UInt8>) throws(Thrown) -> Value in
          var parser = JSONParser(realm, units)
          return try parser.parseText()
        },
        utf16: { (units: UnsafeBufferPointer<UInt16>) throws(Thrown) -> Value in
          var parser = JSONParser(realm, units)
          return try parser.parseText()
        })
    }
    let result = try parse(self)
    withExtendedLifetime(text) {}
    return result
  }
}

private enum JSONBuiltins {
  /// https://tc39.es/ecma262/#sec-json.parse
  static func parse(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let parsed = try realm.parseJSON(try realm.toString(arguments[0]))
    guard let reviver = arguments[1].asCallable else { return parsed }
    let root = realm.makeObject()
    root.appendSlot(.known(.empty), parsed, realm)
    return try revive(realm, root, .known(.empty), reviver)
  }

  /// https://tc39.es/ecma262/#sec-internalizejsonproperty
  private static func revive(
    _ realm: Realm, _ holder: ScriptObject, _ name: PropertyKey, _ reviver: ScriptObject
  ) throws(Thrown) -> Value {
    try realm.checkDepth()
    try realm.safePoint()
    let value = try holder.get(name, receiver: Value(holder), realm)
    if let object = value.asObject {
      if try realm.isArray(value) {
        for index in 0..<(try realm.length(of: object)) {
          try reviveMember(realm, object, realm.key(index: index), reviver)
        }
      } else {
        for key in try enumerableKeys(realm, object) { try reviveMember(realm, object, key, reviver) }
      }
    }
    return try realm.call(reviver, this: Value(holder), realm.value(of: name), value)
  }

  private static func reviveMember(
    _ realm: Realm, _ object: ScriptObject, _ key: PropertyKey, _ reviver: ScriptObject
  ) throws(Thrown) {
    let value = try revive(realm, object, key, reviver)
    if value.isUndefined {
      _ = try object.delete(key, realm)
    } else {
      _ = try object.defineOwnProperty(key, PropertyDescriptor(value: value, flags: .all), realm)
    }
  }

  static func enumerableKeys(_ realm: Realm, _ object: ScriptObject) throws(Thrown) -> [PropertyKey] {
    var keys: [PropertyKey] = []
    try realm.forEachEnumerableKey(of: object) { key throws(Thrown) in keys.append(key) }
    return keys
  }

  /// https://tc39.es/ecma262/#sec-json.stringify
  static func stringify(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let writer = JSONWriter(realm)
    if let replacer = arguments[1].asObject {
      if replacer.isCallable {
        writer.replacer = replacer
      } else if try realm.isArray(arguments[1]) {
        writer.propertyList = try propertyList(realm, replacer)
      }
    }
    writer.gap = try gap(realm, arguments[2])
    return try writer.write(arguments[0])
  }

  private static func propertyList(_ realm: Realm, _ list: ScriptObject) throws(Thrown) -> [PropertyKey] {
    var keys: [PropertyKey] = []
    var seen: Set<PropertyKey> = []
    for index in 0..<(try realm.length(of: list)) {
      let value = try realm.element(of: list, index)
      let isName: Bool
      switch value {
      case .string, .number: isName = true
      case .object(let reference): isName = reference.cell.kind == .string || reference.cell.kind == .number
      default: isName = false
      }
      if isName {
        let key = realm.keys.key(for: try realm.toString(value))
        if seen.insert(key).inserted { keys.append(key) }
      }
      try realm.safePoint()
    }
    return keys
  }

  /// What each level is indented by: at most ten units.
  private static func gap(_ realm: Realm, _ argument: Value) throws(Thrown) -> [UInt16] {
    var space = argument
    if let wrapper = argument.asObject {
      if wrapper.kind == .number { space = .number(try realm.toNumber(argument)) }
      if wrapper.kind == .string { space = Value(try realm.toString(argument)) }
    }
    switch space {
    case .number:
      return [UInt16](repeating: 0x20, count: Int(max(0, min(10, try realm.toIntegerOrInfinity(space)))))
    case .string(let text):
      return Array(text.cell.substring(heap: realm.heap, 0, min(10, text.cell.length)).utf16Units)
    default: return []
    }
  }
}
