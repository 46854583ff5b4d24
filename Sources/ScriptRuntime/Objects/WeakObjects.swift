// https://tc39.es/ecma262/#sec-weakref-processing-model

/// A value's cell, if it may be held weakly: objects, and symbols that are not registered.
func weakTarget(_ value: Value) -> HeapCell? {
  switch value {
  case .object(let object): object.cell
  case .symbol(let symbol): symbol.cell.isRegistered ? nil : symbol.cell
  default: nil
  }
}

/// A WeakMap, or a WeakSet whose values are all `.undefined`.
final class WeakCollectionObject: WeakHolder {
  private var entries: [UInt: (key: Value, value: Value)] = [:]

  init(realm: Realm, kind: ObjectKind, prototype: ScriptObject) {
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: kind)
    realm.heap.register(self)
  }

  override var byteSize: Int { super.byteSize + entries.count * 64 }

  private static func address(_ cell: HeapCell) -> UInt { UInt(bitPattern: Unmanaged.passUnretained(cell).toOpaque()) }

  func value(of key: Value) -> Value? { weakTarget(key).flatMap { entries[WeakCollectionObject.address($0)]?.value } }

  /// The key can be held weakly.
  func set(_ key: Value, _ value: Value, _ heap: Heap) {
    guard let cell = weakTarget(key) else { return }
    heap.charge(64)
    entries[WeakCollectionObject.address(cell)] = (key, value)
  }

  func remove(_ key: Value) -> Bool {
    guard let cell = weakTarget(key) else { return false }
    return entries.removeValue(forKey: WeakCollectionObject.address(cell)) != nil
  }

  override func markEphemerons(_ marker: Marker) -> Bool {
    var isAnyNew = false
    for entry in entries.values where weakTarget(entry.key)?.isMarked == true {
      guard let cell = entry.value.cell, !cell.isMarked else { continue }
      marker.visit(entry.value)
      isAnyNew = true
    }
    return isAnyNew
  }

  override func forgetUnmarked() {
    entries = entries.filter { weakTarget($0.value.key)?.isMarked == true }
  }
}

extension Value {
  /// The cell behind a value, if it has one.
  fileprivate var cell: HeapCell? {
    switch self {
    case .string(let cell): cell.cell
    case .object(let cell): cell.cell
    case .symbol(let cell): cell.cell
    case .bigInt(let cell): cell.cell
    case .internal(let cell): cell.cell
    case .undefined, .null, .boolean, .number, .empty: nil
    }
  }
}

/// A WeakRef.
final class WeakReferenceObject: WeakHolder {
  private var target: Value
  // Departure: what was just asked for survives the next collection, which stands for living until the end of the job.
  private var wasUsed = true

  init(realm: Realm, target: Value, prototype: ScriptObject) {
    self.target = target
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .weakReference)
    realm.heap.register(self)
  }

  func dereference() -> Value {
    wasUsed = true
    return target
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    if wasUsed { marker.visit(target) }
  }

  override func forgetUnmarked() {
    wasUsed = false
    if weakTarget(target)?.isMarked != true { target = .undefined }
  }
}

/// A FinalizationRegistry.
///
/// Departure: its callback is never called, as the specification allows: a picture must not depend on when garbage is collected.
final class FinalizationRegistryObject: WeakHolder {
  private var cells: [(target: Value, token: Value)] = []

  init(realm: Realm, prototype: ScriptObject) {
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .finalizationRegistry)
    realm.heap.register(self)
  }

  override var byteSize: Int { super.byteSize + cells.count * 32 }

  func add(target: Value, token: Value, _ heap: Heap) {
    heap.charge(32)
    cells.append((target, token))
  }

  func remove(token: Value) -> Bool {
    let count = cells.count
    cells.removeAll { Value.same($0.token, token) }
    return cells.count < count
  }

  override func forgetUnmarked() {
    cells.removeAll { weakTarget($0.target)?.isMarked != true || weakTarget($0.token).map { !$0.isMarked } == true }
  }
}
