// Properties by name, with inline caches.

import ScriptSyntax

/// `object.name`.
final class MemberRead: ExecutableNode {
  let object: Operand
  let key: PropertyKey
  let position: Int32
  /// How the object is written in the source, for messages.
  let objectText: String
  private var cache = ReadCache()
  // Earlier findings, for places that see objects of several shapes.
  private var others: (ReadCache, ReadCache, ReadCache) = (ReadCache(), ReadCache(), ReadCache())
  // The same for a method of strings.
  private var stringCache = StringMethodCache()
  // Keep the shapes' addresses from being used again.
  private var cachedShapes: (Shape?, Shape?, Shape?, Shape?)

  init(object: ExecutableNode, key: PropertyKey, position: Int32, objectText: String) {
    self.object = Operand(object)
    self.key = key
    self.position = position
    self.objectText = objectText
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try read(from: try object.evaluate(frame), frame)
  }

  /// The property of a value; calls of methods use it too.
  @inline(__always)
  func read(from value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = value, let found = cache.read(reference, frame) {
      if case .internal = found { return try callGetter(found, value, frame) }
      return found
    }
    return try readFromOthers(value, frame)
  }

  @inline(never)
  private func callGetter(_ stored: Value, _ this: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    guard case .object(let getter)? = stored.pairInSlot?.with({ $0.getter }) else { return .undefined }
    frame.pointee.position = position
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    defer { state.pointee.stackPointer = base }
    return try frame.call(getter, this: this, base: base, count: 0)
  }

  @inline(never)
  private func readFromOthers(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = value {
      if let found = others.0.read(reference, frame) ?? others.1.read(reference, frame) ?? others.2.read(reference, frame) {
        if case .internal = found { return try callGetter(found, value, frame) }
        return found
      }
    } else if case .string = value, let found = stringCache.read(frame) {
      return found
    }
    return try readSlowly(value, frame)
  }

  private func remember(_ object: ScriptObject, slot: Int, holder: ScriptObject?, epoch: Int) {
    others = (cache, others.0, others.1)
    cachedShapes = (object.shape, cachedShapes.0, cachedShapes.1, cachedShapes.2)
    cache = ReadCache()
    cache.remember(object, slot: slot, holder: holder, epoch: epoch)
  }

  @inline(never)
  private func readSlowly(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    guard case .object(let reference) = value else {
      if value.isNullish {
        throw realm.typeError(
          "Cannot read properties of \(realm.describeForMessage(value)) (reading '\(realm.describe(key))')"
            + (objectText.isEmpty ? "" : ": \(objectText) is \(realm.describeForMessage(value))"))
      }
      if case .string = value, key != .length, !key.isIndex { stringCache.remember(key, realm) }
      return try realm.get(value, key)
    }
    let object = reference.cell
    var candidate: ScriptObject? = object
    while let current = candidate, current.keepsInShape(key, realm) {
      let slot = current.shape.find(key)
      if slot >= 0 {
        if !object.shape.isUnique {
          remember(object, slot: slot, holder: current === object ? nil : current, epoch: realm.prototypeEpoch)
        }
        break
      }
      candidate = current.shape.prototype
    }
    return try object.get(key, receiver: value, realm)
  }
}

/// Where a property was found for objects of one shape.
struct ReadCache {
  private var shapeAddress: UnsafeRawPointer?
  private var slot = 0
  private var epoch = 0
  // The prototype that has the property, when it is not the object itself. Valid while the epoch is the realm's: then it still is
  // in the chain of every object of the remembered shape, and so alive.
  private var holder: Ref<ScriptObject>?

  @inline(__always)
  func read(_ reference: Ref<ScriptObject>, _ frame: FramePointer) -> Value? {
    guard reference.with({ $0.shapeAddress }) == shapeAddress else { return nil }
    if let holder {
      guard epoch == frame.pointee.state.pointee.prototypeEpoch, let slots = holder.with({ $0.slots }) else { return nil }
      return slots[slot]
    }
    guard let slots = reference.with({ $0.slots }) else { return nil }
    return slots[slot]
  }

  mutating func remember(_ object: ScriptObject, slot: Int, holder: ScriptObject?, epoch: Int) {
    shapeAddress = object.shapeAddress
    self.slot = slot
    self.epoch = epoch
    self.holder = holder.map(Ref.init)
  }
}

/// Where a property of all strings was found: in `String.prototype` or above it.
private struct StringMethodCache {
  private var slot = 0
  private var epoch = -1
  // In the chain of `String.prototype` while the epoch is the realm's, and so alive.
  private var holder: Ref<ScriptObject>?

