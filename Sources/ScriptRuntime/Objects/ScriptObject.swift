// Ordinary objects: named properties in slots described by a shape, indexed ones in a dense list.
// https://tc39.es/ecma262/#sec-ordinary-object-internal-methods-and-internal-slots

/// What an object is, for quick tests instead of dynamic casts.
public enum ObjectKind: UInt8, Sendable {
  case plain, array, scriptFunction, nativeFunction, boundFunction, error, boolean, number, string, symbol, bigInt, date
  case regularExpression, map, set, mapIterator, setIterator, arrayIterator, stringIterator, regExpStringIterator, weakMap
  case weakSet, weakReference, finalizationRegistry, promise, proxy, typedArray, arrayBuffer, dataView, arguments, generator
  case asyncGenerator, iteratorHelper, wrapForValidIterator, asyncFromSyncIterator, forInIterator, global, internationalization
  /// An object of the host's, see `HostObject`.
  case host
}

/// An object. Subclasses with unusual internal methods set `isExotic` and override the open methods.
open class ScriptObject: HeapCell {
  // Safe: shapes live as long as the realm's root shapes, or (unique ones) are retained by `ownsShape`.
  private final var shapeReference: Unmanaged<Shape>
  final var slots: UnsafeMutablePointer<Value>?
  private final var slotCapacity: Int32 = 0
  /// Dense indexed properties 0..<elementCount, all plain data; `.empty` is a hole.
  final var elements: UnsafeMutablePointer<Value>?
  final var elementCount: Int32 = 0
  final var elementCapacity: Int32 = 0
  public final let kind: ObjectKind
  /// Whether indexed or named access goes through overridden methods.
  public final let isExotic: Bool
  public internal(set) final var isCallable = false
  final var isExtensibleFlag = true
  /// Set once the object is the prototype of a shape: then its changes invalidate inline caches.
  final var isPrototype = false
  private final var ownsShape = false
  /// What few objects have.
  final var rarity: ObjectRarity?

  init(heap: Heap, shape: Shape, kind: ObjectKind = .plain, isExotic: Bool = false) {
    shapeReference = .passUnretained(shape)
    self.kind = kind
    self.isExotic = isExotic
    super.init(heap: heap)
  }

  @inline(__always)
  private(set) final var shape: Shape {
    get { shapeReference._withUnsafeGuaranteedRef { $0 } }
    set { shapeReference = .passUnretained(newValue) }
  }

  /// Uses the shape without touching its reference count.
  @inline(__always)
  final func withShape<Result>(_ body: (Shape) -> Result) -> Result { shapeReference.with(body) }

  /// The shape's place in memory, by which inline caches know it.
  @inline(__always)
  final var shapeAddress: UnsafeRawPointer { UnsafeRawPointer(shapeReference.toOpaque()) }

