// https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object: accessors, iterators, and the list of methods.

extension Realm {
  func installTypedArrayPrototype(_ prototype: ScriptObject) {
    defineAccessor(prototype, "buffer", getter: TypedArrayPrototype.buffer)
    defineAccessor(prototype, "byteLength", getter: TypedArrayPrototype.byteLength)
    defineAccessor(prototype, "byteOffset", getter: TypedArrayPrototype.byteOffset)
    defineAccessor(prototype, "length", getter: TypedArrayPrototype.length)
    typedArrayLengthGetter = prototype.ordinaryOwnSlot(.length).value.accessorPair?.getter.asObject
    defineAccessor(prototype, .toStringTagSymbol, getter: TypedArrayPrototype.tag)
    let methods: [NativeMethod] = [
      .init("at", 1, TypedArrayPrototype.at), .init("copyWithin", 2, TypedArrayPrototype.copyWithin),
      .init("entries", 0, TypedArrayPrototype.entries), .init("every", 1, TypedArrayPrototype.every),
      .init("fill", 1, TypedArrayPrototype.fill), .init("filter", 1, TypedArrayPrototype.filter),
      .init("find", 1, TypedArrayPrototype.find), .init("findIndex", 1, TypedArrayPrototype.findIndex),
      .init("findLast", 1, TypedArrayPrototype.findLast), .init("findLastIndex", 1, TypedArrayPrototype.findLastIndex),
      .init("forEach", 1, TypedArrayPrototype.forEach), .init("includes", 1, TypedArrayPrototype.includes),
      .init("indexOf", 1, TypedArrayPrototype.indexOf), .init("join", 1, TypedArrayPrototype.join),
      .init("keys", 0, TypedArrayPrototype.keys), .init("lastIndexOf", 1, TypedArrayPrototype.lastIndexOf),
      .init("map", 1, TypedArrayPrototype.map), .init("reduce", 1, TypedArrayPrototype.reduce),
      .init("reduceRight", 1, TypedArrayPrototype.reduceRight), .init("reverse", 0, TypedArrayPrototype.reverse),
      .init("set", 1, TypedArrayPrototype.set), .init("slice", 2, TypedArrayPrototype.slice),
      .init("some", 1, TypedArrayPrototype.some), .init("sort", 1, TypedArrayPrototype.sort),
      .init("subarray", 2, TypedArrayPrototype.subarray), .init("toLocaleString", 0, TypedArrayPrototype.toLocaleString),
      .init("toReversed", 0, TypedArrayPrototype.toReversed), .init("toSorted", 1, TypedArrayPrototype.toSorted),
      .init("with", 2, TypedArrayPrototype.with),
    ]
    defineMethods(prototype, methods)
    let values = defineMethod(prototype, "values", length: 0, TypedArrayPrototype.values)
    defineHidden(prototype, .iteratorSymbol, Value(values))
    // The very function of arrays.
    let toString = intrinsics.arrayPrototype.ordinaryOwnSlot(.known(.toString)).value
    if toString.isObject { defineHidden(prototype, .known(.toString), toString) }
  }
}

/// The methods of every typed array.
enum TypedArrayPrototype {
  /// `this` as a typed array, out of bounds or not.
  private static func array(_ realm: Realm, _ this: Value) throws(Thrown) -> TypedArrayObject {
    guard let object = this.asObject, object.kind == .typedArray else { throw realm.typeError("this is not a typed array.") }
    return unsafeDowncast(object, to: TypedArrayObject.self)
  }

  static func buffer(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try array(realm, this).buffer(realm))
  }

  static func byteLength(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try array(realm, this).byteLength)
  }

  static func byteOffset(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try array(realm, this).byteOffset)
  }

  static func length(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(try array(realm, this).count)
  }

  static func tag(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    guard let object = this.asObject, object.kind == .typedArray else { return .undefined }
    return Value(realm.string(unsafeDowncast(object, to: TypedArrayObject.self).elementKind.constructorName))
  }

  static func entries(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(ArrayIteratorObject(realm: realm, try realm.validTypedArray(this), .entries))
  }

  static func keys(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(ArrayIteratorObject(realm: realm, try realm.validTypedArray(this), .keys))
  }

  static func values(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    Value(ArrayIteratorObject(realm: realm, try realm.validTypedArray(this), .values))
  }
}
