// Several values as one message: https://console.spec.whatwg.org/#formatter, in Node's dialect.

extension Realm {
  /// What `console.log` prints for its arguments: format specifiers of a first string filled in, the rest behind.
  public func format(_ arguments: [Value], options: InspectionOptions = InspectionOptions()) throws(Thrown) -> String {
    let list = ValueList(self, arguments)
    var result = ""
    var index = 0
    if case .string(let first)? = arguments.first {
      if arguments.count == 1 { return first.cell.text }
      (result, index) = try fillIn(first.cell.utf16Units, list)
    }
    while index < list.values.count {
      let value = list.values[index]
      if index > 0 { result += " " }
      if case .string(let text) = value { result += text.cell.text } else { result += try inspect(value, options: options) }
      index += 1
    }
    return result
  }

  /// Replaces specifiers by the values behind; also tells which value comes next.
  private func fillIn(_ units: [UInt16], _ list: ValueList) throws(Thrown) -> (String, Int) {
    var result = ""
    var next = 1
    var done = 0
    var index = 0
    func literal(_ end: Int) -> String { String(decoding: units[done..<end], as: UTF16.self) }
    while index + 1 < units.count {
      guard units[index] == 37 else {
        index += 1
        continue
      }
      let letter = units[index + 1]
      if letter == 37 {
        // Two percent signs are one, but only where there is something to fill in.
        result += literal(index + 1)
        done = index + 2
      } else if next < list.values.count, let scalar = Unicode.Scalar(letter),
        let text = try specified(Character(scalar), list.values[next])
      {
        result += literal(index) + text
        done = index + 2
        next += 1
      }
      index += 2
    }
    return (result + literal(units.count), next)
  }

  /// A value in the form that a specifier asks for; nil for a letter that is none.
  private func specified(_ letter: Character, _ value: Value) throws(Thrown) -> String? {
    switch letter {
    case "s":
      if let object = value.asObject {
        if object.isCallable { return try toText(value) }
        if try hasOwnToString(object) { return try toText(value) }
        var options = InspectionOptions()
        options.depth = 0
        return try inspect(value, options: options)
      }
      if case .string(let text) = value { return text.cell.text }
      return try inspect(value)
    case "d", "i", "f":
      if case .bigInt(let integer) = value, letter != "f" { return bigIntText(integer.cell.value) + "n" }
      if case .symbol = value { return "NaN" }
      if letter == "d", value.isObject { return "NaN" }
      let text = letter == "d" ? emptyString : try toString(value)
      let number =
        switch letter {
        case "d": try toNumber(value)
        case "i": text.withUnits(latin1: { NumberParsing.parseInt($0, radix: 0) }, utf16: { NumberParsing.parseInt($0, radix: 0) })
        default: text.withUnits(latin1: { NumberParsing.parseFloat($0) }, utf16: { NumberParsing.parseFloat($0) })
        }
      return Inspector.text(of: number, self)
    case "j":
      let json = try invoke(try get(Value(globalObject), key("JSON")), key("stringify"), [value])
      return json.isUndefined ? "undefined" : try toText(json)
    case "O": return try inspect(value)
    case "o":
      var options = InspectionOptions()
      options.showsHidden = true
      options.depth = 4
      return try inspect(value, options: options)
    case "c": return ""
    default: return nil
    }
  }

  /// Whether the object's class, rather than the language, says how it becomes a string.
  private func hasOwnToString(_ object: ScriptObject) throws(Thrown) -> Bool {
    if object.kind == .error { return true }
    var next: ScriptObject? = object
    for _ in 0..<100 {
      guard let candidate = next, candidate.kind != .proxy else { return false }
      let (value, _) = candidate.ordinaryOwnSlot(.known(.toString))
      if !value.isEmpty { return value.asObject?.kind == .scriptFunction }
      next = candidate.shape.prototype
    }
    return false
  }
}
