// Values to JSON text.
// https://tc39.es/ecma262/#sec-serializejsonproperty

/// One call of JSON.stringify.
final class JSONWriter {
  private let realm: Realm
  private let text = TextBuffer()
  var replacer: ScriptObject?
  /// The names that an array as replacer allows.
  var propertyList: [PropertyKey]?
  var gap: [UInt16] = []
  private var depth = 0
  // Safe: each object is on the way from the root and held by the calls for it.
  private var openObjects: [Unmanaged<ScriptObject>] = []
  private var digits: [UInt8] = []
  private let toJSONKey = PropertyKey.known(.toJSON)

  init(_ realm: Realm) { self.realm = realm }

  /// The text of a value, or undefined for what JSON cannot say.
  func write(_ value: Value) throws(Thrown) -> Value {
    var holder: ScriptObject?
    if replacer != nil {
      let wrapper = realm.makeObject()
      wrapper.appendSlot(.known(.empty), value, realm)
      holder = wrapper
    }
    guard try writeMember(value, .known(.empty), holder, prefix: nil, isFirst: true) else { return .undefined }
    return Value(try text.build(realm))
  }

  // MARK: Members

  /// Writes a property's value after `prefix` (its name, in objects) and, unless it is the first, a comma; false, having
  /// written nothing, for what is left out.
  private func writeMember(
    _ original: Value, _ key: PropertyKey, _ holder: ScriptObject?, prefix: PropertyKey?, isFirst: Bool
  ) throws(Thrown) -> Bool {
    var value = original
    switch value {
    case .object, .bigInt:
      if let method = try realm.get(value, toJSONKey).asCallable {
        value = try realm.call(method, this: value, realm.value(of: key))
      }
    default: break
    }
    if let replacer, let holder { value = try realm.call(replacer, this: Value(holder), realm.value(of: key), value) }
    if case .object(let reference) = value { value = try unwrapped(reference.cell) }
    switch value {
    case .undefined, .symbol, .empty, .internal: return false
    case .object(let reference) where reference.cell.isCallable: return false
    case .bigInt: throw realm.typeError("Do not know how to serialize a BigInt")
    default: break
    }
    if !isFirst { text.append(0x2C) }
    if let prefix {
      writeLineBreak()
      writeName(prefix)
    } else if depth > 0 {
      writeLineBreak()
    }
    try writePresent(value)
    return true
  }

  private func unwrapped(_ object: ScriptObject) throws(Thrown) -> Value {
    switch object.kind {
    case .number: return .number(try realm.toNumber(Value(object)))
    case .string: return Value(try realm.toString(Value(object)))
    case .boolean, .bigInt: return (object as? PrimitiveObject)?.primitive ?? Value(object)
    default: return Value(object)
    }
  }

  private func writePresent(_ value: Value) throws(Thrown) {
    switch value {
    case .null: text.append("null")
    case .boolean(let flag): text.append(flag ? "true" : "false")
    case .string(let string): text.appendQuoted(string.cell)
    case .number(let number): writeNumber(number)
    case .object(let reference):
      let object = reference.cell
      try enter(object)
      if try realm.isArray(value) { try writeArray(object) } else { try writeObject(object) }
      openObjects.removeLast()
      depth -= 1
    default: break
    }
    if text.count > ScriptString.maximumLength { throw realm.rangeError("Invalid string length") }
  }

  private func enter(_ object: ScriptObject) throws(Thrown) {
    try realm.checkDepth()
    try realm.safePoint()
    let reference = Unmanaged.passUnretained(object)
    if openObjects.contains(where: { $0.toOpaque() == reference.toOpaque() }) {
      throw realm.typeError("Converting circular structure to JSON")
    }
    openObjects.append(reference)
    depth += 1
  }

  private func writeNumber(_ number: Double) {
    guard number.isFinite else { return text.append("null") }
    digits.removeAll(keepingCapacity: true)
    NumberFormatting.append(number, to: &digits)
    text.append(digits)
  }

  private func writeLineBreak() {
    guard !gap.isEmpty else { return }
    text.append(0x0A)
    for _ in 0..<depth { for unit in gap { text.append(unit: unit) } }
  }

  private func writeName(_ key: PropertyKey) {
    if key.isIndex {
      text.append(0x22)
      digits.removeAll(keepingCapacity: true)
      NumberFormatting.append(key.index, to: &digits)
      text.append(digits)
      text.append(0x22)
    } else {
      text.appendQuoted(realm.keys.text(of: key))
    }
    text.append(0x3A)
    if !gap.isEmpty { text.append(0x20) }
  }

  // MARK: Arrays and objects

  private func writeArray(_ object: ScriptObject) throws(Thrown) {
    text.append(0x5B)
    let length = try realm.length(of: object)
    for index in 0..<length {
      let value = try realm.element(of: object, index)
      // Plain numbers and strings need none of the general steps.
      if replacer == nil, gap.isEmpty, case .number(let number) = value {
        if index > 0 { text.append(0x2C) }
        writeNumber(number)
      } else if !(try writeMember(value, realm.key(index: index), object, prefix: nil, isFirst: index == 0)) {
        if index > 0 { text.append(0x2C) }
        writeLineBreak()
        text.append("null")
      }
      try realm.safePoint()
    }
    closeLevel(0x5D, isEmpty: length == 0)
  }

  private func closeLevel(_ bracket: UInt8, isEmpty: Bool) {
    if !isEmpty {
      depth -= 1
      writeLineBreak()
      depth += 1
    }
    text.append(bracket)
  }