  @inline(__always)
  func read(_ frame: FramePointer) -> Value? {
    guard let holder, epoch == frame.pointee.state.pointee.prototypeEpoch, let slots = holder.with({ $0.slots }) else { return nil }
    return slots[slot]
  }

  mutating func remember(_ key: PropertyKey, _ realm: Realm) {
    holder = nil
    let stringPrototype = realm.prototype(ofPrimitive: Value(realm.emptyString))
    var candidate = stringPrototype
    while let current = candidate {
      // String.prototype is itself a string object, exotic for its length and indices only.
      guard !current.isExotic || current === stringPrototype else { return }
      // From now on its changes are noticed.
      current.isPrototype = true
      let slot = current.shape.find(key)
      if slot >= 0 {
        if current.shape.flags(at: slot).contains(.accessor) { return }
        self.slot = slot
        holder = Ref(current)
        epoch = realm.prototypeEpoch
        return
      }
      candidate = current.shape.prototype
    }
  }
}

/// `object.name = value`.
final class MemberWrite: ExecutableNode {
  let object: Operand
  let key: PropertyKey
  let value: Operand
  let isStrict: Bool
  let position: Int32
  private var cache = PropertyCache()
  private var cachedShape: Shape?
  // Where an accessor of this name was found.
  private var accessorCache = ReadCache()
  // When set, storing means moving to this shape: the property is new. Held by `nextShapeOwner`.
  private var nextShape: Unmanaged<Shape>?
  private var nextShapeOwner: Shape?
  private var accessorShape: Shape?

  init(object: ExecutableNode, key: PropertyKey, value: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = Operand(object)
    self.key = key
    self.value = Operand(value)
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let result = try value.evaluate(frame)
    try store(base, result, frame)
    return result
  }

  @inline(__always)
  func store(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    if case .object(let reference) = base, reference.with({ cache.matches($0) }) {
      if nextShape == nil, let slots = reference.with({ $0.slots }) {
        slots[cache.slot] = result
        return
      }
      if addProperty(reference, result, frame) { return }
    }
    try storeOtherwise(base, result, frame)
  }

  /// The new property of an object that had the remembered shape; false where it is not to be added so.
  @inline(never)
  private func addProperty(_ reference: Ref<ScriptObject>, _ result: Value, _ frame: FramePointer) -> Bool {
    guard let nextShape, cache.epoch == frame.pointee.state.pointee.prototypeEpoch else { return false }
    return reference.with { object in
      guard object.isExtensibleFlag, !object.isPrototype else { return false }
      object.transition(to: nextShape, slot: cache.slot, value: result, frame)
      return true
    }
  }

  @inline(never)
  private func storeOtherwise(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    if case .object(let reference) = base, let found = accessorCache.read(reference, frame), let pair = found.pairInSlot,
      case .object(let setter) = pair.with({ $0.setter })
    {
      return try callSetter(setter, base, result, frame)
    }
    try storeSlowly(base, result, frame)
  }

  @inline(never)
  private func callSetter(_ setter: Ref<ScriptObject>, _ this: Value, _ value: Value, _ frame: FramePointer) throws(Thrown) {
    frame.pointee.position = position
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    guard base + 8 < state.pointee.stackLimit else { throw frame.stackOverflow() }
    base[0] = value
    state.pointee.stackPointer = base + 1
    defer { state.pointee.stackPointer = base }
    _ = try frame.call(setter, this: this, base: base, count: 1)
  }

  /// Remembers where the object has an accessor of this name.
  private func rememberAccessor(_ object: ScriptObject, _ realm: Realm) {
    guard !object.shape.isUnique else { return }
    var candidate: ScriptObject? = object
    while let current = candidate, current.keepsInShape(key, realm) {
      let slot = current.shape.find(key)
      if slot >= 0 {
        guard current.shape.flags(at: slot).contains(.accessor) else { return }
        accessorCache.remember(object, slot: slot, holder: current === object ? nil : current, epoch: realm.prototypeEpoch)
        accessorShape = object.shape
        return
      }
      candidate = current.shape.prototype
    }
  }

