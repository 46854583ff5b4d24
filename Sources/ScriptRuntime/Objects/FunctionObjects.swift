// Functions: written in the script, built into the runtime, or bound.

/// The values passed to a call: a view of the caller's part of the value stack, valid during the call.
public struct Arguments {
  public let base: UnsafeMutablePointer<Value>
  public let count: Int

  @inline(__always)
  public init(base: UnsafeMutablePointer<Value>, count: Int) {
    self.base = base
    self.count = count
  }

  /// The argument, or `undefined` where none was passed.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Value { index < count ? base[index] : .undefined }

  public var isEmpty: Bool { count == 0 }

  /// The arguments from `start` on.
  public func dropFirst(_ start: Int) -> Arguments {
    Arguments(base: base + min(start, count), count: max(0, count - start))
  }

  public var array: [Value] { (0..<count).map { base[$0] } }
}

/// What a built-in function does: realm, `this`, arguments.
public typealias NativeCall = (Realm, Value, Arguments) throws(Thrown) -> Value
/// What `new` does on a built-in constructor: realm, arguments, new.target.
public typealias NativeConstruct = (Realm, Arguments, ScriptObject) throws(Thrown) -> Value

/// A function of the runtime or the host. Values that its closures capture must be reachable otherwise: put them in `captured`.
public final class NativeFunction: ScriptObject {
  let body: NativeCall
  let constructBody: NativeConstruct?
  /// For the `next` that a kind of built-in iterator has from the start: loops that find it there need not call it.
  var iteratedKind: ObjectKind?
  /// Values that the closures use, kept alive with the function.
  public var captured: [Value] = []

  init(heap: Heap, shape: Shape, body: @escaping NativeCall, construct: NativeConstruct?) {
    self.body = body
    constructBody = construct
    super.init(heap: heap, shape: shape, kind: .nativeFunction)
    isCallable = true
  }

  public override var isConstructor: Bool { constructBody != nil }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    for value in captured { marker.visit(value) }
  }

  public override func call(this: Value, arguments: Arguments, _ realm: Realm) throws(Thrown) -> Value {
    try realm.checkDepth()
    return try body(realm, this, arguments)
  }

  public override func construct(arguments: Arguments, newTarget: ScriptObject, _ realm: Realm) throws(Thrown) -> Value {
    guard let constructBody else { throw realm.typeError("function is not a constructor") }
    try realm.checkDepth()
    return try constructBody(realm, arguments, newTarget)
  }
}

/// https://tc39.es/ecma262/#sec-bound-function-exotic-objects
final class BoundFunction: ScriptObject {
  let target: Ref<ScriptObject>
  let boundThis: Value
  let boundArguments: [Value]
  private let canConstruct: Bool

  init(realm: Realm, target: ScriptObject, this: Value, arguments: [Value], prototype: ScriptObject?) {
    self.target = Ref(target)
    boundThis = this
    boundArguments = arguments
    canConstruct = target.isConstructor
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .boundFunction)
    isCallable = true
  }

  override var isConstructor: Bool { canConstruct }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(target)
    marker.visit(boundThis)
    for value in boundArguments { marker.visit(value) }
  }

  override func call(this: Value, arguments: Arguments, _ realm: Realm) throws(Thrown) -> Value {
    try realm.checkDepth()
    let target = self.target.cell, boundThis = self.boundThis
    return try realm.withArguments(boundArguments, then: arguments) { all throws(Thrown) in
      try target.call(this: boundThis, arguments: all, realm)
    }
  }

  override func construct(arguments: Arguments, newTarget: ScriptObject, _ realm: Realm) throws(Thrown) -> Value {
    try realm.checkDepth()
    let target = self.target.cell
    let newTarget = newTarget === self ? target : newTarget
    return try realm.withArguments(boundArguments, then: arguments) { all throws(Thrown) in
      try target.construct(arguments: all, newTarget: newTarget, realm)
    }
  }
}

