// Closures and classes.

import ScriptSyntax

extension Realm {
  /// https://tc39.es/ecma262/#sec-ordinaryfunctioncreate with the properties that each kind of function has.
  func makeFunction(_ code: FunctionCode, scope: Ref<Scope>?, name: PropertyKey? = nil, prefix: String = "") -> ScriptFunction {
    let shape =
      switch (code.isAsync, code.isGenerator) {
      case (false, false): shapes.function
      case (true, false): functionShape(for: intrinsics[.asyncFunction])
      case (false, true): functionShape(for: intrinsics[.generatorFunction])
      case (true, true): functionShape(for: intrinsics[.asyncGeneratorFunction])
      }
    let function = ScriptFunction(realm: self, code: code, scope: scope, shape: shape)
    // The shape names `length` and `name`; their values are stored here.
    function.fillFunctionSlots(
      length: Value(code.expectedArgumentCount), name: functionNameValue(name ?? code.name, prefix: prefix), self)
    if code.isGenerator {
      let instances = ScriptObject(realm: self, prototype: code.isAsync ? intrinsics[.asyncGenerator] : intrinsics[.generator])
      function.appendSlot(.prototype, Value(instances), flags: .writable, self)
    } else if code.isConstructor, !code.isClassConstructor {
      let instances = ScriptObject(heap: heap, shape: shapes.plainObject)
      instances.appendSlot(.constructor, Value(function), flags: .hidden, self)
      function.appendSlot(.prototype, Value(instances), flags: .writable, self)
    }
    return function
  }

  private func functionShape(for prototype: ScriptObject) -> Shape {
    rootShape(for: prototype).adding(.length, flags: .configurable).adding(.name, flags: .configurable)
  }

  /// https://tc39.es/ecma262/#sec-setfunctionname
  func functionNameValue(_ key: PropertyKey?, prefix: String = "") -> Value {
    guard let key else { return Value(emptyString) }
    var text: ScriptString
    if key.isSymbol {
      let description = keys.symbol(of: key)?.descriptionText
      if key.isPrivate {
        text = description ?? emptyString
      } else {
        text = description.map { string("[" + $0.text + "]") } ?? emptyString
      }
    } else {
      text = key.isIndex ? string(number: Double(key.index)) : keys.text(of: key)
    }
    if !prefix.isEmpty { text = string(prefix + " " + text.text) }
    return Value(text)
  }

  /// Names an anonymous function after where it was put, unless it has a name of its own.
  func nameFunction(_ value: Value, _ key: PropertyKey, prefix: String = "") {
    nameFunction(value, as: functionNameValue(key, prefix: prefix))
  }

  func nameFunction(_ value: Value, as text: Value) {
    guard case .object(let reference) = value else { return }
    let slot = reference.cell.shape.find(.name)
    if slot >= 0, case .string(let name) = reference.cell.slots?[slot] ?? .undefined, name.cell.length == 0 {
      reference.cell.slots?[slot] = text
    }
  }
}

extension ScriptObject {
  /// Fills the first two slots of a fresh function.
  fileprivate func fillFunctionSlots(length: Value, name: Value, _ realm: Realm) {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: 4)
    memory[0] = length
    memory[1] = name
    memory[2] = .undefined
    memory[3] = .undefined
    installSlots(memory, capacity: 4)
    realm.heap.charge(64)
  }
}

/// A function expression, arrow function or hoisted declaration: makes the closure.
final class ClosureNode: ExecutableNode {
  let code: FunctionCode

  init(_ code: FunctionCode) { self.code = code }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    Value(frame.pointee.realm.makeFunction(code, scope: frame.pointee.scope))
  }
}

/// Gives the value of an expression that is an anonymous function or class a name known only at run time.
final class NamedByKeyNode: ExecutableNode {
  let value: ExecutableNode
  let keySlot: Int

  init(value: ExecutableNode, keySlot: Int) {
    self.value = value
    self.keySlot = keySlot
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    let realm = frame.pointee.realm
    realm.nameFunction(result, try realm.toPropertyKey(frame.pointee.slots[keySlot]))
    return result
  }
}

/// The value of a class field that is an anonymous function or class: it takes the field's name, which the initializer has.
final class NamedByFieldNode: ExecutableNode {
  let value: ExecutableNode

  init(_ value: ExecutableNode) { self.value = value }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let result = try value.evaluate(frame)
    if let initializer = frame.pointee.function?.cell, case .string(let name) = initializer.ordinaryOwnSlot(.name).value {
      frame.pointee.realm.nameFunction(result, as: .string(name))
    }
    return result
  }
}

final class ThisNode: ExecutableNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { frame.pointee.this }
}