  private func writeObject(_ object: ScriptObject) throws(Thrown) {
    text.append(0x7B)
    var isEmpty = true
    if propertyList == nil, !object.isExotic, object.elementCount == 0, object.rarity?.sparse.isEmpty ?? true {
      isEmpty = try writeSlots(object)
    } else {
      for key in try memberKeys(object) {
        let value = try object.get(key, receiver: Value(object), realm)
        if try writeMember(value, key, object, prefix: key, isFirst: isEmpty) { isEmpty = false }
      }
    }
    closeLevel(0x7D, isEmpty: isEmpty)
  }

  private func memberKeys(_ object: ScriptObject) throws(Thrown) -> [PropertyKey] {
    if let propertyList { return propertyList }
    var keys: [PropertyKey] = []
    try realm.forEachEnumerableKey(of: object) { key throws(Thrown) in keys.append(key) }
    return keys
  }

  /// Walks the slots of an ordinary object; true where it wrote nothing. A shape never changes what it says of its own slots, so
  /// the one at the start is the list of keys even when script code meanwhile gives the object another.
  private func writeSlots(_ object: ScriptObject) throws(Thrown) -> Bool {
    let shape = object.shape
    defer { withExtendedLifetime(shape) {} }
    var isEmpty = true
    for slot in 0..<shape.count {
      let key = shape.key(at: slot)
      let flags = shape.flags(at: slot)
      guard flags.contains(.enumerable), !key.isSymbol else { continue }
      let value: Value
      if object.shape === shape, !flags.contains(.accessor), let slots = object.slots {
        value = slots[slot]
      } else {
        value = try object.get(key, receiver: Value(object), realm)
      }
      if try writeMember(value, key, object, prefix: key, isFirst: isEmpty) { isEmpty = false }
    }
    return isEmpty
  }
}

/// Text that grows: one byte a unit until a unit needs two.
final class TextBuffer {
  private var narrow: UnsafeMutablePointer<UInt8>
  private var capacity = 1024
  private var narrowCount = 0
  // Everything, once a unit needed two bytes.
  private var wide: [UInt16]?

  init() { narrow = .allocate(capacity: capacity) }

  deinit { narrow.deallocate() }

  var count: Int { wide?.count ?? narrowCount }

  @inline(__always)
  private func reserve(_ more: Int) {
    if narrowCount + more > capacity { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(capacity * 2, narrowCount + more))
    larger.update(from: narrow, count: narrowCount)
    narrow.deallocate()
    narrow = larger
    capacity = max(capacity * 2, narrowCount + more)
  }

  private func widen() {
    guard wide == nil else { return }
    wide = UnsafeBufferPointer(start: narrow, count: narrowCount).map(UInt16.init)
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    if wide != nil { return append(unit: UInt16(byte)) }
    reserve(1)
    narrow[narrowCount] = byte
    narrowCount += 1
  }

  func append(unit: UInt16) {
    if wide == nil, unit < 256 { return append(UInt8(truncatingIfNeeded: unit)) }
    widen()
    wide?.append(unit)
  }

  /// ASCII text.
  func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { append(text.utf8Start[index]) }
  }

  func append(_ bytes: [UInt8]) {
    if wide != nil {
      for byte in bytes { append(unit: UInt16(byte)) }
      return
    }
    reserve(bytes.count)
    bytes.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { (narrow + narrowCount).update(from: base, count: source.count) }
    }
    narrowCount += bytes.count
  }

  /// https://tc39.es/ecma262/#sec-quotejsonstring
  func appendQuoted(_ string: ScriptString) {
    append(0x22)
    string.withUnits(
      latin1: { units in
        if wide == nil { return appendEscaped(units) }
        for unit in units { appendEscaped(unit: UInt16(unit)) }
      },
      utf16: { units in appendEscaped(units) })
    append(0x22)
  }

  private func appendEscaped(_ units: UnsafeBufferPointer<UInt8>) {
    // Room for the worst case, so that the loop only stores.
    reserve(units.count * 6)
    var place = narrowCount
    for unit in units {
      if unit >= 0x20, unit != 0x22, unit != 0x5C {
        narrow[place] = unit
        place += 1
      } else {
        narrowCount = place
        appendEscaped(unit: UInt16(unit))
        place = narrowCount
      }
    }
    narrowCount = place
  }

  private func appendEscaped(_ units: UnsafeBufferPointer<UInt16>) {
    var index = 0
    while index < units.count {
      let unit = units[index]
      index += 1
      guard unit & 0xF800 == 0xD800 else {
        appendEscaped(unit: unit)
        continue
      }
      if unit & 0xFC00 == 0xD800, index < units.count, units[index] & 0xFC00 == 0xDC00 {
        append(unit: unit)
        append(unit: units[index])
        index += 1
      } else {
        appendHexadecimal(unit)
      }
    }
  }

  private func appendEscaped(unit: UInt16) {
    switch unit {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0..<0x20: appendHexadecimal(unit)
    default: append(unit: unit)
    }
  }

  private func appendHexadecimal(_ unit: UInt16) {
    append("\\u")
    for shift in stride(from: 12, through: 0, by: -4) {
      append(NumberFormatting.character(ofDigit: UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 15)))
    }
  }

  /// The text as a string of the script.
  func build(_ realm: Realm) throws(Thrown) -> ScriptString {
    guard count <= ScriptString.maximumLength else { throw realm.rangeError("Invalid string length") }
    if let wide { return ScriptString(heap: realm.heap, utf16: wide) }
    return ScriptString(heap: realm.heap, latin1: UnsafeBufferPointer(start: narrow, count: narrowCount))
  }
}