  /// An ordinary object with a prototype.
  public convenience init(realm: Realm, prototype: ScriptObject?, kind: ObjectKind = .plain) {
    self.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: kind)
  }

  deinit {
    slots?.deallocate()
    elements?.deallocate()
    if ownsShape { Unmanaged.passUnretained(shape).release() }
  }

  public override func visitChildren(_ marker: Marker) {
    withShape { shape in
      marker.visit(shape.prototypeReference)
      marker.visit(slots, count: shape.count)
    }
    marker.visit(elements, count: Int(elementCount))
    rarity?.visitChildren(marker)
  }

  public override var byteSize: Int {
    128 + Int(slotCapacity) * 16 + Int(elementCapacity) * 16 + (rarity?.sparse.count ?? 0) * 64
  }

  // MARK: Internal methods

  /// [[GetPrototypeOf]]
  open func getPrototype(_ realm: Realm) throws(Thrown) -> ScriptObject? { shape.prototype }

  /// [[SetPrototypeOf]]: false where it is refused.
  open func setPrototype(_ prototype: ScriptObject?, _ realm: Realm) throws(Thrown) -> Bool {
    if prototype === shape.prototype { return true }
    guard isExtensibleFlag, rarity?.hasImmutablePrototype != true else { return false }
    var ancestor = prototype
    while let object = ancestor {
      if object === self { return false }
      if object.kind == .proxy { break }
      ancestor = object.shape.prototype
    }
    changePrototype(to: prototype, realm)
    return true
  }

  /// [[IsExtensible]]
  open func isExtensible(_ realm: Realm) throws(Thrown) -> Bool { isExtensibleFlag }

  /// [[PreventExtensions]]
  open func preventExtensions(_ realm: Realm) throws(Thrown) -> Bool {
    isExtensibleFlag = false
    return true
  }

  /// [[GetOwnProperty]]
  open func getOwnProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> PropertyDescriptor? {
    if !key.isIndex {
      let stored = ordinaryOwnSlot(key)
      if stored.flags.contains(.accessor), let pair = stored.value.accessorPair, pair.isLazy {
        _ = try realm.call(pair.getter, this: Value(self))
      }
    }
    return ordinaryGetOwnProperty(key)
  }

  /// [[DefineOwnProperty]]: false where it is refused.
  open func defineOwnProperty(_ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm) throws(Thrown) -> Bool {
    ordinaryDefineOwnProperty(key, descriptor, realm)
  }

  /// [[HasProperty]]
  open func hasProperty(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool {
    var object = self
    while true {
      if object.isExotic {
        if object !== self {
          try realm.checkDepth()
          return try object.hasProperty(key, realm)
        }
        if try object.getOwnProperty(key, realm) != nil { return true }
      } else if object.hasOrdinaryOwnProperty(key) {
        return true
      }
      guard let parent = try object.getPrototype(realm) else { return false }
      object = parent
    }
  }

  /// [[Get]]
  open func get(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    try ordinaryGet(key, receiver: receiver, realm)
  }

  /// [[Set]]: false where it is refused.
  open func set(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    try ordinarySet(key, value, receiver: receiver, realm)
  }

  /// [[Delete]]: false where it is refused.
  open func delete(_ key: PropertyKey, _ realm: Realm) throws(Thrown) -> Bool { ordinaryDelete(key, realm) }

  /// [[OwnPropertyKeys]]: indices ascending, then strings, then symbols, each in order of creation.
  open func ownKeys(_ realm: Realm) throws(Thrown) -> [PropertyKey] { ordinaryOwnKeys() }

  /// [[Call]]
  open func call(this: Value, arguments: Arguments, _ realm: Realm) throws(Thrown) -> Value {
    throw realm.typeError("object is not a function")
  }

  /// [[Construct]]
  open func construct(arguments: Arguments, newTarget: ScriptObject, _ realm: Realm) throws(Thrown) -> Value {
    throw realm.typeError("object is not a constructor")
  }

  /// Whether [[Construct]] exists.
  open var isConstructor: Bool { false }

  /// The name in `[object Name]` for objects without a `Symbol.toStringTag`.
  open var builtinTag: String {
    switch kind {
    case .array: "Array"
    case .error: "Error"
    case .boolean: "Boolean"
    case .number: "Number"
    case .string: "String"
    case .date: "Date"
    case .regularExpression: "RegExp"
    case .arguments: "Arguments"
    default: isCallable ? "Function" : "Object"
    }
  }
}

/// Parts that few objects need.
final class ObjectRarity {
  /// Indexed properties that are far apart or not plain data.
  var sparse: [UInt32: (value: Value, flags: PropertyFlags)] = [:]
  /// The shape of objects that have this one as their prototype.
  var instanceShape: Shape?
  /// The realm's global object and Object.prototype refuse another prototype.
  var hasImmutablePrototype = false

  func visitChildren(_ marker: Marker) {
    for entry in sparse.values { marker.visit(entry.value) }
  }
}

// MARK: - Storage

extension ScriptObject {
  /// Rare parts, made when they are first needed.
  final var ensuredRarity: ObjectRarity {
    if let rarity { return rarity }
    let made = ObjectRarity()
    rarity = made
    return made
  }

  /// Adds a named property that is known to be absent.
  @inline(__always)
  final func appendSlot(_ key: PropertyKey, _ value: Value, flags: PropertyFlags = .all, _ realm: Realm) {
    if isPrototype { realm.prototypesChanged() }
    let slot = shape.count
    if shape.isUnique {
      replaceShape(with: shape.uniqueAdding(key, flags: flags))
    } else if slot >= 512 && !isPrototype {
      // Used as a dictionary: sharing its shapes would only fill the transition tables.
      replaceShape(with: shape.madeUnique(prototype: shape.prototype).uniqueAdding(key, flags: flags))
    } else {
      shape = shape.adding(key, flags: flags)
    }
    if slot >= Int(slotCapacity) { growSlots(to: slot + 1, realm) }
    slots?[slot] = value
  }

  /// Moves to a shape that has one property more, in `slot` (an inline cache knows which), and stores its value.
  @inline(__always)
  final func transition(to next: Unmanaged<Shape>, slot: Int, value: Value, _ frame: FramePointer) {
    if slot >= Int(slotCapacity) { growSlots(to: slot + 1, frame.pointee.realm) }
    shapeReference = next
    slots?[slot] = value
  }

