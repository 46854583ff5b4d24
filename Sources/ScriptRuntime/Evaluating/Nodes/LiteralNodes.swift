// Array, object, template and regular-expression literals.

import ScriptSyntax

/// `[a, b, c]` without spreads; `.empty` constants are holes.
final class ArrayLiteralNode: ExecutableNode {
  let elements: OperandList
  let spreads: [Bool]

  init(elements: [ExecutableNode], spreads: [Bool]) {
    self.elements = OperandList(ContiguousArray(elements.map(Operand.init)))
    self.spreads = spreads
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    let array = ArrayObject(heap: realm.heap, shape: realm.arrayShape)
    if elements.count > 0 { array.reserveElements(elements.count, realm) }
    for index in 0..<elements.count {
      let value = try elements.evaluate(index, frame)
      if !spreads.isEmpty, spreads[index] {
        try realm.forEach(in: value) { element throws(Thrown) in
          array.append(element, realm)
          return true
        }
      } else {
        array.append(value, realm)
      }
    }
    return Value(array)
  }
}

/// `{ a: x, b: y }` with nothing but plain names, each once: the shape is known after the first evaluation.
final class PlainObjectNode: ExecutableNode {
  let keys: [PropertyKey]
  let values: OperandList
  private var shape: Shape?

  init(keys: [PropertyKey], values: [ExecutableNode]) {
    self.keys = keys
    self.values = OperandList(ContiguousArray(values.map(Operand.init)))
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    guard base + values.count + 8 < state.pointee.stackLimit else { throw frame.stackOverflow() }
    defer { state.pointee.stackPointer = base }
    var index = 0
    while index < values.count {
      let value = try values.evaluate(index, frame)
      base[index] = value
      index &+= 1
      state.pointee.stackPointer = base + index
    }
    let realm = frame.pointee.realm
    let object = ScriptObject(heap: realm.heap, shape: realm.shapes.plainObject)
    object.adoptLiteralShape(literalShape(realm), values: base, realm)
    return Value(object)
  }

  private func literalShape(_ realm: Realm) -> Shape {
    if let shape { return shape }
    var made = realm.shapes.plainObject
    for key in keys { made = made.adding(key, flags: .all) }
    shape = made
    return made
  }
}

/// One entry of a general object literal.
enum ObjectLiteralEntry {
  case value(key: ExecutableNode, ExecutableNode, namesFunction: Bool)
  case method(key: ExecutableNode, MethodKind, FunctionCode)
  case prototype(ExecutableNode)
  case spread(ExecutableNode)
}

/// `{ [k]: v, get x() {}, ...rest, 1: 2 }`.
final class ObjectLiteralNode: ExecutableNode {
  let entries: [ObjectLiteralEntry]
  let position: Int32

  init(entries: [ObjectLiteralEntry], position: Int32) {
    self.entries = entries
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    let object = realm.makeObject()
    for entry in entries {
      switch entry {
      case .value(let keyNode, let valueNode, let namesFunction):
        let key = try realm.toPropertyKey(try keyNode.evaluate(frame))
        let value = try valueNode.evaluate(frame)
        if namesFunction { realm.nameFunction(value, key) }
        try define(object, key, value, realm)
      case .method(let keyNode, let kind, let code):
        let key = try realm.toPropertyKey(try keyNode.evaluate(frame))
        let prefix = kind == .method ? "" : kind == .getter ? "get" : "set"
        let function = realm.makeFunction(code, scope: frame.pointee.scope, name: key, prefix: prefix)
        function.homeObject = Ref(object)
        switch kind {
        case .method: try define(object, key, Value(function), realm)
        case .getter:
          try realm.defineProperty(
            object, key, PropertyDescriptor(getter: Value(function), isEnumerable: true, isConfigurable: true))
        case .setter:
          try realm.defineProperty(
            object, key, PropertyDescriptor(setter: Value(function), isEnumerable: true, isConfigurable: true))
        }
      case .prototype(let node):
        switch try node.evaluate(frame) {
        case .object(let prototype): _ = try object.setPrototype(prototype.cell, realm)
        case .null: _ = try object.setPrototype(nil, realm)
        default: break
        }
      case .spread(let node):
        try realm.copyDataProperties(to: object, from: try node.evaluate(frame), excluding: [])
      }
    }
    return Value(object)
  }

  private func define(_ object: ScriptObject, _ key: PropertyKey, _ value: Value, _ realm: Realm) throws(Thrown) {
    let existing = object.ordinaryOwnSlot(key)
    if existing.value.isEmpty {
      object.createDataSlot(key, value, realm)
    } else {
      _ = object.ordinaryDefineOwnProperty(key, PropertyDescriptor(value: value, flags: .all), realm)
    }
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-copydataproperties
  func copyDataProperties(to target: ScriptObject, from source: Value, excluding excluded: [PropertyKey]) throws(Thrown) {
    if source.isNullish { return }
    let object = try toObject(source)
    for key in try object.ownKeys(self) where !excluded.contains(key) {
      guard let descriptor = try object.getOwnProperty(key, self), descriptor.isEnumerable == true else { continue }
      let value = try object.get(key, receiver: Value(object), self)
      try createDataProperty(target, key, value)
    }
  }
}

/// The first argument of a tag function: made once for each place in the source.
final class TemplateObjectNode: ExecutableNode {
  let cooked: [ScriptString?]
  let raw: [ScriptString]
  private var made: ArrayObject?

  init(cooked: [ScriptString?], raw: [ScriptString]) {
    self.cooked = cooked
    self.raw = raw
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    if let made { return Value(made) }
    let realm = frame.pointee.realm
    let strings = realm.makeArray(cooked.map { $0.map(Value.init) ?? .undefined })
    let rawStrings = realm.makeArray(raw.map(Value.init))
    try realm.freeze(rawStrings)
    strings.appendSlot(.known(.raw), Value(rawStrings), flags: .constant, realm)
    try realm.freeze(strings)
    made = strings
    return Value(strings)
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-setintegritylevel with frozen.
  func freeze(_ object: ScriptObject) throws(Thrown) {
    guard try object.preventExtensions(self) else { throw typeError("Cannot prevent extensions") }
    for key in try object.ownKeys(self) {
      guard let current = try object.getOwnProperty(key, self) else { continue }
      try defineProperty(
        object, key,
        current.isAccessor
          ? PropertyDescriptor(isConfigurable: false) : PropertyDescriptor(isWritable: false, isConfigurable: false))
    }
  }
}

/// `/pattern/flags`: a new object each time.
final class RegularExpressionLiteralNode: ExecutableNode {
  let pattern: ScriptString
  let flags: ScriptString
  let position: Int32

  init(pattern: ScriptString, flags: ScriptString, position: Int32) {
    self.pattern = pattern
    self.flags = flags
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    frame.pointee.position = position
    return try frame.pointee.realm.makeRegularExpression(pattern: pattern, flags: flags)
  }
}