  @inline(never)
  private func storeSlowly(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    guard case .object(let reference) = base else {
      try realm.setOnPrimitive(base, key, result, isStrict: isStrict)
      return
    }
    let object = reference.cell
    if !object.isExotic, !object.shape.isUnique {
      let slot = object.shape.find(key)
      if slot >= 0 {
        let flags = object.shape.flags(at: slot)
        if flags.contains(.writable), !flags.contains(.accessor) {
          cachedShape = cache.remember(object, slot: slot)
          nextShape = nil
          object.slots?[slot] = result
          return
        }
      } else if object.isExtensibleFlag, !object.isPrototype, realm.isAbsentFromPrototypes(of: object, key) {
        let before = object.shape
        cachedShape = cache.remember(object, slot: before.count)
        object.appendSlot(key, result, realm)
        nextShapeOwner = object.shape.isUnique ? nil : object.shape
        nextShape = nextShapeOwner.map { .passUnretained($0) }
        if nextShape == nil { cache = PropertyCache() }
        cache.epoch = realm.prototypeEpoch
        return
      }
    }
    rememberAccessor(object, realm)
    guard try object.set(key, result, receiver: base, realm) || !isStrict else {
      throw realm.readOnly(key, object)
    }
  }
}

extension Realm {
  /// Whether no ordinary prototype has the key, so that an assignment creates an own property.
  func isAbsentFromPrototypes(of object: ScriptObject, _ key: PropertyKey) -> Bool {
    var next = object.shape.prototype
    while let current = next {
      if current.isExotic && current.kind != .array || current.shape.find(key) >= 0 { return false }
      if current.kind == .array && key == .length { return false }
      next = current.shape.prototype
    }
    return true
  }

  @inline(never)
  func readOnly(_ key: PropertyKey, _ object: ScriptObject) -> Thrown {
    let (value, flags) = object.ordinaryOwnSlot(key)
    if value.isEmpty, !object.isExtensibleFlag {
      return typeError("Cannot add property \(describe(key)), object is not extensible")
    }
    if flags.contains(.accessor) {
      return typeError("Cannot set property \(describe(key)) of \(describeForMessage(Value(object))) which has only a getter")
    }
    return typeError("Cannot assign to read only property '\(describe(key))' of object '\(describeForMessage(Value(object)))'")
  }

  func setOnPrimitive(_ base: Value, _ key: PropertyKey, _ value: Value, isStrict: Bool) throws(Thrown) {
    guard let prototype = prototype(ofPrimitive: base) else {
      throw typeError("Cannot set properties of \(describeForMessage(base)) (setting '\(describe(key))')")
    }
    if case .string(let string) = base, key == .length || key.isIndex && key.index < string.cell.length {
      if isStrict { throw typeError("Cannot assign to read only property '\(describe(key))' of string") }
      return
    }
    guard try prototype.set(key, value, receiver: base, self) || !isStrict else {
      throw typeError("Cannot create property '\(describe(key))' on \(typeName(of: base).text) \(describeForMessage(base))")
    }
  }

  /// `base[index] = value` in general.
  @inline(never)
  func setElement(_ base: Value, _ index: Value, _ value: Value, isStrict: Bool) throws(Thrown) {
    guard case .object(let reference) = base else {
      if base.isNullish {
        let name = index.isObject ? "" : " (setting '\(index.asString?.text ?? describeForMessage(index))')"
        throw typeError("Cannot set properties of \(describeForMessage(base))\(name)")
      }
      try setOnPrimitive(base, toPropertyKey(index), value, isStrict: isStrict)
      return
    }
    let key = try toPropertyKey(index)
    if reference.with({ $0.replacePlainProperty(key, value) }) { return }
    guard try reference.cell.set(key, value, receiver: base, self) || !isStrict else { throw readOnly(key, reference.cell) }
  }

  /// An element at the array's end or in a hole of it.
  @inline(never)
  fileprivate func addElement(_ reference: Ref<ScriptObject>, _ position: Int, _ value: Value) -> Bool {
    let array = reference.downcast(to: ArrayObject.self)
    if position == array.arrayLength, array.canAppend, !arrayPrototypesHaveElements {
      array.append(value, self)
      return true
    }
    return fillHole(array, position, value)
  }

  /// A hole in the dense part of an array, which nothing on the prototypes can intercept.
  private func fillHole(_ array: ArrayObject, _ position: Int, _ value: Value) -> Bool {
    guard position >= 0, position < Int(array.elementCount), array.isExtensibleFlag, !arrayPrototypesHaveElements,
      array.withShape({ $0.prototypeReference }) == state.pointee.arrayPrototype, let elements = array.elements
    else { return false }
    elements[position] = value
    return true
  }
}

