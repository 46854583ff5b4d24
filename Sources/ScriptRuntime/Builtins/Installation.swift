// How built-in objects are put together. Each file in this folder installs one constructor with its prototype.

/// A built-in method in a table. Tuples would do but for their price: a function in a tuple in an array is wrapped twice, and each
/// call passes through both wrappers.
struct NativeMethod {
  let name: StaticString
  let length: Int
  let body: NativeCall

  init(_ name: StaticString, _ length: Int, _ body: @escaping NativeCall) {
    self.name = name
    self.length = length
    self.body = body
  }
}

extension Realm {
  /// Makes a native function object.
  public func makeNativeFunction(
    _ name: String, length: Int, construct: NativeConstruct? = nil, _ body: @escaping NativeCall
  ) -> NativeFunction {
    makeNativeFunction(nameValue: Value(string(name)), length: length, construct: construct, body)
  }

  func makeNativeFunction(
    nameValue: Value, length: Int, construct: NativeConstruct? = nil, prototype: ScriptObject? = nil, _ body: @escaping NativeCall
  ) -> NativeFunction {
    let function = NativeFunction(
      heap: heap, shape: rootShape(for: prototype ?? intrinsics.functionPrototype), body: body, construct: construct)
    function.appendSlot(.length, Value(length), flags: .configurable, self)
    function.appendSlot(.name, nameValue, flags: .configurable, self)
    return function
  }

  /// Defines a method: writable, configurable, not enumerable.
  @discardableResult
  public func defineMethod(
    _ object: ScriptObject, _ name: String, length: Int, _ body: @escaping NativeCall
  ) -> NativeFunction {
    let key = key(name)
    // One string serves as key and as name.
    let function = makeNativeFunction(nameValue: value(of: key), length: length, body)
    defineHidden(object, key, Value(function))
    return function
  }

  func defineMethods(_ object: ScriptObject, _ methods: [NativeMethod]) {
    for method in methods { defineMethod(object, method.name.description, length: method.length, method.body) }
  }

  /// Defines a method under a well-known symbol, named `[Symbol.xyz]`.
  @discardableResult
  func defineMethod(
    _ object: ScriptObject, symbol: PropertyKey, length: Int, flags: PropertyFlags = .hidden, _ body: @escaping NativeCall
  ) -> NativeFunction {
    let function = makeNativeFunction(nameValue: functionNameValue(symbol), length: length, body)
    defineHidden(object, symbol, Value(function), flags: flags)
    return function
  }

  /// Defines an accessor: configurable, not enumerable (or as `isEnumerable` says, for host interfaces).
  public func defineAccessor(
    _ object: ScriptObject, _ name: String, isEnumerable: Bool = false, getter: NativeCall?, setter: NativeCall? = nil
  ) {
    defineAccessor(object, key(name), isEnumerable: isEnumerable, getter: getter, setter: setter)
  }

  /// Defines a plain property whose value `make` gives when it is first looked at.
  public func defineLazily(_ object: ScriptObject, _ name: String, isEnumerable: Bool = false, _ make: @escaping () -> Value) {
    let getter: NativeCall = { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      let value = make()
      realm.defineValue(object, name, value, isEnumerable: isEnumerable)
      return value
    }
    let setter: NativeCall = { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      realm.defineValue(object, name, arguments[0], isEnumerable: isEnumerable)
      return .undefined
    }
    let pair = AccessorPair(
      heap: heap, getter: Value(makeNativeFunction(name, length: 0, getter)), setter: Value(makeNativeFunction(name, length: 1, setter)),
      isLazy: true)
    defineHidden(
      object, key(name), .internal(Ref(pair)), flags: isEnumerable ? [.accessor, .configurable, .enumerable] : [.accessor, .configurable])
  }

  func defineAccessor(
    _ object: ScriptObject, _ key: PropertyKey, isEnumerable: Bool = false, getter: NativeCall?, setter: NativeCall? = nil
  ) {
    // `map` would wrap the functions, as a generic function does with every function that passes through it.
    var get = Value.undefined, set = Value.undefined
    if let getter { get = Value(makeNativeFunction(nameValue: functionNameValue(key, prefix: "get"), length: 0, getter)) }
    if let setter { set = Value(makeNativeFunction(nameValue: functionNameValue(key, prefix: "set"), length: 1, setter)) }
    let pair = AccessorPair(heap: heap, getter: get, setter: set)
    let flags: PropertyFlags = isEnumerable ? [.accessor, .configurable, .enumerable] : [.accessor, .configurable]
    defineHidden(object, key, .internal(Ref(pair)), flags: flags)
  }

  /// Stores a property that is known to be new, or replaces a plain one.
  func defineHidden(_ object: ScriptObject, _ key: PropertyKey, _ value: Value, flags: PropertyFlags = .hidden) {
    let slot = key.isIndex ? -1 : object.shape.find(key)
    if slot >= 0 {
      object.setFlags(flags, at: slot, self)
      object.slots?[slot] = value
    } else {
      object.createDataSlot(key, value, flags: flags, self)
    }
  }

  public func defineValue(_ object: ScriptObject, _ name: String, _ value: Value, isEnumerable: Bool = false) {
    defineHidden(object, key(name), value, flags: isEnumerable ? .all : .hidden)
  }

  /// Defines a value that can be neither changed nor deleted.
  func defineConstant(_ object: ScriptObject, _ name: String, _ value: Value) {
    defineHidden(object, key(name), value, flags: .constant)
  }

  /// `Object.prototype.toString` says `[object tag]`.
  public func defineTag(_ object: ScriptObject, _ tag: String) {
    defineHidden(object, .toStringTagSymbol, Value(string(tag)), flags: .configurable)
  }

  /// A constructor with its prototype, put on the global object. `call` nil: calling without `new` is a TypeError.
  @discardableResult
  public func defineConstructor(
    _ name: String, length: Int, prototype: ScriptObject, parent: ScriptObject? = nil, isGlobal: Bool = true,
    call: NativeCall? = nil, construct: @escaping NativeConstruct
  ) -> NativeFunction {
    let refusal: NativeCall = { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      throw realm.typeError("Constructor \(name) requires 'new'")
    }
    var body = refusal
    if let call { body = call }
    let constructor = makeNativeFunction(
      nameValue: Value(string(name)), length: length, construct: construct, prototype: parent, body)
    defineHidden(constructor, .prototype, Value(prototype), flags: .constant)
    defineHidden(prototype, .constructor, Value(constructor))
    if isGlobal { defineHidden(globalObject, key(name), Value(constructor)) }
    return constructor
  }
}