/// `this` of the global code around an arrow function.
final class GlobalThisNode: ExecutableNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { Value(frame.pointee.realm.globalObject) }
}

/// `this` kept in a variable (for arrow functions and derived constructors): `.empty` before `super()` has returned.
final class CheckedThisNode: ExecutableNode {
  let variable: ExecutableNode
  let position: Int32

  init(variable: ExecutableNode, position: Int32) {
    self.variable = variable
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try variable.evaluate(frame)
    if value.isEmpty {
      frame.pointee.position = position
      throw frame.pointee.realm.referenceError(
        "Must call super constructor in derived class before accessing 'this' or returning from derived constructor")
    }
    return value
  }
}

/// A scope variable that may legitimately be empty.
final class RawScopeRead: ExecutableNode {
  let depth: Int
  let index: Int

  init(depth: Int, index: Int) {
    self.depth = depth
    self.index = index
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { frame.scopeValues(depth)[index] }
}

final class NewTargetNode: ExecutableNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value { frame.pointee.newTarget }
}

/// The function that runs.
final class ActiveFunctionNode: ExecutableNode {
  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    frame.pointee.function.map { Value($0.cell) } ?? .undefined
  }
}

// MARK: - Classes

/// A member of a class in evaluation order.
struct ClassElementNode {
  enum Kind {
    case method(MethodKind, FunctionCode)
    case field(FunctionCode?)
    /// A field whose initializer is a literal.
    case constantField(ConstantNode)
    case staticBlock(FunctionCode)
  }

  let kind: Kind
  let isStatic: Bool
  /// Yields the key, or the symbol of a private name.
  let key: ExecutableNode?
  let isPrivate: Bool
  let position: Int32
}

/// https://tc39.es/ecma262/#sec-runtime-semantics-classdefinitionevaluation
final class ClassDefinitionNode: ExecutableNode {
  let constructorCode: FunctionCode
  let superclass: ExecutableNode?
  let elements: [ClassElementNode]
  /// The inner scope with the class's own name and its private names; -1 where there is none.
  let scopeSize: Int
  /// Where the inner name lives in that scope.
  let innerNameIndex: Int?
  /// The private names to make: scope index and text.
  let privateNames: [(index: Int, text: String)]
  let name: PropertyKey?
  let position: Int32

  init(
    constructorCode: FunctionCode, superclass: ExecutableNode?, elements: [ClassElementNode], scopeSize: Int, innerNameIndex: Int?,
    privateNames: [(index: Int, text: String)], name: PropertyKey?, position: Int32
  ) {
    self.constructorCode = constructorCode
    self.superclass = superclass
    self.elements = elements
    self.scopeSize = scopeSize
    self.innerNameIndex = innerNameIndex
    self.privateNames = privateNames
    self.name = name
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    let realm = frame.pointee.realm
    if scopeSize >= 0 {
      let scope = Scope(heap: realm.heap, parent: outer, count: scopeSize, filledWith: .empty)
      frame.pointee.scope = Ref(scope)
      for name in privateNames {
        scope.values[name.index] = .symbol(Ref(Symbol(realm: realm, description: realm.string(name.text), isPrivate: true)))
      }
    }
    var prototypeParent: ScriptObject? = realm.intrinsics.objectPrototype
    var constructorParent: ScriptObject = realm.intrinsics.functionPrototype
    if let superclass {
      let value = try superclass.evaluate(frame)
      frame.pointee.position = position
      if case .null = value {
        prototypeParent = nil
      } else {
        guard case .object(let reference) = value, reference.cell.isConstructor else {
          throw realm.typeError("Class extends value \(realm.describeForMessage(value)) is not a constructor or null")
        }
        switch try realm.get(value, .prototype) {
        case .object(let prototype): prototypeParent = prototype.cell
        case .null: prototypeParent = nil
        default: throw realm.typeError("Class extends value does not have valid prototype property")
        }
        constructorParent = reference.cell
      }
    }
    let prototype = ScriptObject(realm: realm, prototype: prototypeParent)
    let constructor = realm.makeFunction(constructorCode, scope: frame.pointee.scope, name: name)
    if constructorParent !== realm.intrinsics.functionPrototype { constructor.changePrototype(to: constructorParent, realm) }
    constructor.homeObject = Ref(prototype)
    constructor.appendSlot(.prototype, Value(prototype), flags: .constant, realm)
    prototype.appendSlot(.constructor, Value(constructor), flags: .hidden, realm)
    try define(constructor, prototype, frame, realm)
    return Value(constructor)
  }