extension FramePointer {
  /// The quick ways of `base[index] = value`: existing elements, appending, typed arrays; false where none applies.
  @inline(__always)
  func setElementQuickly(_ base: Value, _ index: Value, _ value: Value) -> Bool {
    guard case .object(let reference) = base, case .number(let number) = index else { return false }
    let position = Realm.elementIndex(number)
    switch reference.with({ $0.kind }) {
    case .array:
      if reference.with({ $0.replaceDenseElement(position, value) }) { return true }
      return addElement(reference, position, value)
    case .typedArray:
      guard case .number(let number) = value else { return false }
      return reference.reinterpreted(as: TypedArrayObject.self).with { $0.setElement(position, number) }
    default:
      return false
    }
  }

  @inline(never)
  private func addElement(_ reference: Ref<ScriptObject>, _ position: Int, _ value: Value) -> Bool {
    pointee.realm.addElement(reference, position, value)
  }
}

/// What `op` computes in `target op= value`.
enum CompoundOperation {
  case arithmetic(ArithmeticOperator)
  case logical(LogicalOperator)

  @inline(__always)
  func apply(_ old: Value, _ operand: Value, _ realm: Realm) throws(Thrown) -> Value {
    guard case .arithmetic(let operation) = self else { return operand }
    if case .number(let x) = old, case .number(let y) = operand { return .number(operation.apply(x, y)) }
    return operation == .add ? try realm.add(old, operand) : try realm.arithmetic(operation, old, operand)
  }

  var arithmeticOperator: ArithmeticOperator? {
    if case .arithmetic(let operation) = self { operation } else { nil }
  }

  /// Whether a logical assignment stops at the old value.
  func stops(at old: Value) -> Bool {
    guard case .logical(let operation) = self else { return false }
    switch operation {
    case .and: return !old.isTruthy
    case .or: return old.isTruthy
    case .coalesce: return !old.isNullish
    }
  }
}

/// `object.name op= value`, and with `value` nil `object.name++`.
final class MemberCompound: ExecutableNode {
  let object: Operand
  let read: MemberRead
  let write: MemberWrite
  let operation: CompoundOperation
  /// Nil for logical assignments.
  private let arithmetic: ArithmeticOperator?
  let value: Operand

  init(object: ExecutableNode, read: MemberRead, write: MemberWrite, operation: CompoundOperation, value: ExecutableNode) {
    self.object = Operand(object)
    self.read = read
    self.write = write
    self.operation = operation
    arithmetic = operation.arithmeticOperator
    self.value = Operand(value)
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let old = try read.read(from: base, frame)
    if arithmetic == nil, operation.stops(at: old) { return old }
    let operand = try value.evaluate(frame)
    if case .number(let x) = old, case .number(let y) = operand, let arithmetic {
      let result = Value.number(arithmetic.applyCommon(x, y))
      try write.store(base, result, frame)
      return result
    }
    frame.pointee.position = read.position
    let result = try operation.apply(old, operand, frame.pointee.realm)
    try write.store(base, result, frame)
    return result
  }
}

/// `object.name++` and the like.
final class MemberUpdate: ExecutableNode {
  let object: Operand
  let read: MemberRead
  let write: MemberWrite
  let step: Double
  let isPrefix: Bool

  init(object: ExecutableNode, read: MemberRead, write: MemberWrite, step: Double, isPrefix: Bool) {
    self.object = Operand(object)
    self.read = read
    self.write = write
    self.step = step
    self.isPrefix = isPrefix
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    var old = try read.read(from: base, frame)
    let new: Value
    if case .number(let number) = old {
      new = .number(number + step)
    } else {
      let realm = frame.pointee.realm
      old = try realm.toNumeric(old)
      new = try realm.increment(old, by: step)
    }
    try write.store(base, new, frame)
    return isPrefix ? new : old
  }
}

/// `delete object.name`, `delete object[key]`.
final class DeleteNode: ExecutableNode {
  let object: ExecutableNode
  let key: ExecutableNode
  let isStrict: Bool
  let position: Int32

  init(object: ExecutableNode, key: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = object
    self.key = key
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let name = try key.evaluate(frame)
    frame.pointee.position = position
    let realm = frame.pointee.realm
    let target = try realm.toObject(base)
    let propertyKey = try realm.toPropertyKey(name)
    let deleted = try target.delete(propertyKey, realm)
    if !deleted && isStrict {
      throw realm.typeError("Cannot delete property '\(realm.describe(propertyKey))' of \(realm.describeForMessage(base))")
    }
    return .boolean(deleted)
  }
}