  /// Makes the object one of `shape`, with room for its slots; only for objects without properties.
  @inline(__always)
  final func adoptLiteralShape(_ literal: Shape, values: UnsafeMutablePointer<Value>, _ realm: Realm) {
    let count = literal.count
    if count > 0 {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: count)
      memory.update(from: values, count: count)
      slots = memory
      slotCapacity = Int32(truncatingIfNeeded: count)
      realm.heap.charge(count * 16)
    }
    shape = literal
  }

  /// Takes over memory for the slots of a shape that was set at creation; only for objects without slots.
  final func installSlots(_ memory: UnsafeMutablePointer<Value>, capacity: Int) {
    slots?.deallocate()
    slots = memory
    slotCapacity = Int32(truncatingIfNeeded: capacity)
  }

  @inline(never)
  private final func growSlots(to needed: Int, _ realm: Realm) {
    let capacity = max(4, needed, Int(slotCapacity) * 2)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    if let slots {
      larger.update(from: slots, count: Int(slotCapacity))
      slots.deallocate()
    }
    slots = larger
    realm.heap.charge((capacity - Int(slotCapacity)) * 16)
    slotCapacity = Int32(truncatingIfNeeded: capacity)
  }

  private final func replaceShape(with next: Shape) {
    let old = shape
    let owned = ownsShape
    if next.isUnique { _ = Unmanaged.passRetained(next) }
    shape = next
    ownsShape = next.isUnique
    if owned { Unmanaged.passUnretained(old).release() }
  }

  /// Gives the object a shape of its own.
  final func makeUnique() {
    if !shape.isUnique { replaceShape(with: shape.madeUnique(prototype: shape.prototype)) }
  }

  final func changePrototype(to prototype: ScriptObject?, _ realm: Realm) {
    if isPrototype { realm.prototypesChanged() }
    let old = shape
    if old.isUnique || old.count > 64 {
      if let prototype { _ = realm.rootShape(for: prototype) }
      replaceShape(with: old.madeUnique(prototype: prototype))
      return
    }
    var next = realm.rootShape(for: prototype)
    for slot in 0..<old.count { next = next.adding(old.key(at: slot), flags: old.flags(at: slot)) }
    replaceShape(with: next)
  }

  final func setFlags(_ flags: PropertyFlags, at slot: Int, _ realm: Realm) {
    guard shape.flags(at: slot) != flags else { return }
    if isPrototype { realm.prototypesChanged() }
    // A fresh unique shape each time, so that no cache can hold on to the old attributes.
    replaceShape(with: shape.madeUnique(prototype: shape.prototype))
    shape.uniqueSetFlags(flags, at: slot)
  }

  final func removeSlot(_ slot: Int, _ realm: Realm) {
    if isPrototype { realm.prototypesChanged() }
    let count = shape.count
    replaceShape(with: shape.removing(slot: slot))
    if let slots {
      for index in slot..<(count - 1) { slots[index] = slots[index + 1] }
    }
  }

  // MARK: Elements

  /// The plain element at `index`, or `.empty`.
  @inline(__always)
  final func denseElement(_ index: Int) -> Value {
    guard UInt(bitPattern: index) < UInt(bitPattern: Int(elementCount)), let elements else { return .empty }
    return elements[index]
  }

  /// Whether a property with this name can only be in the shape, as in ordinary objects.
  final func keepsInShape(_ key: PropertyKey, _ realm: Realm) -> Bool {
    switch kind {
    case .array: key != .length && !key.isIndex
    case .typedArray: !key.isIndex && (key.isSymbol || realm.canonicalNumericIndex(of: key) == nil)
    default: !isExotic
    }
  }

  /// Puts a value in the place of a plain element; false where there is none.
  @inline(__always)
  final func replaceDenseElement(_ index: Int, _ value: Value) -> Bool {
    guard UInt(bitPattern: index) < UInt(bitPattern: Int(elementCount)), let elements, !elements[index].isEmpty else {
      return false
    }
    elements[index] = value
    return true
  }

  final func reserveElements(_ needed: Int, _ realm: Realm) {
    guard needed > Int(elementCapacity) else { return }
    let capacity = max(8, needed, Int(elementCapacity) + Int(elementCapacity) / 2)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    if let elements {
      larger.update(from: elements, count: Int(elementCount))
      elements.deallocate()
    }
    elements = larger
    realm.heap.charge((capacity - Int(elementCapacity)) * 16)
    elementCapacity = Int32(truncatingIfNeeded: capacity)
  }

  /// Stores a plain element where the dense list can hold it (filling up to 1024 places, or a quarter, with holes); else false.
  final func setDenseElement(_ index: Int, _ value: Value, _ realm: Realm) -> Bool {
    let count = Int(elementCount)
    if index < count {
      elements?[index] = value
      return true
    }
    if let rarity, !rarity.sparse.isEmpty { return false }
    guard index <= count + 1024 || index < count + count / 4, index < 1 << 28 else { return false }
    reserveElements(index + 1, realm)
    guard let elements else { return false }
    for hole in count..<index { elements[hole] = .empty }
    elements[index] = value
    elementCount = Int32(truncatingIfNeeded: index + 1)
    return true
  }

  /// Moves all elements to the sparse list, where each can have attributes.
  final func makeElementsSparse() {
    let rarity = ensuredRarity
    if let elements {
      for index in 0..<Int(elementCount) where !elements[index].isEmpty {
        rarity.sparse[UInt32(truncatingIfNeeded: index)] = (elements[index], .all)
      }
      elements.deallocate()
    }
    elements = nil
    elementCount = 0
    elementCapacity = 0
  }
}
