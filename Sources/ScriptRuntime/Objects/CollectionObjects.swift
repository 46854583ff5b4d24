// https://tc39.es/ecma262/#sec-map-objects and #sec-set-objects: what the objects hold.

/// A Map, or a Set whose values are its keys.
public final class CollectionObject: ScriptObject {
  let table = OrderedValueTable()

  init(realm: Realm, kind: ObjectKind, prototype: ScriptObject) {
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: kind)
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    table.visitChildren(marker)
  }

  public override var byteSize: Int { super.byteSize + table.byteSize }
}

/// The iterator of a Map (`.mapIterator`) or Set (`.setIterator`).
final class CollectionIteratorObject: ScriptObject {
  /// Nil at the end.
  var collection: Ref<CollectionObject>?
  var cursor: OrderedValueTable.Cursor
  let iteration: ArrayIterationKind

  init(realm: Realm, _ collection: CollectionObject, _ iteration: ArrayIterationKind) {
    self.collection = Ref(collection)
    cursor = collection.table.start
    self.iteration = iteration
    let isMap = collection.kind == .map
    super.init(
      heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[isMap ? .mapIterator : .setIterator]),
      kind: isMap ? .mapIterator : .setIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(collection)
  }

  /// The next entry; nil at the end, for good.
  func nextEntry() -> (key: Value, value: Value)? {
    guard let collection else { return nil }
    if let entry = collection.cell.table.next(&cursor) { return entry }
    self.collection = nil
    cursor = collection.cell.table.start
    return nil
  }

  /// What the iteration gives next; nil at the end, for good.
  func nextValue(_ realm: Realm) -> Value? {
    guard let (key, value) = nextEntry() else { return nil }
    switch iteration {
    case .keys: return key
    case .values: return value
    case .entries: return Value(realm.makeArray([key, value]))
    }
  }
}

extension Realm {
  /// %MapIteratorPrototype% or %SetIteratorPrototype%.
  func installCollectionIterator(_ name: Intrinsics.Name, kind: ObjectKind, tag: String) {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.iterator])
    intrinsics[name] = prototype
    defineTag(prototype, tag)
    let next = defineMethod(prototype, "next", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let object = this.asObject, object.kind == kind else {
        throw realm.typeError("next method called on incompatible \(realm.describeForMessage(this))")
      }
      let value = unsafeDowncast(object, to: CollectionIteratorObject.self).nextValue(realm)
      return realm.iteratorResult(value ?? .undefined, done: value == nil)
    }
    next.iteratedKind = kind
  }
}
