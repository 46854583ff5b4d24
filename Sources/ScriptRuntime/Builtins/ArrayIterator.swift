// https://tc39.es/ecma262/#sec-array-iterator-objects

/// What an array iterator gives.
enum ArrayIterationKind { case keys, values, entries }

/// An iterator over an array, a typed array, or anything with a length.
final class ArrayIteratorObject: ScriptObject {
  /// Undefined once the end has been reached.
  var iterated: Value
  var nextIndex = 0
  let iteration: ArrayIterationKind

  init(realm: Realm, _ object: ScriptObject, _ iteration: ArrayIterationKind) {
    iterated = Value(object)
    self.iteration = iteration
    super.init(heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.arrayIterator]), kind: .arrayIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(iterated)
  }

  /// What the iteration gives next; nil at the end, for good.
  func nextValue(_ realm: Realm) throws(Thrown) -> Value? {
    guard case .object(let reference) = iterated else { return nil }
    let iterated = reference.cell
    let length: Int
    if iterated.kind == .typedArray {
      let typedArray = unsafeDowncast(iterated, to: TypedArrayObject.self)
      guard !typedArray.isOutOfBounds else { throw realm.typeError("Cannot iterate over a typed array that is out of bounds") }
      length = typedArray.count
    } else {
      length = try realm.length(of: iterated)
    }
    let index = nextIndex
    guard index < length else {
      self.iterated = .undefined
      return nil
    }
    nextIndex = index + 1
    switch iteration {
    case .keys: return Value(index)
    case .values: return try realm.element(of: iterated, index)
    case .entries:
      let value = try realm.element(of: iterated, index)
      return Value(realm.makeArray([Value(index), value]))
    }
  }
}

extension Realm {
  func installArrayIterator() {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.iterator])
    intrinsics[.arrayIterator] = prototype
    let next = defineMethod(prototype, "next", length: 0, arrayIteratorNext)
    next.iteratedKind = .arrayIterator
    defineTag(prototype, "Array Iterator")

    let arrayPrototype = intrinsics.arrayPrototype
    defineMethod(arrayPrototype, "entries", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(ArrayIteratorObject(realm: realm, try realm.toObject(this), .entries))
    }
    defineMethod(arrayPrototype, "keys", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(ArrayIteratorObject(realm: realm, try realm.toObject(this), .keys))
    }
    let values = defineMethod(arrayPrototype, "values", length: 0) {
      (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      Value(ArrayIteratorObject(realm: realm, try realm.toObject(this), .values))
    }
    defineHidden(arrayPrototype, .iteratorSymbol, Value(values))
    intrinsics[.arrayValues] = values
    // What `isArrayIterationPristine` compares.
    values.captured = [Value(prototype), Value(next)]
    arrayValuesFunction = values
  }

  /// Whether %ArrayIteratorPrototype%.next is still the one that was built in, so that walking an array by index gives the same.
  var isArrayIterationPristine: Bool {
    guard let captured = (arrayValuesFunction as? NativeFunction)?.captured, captured.count == 2,
      case .object(let prototype) = captured[0], case .object(let original) = captured[1],
      case .object(let current) = prototype.cell.ordinaryOwnSlot(.known(.next)).value
    else { return false }
    return current == original
  }
}

/// https://tc39.es/ecma262/#sec-%arrayiteratorprototype%.next
private func arrayIteratorNext(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
  guard let object = this.asObject, object.kind == .arrayIterator else {
    throw realm.typeError("next method called on incompatible \(realm.describeForMessage(this))")
  }
  let value = try unsafeDowncast(object, to: ArrayIteratorObject.self).nextValue(realm)
  return realm.iteratorResult(value ?? .undefined, done: value == nil)
}