  private func define(
    _ constructor: ScriptFunction, _ prototype: ScriptObject, _ frame: FramePointer, _ realm: Realm
  ) throws(Thrown) {
    let instanceFields = ClassFields()
    let staticPrivate = ClassFields()
    // Static fields and blocks run last, in order. Their functions are kept alive by this list.
    let statics = ValueList(realm)
    var staticFields: [(key: PropertyKey?, function: Int, isPrivate: Bool)] = []
    for element in elements {
      var key: PropertyKey?
      if let node = element.key {
        let value = try node.evaluate(frame)
        frame.pointee.position = element.position
        key = try realm.toPropertyKey(value)
      }
      let home = element.isStatic ? constructor : prototype
      switch element.kind {
      case .method(let kind, let code):
        guard let key else { continue }
        try defineMethod(kind, code, key, element, home, element.isStatic ? staticPrivate : instanceFields, frame, realm)
      case .field(let code):
        guard let key else { continue }
        let initializer = code.map { realm.makeFunction($0, scope: frame.pointee.scope, name: key) }
        initializer?.homeObject = Ref(home)
        if element.isStatic {
          statics.values.append(initializer.map(Value.init) ?? .undefined)
          staticFields.append((key, statics.values.count - 1, element.isPrivate))
        } else {
          instanceFields.fields.append(
            ClassFields.Field(
              key: key, initializer: initializer.map(Ref.init), constant: .undefined, isPrivate: element.isPrivate))
          // The function is reachable from the constructor from now on.
          constructor.fields = instanceFields
        }
      case .constantField(let constant):
        guard let key else { continue }
        instanceFields.fields.append(
          ClassFields.Field(key: key, initializer: nil, constant: constant.value, isPrivate: element.isPrivate))
        constructor.fields = instanceFields
      case .staticBlock(let code):
        let block = realm.makeFunction(code, scope: frame.pointee.scope)
        block.homeObject = Ref(home)
        statics.values.append(Value(block))
        staticFields.append((nil, statics.values.count - 1, false))
      }
      if !instanceFields.privateMethods.isEmpty { constructor.fields = instanceFields }
    }
    if let innerNameIndex, let scope = frame.pointee.scope { scope.cell.values[innerNameIndex] = Value(constructor) }
    if !instanceFields.fields.isEmpty || !instanceFields.privateMethods.isEmpty { constructor.fields = instanceFields }
    try staticPrivate.initialize(constructor, realm)
    for field in staticFields {
      let function = statics.values[field.function]
      var value = Value.undefined
      if function.isObject { value = try realm.call(function, this: Value(constructor)) }
      if let key = field.key { try realm.defineField(constructor, key, value, isPrivate: field.isPrivate) }
    }
  }

  private func defineMethod(
    _ kind: MethodKind, _ code: FunctionCode, _ key: PropertyKey, _ element: ClassElementNode, _ home: ScriptObject,
    _ privates: ClassFields, _ frame: FramePointer, _ realm: Realm
  ) throws(Thrown) {
    let prefix = kind == .method ? "" : kind == .getter ? "get" : "set"
    let function = realm.makeFunction(code, scope: frame.pointee.scope, name: key, prefix: prefix)
    function.homeObject = Ref(home)
    let value = Value(function)
    if element.isPrivate {
      switch kind {
      case .method: privates.privateMethods.append(.init(key: key, value: value, flags: .constant))
      case .getter, .setter:
        var getter = kind == .getter ? value : .undefined, setter = kind == .setter ? value : .undefined
        if let known = privates.privateMethods.firstIndex(where: { $0.key == key }) {
          if let pair = privates.privateMethods[known].value.accessorPair {
            if kind == .getter { setter = pair.setter } else { getter = pair.getter }
          }
          privates.privateMethods.remove(at: known)
        }
        let pair = AccessorPair(heap: realm.heap, getter: getter, setter: setter)
        privates.privateMethods.append(.init(key: key, value: .internal(Ref(pair)), flags: .accessor))
      }
      return
    }
    switch kind {
    case .method: try realm.defineProperty(home, key, PropertyDescriptor(value: value, flags: .hidden))
    case .getter:
      try realm.defineProperty(home, key, PropertyDescriptor(getter: value, isEnumerable: false, isConfigurable: true))
    case .setter:
      try realm.defineProperty(home, key, PropertyDescriptor(setter: value, isEnumerable: false, isConfigurable: true))
    }
  }
}

/// Values that Swift code keeps while script code runs; found by the collector through the stack.
public final class ValueList: HeapCell {
  public var values: [Value] = []

  public init(_ realm: Realm, _ values: [Value] = []) {
    self.values = values
    super.init(heap: realm.heap)
  }

  public override func visitChildren(_ marker: Marker) {
    for value in values { marker.visit(value) }
  }

  public override var byteSize: Int { 64 + values.count * 16 }
}
