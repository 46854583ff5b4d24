// https://tc39.es/ecma262/#sec-properties-of-the-%typedarrayprototype%-object: accessors, iterators, and the list of methods.

extension Realm {
  func installTypedArrayPrototype(_ prototype: ScriptObject) {
    defineAccessor(prototype, "buffer", getter: TypedArrayPrototype.buffer)
    defineAccessor(prototype, "byteLength", getter: TypedArrayPrototype.byteLength)
    defineAccessor(prototype, "byteOffset", getter: TypedArrayPrototype.byteOffset)
    defineAccessor(prototype, "length", getter: TypedArrayPrototype.length)
    typedArrayLengthGetter = prototype.ordinaryOwnSlot(.length).value.accessorPair?.getter.asObject
    defineAccessor(prototype, .toStringTagSymbol, getter: TypedArrayPrototype.tag)
    let methods: [(StaticString, Int, NativeCall)] = [
      ("at", 1, TypedArrayPrototype.at), ("copyWithin", 2, TypedArrayPrototype.copyWithin),
      ("entries", 0, TypedArrayPrototype.entries), ("every", 1, TypedArrayPrototype.every),
      ("fill", 1, TypedArrayPrototype.fill), ("filter", 1, TypedArrayPrototype.filter),
      ("find", 1, TypedArrayPrototype.find), ("findIndex", 1, TypedArrayPrototype.findIndex),
      ("findLast", 1, TypedArrayPrototype.findLast), ("findLastIndex", 1, TypedArrayPrototype.findLastIndex),
      ("forEach", 1, TypedArrayPrototype.forEach), ("includes", 1, TypedArrayPrototype.includes),
      ("indexOf", 1, TypedArrayPrototype.indexOf), ("join", 1, TypedArrayPrototype.join),
      ("keys", 0, TypedArrayPrototype.keys), ("lastIndexOf", 1, TypedArrayPrototype.lastIndexOf),
      ("map", 1, TypedArrayPrototype.map), ("reduce", 1, TypedArrayPrototype.reduce),
      ("reduceRight", 1, TypedArrayPrototype.reduceRight), ("reverse", 0, TypedArrayPrototype.reverse),
      ("set", 1, TypedArrayPrototype.set), ("slice", 2, TypedArrayPrototype.slice), ("some", 1, TypedArrayPrototype.some),
      ("sort", 1, TypedArrayPrototype.sort), ("subarray", 2, TypedArrayPrototype.subarray),
      ("toLocaleString", 0, TypedArrayPrototype.toLocaleString), ("toReversed", 0, TypedArrayPrototype.toReversed),
      ("toSorted", 1, TypedArrayPrototype.toSorted), ("with", 2, TypedArrayPrototype.with),
    ]
    for (name, length, body) in methods { defineMethod(prototype, name.description, length: length, body) }
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