/// A function of the script: its code and the variables around it.
public final class ScriptFunction: ScriptObject {
  let code: FunctionCode
  let record: UnsafeMutablePointer<CodeRecord>
  let scope: Ref<Scope>?
  /// Where `super` looks: the object that the method was defined on.
  var homeObject: Ref<ScriptObject>?
  /// Classes only: field initializers to run on each new object.
  var fields: ClassFields?

  init(realm: Realm, code: FunctionCode, scope: Ref<Scope>?, shape: Shape) {
    self.code = code
    record = code.record
    self.scope = scope
    super.init(heap: realm.heap, shape: shape, kind: .scriptFunction)
    isCallable = true
  }

  public override var isConstructor: Bool { code.isConstructor }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(scope)
    marker.visit(homeObject)
    fields?.visitChildren(marker)
  }

  public override func call(this: Value, arguments: Arguments, _ realm: Realm) throws(Thrown) -> Value {
    try realm.callScriptFunction(self, this: this, arguments: arguments.base, count: arguments.count)
  }

  public override func construct(arguments: Arguments, newTarget: ScriptObject, _ realm: Realm) throws(Thrown) -> Value {
    try realm.constructScriptFunction(self, arguments: arguments, newTarget: newTarget)
  }
}

/// An object that wraps something of the host's.
public final class HostObject: ScriptObject {
  /// The thing itself; must not hold script values except through roots.
  public let payload: AnyObject
  /// Script values that belong to the object (event handlers, cached children), kept alive with it.
  public var captured: [Value] = []
  /// Bytes that the payload holds beside itself, for the collector's pace.
  public let payloadBytes: Int

  public init(realm: Realm, prototype: ScriptObject?, payload: AnyObject, payloadBytes: Int = 0) {
    self.payload = payload
    self.payloadBytes = payloadBytes
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .host)
    if payloadBytes > 0 { realm.heap.charge(payloadBytes) }
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    for value in captured { marker.visit(value) }
  }

  public override var byteSize: Int { super.byteSize + payloadBytes }
}

/// The wrapper of a primitive: `new Number(1)`, `Object("text")`.
final class PrimitiveObject: ScriptObject {
  let primitive: Value

  init(realm: Realm, prototype: ScriptObject?, kind: ObjectKind, primitive: Value) {
    self.primitive = primitive
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: kind, isExotic: kind == .string)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(primitive)
  }

  // https://tc39.es/ecma262/#sec-string-exotic-objects: a String object also has its units and its length.

  private func stringProperty(_ key: PropertyKey, _ realm: Realm) -> PropertyDescriptor? {
    guard kind == .string, case .string(let reference) = primitive else { return nil }
    let string = reference.cell
    if key == .length { return PropertyDescriptor(value: Value(string.length), flags: []) }
    guard key.isIndex, key.index < string.length else { return nil }
    return PropertyDescriptor(value: Value(realm.unitString(string.unit(at: key.index))), flags: .enumerable)
  }

  override func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    stringProperty(key, realm) ?? ordinaryGetOwnProperty(key)
  }

  override func defineOwnProperty(
    _ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm
  ) throws(Thrown) -> Bool {
    if let current = stringProperty(key, realm) { return ScriptObject.isCompatible(descriptor, with: current) }
    return ordinaryDefineOwnProperty(key, descriptor, realm)
  }

  override func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    if let descriptor = stringProperty(key, realm) { return descriptor.value ?? .undefined }
    let (value, flags) = ordinaryOwnSlot(key)
    if !value.isEmpty {
      if flags.contains(.accessor), let pair = value.accessorPair { return try realm.callGetter(pair.getter, this: receiver) }
      return value
    }
    guard let parent = shape.prototype else { return .undefined }
    try realm.checkDepth()
    return try parent.get(key, receiver: receiver, realm)
  }

  override func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    stringProperty(key, realm) != nil ? false : ordinaryDelete(key, realm)
  }

  override func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] {
    guard case .string(let reference) = primitive else { return ordinaryOwnKeys() }
    var keys = (0..<reference.cell.length).map { PropertyKey(index: $0) }
    appendElementKeys(to: &keys)
    keys.append(.length)
    appendNamedKeys(to: &keys)
    return keys
  }
}
